// The Retail Markdown Game of the business schools, played through `decide`:
//   bench_game [GAMES]    shortfall against perfect foresight: decide told what is known of the level each week, the
//                         price kept, and decide told the true level
//
// 2,000 pieces, 15 weeks, prices 60, 54, 48 and 36 that never rise, and sell 1, 1.303, 1.739 and 2.8 times as much;
// what is left is worth nothing. The level of a game is even between 50 and 130 pieces a week, a week's own luck
// scatters by 0.30 of its mean. Foresight knows level and luck. Published shortfalls: people 6.8 %, a linear programme
// solved again each week 6.4 %, the price kept 21.7 %.

#include <fmt/format.h>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "app/decide.h"
#include "base/parallel.h"
#include "market/facts.h"

namespace {

using namespace destock;

constexpr int kWeeks = 15, kPieces = 2000;
constexpr double kPrices[] = {60, 54, 48, 36};
constexpr double kFactors[] = {1, 1.303, 1.739, 2.8};
constexpr double kLowest = 50, kHighest = 130, kLuck = 0.30;

struct Game {
  double level = 0;
  double luck[kWeeks] = {};
  double wanted(int week, size_t price) const { return std::max(0.0, level * kFactors[price] * (1 + luck[week])); }
};

Game made_up(uint64_t seed) {
  std::mt19937_64 random(seed);
  Game game;
  game.level = std::uniform_real_distribution<double>(kLowest, kHighest)(random);
  std::normal_distribution<double> luck(0, kLuck);
  for (double& week : game.luck) week = luck(random);
  return game;
}

// Revenue of the weeks at which each lower price begins.
double revenue_of(const Game& game, int second, int third, int fourth) {
  double stock = kPieces;
  double revenue = 0;
  for (int week = 0; week < kWeeks; ++week) {
    const size_t price = week >= fourth ? 3 : week >= third ? 2 : week >= second ? 1 : 0;
    const double sold = std::min(stock, game.wanted(week, price));
    stock -= sold;
    revenue += sold * kPrices[price];
  }
  return revenue;
}

double foresight(const Game& game) {
  double best = 0;
  for (int second = 0; second <= kWeeks; ++second)
    for (int third = second; third <= kWeeks; ++third)
      for (int fourth = third; fourth <= kWeeks; ++fourth)
        best = std::max(best, revenue_of(game, second, third, fourth));
  return best;
}

// What is known of the level: an even prior, each week's sales at its price.
class Belief {
public:
  Belief() {
    for (int i = 0; i < kPoints; ++i) log_weight_[i] = 0;
  }
  void see(double sold, size_t price) {
    for (int i = 0; i < kPoints; ++i) {
      const double mean = level(i) * kFactors[price];
      const double off = (sold - mean) / (kLuck * mean);
      log_weight_[i] -= off * off / 2 + std::log(mean);
    }
  }
  std::pair<double, double> mean_and_sd() const {
    const double most = *std::max_element(std::begin(log_weight_), std::end(log_weight_));
    double sum = 0, mean = 0, square = 0;
    for (int i = 0; i < kPoints; ++i) {
      const double weight = std::exp(log_weight_[i] - most);
      sum += weight;
      mean += weight * level(i);
      square += weight * level(i) * level(i);
    }
    mean /= sum;
    return {mean, std::sqrt(std::max(0.0, square / sum - mean * mean))};
  }

private:
  static constexpr int kPoints = 81;
  static double level(int i) { return kLowest + (kHighest - kLowest) * i / (kPoints - 1); }
  double log_weight_[kPoints];
};

std::string line_of(int week, double stock, size_t price, double mean, double sd) {
  nlohmann::json ladder = nlohmann::json::array();
  for (size_t p = price; p < 4; ++p) ladder.push_back({{"price", kPrices[p]}, {"factor", kFactors[p]}});
  nlohmann::json line = {{"sku", "GAME"},
                         {"as_of", "2026-01-05"},
                         {"price", kPrices[price]},
                         {"ladder", ladder},
                         {"monotone", true},
                         {"stock", {{"on_hand", static_cast<int>(std::lround(stock))}}},
                         {"demand", {{"weekly_mean", mean}, {"dispersion", kLuck * kLuck}, {"level_sd", sd / mean}}},
                         {"costs",
                          {{"referral", 0},
                           {"fulfilment", 0},
                           {"volume_cuft", 0},
                           {"storage_per_cuft_month", {{"jan_sep", 0}, {"oct_dec", 0}}}}},
                         {"horizon_weeks", kWeeks - week}};
  return line.dump();
}

double played(const Game& game, bool level_told, const market::Playbook& playbook, clearance::Planner& planner) {
  Belief belief;
  double stock = kPieces;
  double revenue = 0;
  size_t price = 0;
  for (int week = 0; week < kWeeks && stock >= 0.5; ++week) {
    const auto [mean, sd] = level_told ? std::pair(game.level, 0.0) : belief.mean_and_sd();
    const auto answer = nlohmann::json::parse(
        app::decide_line(line_of(week, stock, price, mean, sd), 1, playbook, planner, Lang::kEn).line);
    const double asked = answer.at("first").at("price").get<double>();
    while (price < 3 && kPrices[price] > asked + 0.01) ++price;
    const double sold = std::min(stock, game.wanted(week, price));
    if (sold < stock) belief.see(sold, price);
    stock -= sold;
    revenue += sold * kPrices[price];
  }
  return revenue;
}

}  // namespace

int main(int argc, char** argv) {
  const int games = argc > 1 ? std::atoi(argv[1]) : 200;
  const auto facts =
      market::load_facts(std::filesystem::path(std::getenv("DESTOCK_DATA") ? std::getenv("DESTOCK_DATA") : "data"));
  if (!facts) {
    fmt::print(stderr, "{}\n", facts.error().message(Lang::kEn));
    return 1;
  }
  struct Sums {
    double foresight = 0, learned = 0, told = 0, kept = 0;
  };
  std::vector<Sums> sums(static_cast<size_t>(games));
  std::vector<clearance::Planner> planners(2);
  share_out(sums.size(), planners.size(), [&](size_t worker, size_t i) {
    const Game game = made_up(i + 1);
    sums[i] = {foresight(game), played(game, false, facts->playbook, planners[worker]),
               played(game, true, facts->playbook, planners[worker]), revenue_of(game, kWeeks, kWeeks, kWeeks)};
  });
  Sums all;
  double squares = 0;
  for (const Sums& one : sums) {
    all.foresight += one.foresight;
    all.learned += one.learned;
    all.told += one.told;
    all.kept += one.kept;
    const double lost = 1 - one.learned / one.foresight;
    squares += lost * lost;
  }
  const double mean = 1 - all.learned / all.foresight;
  fmt::print(
      "{} games, short of perfect foresight: decide {:.2f} % (± {:.2f}), level told {:.2f} %, price kept {:.1f} %; aim "
      "2.9 %\n",
      games, 100 * mean, 100 * 1.96 * std::sqrt(std::max(0.0, squares / games - mean * mean) / games),
      100 * (1 - all.told / all.foresight), 100 * (1 - all.kept / all.foresight));
  return 0;
}

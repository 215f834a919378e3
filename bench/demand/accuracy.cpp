// Pinball loss on real data at several origins, against single methods and R.

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "../bench.h"
#include "app/context.h"
#include "baselines.h"
#include "demand/forecast.h"
#include "demand/season.h"
#include "parts.h"
#include "retail.h"

namespace destock::bench {
namespace {

using demand::Quantiles;
constexpr size_t kOriginsAsked = 4;
constexpr double kToBeat = 0.90;

struct Score {
  double loss = 0, covered = 0, closed = 0, squares = 0, count = 0;
  void add(const Quantiles& quantiles, double mean, double actual) {
    loss += demand::pinball_loss(quantiles, actual);
    covered += demand::covered_80(quantiles, actual);
    closed += actual >= quantiles[1] && actual <= quantiles[17] ? 1 : 0;
    squares += (actual - mean) * (actual - mean);
    ++count;
  }
  double mean_loss() const { return loss / count; }
  double rmse() const { return std::sqrt(squares / count); }
};

// Everything before the origin of the series that qualify.
struct AtOrigin {
  demand::Panel panel;
  std::vector<size_t> series;
};

AtOrigin panel_at(const RetailSet& set, size_t origin) {
  AtOrigin at;
  at.panel.periods_per_year = set.periods_per_year;
  std::map<std::string, int32_t> groups;
  for (size_t i = 0; i < set.series.size(); ++i) {
    const RetailSeries& series = set.series[i];
    size_t first = 0;
    while (first < origin && std::isnan(series.units[first])) ++first;
    const auto begin = series.units.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = series.units.begin() + static_cast<std::ptrdiff_t>(origin);
    const auto known = std::count_if(begin, end, [](double u) { return !std::isnan(u); });
    const bool comes_true = std::none_of(end, end + set.horizon, [](double u) { return std::isnan(u); });
    if (static_cast<size_t>(known) < set.least_history || !comes_true) continue;
    at.series.push_back(i);
    at.panel.add(std::vector<double>(begin, end),
                 groups.emplace(series.group, static_cast<int32_t>(groups.size())).first->second);
    if (series.tail.empty()) continue;
    for (size_t t = first; t < origin; ++t) {
      at.panel.tail.push_back(series.tail[t]);
      at.panel.quiet.push_back(series.quiet[t]);
    }
  }
  return at;
}

void normal_quantiles(double mean, double variance, Quantiles& out) {
  const double sd = std::sqrt(std::max(variance, 1e-9));
  for (size_t j = 0; j < demand::kLevels; ++j)
    out[j] = std::max(0.0, mean + sd * demand::normal_quantile(demand::kQuantileLevels[j]));
}

// Ours, whole: seasons, pooled learning, selection, quantiles.
struct Ours {
  std::vector<demand::SeriesForecast> forecasts;
  double seconds = 0;  // the median of a few runs: other machines' work shows in single ones
};
Ours forecast_once(const demand::Panel& panel, int horizon, const market::LevelPrior& levels) {
  const auto start = std::chrono::steady_clock::now();
  Ours ours;
  const auto seasons = demand::learn_seasons(panel);
  const demand::Panel base = demand::without_season(panel, seasons);
  const demand::Forecaster forecaster(base, horizon, levels, seasons);
  ours.forecasts.resize(panel.size());
  demand::Track track;
  std::vector<double> factors(static_cast<size_t>(horizon));
  for (size_t i = 0; i < panel.size(); ++i) {
    for (size_t h = 0; h < factors.size(); ++h)
      factors[h] = seasons[static_cast<size_t>(panel.group[i])].at(static_cast<int64_t>(h) + 1);
    forecaster.forecast(i, factors, track, ours.forecasts[i]);
  }
  ours.seconds = seconds_since(start);
  return ours;
}

Ours forecast_all(const demand::Panel& panel, int horizon, const market::LevelPrior& levels) {
  constexpr int kRuns = 5;
  std::vector<double> seconds;
  Ours ours;
  for (int run = 0; run < kRuns; ++run) {
    ours = forecast_once(panel, horizon, levels);
    seconds.push_back(ours.seconds);
  }
  ours.seconds = median(seconds);
  return ours;
}

struct SetScores {
  Score ours, planned;  // planned: the negative binomial that a plan is told

  std::map<std::string, Score> textbook, poisson, negative_binomial;
  double seconds = 0, series = 0;
};

void score_origin(const RetailSet& set, size_t origin, const market::LevelPrior& levels, SetScores& scores) {
  const AtOrigin at = panel_at(set, origin);
  const Ours ours = forecast_all(at.panel, set.horizon, levels);
  scores.seconds += ours.seconds;
  scores.series += static_cast<double>(at.series.size());
  Quantiles quantiles;
  for (size_t k = 0; k < at.series.size(); ++k) {
    const auto& actual = set.series[at.series[k]].units;
    std::vector<double> history;
    for (double u : at.panel.of(k))
      if (!std::isnan(u)) history.push_back(u);
    const auto singles = baselines(history, set.horizon, set.periods_per_year);
    for (size_t h = 0; h < static_cast<size_t>(set.horizon); ++h) {
      const double y = actual[origin + h];
      scores.ours.add(ours.forecasts[k].quantiles[h], ours.forecasts[k].mean[h], y);
      demand::count_quantiles(ours.forecasts[k].mean[h], ours.forecasts[k].variance[h], quantiles);
      scores.planned.add(quantiles, ours.forecasts[k].mean[h], y);
      for (const Baseline& single : singles) {
        if (single.shape == Shape::kNormal)
          normal_quantiles(single.mean[h], single.variance[h], quantiles);
        else
          demand::count_quantiles(single.mean[h], single.mean[h], quantiles);
        scores.textbook[single.name].add(quantiles, single.mean[h], y);
        demand::count_quantiles(single.mean[h], single.mean[h], quantiles);
        scores.poisson[single.name].add(quantiles, single.mean[h], y);
        demand::count_quantiles(single.mean[h], single.variance[h], quantiles);
        scores.negative_binomial[single.name].add(quantiles, single.mean[h], y);
      }
    }
  }
}

std::pair<std::string, double> best_of(const std::map<std::string, Score>& scores) {
  const auto best = std::min_element(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
    return a.second.mean_loss() < b.second.mean_loss();
  });
  return {best->first, best->second.mean_loss()};
}

bool print_set(const RetailSet& set, const SetScores& scores) {
  fmt::print("{}: {:.0f} series x {} periods ahead, {} origins\n", set.name,
             scores.series / static_cast<double>(kOriginsAsked), set.horizon, kOriginsAsked);
  for (const auto& [name, score] : scores.textbook)
    fmt::print(
        "    {:<18} pinball {:8.4f}  RMSE {:8.3f}  80 % interval holds {:.1f} %   as Poisson {:8.4f}, as negative "
        "binomial {:8.4f}\n",
        name, score.mean_loss(), score.rmse(), 100 * score.covered / score.count, scores.poisson.at(name).mean_loss(),
        scores.negative_binomial.at(name).mean_loss());
  const double loss = scores.ours.mean_loss();
  const double covered = scores.ours.covered / scores.ours.count;
  fmt::print("    {:<18} pinball {:8.4f}  RMSE {:8.3f}  80 % interval holds {:.1f} % ({:.1f} % with its bounds)\n",
             "destock", loss, scores.ours.rmse(), 100 * covered, 100 * scores.ours.closed / scores.ours.count);
  const auto [name, own] = best_of(scores.textbook);
  const auto [poisson_name, poisson] = best_of(scores.poisson);
  const auto [nb_name, nb] = best_of(scores.negative_binomial);
  fmt::print(
      "    {:.3f} of the best single one with its own distribution ({}), {:.3f} of the best as Poisson ({}), {:.3f} "
      "as negative binomial ({})\n",
      loss / own, name, loss / poisson, poisson_name, loss / nb, nb_name);
  fmt::print("    as a plan is told: {:.4f} of the quantiles' loss, 80 % interval holds {:.1f} %\n",
             scores.planned.mean_loss() / loss, 100 * scores.planned.covered / scores.planned.count);
  fmt::print("    {:.0f} series a second on one core, learning, selection and quantiles included\n",
             scores.series / scores.seconds);
  const bool met = loss / own <= kToBeat && covered >= 0.76 && covered <= 0.84;
  if (!met) fmt::print("    target missed: at most {:.2f} of the best single one, interval 76 to 84 %\n", kToBeat);
  return met;
}

// R on a sample of the series at the last origin: its loss and ours on the same ones, and how long each takes.
void beside_r(const RetailSet& set, const std::string& scratch, const market::LevelPrior& levels) {
  constexpr size_t kSeries = 100;
  const size_t origin = set.series.front().units.size() - static_cast<size_t>(set.horizon);
  const AtOrigin at = panel_at(set, origin);
  const Ours ours = forecast_all(at.panel, set.horizon, levels);
  const size_t step = std::max<size_t>(1, at.series.size() / kSeries);
  const std::string in = scratch + "/series.csv";
  std::vector<size_t> sample;
  {
    std::ofstream file(in);
    for (size_t k = 0; k < at.series.size() && sample.size() < kSeries; k += step) {
      sample.push_back(k);
      std::string line;
      for (double u : at.panel.of(k)) line += std::isnan(u) ? "NA," : fmt::format("{},", u);
      line.pop_back();
      file << line << "\n";
    }
  }
  for (const char* method : {"croston", "ets"}) {
    const std::string out = scratch + "/" + method + ".csv";
    const std::string seconds_file = scratch + "/seconds.txt";
    const std::string command = fmt::format("Rscript bench/demand/forecast.R {} {} {} {} {} > {} 2>/dev/null", method,
                                            set.horizon, set.periods_per_year, in, out, seconds_file);
    if (std::system(command.c_str()) != 0) {
      fmt::print("    R's {}: skipped, Rscript with the forecast package did not run\n", method);
      continue;
    }
    double seconds = 0;
    std::ifstream(seconds_file) >> seconds;
    std::ifstream file(out);
    Score theirs, mine;
    std::string line;
    Quantiles quantiles;
    for (size_t s = 0; s < sample.size() && std::getline(file, line); ++s) {
      std::istringstream cells(line);
      std::vector<double> said;
      for (std::string cell; std::getline(cells, cell, ',');)
        said.push_back(cell == "NA" ? demand::kNotKnown : std::strtod(cell.c_str(), nullptr));
      for (size_t h = 0; h < static_cast<size_t>(set.horizon); ++h) {
        const double y = set.series[at.series[sample[s]]].units[origin + h];
        const double spread = said[static_cast<size_t>(set.horizon) + h];
        if (std::isnan(spread))
          demand::count_quantiles(said[h], said[h], quantiles);
        else
          normal_quantiles(said[h], spread * spread, quantiles);
        theirs.add(quantiles, said[h], y);
        mine.add(ours.forecasts[sample[s]].quantiles[h], ours.forecasts[sample[s]].mean[h], y);
      }
    }
    const double rate = static_cast<double>(sample.size()) / seconds;
    const double own_rate = static_cast<double>(at.series.size()) / ours.seconds;
    fmt::print(
        "    R's {:<8} on {} of them: pinball {:.4f}, ours {:.4f} ({:.3f}); RMSE {:.3f}, ours {:.3f}; "
        "{:.0f} series/s, ours {:.0f} ({:.0f} times)\n",
        method, sample.size(), theirs.mean_loss(), mine.mean_loss(), mine.mean_loss() / theirs.mean_loss(),
        theirs.rmse(), mine.rmse(), rate, own_rate, own_rate / rate);
  }
}

}  // namespace

bool measure_accuracy(const std::string& retail, const std::string& scratch) {
  const auto context = app::make_context("");
  if (!context) return false;
  const market::LevelPrior& levels = context->facts.demand.levels;
  bool met = true;
  for (const auto& read : {uci, m5, carparts}) {
    const RetailSet set = read(retail);
    SetScores scores;
    const size_t length = set.series.front().units.size();
    for (size_t k = 1; k <= kOriginsAsked; ++k)
      score_origin(set, length - k * static_cast<size_t>(set.horizon), levels, scores);
    met = print_set(set, scores) && met;
    beside_r(set, scratch, levels);
  }
  return met;
}

}  // namespace destock::bench

// Price response on real and on simulated panels.

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "../bench.h"
#include "demand/least_squares.h"
#include "demand/price_response.h"
#include "parts.h"
#include "retail.h"

namespace destock::bench {
namespace {

using Coefficients = std::array<double, 4>;  // price, up to three controls
constexpr int kHeldOut = 20;                 // weeks

struct Study {
  demand::ResponsePanel panel;
  std::vector<demand::ResponsePrior> priors;
};

Study study_of(const std::vector<PricedSeries>& all, int before) {
  Study study;
  study.panel.controls = all.front().controls.empty() ? 0 : all.front().controls.front().size();
  std::map<std::string, int32_t> groups;
  for (const PricedSeries& series : all) {
    for (size_t i = 0; i < series.week.size(); ++i) {
      if (series.week[i] > before) continue;
      study.panel.units.push_back(series.units[i]);
      study.panel.log_price.push_back(series.log_price[i]);
      for (double control : series.controls[i]) study.panel.control.push_back(control);
    }
    study.panel.offsets.push_back(study.panel.units.size());
    study.panel.group.push_back(groups.emplace(series.group, static_cast<int32_t>(groups.size())).first->second);
  }
  study.priors.resize(groups.size());
  for (demand::ResponsePrior& prior : study.priors) prior.controls.fill({0.14, 0.25});
  return study;
}

// Means of the rows that teach, and least squares around them.
struct Centred {
  Coefficients mean{};
  double mean_log = 0, rows = 0;
  demand::SquareSystem<4> system;
};
Centred centred(const PricedSeries& series, int before) {
  Centred out;
  const auto teaches = [&](size_t i) { return series.week[i] <= before && series.units[i] > 0; };
  const auto x_of = [&](size_t i) {
    Coefficients x{};
    x[0] = series.log_price[i];
    std::copy(series.controls[i].begin(), series.controls[i].end(), x.begin() + 1);
    return x;
  };
  for (size_t i = 0; i < series.week.size(); ++i) {
    if (!teaches(i)) continue;
    const Coefficients x = x_of(i);
    for (size_t k = 0; k < x.size(); ++k) out.mean[k] += x[k];
    out.mean_log += std::log(series.units[i]);
    ++out.rows;
  }
  for (double& m : out.mean) m /= std::max(1.0, out.rows);
  out.mean_log /= std::max(1.0, out.rows);
  for (size_t i = 0; i < series.week.size(); ++i) {
    if (!teaches(i)) continue;
    Coefficients x = x_of(i);
    for (size_t k = 0; k < x.size(); ++k) x[k] -= out.mean[k];
    out.system.add(x, std::log(series.units[i]) - out.mean_log, 1);
  }
  return out;
}

double squared_errors(const PricedSeries& series, int before, const Centred& around, const Coefficients& b,
                      double& rows) {
  double sum = 0;
  for (size_t i = 0; i < series.week.size(); ++i) {
    if (series.week[i] <= before || series.units[i] <= 0) continue;
    double said = around.mean_log + b[0] * (series.log_price[i] - around.mean[0]);
    for (size_t c = 0; c < series.controls[i].size(); ++c)
      said += b[1 + c] * (series.controls[i][c] - around.mean[1 + c]);
    sum += std::pow(std::log(series.units[i]) - said, 2);
    ++rows;
  }
  return sum;
}

bool held_out(const std::string& name, const std::vector<PricedSeries>& all) {
  int last = 0;
  for (const PricedSeries& series : all)
    last = std::max(last, *std::max_element(series.week.begin(), series.week.end()));
  const int before = last - kHeldOut;
  const Study study = study_of(all, before);
  const auto start = std::chrono::steady_clock::now();
  const auto responses = demand::price_responses(study.panel, study.priors, 1);
  const double seconds = seconds_since(start);
  std::vector<Centred> around;
  std::vector<demand::SquareSystem<4>> pooled(study.priors.size());
  for (size_t i = 0; i < all.size(); ++i) {
    around.push_back(centred(all[i], before));
    auto& sum = pooled[static_cast<size_t>(study.panel.group[i])];
    for (size_t p = 0; p < 4; ++p) {
      sum.right[p] += around[i].system.right[p];
      for (size_t q = 0; q <= p; ++q) sum.matrix[p][q] += around[i].system.matrix[p][q];
    }
  }
  double ours = 0;
  double alone = 0;
  double together = 0;
  double rows = 0;
  double ignored = 0;
  std::vector<double> elasticities;
  for (size_t i = 0; i < all.size(); ++i) {
    if (around[i].rows < 8) continue;
    const demand::PriceResponse& response = responses.series[i];
    Coefficients b{};
    b[0] = response.elasticity.mean;
    for (size_t c = 0; c < study.panel.controls; ++c) b[1 + c] = response.effects[c].mean;
    ours += squared_errors(all[i], before, around[i], b, rows);
    alone += squared_errors(all[i], before, around[i], around[i].system.solve({}, 1e-9), ignored);
    together += squared_errors(all[i], before, around[i],
                               pooled[static_cast<size_t>(study.panel.group[i])].solve({}, 1e-9), ignored);
    elasticities.push_back(b[0]);
  }
  std::sort(elasticities.begin(), elasticities.end());
  const auto at = [&](double share) {
    return elasticities[static_cast<size_t>(share * static_cast<double>(elasticities.size() - 1))];
  };
  fmt::print("{}: {} series, last {} weeks held out\n", name, all.size(), kHeldOut);
  fmt::print(
      "    error of log units {:.4f}; each series' least squares {:.4f}, pooled {:.4f}: {:.3f} and {:.3f} of them\n",
      std::sqrt(ours / rows), std::sqrt(alone / rows), std::sqrt(together / rows), std::sqrt(ours / alone),
      std::sqrt(ours / together));
  fmt::print(
      "    own-price elasticity: median {:.2f}, nine in ten between {:.2f} and {:.2f}; {:.0f} series/s on one core\n",
      at(0.5), at(0.05), at(0.95), static_cast<double>(all.size()) / seconds);
  return ours < alone && ours < together;
}

// Slope of log units on log price within series: what one would believe without looking.
double naive_slope(const std::vector<const PricedSeries*>& all) {
  double xx = 0;
  double xy = 0;
  for (const PricedSeries* series : all) {
    double price = 0;
    double units = 0;
    const auto n = static_cast<double>(series->week.size());
    for (size_t i = 0; i < series->week.size(); ++i) {
      price += series->log_price[i] / n;
      units += std::log(series->units[i] + 1) / n;
    }
    for (size_t i = 0; i < series->week.size(); ++i) {
      xx += std::pow(series->log_price[i] - price, 2);
      xy += (series->log_price[i] - price) * (std::log(series->units[i] + 1) - units);
    }
  }
  return xy / xx;
}

// M5's cuts of 30 % and more go with empty shelves: their slope is positive.
bool wrong_signs(const std::vector<PricedSeries>& all) {
  const Study study = study_of(all, 1 << 20);
  const auto responses = demand::price_responses(study.panel, study.priors, 1);
  const double deep = std::log(0.7);
  std::vector<const PricedSeries*> every, cut;
  std::map<std::string, int> counts, cut_counts;
  double highest = -1e9;
  std::vector<double> elasticities, of_cut;
  for (size_t i = 0; i < all.size(); ++i) {
    every.push_back(&all[i]);
    const auto& response = responses.series[i];
    ++counts[std::string(demand::response_basis_id(response.basis))];
    highest = std::max(highest, response.high);
    elasticities.push_back(response.elasticity.mean);
    const auto& price = all[i].log_price;
    bool deeply = false;
    for (size_t k = 1; k < price.size(); ++k) deeply = deeply || price[k] - price[k - 1] < deep;
    if (!deeply) continue;
    cut.push_back(&all[i]);
    of_cut.push_back(response.elasticity.mean);
    ++cut_counts[std::string(demand::response_basis_id(response.basis))];
  }
  const auto listed = [](const std::map<std::string, int>& of) {
    std::string text;
    for (const auto& [basis, count] : of) text += fmt::format(" {} {}", basis, count);
    return text;
  };
  const double slope = naive_slope(cut);
  fmt::print("M5: naive slope {:+.2f} of all {} series, {:+.2f} of the {} with a cut of 30 % or more\n",
             naive_slope(every), all.size(), slope, cut.size());
  fmt::print("    ours: median {:.2f}, of those cut {:.2f}; no 90 % interval reaches above {:.2f}\n",
             median(elasticities), median(of_cut), highest);
  fmt::print("    all:{}; cut:{}\n", listed(counts), listed(cut_counts));
  return highest < 0 && slope > 0 && cut_counts["wrong_sign"] > 0;
}

// 60 weeks of negative binomial counts with a level that drifts, promotions, and a number of price changes.
demand::ResponsePanel simulated(int changes, size_t series, std::mt19937_64& random, std::vector<double>& truth) {
  constexpr int kWeeks = 60;
  constexpr double kDispersion = 0.15;
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(0, 1);
  demand::ResponsePanel panel;
  panel.controls = 1;
  for (size_t i = 0; i < series; ++i) {
    truth.push_back(-std::exp(std::log(2.0) + 0.525 * normal(random)));
    const double base = std::exp(0.5 + 1.3 * normal(random));
    std::vector<int> at;
    for (int k = 0; k < changes; ++k) at.push_back(1 + static_cast<int>(uniform(random) * (kWeeks - 1)));
    double price = 0;
    double level = 0;
    for (int week = 0; week < kWeeks; ++week) {
      if (std::find(at.begin(), at.end(), week) != at.end()) price = -0.4 * uniform(random);
      level = 0.8 * level + 0.12 * normal(random);
      const double promoted = uniform(random) < 1.0 / 12 ? 1 : 0;
      const double mean = base * std::exp(truth.back() * price + level + 0.2 * promoted);
      std::gamma_distribution<double> gamma(1 / kDispersion, kDispersion * mean);
      std::poisson_distribution<int> poisson(std::max(1e-9, gamma(random)));
      panel.units.push_back(poisson(random));
      panel.log_price.push_back(3 + price);
      panel.control.push_back(promoted);
    }
    panel.offsets.push_back(panel.units.size());
    panel.group.push_back(0);
  }
  return panel;
}

}  // namespace

bool measure_response(const std::string& retail) {
  bool met = held_out("Dominick's orange juice", orange_juice(retail));
  met = held_out("Breakfast at the Frat", breakfast(retail)) && met;
  return wrong_signs(m5_prices(retail)) && met;
}

bool measure_coverage() {
  constexpr size_t kSeries = 3000;
  bool met = true;
  std::mt19937_64 random(5);
  fmt::print("simulated panels of {} series with known elasticity\n", kSeries);
  for (int changes : {0, 2, 5, 20}) {
    std::vector<double> truth;
    const demand::ResponsePanel panel = simulated(changes, kSeries, random, truth);
    std::vector<demand::ResponsePrior> priors(1);
    priors[0].controls[0] = {0.14, 0.25};
    const auto responses = demand::price_responses(panel, priors, 1);
    double held = 0;
    double squares = 0;
    for (size_t i = 0; i < kSeries; ++i) {
      held += truth[i] >= responses.series[i].low && truth[i] <= responses.series[i].high ? 1 : 0;
      squares += std::pow(responses.series[i].elasticity.mean - truth[i], 2);
    }
    const double share = held / static_cast<double>(kSeries);
    fmt::print("    {:>2} price changes: the 90 % interval holds {:.1f} %, error of the mean {:.2f}\n", changes,
               100 * share, std::sqrt(squares / static_cast<double>(kSeries)));
    met = met && share >= 0.85 && share <= 0.95;
  }
  return met;
}

}  // namespace destock::bench

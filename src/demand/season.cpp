#include "demand/season.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace destock::demand {
namespace {

constexpr double kLeastSeen = 0.1;   // below it a period says nothing of the level
constexpr double kMostUnits = 8;     // times a series' mean, that one period counts for
constexpr double kSeasonClumps = 3;  // variance ÷ mean of the units of one period
// A week in which next to nothing was sold is as sure as any that it was a bad one: a shop that was shut.
constexpr double kShut = 0.1, kSurelyLow = 0.3;
constexpr double kSmoothness = 0.5;    // of the own shape: about four weeks of a year
constexpr double kMonth = 4.0 / 52;    // of a year: how long passing luck lasts
constexpr int kSeasonRounds = 8;       // of level against common period
constexpr size_t kMostShapes = 5'000;  // that tell a shape

// What all series of a group did together, by age (0: the panel's last period): the log of a common factor beside each
// series' own level, so that series which come and go do not look like a rise or a fall; and its variance by counting.
struct CommonPath {
  std::vector<double> log, variance;
  size_t length() const { return log.size(); }
};

struct Told {
  size_t series;
  double mean;    // units a known period
  double weight;  // so that neither the largest nor the emptiest rule
};

std::vector<Told> tellers(const Panel& panel, const std::vector<size_t>& members) {
  std::vector<Told> told;
  const size_t step = std::max<size_t>(1, members.size() / kMostShapes);
  for (size_t m = 0; m < members.size(); m += step) {
    double total = 0;
    double known = 0;
    for (double u : panel.of(members[m]))
      if (!std::isnan(u)) {
        total += u;
        ++known;
      }
    if (known < 2 || total <= 0) continue;
    told.push_back({members[m], total / known, 1 / std::sqrt(total / known)});
  }
  return told;
}

CommonPath common_path(const Panel& panel, const std::vector<size_t>& members) {
  const std::vector<Told> told = tellers(panel, members);
  size_t length = 0;
  for (const Told& one : told) length = std::max(length, panel.length(one.series));
  std::vector<double> factor(length, 1), sum(length), expected(length);
  double roots = 0;
  for (int round = 0; round < kSeasonRounds && length > 0; ++round) {
    std::fill(sum.begin(), sum.end(), 0);
    std::fill(expected.begin(), expected.end(), 0);
    for (const Told& one : told) {
      const auto units = panel.of(one.series);
      double total = 0;
      double at_level_one = 0;
      for (size_t t = 0; t < units.size(); ++t) {
        if (std::isnan(units[t])) continue;
        total += std::min(units[t], kMostUnits * one.mean);
        at_level_one += factor[units.size() - 1 - t];
      }
      if (at_level_one <= 0) continue;
      const double level = total / at_level_one;
      for (size_t t = 0; t < units.size(); ++t) {
        if (std::isnan(units[t])) continue;
        sum[units.size() - 1 - t] += one.weight * std::min(units[t], kMostUnits * one.mean);
        expected[units.size() - 1 - t] += one.weight * level;
      }
    }
    for (size_t age = 0; age < length; ++age)
      factor[age] = expected[age] > 0 ? std::max(kShut, sum[age] / expected[age]) : 1;
  }
  // Counting noise of the weighted sum: Σ w² m ÷ (Σ w m)², with w² m = 1 for each series.
  CommonPath path;
  std::vector<double> series(length, 0);
  for (const Told& one : told)
    for (size_t t = 0; t < panel.length(one.series); ++t)
      if (!std::isnan(panel.of(one.series)[t])) ++series[panel.length(one.series) - 1 - t];
  for (size_t age = 0; age < length; ++age) {
    roots = expected[age];
    const bool tells = roots > 0;
    path.log.push_back(tells ? std::log(factor[age]) : 0);
    path.variance.push_back(tells ? kSeasonClumps * series[age] / (roots * roots * std::max(kSurelyLow, factor[age]))
                                  : 1e6);
  }
  return path;
}

// A symmetric positive definite system, solved in place by Cholesky; the right sides are columns.
class Solver {
public:
  explicit Solver(std::vector<double> matrix, size_t n) : root_(std::move(matrix)), n_(n) {
    for (size_t p = 0; p < n_; ++p)
      for (size_t q = 0; q <= p; ++q) {
        double sum = at(p, q);
        for (size_t k = 0; k < q; ++k) sum -= at(p, k) * at(q, k);
        root_[p * n_ + q] = p == q ? std::sqrt(std::max(sum, 1e-12)) : sum / at(q, q);
      }
  }
  // L⁻¹ b.
  void forward(std::vector<double>& b) const {
    for (size_t p = 0; p < n_; ++p) {
      for (size_t k = 0; k < p; ++k) b[p] -= at(p, k) * b[k];
      b[p] /= at(p, p);
    }
  }

private:
  double at(size_t p, size_t q) const { return root_[p * n_ + q]; }
  std::vector<double> root_;
  size_t n_;
};

// Covariance of the log season at two phases.
class ShapeCovariance {
public:
  ShapeCovariance(const std::vector<double>& curve, double amplitude, double own) : year_(curve.size()), curve_(curve) {
    double mean = 0;
    for (double c : curve_) mean += c / static_cast<double>(year_);
    for (double& c : curve_) c = amplitude * (c - mean);
    for (size_t d = 0; d < year_; ++d) {
      const double sine = std::sin(std::numbers::pi * static_cast<double>(d) / static_cast<double>(year_));
      near_.push_back(std::exp(-2 * sine * sine / (kSmoothness * kSmoothness)));
    }
    double common = 0;
    for (double n : near_) common += n / static_cast<double>(year_);
    for (double& n : near_) n = own * own * (n - common) / (1 - common);
  }
  double operator()(size_t p, size_t q) const { return curve_[p] * curve_[q] + near_[p > q ? p - q : q - p]; }

private:
  size_t year_;
  std::vector<double> curve_, near_;
};

struct SeasonShape {
  std::vector<double> log;  // by phase
  double learned = 0;
};

// The posterior of the season given the common path = level + growth (a random walk) + season + noise, all Gaussian.
SeasonShape posterior(const CommonPath& path, const std::vector<double>& prior, const ShapeCovariance& covariance,
                      const SeasonSpread& spread) {
  constexpr double kAnyLevel = 25;  // variance of the log of the level
  const size_t n = path.length();
  const size_t year = prior.size();
  SeasonShape shape{prior, 0};
  if (n == 0) return shape;
  const double step = spread.growth * spread.growth / static_cast<double>(year);
  const auto phase = [&](size_t age) { return year - 1 - age % year; };
  std::vector<double> matrix(n * n), seen(n);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j <= i; ++j) {
      const double apart = static_cast<double>(i - j) / (kMonth * static_cast<double>(year));
      matrix[i * n + j] = kAnyLevel + step * static_cast<double>(n - std::max(i, j)) + covariance(phase(i), phase(j)) +
                          spread.passing * spread.passing * std::exp(-apart * apart / 2);
    }
    matrix[i * n + i] += spread.noise * spread.noise + path.variance[i];
    seen[i] = path.log[i] - prior[phase(i)];
  }
  const Solver solver(std::move(matrix), n);
  solver.forward(seen);
  double before = 0;
  double after = 0;
  std::vector<double> column(n);
  for (size_t p = 0; p < year; ++p) {
    for (size_t i = 0; i < n; ++i) column[i] = covariance(p, phase(i));
    solver.forward(column);
    before += covariance(p, p);
    after += covariance(p, p);
    for (size_t i = 0; i < n; ++i) {
      shape.log[p] += column[i] * seen[i];
      after -= column[i] * column[i];
    }
  }
  shape.learned = before > 0 ? 1 - after / before : 0;
  return shape;
}

std::vector<double> factors_of(const SeasonShape& shape) {
  std::vector<double> factor;
  double mean = 0;
  for (double l : shape.log) mean += std::exp(l) / static_cast<double>(shape.log.size());
  for (double l : shape.log) factor.push_back(std::exp(l) / mean);
  return factor;
}

}  // namespace

std::vector<Season> learn_seasons(const Panel& panel, const std::vector<std::vector<double>>& prior,
                                  const SeasonSpread& spread) {
  const auto year = static_cast<size_t>(panel.periods_per_year);
  size_t groups = 0;
  for (int32_t g : panel.group) groups = std::max(groups, static_cast<size_t>(g) + 1);
  std::vector<std::vector<size_t>> members(groups);
  std::vector<size_t> all;
  for (size_t i = 0; i < panel.size(); ++i) {
    members[static_cast<size_t>(panel.group[i])].push_back(i);
    all.push_back(i);
  }
  // The account's own prior is its groups', each by its series.
  const std::vector<double> none(year, 0);
  std::vector<double> common(year, 0);
  for (size_t g = 0; g < groups; ++g)
    for (size_t p = 0; p < year && g < prior.size(); ++p)
      common[p] += prior[g][p] * static_cast<double>(members[g].size()) / static_cast<double>(panel.size());
  const SeasonShape of_all =
      posterior(common_path(panel, all), common, ShapeCovariance(common, spread.amplitude, spread.own), spread);
  std::vector<Season> seasons(groups);
  for (size_t g = 0; g < groups; ++g) {
    std::vector<double> start = of_all.log;
    const std::vector<double>& own = g < prior.size() ? prior[g] : none;
    for (size_t p = 0; p < year; ++p) start[p] += own[p] - common[p];
    const CommonPath path = common_path(panel, members[g]);
    const bool alone = groups == 1;
    const SeasonShape shape =
        alone ? of_all
              : posterior(path, start,
                          ShapeCovariance(own, spread.amplitude * spread.group_share, spread.own * spread.group_share),
                          spread);
    seasons[g].factor = factors_of(shape);
    seasons[g].learned = std::max(of_all.learned, shape.learned);
    seasons[g].years = static_cast<double>(path.length()) / static_cast<double>(year);
  }
  return seasons;
}

Panel without_season(const Panel& panel, const std::vector<Season>& seasons) {
  Panel out = panel;
  for (size_t i = 0; i < panel.size(); ++i) {
    const Season& season = seasons[static_cast<size_t>(panel.group[i])];
    if (season.factor.empty()) continue;
    const size_t length = panel.length(i);
    for (size_t t = 0; t < length; ++t) {
      const double factor = season.at(static_cast<int64_t>(t) + 1 - static_cast<int64_t>(length));
      const size_t at = panel.offsets[i] + t;
      out.units[at] = factor < kLeastSeen ? kNotKnown : panel.units[at] / factor;
      if (!out.tail.empty()) out.tail[at] = panel.tail[at] / factor;
    }
  }
  return out;
}

}  // namespace destock::demand

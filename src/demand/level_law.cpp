#include "demand/level_law.h"

#include <algorithm>
#include <cmath>

#include "demand/least_squares.h"
#include "demand/pool.h"

namespace destock::demand {
namespace {

constexpr size_t kMostSeries = 3'000;  // that teach
constexpr size_t kOriginsAYear = 13;
constexpr double kMostTimes = 8;       // the year's mean: what one listing's later weeks count for
constexpr double kWorst = 6;           // came ÷ expected, as it counts for the variance
constexpr double kLeastExpected = 3;   // units, below which what came says nothing of a level
constexpr double kMostStops = 0.6;
constexpr double kStopped = 0.1;       // of what was expected: all but stopped

size_t silent_class(double units) {
  return units < 1.5 ? 0 : units < 4 ? 1 : units < 10 ? 2 : units < 30 ? 3 : 4;
}
size_t moving_class(const LevelSigns& signs) {
  if (!(signs.recent > 0)) return 2;
  const double away = std::abs(std::log(signs.recent / signs.year));
  return away < 0.25 ? 0 : away < 0.7 ? 1 : 2;
}

// Sums of known periods, so that any window's mean is two look-ups.
class Windows {
public:
  explicit Windows(std::span<const double> units) {
    for (double u : units) {
      const bool known = !std::isnan(u);
      sum_.push_back(sum_.back() + (known ? u : 0));
      known_.push_back(known_.back() + (known ? 1 : 0));
      last_sale_.push_back(known && u > 0 ? 0 : last_sale_.back() + (known ? 1 : 0));
    }
  }
  double known(size_t from, size_t to) const { return known_[to] - known_[from]; }
  double mean(size_t from, size_t to) const {
    const double n = known(from, to);
    return n > 0 ? (sum_[to] - sum_[from]) / n : kNotKnown;
  }
  LevelSigns signs(size_t origin, size_t year) const {
    LevelSigns signs;
    signs.recent = mean(origin - std::min(origin, year / 4), origin);
    signs.year = mean(origin - std::min(origin, year), origin);
    signs.silent = signs.year > 0 ? last_sale_[origin] * signs.year : 0;
    return signs;
  }

private:
  std::vector<double> sum_{0}, known_{0}, last_sale_{0};
};

struct Row {
  LevelSigns signs;
  double came;  // a period
  size_t age;   // of the origin: periods before the panel's end
};

std::vector<Row> rows_of(const Panel& panel, size_t periods) {
  const auto year = static_cast<size_t>(panel.periods_per_year);
  const size_t stride = std::max<size_t>(1, year / kOriginsAYear);
  const size_t step = std::max<size_t>(1, panel.size() / kMostSeries);
  std::vector<Row> rows;
  for (size_t i = 0; i < panel.size(); i += step) {
    const auto units = panel.of(i);
    if (units.size() < periods + year / 2) continue;
    const Windows windows(units);
    for (size_t origin = units.size() - periods; origin >= year / 2; origin -= stride) {
      const LevelSigns signs = windows.signs(origin, year);
      if (windows.known(origin - std::min(origin, year), origin) >= static_cast<double>(year) / 2 && signs.known() &&
          windows.known(origin, origin + periods) >= static_cast<double>(periods) * 0.7)
        rows.push_back(
            {signs, std::min(windows.mean(origin, origin + periods), kMostTimes * signs.year), units.size() - origin});
      if (origin < stride) break;
    }
  }
  return rows;
}

// Independent stretches of `periods` that the rows' origins span.
double stretches(const std::vector<Row>& rows, size_t periods) {
  if (rows.empty()) return 0;
  const auto [low, high] =
      std::minmax_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.age < b.age; });
  return 1 + static_cast<double>(high->age - low->age) / static_cast<double>(periods);
}

// Whether far fewer have stopped than listings that were not chosen by it would have.
bool only_survivors(const Panel& panel, const market::LevelPrior& prior) {
  constexpr double kFarFewer = 0.25;
  const auto year = static_cast<size_t>(panel.periods_per_year);
  double old = 0;
  double dead = 0;
  for (size_t i = 0; i < panel.size(); ++i) {
    const auto units = panel.of(i);
    if (units.size() < year / 2) continue;
    const LevelSigns signs = level_signs(units, panel.periods_per_year);
    if (!signs.known()) continue;
    ++old;
    dead += signs.recent > 0 ? 0 : 1;  // nothing in a quarter
  }
  return old > 0 && dead < kFarFewer * old * prior.silent_stops.front();
}

}  // namespace

LevelSigns level_signs(std::span<const double> units, int periods_per_year) {
  return Windows(units).signs(units.size(), static_cast<size_t>(periods_per_year));
}

LevelLaw::LevelLaw(const Panel& panel, const market::LevelPrior& prior, double phi, double kappa)
    : prior_(prior), year_(panel.periods_per_year), silent_level_(prior.silent_level) {
  const auto year = static_cast<double>(year_);
  survivors_ = !prior.spans.empty() && only_survivors(panel, prior);
  for (const auto& of_prior : prior.spans) {
    Span span{of_prior.weeks * year / 52, of_prior.recent, of_prior.year, of_prior.variance,
              spans_.empty() ? 1 : spans_.back().scale, 0};
    const auto periods = static_cast<size_t>(std::max(1.0, std::round(span.periods)));
    const std::vector<Row> rows = rows_of(panel, periods);
    span.rows = static_cast<double>(rows.size());
    const double independent = stretches(rows, periods);
    const double overlap = std::max(1.0, static_cast<double>(periods) / std::max(1.0, year / kOriginsAYear));

    // What the last quarter counts against the year: across listings, at any level of the account.
    SquareSystem<2> system;
    double weight = 0;
    for (const Row& row : rows) {
      if (silent_class(row.signs.silent) > 0 || std::isnan(row.signs.recent)) continue;
      const double w = 1 / ((row.signs.recent + row.signs.year) * overlap);
      system.add({row.signs.recent, row.signs.year}, row.came, w);
      weight += w * row.signs.year * row.signs.year;
    }
    const double each = rows.empty() ? 0 : weight / static_cast<double>(rows.size()) * overlap;
    const auto found = system.solve({span.recent, span.year}, std::max(1e-6, prior.rows * each));
    const double share = std::clamp(found[0] / std::max(0.05, found[0] + found[1]), 0.0, 1.0);

    // The account's level: the same for all, so known only as often as the span has passed.
    double came = 0;
    double said = 0;
    for (const Row& row : rows) {
      if (silent_class(row.signs.silent) > 0) continue;
      const double w = 1 / std::sqrt(row.signs.year);
      came += w * row.came;
      said += w * (share * row.signs.steady() + (1 - share) * row.signs.year);
    }
    const double prior_level = std::log(span.recent + span.year);
    double level = prior_level;
    if (said > 0 && came > 0 && !survivors_) {
      const double prior_precision = 1 / (prior.level_sd * prior.level_sd);
      const double precision = independent / (prior.span_sd * prior.span_sd);
      level = (prior_precision * prior_level + precision * std::log(came / said)) / (prior_precision + precision);
    }
    span.recent = share * std::exp(level);
    span.year = (1 - share) * std::exp(level);

    // The scatter, against what the account itself went through.
    const double of_account = said > 0 && came > 0 ? came / said : 1;
    double squares = prior.rows;
    double expected = prior.rows;
    std::array<double, 5> left{}, would{};
    double all_stopped = prior.stops;
    double all_may_stop = prior.stops;
    for (const Row& row : rows) {
      const double mean = of_account * (share * row.signs.steady() + (1 - share) * row.signs.year);
      const double units = mean * static_cast<double>(periods);
      if (units < kLeastExpected) continue;
      const size_t silent = silent_class(row.signs.silent);
      left[silent] += row.came / std::sqrt(mean) / overlap;
      would[silent] += std::sqrt(mean) / overlap;
      const bool stops = row.came < kStopped * mean;
      // A slow listing may sell nothing by chance alone.
      all_stopped += std::max(0.0, (stops ? 1 : 0) - std::exp(-units / phi)) / overlap;
      all_may_stop += prior.silent_stops[silent] / overlap;
      if (silent > 0) continue;
      const double ratio = std::min(kWorst, row.came / mean) - 1;
      const double counting = (phi / mean + kappa) / static_cast<double>(periods);
      const double believed =
          span.variance * prior.pace[volume_class(mean * year / 52)] * prior.moving[moving_class(row.signs)];
      squares += (ratio * ratio - counting) / believed / overlap;
      expected += 1 / overlap;
    }
    if (rows.size() > 20) {
      span.scale = std::clamp(squares / expected, 0.15, 6.0);
      // Half a year ahead is what is asked for; shorter spans stop more often and longer ones less, by the prior's own
      // measure nearly as often.
      if (of_prior.weeks <= 26) {
        stops_scale_ = std::clamp(all_stopped / all_may_stop, survivors_ ? 1 : 0.2, 4.0);
        for (size_t c = 1; c < left.size(); ++c) {
          const double base = would[0] > 0 ? left[0] / would[0] : 1;
          const double worth = prior.rows / 10;
          const double seen = would[c] > 0 ? left[c] / would[c] / std::max(0.2, base) : 0;
          double series = would[c] > 0 ? would[c] / std::max(1e-9, would[0]) * static_cast<double>(rows.size()) : 0;
          series /= overlap;
          silent_level_[c] = (worth * prior.silent_level[c] + series * seen) / (worth + series);
        }
      }
    }
    spans_.push_back(span);
  }
}

LevelAhead LevelLaw::ahead(const LevelSigns& signs, double periods) const {
  LevelAhead out;
  if (spans_.empty()) return out;
  if (!signs.known()) {
    // Nothing of its own is known: as far as the slowest and most moved go.
    out.stops = std::min(kMostStops, stops_scale_ * prior_.silent_stops.front());
    out.log_sd = std::sqrt(
        std::log1p(spans_.back().variance * spans_.back().scale * prior_.pace[1] * prior_.moving.back()));
    return out;
  }
  size_t after = 0;
  while (after + 1 < spans_.size() && spans_[after].periods < periods) ++after;
  const size_t before = after > 0 ? after - 1 : 0;
  const double width = spans_[after].periods - spans_[before].periods;
  const double share = width > 0 ? std::clamp((periods - spans_[before].periods) / width, 0.0, 1.0) : 1;
  const auto at = [&](double Span::*of) { return (1 - share) * spans_[before].*of + share * spans_[after].*of; };
  const size_t silent = silent_class(signs.silent);
  out.mean = (at(&Span::recent) * signs.steady() + at(&Span::year) * signs.year) * silent_level_[silent];
  const double per_week = out.mean * year_ / 52;
  out.stops = std::min(kMostStops, stops_scale_ * prior_.silent_stops[silent]);
  const double variance =
      at(&Span::variance) * at(&Span::scale) * prior_.pace[volume_class(per_week)] * prior_.moving[moving_class(signs)];
  // Those that stop are a part of that scatter: E r² = (1 − p) · e^{s²} ÷ (1 − p)².
  const double going_on = 1 - out.stops;
  out.log_sd = std::sqrt(std::log(std::max(1.02, (1 + variance) * going_on)));
  return out;
}

}  // namespace destock::demand

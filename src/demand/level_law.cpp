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
constexpr size_t kLeastRows = 20;
constexpr double kLeastScale = 0.15, kMostScale = 6;
constexpr double kStopped = 0.1;       // of what was expected: all but stopped

size_t silent_class(double units) {
  return units < 1.5 ? 0 : units < 4 ? 1 : units < 10 ? 2 : units < 30 ? 3 : 4;
}
size_t moving_class(const LevelSigns& signs) {
  if (!(signs.recent > 0)) return 2;
  const double away = std::abs(std::log(signs.recent / signs.year));
  return away < 0.25 ? 0 : away < 0.7 ? 1 : 2;
}
size_t age_class(double share_of_year) {
  return share_of_year < 0.25 ? 0 : share_of_year < 0.5 ? 1 : 2;
}

size_t longest_of(const Panel& panel) {
  size_t longest = 0;
  for (size_t i = 0; i < panel.size(); ++i) longest = std::max(longest, panel.length(i));
  return longest;
}

// Sums of known periods, so that any window's mean is two look-ups.
class Windows {
public:
  Windows(std::span<const double> units, size_t year, size_t longest) : year_(year) {
    // Those that begin with the panel are older than anybody knows.
    launched_ = units.size() + std::max<size_t>(1, year / 13) <= longest;
    for (double u : units) {
      const bool known = !std::isnan(u);
      sum_.push_back(sum_.back() + (known ? u : 0));
      known_.push_back(known_.back() + (known ? 1 : 0));
      since_sale_.push_back(known && u > 0 ? 0 : since_sale_.back() + (known ? 1 : 0));
    }
  }
  double known(size_t from, size_t to) const { return known_[to] - known_[from]; }
  double mean(size_t from, size_t to) const {
    const double n = known(from, to);
    return n > 0 ? (sum_[to] - sum_[from]) / n : kNotKnown;
  }
  LevelSigns signs(size_t origin) const {
    LevelSigns signs;
    signs.recent = mean(origin - std::min(origin, year_ / 4), origin);
    signs.year = mean(origin - std::min(origin, year_), origin);
    signs.silent = signs.year > 0 ? since_sale_[origin] * signs.year : 0;
    signs.age = launched_ ? static_cast<double>(origin) : std::max(static_cast<double>(origin), kHalf * year());
    if (origin < year_) return signs;
    for (size_t s = 0; s < kSpans; ++s) {
      const size_t from = origin - year_;
      const size_t to = std::min(origin, from + periods_of(s));
      if (known(from, to) * 2 >= static_cast<double>(to - from)) signs.same[s] = mean(from, to);
    }
    return signs;
  }
  size_t periods_of(size_t span) const {
    return std::max<size_t>(1, static_cast<size_t>(std::lround(kSpanWeeks[span] * year() / 52)));
  }
  bool launched() const { return launched_; }

private:
  static constexpr double kHalf = 0.5;
  double year() const { return static_cast<double>(year_); }
  size_t year_;
  bool launched_ = false;
  std::vector<double> sum_{0}, known_{0}, since_sale_{0};
};

struct Row {
  LevelSigns signs;
  double came;  // a period
  size_t back;  // of the origin: periods before the panel's end
};

std::vector<Row> rows_of(const Panel& panel, size_t span) {
  const auto year = static_cast<size_t>(panel.periods_per_year);
  const size_t stride = std::max<size_t>(1, year / kOriginsAYear);
  const size_t step = std::max<size_t>(1, panel.size() / kMostSeries);
  const size_t longest = longest_of(panel);
  std::vector<Row> rows;
  for (size_t i = 0; i < panel.size(); i += step) {
    const auto units = panel.of(i);
    const Windows windows(units, year, longest);
    const size_t periods = windows.periods_of(span);
    const size_t least = windows.launched() ? std::max<size_t>(1, year / 13) : year / 2;
    for (size_t back = periods; back + least <= units.size(); back += stride) {
      const size_t origin = units.size() - back;
      const LevelSigns signs = windows.signs(origin);
      if (windows.known(origin - std::min(origin, year), origin) >= static_cast<double>(least) / 2 && signs.known() &&
          windows.known(origin, origin + periods) >= static_cast<double>(periods) * 0.7)
        rows.push_back({signs, std::min(windows.mean(origin, origin + periods), kMostTimes * signs.year), back});
    }
  }
  return rows;
}

// Independent stretches of `periods` that the rows' origins span.
double stretches(const std::vector<Row>& rows, size_t periods) {
  if (rows.empty()) return 0;
  const auto [low, high] =
      std::minmax_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.back < b.back; });
  return 1 + static_cast<double>(high->back - low->back) / static_cast<double>(periods);
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
    const LevelSigns signs = Windows(units, year, units.size()).signs(units.size());
    if (!signs.known()) continue;
    ++old;
    dead += signs.recent > 0 ? 0 : 1;  // nothing in a quarter
  }
  return old > 0 && dead < kFarFewer * old * prior.silent_stops.front();
}

// What came of a class against what was said, from its own rows and the prior.
struct Left {
  double came = 0, said = 0, rows = 0;
  void add(double came_now, double mean, double weight) {
    came += weight * came_now / std::sqrt(mean);
    said += weight * std::sqrt(mean);
    rows += weight;
  }
  double against(const Left& usual, double prior, double worth) const {
    if (said <= 0 || usual.said <= 0 || usual.came <= 0) return prior;
    const double seen = came / said / (usual.came / usual.said);
    return (worth * prior + rows * seen) / (worth + rows);
  }
};

}  // namespace

std::vector<LevelSigns> level_signs(const Panel& panel) {
  const size_t longest = longest_of(panel);
  std::vector<LevelSigns> out;
  for (size_t i = 0; i < panel.size(); ++i)
    out.push_back(Windows(panel.of(i), static_cast<size_t>(panel.periods_per_year), longest).signs(panel.length(i)));
  return out;
}

LevelLaw::LevelLaw(const Panel& panel, const market::LevelPrior& prior, double phi, double kappa)
    : prior_(prior),
      year_(panel.periods_per_year),
      silent_level_(prior.silent_level),
      young_level_(prior.young_level) {
  const auto year = static_cast<double>(year_);
  survivors_ = !prior.spans.empty() && only_survivors(panel, prior);
  for (size_t s = 0; s < std::min(kSpans, prior.spans.size()); ++s) {
    const auto& of_prior = prior.spans[s];
    Span span{of_prior.weeks * year / 52, of_prior.recent, of_prior.year, of_prior.same, of_prior.variance,
              spans_.empty() ? 1 : spans_.back().scale, 0};
    const auto periods = static_cast<size_t>(std::max(1.0, std::round(span.periods)));
    const std::vector<Row> rows = rows_of(panel, s);
    const double overlap = std::max(1.0, static_cast<double>(periods) / std::max(1.0, year / kOriginsAYear));
    span.rows = static_cast<double>(rows.size());
    const auto usual = [&](const Row& row) {
      return silent_class(row.signs.silent) == 0 && age_class(row.signs.age / year) == 2;
    };

    // What the last quarter counts against the year: across listings, at any level of the account.
    SquareSystem<3> system;
    double weight = 0;
    double count = 0;
    for (const Row& row : rows) {
      if (!usual(row) || std::isnan(row.signs.recent)) continue;
      const double w = 1 / ((row.signs.recent + row.signs.year) * overlap);
      system.add({row.signs.recent, row.signs.year, row.signs.last_year(s)}, row.came, w);
      weight += w * row.signs.year * row.signs.year;
      count += 1 / overlap;
    }
    auto found = system.solve({span.recent, span.year, span.same},
                              count > 0 ? std::max(1e-6, prior.rows * weight / count) : 1);
    double sum = 0;
    for (double& f : found) sum += f = std::max(0.0, f);
    for (double& f : found) f /= std::max(1e-9, sum);
    const auto shape = [&](const LevelSigns& signs) {
      return found[0] * signs.steady() + found[1] * signs.year + found[2] * signs.last_year(s);
    };

    // The account's level: the same for all, so known only as often as the span has passed.
    double came = 0;
    double said = 0;
    for (const Row& row : rows) {
      if (!usual(row)) continue;
      const double w = 1 / std::sqrt(row.signs.year);
      came += w * row.came;
      said += w * shape(row.signs);
    }
    const double prior_level = std::log(of_prior.recent + of_prior.year + of_prior.same);
    double level = prior_level;
    if (said > 0 && came > 0 && !survivors_) {
      const double prior_precision = 1 / (prior.level_sd * prior.level_sd);
      const double precision = stretches(rows, periods) / (prior.span_sd * prior.span_sd);
      level = (prior_precision * prior_level + precision * std::log(came / said)) / (prior_precision + precision);
    }
    span.recent = found[0] * std::exp(level);
    span.year = found[1] * std::exp(level);
    span.same = found[2] * std::exp(level);

    // The scatter, against what the account itself went through.
    const double of_account = said > 0 && came > 0 ? came / said : 1;
    double squares = prior.rows * span.scale;
    double expected = prior.rows;
    std::array<Left, 5> silent{};
    std::array<Left, 3> young{};
    double stopped = prior.stops;
    double may_stop = prior.stops;
    for (const Row& row : rows) {
      const double mean = of_account * shape(row.signs);
      const double units = mean * static_cast<double>(periods);
      if (units < kLeastExpected) continue;
      const size_t silence = silent_class(row.signs.silent);
      const size_t age = age_class(row.signs.age / year);
      if (age == 2) silent[silence].add(row.came, mean, 1 / overlap);
      if (silence == 0) young[age].add(row.came, mean, 1 / overlap);
      // A slow listing may sell nothing by chance alone.
      stopped += std::max(0.0, (row.came < kStopped * mean ? 1 : 0) - std::exp(-units / phi)) / overlap;
      may_stop += prior.silent_stops[silence] / overlap;
      if (silence > 0) continue;
      const double ratio = std::min(kWorst, row.came / mean) - 1;
      const double counting = (phi / mean + kappa) / static_cast<double>(periods);
      const double believed = span.variance * prior.pace[volume_class(mean * year / 52)] *
                              prior.moving[moving_class(row.signs)] * prior.young[age];
      squares += (ratio * ratio - counting) / believed / overlap;
      expected += 1 / overlap;
    }
    if (rows.size() >= kLeastRows) {
      span.scale = std::clamp(squares / expected, kLeastScale, kMostScale);
      // Half a year ahead is what is asked for; where that is not there yet, the longest span.
      if (of_prior.weeks <= 26) {
        stops_scale_ = std::clamp(stopped / may_stop, survivors_ ? 1 : 0.2, 4.0);
        for (size_t c = 1; c < silent.size(); ++c)
          silent_level_[c] = silent[c].against(silent[0], prior.silent_level[c], prior.rows / 10);
        for (size_t c = 0; c + 1 < young.size(); ++c)
          young_level_[c] = young[c].against(young[2], prior.young_level[c], prior.rows / 10);
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
  const size_t age = age_class(signs.age / year_);
  out.mean = (at(&Span::recent) * signs.steady() + at(&Span::year) * signs.year +
              at(&Span::same) * ((1 - share) * signs.last_year(before) + share * signs.last_year(after))) *
             silent_level_[silent] * young_level_[age];
  const double per_week = out.mean * year_ / 52;
  out.stops = std::min(kMostStops, stops_scale_ * prior_.silent_stops[silent]);
  const double variance =
      at(&Span::variance) * at(&Span::scale) * prior_.pace[volume_class(per_week)] *
                          prior_.moving[moving_class(signs)] * prior_.young[age];
  // Those that stop are a part of that scatter: E r² = (1 − p) · e^{s²} ÷ (1 − p)².
  const double going_on = 1 - out.stops;
  out.log_sd = std::sqrt(std::log(std::max(1.02, (1 + variance) * going_on)));
  return out;
}

}  // namespace destock::demand

#include "demand/level_law.h"

#include <algorithm>
#include <cmath>

#include "demand/least_squares.h"
#include "demand/pool.h"
#include "demand/stopping.h"

namespace destock::demand {
namespace {

constexpr size_t kMostTeachers = 3'000;  // that teach
constexpr size_t kOriginsAYear = 13;
constexpr double kMostWeight = 8;  // the year's mean: what one listing's later weeks count for
constexpr double kCounting =
    0.5;  // of the law of misses: that of weeks around their level, which wild weeks and methods widen
constexpr double kWorst = 6;          // came ÷ expected, as it counts for the variance
constexpr double kLeastExpected = 3;  // units, below which what came says nothing of a level
constexpr double kLeastToStop = 20;   // units of a span, from which its last quarter tells that a listing stopped
constexpr double kMostStops = 0.6;
constexpr size_t kLeastLawRows = 20;
constexpr double kLeastScale = 0.15, kMostScale = 6;
constexpr double kStopped = 0.1;  // of what was expected: all but stopped

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
  // `season`: of the series' group; null: none is known.
  LevelSigns signs(size_t origin, const Season* season) const {
    LevelSigns signs;
    if (season && !season->factor.empty()) find_season(origin, *season, signs);
    signs.recent = mean(origin - std::min(origin, year_ / 4), origin);
    signs.year = mean(origin - std::min(origin, year_), origin);
    signs.silent = signs.year > 0 ? since_sale_[origin] * signs.year : 0;
    signs.age = launched_ ? static_cast<double>(origin) : std::max(static_cast<double>(origin), kHalf * year());
    for (size_t s = 0; s < kSpans; ++s) {
      // A year of reports is mostly some weeks short of one.
      if (origin + periods_of(s) <= year_) continue;
      const size_t from = origin - std::min(origin, year_);
      const size_t to = std::min(origin, origin + periods_of(s) - year_);
      if (known(from, to) * 2 >= static_cast<double>(periods_of(s))) signs.same[s] = mean(from, to);
    }
    return signs;
  }
  size_t periods_of(size_t span) const {
    return std::max<size_t>(1, static_cast<size_t>(std::lround(kSpanWeeks[span] * year() / 52)));
  }
  bool launched() const { return launched_; }

private:
  void find_season(size_t origin, const Season& season, LevelSigns& signs) const {
    const auto end = static_cast<int64_t>(sum_.size()) - 1;  // the panel's
    const int64_t now = static_cast<int64_t>(origin) - end;
    const auto mean = [&](int64_t from, int64_t to) {  // as Season::at counts
      double sum = 0;
      for (int64_t ahead = from; ahead <= to; ++ahead) sum += season.at(ahead);
      return sum / static_cast<double>(to - from + 1);
    };
    const double quarter = mean(now + 1 - static_cast<int64_t>(year_ / 4), now);
    if (quarter > 0) signs.season = std::log(quarter);
    // Of a whole year it is the year's mean.
    const double life = launched_ && origin < year_ ? mean(now + 1 - static_cast<int64_t>(origin), now) : 1;
    if (life > 0) signs.season_of_life = std::log(life);
    for (size_t s = 0; s < kSpans; ++s) {
      const double to_come = mean(now + 1, now + static_cast<int64_t>(periods_of(s)));
      signs.season_to_come[s] = to_come > 0 ? std::log(to_come) : 0;
    }
  }
  static constexpr double kHalf = 0.5;
  double year() const { return static_cast<double>(year_); }
  size_t year_;
  bool launched_ = false;
  std::vector<double> sum_{0}, known_{0}, since_sale_{0};
};

using Row = LevelLaw::Row;
using Shape = LevelLaw::Shape;

const Season* season_of(const Panel& panel, size_t series, std::span<const Season> seasons) {
  const auto group = static_cast<size_t>(panel.group[series]);
  return group < seasons.size() ? &seasons[group] : nullptr;
}

std::vector<Row> rows_of(const Panel& panel, size_t span, std::span<const Season> seasons) {
  const auto year = static_cast<size_t>(panel.periods_per_year);
  const size_t stride = std::max<size_t>(1, year / kOriginsAYear);
  const size_t step = std::max<size_t>(1, panel.size() / kMostTeachers);
  const size_t longest = longest_of(panel);
  std::vector<Row> rows;
  for (size_t i = 0; i < panel.size(); i += step) {
    const auto units = panel.of(i);
    const Windows windows(units, year, longest);
    const size_t periods = windows.periods_of(span);
    const size_t least = windows.launched() ? std::max<size_t>(1, year / 13) : year / 2;
    for (size_t back = periods; back + least <= units.size(); back += stride) {
      const size_t origin = units.size() - back;
      const LevelSigns signs = windows.signs(origin, season_of(panel, i, seasons));
      const double known = windows.known(origin - std::min(origin, year), origin);
      if (known < static_cast<double>(least) / 2 || !signs.known()) continue;
      if (windows.known(origin, origin + periods) < static_cast<double>(periods) * 0.7) continue;
      const double came = windows.mean(origin, origin + periods);
      const double end = windows.mean(origin + periods - std::max<size_t>(1, periods / 4), origin + periods);
      rows.push_back({signs, std::min(came, kMostWeight * signs.year), std::isnan(end) ? came : end, back});
    }
  }
  return rows;
}

// Independent stretches of `periods` that the rows' origins span.
double stretches(const std::vector<Row>& rows, double periods) {
  if (rows.empty()) return 0;
  const auto [low, high] =
      std::minmax_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.back < b.back; });
  return 1 + static_cast<double>(high->back - low->back) / std::max(1.0, periods);
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
    const LevelSigns signs = Windows(units, year, units.size()).signs(units.size(), nullptr);
    if (!signs.known()) continue;
    ++old;
    dead += signs.recent > 0 ? 0 : 1;  // nothing in a quarter
  }
  return old > 0 && dead < kFarFewer * old * prior.silent_stops.front();
}

bool usual(const Row& row, double year) {
  return silent_class(row.signs.silent) == 0 && age_class(row.signs.age / year) == 2;
}

// What the last quarter counts against the year: across listings, at any level of the account. The shares are of one.
Shape shape_of(const std::vector<Row>& rows, size_t s, const LevelLaw::Span& prior, const market::LevelPrior& of,
               double overlap, double year) {
  SquareSystem<3> system;
  double weight = 0;
  double count = 0;
  for (const Row& row : rows) {
    if (!usual(row, year) || std::isnan(row.signs.recent)) continue;
    auto said = row.signs.said(s, row.signs.own(s, of.own_season));
    const double w = 1 / ((row.signs.recent + row.signs.year) * overlap);
    for (double& one : said) one *= row.signs.stays(s, of.young_season);
    system.add(said, row.came, w);
    weight += w * row.signs.year * row.signs.year;
    count += 1 / overlap;
  }
  auto found =
      system.solve({prior.recent, prior.year, prior.same}, count > 0 ? std::max(1e-6, of.rows * weight / count) : 1);
  double sum = 0;
  for (double& f : found) sum += f = std::max(0.0, f);
  for (double& f : found) f /= std::max(1e-9, sum);
  return {found[0], found[1], found[2], s, of.own_season, of.young_season};
}

// What came of all usual listings together, against their shapes; 0: nothing is known.
double level_seen(const std::vector<Row>& rows, const Shape& shape, double year) {
  double came = 0;
  double said = 0;
  for (const Row& row : rows) {
    if (!usual(row, year)) continue;
    came += row.came / std::sqrt(row.signs.year);
    said += shape.of(row.signs) / std::sqrt(row.signs.year);
  }
  return said > 0 ? came / said : 0;
}

// Those that stop are a part of the scatter. With r what comes ÷ its mean, f what is left on average of a level that
// stops, p its chance: E r² = Σ p f² + (1 − Σ p f)² ÷ (1 − Σ p) · e^{s²}; s: of those that go on.
double going_on_sd(double variance, double stops, double weeks) {
  double left = 0;
  double squares = 0;
  for (const Stop& stop : kStops) {
    double mean = 0;
    for (int w = 0; w < weeks; ++w) mean += stopping(stop, w) / weeks;
    left += stops * stop.share * mean;
    squares += stops * stop.share * mean * mean;
  }
  const double going_on = (1 + variance - squares) * (1 - stops) / ((1 - left) * (1 - left));
  return std::sqrt(std::log(std::max(1.02, going_on)));
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

double LevelSigns::own(size_t span, double own_season) const {
  const double falls = std::max(0.0, season - season_to_come[span]);
  return falls > 0 ? falls * falls / (falls * falls + own_season * own_season) : 0;
}

// Of the same periods a year before only what they were below the year is believed: they are few.
std::array<double, 3> LevelSigns::said(size_t span, double own) const {
  const double after = std::min(year, last_year(span));
  return {(1 - own) * (std::isnan(recent) ? year : recent) + own * after, (1 - own / 2) * year + own / 2 * after,
          last_year(span)};
}

double LevelSigns::stays(size_t span, double young_season) const {
  const double apart = std::min(season_of_life, season_of_life - season_to_come[span]);
  return std::exp(-young_season * std::max(0.0, apart));
}

double stopping(const Stop& stop, double week) {
  constexpr double kHalfLife = 3;  // weeks
  constexpr double kLeft = 0.03;
  return kLeft + (1 - kLeft) * std::exp2(-std::max(0.0, week + 0.5 - stop.from) / kHalfLife);
}

std::vector<LevelSigns> level_signs(const Panel& panel, std::span<const Season> seasons) {
  const size_t longest = longest_of(panel);
  std::vector<LevelSigns> out;
  for (size_t i = 0; i < panel.size(); ++i)
    out.push_back(Windows(panel.of(i), static_cast<size_t>(panel.periods_per_year), longest)
                      .signs(panel.length(i), season_of(panel, i, seasons)));
  return out;
}

LevelLaw::LevelLaw(const Panel& panel, const market::LevelPrior& prior, double phi, double kappa,
                   std::span<const Season> seasons)
    : prior_(prior),
      year_(panel.periods_per_year),
      phi_(phi),
      kappa_(kappa),
      silent_level_(prior.silent_level),
      young_level_(prior.young_level) {
  const double year = year_;
  survivors_ = !prior.spans.empty() && only_survivors(panel, prior);
  for (size_t s = 0; s < std::min(kSpans, prior.spans.size()); ++s) {
    const auto& of_prior = prior.spans[s];
    Span span{of_prior.weeks * year / 52,
              of_prior.recent,
              of_prior.year,
              of_prior.same,
              of_prior.variance,
              spans_.empty() ? 1 : spans_.back().scale,
              0};
    const std::vector<Row> rows = rows_of(panel, s, seasons);
    span.rows = static_cast<double>(rows.size());
    const double overlap = std::max(1.0, span.periods / std::max(1.0, year / kOriginsAYear));
    const Shape shape = shape_of(rows, s, span, prior, overlap, year);

    // The account's level: the same for all, so known only as often as the span has passed.
    const double prior_level = std::log(of_prior.recent + of_prior.year + of_prior.same);
    const double seen = level_seen(rows, shape, year);
    double level = prior_level;
    if (seen > 0 && !survivors_) {
      const double prior_precision = 1 / (prior.level_sd * prior.level_sd);
      const double precision = stretches(rows, span.periods) / (prior.span_sd * prior.span_sd);
      level = (prior_precision * prior_level + precision * std::log(seen)) / (prior_precision + precision);
    }
    span.recent = shape.recent * std::exp(level);
    span.year = shape.year * std::exp(level);
    span.same = shape.same * std::exp(level);
    // The scatter, against what the account itself went through.
    if (rows.size() >= kLeastLawRows)
      learn_scatter(span, rows, shape, seen > 0 ? seen : 1, overlap, of_prior.weeks <= 26);
    spans_.push_back(span);
  }
}

// `lasting`: as long as the half year that is asked for, or the longest span below it that is there.
void LevelLaw::learn_scatter(Span& span, const std::vector<Row>& rows, const Shape& shape, double level, double overlap,
                             bool lasting) {
  const double periods = std::max(1.0, std::round(span.periods));
  double squares = prior_.scatter_rows * span.scale;
  double expected = prior_.scatter_rows;
  std::array<Left, 5> silent{};
  std::array<Left, 3> young{};
  double stopped = prior_.stops;
  double may_stop = prior_.stops;
  for (const Row& row : rows) {
    const double mean = level * shape.of(row.signs);
    const double units = mean * periods;
    if (units < kLeastExpected) continue;
    const size_t silence = silent_class(row.signs.silent);
    const size_t age = age_class(row.signs.age / year_);
    if (age == 2) silent[silence].add(row.came, mean, 1 / overlap);
    if (silence == 0) young[age].add(row.came, mean, 1 / overlap);
    // A slow listing may sell nothing by chance alone.
    if (units >= kLeastToStop) {
      stopped += std::max(0.0, (row.end < kStopped * mean ? 1 : 0) - std::exp(-units / 4 / phi_)) / overlap;
      may_stop += prior_.silent_stops[silence] / overlap;
    }
    if (silence > 0) continue;
    const double ratio = std::min(kWorst, row.came / mean) - 1;
    const double counting = kCounting * (phi_ / mean + kappa_) / periods;
    const double believed = span.variance * prior_.pace[volume_class(mean * year_ / 52)] *
                            prior_.moving[moving_class(row.signs)] * prior_.young[age];
    squares += (ratio * ratio - counting) / believed / overlap;
    expected += 1 / overlap;
  }
  span.scale = std::clamp(squares / expected, kLeastScale, kMostScale);
  if (!lasting) return;
  stops_scale_ = std::clamp(stopped / may_stop, survivors_ ? 1 : 0.2, 4.0);
  for (size_t c = 1; c < silent.size(); ++c)
    silent_level_[c] = silent[c].against(silent[0], prior_.silent_level[c], prior_.rows / 10);
  for (size_t c = 0; c + 1 < young.size(); ++c)
    young_level_[c] = young[c].against(young[2], prior_.young_level[c], prior_.rows / 10);
}

LevelAhead LevelLaw::ahead(const LevelSigns& signs, double periods) const {
  LevelAhead out;
  if (spans_.empty()) return out;
  if (!signs.known()) {
    // Nothing of its own is known: as far as the slowest and most moved go.
    out.stops = std::min(kMostStops, stops_scale_ * prior_.silent_stops.front());
    out.log_sd =
        std::sqrt(std::log1p(spans_.back().variance * spans_.back().scale * prior_.pace[1] * prior_.moving.back()));
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
  const auto mean_of = [&](size_t span) {
    const auto [of_quarter, of_year, of_same] = signs.said(span, signs.own(span, prior_.own_season));
    return (at(&Span::recent) * of_quarter + at(&Span::year) * of_year + at(&Span::same) * of_same) *
           signs.stays(span, prior_.young_season);
  };
  out.mean = ((1 - share) * mean_of(before) + share * mean_of(after)) * silent_level_[silent] * young_level_[age];
  const double per_week = out.mean * year_ / 52;
  out.stops = std::min(kMostStops, stops_scale_ * prior_.silent_stops[silent]);
  const double variance = at(&Span::variance) * at(&Span::scale) * prior_.pace[volume_class(per_week)] *
                          prior_.moving[moving_class(signs)] * prior_.young[age] *
                          (1 + prior_.own_variance * ((1 - share) * signs.own(before, prior_.own_season) +
                                                      share * signs.own(after, prior_.own_season)));
  out.log_sd = going_on_sd(variance, out.stops, periods * 52 / year_);
  return out;
}

}  // namespace destock::demand

#pragma once
// How far a listing's level moves in the weeks to come, and how often it all but stops: learned from every listing's
// past at every origin, shrunk to what was measured on real shops (data/demand/levels.toml).

#include <array>
#include <cmath>
#include <vector>

#include "demand/panel.h"
#include "demand/season.h"
#include "market/demand_priors.h"

namespace destock::demand {

inline constexpr size_t kSpans = 4;
inline constexpr std::array<int, kSpans> kSpanWeeks = {8, 13, 26, 52};

// What is known of a series at an origin.
struct LevelSigns {
  double recent = kNotKnown;  // mean of the last quarter's known periods
  double year = kNotKnown;    // of the last year's
  // Of the same periods a year before those to come, by span: what its own year knows of them beyond its group's.
  std::array<double, kSpans> same{kNotKnown, kNotKnown, kNotKnown, kNotKnown};
  // The log of the group's season over that last quarter, and over the periods to come by span, against the year's
  // mean.
  double season = 0;
  double season_of_life = 0;  // over its periods since the launch; 0: that is not known, or a year ago
  std::array<double, kSpans> season_to_come{};
  double silent = 0;  // units that the time since the last sale would have brought at the year's pace
  double age = 0;     // periods since its launch; where that is not known, half a year
  bool known() const { return year > 0; }
  // What the last quarter, the last year and the same periods a year before say of the periods of a span, given how
  // much of the quarter is taken for a season of the listing's own.
  std::array<double, 3> said(size_t span, double own) const;
  // How much that is: the more the farther the group's season falls from quarter to span. `own_season`, `young_season`:
  // as LevelPrior's.
  double own(size_t span, double own_season) const;
  // What is left in the periods of a span of the level of one that was launched into a season.
  double stays(size_t span, double young_season) const;
  double last_year(size_t span) const { return std::isnan(same[span]) ? year : same[span]; }
};

// A level some time ahead: its mean, how far it scatters (standard deviation of its log, given that it goes on), and
// the chance that it all but stops.
struct LevelAhead {
  double mean = 0;
  double log_sd = 0;
  double stops = 0;
};

// Of every series of a panel, now. `seasons`: by group, what the panel was divided by; empty: none is known.
std::vector<LevelSigns> level_signs(const Panel& panel, std::span<const Season> seasons = {});

class LevelLaw {
public:
  struct Span {
    double periods = 0;
    // What the last quarter, the last year and the same periods a year before weigh in the mean to come.
    double recent = 0, year = 0, same = 0;
    double variance = 0;  // of what comes ÷ that mean, at a middling pace: the prior's
    double scale = 1;     // of the variance: the account's against the prior's
    double rows = 0;      // of the account's own past behind it
  };

  // A listing at a past origin, and what came.
  struct Row {
    LevelSigns signs;
    double came = 0;  // a period
    double end = 0;   // a period of the last quarter of the span
    size_t back = 0;  // of the origin: periods before the panel's end
  };
  // What the signs weigh against each other, over one span.
  struct Shape {
    double recent = 0, year = 0, same = 0;
    size_t span = 0;
    double own_season = 0, young_season = 0;
    double of(const LevelSigns& signs) const {
      const auto [of_quarter, of_year, of_same] = signs.said(span, signs.own(span, own_season));
      return (recent * of_quarter + year * of_year + same * of_same) * signs.stays(span, young_season);
    }
  };

  LevelLaw() = default;
  // `panel` without season, events and promotions; `seasons` as of level_signs. `phi`, `kappa`: variance of a period's
  // units around a known mean, phi · mean + kappa · mean².
  LevelLaw(const Panel& panel, const market::LevelPrior& prior, double phi, double kappa,
           std::span<const Season> seasons = {});

  bool learned() const { return !spans_.empty(); }
  // Of the mean of the first `periods` to come.
  LevelAhead ahead(const LevelSigns& signs, double periods) const;

  const std::vector<Span>& spans() const { return spans_; }
  double stops_scale() const { return stops_scale_; }  // chance of a stop: the account's against the prior's
  // Next to nothing has died in a year: the listings were chosen by who lived, and do not tell how many die.
  bool survivors() const { return survivors_; }

private:
  void learn_scatter(Span& span, const std::vector<Row>& rows, const Shape& shape, double level, double overlap,
                     bool lasting);

  std::vector<Span> spans_;
  market::LevelPrior prior_;
  int year_ = 52;
  double phi_ = 1, kappa_ = 0;
  double stops_scale_ = 1;
  bool survivors_ = false;
  std::vector<double> silent_level_, young_level_;
};

}  // namespace destock::demand

#pragma once
// What one series says of price and promotions: regression of its units on them around a level that wanders, as
// precision and score, so that series of a group can be put together.

#include <array>
#include <span>
#include <vector>

#include "demand/price_response.h"
#include "demand/small_matrix.h"

namespace destock::demand {

// Unknowns of a series: its level, then the effects: price, controls.
inline constexpr size_t kMostEffects = 1 + kMostControls;
inline constexpr size_t kMostUnknowns = 2 + kMostEffects;
using Matrix = SmallMatrix<kMostUnknowns>;
using Vector = SmallVector<kMostUnknowns>;

// What a series says of its effects once its level is taken out: precision and precision × estimate.
struct Evidence {
  Matrix precision;
  Vector score{};
  ResponseBasis basis = ResponseBasis::kNoSales;
  double own = kNotKnown, own_error = kNotKnown;
  int price_changes = 0;
};

// What all series of a group did from week to week while neither price nor promotion changed: the log of a common
// factor, by age (0: the last period).
std::vector<double> common_moves(const ResponsePanel& panel, std::span<const size_t> members);

// How far a level moves a period (variance of its log): one of these fits a group best.
inline constexpr std::array<double, 4> kWanders = {0.0005, 0.005, 0.02, 0.06};

// Reads series one after the other; keeps its memory.
class EvidenceReader {
public:
  // `moves`: the group's common moves. `wander`: variance of the log of the level a period.
  Evidence read(const ResponsePanel& panel, size_t series, std::span<const double> moves, double wander);
  // How well each of kWanders tells a series' units beforehand: log likelihoods.
  std::array<double, kWanders.size()> judge(const ResponsePanel& panel, size_t series, std::span<const double> moves);

private:
  struct Rows {
    std::vector<double> y, offset;   // units, log offset
    std::vector<Vector> x;           // level, trend, log price − mean, controls
    std::vector<double> next_price;  // log price of the next row, or of this one at the end
    std::vector<char> reduced;       // whether its price or a promotion was better than usual
    double mean_units = 0;
    double fades_in = 52;  // periods in which evidence loses half its weight
  };
  struct Fit {
    Vector coefficient{};  // level, trend, effects
    double dispersion = 1;
  };
  struct Told {           // a row as the filter takes it
    double response = 0;  // log units, the offset taken out
    double variance = 0;  // of it around its level
    double gap = 0;       // periods since the row before
  };

  void gather(const ResponsePanel& panel, size_t series, std::span<const double> moves, Evidence& evidence);
  void leave_out_empty_shelves();
  Fit fit_alone(size_t unknowns) const;
  double price_to_come(const Fit& fit, size_t unknowns) const;
  void tell(const Fit& fit, size_t effects);

  Rows rows_;
  std::vector<Told> told_;
};

}  // namespace destock::demand

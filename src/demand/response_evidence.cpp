#include "demand/response_evidence.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

// Of the first fit: level, trend, then the effects.
constexpr size_t kNuisance = 2;

constexpr double kCountsAreLarge = 12;  // units a period from which log units are near normal
constexpr double kLeastRows = 8;
constexpr double kTrendSd = 0.5;       // of log units over the whole history
constexpr double kWeakSd = 3;          // of effects while a series is looked at alone
constexpr double kStays = 0.88;        // of how far a level is from its long run, after a period
constexpr double kLongRun = 0.02;      // of the level's variance: that of its long run
constexpr double kAnyLevelSd = 5;      // of the log of its level
constexpr double kSamePrice = 0.005;   // log price: rounding, not a change
constexpr double kSameControl = 0.05;  // share of a promotion
constexpr double kEmptyShelf = 12;     // units missed in a run of periods without a sale
constexpr double kWrongSignAt = 1.28;  // standard errors above zero
constexpr double kFollowedAt = 2.5;    // standard errors of the price to come
constexpr double kFollowedWeight = 0.25;
constexpr double kLocal = 6;         // periods on either side that tell the level around one
constexpr double kReducedSd = 0.2;   // of the log of a reduced period's units, beside any other's
constexpr double kReduced = 0.05;    // log price below the usual: reduced
constexpr double kClumps = 3;        // variance ÷ mean of the units of one period
constexpr double kMoveSd = 0.5;      // of the log of a common move from one period to the next
constexpr double kFarthestMove = 1;  // log: a shop that closes for a week comes back

double linear(const Vector& x, const Vector& b, size_t n) {
  double sum = 0;
  for (size_t k = 0; k < n; ++k) sum += x[k] * b[k];
  return sum;
}

bool as_before(const ResponsePanel& panel, size_t row) {
  if (!(std::abs(panel.log_price[row] - panel.log_price[row - 1]) < kSamePrice)) return false;
  for (size_t c = 0; c < panel.controls; ++c)
    if (std::abs(panel.control[row * panel.controls + c] - panel.control[(row - 1) * panel.controls + c]) >
        kSameControl)
      return false;
  return !std::isnan(panel.units[row]) && !std::isnan(panel.units[row - 1]);
}

double offset_of(const ResponsePanel& panel, size_t row) {
  return panel.offset.empty() ? 1 : std::max(0.02, panel.offset[row]);
}

}  // namespace

std::vector<double> common_moves(const ResponsePanel& panel, std::span<const size_t> members) {
  size_t longest = 0;
  for (size_t i : members) longest = std::max(longest, static_cast<size_t>(panel.offsets[i + 1] - panel.offsets[i]));
  struct Pair {
    double now = 0, before = 0, series = 0;
  };
  std::vector<Pair> pairs(longest);
  for (size_t i : members) {
    double sum = 0;
    double known = 0;
    for (size_t row = panel.offsets[i]; row < panel.offsets[i + 1]; ++row) {
      if (std::isnan(panel.units[row])) continue;
      sum += panel.units[row];
      ++known;
    }
    if (sum <= 0) continue;
    const double weight = 1 / std::sqrt(sum / known);
    for (size_t row = panel.offsets[i] + 1; row < panel.offsets[i + 1]; ++row) {
      if (!as_before(panel, row)) continue;
      Pair& pair = pairs[panel.offsets[i + 1] - 1 - row];
      pair.now += weight * panel.units[row] / offset_of(panel, row);
      pair.before += weight * panel.units[row - 1] / offset_of(panel, row - 1);
      pair.series += 1;
    }
  }
  std::vector<double> moves(longest, 0);
  double sum = 0;
  for (size_t age = longest; age-- > 0;) {
    const Pair& pair = pairs[age];
    if (pair.now > 0 && pair.before > 0) {
      const double variance = kClumps * pair.series * (1 / (pair.now * pair.now) + 1 / (pair.before * pair.before));
      const double believed = kMoveSd * kMoveSd / (kMoveSd * kMoveSd + variance);
      sum += believed * std::clamp(std::log(pair.now / pair.before), -kFarthestMove, kFarthestMove);
    }
    moves[age] = sum;
  }
  return moves;
}

void EvidenceReader::gather(const ResponsePanel& panel, size_t series, std::span<const double> moves,
                            Evidence& evidence) {
  Rows& rows = rows_;
  rows.y.clear();
  rows.offset.clear();
  rows.x.clear();
  rows.next_price.clear();
  rows.reduced.clear();
  rows.fades_in = panel.periods_per_year;
  double price_sum = 0;
  const size_t begin = panel.offsets[series];
  const size_t end = panel.offsets[series + 1];
  double last = kNotKnown;
  for (size_t row = begin; row < end; ++row) {
    if (std::isnan(panel.log_price[row])) continue;
    if (!std::isnan(last) && std::abs(panel.log_price[row] - last) > kSamePrice) ++evidence.price_changes;
    last = panel.log_price[row];
    if (std::isnan(panel.units[row])) continue;
    Vector x{};
    x[0] = 1;
    x[1] = static_cast<double>(row) - static_cast<double>(end - 1);
    x[2] = panel.log_price[row];
    for (size_t c = 0; c < panel.controls; ++c) x[3 + c] = panel.control[row * panel.controls + c];
    rows.x.push_back(x);
    rows.y.push_back(panel.units[row]);
    const size_t age = end - 1 - row;
    rows.offset.push_back(std::log(offset_of(panel, row)) + (age < moves.size() ? moves[age] : 0));
    double next = panel.log_price[row];
    if (row + 1 < end && !std::isnan(panel.log_price[row + 1])) next = panel.log_price[row + 1];
    rows.next_price.push_back(next);
    price_sum += x[2];
  }
  const auto n = static_cast<double>(rows.y.size());
  rows.mean_units = 0;
  if (rows.y.empty()) return;
  const double mean_log_price = price_sum / n;
  std::vector<double> prices;
  for (const Vector& x : rows.x) prices.push_back(x[2]);
  const auto usual = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() * 3 / 4);
  std::nth_element(prices.begin(), usual, prices.end());
  for (size_t i = 0; i < rows.y.size(); ++i) {
    rows.reduced.push_back(rows.x[i][2] < *usual - kReduced);
    for (size_t c = 0; c < panel.controls; ++c) rows.reduced[i] = rows.reduced[i] || rows.x[i][3 + c] > kSameControl;
    rows.x[i][2] -= mean_log_price;
    rows.next_price[i] -= mean_log_price;
    rows.mean_units += rows.y[i] / n;
  }
}

// Weeks in a row without a sale that the pace makes impossible are an empty shelf, whoever emptied it: not demand.
void EvidenceReader::leave_out_empty_shelves() {
  Rows& rows = rows_;
  size_t kept = 0;
  for (size_t i = 0; i < rows.y.size();) {
    size_t end = i;
    while (end < rows.y.size() && rows.y[end] <= 0) ++end;
    const bool empty = static_cast<double>(end - i) * rows.mean_units > kEmptyShelf;
    const size_t next = std::max(end, i + 1);
    for (; i < next; ++i) {
      if (empty && rows.y[i] <= 0) continue;
      rows.y[kept] = rows.y[i];
      rows.offset[kept] = rows.offset[i];
      rows.x[kept] = rows.x[i];
      rows.next_price[kept] = rows.next_price[i];
      rows.reduced[kept] = rows.reduced[i];
      ++kept;
    }
  }
  rows.y.resize(kept);
  rows.offset.resize(kept);
  rows.x.resize(kept);
  rows.next_price.resize(kept);
  rows.reduced.resize(kept);
}

// Weighted least squares of the working response around the current coefficients (iteratively reweighted for counts,
// once for log units), with a weak prior that keeps what the data cannot tell finite. Its scatter is told by the steps
// from one period to the next, so that a level that moves is not taken for noise (von Neumann 1941).
EvidenceReader::Fit EvidenceReader::fit_alone(size_t unknowns) const {
  const Rows& rows = rows_;
  Fit fit;
  const bool large = rows.mean_units >= kCountsAreLarge;
  const auto n = static_cast<double>(rows.y.size());
  const double span = std::max(1.0, -rows.x.front()[1]);
  fit.coefficient[0] = std::log(std::max(0.02, rows.mean_units));
  const int rounds = large ? 2 : 5;
  for (int round = 0; round < rounds; ++round) {
    Matrix a;
    a.n = unknowns;
    Vector b{};
    double squares = 0;
    double steps = 0;
    double last = 0;
    for (size_t i = 0; i < rows.y.size(); ++i) {
      const double eta = std::clamp(linear(rows.x[i], fit.coefficient, unknowns), -6.0, 14.0);
      const double mean = std::exp(eta + rows.offset[i]);
      const double w = large ? 1 : mean;
      const double z = large ? std::log(std::max(rows.y[i], 0.5)) - rows.offset[i]
                             : eta + std::clamp((rows.y[i] - mean) / mean, -1.0, 8.0);
      const double residual = std::sqrt(w) * (z - eta);
      squares += residual * residual;
      if (i > 0) steps += (residual - last) * (residual - last) / 2;
      last = residual;
      for (size_t p = 0; p < unknowns; ++p) {
        const double wx = w * rows.x[i][p];
        b[p] += wx * z;
        for (size_t q = 0; q <= p; ++q) a.at[p][q] += wx * rows.x[i][q];
      }
    }
    const double free = std::max(1.0, n - static_cast<double>(unknowns));
    fit.dispersion = round == 0 ? 1 : std::min(squares / free, steps / std::max(1.0, n - 1) * n / free);
    if (!large) fit.dispersion = std::max(1.0, fit.dispersion);
    fit.dispersion = std::max(fit.dispersion, 1e-3);
    for (size_t p = 0; p < unknowns; ++p)
      for (size_t q = 0; q <= p; ++q) a.at[p][q] = a.at[q][p] = a.at[p][q] / fit.dispersion;
    for (double& score : b) score /= fit.dispersion;
    a.at[1][1] += span * span / (kTrendSd * kTrendSd);
    for (size_t p = kNuisance; p < unknowns; ++p) a.at[p][p] += 1 / (kWeakSd * kWeakSd);
    fit.coefficient = times(inverse(a), b);
  }
  return fit;
}

// Whether next period's price says something of this period's units that today's price does not: then prices follow
// demand. The t value of that coefficient in the residuals.
double EvidenceReader::price_to_come(const Fit& fit, size_t unknowns) const {
  const Rows& rows = rows_;
  const bool large = rows.mean_units >= kCountsAreLarge;
  double xx = 0;
  double xr = 0;
  double rr = 0;
  double n = 0;
  for (size_t i = 0; i < rows.y.size(); ++i) {
    const double move = rows.next_price[i] - rows.x[i][2];
    const double eta = linear(rows.x[i], fit.coefficient, unknowns);
    const double mean = std::exp(std::clamp(eta, -6.0, 14.0) + rows.offset[i]);
    const double w = large ? 1 : mean;
    const double residual = large ? std::log(std::max(rows.y[i], 0.5)) - rows.offset[i] - eta
                                  : std::clamp((rows.y[i] - mean) / mean, -1.0, 8.0);
    xx += w * move * move;
    xr += w * move * residual;
    rr += w * residual * residual;
    ++n;
  }
  if (xx <= 0 || n < kLeastRows) return 0;
  return xr / std::sqrt(xx * std::max(rr / n, 1e-9));
}

// Log units as seen from the level around each of them, and how surely; older ones less.
void EvidenceReader::tell(const Fit& fit, size_t effects) {
  const Rows& rows = rows_;
  const bool large = rows.mean_units >= kCountsAreLarge;
  const size_t n = rows.y.size();
  const auto effect_of = [&](size_t i) {
    double sum = 0;
    for (size_t k = 0; k < effects; ++k) sum += rows.x[i][kNuisance + k] * fit.coefficient[kNuisance + k];
    return std::clamp(sum, -3.0, 3.0);
  };
  told_.assign(n, {});
  size_t from = 0;
  size_t to = 0;
  double units = 0;
  double factor = 0;
  for (size_t i = 0; i < n; ++i) {
    const double here = rows.x[i][1];
    for (; to < n && rows.x[to][1] <= here + kLocal; ++to) {
      units += rows.y[to];
      factor += std::exp(effect_of(to) + rows.offset[to]);
    }
    for (; rows.x[from][1] < here - kLocal; ++from) {
      units -= rows.y[from];
      factor -= std::exp(effect_of(from) + rows.offset[from]);
    }
    // One period at the series' mean beside them, so that a level is never nothing.
    const double level = (units + rows.mean_units / 2) / (std::max(0.0, factor) + 0.5);
    const double eta = std::log(std::max(0.02, level)) + effect_of(i);
    const double mean = std::exp(eta + rows.offset[i]);
    Told& told = told_[i];
    if (large && mean >= kCountsAreLarge) {
      told.response = std::log(std::max(rows.y[i], 0.5)) - rows.offset[i];
      told.variance = std::max(fit.dispersion, 1 / mean);
    } else {
      told.response = eta + std::clamp((rows.y[i] - mean) / mean, -1.0, 8.0);
      told.variance = large ? fit.dispersion + 1 / mean : fit.dispersion / mean;
    }
    if (rows.reduced[i]) told.variance += kReducedSd * kReducedSd;
    told.variance *= std::exp2(-here / rows.fades_in);
    told.gap = i > 0 ? here - rows.x[i - 1][1] : 0;
  }
}

namespace {

// The level and the effects as a normal distribution, row by row (Kalman 1960). The level is a long run, which moves
// slowly, and what a series is above or below it, which comes back; the effects stay.
class LevelFilter {
public:
  LevelFilter(size_t effects, double start, double wander) : n_(kLevels + effects), wander_(wander) {
    covariance_.n = n_;
    covariance_.at[0][0] = kAnyLevelSd * kAnyLevelSd;
    covariance_.at[1][1] = wander / (1 - kStays * kStays);
    for (size_t k = kLevels; k < n_; ++k) covariance_.at[k][k] = kWeakSd * kWeakSd;
    mean_[0] = start;
  }
  // Log likelihood of the row, `gap` periods after the last, given those before.
  double see(double response, double variance, double gap, const Vector& x) {
    go_on(gap);
    Vector gain{};
    double spread = variance;
    double said = 0;
    const auto at = [&](size_t k) { return k < kLevels ? 1 : x[kNuisance + k - kLevels]; };
    for (size_t k = 0; k < n_; ++k) {
      for (size_t j = 0; j < n_; ++j) gain[k] += covariance_.at[k][j] * at(j);
      said += mean_[k] * at(k);
    }
    for (size_t k = 0; k < n_; ++k) spread += gain[k] * at(k);
    const double off = response - said;
    for (size_t k = 0; k < n_; ++k) {
      mean_[k] += gain[k] / spread * off;
      for (size_t j = 0; j < n_; ++j) covariance_.at[k][j] -= gain[k] * gain[j] / spread;
    }
    // Far misses say that a week was odd, not how far levels move.
    return -0.5 * (std::log(spread) + std::min(9.0, off * off / spread));
  }
  // Of the effects, without their weak prior.
  void conclude(Evidence& evidence) const {
    const size_t effects = n_ - kLevels;
    Matrix spread;
    spread.n = effects;
    Vector mean{};
    for (size_t p = 0; p < effects; ++p) {
      mean[p] = mean_[kLevels + p];
      for (size_t q = 0; q < effects; ++q)
        spread.at[p][q] = (covariance_.at[kLevels + p][kLevels + q] + covariance_.at[kLevels + q][kLevels + p]) / 2;
    }
    evidence.own = mean[0];
    evidence.own_error = std::sqrt(std::max(0.0, spread.at[0][0]));
    evidence.precision = inverse(spread);
    evidence.score = times(evidence.precision, mean);
    for (size_t p = 0; p < effects; ++p)
      evidence.precision.at[p][p] = std::max(0.0, evidence.precision.at[p][p] - 1 / (kWeakSd * kWeakSd));
  }

private:
  static constexpr size_t kLevels = 2;  // the long run, and the level against it

  void go_on(double gap) {
    if (gap <= 0) return;
    const double stays = std::pow(kStays, gap);
    mean_[1] *= stays;
    for (size_t k = 0; k < n_; ++k) {
      covariance_.at[1][k] *= stays;
      covariance_.at[k][1] *= stays;
    }
    covariance_.at[0][0] += kLongRun * wander_ * gap;
    covariance_.at[1][1] += wander_ * (1 - stays * stays) / (1 - kStays * kStays);
  }

  size_t n_;
  double wander_;
  Matrix covariance_{};
  Vector mean_{};
};

}  // namespace

std::array<double, kWanders.size()> EvidenceReader::judge(const ResponsePanel& panel, size_t series,
                                                          std::span<const double> moves) {
  std::array<double, kWanders.size()> likelihood{};
  Evidence evidence;
  gather(panel, series, moves, evidence);
  leave_out_empty_shelves();
  const size_t effects = 1 + panel.controls;
  if (static_cast<double>(rows_.y.size()) < kLeastRows || rows_.mean_units <= 0) return likelihood;
  tell(fit_alone(kNuisance + effects), effects);
  for (size_t k = 0; k < kWanders.size(); ++k) {
    LevelFilter filter(effects, told_.front().response, kWanders[k]);
    for (size_t i = 0; i < told_.size(); ++i) {
      const double seen = filter.see(told_[i].response, told_[i].variance, told_[i].gap, rows_.x[i]);
      if (static_cast<double>(i) >= kLeastRows) likelihood[k] += seen;
    }
  }
  return likelihood;
}

Evidence EvidenceReader::read(const ResponsePanel& panel, size_t series, std::span<const double> moves, double wander) {
  Evidence evidence;
  const size_t effects = 1 + panel.controls;
  evidence.precision.n = effects;
  gather(panel, series, moves, evidence);
  leave_out_empty_shelves();
  if (static_cast<double>(rows_.y.size()) < kLeastRows || rows_.mean_units <= 0) return evidence;
  const Fit fit = fit_alone(kNuisance + effects);
  tell(fit, effects);
  LevelFilter filter(effects, told_.front().response, wander);
  for (size_t i = 0; i < told_.size(); ++i) filter.see(told_[i].response, told_[i].variance, told_[i].gap, rows_.x[i]);
  filter.conclude(evidence);
  evidence.basis = ResponseBasis::kPriorOnly;
  if (evidence.price_changes == 0) {
    evidence.own = evidence.own_error = kNotKnown;
    return evidence;
  }
  evidence.basis = ResponseBasis::kOwnAndGroup;
  const auto weigh = [&](double weight) {
    for (size_t p = 0; p < effects; ++p) {
      evidence.score[p] *= weight;
      for (size_t q = 0; q < effects; ++q) evidence.precision.at[p][q] *= weight;
    }
  };
  if (evidence.own > kWrongSignAt * evidence.own_error) {
    evidence.basis = ResponseBasis::kWrongSign;
    weigh(0);
  } else if (price_to_come(fit, kNuisance + effects) > kFollowedAt) {
    evidence.basis = ResponseBasis::kFollowedDemand;
    weigh(kFollowedWeight);
  }
  return evidence;
}

}  // namespace destock::demand

#include "demand/price_response.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/parallel.h"
#include "demand/small_matrix.h"

namespace destock::demand {
namespace {

// Unknowns of a series: level, trend, then the effects: price, controls.
constexpr size_t kNuisance = 2;
constexpr size_t kMostEffects = 1 + kMostControls;
constexpr size_t kMostUnknowns = kNuisance + kMostEffects;
using Matrix = SmallMatrix<kMostUnknowns>;
using Vector = SmallVector<kMostUnknowns>;

constexpr double kCountsAreLarge = 12;  // units a period from which log units are near normal
constexpr double kLeastRows = 8;
constexpr double kTrendSd = 0.5;       // of log units over the whole history
constexpr double kWeakSd = 3;          // of effects while a series is looked at alone
constexpr double kSamePrice = 0.005;   // log price: rounding, not a change
constexpr double kEmptyShelf = 12;     // units missed in a run of periods without a sale
constexpr double kWrongSignAt = 1.28;  // standard errors above zero
constexpr double kFollowedAt = 2.5;    // standard errors of the price to come
constexpr double kFollowedWeight = 0.25;
constexpr double kPriorSeries = 8;  // series that the prior counts for in its group
constexpr double kMostAutocorrelation = 0.6;
constexpr int kGroupRounds = 25;

// What a series says of its effects once its level and trend are taken out: precision and precision × estimate.
struct Evidence {
  Matrix precision;
  Vector score{};
  ResponseBasis basis = ResponseBasis::kNoSales;
  double own = kNotKnown, own_error = kNotKnown;
  int price_changes = 0;
};

struct Rows {
  std::vector<double> y, offset;   // units, log offset
  std::vector<Vector> x;           // level, trend, log price − mean, controls
  std::vector<double> next_price;  // log price of the next row, or of this one at the end
  double mean_units = 0;
};

struct Fit {
  Vector coefficient{};
  Matrix precision;  // of all unknowns, without prior
  double dispersion = 1;
  double autocorrelation = 0;
};

void gather(const ResponsePanel& panel, size_t series, Rows& rows, Evidence& evidence) {
  rows.y.clear();
  rows.offset.clear();
  rows.x.clear();
  rows.next_price.clear();
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
    rows.offset.push_back(panel.offset.empty() ? 0 : std::log(std::max(0.02, panel.offset[row])));
    double next = panel.log_price[row];
    if (row + 1 < end && !std::isnan(panel.log_price[row + 1])) next = panel.log_price[row + 1];
    rows.next_price.push_back(next);
    price_sum += x[2];
  }
  const auto n = static_cast<double>(rows.y.size());
  rows.mean_units = 0;
  if (rows.y.empty()) return;
  const double mean_log_price = price_sum / n;
  for (size_t i = 0; i < rows.y.size(); ++i) {
    rows.x[i][2] -= mean_log_price;
    rows.next_price[i] -= mean_log_price;
    rows.mean_units += rows.y[i] / n;
  }
}

// Weeks in a row without a sale that the pace makes impossible are an empty shelf, whoever emptied it: not demand.
void leave_out_empty_shelves(Rows& rows) {
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
      ++kept;
    }
  }
  rows.y.resize(kept);
  rows.offset.resize(kept);
  rows.x.resize(kept);
  rows.next_price.resize(kept);
}

double linear(const Vector& x, const Vector& b, size_t n) {
  double sum = 0;
  for (size_t k = 0; k < n; ++k) sum += x[k] * b[k];
  return sum;
}

// Weighted least squares of the working response around the current coefficients (iteratively reweighted for counts,
// once for log units), with a weak prior that keeps what the data cannot tell finite.
Fit fit_alone(const Rows& rows, size_t unknowns) {
  Fit fit;
  const bool large = rows.mean_units >= kCountsAreLarge;
  const auto n = static_cast<double>(rows.y.size());
  const double span = std::max(1.0, -rows.x.front()[1]);
  fit.coefficient[0] = std::log(std::max(0.02, rows.mean_units));
  const int rounds = large ? 2 : 5;
  std::vector<double> residual(rows.y.size()), weight(rows.y.size());
  for (int round = 0; round < rounds; ++round) {
    Matrix a;
    a.n = unknowns;
    Vector b{};
    for (size_t i = 0; i < rows.y.size(); ++i) {
      const double eta = std::clamp(linear(rows.x[i], fit.coefficient, unknowns), -6.0, 14.0);
      const double mean = std::exp(eta + rows.offset[i]);
      const double w = large ? 1 : mean;
      const double z = large ? std::log(std::max(rows.y[i], 0.5)) - rows.offset[i]
                             : eta + std::clamp((rows.y[i] - mean) / mean, -1.0, 8.0);
      weight[i] = w;
      residual[i] = z - eta;
      for (size_t p = 0; p < unknowns; ++p) {
        const double wx = w * rows.x[i][p];
        b[p] += wx * z;
        for (size_t q = 0; q <= p; ++q) a.at[p][q] += wx * rows.x[i][q];
      }
    }
    double squares = 0;
    for (size_t i = 0; i < rows.y.size(); ++i) squares += weight[i] * residual[i] * residual[i];
    fit.dispersion = round == 0 ? 1 : squares / std::max(1.0, n - static_cast<double>(unknowns));
    if (!large) fit.dispersion = std::max(1.0, fit.dispersion);
    fit.dispersion = std::max(fit.dispersion, 1e-3);
    for (size_t p = 0; p < unknowns; ++p)
      for (size_t q = 0; q <= p; ++q) a.at[p][q] = a.at[q][p] = a.at[p][q] / fit.dispersion;
    fit.precision = a;
    for (double& score : b) score /= fit.dispersion;
    a.at[1][1] += span * span / (kTrendSd * kTrendSd);
    for (size_t p = kNuisance; p < unknowns; ++p) a.at[p][p] += 1 / (kWeakSd * kWeakSd);
    fit.coefficient = times(inverse(a), b);
  }
  double lagged = 0;
  double squares = 0;
  for (size_t i = 0; i < rows.y.size(); ++i) {
    squares += weight[i] * residual[i] * residual[i];
    if (i > 0) lagged += std::sqrt(weight[i] * weight[i - 1]) * residual[i] * residual[i - 1];
  }
  fit.autocorrelation = squares > 0 ? std::clamp(lagged / squares, 0.0, kMostAutocorrelation) : 0;
  return fit;
}

// Whether next period's price says something of this period's units that today's price does not: then prices follow
// demand. The t value of that coefficient in the residuals.
double price_to_come(const Rows& rows, const Fit& fit, size_t unknowns) {
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

Evidence look(const ResponsePanel& panel, size_t series, Rows& rows) {
  Evidence evidence;
  const size_t unknowns = kNuisance + 1 + panel.controls;
  evidence.precision.n = 1 + panel.controls;
  gather(panel, series, rows, evidence);
  leave_out_empty_shelves(rows);
  if (static_cast<double>(rows.y.size()) < kLeastRows || rows.mean_units <= 0) return evidence;
  const Fit fit = fit_alone(rows, unknowns);
  // Errors that run in the same direction for weeks make every estimate less sure than its formula says.
  const double independent = (1 - fit.autocorrelation) / (1 + fit.autocorrelation);
  // Level and trend out: the Schur complement of the precision.
  Matrix nuisance;
  nuisance.n = kNuisance;
  const double span = std::max(1.0, -rows.x.front()[1]);
  for (size_t p = 0; p < kNuisance; ++p)
    for (size_t q = 0; q < kNuisance; ++q) nuisance.at[p][q] = fit.precision.at[p][q];
  nuisance.at[1][1] += span * span / (kTrendSd * kTrendSd);
  const Matrix solved = inverse(nuisance);
  const size_t effects = evidence.precision.n;
  for (size_t p = 0; p < effects; ++p)
    for (size_t q = 0; q < effects; ++q) {
      double taken = 0;
      for (size_t i = 0; i < kNuisance; ++i)
        for (size_t j = 0; j < kNuisance; ++j)
          taken += fit.precision.at[kNuisance + p][i] * solved.at[i][j] * fit.precision.at[j][kNuisance + q];
      evidence.precision.at[p][q] = independent * (fit.precision.at[kNuisance + p][kNuisance + q] - taken);
    }
  // The score that makes the weakly shrunk estimate of the effects the maximum of this evidence and that prior.
  Vector effect{};
  for (size_t p = 0; p < effects; ++p) effect[p] = fit.coefficient[kNuisance + p];
  evidence.score = times(evidence.precision, effect);
  for (size_t p = 0; p < effects; ++p) evidence.score[p] += independent * effect[p] / (kWeakSd * kWeakSd);
  Matrix weak = evidence.precision;
  for (size_t p = 0; p < effects; ++p) weak.at[p][p] += 1 / (kWeakSd * kWeakSd);
  const Matrix spread = inverse(weak);
  evidence.basis = ResponseBasis::kPriorOnly;
  if (evidence.price_changes == 0) return evidence;
  evidence.own = times(spread, evidence.score)[0];
  evidence.own_error = std::sqrt(spread.at[0][0]);
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
  } else if (price_to_come(rows, fit, unknowns) > kFollowedAt) {
    evidence.basis = ResponseBasis::kFollowedDemand;
    weigh(kFollowedWeight);
  }
  return evidence;
}

// The log-normal of −elasticity as a normal of the elasticity, for the group's sums.
NormalPrior as_normal(double median, double log_sd) {
  const double mean = median * std::exp(log_sd * log_sd / 2);
  return {-mean, mean * std::sqrt(std::exp(log_sd * log_sd) - 1)};
}

// Mean and spread of the effects over the series of a group: expectation–maximisation from the prior, which counts as
// kPriorSeries series.
GroupResponse learn_group(const std::vector<const Evidence*>& members, const ResponsePrior& prior, size_t controls) {
  const size_t effects = 1 + controls;
  std::array<double, kMostEffects> mean{}, variance{};
  std::array<NormalPrior, kMostEffects> start{};
  start[0] = as_normal(prior.elasticity_median, prior.elasticity_log_sd);
  for (size_t c = 0; c < controls; ++c) start[1 + c] = prior.controls[c];
  for (size_t p = 0; p < effects; ++p) {
    mean[p] = start[p].mean;
    variance[p] = start[p].sd * start[p].sd;
  }
  double count = 0;
  for (const Evidence* e : members) count += e->precision.at[0][0] > 0 ? 1 : 0;
  for (int round = 0; round < kGroupRounds && count > 0; ++round) {
    std::array<double, kMostEffects> sum{}, squares{};
    std::vector<std::pair<Vector, Vector>> posterior;
    for (const Evidence* e : members) {
      if (e->precision.at[0][0] <= 0) continue;
      Matrix a = e->precision;
      Vector b = e->score;
      for (size_t p = 0; p < effects; ++p) {
        a.at[p][p] += 1 / variance[p];
        b[p] += mean[p] / variance[p];
      }
      const Matrix v = inverse(a);
      Vector spread{};
      for (size_t p = 0; p < effects; ++p) spread[p] = v.at[p][p];
      posterior.emplace_back(times(v, b), spread);
    }
    for (const auto& [m, v] : posterior)
      for (size_t p = 0; p < effects; ++p) sum[p] += m[p];
    for (size_t p = 0; p < effects; ++p) mean[p] = (sum[p] + kPriorSeries * start[p].mean) / (count + kPriorSeries);
    for (const auto& [m, v] : posterior)
      for (size_t p = 0; p < effects; ++p) squares[p] += v[p] + (m[p] - mean[p]) * (m[p] - mean[p]);
    for (size_t p = 0; p < effects; ++p)
      variance[p] = std::max(1e-4, (squares[p] + kPriorSeries * start[p].sd * start[p].sd) / (count + kPriorSeries));
  }
  GroupResponse group;
  group.series = count;
  const double strength = std::max(0.2, -mean[0]);
  const double log_variance = std::log(1 + variance[0] / (strength * strength));
  group.elasticity_median = strength / std::exp(log_variance / 2);
  group.elasticity_log_sd = std::sqrt(log_variance);
  for (size_t c = 0; c < controls; ++c) group.effects[c] = {mean[1 + c], std::sqrt(variance[1 + c])};
  return group;
}

// The elasticity given the series' evidence and the group: log-normal prior × normal likelihood, summed over a grid of
// log(−elasticity), so that it is never positive.
void conclude_elasticity(PriceResponse& response, const GroupResponse& group, std::optional<NormalPrior> likelihood) {
  constexpr int kGrid = 161;
  constexpr double kReach = 4;  // prior standard deviations
  std::array<double, kGrid> mass{};
  double total = 0;
  double mean = 0;
  double square = 0;
  const auto value = [&](int i) {
    const double z = kReach * (2.0 * i / (kGrid - 1) - 1);
    return -group.elasticity_median * std::exp(group.elasticity_log_sd * z);
  };
  double best = -1e300;
  std::array<double, kGrid> log_mass{};
  for (int i = 0; i < kGrid; ++i) {
    const double z = kReach * (2.0 * i / (kGrid - 1) - 1);
    log_mass[static_cast<size_t>(i)] = -0.5 * z * z;
    if (likelihood) {
      const double off = (value(i) - likelihood->mean) / likelihood->sd;
      log_mass[static_cast<size_t>(i)] -= 0.5 * off * off;
    }
    best = std::max(best, log_mass[static_cast<size_t>(i)]);
  }
  for (int i = 0; i < kGrid; ++i) {
    const double m = std::exp(log_mass[static_cast<size_t>(i)] - best);
    mass[static_cast<size_t>(i)] = m;
    total += m;
    mean += m * value(i);
    square += m * value(i) * value(i);
  }
  mean /= total;
  response.elasticity = {mean, std::sqrt(std::max(0.0, square / total - mean * mean))};
  const auto quantile = [&](double level) {
    // From the most negative value up; between grid points by the share of the step.
    double sum = 0;
    for (int i = kGrid; i-- > 0;) {
      const double m = mass[static_cast<size_t>(i)] / total;
      if (sum + m >= level) {
        const double share = m > 0 ? (level - sum) / m - 0.5 : 0;
        const int toward = std::clamp(i - (share > 0 ? 1 : -1), 0, kGrid - 1);
        return value(i) + std::abs(share) * (value(toward) - value(i));
      }
      sum += m;
    }
    return value(0);
  };
  response.low = quantile(0.05);
  response.high = quantile(0.95);
}

PriceResponse conclude(const Evidence& evidence, const GroupResponse& group, size_t controls) {
  PriceResponse response;
  response.basis = evidence.basis;
  response.own = evidence.own;
  response.own_error = evidence.own_error;
  response.price_changes = evidence.price_changes;
  Matrix a = evidence.precision;
  Vector b = evidence.score;
  for (size_t c = 0; c < controls; ++c) {
    const double precision = 1 / (group.effects[c].sd * group.effects[c].sd);
    a.at[1 + c][1 + c] += precision;
    b[1 + c] += precision * group.effects[c].mean;
  }
  // The price's own likelihood, with the controls' group in it.
  std::optional<NormalPrior> likelihood;
  Matrix with_floor = a;
  with_floor.at[0][0] += 1e-6;
  const Matrix alone = inverse(with_floor);
  if (evidence.precision.at[0][0] > 1e-6 && evidence.price_changes > 0)
    likelihood = NormalPrior{times(alone, b)[0], std::sqrt(alone.at[0][0])};
  conclude_elasticity(response, group, likelihood);
  // The controls given that elasticity.
  a.at[0][0] += 1 / (response.elasticity.sd * response.elasticity.sd + 1e-9);
  b[0] += response.elasticity.mean / (response.elasticity.sd * response.elasticity.sd + 1e-9);
  const Matrix v = inverse(a);
  const Vector m = times(v, b);
  for (size_t c = 0; c < controls; ++c) response.effects[c] = {m[1 + c], std::sqrt(v.at[1 + c][1 + c])};
  return response;
}

}  // namespace

std::string_view response_basis_id(ResponseBasis basis) {
  switch (basis) {
    case ResponseBasis::kPriorOnly: return "prior_only";
    case ResponseBasis::kOwnAndGroup: return "own_and_group";
    case ResponseBasis::kWrongSign: return "wrong_sign";
    case ResponseBasis::kFollowedDemand: return "followed_demand";
    case ResponseBasis::kNoSales: return "no_sales";
  }
  return "";
}

Text response_basis_name(ResponseBasis basis) {
  switch (basis) {
    case ResponseBasis::kPriorOnly: return {"its price never moved: the category's", "价格未变动：取类目先验"};
    case ResponseBasis::kOwnAndGroup:
      return {"its own price moves, shrunk to the category's", "自身价格变动，向类目收缩"};
    case ResponseBasis::kWrongSign:
      return {"units fell with the price: set aside, the category's", "降价反而少卖：弃用，取类目先验"};
    case ResponseBasis::kFollowedDemand:
      return {"its price followed demand: counts a quarter", "价格跟随需求：仅计四分之一"};
    case ResponseBasis::kNoSales: return {"too few weeks sold: the category's", "销售周数不足：取类目先验"};
  }
  return {};
}

PriceResponses price_responses(const ResponsePanel& panel, std::span<const ResponsePrior> priors, unsigned threads) {
  std::vector<Evidence> evidence(panel.size());
  in_parts(panel.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    Rows rows;
    for (size_t i = begin; i < end; ++i) evidence[i] = look(panel, i, rows);
  });
  PriceResponses out;
  std::vector<std::vector<const Evidence*>> members(priors.size());
  for (size_t i = 0; i < panel.size(); ++i) members[static_cast<size_t>(panel.group[i])].push_back(&evidence[i]);
  for (size_t g = 0; g < priors.size(); ++g) out.groups.push_back(learn_group(members[g], priors[g], panel.controls));
  out.series.resize(panel.size());
  in_parts(panel.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i)
      out.series[i] = conclude(evidence[i], out.groups[static_cast<size_t>(panel.group[i])], panel.controls);
  });
  return out;
}

}  // namespace destock::demand

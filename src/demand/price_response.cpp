#include "demand/price_response.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/parallel.h"
#include "demand/response_evidence.h"

namespace destock::demand {
namespace {

constexpr double kPriorSeries = 8;  // series that the prior counts for in its group
constexpr int kGroupRounds = 25;
constexpr double kMostTimes = 2;  // that less than a year may move a group from its prior

// The log-normal of −elasticity as a normal of the elasticity, for the group's sums.
NormalPrior as_normal(double median, double log_sd) {
  const double mean = median * std::exp(log_sd * log_sd / 2);
  return {-mean, mean * std::sqrt(std::exp(log_sd * log_sd) - 1)};
}

// Mean and spread of the effects over the series of a group: expectation–maximisation from the prior, which counts as
// kPriorSeries series.
GroupResponse learn_group(const std::vector<const Evidence*>& members, const ResponsePrior& prior, size_t controls,
                          double years) {
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
    if (years < 1) {
      // Price and promotions that come together are not told apart in less.
      mean[0] = std::clamp(mean[0], kMostTimes * start[0].mean, start[0].mean / kMostTimes);
      for (size_t c = 1; c < effects; ++c)
        mean[c] = std::clamp(mean[c], start[c].mean - std::log(kMostTimes), start[c].mean + std::log(kMostTimes));
    }
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

// How far levels move in a group: the one of kWanders that told its series best.
double wander_of(const ResponsePanel& panel, std::span<const size_t> members, std::span<const double> moves,
                 EvidenceReader& reader) {
  constexpr size_t kMostSeries = 300;
  const size_t step = std::max<size_t>(1, members.size() / kMostSeries);
  std::array<double, kWanders.size()> sum{};
  for (size_t m = 0; m < members.size(); m += step) {
    const auto seen = reader.judge(panel, members[m], moves);
    for (size_t k = 0; k < kWanders.size(); ++k) sum[k] += seen[k];
  }
  return kWanders[static_cast<size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin())];
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
  std::vector<std::vector<size_t>> in_group(priors.size());
  for (size_t i = 0; i < panel.size(); ++i) in_group[static_cast<size_t>(panel.group[i])].push_back(i);
  std::vector<std::vector<double>> moves(priors.size());
  std::vector<double> wander(priors.size());
  in_parts(priors.size(), threads, 1, [&](size_t begin, size_t end) {
    EvidenceReader reader;
    for (size_t g = begin; g < end; ++g) {
      moves[g] = common_moves(panel, in_group[g]);
      wander[g] = wander_of(panel, in_group[g], moves[g], reader);
    }
  });
  std::vector<Evidence> evidence(panel.size());
  in_parts(panel.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    EvidenceReader reader;
    for (size_t i = begin; i < end; ++i) {
      const auto group = static_cast<size_t>(panel.group[i]);
      evidence[i] = reader.read(panel, i, moves[group], wander[group]);
    }
  });
  PriceResponses out;
  for (size_t g = 0; g < priors.size(); ++g) {
    std::vector<const Evidence*> members;
    size_t longest = 0;
    for (size_t i : in_group[g]) {
      members.push_back(&evidence[i]);
      longest = std::max(longest, static_cast<size_t>(panel.offsets[i + 1] - panel.offsets[i]));
    }
    const double years = static_cast<double>(longest) / panel.periods_per_year;
    out.groups.push_back(learn_group(members, priors[g], panel.controls, years));
  }
  out.series.resize(panel.size());
  in_parts(panel.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i)
      out.series[i] = conclude(evidence[i], out.groups[static_cast<size_t>(panel.group[i])], panel.controls);
  });
  return out;
}

}  // namespace destock::demand

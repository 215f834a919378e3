#include "demand/methods.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr double kLeastMean = 0.02;  // units a period: below it a mean says only "next to nothing"
constexpr double kThetaStart = 5;    // periods by which half the trend already leads, with a weight of about 0.2

double damped(int periods) {
  return kDamping * (1 - std::pow(kDamping, periods)) / (1 - kDamping);
}

}  // namespace

std::string_view method_id(Method method) {
  switch (method) {
    case Method::kPlaybook: return "playbook";
    case Method::kSeasonalNaive: return "seasonal_naive";
    case Method::kMean: return "mean";
    case Method::kSes: return "ses";
    case Method::kTrend: return "damped_trend";
    case Method::kTheta: return "theta";
    case Method::kCroston: return "croston";
    case Method::kSba: return "sba";
    case Method::kTsb: return "tsb";
    case Method::kGamma: return "negative_binomial_smoothing";
    case Method::kPooled: return "pooled_mix";
    case Method::kRecent: return "recent_weeks";
    case Method::kRecentLong: return "recent_weeks_long";
  }
  return "";
}

Text method_name(Method method) {
  switch (method) {
    case Method::kPlaybook: return {"playbook velocity", "日均销量（加权）"};
    case Method::kSeasonalNaive: return {"same week last year", "去年同周"};
    case Method::kMean: return {"its own long-run mean", "自身长期均值"};
    case Method::kSes: return {"exponential smoothing", "指数平滑"};
    case Method::kTrend: return {"damped trend", "阻尼趋势"};
    case Method::kTheta: return {"Theta", "Theta"};
    case Method::kCroston: return {"Croston", "Croston"};
    case Method::kSba: return {"Croston-SBA", "Croston-SBA"};
    case Method::kTsb: return {"TSB", "TSB"};
    case Method::kGamma: return {"negative binomial smoothing", "负二项平滑"};
    case Method::kPooled: return {"mix learned from the account", "全店学习组合"};
    case Method::kRecent: return {"its own recent weeks", "近期自身销量"};
    case Method::kRecentLong: return {"its own past year", "近一年自身销量"};
  }
  return {};
}

MixInputs mix_inputs(const LevelState& state) {
  // A silence that the level makes unlikely (3, then 8 units missed) is probably an empty shelf, or the end.
  return {state.smooth[0],
          state.smooth[1],
          state.smooth[2],
          state.smooth[3],
          state.smooth[4],
          state.mean,
          state.playbook,
          state.tail,
          state.quiet > 3 ? state.smooth[1] : 0,
          state.quiet > 8 ? state.smooth[1] : 0};
}

size_t mix_class(double level) {
  return level < 1 ? 0 : level < 6 ? 1 : level < 25 ? 2 : 3;
}

double Mix::mean(const LevelState& state, int ahead) const {
  const auto& of_class = weights[mix_class(state.smooth[1])];
  const size_t before = ahead < anchor(1) ? 0 : 1;
  const int from = anchor(before);
  const int to = std::max(from + 1, anchor(before + 1));
  const double share = std::clamp(static_cast<double>(ahead - from) / (to - from), 0.0, 1.0);
  const MixInputs inputs = mix_inputs(state);
  double sum = 0;
  for (size_t k = 0; k < kMixInputs; ++k)
    sum += inputs[k] * ((1 - share) * of_class[before][k] + share * of_class[before + 1][k]);
  return std::max(kLeastMean, sum);
}

double method_mean(Method method, const LevelState& state, int ahead, double last_year, const Mix& mix) {
  switch (method) {
    case Method::kPlaybook: return state.playbook;
    case Method::kSeasonalNaive: return std::isnan(last_year) ? state.mean : last_year;
    case Method::kMean: return state.mean;
    case Method::kSes: return state.ses;
    case Method::kTrend:
      return std::max(0.0, state.trend_level + (ahead == 0 ? kDamping : damped(ahead + 1)) * state.trend);
    case Method::kTheta: return std::max(0.0, state.ses + state.drift * (ahead + kThetaStart));
    case Method::kCroston: return state.croston;
    case Method::kSba: return state.croston * (1 - kCrostonWeight / 2);
    case Method::kTsb: return state.tsb;
    case Method::kGamma: return state.gamma;
    case Method::kPooled: return mix.mean(state, ahead);
    case Method::kRecent: return state.smooth[2];
    case Method::kRecentLong: return state.smooth[1];
  }
  return state.mean;
}

}  // namespace destock::demand

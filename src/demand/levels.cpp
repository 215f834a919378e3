#include "demand/levels.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr double kTsbWeight = 0.1;
constexpr double kGammaDiscount = 0.9;
constexpr double kGammaPrior = 1;  // periods that the group's mean counts for
constexpr double kTrendLevelWeight = 0.3;
constexpr double kTrendWeight = 0.05;
constexpr double kErrorMemory = 0.98;  // of the squared errors that choose the weight of smoothing
constexpr double kOutlier = 5;         // standard deviations above the level from which a period is cut down
constexpr double kSettled = 8;         // periods before that

// Everything the recursions carry from period to period beyond what the state shows.
class Levels {
public:
  explicit Levels(double prior) : gamma_a_(prior * kGammaPrior), gamma_b_(kGammaPrior) { state_.gamma = prior; }

  const LevelState& state() const { return state_; }

  void see(double units, double tail, double quiet_days, double days) {
    const double n = ++state_.known;
    units = tamed(units, n);
    smooth(units, n);
    recent(units, tail, quiet_days, days);
    trend(units, n);
    intermittent(units);
    gamma_a_ = kGammaDiscount * gamma_a_ + units;
    gamma_b_ = kGammaDiscount * gamma_b_ + 1;
    state_.gamma = gamma_a_ / gamma_b_;
  }

  void miss() {
    ++gap_;
    state_.tail = state_.smooth[2];
    state_.quiet = 0;
  }

private:
  // One wholesale order does not become the base: units far above what the level has scattered are cut to that.
  double tamed(double units, double n) {
    if (n > kSettled) units = std::min(units, state_.smooth[1] + kOutlier * std::sqrt(scatter_) + 3);
    const double error = units - state_.smooth[1];
    scatter_ += std::max(0.05, 1 / n) * (error * error - scatter_);
    return units;
  }

  void smooth(double units, double n) {
    size_t best = 0;
    for (size_t k = 0; k < kSmoothing.size(); ++k) {
      const double error = units - state_.smooth[k];
      if (n > 4) squared_[k] = kErrorMemory * squared_[k] + error * error;
      state_.smooth[k] += std::max(kSmoothing[k], 1 / n) * error;
      if (squared_[k] < squared_[best]) best = k;
    }
    state_.ses = state_.smooth[n > 4 ? best : 1];
    state_.mean += (units - state_.mean) / n;
  }

  void recent(double units, double tail, double quiet_days, double days) {
    last_[3] = last_[2];
    last_[2] = last_[1];
    last_[1] = last_[0];
    last_[0] = units;
    const auto seen = std::min<size_t>(4, static_cast<size_t>(state_.known));
    double two = 0;
    double four = 0;
    for (size_t i = 0; i < seen; ++i) {
      if (i < 2) two += last_[i];
      four += last_[i];
    }
    two /= static_cast<double>(std::min<size_t>(2, seen));
    four /= static_cast<double>(seen);
    state_.tail = std::isnan(tail) ? units : tail;
    state_.playbook = 0.1 * state_.tail + 0.4 * units + 0.3 * two + 0.2 * four;
    state_.quiet = state_.smooth[1] * quiet_days / days;
  }

  void trend(double units, double n) {
    const double forecast = state_.trend_level + kDamping * state_.trend;
    const double error = units - forecast;
    const double weight = std::max(kTrendLevelWeight, 1 / n);
    state_.trend_level = forecast + weight * error;
    state_.trend = kDamping * state_.trend + (n > 4 ? kTrendWeight * error : 0);
    // Least squares line through all periods so far.
    sum_t_ += n;
    sum_tt_ += n * n;
    sum_ty_ += n * units;
    sum_y_ += units;
    const double spread = n * sum_tt_ - sum_t_ * sum_t_;
    state_.drift = n > 8 ? 0.5 * (n * sum_ty_ - sum_t_ * sum_y_) / spread : 0;
  }

  void intermittent(double units) {
    ++gap_;
    if (units <= 0) {
      probability_ += kTsbWeight * (0 - probability_);
    } else if (size_ <= 0) {
      size_ = tsb_size_ = units;
      interval_ = gap_;
      probability_ = 1 / gap_;
      gap_ = 0;
    } else {
      size_ += kCrostonWeight * (units - size_);
      interval_ += kCrostonWeight * (gap_ - interval_);
      tsb_size_ += kTsbWeight * (units - tsb_size_);
      probability_ += kTsbWeight * (1 - probability_);
      gap_ = 0;
    }
    state_.croston = size_ > 0 ? size_ / interval_ : 0;
    state_.tsb = probability_ * tsb_size_;
  }

  LevelState state_;
  double scatter_ = 0;  // squared errors of the slow level
  std::array<double, kSmoothing.size()> squared_{};
  std::array<double, 4> last_{};
  double gamma_a_, gamma_b_;
  double sum_t_ = 0, sum_tt_ = 0, sum_ty_ = 0, sum_y_ = 0;
  double size_ = 0, interval_ = 1, gap_ = 0, probability_ = 0, tsb_size_ = 0;
};

}  // namespace

void trace_levels(const Panel& panel, size_t series, double prior, std::vector<LevelState>& out) {
  const auto units = panel.of(series);
  const size_t first = panel.offsets[series];
  const double days = std::round(365.0 / panel.periods_per_year);
  out.resize(units.size() + 1);
  Levels levels(prior);
  double quiet = 0;
  for (size_t t = 0; t < units.size(); ++t) {
    out[t] = levels.state();
    if (std::isnan(units[t])) {
      levels.miss();
      quiet = 0;
      continue;
    }
    quiet = units[t] > 0 ? 0 : quiet + days;
    levels.see(units[t], panel.tail.empty() ? kNotKnown : panel.tail[first + t],
               panel.quiet.empty() ? quiet : static_cast<double>(panel.quiet[first + t]), days);
  }
  out[units.size()] = levels.state();
}

}  // namespace destock::demand

#include "simulate/replay.h"

#include <cmath>

#include "base/parallel.h"
#include "simulate/seeds.h"

namespace destock::simulate {
namespace {

constexpr double kSure = 1.959963984540054;  // standard errors of 95 %

struct Value {
  double asked = 0, hold = 0, best_price = 0, optimal = 0;
  double left[4] = {0, 0, 0, 0};
};

Replayed::Of of(const std::vector<Value>& values, double Value::*member, size_t left) {
  double sum = 0;
  double squares = 0;
  Replayed::Of out;
  const double n = static_cast<double>(values.size());
  for (const Value& value : values) {
    sum += value.*member;
    squares += value.*member * (value.*member);
    out.left += value.left[left] / n;
  }
  out.mean = sum / n;
  const double error = n > 1 ? std::sqrt(std::max(0.0, squares / n - out.mean * out.mean) / (n - 1)) : 0;
  out.low = out.mean - kSure * error;
  out.high = out.mean + kSure * error;
  return out;
}

Value play_case(const ReplayCase& one, Seen seen, size_t runs, uint64_t seed, size_t number) {
  clearance::Decision truth = one.belief;
  if (seen == Seen::kAfter)
    for (double& base : truth.base) base *= one.truth_level;
  Players players(one.belief);
  Value value;
  const auto share = 1 / static_cast<double>(runs);
  const double stock = std::max(1, one.belief.total_units());
  for (size_t run = 0; run < runs; ++run) {
    const Market market(truth, all_worlds().front(), seed_of(seed, number, run));
    const auto add = [&](double& to, size_t which, double brought) {
      to += share * brought;
      value.left[which] += share * players.left() / stock;
    };
    add(value.asked, 0, players.follow(one.asked, market));
    add(value.hold, 1, players.play(Policy::kHold, market));
    add(value.best_price, 2, players.play(Policy::kBestPrice, market));
    add(value.optimal, 3, players.play(Policy::kOptimal, market));
  }
  return value;
}

}  // namespace

double level_that_sells_out(const clearance::Decision& belief, const std::vector<size_t>& asked) {
  double expected = 0;
  for (size_t day = 0; day < asked.size(); ++day)
    expected += belief.base_in(static_cast<int>(day) / kWeekDays) / kWeekDays *
                clearance::effect_of(belief, -1, asked[day]).mean;
  return expected > 0 ? std::max(1.0, belief.total_units() / expected) : 1;
}

Replayed replay(const std::vector<ReplayCase>& cases, Seen seen, size_t runs, uint64_t seed, unsigned threads,
                const std::function<void(size_t)>& progress) {
  std::vector<Value> values(cases.size());
  each_in_parts(cases.size(), threads, progress,
                [&](size_t i) { values[i] = play_case(cases[i], seen, runs, seed, i); });
  Replayed out;
  out.cases = cases.size();
  if (cases.empty()) return out;
  out.asked = of(values, &Value::asked, 0);
  out.hold = of(values, &Value::hold, 1);
  out.best_price = of(values, &Value::best_price, 2);
  out.optimal = of(values, &Value::optimal, 3);
  // The gain as a ratio of sums; its error by the linear terms of both.
  const double n = static_cast<double>(cases.size());
  const double ratio = out.optimal.mean / out.asked.mean;
  double squares = 0;
  size_t loses = 0;
  for (const Value& value : values) {
    const double residual = value.optimal - ratio * value.asked;
    squares += residual * residual;
    loses += value.optimal < value.asked * (1 - 1e-3) ? 1 : 0;
  }
  const double error = n > 1 ? std::sqrt(squares / n / (n - 1)) / out.asked.mean : 0;
  out.gain = ratio - 1;
  out.gain_low = out.gain - kSure * error;
  out.gain_high = out.gain + kSure * error;
  out.optimal_loses = static_cast<double>(loses) / n;
  return out;
}

}  // namespace destock::simulate

// The plan of random SKUs (20 to 5,000 units, 26 weeks, 14 prices, five programmes, three elasticities), with bound:
// against the exact programme, every unit of stock, of the worked SKU of 600 units; and how far plans lie below their
// bounds. The answers of one and of all cores are compared before a time is printed.
//
//   bench_plan SKUS

#include <fmt/format.h>
#include <atomic>
#include <thread>

#include "../bench.h"
#include "clearance/exact_programme.h"
#include "clearance/fluid_bound.h"
#include "clearance/planner.h"
#include "decisions.h"

namespace {

using namespace destock;

struct Answer {
  double value, bound;
};

std::vector<Answer> plan_all(const std::vector<clearance::Decision>& decisions, unsigned threads) {
  std::vector<Answer> answers(decisions.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    clearance::Planner planner;
    for (size_t i = next++; i < decisions.size(); i = next++)
      answers[i] = {planner.solve(decisions[i], {}).value, clearance::fluid_bound(decisions[i])};
  };
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return answers;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const size_t skus = std::strtoull(argv[1], nullptr, 10);
  std::mt19937_64 random(17);
  std::vector<clearance::Decision> decisions;
  for (size_t i = 0; i < skus; ++i) {
    const double place = static_cast<double>(random() >> 11) * 0x1p-53;
    decisions.push_back(clearance::random_decision(random, 26, static_cast<int>(20 * std::pow(250, place)), false));
  }
  auto start = std::chrono::steady_clock::now();
  const auto both = plan_all(decisions, 2);
  const double seconds = bench::seconds_since(start);
  const auto part =
      std::vector<clearance::Decision>(decisions.begin(), decisions.begin() + static_cast<long>(skus / 10));
  const auto one = plan_all(part, 1);
  bool same = true;
  double share = 0;
  double worst = 1;
  double above = 0;
  for (size_t i = 0; i < skus; ++i) {
    if (i < one.size()) same = same && one[i].value == both[i].value && one[i].bound == both[i].bound;
    share += both[i].value / both[i].bound;
    worst = std::min(worst, both[i].value / both[i].bound);
    above = std::max(above, both[i].value / both[i].bound - 1);
  }
  // The worked SKU, side by side: every unit and our grid; values known from another programme.
  std::vector<double> exact_seconds, fast_seconds, ratios;
  double lost = 0;
  for (double ratio : {4.0, 8.0, 16.0}) {
    const clearance::Decision d = test::worked_decision(-2.5, ratio);
    start = std::chrono::steady_clock::now();
    const double exact = clearance::exact_value(d);
    exact_seconds.push_back(bench::seconds_since(start));
    constexpr int kTimes = 50;
    clearance::Planner planner;
    double fast = 0;
    clearance::PlannerOptions options;
    options.path = false;
    start = std::chrono::steady_clock::now();
    for (int k = 0; k < kTimes; ++k) fast = planner.solve(d, options).value;
    fast_seconds.push_back(bench::seconds_since(start) / kTimes);
    ratios.push_back(exact_seconds.back() / fast_seconds.back());
    lost = std::max(lost, 1 - fast / exact);
  }
  fmt::print("plan        {} random SKUs with bound and path in {:.1f} s on two cores ({:.2f} ms a SKU a core)\n", skus,
             seconds, 2000 * seconds / static_cast<double>(skus));
  fmt::print("            value ÷ bound {:.4f} on average, {:.4f} at worst; one core gives the same: {}\n",
             share / static_cast<double>(skus), worst, same ? "yes" : "NO");
  fmt::print(
      "            600 units: {:.0f} times as fast as the exact programme, unit by unit ({:.1f} ms and {:.2f} ms), at "
      "most {:.2f} % below it\n",
      bench::median(ratios), 1000 * bench::median(exact_seconds), 1000 * bench::median(fast_seconds), 100 * lost);
  return same && above < 0.002 ? 0 : 1;
}

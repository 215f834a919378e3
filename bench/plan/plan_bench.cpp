// The planner, measured:
//   bench_plan side FILE    the worked SKU of 600 units beside another programme's exact value and time, from FILE
//                           (prototype.py), and beside our own exact programme
//   bench_plan skus N       N random SKUs (20 to 5,000 units, 26 weeks, 14 prices, five programmes, three
//                           elasticities) with path and bound; value ÷ bound; one core's answers are compared with
//                           two's
//   bench_plan loss N       what is lost by following it, against the exact programme: N random SKUs of 20 to 40 units
//   bench_plan memory N PROGRAM   N lines through `PROGRAM decide`: its peak memory
//   bench_plan lines N      those lines

#include <fmt/format.h>
#include <sys/resource.h>
#include <atomic>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "../bench.h"
#include "clearance/exact_programme.h"
#include "clearance/fluid_bound.h"
#include "clearance/planner.h"
#include "decisions.h"

namespace {

using namespace destock;

template <typename Work>
void on_threads(size_t count, unsigned threads, Work work) {
  std::atomic<size_t> next = 0;
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
}

std::vector<clearance::Decision> random_skus(size_t skus, double least, double most, bool dispersed) {
  std::mt19937_64 random(17);
  std::vector<clearance::Decision> decisions;
  for (size_t i = 0; i < skus; ++i) {
    const double place = static_cast<double>(random() >> 11) * 0x1p-53;
    decisions.push_back(
        clearance::random_decision(random, 26, static_cast<int>(least * std::pow(most / least, place)), dispersed));
  }
  return decisions;
}

struct Answer {
  double value, bound;
};

std::vector<Answer> plan_all(const std::vector<clearance::Decision>& decisions, unsigned threads) {
  std::vector<Answer> answers(decisions.size());
  on_threads(decisions.size(), threads, [&](size_t i) {
    thread_local clearance::Planner planner;
    answers[i] = {planner.solve(decisions[i], {}).value, clearance::fluid_bound(decisions[i])};
  });
  return answers;
}

double planner_seconds(const clearance::Decision& d, double& value) {
  constexpr int kTimes = 50;
  clearance::Planner planner;
  clearance::PlannerOptions options;
  options.path = false;
  const auto start = std::chrono::steady_clock::now();
  for (int k = 0; k < kTimes; ++k) value = planner.solve(d, options).value;
  return bench::seconds_since(start) / kTimes;
}

int side_by_side(const std::string& file) {
  std::ifstream in(file);
  std::vector<double> theirs, ours, exact;
  double off = 0;
  double elasticity = 0, ratio = 0, value = 0, ms = 0;
  while (in >> elasticity >> ratio >> value >> ms) {
    const clearance::Decision d = test::worked_decision(elasticity, ratio);
    double fast = 0;
    const double seconds = planner_seconds(d, fast);
    theirs.push_back(ms / 1000 / seconds);
    off = std::max(off, std::abs(fast / value - 1));
  }
  if (theirs.empty()) fmt::print("plan        the prototype did not run: its figures are skipped\n");
  double lost = 0;
  for (double r : {4.0, 8.0, 16.0}) {
    const clearance::Decision d = test::worked_decision(-2.5, r);
    const auto start = std::chrono::steady_clock::now();
    const double best = clearance::exact_value(d);
    const double slow = bench::seconds_since(start);
    double fast = 0;
    exact.push_back(slow / planner_seconds(d, fast));
    lost = std::max(lost, 1 - fast / best);
  }
  if (!theirs.empty())
    fmt::print(
        "plan        600 units: {:.0f} times as fast as the prototype's exact programme in the same minute ({:.0f} to "
        "{:.0f} over {} cases), values {:.2f} % apart at most\n",
        bench::median(theirs), *std::min_element(theirs.begin(), theirs.end()),
        *std::max_element(theirs.begin(), theirs.end()), theirs.size(), 100 * off);
  fmt::print("            {:.0f} times as fast as our own exact programme, unit by unit, at most {:.2f} % below it\n",
             bench::median(exact), 100 * lost);
  return off < 0.005 ? 0 : 1;
}

int many_skus(size_t skus) {
  const auto decisions = random_skus(skus, 20, 5'000, false);
  const auto start = std::chrono::steady_clock::now();
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
  fmt::print("plan        {} random SKUs with bound and path in {:.1f} s on two cores ({:.2f} ms a SKU a core)\n", skus,
             seconds, 2000 * seconds / static_cast<double>(skus));
  fmt::print(
      "            value ÷ bound {:.4f} on average, {:.4f} at worst, {:.4f} at most; one core gives the same: {}\n",
      share / static_cast<double>(skus), worst, 1 + above, same ? "yes" : "NO");
  return same && above < 0.002 ? 0 : 1;
}

int loss(size_t skus) {
  const auto decisions = random_skus(skus, 20, 40, true);
  std::vector<double> lost(skus);
  on_threads(skus, 2, [&](size_t i) {
    clearance::Planner planner;
    clearance::PlannerOptions options;
    options.path = false;
    planner.solve(decisions[i], options);
    const double followed =
        clearance::exact_value_of(decisions[i], [&](int week, const clearance::Standing& standing, int units) {
          return planner.choose(week, standing, units);
        });
    lost[i] = 1 - followed / clearance::exact_value(decisions[i]);
  });
  double sum = 0;
  for (double l : lost) sum += l;
  const auto over = std::count_if(lost.begin(), lost.end(), [](double l) { return l > 0.005; });
  fmt::print(
      "plan        {} random SKUs of 20 to 40 units against the exact programme (every unit, every cooldown): followed "
      "it loses {:.3f} % on average, {:.2f} % at worst, more than 0.5 % in {}\n",
      skus, 100 * sum / static_cast<double>(skus), 100 * *std::max_element(lost.begin(), lost.end()), over);
  return 0;
}

void write_lines(size_t skus, std::ostream& out) {
  std::mt19937_64 random(23);
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  for (size_t i = 0; i < skus; ++i) {
    const double price = between(12, 60);
    const int units = static_cast<int>(20 * std::pow(250, between(0, 1)));
    out << fmt::format(
        R"({{"sku":"S{}","as_of":"2026-01-05","price":{:.2f},"stock":{{"on_hand":{},"cohorts":[{{"age_days":{:.0f},"units":{}}}]}},)"
        R"("demand":{{"weekly_mean":{:.3f},"dispersion":0.05,"elasticity":{{"mean":{:.2f},"sd":0.6}}}},)"
        R"("costs":{{"referral":0.15,"fulfilment":{:.2f},"volume_cuft":{:.3f},"storage_per_cuft_month":{{"jan_sep":0.78,"oct_dec":2.4}},)"
        R"("aged_per_cuft_month":[{{"from_day":181,"rate":0.5}},{{"from_day":271,"rate":3.8}},{{"from_day":366,"rate":6.9}}]}},)"
        R"("exits":[{{"channel":"liquidation","recovery_per_unit":{:.2f},"delay_weeks":13}},{{"channel":"removal","recovery_per_unit":-1.06}}],)"
        R"("programmes":[{{"channel":"outlet","weeks":2,"min_discount":0.2,"max_discount":0.7,"uplift":1.4,"cooldown_weeks":9}},)"
        R"({{"channel":"best_deal","weeks":1,"min_discount":0.15,"max_discount":0.7,"uplift":1.5,"fixed_fee":490,"share_fee":0.01,"cooldown_weeks":1}},)"
        R"({{"channel":"coupon","weeks":1,"min_discount":0.05,"max_discount":0.5,"uplift":1.1,"fixed_fee":5,"share_fee":0.025}}],)"
        R"("price_step":0.05,"floor_price":{:.2f},"cost_of_capital":0.12,"end":"sell_on"}})"
        "\n",
        i, price, units, between(20, 330), units, units / between(3, 18) / 4.345, between(-4, -1.2), 0.2 * price,
        between(0.05, 0.6), 0.08 * price - 0.6, 0.3 * price);
  }
}

int memory(const std::string& self, const std::string& skus, const std::string& program) {
  const std::string command = "'" + self + "' lines " + skus + " | '" + program + "' decide > /dev/null";
  const auto start = std::chrono::steady_clock::now();
  if (std::system(command.c_str()) != 0) return 1;
  const double seconds = bench::seconds_since(start);
  rusage children{};
  getrusage(RUSAGE_CHILDREN, &children);
  fmt::print("decide      {} lines on all cores in {:.0f} s, peak memory {} MB\n", skus, seconds,
             children.ru_maxrss / 1024);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string what = argv[1];
  const size_t count = std::strtoull(argv[2], nullptr, 10);
  if (what == "side") return side_by_side(argv[2]);
  if (what == "skus") return many_skus(count);
  if (what == "loss") return loss(count);
  if (what == "memory" && argc == 4) return memory(argv[0], argv[2], argv[3]);
  if (what == "lines") {
    std::ios::sync_with_stdio(false);
    write_lines(count, std::cout);
    return 0;
  }
  return 2;
}

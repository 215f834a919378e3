// The forecast and the price response: how good on real data, how fast.
//
//   bench_demand all|accuracy|response|speed SCRATCH SKUS      from the project's root

#include <fmt/format.h>
#include <thread>

#include "../bench.h"
#include "account/assemble.h"
#include "app/context.h"
#include "app/sample/sample_market.h"
#include "demand/account_forecast.h"
#include "parts.h"
#include "retail.h"

namespace destock::bench {
namespace {

account::Account make_account(const app::Context& context, size_t skus, int days) {
  app::sample::Random random(7);
  account::FactsInForce facts;
  facts.account = "bench";
  facts.as_of = make_date(2026, 1, 5);
  const auto end = static_cast<int32_t>(day_number(facts.as_of));
  for (size_t i = 0; i < skus; ++i) {
    const auto listing = static_cast<account::ListingIndex>(i);
    facts.listings.push_back({"US", fmt::format("SKU-{:06d}", i), "", "", ""});
    const double rate = 0.02 + 1.2 * random.uniform() * random.uniform();
    const int64_t promoted = random.between(0, 300);
    for (int32_t day = end - days; day < end; ++day) {
      const bool promotion = (day - end + days + promoted) % 150 < 7;
      const int64_t units = random.poisson(promotion ? 2 * rate : rate);
      if (units > 0)
        facts.sales.push_back(
            {listing, day, units, units * 199'900, units, promotion ? units : 0, promotion ? units * 39'980 : 0});
    }
  }
  facts.sales_spans.push_back({"US", facts.as_of - Days(days), facts.as_of - Days(1)});
  return account::assemble(std::move(facts), context.book);
}

bool same(const demand::AccountForecast& a, const demand::AccountForecast& b) {
  if (a.forecast.size() != b.forecast.size()) return false;
  for (size_t i = 0; i < a.forecast.size(); ++i)
    if (a.forecast[i].mean != b.forecast[i].mean || a.forecast[i].p90 != b.forecast[i].p90) return false;
  for (size_t i = 0; i < a.responses.size(); ++i)
    if (a.responses[i].elasticity.mean != b.responses[i].elasticity.mean) return false;
  return true;
}

double peak_mb() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

bool measure_speed(size_t skus) {
  constexpr int kDays = 400;
  const auto context = app::make_context("");
  if (!context) return false;
  const account::Account account = make_account(*context, skus, kDays);
  const double before = peak_mb();
  std::vector<double> one, two;
  constexpr int kRounds = 3;
  std::optional<demand::AccountForecast> first;
  bool equal = true;
  for (int round = 0; round < kRounds; ++round) {
    auto start = std::chrono::steady_clock::now();
    auto alone = demand::forecast_account(account, context->facts, 52, 1);
    one.push_back(seconds_since(start));
    start = std::chrono::steady_clock::now();
    const auto both = demand::forecast_account(account, context->facts, 52, 2);
    two.push_back(seconds_since(start));
    equal = equal && same(alone, both);
    first = std::move(alone);
  }
  const auto count = static_cast<double>(skus);
  fmt::print("an account of {} SKUs x {} days, 52 weeks ahead, elasticities included\n", skus, kDays);
  fmt::print("    {:.0f} SKUs/s on one core, {:.0f} on two ({:.2f} times); the same answer from both: {}\n",
             count / median(one), count / median(two), median(one) / median(two), equal ? "yes" : "NO");
  fmt::print("    {:.1f} kB a SKU at the peak, two forecasts held at once; linear in SKUs and weeks\n",
             (peak_mb() - before) * 1024 / count);
  return equal;
}

}  // namespace destock::bench

int main(int argc, char** argv) {
  using namespace destock::bench;
  if (argc != 4) return 2;
  const std::string what = argv[1];
  const std::string scratch = argv[2];
  const bool all = what == "all";
  const auto retail = retail_folder();
  bool met = true;
  if (!retail && (all || what != "speed"))
    fmt::print(
        "SKIPPED: accuracy and response on real data: ../shared/data/retail is not there (or set DESTOCK_RETAIL)\n");
  // A target missed is said above; it is no error of the run.
  if (retail && (all || what == "accuracy")) measure_accuracy(*retail, scratch);
  if (retail && (all || what == "response")) met = measure_response(*retail) && met;
  if (all || what == "response") met = measure_coverage() && met;
  if (all || what == "speed") met = measure_speed(std::strtoull(argv[3], nullptr, 10)) && met;
  return met ? 0 : 1;
}

// The half year to come, on real shops: sums of demand 8 to 52 weeks ahead against what really came.
//
//   bench_year      from the project's root

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>

#include "../bench.h"
#include "account/assemble.h"
#include "app/context.h"
#include "demand/level_worlds.h"
#include "retail.h"

namespace destock::bench {
namespace {

constexpr int kHistoryDays = 91, kLeastUnits = 5, kLeastDays = 15;  // an SKU that is asked about, and sells

struct Shop {
  std::string name, marketplace;
  std::vector<DailySales> skus;
  Date first, last;  // days that it tells of, both inclusive
  std::vector<Date> origins;
  bool by_category = false;
};

double units_between(const DailySales& sku, int64_t from, int64_t to) {
  double sum = 0;
  for (const DaySold& day : sku.days)
    if (day.day >= from && day.day < to) sum += static_cast<double>(day.units);
  return sum;
}

account::Account account_at(const app::Context& context, const Shop& shop, Date origin, std::vector<size_t>& asked) {
  account::FactsInForce facts;
  facts.account = "bench";
  facts.as_of = origin;
  const int64_t today = day_number(origin);
  asked.clear();
  for (size_t k = 0; k < shop.skus.size(); ++k) {
    const DailySales& sku = shop.skus[k];
    const auto before =
        std::count_if(sku.days.begin(), sku.days.end(), [&](const DaySold& d) { return d.day < today; });
    if (before < kLeastDays || units_between(sku, today - kHistoryDays, today) < kLeastUnits) continue;
    const auto listing = static_cast<account::ListingIndex>(asked.size());
    asked.push_back(k);
    facts.listings.push_back({shop.marketplace, sku.sku, "", "", ""});
    account::CostRow cost;
    cost.sku = sku.sku;
    cost.category = sku.category;
    facts.costs.push_back(cost);
    for (const DaySold& day : sku.days)
      if (day.day < today)
        facts.sales.push_back({listing, static_cast<int32_t>(day.day), day.units, day.revenue, day.units, 0, 0});
  }
  facts.sales_spans.push_back({shop.marketplace, shop.first, origin - Days(1)});
  return account::assemble(std::move(facts), context.book);
}

struct Sums {
  double said = 0, came = 0, held = 0, stops = 0, stopped = 0;
  std::vector<double> ratios;
};

// Whether all figures are where they should be.
bool print(const std::string& what, int weeks, Sums sums) {
  const auto n = static_cast<double>(sums.ratios.size());
  const double came = sums.came / sums.said;
  const double middle = median(sums.ratios);
  const double held = sums.held / n;
  const bool met = came >= 0.85 && came <= 1.2 && middle >= 0.7 && middle <= 1.3 && held >= 0.72 && held <= 0.88;
  fmt::print(
      "    {:<24} {:2d} weeks: came / forecast {:.2f}, median SKU {:.2f}, 80 % interval holds {:.0f} %, "
      "stop {:.0f} % (said {:.0f} %), {:.0f} SKUs{}\n",
      what, weeks, came, middle, 100 * held, 100 * sums.stopped / n, 100 * sums.stops / n, n, met ? "" : "  out");
  return met;
}

int measure(const app::Context& context, const Shop& shop, int& asked_for) {
  int met = 0;
  fmt::print("{}: {} SKUs\n", shop.name, shop.skus.size());
  for (const Date origin : shop.origins) {
    std::vector<size_t> asked;
    const account::Account account = account_at(context, shop, origin, asked);
    const auto start = std::chrono::steady_clock::now();
    const auto forecast = demand::forecast_account(account, context.facts, demand::kYearWeeks, context.threads);
    const double seconds = seconds_since(start);
    std::map<std::string, size_t> by_sku;
    for (size_t k : asked) by_sku[shop.skus[k].sku] = k;
    std::map<int, std::map<std::string, Sums>> sums;
    for (size_t i = 0; i < account.size(); ++i) {
      const DailySales& sku = shop.skus[by_sku[account.listings[i].sku]];
      for (const demand::Total& total : demand::totals_of(forecast, i)) {
        const int64_t end = day_number(origin) + 7 * total.weeks;
        if (end > day_number(shop.last) + 1) continue;
        const double came = units_between(sku, day_number(origin), end);
        double at_end = 0;  // expected of the last quarter of it
        const int quarter = total.weeks / 4;
        for (int w = total.weeks - quarter; w < total.weeks; ++w) at_end += forecast.of(i)[static_cast<size_t>(w)].mean;
        const bool stopped = units_between(sku, end - kWeekDays * quarter, end) < 0.1 * at_end;
        for (const std::string& of : {std::string(), shop.by_category ? sku.category : std::string("-")}) {
          if (of == "-") continue;
          Sums& s = sums[total.weeks][of];
          s.said += total.mean;
          s.came += came;
          s.ratios.push_back((came + 1) / (total.mean + 1));
          s.held += came >= total.p10 && came <= total.p90 ? 1 : 0;
          s.stops += total.stops;
          s.stopped += stopped ? 1 : 0;
        }
      }
    }
    fmt::print("  {}: forecast in {:.2f} s; stops x{:.2f}{}; recent + year + same, variance:", iso(origin), seconds,
               forecast.levels.stops_scale(), forecast.levels.survivors() ? " (survivors alone)" : "");
    for (const demand::LevelLaw::Span& span : forecast.levels.spans())
      fmt::print(" {:.2f} + {:.2f} + {:.2f}, {:.2f};", span.recent, span.year, span.same, span.variance * span.scale);
    fmt::print("\n");
    for (const auto& [weeks, of] : sums)
      for (const auto& [category, s] : of) {
        ++asked_for;
        met += print(category.empty() ? "all" : category, weeks, s) ? 1 : 0;
      }
  }
  return met;
}

Shop gift_shop(const std::string& folder) {
  return {"gift shop (UCI)",      "UK",
          uci_days(folder),       make_date(2009, 12, 1),
          make_date(2011, 12, 9), {make_date(2010, 11, 29), make_date(2011, 2, 7), make_date(2011, 5, 2)}};
}
Shop department_store(const std::string& folder) {
  return {"food, household, hobbies by store (M5)",
          "US",
          m5_days(folder),
          make_date(2015, 3, 3),
          make_date(2016, 5, 22),
          {make_date(2015, 10, 1), make_date(2015, 11, 29), make_date(2016, 1, 25)},
          true};
}
Shop sports_shop(const std::string& folder) {
  return {"sports shop (DMC 2018)", "DE", sports_days(folder), make_date(2017, 10, 1), make_date(2018, 1, 31),
          {make_date(2017, 12, 4)}};
}

}  // namespace
}  // namespace destock::bench

int main() {
  using namespace destock::bench;
  const auto retail = retail_folder();
  if (!retail) {
    fmt::print("SKIPPED: the year on real data: ../shared/data/retail is not there (or set DESTOCK_RETAIL)\n");
    return 0;
  }
  const auto context = destock::app::make_context("");
  if (!context) return 1;
  int asked = 0;
  int met = 0;
  for (const auto& shop : {gift_shop, department_store, sports_shop}) met += measure(*context, shop(*retail), asked);
  fmt::print("{} of {} where they should be: came / forecast 0.85 to 1.2, median SKU 0.7 to 1.3, interval 72 to 88 %\n",
             met, asked);
}

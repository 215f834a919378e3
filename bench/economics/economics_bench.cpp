// Full economics of 100,000 SKUs: terms of a sale, exits, and 52 weeks of holding cost, against the same weeks summed
// day by day with every rate looked up anew. Both answers are compared before a time is printed.
//
//   bench_economics SKUS

#include <fmt/format.h>
#include <cmath>

#include "../bench.h"
#include "account/assemble.h"
#include "app/context.h"
#include "app/sample/sample_market.h"
#include "economics/exit_value.h"
#include "economics/holding_path.h"
#include "economics/sale_terms.h"

namespace {

using namespace destock;
constexpr size_t kWeeks = 52;

account::Account make_account(const app::Context& context, size_t skus) {
  app::sample::Random random(11);
  account::FactsInForce facts;
  facts.account = "bench";
  facts.as_of = make_date(2026, 2, 2);
  for (size_t i = 0; i < skus; ++i) {
    const auto listing = static_cast<account::ListingIndex>(i);
    facts.listings.push_back({"US", fmt::format("SKU-{:06d}", i), "", "", ""});
    account::PlanningRow row;
    row.listing = listing;
    row.snapshot = facts.as_of;
    row.available = random.between(0, 800);
    row.volume_cuft = 0.05 + random.uniform();
    row.price = Money::from_units(random.between(80'000, 900'000), currency_of("USD"));
    const int64_t half = *row.available / 2;
    row.ages = {
        {0, 90, half}, {91, 180, half / 2}, {181, 270, half / 4}, {271, 365, half / 4}, {366, std::nullopt, half / 4}};
    facts.planning.push_back(std::move(row));
    account::FeePreviewRow fees;
    fees.listing = listing;
    fees.longest_in = 10;
    fees.median_in = 6;
    fees.shortest_in = 2 + 3 * random.uniform();
    fees.weight_lb = 0.3 + 4 * random.uniform();
    facts.fee_preview.push_back(fees);
  }
  return account::assemble(std::move(facts), context.book);
}

// Day by day, the rate of each looked up in the card.
void by_day(const account::Account& account, size_t i, const market::Facts& facts, std::vector<double>& weekly) {
  std::fill(weekly.begin(), weekly.end(), 0.0);
  const auto units = static_cast<double>(account.stock[i].on_hand());
  for (size_t day = 0; day < kWeeks * 7; ++day) {
    const Date today = account.as_of + Days(static_cast<int>(day));
    const auto terms = economics::holding_terms(account, i, facts, account.as_of);
    weekly[day / 7] += *terms.month(month_of(today), units) / days_in_month(today);
    if (day_of_month(today) == 15)
      weekly[day / 7] += *economics::aged_surcharge_of(terms, account.ages.of(i), static_cast<int>(day), today);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto context = app::make_context("");
  if (!context) return 1;
  const size_t skus = std::strtoull(argv[1], nullptr, 10);
  const account::Account account = make_account(*context, skus);
  const size_t sampled = std::max<size_t>(1, skus / 50);  // the slow way on every fiftieth
  std::vector<double> weekly(kWeeks), slow(kWeeks), fast_rate, slow_rate, ratios;
  constexpr int kRounds = 5;
  double worth = 0;
  for (int round = 0; round < kRounds; ++round) {
    auto start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < account.size(); ++i) {
      const auto sale = economics::sale_terms(account, i, context->facts, account.as_of);
      const auto exits = economics::exit_values(account, i, context->facts, account.as_of);
      economics::holding_by_week(economics::holding_terms(account, i, context->facts, account.as_of),
                                 account.ages.of(i), static_cast<double>(account.stock[i].on_hand()), account.as_of,
                                 weekly);
      worth += sale.net(20) + exits.front().per_unit + weekly[0];
    }
    fast_rate.push_back(static_cast<double>(skus) / bench::seconds_since(start));
    start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < sampled; ++i) by_day(account, i * (skus / sampled), context->facts, slow);
    slow_rate.push_back(static_cast<double>(sampled) / bench::seconds_since(start));
    ratios.push_back(fast_rate.back() / slow_rate.back());
  }
  for (size_t i = 0; i < sampled; ++i) {
    const size_t at = i * (skus / sampled);
    by_day(account, at, context->facts, slow);
    economics::holding_by_week(economics::holding_terms(account, at, context->facts, account.as_of),
                               account.ages.of(at), static_cast<double>(account.stock[at].on_hand()), account.as_of,
                               weekly);
    for (size_t week = 0; week < kWeeks; ++week)
      if (std::abs(weekly[week] - slow[week]) > 1e-6) {
        fmt::print(stderr, "week {} of SKU {} differs: {} and {}\n", week, at, weekly[week], slow[week]);
        return 1;
      }
  }
  fmt::print("economics   {} SKUs x {} weeks: sale, exits and holding {:.0f} SKUs/s on one core (checksum {:.0f})\n",
             skus, kWeeks, bench::median(fast_rate), worth);
  fmt::print("            {:.0f} times the holding alone summed day by day ({:.0f} SKUs/s); the same weeks from both\n",
             bench::median(ratios), bench::median(slow_rate));
  return 0;
}

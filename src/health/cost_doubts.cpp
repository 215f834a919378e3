#include "health/cost_doubts.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace destock::health {
namespace {

struct Compared {
  size_t listing;
  Money amount, price;
  double times;  // of the price
  bool freight;
};

std::optional<double> times_the_price(Money amount, Money price, const ExchangeRates& rates, Date day) {
  const auto rate = rates.rate_on(day, amount.currency(), price.currency());
  if (!rate || amount.is_zero() || price.units() <= 0) return std::nullopt;
  return amount.to_double() * *rate / price.to_double();
}

std::map<std::string, std::vector<Compared>> by_currency(const account::Account& account) {
  std::map<std::string, std::vector<Compared>> costs;
  for (size_t i = 0; i < account.size(); ++i) {
    const auto& price = account.fees[i].price;
    if (!price) continue;
    const auto compare = [&](const std::optional<Money>& amount, bool freight) {
      const auto times = amount ? times_the_price(*amount, *price, account.rates, account.as_of) : std::nullopt;
      if (times) costs[amount->currency().str()].push_back({i, *amount, *price, *times, freight});
    };
    compare(account.costs[i].unit_cost, false);
    compare(account.costs[i].freight, true);
  }
  return costs;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// In which currency the same figures would be usual costs, and what share of the price; nothing: in none.
struct Fits {
  Currency currency;
  double share;
};
std::optional<Fits> fitting_currency(const std::vector<Compared>& odd, const account::Account& account,
                                     const market::ReportChecks& checks) {
  std::vector<Currency> candidates;
  for (const char* code : {"CNY", "USD"}) candidates.push_back(*Currency::parse(code));
  candidates.push_back(odd.front().price.currency());
  for (const Currency candidate : candidates) {
    if (candidate == odd.front().amount.currency()) continue;
    std::vector<double> shares;
    for (const Compared& one : odd)
      if (const auto share = times_the_price(Money::from_units(one.amount.units(), candidate), one.price, account.rates,
                                             account.as_of))
        shares.push_back(*share);
    if (shares.empty()) continue;
    const double share = median_of(std::move(shares));
    if (share >= checks.cost_usual_from && share <= checks.cost_usual_to) return Fits{candidate, share};
  }
  return std::nullopt;
}

// Those that fit no price; all of them, where the currency as a whole does not.
std::vector<Compared> odd_ones(const std::vector<Compared>& costs, const account::Account& account,
                               const market::ReportChecks& checks) {
  constexpr size_t kFew = 3;
  std::vector<double> times;
  std::vector<Compared> units, odd;
  for (const Compared& one : costs) {
    if (!one.freight) units.push_back(one), times.push_back(one.times);
    if (one.times > checks.cost_times_price || (!one.freight && one.times < checks.cost_least_share))
      odd.push_back(one);
  }
  if (units.size() < kFew || odd.size() * 2 > units.size()) return odd;
  const double usual = median_of(std::move(times));
  const bool all = usual > 1 || usual < checks.cost_usual_from / 2;
  return all && fitting_currency(units, account, checks) ? units : odd;
}

std::string times_in_words(double times) {
  return times >= 10    ? fmt::format("{:.0f}", times)
         : times >= 0.1 ? fmt::format("{:.1f}", times)
                        : fmt::format("{:.2g}", times);
}

Text examples(const std::vector<Compared>& odd, const account::Account& account) {
  constexpr size_t kNamed = 5;
  Text some;
  for (size_t i = 0; i < odd.size() && i < kNamed; ++i) {
    const Compared& one = odd[i];
    const account::Listing& listing = account.listings[one.listing];
    const std::string times = times_in_words(one.times);
    add_to_list(some.en,
                fmt::format("{} {} {} {} is {} times its price of {}", listing.marketplace, listing.sku,
                            one.freight ? "freight" : "cost", one.amount.str(), times, one.price.str()),
                "; ");
    add_to_list(some.zh,
                fmt::format("{} {} {} {} 为售价 {} 的 {} 倍", listing.marketplace, listing.sku,
                            one.freight ? "头程" : "采购成本", one.amount.str(), one.price.str(), times),
                "；");
  }
  if (odd.size() > kNamed) {
    some.en += "; …";
    some.zh += "；…";
  }
  return some;
}

}  // namespace

std::vector<Text> cost_doubts(const account::Account& account, const market::ReportChecks& checks) {
  std::vector<Text> doubts;
  for (auto& [currency, costs] : by_currency(account)) {
    std::vector<Compared> odd = odd_ones(costs, account, checks);
    if (odd.empty()) continue;
    std::stable_sort(odd.begin(), odd.end(), [](const Compared& a, const Compared& b) { return a.times > b.times; });
    const Text some = examples(odd, account);
    Text hint;
    if (const auto fits = fitting_currency(odd, account, checks)) {
      const auto percent = std::lround(fits->share * 100);
      hint = {fmt::format("; read in {} they would be about {} % of it", fits->currency.str(), percent),
              fmt::format("；若币种为 {}，则约为售价的 {}%", fits->currency.str(), percent)};
    }
    doubts.push_back(
        {fmt::format("{} of {} costs and freights in {} do not fit the price: {}{}. Look whether the currency and the "
                     "amount of one unit are right, correct the cost sheet and import it again; until then every "
                     "figure rests on them",
                     odd.size(), costs.size(), currency, some.en, hint.en),
         fmt::format(
             "{} 币种的 {} 项成本与头程中有 {} 项与售价不符：{}{}。请核对币种与单件金额，更正成本表后重新导入；在"
             "此之前所有金额均按现有成本计算",
             currency, costs.size(), odd.size(), some.zh, hint.zh)});
  }
  return doubts;
}

}  // namespace destock::health

#include "account/assemble.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "account/assemble_stock.h"
#include "account/country_stock.h"
#include "account/damaged_sku.h"
#include "account/pools.h"
#include "account/take_purchase_orders.h"

namespace destock::account {
namespace {

// Listings that a stock report holds: a SKU that stands there beside the one it could mean is one of its own.
std::set<std::pair<ReportKind, ListingIndex>> in_stock_reports(const FactsInForce& facts) {
  std::set<std::pair<ReportKind, ListingIndex>> there;
  for (const PlanningRow& row : facts.planning) there.emplace(ReportKind::kPlanning, row.listing);
  for (const ManageFbaRow& row : facts.manage_fba) there.emplace(ReportKind::kManageFba, row.listing);
  return there;
}

// By listing: itself, or where a spreadsheet has damaged its SKU, the one listing of its marketplace that it can mean.
std::vector<ListingIndex> undamaged(const FactsInForce& facts, Account& account) {
  std::vector<ListingIndex> meant(facts.listings.size());
  std::iota(meant.begin(), meant.end(), 0u);
  std::map<std::string_view, std::vector<ListingIndex>> by_marketplace;
  for (ListingIndex i = 0; i < meant.size(); ++i) by_marketplace[facts.listings[i].marketplace].push_back(i);
  std::optional<std::set<std::pair<ReportKind, ListingIndex>>> there;
  for (const auto& [marketplace, listings] : by_marketplace) {
    std::vector<std::string> whole;
    std::map<std::string_view, ListingIndex> index;
    for (const ListingIndex i : listings) {
      const std::string& sku = facts.listings[i].sku;
      index.emplace(sku, i);
      if (const SkuDamage damage = damage_of(sku); damage == SkuDamage::kNone || damage == SkuDamage::kZeros)
        whole.push_back(sku);
    }
    const KnownSkus known(std::move(whole));
    for (const ListingIndex i : listings) {
      const auto other = known.other_than(facts.listings[i].sku);
      if (!other) continue;
      const ListingIndex to = index.at(*other);
      if (!there) there = in_stock_reports(facts);
      const auto both = [&](ReportKind report) {
        return there->contains({report, i}) && there->contains({report, to});
      };
      if (both(ReportKind::kPlanning) || both(ReportKind::kManageFba)) continue;
      meant[i] = to;
      account.doubted_skus.push_back({facts.listings[i].sku, *other, false});
    }
  }
  return meant;
}

// Sorts listings and says where each went.
std::vector<ListingIndex> sort_listings(const FactsInForce& facts, const MarketplaceBook& book, Account& account) {
  const size_t count = facts.listings.size();
  const std::vector<ListingIndex> meant = undamaged(facts, account);
  std::vector<ListingIndex> order;
  for (ListingIndex i = 0; i < count; ++i)
    if (meant[i] == i) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](ListingIndex a, ListingIndex b) {
    const ListingInfo& x = facts.listings[a];
    const ListingInfo& y = facts.listings[b];
    return std::tie(x.marketplace, x.sku) < std::tie(y.marketplace, y.sku);
  });
  std::vector<ListingIndex> moved(count);
  for (size_t to = 0; to < order.size(); ++to) {
    const ListingInfo& info = facts.listings[order[to]];
    moved[order[to]] = static_cast<ListingIndex>(to);
    const MarketplaceEntry* entry = book.find(info.marketplace);
    const Currency currency = entry ? entry->currency : currency_of("USD");
    account.listings.push_back(
        {info.marketplace, info.sku, info.asin, info.fnsku, info.title, {}, {}, {}, {}, currency});
  }
  for (ListingIndex i = 0; i < count; ++i) moved[i] = moved[meant[i]];
  return moved;
}

// Puts rows in the order of their listing, then of `key`, and closes the offsets of a ragged column.
template <typename Row, typename Key, typename Emit>
void group_by_listing(std::vector<Row>& rows, const std::vector<ListingIndex>& moved, size_t listings, Key key,
                      Emit emit) {
  for (Row& row : rows) row.listing = moved[row.listing];
  const auto in_order = [&](const Row& a, const Row& b) {
    return a.listing != b.listing ? a.listing < b.listing : key(a) < key(b);
  };
  // Mostly they come so: of millions of days the copy that a stable sort makes is saved.
  if (!std::is_sorted(rows.begin(), rows.end(), in_order)) std::stable_sort(rows.begin(), rows.end(), in_order);
  size_t at = 0;
  for (size_t listing = 0; listing < listings; ++listing) {
    const size_t begin = at;
    while (at < rows.size() && rows[at].listing == listing) ++at;
    emit(listing, std::span<const Row>(rows.data() + begin, at - begin));
  }
}

void take_sales(FactsInForce& facts, const std::vector<ListingIndex>& moved, Account& account) {
  const auto total = facts.sales.size();
  SalesHistory& sales = account.sales;
  sales.days.values.reserve(total);
  sales.units.reserve(total);
  sales.revenue.reserve(total);
  group_by_listing(
      facts.sales, moved, account.size(), [](const SalesDay& day) { return day.day; },
      [&](size_t, std::span<const SalesDay> days) {
        const SalesDay* last = nullptr;
        for (const SalesDay& day : days) {
          if (last && last->day == day.day) {  // of a SKU that a spreadsheet has damaged
            sales.units.back() += static_cast<int32_t>(day.units);
            sales.revenue.back() += day.revenue;
            sales.priced_units.back() += static_cast<int32_t>(day.priced_units);
            sales.promo_units.back() += static_cast<int32_t>(day.promo_units);
            sales.discount.back() += day.promo_discount;
            continue;
          }
          last = &day;
          sales.days.values.push_back(day.day);
          sales.units.push_back(static_cast<int32_t>(day.units));
          sales.revenue.push_back(day.revenue);
          sales.priced_units.push_back(static_cast<int32_t>(day.priced_units));
          sales.promo_units.push_back(static_cast<int32_t>(day.promo_units));
          sales.discount.push_back(day.promo_discount);
        }
        sales.days.close();
      });
  account.sales_spans = facts.sales_spans;
  account.sales_gaps = facts.sales_gaps;
}

void take_cost(const CostRow& row, size_t index, Account& account) {
  Listing& listing = account.listings[index];
  CostFacts& cost = account.costs[index];
  const auto keep = [](auto& held, const auto& said) {
    if (said) held = said;
  };
  keep(cost.unit_cost, row.unit_cost);
  keep(cost.freight, row.freight);
  keep(cost.lead_time_days, row.lead_time_days);
  keep(cost.moq, row.moq);
  keep(cost.carton, row.carton);
  keep(cost.lead_time_from, row.lead_time_from);
  keep(cost.lead_time_to, row.lead_time_to);
  keep(cost.elsewhere, row.elsewhere);
  keep(cost.carton_m3, row.carton_m3);
  keep(cost.supplier_minimum, row.supplier_minimum);
  if (!row.supplier.empty()) cost.supplier = row.supplier;
  keep(cost.launch, row.launch);
  if (!row.category.empty()) listing.category = row.category;
  if (!row.season.empty()) listing.season = row.season;
  if (!row.owner.empty()) listing.owner = row.owner;
  if (!row.tag.empty()) listing.tag = row.tag;
}

// A cost is of the SKU that it names; where no listing has it, of those that are paired with it.
void take_costs(const FactsInForce& facts, Account& account) {
  std::multimap<std::string_view, size_t> by_sku;
  for (size_t i = 0; i < account.size(); ++i) by_sku.emplace(account.listings[i].sku, i);
  std::multimap<std::string_view, const SkuPair*> by_own;
  for (const SkuPair& pair : facts.pairs) by_own.emplace(pair.own_sku, &pair);
  const auto take = [&](const CostRow& row, std::string_view sku, const std::string& marketplace) {
    bool matched = false;
    const auto [begin, end] = by_sku.equal_range(sku);
    for (auto it = begin; it != end; ++it) {
      const std::string& of = account.listings[it->second].marketplace;
      if ((!row.marketplace.empty() && row.marketplace != of) || (!marketplace.empty() && marketplace != of)) continue;
      take_cost(row, it->second, account);
      matched = true;
    }
    return matched;
  };
  std::optional<KnownSkus> known;
  const auto damaged = [&](const std::string& sku) {
    if (!known) {
      std::vector<std::string> skus;
      for (const Listing& listing : account.listings) skus.push_back(listing.sku);
      std::sort(skus.begin(), skus.end());
      skus.erase(std::unique(skus.begin(), skus.end()), skus.end());
      known.emplace(std::move(skus));
    }
    return known->meant_by(sku);
  };
  std::set<std::string> unmatched;
  for (const CostRow& row : facts.costs) {
    bool matched = take(row, row.sku, {});
    // An apostrophe is how a sheet is told to leave a text as it is.
    if (!matched && row.sku.starts_with('\'')) matched = take(row, std::string_view(row.sku).substr(1), {});
    if (!matched) {
      const auto [begin, end] = by_own.equal_range(row.sku);
      for (auto it = begin; it != end; ++it) matched = take(row, it->second->sku, it->second->marketplace) || matched;
    }
    if (!matched)
      if (const auto meant = damaged(row.sku); meant && take(row, *meant, {})) {
        matched = true;
        account.doubted_skus.push_back({row.sku, *meant, true});
      }
    // Once, however many sheets name it.
    if (!matched && unmatched.insert(row.sku).second) account.unmatched_costs.push_back(row.sku);
  }
}

void take_fees(const FactsInForce& facts, const std::vector<ListingIndex>& moved, Account& account) {
  std::map<std::string, Date> previewed_on;
  for (const ReportAge& report : facts.reports)
    if (report.report == ReportKind::kFeePreview) previewed_on.emplace(report.marketplace, report.day);
  for (const FeePreviewRow& row : facts.fee_preview) {
    FeeFacts& fees = account.fees[moved[row.listing]];
    if (const auto day = previewed_on.find(account.listings[moved[row.listing]].marketplace); day != previewed_on.end())
      fees.preview_day = day->second;
    if (!fees.price) fees.price = row.price;
    fees.preview_price = row.price;
    fees.referral_fee = row.referral_fee;
    fees.fulfilment_fee = row.fulfilment_fee;
    fees.closing_fee = row.closing_fee;
    fees.weight_lb = row.weight_lb;
    fees.longest_in = row.longest_in;
    fees.median_in = row.median_in;
    fees.shortest_in = row.shortest_in;
    fees.size_tier = row.size_tier;
    if (!fees.volume_cuft && row.longest_in && row.median_in && row.shortest_in)
      fees.volume_cuft = *row.longest_in * *row.median_in * *row.shortest_in / 1728.0;
    Listing& listing = account.listings[moved[row.listing]];
    if (listing.category.empty()) listing.category = row.product_group;
  }
}

// What an offer asks, where no report of stock or fees says it.
void take_listing_states(const FactsInForce& facts, const std::vector<ListingIndex>& moved, Account& account) {
  for (const ListingStateRow& row : facts.listing_states) {
    const size_t i = moved[row.listing];
    if (!account.fees[i].price) account.fees[i].price = row.price;
    account.amazon[i].listing_status = row.status;
  }
}

// What is stranded; the newest visits that a report tells, of the SKU before those of its ASIN.
void take_view(const FactsInForce& facts, Account& account) {
  std::map<std::pair<std::string_view, std::string_view>, const TrafficRow*> by_sku, by_asin;
  for (const TrafficRow& row : facts.traffic) {
    if (row.last_day > facts.as_of) continue;
    auto& of = row.sku.empty() ? by_asin : by_sku;
    const TrafficRow*& held = of[{row.marketplace, row.sku.empty() ? row.asin : row.sku}];
    if (!held || held->last_day <= row.last_day) held = &row;
  }
  std::map<std::pair<std::string_view, std::string_view>, const StrandedRow*> stranded;
  for (const StrandedRow& row : facts.stranded) stranded[{row.marketplace, row.sku}] = &row;
  for (size_t i = 0; i < account.size(); ++i) {
    const Listing& listing = account.listings[i];
    if (const auto held = stranded.find({listing.marketplace, listing.sku}); held != stranded.end())
      account.amazon[i].stranded = *held->second;
    const auto own = by_sku.find({listing.marketplace, listing.sku});
    const auto whole = by_asin.find({listing.marketplace, listing.asin});
    if (own != by_sku.end())
      account.amazon[i].traffic = *own->second;
    else if (whole != by_asin.end() && !listing.asin.empty())
      account.amazon[i].traffic = *whole->second;
  }
}

// The first day that a listing is known to have existed.
void find_first_seen(Account& account) {
  account.first_seen.resize(account.size());
  for (size_t i = 0; i < account.size(); ++i) {
    std::optional<Date> first = account.costs[i].launch;
    const auto earlier = [&](Date day) {
      if (!first || day < *first) first = day;
    };
    if (const auto receipts = account.receipts.of(i); !receipts.empty())
      earlier(date_of_day_number(receipts.front().day));
    if (const auto days = account.sales.days.of(i); !days.empty()) earlier(date_of_day_number(days.front()));
    for (const AgeBand& band : account.ages.of(i))
      if (band.units > 0 && band.from_day > 0) earlier(account.as_of - Days(band.from_day));
    account.first_seen[i] = first;
  }
}

void take_ledger(FactsInForce& facts, const std::vector<ListingIndex>& moved, Account& account) {
  group_by_listing(
      facts.receipts, moved, account.size(), [](const LedgerReceipt& row) { return row.day; },
      [&](size_t, std::span<const LedgerReceipt> rows) {
        for (const LedgerReceipt& row : rows) account.receipts.values.push_back({row.day, row.units});
        account.receipts.close();
      });
  group_by_listing(
      facts.stockouts, moved, account.size(), [](const LedgerStockout& row) { return row.day; },
      [&](size_t, std::span<const LedgerStockout> rows) {
        for (const LedgerStockout& row : rows) {
          const auto& days = account.stockout_days.values;
          const bool told = days.size() > account.stockout_days.offsets.back() && days.back() == row.day;
          if (!told) account.stockout_days.values.push_back(row.day);
        }
        account.stockout_days.close();
      });
  for (StockWeek& row : facts.stock_weeks) row.listing = moved[row.listing];
  std::sort(facts.stock_weeks.begin(), facts.stock_weeks.end(), [](const StockWeek& a, const StockWeek& b) {
    return std::tie(a.listing, a.weeks_ago) < std::tie(b.listing, b.weeks_ago);
  });
  account.stock_weeks = std::move(facts.stock_weeks);
}

}  // namespace

namespace {

// Of rows that ascend by listing, one listing's.
template <typename Row>
std::span<const Row> rows_of(const std::vector<Row>& rows, size_t listing) {
  const auto less = [](const Row& row, size_t wanted) { return row.listing < wanted; };
  const auto begin = std::lower_bound(rows.begin(), rows.end(), listing, less);
  return {begin, std::lower_bound(begin, rows.end(), listing + 1, less)};
}

// Of the days first..last, by number.
int64_t units_of(const SalesHistory& sales, size_t listing, int64_t first, int64_t last) {
  const auto days = sales.days.of(listing);
  const auto begin = std::lower_bound(days.begin(), days.end(), first);
  const auto end = std::upper_bound(begin, days.end(), last);
  const auto from = sales.units.begin() + static_cast<std::ptrdiff_t>(sales.days.offsets[listing]);
  return std::accumulate(from + (begin - days.begin()), from + (end - days.begin()), int64_t{0});
}

}  // namespace

std::span<const ReturnDay> Account::returns_of(size_t listing) const {
  return rows_of(returns, listing);
}

std::span<const StockWeek> Account::stock_weeks_of(size_t listing) const {
  return rows_of(stock_weeks, listing);
}

int64_t Account::units_since(size_t listing, Date from) const {
  return units_of(sales, listing, day_number(from), std::numeric_limits<int64_t>::max());
}

int64_t Account::units_sold(size_t listing, Date from, Date to) const {
  return units_of(sales, listing, day_number(from), day_number(to));
}

int64_t Account::untold_days(std::string_view marketplace, Date from, Date to) const {
  int64_t days = 0;
  for (const SalesSpan& gap : sales_gaps)
    if (gap.marketplace == marketplace)
      days += std::max<int64_t>(0, days_between(std::max(from, gap.first_day), std::min(to, gap.last_day)) + 1);
  return days;
}

std::vector<AgeBand> ages_from_receipts(std::span<const Receipt> receipts, int64_t units, Date as_of,
                                        Date history_from) {
  std::vector<AgeBand> bands;
  for (auto it = receipts.rbegin(); it != receipts.rend() && units > 0; ++it) {
    if (it->units <= 0) continue;
    const int age = static_cast<int>(std::max<int64_t>(0, day_number(as_of) - it->day));
    const int64_t taken = std::min(units, it->units);
    units -= taken;
    if (!bands.empty() && bands.back().from_day == age)
      bands.back().units += taken;
    else
      bands.push_back({age, age, taken});
  }
  if (units > 0)
    bands.push_back({static_cast<int>(std::max<int64_t>(0, days_between(history_from, as_of))), std::nullopt, units});
  return bands;
}

Account assemble(FactsInForce facts, const MarketplaceBook& book) {
  Account account;
  account.name = facts.account;
  account.as_of = facts.as_of;
  account.base_currency = facts.base_currency;
  const auto moved = sort_listings(facts, book, account);
  const size_t count = account.size();
  account.stock.resize(count);
  account.amazon.resize(count);
  account.fees.resize(count);
  account.costs.resize(count);
  take_ledger(facts, moved, account);
  take_stock(facts, moved, account);
  take_country_stock(facts, moved, book, account);
  take_fees(facts, moved, account);
  take_listing_states(facts, moved, account);
  take_view(facts, account);
  take_costs(facts, account);
  take_sales(facts, moved, account);
  for (AgedChargeRow& row : facts.aged_charges) row.listing = moved[row.listing];
  for (ReturnDay& row : facts.returns) row.listing = moved[row.listing];
  std::sort(facts.returns.begin(), facts.returns.end(), [](const ReturnDay& a, const ReturnDay& b) {
    return std::tie(a.listing, a.day, a.disposition) < std::tie(b.listing, b.day, b.disposition);
  });
  account.storage_fees = std::move(facts.storage_fees);
  account.aged_charges = std::move(facts.aged_charges);
  account.returns = std::move(facts.returns);
  std::sort(facts.settled.begin(), facts.settled.end(), [](const SettledDay& a, const SettledDay& b) {
    return std::tie(a.marketplace, a.sku, a.day) < std::tie(b.marketplace, b.sku, b.day);
  });
  account.settled = std::move(facts.settled);
  join_shared_stocks(account, book);
  take_purchase_orders(facts, account);
  find_first_seen(account);
  account.reports = std::move(facts.reports);
  account.not_in_force = std::move(facts.not_in_force);
  for (const ExchangeRateRow& row : facts.rates) account.rates.add(row.day, row.from, row.to, row.rate);
  return account;
}

}  // namespace destock::account

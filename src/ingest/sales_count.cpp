#include "ingest/sales_count.h"

#include <algorithm>

namespace destock::ingest {
namespace {

uint64_t hash_of(account::ListingIndex listing, int32_t day) {
  uint64_t key = (uint64_t{listing} << 32) | static_cast<uint32_t>(day);
  key *= 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 29);
}

}  // namespace

const ZoneClock* SalesCount::clock_of(const account::MarketplaceEntry& marketplace) {
  if (last_marketplace_ == &marketplace && last_clock_) return last_clock_;
  auto found = clocks_.find(marketplace.id);
  if (found == clocks_.end()) {
    auto clock = ZoneClock::of(marketplace.time_zone);
    if (!clock) return nullptr;
    found = clocks_.emplace(marketplace.id, *clock).first;
  }
  last_marketplace_ = &marketplace;
  last_clock_ = &found->second;
  last_span_ = nullptr;
  return last_clock_;
}

std::optional<Moment> SalesCount::moment_of(Row& row, size_t column, const account::MarketplaceEntry& marketplace) {
  const std::string_view text = row.text(column);
  if (const auto instant = parse_instant(text)) {
    const ZoneClock* clock = clock_of(marketplace);
    if (!clock) {
      row.refuse(
          column,
          {"the time zone " + marketplace.time_zone + " is not installed", "系统缺少时区 " + marketplace.time_zone},
          {"install the tzdata package", "请安装 tzdata 软件包"});
      return std::nullopt;
    }
    const Date day = clock->day_of(*instant);
    if (day <= row.conventions().today) return Moment{day, instant};
  }
  const auto day = row.day(column);  // without a zone: the marketplace's day as written
  if (!day) {
    row.refuse(column, {"the date is missing", "缺少日期"}, {"download the report again", "请重新下载报告"});
    return std::nullopt;
  }
  return Moment{*day, std::nullopt};
}

void SalesCount::saw(const account::MarketplaceEntry& marketplace, const Moment& moment, account::ListingIndex,
                     std::string_view order) {
  if (!last_span_ || last_marketplace_ != &marketplace) {
    last_marketplace_ = &marketplace;
    last_clock_ = nullptr;
    last_span_ = &spans_.try_emplace(marketplace.id, Span{moment.day, moment.day, moment.instant, moment.instant, 0, 0})
                      .first->second;
  }
  Span& span = *last_span_;
  span.first_day = std::min(span.first_day, moment.day);
  span.last_day = std::max(span.last_day, moment.day);
  if (moment.instant) {
    span.first_instant = std::min(span.first_instant.value_or(*moment.instant), *moment.instant);
    span.last_instant = std::max(span.last_instant.value_or(*moment.instant), *moment.instant);
  }
  ++span.rows;
  orders_.saw(marketplace.id, moment.day, order);
}

void SalesCount::grow() {
  const auto& sales = context_->facts.sales;
  table_.assign(std::max<size_t>(1 << 16, table_.size() * 2), 0);
  for (size_t i = 0; i < sales.size(); ++i) {
    size_t at = hash_of(sales[i].listing, sales[i].day) & (table_.size() - 1);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = static_cast<uint32_t>(i + 1);
  }
}

size_t SalesCount::slot_of(account::ListingIndex listing, int32_t day) {
  auto& sales = context_->facts.sales;
  if (sales.size() * 2 >= table_.size()) grow();
  size_t at = hash_of(listing, day) & (table_.size() - 1);
  for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
    const account::SalesDay& held = sales[table_[at] - 1];
    if (held.listing == listing && held.day == day) return table_[at] - 1;
  }
  sales.push_back({listing, day, 0, 0, 0, 0, 0});
  table_[at] = static_cast<uint32_t>(sales.size());
  return sales.size() - 1;
}

void SalesCount::sold(account::ListingIndex listing, Date day, int64_t units, std::optional<Money> revenue,
                      std::optional<Money> promo_discount) {
  account::SalesDay& sum = context_->facts.sales[slot_of(listing, static_cast<int32_t>(day_number(day)))];
  sum.units += units;
  if (last_span_) last_span_->units += units;
  if (revenue) {
    sum.revenue += revenue->units();
    sum.priced_units += units;
  }
  if (promo_discount && !promo_discount->is_zero()) {
    sum.promo_units += units;
    const int64_t discount = promo_discount->units();
    sum.promo_discount += discount < 0 ? -discount : discount;
  }
}

SalesCount::Span SalesCount::whole_span() const {
  Span all{Date::max(), Date::min(), {}, {}, 0, 0};
  for (const auto& [id, span] : spans_) {
    all.first_day = std::min(all.first_day, span.first_day);
    all.last_day = std::max(all.last_day, span.last_day);
    if (span.first_instant)
      all.first_instant = std::min(all.first_instant.value_or(*span.first_instant), *span.first_instant);
    if (span.last_instant)
      all.last_instant = std::max(all.last_instant.value_or(*span.last_instant), *span.last_instant);
  }
  return all;
}

std::map<std::string, Date, std::less<>> SalesCount::whole_from(const FirstUpdate& update) const {
  constexpr int64_t kShipsWithin = 3;  // days: an order by date is updated when it ships
  std::map<std::string, Date, std::less<>> from;
  const Span all = whole_span();
  const auto& first = all.first_instant;
  if (update.instant && (!first || *first + kShipsWithin * kSecondsADay >= *update.instant)) return from;
  if (!update.instant && (!update.day || first || all.first_day + Days(kShipsWithin) >= *update.day)) return from;
  for (const auto& [id, span] : spans_) {
    // The day of the first update itself may have begun before it.
    if (const auto clock = clocks_.find(id); update.instant && clock != clocks_.end())
      from.emplace(id, clock->second.day_of(*update.instant));
    else if (!update.instant)
      from.emplace(id, *update.day);
  }
  return from;
}

// Whether a day before sold far less often than one from then on, by enough sales to tell.
bool SalesCount::few_before(Date from) const {
  constexpr int64_t kEnough = 5, kFarLess = 3;
  const Span all = whole_span();
  const int64_t days_before = days_between(all.first_day, from), days_after = days_between(from, all.last_day) + 1;
  const auto& sales = context_->facts.sales;
  const int64_t before = std::count_if(sales.begin(), sales.end(),
                                       [&](const account::SalesDay& day) { return day.day < day_number(from); });
  const int64_t after = static_cast<int64_t>(sales.size()) - before;
  return after >= kEnough && before * days_after * kFarLess < after * days_before;
}

void SalesCount::note_doubt(Date from) {
  const std::string day = iso(from);
  context_->notes.push_back(
      {"none of these orders was updated before " + day +
           ", and some were bought days before: taken for a report by "
           "order date, all of it counts. If it is one by last update, download it by order date: the days before " +
           day + " are not whole",
       "所有订单的最后更新均不早于 " + day +
           "，而部分订单早几天下单：按“下单日期”导出的报告处理，全部计入。若实为按“最后更新”导出，"
           "请改按下单日期重新下载：" +
           day + " 之前的日期不完整"});
}

void SalesCount::drop_before_update(const FirstUpdate& update) {
  const auto from = whole_from(update);
  if (from.empty()) return;
  if (!few_before(from.begin()->second)) {
    note_doubt(from.begin()->second);
    return;
  }
  for (const auto& [id, day] : from) {
    Span& span = spans_.find(id)->second;
    span.first_day = day;
    if (update.instant) span.first_instant = *update.instant;
  }
  auto& facts = context_->facts;
  int64_t units = 0;
  std::erase_if(facts.sales, [&](const account::SalesDay& day) {
    const auto whole = from.find(facts.listings[day.listing].marketplace);
    const bool before = whole != from.end() && day.day < static_cast<int32_t>(day_number(whole->second));
    if (before) {
      units += day.units;
      if (const auto span = spans_.find(whole->first); span != spans_.end()) span->second.units -= day.units;
    }
    return before;
  });
  const std::string n = std::to_string(units), day = iso(from.begin()->second);
  context_->notes.push_back(
      {"orders by last update: whole from " + day + " on; " + n +
           " units ordered before that are left to the report of their days",
       "按最后更新日期导出的订单：自 " + day + " 起完整；此前下单的 " + n + " 件以原日期的报告为准"});
}

void SalesCount::finish(const FirstUpdate& first_update) {
  drop_before_update(first_update);
  auto& facts = context_->facts;
  std::sort(facts.sales.begin(), facts.sales.end(), [](const account::SalesDay& a, const account::SalesDay& b) {
    return a.listing != b.listing ? a.listing < b.listing : a.day < b.day;
  });
  facts.orders_of_day = orders_.take();
  const Span all = whole_span();
  const auto &first = all.first_instant, &last = all.last_instant;
  for (const auto& [id, span] : spans_) {
    account::Coverage coverage{id, all.first_day, all.last_day, first, last, span.rows, 0, span.units};
    if (first && last) {
      if (const auto clock = clocks_.find(id); clock != clocks_.end()) {
        coverage.first_day = clock->second.day_of(*first);
        coverage.last_day = clock->second.day_of(*last);
      }
      // Days between the first order and the first update of any may be told in part alone.
      constexpr int64_t kApart = 2;  // days
      if (first_update.instant && *first_update.instant < *last &&
          *first_update.instant / kSecondsADay >= day_number(coverage.first_day) + kApart)
        coverage.first_instant = first_update.instant;
    }
    for (const account::ListingInfo& listing : facts.listings)
      if (listing.marketplace == id) ++coverage.skus;
    facts.coverage.push_back(std::move(coverage));
  }
}

}  // namespace destock::ingest

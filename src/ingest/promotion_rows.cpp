#include "ingest/promotion_rows.h"

#include <algorithm>
#include <set>

namespace destock::ingest {

std::optional<int64_t> PromotionRows::instant_of(Row& row, size_t column) const {
  if (const auto instant = parse_instant(row.text(column))) return instant;
  const auto day = parse_report_date(row.text(column), row.conventions().dates);
  if (day) return day_number(*day) * kSecondsADay;
  row.refuse(column, {"not a time", "不是时间"}, {"download the report again", "请重新下载报告"});
  return std::nullopt;
}

std::optional<Date> PromotionRows::day_in(const account::MarketplaceEntry& marketplace, int64_t instant) {
  auto found = clocks_.find(marketplace.id);
  if (found == clocks_.end()) {
    auto clock = ZoneClock::of(marketplace.time_zone);
    if (!clock) return std::nullopt;
    found = clocks_.emplace(marketplace.id, *clock).first;
  }
  return found->second.day_of(instant);
}

std::optional<PromotionRows::Begun> PromotionRows::begin(Row& row, const HeadColumns& columns) {
  const bool said = !is_missing(row.text(columns.marketplace));
  const auto* marketplace = context_.marketplace_of(row, static_cast<int>(said ? columns.marketplace : columns.asked));
  if (!marketplace) return std::nullopt;
  Begun begun{{}, Currency::parse(row.text(columns.currency)).value_or(marketplace->currency)};
  begun.promotion.marketplace = marketplace->id;
  begun.promotion.id = id_in(row, columns.id);
  if (row.refused() || !take_days(row, columns.starts, columns.ends, *marketplace, begun.promotion))
    return std::nullopt;
  return begun;
}

bool PromotionRows::take_days(Row& row, size_t starts, size_t ends, const account::MarketplaceEntry& marketplace,
                              account::PromotionRow& promotion) {
  const auto from = instant_of(row, starts), to = instant_of(row, ends);
  if (!from || !to) return false;
  const auto first = day_in(marketplace, *from), last = day_in(marketplace, *to);
  if (!first || !last) {
    row.refuse_row(
        {"the time zone " + marketplace.time_zone + " is not installed", "系统缺少时区 " + marketplace.time_zone},
        {"install the tzdata package", "请安装 tzdata 软件包"});
    return false;
  }
  if (*to < *from) {
    row.refuse(ends, {"it ends before it begins", "结束早于开始"}, {"download the report again", "请重新下载报告"});
    return false;
  }
  promotion.starts_at = *from;
  promotion.ends_at = *to;
  promotion.first_day = *first;
  promotion.last_day = *last;
  return true;
}

void PromotionRows::add(account::PromotionRow promotion) {
  auto& rows = context_.facts.promotions;
  const auto [at, fresh] = at_.try_emplace({promotion.marketplace, promotion.id}, rows.size());
  if (fresh) {
    rows.push_back(std::move(promotion));
    return;
  }
  account::PromotionRow& held = rows[at->second];
  if (promotion.updated_at > held.updated_at) {
    held = std::move(promotion);
    return;
  }
  if (promotion.updated_at != held.updated_at) return;
  for (account::PromotionAsin& product : promotion.asins) {
    const bool known = std::any_of(held.asins.begin(), held.asins.end(),
                                   [&](const account::PromotionAsin& other) { return other.asin == product.asin; });
    if (!known) held.asins.push_back(std::move(product));
  }
}

void PromotionRows::finish() {
  std::map<std::string, account::Coverage> spans;
  std::map<std::string, std::set<std::string_view>> asins;
  for (const account::PromotionRow& row : context_.facts.promotions) {
    const Date first = std::min(row.first_day, context_.conventions.today);
    const Date last = std::min(row.last_day, context_.conventions.today);
    account::Coverage& span =
        spans.try_emplace(row.marketplace, account::Coverage{row.marketplace, first, last, {}, {}, 0, 0, 0})
            .first->second;
    span.first_day = std::min(span.first_day, first);
    span.last_day = std::max(span.last_day, last);
    ++span.rows;
    span.units += row.units.value_or(0);
    for (const account::PromotionAsin& product : row.asins) asins[row.marketplace].insert(product.asin);
  }
  for (auto& [marketplace, span] : spans) {
    span.skus = static_cast<int64_t>(asins[marketplace].size());
    context_.facts.coverage.push_back(std::move(span));
  }
}

std::optional<int64_t> update_in(Row& row, size_t column) {
  if (const auto instant = parse_instant(row.text(column))) return instant;
  const auto day = row.day(column);
  return day ? std::optional(day_number(*day) * kSecondsADay) : std::nullopt;
}

}  // namespace destock::ingest

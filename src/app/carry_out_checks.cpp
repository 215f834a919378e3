#include "app/carry_out_checks.h"

#include <fmt/format.h>
#include <map>

namespace destock::app {
namespace {

using desk::State;
using market::CarriedBy;

std::optional<Text> drift(const TodoItem& item, std::optional<Date> newest, const market::CarryOutRule& rule) {
  const account::ActionRecord& action = item.action;
  const desk::Life& life = item.life;
  if (!action.in_plan)
    return Text{"the newest plan does not ask for it any more: approve what it asks for, or say done by hand",
                "最新方案不再要求此项：请批准新任务，或手动标记已执行"};
  if (!item.priced_on || (newest && *item.priced_on < *newest))
    return Text{"the newest report does not know the SKU any more", "最新报表中已无该 SKU"};
  // A price that is there already needs no file; a promotion would come on top of it.
  const bool there =
      item.how.by == CarriedBy::kPriceFile && action.price && item.price_now && *item.price_now == *action.price;
  if (life.approved_price && item.price_now && *life.approved_price != *item.price_now && !there)
    return Text{fmt::format("the price was {} when it was approved and is {} now: approve it anew",
                            life.approved_price->str(), item.price_now->str()),
                fmt::format("批准时售价为 {}，现为 {}：请重新批准", life.approved_price->str(), item.price_now->str())};
  if (!item.units_now) return std::nullopt;
  const auto units = static_cast<double>(*item.units_now);
  if (action.units_out > units)
    return Text{fmt::format("{:.0f} units are to leave and {:.0f} are on hand", action.units_out, units),
                fmt::format("拟处置 {:.0f} 件，现有 {:.0f} 件", action.units_out, units)};
  if (life.approved_units && *life.approved_units > 0 && units <= *life.approved_units * rule.least_stock_left)
    return Text{fmt::format("{:.0f} units were on hand when it was approved and {:.0f} are now: approve it anew",
                            *life.approved_units, units),
                fmt::format("批准时库存 {:.0f} 件，现为 {:.0f} 件：请重新批准", *life.approved_units, units)};
  return std::nullopt;
}

std::optional<Text> bounds(const TodoItem& item, const market::CarryOutRule& rule) {
  const auto& price = item.action.price;
  if (!price) return std::nullopt;
  if (price->units() <= 0) return Text{"the price is not above zero", "价格须大于零"};
  if (item.floor && item.floor->currency() == price->currency() && *price < *item.floor)
    return Text{fmt::format("{} is below the SKU's lowest price, {}: plan again", price->str(), item.floor->str()),
                fmt::format("{} 低于该 SKU 的最低售价 {}：请重新生成方案", price->str(), item.floor->str())};
  if (item.how.by == CarriedBy::kBusinessPriceFile && item.price_now && *price > *item.price_now)
    return Text{fmt::format("the business price {} is above today's {}: Amazon switches it off", price->str(),
                            item.price_now->str()),
                fmt::format("企业价 {} 高于现价 {}：亚马逊会停用", price->str(), item.price_now->str())};
  if (item.price_now && price->to_double() < item.price_now->to_double() * (1 - rule.most_off_today))
    return Text{fmt::format("{} is more than {:.0f}% below today's {}: change it by hand if it is meant", price->str(),
                            rule.most_off_today * 100, item.price_now->str()),
                fmt::format("{} 比现价 {} 低 {:.0f}% 以上：如确需此价请手动修改", price->str(), item.price_now->str(),
                            rule.most_off_today * 100)};
  return std::nullopt;
}

bool is_promotion(const TodoItem& item) {
  return item.how.by != CarriedBy::kPriceFile && item.how.by != CarriedBy::kBusinessPriceFile &&
         item.how.by != CarriedBy::kRemovalFile;
}

// Promotions by product: of the same SKU, or of another of the same ASIN.
using ByProduct = std::multimap<std::pair<std::string, std::string>, const TodoItem*>;

ByProduct promotions_of(std::span<const TodoItem> items) {
  ByProduct promotions;
  for (const TodoItem& item : items) {
    if (!is_promotion(item)) continue;
    promotions.emplace(std::pair(item.action.marketplace, item.action.sku), &item);
    if (!item.asin.empty()) promotions.emplace(std::pair(item.action.marketplace, item.asin), &item);
  }
  return promotions;
}

// Another promotion of the same product in the same days: Amazon suppresses the newer coupon, or the discounts add up.
std::optional<Text> stacked(const TodoItem& item, const ByProduct& promotions) {
  if (!is_promotion(item)) return std::nullopt;
  const account::ActionRecord& a = item.action;
  for (const std::string& product : {a.sku, item.asin}) {
    const auto [from, to] = promotions.equal_range({a.marketplace, product});
    for (auto one = from; one != to; ++one) {
      const TodoItem& other = *one->second;
      const account::ActionRecord& b = other.action;
      if (a.id == b.id || a.start > b.end || b.start > a.end) continue;
      const bool runs = other.life.written || other.life.done || other.life.state == State::kLive;
      // Of two that are both still to be written, the later one waits.
      if (!runs && !(other.life.state == State::kApproved && b.id < a.id)) continue;
      return Text{fmt::format("{} runs on it in the same days: {}", other.channel_name.en, b.id),
                  fmt::format("同期已有{}：{}", other.channel_name.zh, b.id)};
    }
  }
  return std::nullopt;
}

std::optional<Text> why_held(const TodoItem& item, const ByProduct& promotions, const CheckedBy& by) {
  const Date today = by.today;
  const bool has_address = by.has_address;
  const auto at = by.newest->find(item.action.marketplace);
  const auto newest = at == by.newest->end() ? std::nullopt : std::optional<Date>(at->second);
  if (item.how.irreversible && !item.life.confirmed)
    return Text{"it cannot be undone at Amazon and asks for a second yes: destock confirm",
                "亚马逊端不可撤销，需二次确认：destock confirm"};
  if (item.how.by == CarriedBy::kRemovalFile && (!newest || days_between(*newest, today) > by.rule->old_stock_days))
    return Text{"the stock is as of " + (newest ? iso(*newest) : std::string("no report")) +
                    ": import a newer one before units leave",
                "库存数据为 " + (newest ? iso(*newest) : std::string("无报表")) + "：处置前请先导入更新的报表"};
  if (const auto why = drift(item, newest, *by.rule)) return why;
  if (const auto why = bounds(item, *by.rule)) return why;
  const bool dated = item.how.by == CarriedBy::kClicks || item.how.by == CarriedBy::kCouponSheet ||
                     item.how.by == CarriedBy::kDiscountSheet;
  if (dated && item.by < today && item.how.days_before > 0 && item.action.end < today)
    return Text{"its days are over", "已过期"};
  if (dated && item.action.start < today && item.how.days_before > 0)
    return Text{"it had to be handed in by " + iso(item.by) + ": plan again, or put it off",
                "最晚提交日 " + iso(item.by) + " 已过：请重新生成方案或推迟"};
  if (const auto why = stacked(item, promotions)) return why;
  if (item.how.by == CarriedBy::kRemovalFile && !item.how.irreversible && !has_address)
    return Text{
        "units come back and no address is set: destock settings set removal.name=… removal.line1=… "
        "removal.city=… removal.country=… removal.postal_code=… removal.phone=…",
        "退回需要收货地址：destock settings set removal.name=… removal.line1=… removal.city=… "
        "removal.country=… removal.postal_code=… removal.phone=…"};
  return std::nullopt;
}

}  // namespace

std::vector<std::optional<Text>> held_back(std::span<const TodoItem> items, std::span<const TodoItem> others,
                                           const CheckedBy& by) {
  std::vector<std::optional<Text>> reasons;
  reasons.reserve(items.size());
  const ByProduct promotions = promotions_of(others);
  for (const TodoItem& item : items) reasons.push_back(why_held(item, promotions, by));
  return reasons;
}

}  // namespace destock::app

#include "market/read_channel.h"

#include <algorithm>

namespace destock::market {
namespace {

ChannelKind read_kind(const FactTable& root) {
  const std::string kind = root.text("kind");
  if (kind == "deal") return ChannelKind::kDeal;
  if (kind == "discount") return ChannelKind::kDiscount;
  if (kind == "price") return ChannelKind::kPrice;
  if (kind == "marketplace") return ChannelKind::kMarketplace;
  if (kind == "offsite") return ChannelKind::kOffsite;
  if (kind == "exit") return ChannelKind::kExit;
  root.wrong("kind", {"must be deal, discount, price, marketplace, offsite or exit",
                      "须为 deal、discount、price、marketplace、offsite 或 exit"});
}

Condition read_condition(const FactTable& row) {
  const std::string check = row.text("check");
  Condition condition{Check::kAsk, row.number_if("at_least").value_or(0), {}, row.text("source")};
  if (check == "units_in_fba")
    condition.check = Check::kUnitsInFba;
  else if (check == "days_in_fba")
    condition.check = Check::kDaysInFba;
  else if (check == "price_known")
    condition.check = Check::kPriceKnown;
  else if (check != "ask")
    row.wrong("check", {"is no check that the program knows", "程序没有该检查"});
  condition.ask = row.both_languages("say");
  return condition;
}

ChannelFee read_fee(const FactTable& row) {
  const auto currency = Currency::parse(row.text("currency"));
  if (!currency) row.wrong("currency", {"must be a currency of three letters", "须为三个字母的币种"});
  ChannelFee fee{{},
                 row.text("marketplace"),
                 row.text_or("event", ""),
                 *currency,
                 row.money_if("fixed", *currency),
                 row.money_if("per_day", *currency),
                 row.money_if("per_redemption", *currency),
                 row.share_or("share_of_sales", 0),
                 row.money_if("share_cap", *currency)};
  row.read_source(fee);
  return fee;
}

CarryOut read_carry_out(const FactTable& root) {
  CarryOut carry_out;
  const std::string by = root.text("carried_by");
  const auto* found = std::find(std::begin(kCarriedByIds), std::end(kCarriedByIds), by);
  if (found == std::end(kCarriedByIds))
    root.wrong(
        "carried_by",
        {"must be price_file, business_price_file, coupon_sheet, discount_sheet, removal_file, clicks or message",
         "须为 price_file、business_price_file、coupon_sheet、discount_sheet、removal_file、clicks 或 message"});
  carry_out.by = static_cast<CarriedBy>(found - std::begin(kCarriedByIds));
  carry_out.screen = root.both_languages("screen");
  carry_out.irreversible = root.flag_or("irreversible", false);
  carry_out.days_before = static_cast<int>(root.whole_if("days_before").value_or(0));
  if (const auto days = root.whole_if("seen_within_days")) carry_out.seen_within_days = static_cast<int>(*days);
  if (carry_out.by == CarriedBy::kRemovalFile) {
    carry_out.most_rows = static_cast<int>(root.whole("file_rows"));
    if (carry_out.most_rows < 1) root.tell("file_rows", {"must be at least 1", "须不小于 1"});
  }
  if (carry_out.by == CarriedBy::kCouponSheet) {
    const FactTable sheet = root.table("sheet");
    SheetRule rule{static_cast<int>(sheet.whole("least_products")), static_cast<int>(sheet.whole("most_products")),
                   static_cast<int>(sheet.whole("most_days")), sheet.number("least_budget"), sheet.text("source")};
    if (rule.least_products < 1 || rule.most_products < rule.least_products)
      sheet.tell("most_products", {"is below least_products", "小于 least_products"});
    if (rule.most_days < 1) sheet.tell("most_days", {"must be at least 1", "须不小于 1"});
    carry_out.sheet = rule;
  }
  return carry_out;
}

std::optional<int> small_whole(const FactTable& root, std::string_view key) {
  const auto value = root.whole_if(key);
  if (!value) return std::nullopt;
  return static_cast<int>(*value);
}

}  // namespace

Channel read_channel(const FactTable& root) {
  Channel channel;
  channel.id = root.text("id");
  channel.name = root.both_languages("name");
  channel.kind = read_kind(root);
  channel.marketplaces = root.texts_or_empty("marketplaces");
  const auto share_if = [&](std::string_view key) {
    return root.has(key) ? std::optional(root.share(key)) : std::nullopt;
  };
  channel.min_discount = share_if("min_discount");
  channel.max_discount = share_if("max_discount");
  channel.days = small_whole(root, "days");
  channel.cooldown_days = small_whole(root, "cooldown_days");
  channel.uplift_low = root.number_if("uplift_low");
  channel.uplift_high = root.number_if("uplift_high");
  channel.live_hours = root.number_if("live_hours");
  channel.plan_days = small_whole(root, "plan_days");
  channel.recovery_low = share_if("recovery_low");
  channel.recovery_high = share_if("recovery_high");
  channel.delay_days = small_whole(root, "delay_days");
  channel.storage_days = small_whole(root, "storage_days");
  channel.how = root.both_languages("how");
  channel.carry_out = read_carry_out(root);
  channel.needs_offer = root.flag_or("needs_offer", false);
  channel.offered_by = root.texts_or_empty("offered_by");
  channel.source = root.text("source");
  if (const auto median = root.number_if("placement")) {
    channel.placement = Channel::Placement{*median, root.number("placement_low"), root.number("placement_high"),
                                           root.text("placement_source")};
    if (!(0 < channel.placement->low && channel.placement->low <= *median && *median <= channel.placement->high))
      root.wrong("placement", {"must lie between placement_low and placement_high, above zero",
                               "须大于 0，且介于 placement_low 与 placement_high 之间"});
  }
  for (const FactTable& row : root.tables("condition")) channel.conditions.push_back(read_condition(row));
  for (const FactTable& row : root.tables("fee")) channel.fees.push_back(read_fee(row));
  if (root.has("playbook_differs")) channel.playbook_differs = root.both_languages("playbook_differs");
  channel.returns_only = root.text_or("applies_to", "stock") == "returns";
  if (const auto uplift = root.number_if("uplift")) {
    channel.uplift = *uplift;
    channel.uplift_known = true;
    channel.uplift_source = root.text("uplift_source");
  }
  if (channel.uplift_low && channel.uplift_high && *channel.uplift_high < *channel.uplift_low)
    root.tell("uplift_high", {"is below uplift_low", "小于 uplift_low"});
  if (channel.min_discount && channel.max_discount && *channel.max_discount < *channel.min_discount)
    root.tell("max_discount", {"is below min_discount", "小于 min_discount"});
  return channel;
}

}  // namespace destock::market

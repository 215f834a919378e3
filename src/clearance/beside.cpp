#include "clearance/beside.h"

#include <fmt/format.h>

#include "clearance/eligibility.h"
#include "economics/price_ending.h"

namespace destock::clearance {

bool runs_beside(std::string_view channel) {
  return channel == "remote" || channel == "efn" || channel == "mcf" || channel == "business";
}

std::vector<account::PlanAction> beside(const SkuCase& sku, const market::Facts& facts) {
  std::vector<account::PlanAction> actions;
  const auto propose = [&](std::string_view id, Money price, Text reason) {
    const market::Channel* channel = facts.channel(id);
    if (!channel) return;
    Eligibility may = eligibility(sku, *channel);
    if (may.plainly_not) return;
    account::PlanAction action{0,
                               sku.first_day,
                               sku.first_day + Days(sku.horizon_days - 1),
                               channel->id,
                               price,
                               {},
                               {},
                               {},
                               0,
                               std::move(reason),
                               std::move(may.checks)};
    if (price != *sku.price) action.discount = 1 - price.to_double() / sku.price->to_double();
    actions.push_back(std::move(action));
  };
  const Text elsewhere{"sells the same stock in more places; no public figure says how much",
                       "同一库存在更多站点销售；无公开数据可估计销量"};
  propose("remote", *sku.price, elsewhere);
  propose("efn", *sku.price, elsewhere);
  propose("mcf", *sku.price,
          {"ships an outside shop's orders from the same stock; its fee card is not known",
           "用同一库存为站外店铺发货；费用表未知"});
  const auto& rule = facts.playbook.discounts;
  propose("business", economics::discounted(*sku.price, rule.business, sku.ending),
          {fmt::format("quantity price from {} units at {:.0f}% off, for industrial and office goods; no public figure "
                       "says how much it sells",
                       rule.business_min_units, rule.business * 100),
           fmt::format("满 {} 件享 {:.0f}% 折扣，适合工业与办公用品；无公开数据可估计销量", rule.business_min_units,
                       rule.business * 100)});
  return actions;
}

}  // namespace destock::clearance

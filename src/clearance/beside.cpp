#include "clearance/beside.h"

#include <fmt/format.h>

#include "clearance/eligibility.h"

namespace destock::clearance {
namespace {

constexpr std::string_view kBeside[] = {"remote", "efn", "mcf", "business"};

}  // namespace

std::span<const std::string_view> beside_channels() {
  return kBeside;
}

std::vector<std::string> worth_a_try(const SkuCase& sku, const market::Facts& facts) {
  std::vector<std::string> channels;
  if (!sku.price || sku.on_hand < 1) return channels;
  for (std::string_view id : kBeside) {
    const market::Channel* channel = facts.channel(id);
    if (channel && !channel->placement && !eligibility(sku, *channel).plainly_not) channels.emplace_back(id);
  }
  return channels;
}

Text about_trying(const market::Channel& channel, const market::Facts& facts) {
  const auto& rule = facts.playbook.discounts;
  if (channel.id == "business")
    return {fmt::format("quantity price from {} units at {:.0f}% off, for industrial and office goods; no public "
                        "figure says how much it sells",
                        rule.business_min_units, rule.business * 100),
            fmt::format("满 {} 件享 {:.0f}% 折扣，适合工业与办公用品；无公开数据可估计销量", rule.business_min_units,
                        rule.business * 100)};
  if (channel.id == "mcf")
    return {"ships an outside shop's orders from the same stock; its fee card is not known",
            "用同一库存为站外店铺发货；费用表未提供"};
  return {"sells the same stock in more places; no public figure says how much",
          "同一库存在更多站点销售；无公开数据可估计销量"};
}

}  // namespace destock::clearance

#include "clearance/policy.h"

#include <fmt/format.h>
#include <algorithm>

#include "clearance/playbook.h"
#include "clearance/stock_run.h"

namespace destock::clearance {
namespace {

Text channel_name(const market::Facts& facts, const std::string& id) {
  if (const market::Channel* channel = facts.channel(id)) return channel->name;
  return {id, id};
}

std::string amount(double value, Currency currency) {
  return Money::from_double(value, currency).str();
}

void play_liquidate(const SkuCase& sku, StockRun& run, std::vector<account::PlanAction>& actions) {
  const double units = std::min(sku.excess(run.units()), run.on_hand());
  if (sku.exits.empty() || units < 1 || run.over()) return;
  const Date today = sku.first_day + Days(run.day());
  account::PlanAction action{run.day() / 7,
                             today,
                             today,
                             sku.exits.front().channel,
                             {},
                             {},
                             {},
                             {},
                             units,
                             {"all excess leaves in bulk at once", "冗余库存一次性批量清货"},
                             {}};
  action.expected_cash = Money::from_double(run.leave(units, sku.exits.front()), sku.currency);
  actions.push_back(std::move(action));
}

Text playbook_why(const SkuCase& sku, const Played& played, double hold, const market::Facts& facts) {
  std::string channels_en;
  std::string channels_zh;
  std::string last;
  for (const account::PlanAction& action : played.actions) {
    if (action.channel == last) continue;
    last = action.channel;
    const Text name = channel_name(facts, action.channel);
    add_to_list(channels_en, name.en, ", then ");
    add_to_list(channels_zh, name.zh, "、");
  }
  const double excess = sku.excess(sku.on_hand + sku.inbound);
  const double kept = facts.playbook.stock_to_sales.healthy_to;  // months
  const Text state =
      sku.need.dead
          ? Text{fmt::format("{:.0f} units without a sale in the month", sku.on_hand + sku.inbound),
                 fmt::format("{:.0f} 件库存近 30 天无销售", sku.on_hand + sku.inbound)}
          : Text{fmt::format("stock is {:.1f} months of sales, {:.0f} units more than {:g} months", sku.need.ratio,
                             excess, kept),
                 fmt::format("库存相当于 {:.1f} 个月销量，超出 {:g} 个月 {:.0f} 件", sku.need.ratio, kept, excess)};
  if (channels_en.empty()) return {state.en + "; it sells down by itself", state.zh + "；可自然售出"};
  const double gain = Money::from_double(played.net_recovery - hold, sku.currency).rounded().to_double();
  Text against{"as much as holding", "与不动相当"};
  if (gain > 0)
    against = {amount(gain, sku.currency) + " more than holding", "比不动多回款 " + amount(gain, sku.currency)};
  else if (gain < 0)
    against = {"holding would return " + amount(-gain, sku.currency) + " more",
               "不动反而多回款 " + amount(-gain, sku.currency)};
  return {state.en + ": " + channels_en + "; " + against.en, state.zh + "：" + channels_zh + "；" + against.zh};
}

}  // namespace

std::string_view policy_id(Policy policy) {
  switch (policy) {
    case Policy::kOptimal: return "optimal";
    case Policy::kHold: return "hold";
    case Policy::kPlaybook: return "playbook";
    case Policy::kLiquidate: return "liquidate";
  }
  return "";
}

std::optional<Policy> policy_of(std::string_view id) {
  for (Policy policy : {Policy::kOptimal, Policy::kHold, Policy::kPlaybook, Policy::kLiquidate})
    if (policy_id(policy) == id) return policy;
  return std::nullopt;
}

Text policy_name(std::string_view id) {
  const auto policy = policy_of(id);
  if (!policy) return {std::string(id), std::string(id)};
  switch (*policy) {
    case Policy::kOptimal: return {"optimal", "最优方案"};
    case Policy::kHold: return {"hold", "不做动作"};
    case Policy::kPlaybook: return {"playbook", "清仓规则"};
    case Policy::kLiquidate: return {"liquidate", "立即批量清货"};
  }
  return {};
}

Played play(const SkuCase& sku, Policy policy, const market::Facts& facts, int wait_days) {
  StockRun run(sku);
  Played played;
  const DayTerms regular{sku.price ? sku.price->to_double() : 0, 1};
  if (wait_days > 0) run.sell(wait_days, regular);
  if (policy == Policy::kPlaybook) play_playbook(sku, facts, run, played.actions);
  if (policy == Policy::kLiquidate) play_liquidate(sku, run, played.actions);
  run.sell(sku.horizon_days, regular);
  played.net_recovery = run.net_recovery();
  played.weeks = run.weeks();
  return played;
}

account::PlanLine playbook_line(const SkuCase& sku, const account::Listing& listing, const market::Facts& facts) {
  Played played = play(sku, Policy::kPlaybook, facts);
  const double hold = play(sku, Policy::kHold, facts).net_recovery;
  const double liquidate = play(sku, Policy::kLiquidate, facts).net_recovery;
  const auto money = [&](double value) { return Money::from_double(value, sku.currency); };
  account::PlanLine line{listing.marketplace,
                         listing.sku,
                         listing.title,
                         listing.owner,
                         listing.tag,
                         sku.need.band,
                         sku.on_hand + sku.inbound,
                         money(played.net_recovery),
                         {},
                         money(hold),
                         money(played.net_recovery),
                         {},
                         playbook_why(sku, played, hold, facts),
                         std::move(played.actions),
                         std::move(played.weeks),
                         {},
                         sku.assumptions};
  const std::string& source = facts.playbook.price_response.source;
  line.assumptions.push_back({"price response: " + source, "价格弹性：规则默认值（" + source + "）"});
  const Policy other = money(liquidate) > money(hold) ? Policy::kLiquidate : Policy::kHold;
  line.next_best = account::NextBest{std::string(policy_id(other)), money(std::max(hold, liquidate))};
  for (int weeks : facts.playbook.plan.delay_weeks)
    if (weeks * 7 < sku.horizon_days)
      line.cost_of_delay.emplace(
          weeks, money(played.net_recovery - play(sku, Policy::kPlaybook, facts, weeks * 7).net_recovery));
  return line;
}

}  // namespace destock::clearance

#include "app/line_opened.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <set>

#include "app/json_parts.h"

namespace destock::app {
namespace {

constexpr double kNothing = 1;  // of money: less is not worth a sentence

size_t nearest_level(const clearance::Decision& d, double price) {
  const auto found = std::min_element(d.ladder.begin(), d.ladder.end(),
                                      [&](double a, double b) { return std::abs(a - price) < std::abs(b - price); });
  return static_cast<size_t>(found - d.ladder.begin());
}

double value_of(const clearance::Decision& d, clearance::Planner& planner) {
  clearance::PlannerOptions options;
  options.path = false;
  return planner.solve(d, options).value;
}

}  // namespace

LineOpened::LineOpened(const AccountState& state, const demand::AccountForecast& forecast, size_t listing,
                       const account::PlanRecord& plan, const Context& context)
    : facts_(context.facts), currency_(state.account.listings[listing].currency) {
  const auto sku = clearance::sku_case(state.account, need_of(state.health.diagnoses[listing]), context.facts,
                                       plan.horizon_weeks, plan.first_day);
  clearance::PlanWishes as_the_plan;
  as_the_plan.minutes = minutes_of(state, currency_, context.facts.playbook.plan);
  problem_ = clearance::sku_decision(sku, clearance::outlook_of(state.account, forecast, sku, context.facts),
                                     context.facts, as_the_plan);
}

std::optional<size_t> LineOpened::programme_of(const std::string& channel) const {
  const auto& all = problem_.decision.programmes;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.channel == channel; });
  if (found == all.end()) return std::nullopt;
  return static_cast<size_t>(found - all.begin());
}

std::optional<StepFactors> LineOpened::factors(const account::PlanAction& action) const {
  const clearance::Decision& d = problem_.decision;
  if (action.units_out > 0 || !action.price || !action.expected_units) return std::nullopt;
  const bool alone = action.channel == "markdown" || action.channel == "sell";
  const auto programme = programme_of(action.channel);
  if (!alone && !programme) return std::nullopt;
  StepFactors of;
  const auto weeks = static_cast<int>((days_between(action.start, action.end) + kWeekDays) / kWeekDays);
  for (int w = 0; w < weeks; ++w) of.base += d.base_in(action.week + w);
  const size_t level = nearest_level(d, action.price->to_double());
  of.price = clearance::effect_of(d, -1, level).mean;
  if (programme) {
    const double both = clearance::effect_of(d, static_cast<int>(*programme), level).mean;
    of.placement = of.price > 0 ? both / of.price : 1;
    if (const market::Channel* channel = facts_.channel(action.channel); channel && channel->placement) {
      const std::string& source = channel->placement->source;
      of.guess = source.find("not sourced") != std::string::npos;
      of.placement_says =
          of.guess ? Text{"the house's guess, from no source", "本系统估计，无公开来源"} : Text{source, source};
    }
  }
  const double product = of.base * of.price * of.placement;
  of.rest = product > 0 ? *action.expected_units / product : 1;
  return of;
}

// Its worth without a fee and without somebody's minutes says which it is: too dear, or not wanted even for nothing.
Text LineOpened::why_not(size_t programme, double value, clearance::Planner& planner) const {
  clearance::Decision free = problem_.decision;
  clearance::Programme& of = free.programmes[programme];
  const double fixed = of.fixed_fee;
  const double share = of.share_fee;
  const auto amount = [&](double money) { return Money::from_double(money, currency_).rounded().str(); };
  const double minutes = of.change_cost;
  of.fixed_fee = of.share_fee = of.change_cost = 0;
  for (clearance::Slot& slot : of.slots) slot.fixed_fee = 0;
  const double adds = value_of(free, planner) - value;
  const std::string deep = fmt::format("{:.0f}", of.min_discount * 100);
  if (adds < kNothing)
    return {"even without a fee it would add nothing: at " + deep +
                "% off or more it gives away more than it sells beyond the plan",
            "即使免活动费也不增加回款：至少降价 " + deep + "%，让利大于增销"};
  std::string en, zh;
  if (fixed > 0) en = zh = amount(fixed);
  if (share > 0) {
    add_to_list(en, fmt::format("{:.1f}% of its sales", share * 100), " and ");
    add_to_list(zh, fmt::format("活动销售额的 {:.1f}%", share * 100), " 加");
  }
  if (en.empty() && minutes > 0)
    return {"the minutes of setting it up, " + amount(minutes) + ", cost more than the " + amount(adds) +
                " that it would add",
            "设置所需人工（" + amount(minutes) + "）高于预计多收的 " + amount(adds)};
  if (en.empty()) return {"it may not run in the weeks in which it would pay", "在划算的那几周不可参加"};
  return {"its fee, " + en + ", is above the " + amount(adds) + " that it would add",
          "活动费（" + zh + "）高于预计多收的 " + amount(adds)};
}

std::vector<NotChosen> LineOpened::not_chosen(const account::PlanLine& line, clearance::Planner& planner) const {
  std::set<std::string> used;
  for (const account::PlanAction& action : line.actions) used.insert(action.channel);
  std::vector<NotChosen> list;
  std::optional<double> value;
  for (size_t i = 0; i < problem_.decision.programmes.size(); ++i) {
    const std::string& id = problem_.decision.programmes[i].channel;
    const market::Channel* channel = facts_.channel(id);
    if (!channel || !used.insert(id).second) continue;
    if (!value) value = value_of(problem_.decision, planner);
    list.push_back({id, channel->name, why_not(i, *value, planner)});
  }
  for (const Text& why : problem_.left_out) list.push_back({"", {}, why});
  return list;
}

void add_factors(const LineOpened& opened, const account::PlanLine& line, Lang lang, Json& json) {
  for (size_t i = 0; i < line.actions.size(); ++i) {
    const auto of = opened.factors(line.actions[i]);
    json["actions"][i]["factors"] = of ? Json{{"base", rounded(of->base, 10)},
                                              {"price", rounded(of->price, 100)},
                                              {"placement", rounded(of->placement, 100)},
                                              {"rest", rounded(of->rest, 100)},
                                              {"placement_says", of->placement_says.in(lang)},
                                              {"guess", of->guess}}
                                       : Json(nullptr);
  }
}

Json not_chosen_json(const std::vector<NotChosen>& channels, Lang lang) {
  Json list = Json::array();
  for (const NotChosen& one : channels)
    list.push_back({{"channel", words(one.channel)}, {"name", words(one.name.in(lang))}, {"why", one.why.in(lang)}});
  return list;
}

}  // namespace destock::app

#include "app/owner_page.h"

#include <fmt/format.h>
#include <algorithm>

#include "app/json_desk.h"
#include "base/week.h"

namespace destock::app {
namespace {

using deliver::Cell;
using deliver::Kind;
using deliver::Table;

constexpr size_t kActions = 10;
constexpr size_t kMissing = 6;

std::optional<Money> less(const std::optional<Money>& a, const std::optional<Money>& b) {
  return a && b ? std::optional<Money>(*a - *b) : std::nullopt;
}

Table by_date(const account::PlanRecord& plan, const PlanTotals& totals) {
  Table table{"by_date",
              {"Cash by then, storage taken off", "届时累计回款（已扣仓储费）"},
              {{"day", {"Until", "截至"}, Kind::kDay},
               {"plan", {"The plan", "本方案"}, Kind::kMoney},
               {"", {"", ""}, Kind::kText},
               {"held", {"Doing nothing", "不做动作"}, Kind::kMoney},
               {"more", {"More", "多回款"}, Kind::kMoney}},
              {}};
  for (const int weeks : {4, 8, 13, plan.horizon_weeks}) {
    if (weeks > plan.horizon_weeks) continue;
    const Date day = plan.first_day + Days(weeks * kWeekDays - 1);
    const auto with = totals.cash_by(plan.policy, plan.first_day, day);
    const auto without = totals.cash_by("hold", plan.first_day, day);
    if (!table.rows.empty() && std::get<Date>(table.rows.back()[0]) == day) continue;
    table.rows.push_back(
        {day, deliver::cell(with), std::string(), deliver::cell(without), deliver::cell(less(with, without))});
  }
  return table;
}

Table most_important(const Todo* list) {
  Table table{"actions",
              {"The ten actions that matter", "最重要的 10 项任务"},
              {{"action", {"Action", "任务编号"}, Kind::kText},
               {"sku", {"SKU", "SKU"}, Kind::kText},
               {"marketplace", {"Store", "站点"}, Kind::kText},
               {"channel", {"Do", "操作"}, Kind::kText},
               {"price", {"Price", "价格"}, Kind::kMoney},
               {"by", {"By", "最晚"}, Kind::kDay},
               {"gain", {"Gain", "比不动多回款"}, Kind::kMoney}},
              {}};
  if (!list) return table;
  for (const TodoItem& item : list->items) {
    if (table.rows.size() == kActions) break;
    const account::ActionRecord& action = item.action;
    table.rows.push_back(
        {action.id, action.sku, action.marketplace, item.channel_name,
         action.units_out > 0 ? Cell(fmt::format("{:.0f} ▼", action.units_out)) : deliver::cell(action.price), item.by,
         deliver::cell(action.gain)});
  }
  return table;
}

Table waiting(const AccountState& state, const account::PlanRecord& plan) {
  Table table{"waiting",
              {"What it costs to begin later", "晚做的损失"},
              {{"weeks", {"Weeks later", "晚几周"}, Kind::kUnits}, {"cost", {"Costs", "损失"}, Kind::kMoney}},
              {}};
  const Currency base = state.health.figures.base_currency;
  std::map<int, std::optional<Money>> sums;
  for (const account::PlanLine& line : plan.lines)
    for (const auto& [weeks, cost] : line.cost_of_delay) {
      auto& sum = sums.try_emplace(weeks, Money::zero(base)).first->second;
      const auto there = state.account.rates.convert(cost, base, state.account.as_of);
      sum = sum && there ? std::optional<Money>(*sum + there->rounded()) : std::nullopt;
    }
  for (const auto& [weeks, cost] : sums) table.rows.push_back({int64_t{weeks}, deliver::cell(cost)});
  return table;
}

std::vector<Text> carried_out(const Track* track) {
  if (!track) return {{"no plan was made yet", "尚无方案"}};
  std::vector<Text> texts = {track_sentence(track->totals)};
  std::vector<std::string> never;
  for (const Tracked& one : track->actions)
    if (one.item.life.state == desk::State::kNeverSeen) never.push_back(one.item.action.id + " " + one.item.action.sku);
  constexpr size_t kNamed = 5;
  if (never.empty()) return texts;
  const std::string count = std::to_string(never.size());
  const bool more = never.size() > kNamed;
  never.resize(std::min(never.size(), kNamed));
  const std::string named = fmt::format("{}{}", fmt::join(never, ", "), more ? ", …" : "");
  texts.push_back({count + " handed over and never seen live: " + named, count + " 项已提交但未见生效：" + named});
  return texts;
}

}  // namespace

deliver::OwnerPage owner_page(const AccountState& state, const account::PlanRecord& plan, const PlanTotals& totals,
                              const Todo* list, const Track* track, const std::vector<Text>& missing) {
  deliver::OwnerPage page;
  const auto held = totals.cash_by("hold", plan.first_day, totals.horizon_end);
  const auto with = totals.cash_by(plan.policy, plan.first_day, totals.horizon_end);
  if (const auto more = less(with, held)) {
    const std::string end = iso(totals.horizon_end);
    page.sentences.push_back({"By " + end + " the plan brings " + with->rounded().str() + ", " + more->rounded().str() +
                                  " more than doing nothing, from " + std::to_string(plan.lines.size()) + " SKUs.",
                              "至 " + end + "，方案回款 " + with->rounded().str() + "，比不动多 " +
                                  more->rounded().str() + "，涉及 " + std::to_string(plan.lines.size()) + " 个 SKU。"});
  }
  if (totals.net_recovery && totals.net_recovery_p10 && totals.net_recovery_p90)
    page.sentences.push_back(
        {"All in all, at present value: " + totals.net_recovery->rounded().str() + "; eight times in ten between " +
             totals.net_recovery_p10->rounded().str() + " and " + totals.net_recovery_p90->rounded().str() + ".",
         "折现后合计 " + totals.net_recovery->rounded().str() + "；80% 概率介于 " +
             totals.net_recovery_p10->rounded().str() + " 与 " + totals.net_recovery_p90->rounded().str() + "。"});
  page.by_date = by_date(plan, totals);
  page.actions = most_important(list);
  page.waiting = waiting(state, plan);
  page.not_done = carried_out(track);
  page.missing = missing;
  page.missing.resize(std::min(page.missing.size(), kMissing));
  if (page.missing.empty()) page.missing.push_back({"nothing that the program knows of", "无"});
  return page;
}

}  // namespace destock::app

#include "app/plan_figures.h"

#include <fmt/format.h>
#include <cmath>

#include "clearance/beside.h"
#include "clearance/policy.h"

namespace destock::app {
namespace {

void add_range(const PlanTotals& totals, std::vector<deliver::Figure>& figures) {
  using deliver::Kind;
  if (!totals.net_recovery_p10) return;
  figures.push_back({"net_recovery_p10",
                     {"  nine times in ten more than", "  90% 概率高于"},
                     deliver::cell(totals.net_recovery_p10),
                     Kind::kMoney});
  figures.push_back({"net_recovery_p90",
                     {"  nine times in ten less than", "  90% 概率低于"},
                     deliver::cell(totals.net_recovery_p90),
                     Kind::kMoney});
}

// How much of the gain the first actions bring, and how many SKUs need none.
void add_league(const PlanTotals& totals, std::vector<deliver::Figure>& figures) {
  using deliver::Kind;
  for (const PlanTotals::FirstActions& row : totals.league)
    figures.push_back({fmt::format("first_{}", row.actions),
                       {fmt::format("First {} of {} actions bring of the gain", row.actions, totals.all_actions),
                        fmt::format("前 {} 项动作占全部增益（共 {} 项）", row.actions, totals.all_actions)},
                       row.share,
                       Kind::kShare});
  if (totals.nothing_to_do > 0)
    figures.push_back(
        {"nothing_to_do", {"SKUs with nothing to do", "无需操作的 SKU"}, totals.nothing_to_do, Kind::kUnits});
}

}  // namespace

std::vector<deliver::Figure> plan_figures(const account::PlanRecord& plan, const PlanTotals& totals) {
  using deliver::Kind;
  const auto of = [&](const std::string& policy) -> const PlanTotals::ByPolicy* {
    const auto found = totals.policies.find(policy);
    return found == totals.policies.end() ? nullptr : &found->second;
  };
  const PlanTotals::ByPolicy* own = of(plan.policy);
  const PlanTotals::ByPolicy* held = of("hold");
  const std::string end = iso(totals.horizon_end);
  std::vector<deliver::Figure> figures = {
      {"plan_id", {"Plan", "方案编号"}, plan.id, Kind::kUnits},
      {"policy", {"Policy", "策略"}, clearance::policy_name(plan.policy), Kind::kText},
      {"first_day", {"First day", "开始日期"}, plan.first_day, Kind::kDay},
      {"lines", {"SKUs in it", "涉及 SKU"}, static_cast<int64_t>(plan.lines.size()), Kind::kUnits},
      {"units", {"Their stock, units", "其库存件数"}, totals.units, Kind::kUnits}};
  if (own && held) {
    const auto with = own->within;
    const auto without = held->within;
    const auto more = with && without ? std::optional<Money>(*with - *without) : std::nullopt;
    figures.push_back({"more_by",
                       {"More than doing nothing by " + end, "至 " + end + " 比不动多回款"},
                       deliver::cell(more),
                       Kind::kMoney});
    figures.push_back({"by", {"  cash of the plan until then", "  届时方案回款"}, deliver::cell(with), Kind::kMoney});
    figures.push_back({"held_by", {"  doing nothing", "  不做动作"}, deliver::cell(without), Kind::kMoney});
    figures.push_back({"left", {"  left then, units", "  届时剩余件数"}, std::round(own->units_left), Kind::kUnits});
    figures.push_back({"after",
                       {"  taken to be worth, with money still to come", "  其估算价值及未到账款"},
                       deliver::cell(own->value_after),
                       Kind::kMoney});
    figures.push_back(
        {"held_left", {"  left if held, units", "  不做动作剩余件数"}, std::round(held->units_left), Kind::kUnits});
    figures.push_back(
        {"held_after", {"  taken to be worth", "  其估算价值"}, deliver::cell(held->value_after), Kind::kMoney});
  }
  // A plan of its own reaches beyond its weeks; the other policies are played to the horizon.
  const bool beyond = plan.policy == "optimal";
  figures.push_back({"net_recovery",
                     beyond
                         ? Text{"Net recovery in all, part of it after " + end, "总净回款（部分在 " + end + " 之后）"}
                         : Text{"Expected net recovery", "预计净回款"},
                     deliver::cell(totals.net_recovery), Kind::kMoney});
  add_range(totals, figures);
  figures.push_back({"hold", beyond ? Text{"Doing nothing in all", "不做动作总计"} : Text{"Doing nothing", "不做动作"},
                     deliver::cell(totals.hold_net_recovery), Kind::kMoney});
  if (plan.policy != "playbook")
    figures.push_back({"playbook",
                       {"By the playbook's rules", "按清仓规则"},
                       deliver::cell(totals.playbook_net_recovery),
                       Kind::kMoney});
  if (plan.policy == "optimal") {
    figures.push_back({"more_than_playbook",
                       {"More than the playbook", "比清仓规则多"},
                       deliver::cell(totals.more_than_playbook()),
                       Kind::kMoney});
    figures.push_back({"upper_bound",
                       {"No plan can bring more than", "理论最高回款"},
                       deliver::cell(totals.upper_bound),
                       Kind::kMoney});
    if (const auto gap = totals.gap())
      figures.push_back({"gap", {"Gap to that, at most", "与上限差距至多"}, *gap, Kind::kShare});
  }
  add_league(totals, figures);
  if (totals.unplanned_skus > 0)
    figures.push_back({"unplanned",
                       {"SKUs without a figure, in no total", "无法计算的 SKU（未计入）"},
                       static_cast<int64_t>(totals.unplanned_skus),
                       Kind::kUnits});
  return figures;
}

std::vector<Text> plan_notes(const account::PlanRecord& plan, const market::Facts& facts) {
  std::vector<Text> notes;
  for (const account::PlanNote& note : plan.notes) {
    const market::Channel* channel = facts.channel(note.channel);
    if (!channel) continue;
    const std::string skus = fmt::format("{}", fmt::join(note.try_on, ", "));
    const Text about = clearance::about_trying(*channel, facts);
    const std::string n = std::to_string(note.skus);
    notes.push_back({channel->name.en + ": " + n + (note.skus == 1 ? " SKU" : " SKUs") +
                         " could use it, without a figure (" + about.en + "); try it on " + skus,
                     channel->name.zh + "：" + n + " 个 SKU 可尝试，无法估值（" + about.zh + "）；可先试 " + skus});
  }
  return notes;
}

}  // namespace destock::app

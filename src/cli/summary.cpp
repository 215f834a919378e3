#include "cli/summary.h"

#include <algorithm>
#include <iostream>

#include "cli/terminal.h"

namespace destock::cli {

void print_figures(const Session& session, const std::vector<deliver::Figure>& figures) {
  size_t widest = 0;
  for (const deliver::Figure& figure : figures) widest = std::max(widest, shown_width(session.say(figure.name)));
  for (const deliver::Figure& figure : figures) {
    const std::string name = session.say(figure.name);
    const deliver::Column column{figure.id, figure.name, figure.kind, 2, 0, true};
    std::cout << name << std::string(widest + 2 - shown_width(name), ' ')
              << deliver::shown(figure.value, column, session.lang(), false) << "\n";
  }
  std::cout << "\n";
}

void print_plan_totals(const Session& session, const account::PlanRecord& plan, const app::PlanTotals& totals) {
  std::vector<deliver::Figure> figures = {
      {"plan_id", {"Plan", "方案编号"}, plan.id, deliver::Kind::kUnits},
      {"policy", {"Policy", "策略"}, plan.policy, deliver::Kind::kText},
      {"lines", {"SKUs in it", "涉及 SKU"}, static_cast<int64_t>(plan.lines.size()), deliver::Kind::kUnits},
      {"units", {"Their stock, units", "其库存件数"}, totals.units, deliver::Kind::kUnits},
      {"net_recovery",
       {"Expected net recovery", "预计净回款"},
       deliver::cell(totals.net_recovery),
       deliver::Kind::kMoney},
      {"hold", {"If held", "若持有"}, deliver::cell(totals.hold_net_recovery), deliver::Kind::kMoney}};
  if (plan.policy != "playbook")
    figures.push_back({"playbook",
                       {"By the playbook's rules", "按清仓规则"},
                       deliver::cell(totals.playbook_net_recovery),
                       deliver::Kind::kMoney});
  if (plan.policy == "optimal") {
    figures.push_back({"more_than_playbook",
                       {"More than the playbook", "比清仓规则多"},
                       deliver::cell(totals.more_than_playbook()),
                       deliver::Kind::kMoney});
    figures.push_back({"upper_bound",
                       {"No plan can bring more than", "任何方案的上限"},
                       deliver::cell(totals.upper_bound),
                       deliver::Kind::kMoney});
    if (const auto gap = totals.gap())
      figures.push_back({"gap", {"Gap to that, at most", "与上限差距至多"}, *gap, deliver::Kind::kShare});
  }
  print_figures(session, figures);
}

}  // namespace destock::cli

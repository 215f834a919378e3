// destock health

#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/summary.h"
#include "deliver/tables.h"

namespace destock::cli {

void add_health(Commands& commands) {
  auto all = std::make_shared<bool>(false);
  const Flags command = commands.add(
      "health", {"diagnose the account: bands, excess, age, holding cost", "库存诊断：库存状态、冗余、库龄、持有成本"});
  command.toggle("--all", *all,
                 {"every SKU on the terminal, not the most urgent 25", "显示全部 SKU，而非最紧急的 25 个"});
  command.example({"Example: destock health --format json --as-of 2026-01-05",
                   "示例：destock health --format json --as-of 2026-01-05"});
  command.runs([all](const Session& session) {
    const auto view = session.view();
    if (!view) return session.code();
    if (session.format() == Format::kJson) {
      session.print_json(app::health_json(view->state, view->context.facts.playbook, session.lang()));
      return kDone;
    }
    if (session.format() == Format::kTable)
      print_figures(session, deliver::account_figures(view->state.account, view->state.health));
    session.print(deliver::health_table(view->state.account, view->state.health, view->context.facts.playbook),
                  *all ? 0 : 25);
    session.warn(view->state.health.warnings);
    return kDone;
  });
}

}  // namespace destock::cli

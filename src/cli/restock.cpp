// destock restock

#include <memory>

#include "cli/command.h"
#include "deliver/tables.h"

namespace destock::cli {
namespace {

int print_calendar(const Session& session, const Session::View& view) {
  const auto table = deliver::calendar_table(restock::events_ahead(view.state.account, view.context.facts));
  if (session.format() == Format::kJson)
    session.print_json(app::rows_json(table, session.lang()));
  else
    session.print(table);
  return kDone;
}

}  // namespace

void add_restock(Commands& commands) {
  auto all = std::make_shared<bool>(false);
  auto calendar = std::make_shared<bool>(false);
  const Flags command =
      commands.add("restock", {"what to reorder, when, how much, and what to stop before its season ends",
                               "补货建议：何时补、补多少、季末何时停"});
  command.toggle("--all", *all, {"every SKU on the terminal", "显示全部 SKU"});
  command.toggle("--calendar", *calendar,
                 {"the events of the year ahead, and by when to order, send and clear for each",
                  "未来一年的节点：最迟下单、入仓与清仓日期"});
  command.example(
      {"Example: destock restock --format csv > restock.csv", "示例：destock restock --format csv > restock.csv"});
  command.runs([all, calendar](const Session& session) {
    const auto view = session.view();
    if (!view) return session.code();
    if (*calendar) return print_calendar(session, *view);
    const auto lines = app::restock_lines(view->state, view->context);
    if (session.format() == Format::kJson)
      session.print_json(app::restock_json(view->state, lines, session.lang()));
    else
      session.print(deliver::restock_table(view->state.account, lines), *all ? 0 : 25);
    if (session.format() == Format::kTable) session.warn(view->state.health.warnings);
    return kDone;
  });
}

}  // namespace destock::cli

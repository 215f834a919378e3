// destock restock

#include <memory>

#include "app/restock_inputs.h"
#include "app/restock_lines.h"
#include "cli/command.h"
#include "deliver/tables.h"
#include "restock/joint_order.h"

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

int print_inputs(const Session& session, const Session::View& view, const std::string& sku) {
  const app::Json inputs = app::restock_inputs_json(view.state, view.context, sku, session.lang());
  if (inputs["skus"].empty())
    return session.failed({ErrorKind::kNotFound,
                           {"no listing has this SKU", "没有该 SKU 的商品"},
                           sku,
                           {"destock restock --all lists them", "destock restock --all 可查看全部"}});
  session.print_json(inputs);
  return kDone;
}

// Orders on their way that are better not to come, first.
void print_orders(const Session& session, const Session::View& view, bool all) {
  const auto lines = app::restock_lines(view.state, view.context);
  if (session.format() == Format::kJson) {
    session.print_json(app::restock_json(view.state, lines, session.lang()));
    return;
  }
  const auto surplus = deliver::surplus_orders_table(view.state.account, lines);
  if (session.format() == Format::kTable && !surplus.rows.empty()) session.print(surplus);
  session.print(deliver::restock_table(view.state.account, lines), all ? 0 : 25);
  if (session.format() != Format::kTable) return;
  for (const restock::JointOrder& order : restock::joint_orders(view.state.account, lines)) session.note(order.why);
}

}  // namespace

void add_restock(Commands& commands) {
  auto all = std::make_shared<bool>(false);
  auto calendar = std::make_shared<bool>(false);
  auto inputs = std::make_shared<std::string>();
  const Flags command =
      commands.add("restock", {"what to reorder, when, how much, and what to stop before its season ends",
                               "补货建议：何时补、补多少、季末何时停"});
  command.toggle("--all", *all, {"every SKU on the terminal", "显示全部 SKU"});
  command.toggle("--calendar", *calendar,
                 {"the events of the year ahead, and by when to order, send and clear for each",
                  "未来一年的节点：最迟下单、入仓与清仓日期"});
  command.text(
      "--inputs", *inputs,
      {"every figure that the advice on a SKU's order rests on, as JSON", "某 SKU 经济补货所依据的全部数据（JSON）"});
  command.example(
      {"Example: destock restock --format csv > restock.csv", "示例：destock restock --format csv > restock.csv"});
  command.runs([all, calendar, inputs](const Session& session) {
    const auto view = session.view();
    if (!view) return session.code();
    if (*calendar) return print_calendar(session, *view);
    if (!inputs->empty()) return print_inputs(session, *view, *inputs);
    print_orders(session, *view, *all);
    if (session.format() == Format::kTable) session.warn(view->state.health.warnings);
    return kDone;
  });
}

}  // namespace destock::cli

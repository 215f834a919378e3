// destock imports removals|settled|promotions|traffic|movements

#include "cli/outcomes.h"

#include "deliver/outcome_tables.h"

namespace destock::cli {
namespace {

// Tables one below the other; as JSON one object that holds them all.
int print_all(const Session& session, const std::vector<deliver::Table>& tables) {
  app::Json json = app::Json::object();
  for (const deliver::Table& table : tables) {
    if (session.format() == Format::kJson)
      json.update(app::rows_json(table, session.lang()));
    else
      session.print(table);
  }
  if (session.format() == Format::kJson) session.print_json(json);
  return kDone;
}

int run_removals(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto orders = opened->store.removal_orders(opened->account);
  if (!orders) return session.failed(orders.error());
  const auto parcels = opened->store.removal_shipments(opened->account);
  if (!parcels) return session.failed(parcels.error());
  return print_all(session, {deliver::removal_orders_table(*orders), deliver::removal_shipments_table(*parcels)});
}

int run_settled(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto days = opened->store.settled_days(opened->account, date_of_day_number(0), date_of_day_number(1'000'000));
  if (!days) return session.failed(days.error());
  const auto amounts = opened->store.settled_amounts(opened->account);
  if (!amounts) return session.failed(amounts.error());
  return print_all(session, {deliver::settled_fees_table(*days), deliver::settled_amounts_table(*amounts)});
}

int run_promotions(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto promotions = opened->store.promotions(opened->account);
  if (!promotions) return session.failed(promotions.error());
  const auto uses = opened->store.promotion_uses(opened->account);
  if (!uses) return session.failed(uses.error());
  return print_all(session, {deliver::promotions_table(*promotions), deliver::promotion_uses_table(*uses)});
}

int run_traffic(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto traffic = opened->store.traffic(opened->account);
  if (!traffic) return session.failed(traffic.error());
  return print_all(session, {deliver::traffic_table(*traffic)});
}

int run_movements(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto events = opened->store.stock_events(opened->account);
  if (!events) return session.failed(events.error());
  return print_all(session, {deliver::stock_events_table(*events)});
}

}  // namespace

void add_outcomes(const Flags& imports) {
  imports.add("removals", {"removal orders and their parcels, as last reported", "移除订单及其货件的最新状态"})
      .runs(run_removals);
  imports
      .add("settled", {"what settlements took of a unit of each SKU, and their other money",
                       "结算报告中各 SKU 的每件扣费与其他款项"})
      .runs(run_settled);
  imports
      .add("promotions", {"promotions and coupons: days, products, units, what they gave and cost",
                          "促销与优惠券：日期、商品、件数、折扣与花费"})
      .runs(run_promotions);
  imports
      .add("traffic",
           {"sessions, Buy Box share and units by ASIN or SKU", "各 ASIN 或 SKU 的会话数、购买按钮占比与件数"})
      .runs(run_traffic);
  imports
      .add("movements", {"receipts and other events of the ledger's detailed view, by SKU and day",
                         "库存分类账详情中的接收及其他事件（按 SKU 与日期）"})
      .runs(run_movements);
}

}  // namespace destock::cli

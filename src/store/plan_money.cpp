#include "store/plan_money.h"

#include <fmt/format.h>
#include <algorithm>

#include "store/bulk_insert.h"

namespace destock::store {
namespace {

std::vector<std::string> list_of(const std::string& lines) {
  std::vector<std::string> list;
  for (size_t at = 0; at < lines.size();) {
    const size_t end = std::min(lines.find('\n', at), lines.size());
    list.push_back(lines.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

}  // namespace

void insert_plan_money(soci::session& sql, int64_t id, const account::PlanRecord& plan) {
  BulkInsert after(sql, "plan_after",
                   {{"plan_id", kInt}, {"policy", kText}, {"currency", kText}, {"units_left", kReal}, {"value", kInt}});
  for (const account::PlanCurve& curve : plan.curves)
    if (curve.value_after)
      after.add({value(id), value(curve.policy), value(curve.currency.str()), value(curve.units_left),
                 value(*curve.value_after)});
  after.finish();
  BulkInsert unplanned(sql, "plan_unplanned",
                       {{"plan_id", kInt},
                        {"marketplace", kText},
                        {"sku", kText},
                        {"title", kText},
                        {"owner", kText},
                        {"reason", kText},
                        {"units", kReal}});
  for (const account::Unplanned& one : plan.unplanned)
    unplanned.add({value(id), value(one.marketplace), value(one.sku), value(one.title), value(one.owner),
                   value(one.reason), value(one.units)});
  unplanned.finish();
  BulkInsert notes(sql, "plan_note", {{"plan_id", kInt}, {"channel", kText}, {"skus", kInt}, {"try_on", kText}});
  for (const account::PlanNote& note : plan.notes)
    notes.add(
        {value(id), value(note.channel), value(note.skus), value(fmt::format("{}", fmt::join(note.try_on, "\n")))});
  notes.finish();
}

void read_plan_money(soci::session& sql, account::PlanRecord& plan) {
  const long long id = plan.id;
  soci::rowset<soci::row> after =
      (sql.prepare << "SELECT policy, currency, units_left, value FROM plan_after WHERE plan_id = :id", soci::use(id));
  for (const soci::row& row : after)
    for (account::PlanCurve& curve : plan.curves)
      if (curve.policy == row.get<std::string>(0) && curve.currency.str() == row.get<std::string>(1)) {
        curve.units_left = row.get<double>(2);
        curve.value_after = Money::from_units(row.get<long long>(3), curve.currency);
      }
  soci::rowset<soci::row> unplanned =
      (sql.prepare << "SELECT marketplace, sku, title, owner, reason, units FROM plan_unplanned WHERE plan_id = :id "
                      "ORDER BY marketplace, sku",
       soci::use(id));
  for (const soci::row& row : unplanned)
    plan.unplanned.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2),
                              row.get<std::string>(3), row.get<std::string>(4), row.get<double>(5)});
  soci::rowset<soci::row> notes =
      (sql.prepare << "SELECT channel, skus, try_on FROM plan_note WHERE plan_id = :id ORDER BY channel",
       soci::use(id));
  for (const soci::row& row : notes)
    plan.notes.push_back({row.get<std::string>(0), row.get<long long>(1), list_of(row.get<std::string>(2))});
}

}  // namespace destock::store

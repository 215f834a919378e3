#pragma once
// The product's tables: health, plan, ladder, restock, refused rows, imports.

#include "account/import_record.h"
#include "account/plan_record.h"
#include "deliver/table.h"
#include "economics/ladder.h"
#include "health/diagnose.h"
#include "restock/restock.h"

namespace destock::deliver {

// A figure of the account with its name: the Summary sheet and the head of `health`.
struct Figure {
  std::string id;
  Text name;
  Cell value;
  Kind kind;
};
std::vector<Figure> account_figures(const account::Account& account, const health::HealthReport& report);

Table health_table(const account::Account& account, const health::HealthReport& report,
                   const market::Playbook& playbook);
Table freshness_table(const account::Account& account);
Table plan_lines_table(const account::PlanRecord& plan, const market::Facts& facts);
Table plan_actions_table(const account::PlanRecord& plan, const market::Facts& facts);
Table plan_weeks_table(const account::PlanRecord& plan);
// Events ahead, and what is due for each.
Table calendar_table(const std::vector<restock::EventAhead>& events);
// Purchase orders that are better cancelled or put off.
Table surplus_orders_table(const account::Account& account, const std::vector<restock::RestockLine>& lines);
Table restock_table(const account::Account& account, const std::vector<restock::RestockLine>& lines);

// A listing's three stages beside its cost; no stages: what is missing.
struct LadderRow {
  size_t listing;
  std::optional<std::array<economics::LadderStage, 3>> stages;
  std::optional<Money> landed_cost;
  Text missing;
};
Table ladder_table(const account::Account& account, const std::vector<LadderRow>& rows);
Table stages_table(const std::array<economics::LadderStage, 3>& stages);

struct RefusedOf {
  account::ImportRecord import;
  std::vector<account::RefusedRow> rows;
};
Table refused_table(const std::vector<RefusedOf>& refused);
// Which sites and days an import speaks for, and how many units it holds; empty, nothing: it is of none.
struct ImportSpans {
  std::string marketplaces, days;
  std::optional<int64_t> units;
};
ImportSpans spans_of(const account::ImportRecord& record);
Table imports_table(const std::vector<account::ImportRecord>& imports);

}  // namespace destock::deliver

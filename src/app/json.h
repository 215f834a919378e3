#pragma once
// The JSON of every command, as docs/cli.md gives it: money as {"amount":"20.69","currency":"USD"}, dates ISO, unknown
// null.

#include <nlohmann/json.hpp>

#include "app/import.h"
#include "app/plan.h"
#include "app/state.h"
#include "economics/ladder.h"

namespace destock::app {

using Json = nlohmann::ordered_json;

Json to_json(const Money& money);
Json to_json(const std::optional<Money>& money);
// A cell of a table, typed; and what its kind is called.
Json cell_json(const deliver::Cell& cell, Lang lang);
// {"<table>": [{column: cell, …}, …]}
Json rows_json(const deliver::Table& table, Lang lang);
std::string_view kind_id(deliver::Kind kind);  // "money"
// Every channel's name by its id.
Json channel_names_json(const market::Facts& facts, Lang lang);
Json error_json(const Error& error, Lang lang);
Json import_json(const ImportOutcome& outcome, Lang lang);
Json imports_json(const std::vector<account::ImportRecord>& imports, Lang lang);
// One SKU's part of health_json.
Json diagnosis_json(const account::Account& account, const health::Diagnosis& d, const market::Playbook& playbook,
                    Lang lang);
Json health_json(const AccountState& state, const market::Playbook& playbook, Lang lang);
Json ladder_json(const std::array<economics::LadderStage, 3>& stages, Lang lang);
Json ladder_rows_json(const AccountState& state, const std::vector<deliver::LadderRow>& rows, Lang lang);
// What a plan brings over doing nothing up to and including a day, and what is left when its weeks are over.
Json over_holding_json(const account::PlanRecord& plan, const PlanTotals& totals, Date day);
// Channels without a figure, once an account.
Json notes_json(const account::PlanRecord& plan, const market::Facts& facts, Lang lang);
Json shipped_rates_json(const health::AccountFigures& figures);
Json plan_line_json(const account::PlanLine& line, Lang lang);
Json plan_head_json(const account::PlanRecord& plan, const PlanTotals& totals, const AccountState& state, Lang lang);
// With its lines.
Json plan_json(const account::PlanRecord& plan, const PlanTotals& totals, const AccountState& state, Lang lang);

}  // namespace destock::app

#pragma once
// What to order of an account: the playbook's rule and what an order brings, line by line.

#include "app/json.h"
#include "app/state.h"
#include "restock/restock.h"

namespace destock::app {

// One line for each listing with stock or sales, the urgent first.
// `forecast`: of at least restock::kForecastWeeks; nothing: it is made.
std::vector<restock::RestockLine> restock_lines(const AccountState& state, const Context& context,
                                                const demand::AccountForecast* forecast = nullptr);
// `planner`: one a thread.
restock::RestockLine restock_of(const AccountState& state, size_t listing, const Context& context,
                                const demand::AccountForecast& forecast, clearance::Planner& planner);

// {"known","missing",…}: what an order brings, when it is due and what it costs to be wrong.
Json restock_line_json(const account::Account& account, const restock::RestockLine& line, Lang lang);
Json restock_json(const AccountState& state, const std::vector<restock::RestockLine>& lines, Lang lang);
Json order_json(const restock::OrderAdvice& advice, Lang lang);

}  // namespace destock::app

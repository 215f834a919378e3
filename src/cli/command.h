#pragma once
// A command: its flags and help, and what it runs. One file a command; the registry is in main.cpp.

#include "cli/flags.h"
#include "cli/session.h"

namespace destock::cli {

void add_import(Commands& commands);
void add_imports(Commands& commands);
void add_health(Commands& commands);
void add_ladder(Commands& commands);
void add_plan(Commands& commands);
void add_why(Commands& commands);
void add_simulate(Commands& commands);
void add_backtest(Commands& commands);
void add_forecast(Commands& commands);
void add_decide(Commands& commands);
void add_restock(Commands& commands);
void add_export(Commands& commands);
void add_rate(Commands& commands);
void add_fees(Commands& commands);
void add_explain(Commands& commands);
void add_facts(Commands& commands);
void add_serve(Commands& commands);
void add_settings(Commands& commands);
void add_db(Commands& commands);
void add_demo(Commands& commands);
void add_todo(Commands& commands);
void add_try(Commands& commands);
void add_desk(Commands& commands);
void add_carry_out(Commands& commands);
void add_track(Commands& commands);
void add_accounts(Commands& commands);
void add_openapi(Commands& commands);

}  // namespace destock::cli

// The plan of a real account: everything that `destock plan` does, against what `destock decide` does of the same
// problems, on one core in the same process.
//
//   bench_account DATABASE ACCOUNT PROGRAM

#include <fmt/format.h>

#include <ctime>

#include "../bench.h"
#include "app/account_plan.h"
#include "clearance/fluid_bound.h"
#include "clearance/odds.h"
#include "clearance/planner.h"
#include "clearance/sku_case.h"
#include "clearance/sku_decision.h"

namespace {

using namespace destock;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// What decide answers of a problem.
double decided(const clearance::Decision& d, clearance::Planner& planner) {
  clearance::PlannerOptions options;
  options.path = false;
  double sum = 0;
  for (clearance::Rule rule : {clearance::Rule::kHold, clearance::Rule::kPlaybook}) {
    options.rule = rule;
    sum += planner.solve(d, options).value;
  }
  const clearance::Optimum best = planner.solve(d, {});
  const auto odds = clearance::sold_out_odds(d, best.path);
  return sum + best.value + clearance::fluid_bound(d) + (odds.empty() ? 0 : odds.back());
}

std::vector<clearance::Decision> problems(const app::AccountState& state, const app::Context& context, Date first_day) {
  const int weeks = context.facts.playbook.plan.horizon_weeks;
  const auto forecast = demand::forecast_account(state.account, context.facts, weeks + clearance::kSellOnWeeks + 1, 1);
  std::vector<clearance::Decision> out;
  for (size_t i : app::listings_to_clear(state, context, {})) {
    if (app::without_figure(state.account, i, context.facts, first_day)) continue;
    const auto sku =
        clearance::sku_case(state.account, app::need_of(state.health.diagnoses[i]), context.facts, weeks, first_day);
    clearance::PlanWishes wishes;
    wishes.minutes = app::minutes_of(state, state.account.listings[i].currency, context.facts.playbook.plan);
    const auto outlook = clearance::outlook_of(state.account, forecast, sku, context.facts);
    out.push_back(clearance::sku_decision(sku, outlook, context.facts, wishes).decision);
  }
  return out;
}

int measure(const std::string& database, const std::string& name, const std::string& program) {
  auto context = app::make_context("");
  auto store = store::Store::open(database);
  if (!context || !store) return 1;
  context->threads = 1;
  const auto account = store->find_account(name);
  if (!account || !*account) return 1;
  double start = processor_seconds();
  const auto state = app::load_state(*store, **account, {}, *context);
  if (!state) return 1;
  const double loaded = processor_seconds() - start;
  start = processor_seconds();
  const auto plan = app::make_account_plan(*store, **account, *state, {}, *context, nullptr, {});
  const double planned = processor_seconds() - start;
  if (!plan) return 1;
  const auto decisions = problems(*state, *context, plan->plan.first_day);
  clearance::Planner planner;
  double sum = 0;
  start = processor_seconds();
  for (const clearance::Decision& decision : decisions) sum += decided(decision, planner);
  const double decide = processor_seconds() - start;
  const auto lines = static_cast<double>(plan->plan.lines.size());
  fmt::print("account     {} listings, {} lines; load and diagnose {:.2f} ms a line\n", state->account.size(),
             plan->plan.lines.size(), 1000 * loaded / lines);
  fmt::print("            plan, forecast and storing {:.2f} ms a line (asked: 3)\n", 1000 * planned / lines);
  fmt::print("            decide on the same problems {:.2f} ms a line: plan ÷ decide {:.2f} (asked: 2.0 at most)\n",
             1000 * decide / static_cast<double>(decisions.size()),
             planned / lines / (decide / static_cast<double>(decisions.size())));
  std::fflush(stdout);
  const bench::Ran whole = bench::run({program, "--db", database, "--account", name, "plan", "--format", "csv"});
  fmt::print("            destock plan on all cores {:.1f} s, peak memory {:.0f} MB (sum of values {:.0f})\n",
             whole.seconds, whole.peak_mb, sum);
  return whole.exit_code == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return argc == 4 ? measure(argv[1], argv[2], argv[3]) : 2;
}

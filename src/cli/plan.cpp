// destock plan [--policy playbook|hold|liquidate] [--horizon 26] [--sku …]

#include <iostream>
#include <memory>

#include "app/plan.h"
#include "cli/command.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "deliver/tables.h"

namespace destock::cli {
namespace {

struct PlanFlags {
  std::string policy = "playbook";
  int horizon = 0;
  std::vector<std::string> skus;
  bool all = false, dry_run = false;
};

int run_plan(const Session& session, const PlanFlags& flags) {
  const auto policy = clearance::policy_of(flags.policy);
  if (!policy)
    return session.failed({ErrorKind::kBadUsage,
                           {"no such policy: " + flags.policy, "没有该策略：" + flags.policy},
                           "--policy",
                           {"playbook, hold and liquidate are there", "可用：playbook、hold、liquidate"}});
  const auto context = session.context();
  if (!context) return session.code();
  app::PlanOptions options{*policy, flags.horizon > 0 ? flags.horizon : context->facts.playbook.plan.horizon_weeks,
                           flags.skus};
  auto opened = session.open();
  if (!opened) return session.code();
  const auto state = session.state(*opened, *context);
  if (!state) return session.code();
  account::PlanRecord plan;
  {
    ProgressBar bar(session.lang());
    plan = app::make_plan(*state, options, *context, [&](size_t done, size_t total) {
      bar.show(session.say({"planning", "正在制定方案"}), done, total);
    });
  }
  if (!flags.dry_run) {
    const auto id = opened->store.add_plan(opened->account, plan);
    if (!id) return session.failed(id.error());
    plan.id = *id;
  }
  const auto totals = app::plan_totals(plan, state->account.rates, state->health.figures.base_currency);
  if (session.format() == Format::kJson) {
    session.print_json(app::plan_json(plan, totals, *state, session.lang()));
    return kDone;
  }
  if (session.format() == Format::kCsv) {
    session.print(deliver::plan_actions_table(plan, context->facts));
    return kDone;
  }
  print_plan_totals(session, plan, totals);
  session.print(deliver::plan_lines_table(plan), flags.all ? 0 : 20);
  std::cout << "\n";
  session.print(deliver::plan_actions_table(plan, context->facts), flags.all ? 0 : 20);
  session.warn(state->health.warnings);
  return kDone;
}

}  // namespace

void add_plan(Commands& commands) {
  auto flags = std::make_shared<PlanFlags>();
  CLI::App* command = commands.add("plan", "make and store a dated clearance plan for every SKU in excess or aged",
                                   "为所有冗余或超龄 SKU 制定并保存分周清仓方案");
  command->add_option("--policy", flags->policy,
                      commands.t("playbook (default), hold or liquidate", "playbook（默认）、hold、liquidate"));
  command->add_option("--horizon", flags->horizon, commands.t("weeks to plan for", "方案周数"))
      ->check(CLI::Range(1, 104));
  command->add_option("--sku", flags->skus, commands.t("only these SKUs", "仅限这些 SKU"));
  command->add_flag("--all", flags->all, commands.t("every line on the terminal", "显示全部行"));
  command->add_flag("--dry-run", flags->dry_run, commands.t("show the plan and store nothing", "仅显示方案，不保存"));
  command->footer(commands.t("Example: destock plan --policy playbook --format csv > plan.csv",
                             "示例：destock plan --policy playbook --format csv > plan.csv"));
  command->callback(
      [&commands, flags] { commands.run = [flags](const Session& session) { return run_plan(session, *flags); }; });
}

}  // namespace destock::cli

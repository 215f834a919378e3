// destock why SKU: one line of the newest stored plan, in full.

#include <fmt/format.h>
#include <algorithm>
#include <iostream>
#include <memory>

#include "app/line_opened.h"
#include "app/plan.h"
#include "clearance/fluid_bound.h"
#include "clearance/policy.h"
#include "cli/command.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "deliver/tables.h"

namespace destock::cli {
namespace {

using deliver::Kind;

struct WhyFlags {
  std::string sku, marketplace;
  bool not_chosen = false;
};

void print_values(const Session& session, const account::PlanRecord& plan, const account::PlanLine& line,
                  const market::Facts& facts) {
  std::vector<deliver::Figure> figures = {
      {"plan", {"Plan", "方案编号"}, plan.id, Kind::kUnits},
      {"policy", {"Policy", "策略"}, clearance::policy_name(plan.policy), Kind::kText},
      {"units", {"Stock, units", "库存件数"}, line.units, Kind::kUnits},
      {"net_recovery", {"Net recovery", "净回款"}, line.net_recovery, Kind::kMoney}};
  const auto add = [&](const char* id, Text name, const std::optional<Money>& value) {
    if (value) figures.push_back({id, std::move(name), *value, Kind::kMoney});
  };
  add("net_recovery_p10", {"  nine times in ten more than", "  90% 概率高于"}, line.net_recovery_p10);
  add("net_recovery_p90", {"  nine times in ten less than", "  90% 概率低于"}, line.net_recovery_p90);
  add("upper_bound", {"No plan can bring more than", "任何方案的上限"}, line.upper_bound);
  add("playbook", {"By the playbook's rules", "按清仓规则"}, line.playbook_net_recovery);
  add("hold", {"If held", "不做动作"}, line.hold_net_recovery);
  if (line.next_best) {
    const market::Channel* channel = facts.channel(line.next_best->channel);
    const Text name = channel ? channel->name : Text{line.next_best->channel, line.next_best->channel};
    add("next_best", {"Next best first step: " + name.en, "次优第一步：" + name.zh}, line.next_best->net_recovery);
  }
  for (const auto& [weeks, cost] : line.cost_of_delay)
    add("delay",
        {fmt::format("Waiting {} week{} costs", weeks, weeks == 1 ? "" : "s"), fmt::format("晚做 {} 周的损失", weeks)},
        cost);
  if (line.half_out_by)
    figures.push_back({"half", {"As likely as not out before", "50% 概率清空日期"}, *line.half_out_by, Kind::kDay});
  if (line.sure_out_by)
    figures.push_back({"sure", {"90 % sure to be out before", "90% 概率清空日期"}, *line.sure_out_by, Kind::kDay});
  print_figures(session, figures);
}

void print_line(const Session& session, const account::PlanRecord& plan, const account::PlanLine& line,
                const market::Facts& facts) {
  std::cout << line.sku << " · " << line.marketplace << (line.title.empty() ? "" : " · " + line.title) << "\n\n"
            << session.say(line.why) << "\n\n";
  print_values(session, plan, line, facts);
  account::PlanRecord alone = plan;
  alone.lines = {line};
  session.print(deliver::plan_actions_table(alone, facts));
  for (const account::PlanAction& action : line.actions) {
    const market::Channel* channel = facts.channel(action.channel);
    std::cout << "\n"
              << iso(action.start) << "  " << (channel ? session.say(channel->name) : action.channel) << ": "
              << session.say(action.reason) << "\n";
    if (channel && !channel->how.empty()) std::cout << "    " << session.say(channel->how) << "\n";
    for (const Text& check : action.checks) std::cout << "  ? " << session.say(check) << "\n";
  }
  if (line.assumptions.empty()) return;
  std::cout << "\n" << session.say({"Assumptions", "计算前提"}) << "\n";
  for (const Text& assumed : line.assumptions) std::cout << "  - " << session.say(assumed) << "\n";
}

// The account as it is now: the plan keeps what it chose, not what it did not.
int print_not_chosen(const Session& session, const account::PlanRecord& plan,
                     const std::vector<const account::PlanLine*>& lines) {
  const auto view = session.view();
  if (!view) return session.code();
  const account::Account& account = view->state.account;
  const auto ahead = static_cast<int>((days_between(account.as_of, plan.first_day) + kWeekDays - 1) / kWeekDays);
  const auto forecast = demand::forecast_account(account, view->context.facts,
                                                 plan.horizon_weeks + clearance::kSellOnWeeks + std::max(0, ahead),
                                                 view->context.threads);
  clearance::Planner planner;
  std::cout << "\n" << session.say({"Not chosen", "未采用的渠道"}) << "\n";
  for (const account::PlanLine* line : lines)
    for (size_t i = 0; i < account.size(); ++i) {
      if (account.listings[i].sku != line->sku || account.listings[i].marketplace != line->marketplace) continue;
      const app::LineOpened opened(view->state, forecast, i, plan, view->context);
      for (const app::NotChosen& one : opened.not_chosen(*line, planner))
        std::cout << "  - " << (one.channel.empty() ? "" : session.say(one.name) + session.say({": ", "："}))
                  << session.say(one.why) << "\n";
    }
  return kDone;
}

std::vector<const account::PlanLine*> lines_of(const account::PlanRecord& plan, const WhyFlags& flags) {
  std::vector<const account::PlanLine*> found;
  for (const account::PlanLine& line : plan.lines)
    if (line.sku == flags.sku && (flags.marketplace.empty() || line.marketplace == flags.marketplace))
      found.push_back(&line);
  return found;
}

// The newest one that was made, be it a trial of this SKU; where it has no such line, the account's.
Result<std::optional<account::PlanRecord>> plan_with(store::Store& store, int64_t account, const WhyFlags& flags) {
  const auto heads = store.plans(account);
  if (!heads) return tl::unexpected(heads.error());
  if (!heads->empty() && heads->front().purpose == account::PlanPurpose::kTrial) {
    auto trial = store.plan(account, heads->front().id);
    if (!trial || (*trial && !lines_of(**trial, flags).empty())) return trial;
  }
  return store.plan(account, std::nullopt);
}

// Why the plan has no line for the SKU.
Text why_none(const account::PlanRecord& plan, const std::vector<account::PlanChoice>& choices, const WhyFlags& flags) {
  const auto is_it = [&](const auto& one) {
    return one.sku == flags.sku && (flags.marketplace.empty() || one.marketplace == flags.marketplace);
  };
  const auto unplanned = std::find_if(plan.unplanned.begin(), plan.unplanned.end(), is_it);
  if (unplanned != plan.unplanned.end()) {
    const Text reason = app::without_figure_name(unplanned->reason);
    return {"it is " + reason.en + ", so that no figure of it is known", "该 SKU " + reason.zh + "，无法计算其金额"};
  }
  const auto choice = std::find_if(choices.begin(), choices.end(), is_it);
  if (choice != choices.end() && choice->pinned == account::Pinned::kExcluded)
    return {"left out by " + choice->person + " on " + choice->at.substr(0, 10),
            choice->person + " 已于 " + choice->at.substr(0, 10) + " 将其排除"};
  return {"it has nothing to clear by the rules, or no report in force has it",
          "按规则无需清仓，或在用报告中没有该 SKU"};
}

int run_why(const Session& session, const WhyFlags& flags) {
  const auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open();
  if (!opened) return session.code();
  const auto plan = plan_with(opened->store, opened->account, flags);
  if (!plan) return session.failed(plan.error());
  if (!*plan)
    return session.failed({ErrorKind::kNotFound,
                           {"there is no plan yet", "尚无方案"},
                           session.options().account,
                           {"destock plan makes one", "destock plan 可生成方案"}});
  const auto found = lines_of(**plan, flags);
  if (found.empty()) {
    const auto choices = opened->store.choices(opened->account);
    if (!choices) return session.failed(choices.error());
    const Text why = why_none(**plan, *choices, flags);
    const std::string id = std::to_string((**plan).id);
    return session.failed({ErrorKind::kNotFound,
                           {"plan " + id + " has no line for " + flags.sku + ": " + why.en,
                            "方案 " + id + " 中没有 " + flags.sku + "：" + why.zh},
                           flags.marketplace,
                           {"destock plan --all lists its SKUs, destock health those of the account",
                            "destock plan --all 列出方案中的 SKU，destock health 列出账户的全部 SKU"}});
  }
  if (session.format() == Format::kJson) {
    app::Json lines = app::Json::array();
    for (const account::PlanLine* line : found) lines.push_back(app::plan_line_json(*line, session.lang()));
    session.print_json({{"plan_id", (**plan).id}, {"policy", (**plan).policy}, {"lines", lines}});
    return kDone;
  }
  for (const account::PlanLine* line : found) {
    if (line != found.front() && session.format() == Format::kTable) std::cout << "\n\n";
    if (session.format() == Format::kCsv) {
      account::PlanRecord alone = **plan;
      alone.lines = {*line};
      session.print(deliver::plan_actions_table(alone, context->facts));
    } else {
      print_line(session, **plan, *line, context->facts);
    }
  }
  if (flags.not_chosen && session.format() == Format::kTable) return print_not_chosen(session, **plan, found);
  return kDone;
}

}  // namespace

void add_why(Commands& commands) {
  auto flags = std::make_shared<WhyFlags>();
  const Flags command =
      commands.add("why", {"one SKU of the newest plan in full: reasons, values, steps, what to check",
                           "查看最新方案中单个 SKU 的完整理由、数值、步骤与核对项"});
  command.text("SKU", flags->sku, {"the SKU", "SKU"}).required();
  command.text("--marketplace", flags->marketplace, {"only this marketplace", "仅此站点"});
  command.toggle("--not-chosen", flags->not_chosen,
                 {"also the channels that were not chosen, and why not", "并列出未采用的渠道及原因"});
  command.example({"Example: destock why DS-03-BK --lang zh", "示例：destock why DS-03-BK"});
  command.runs([flags](const Session& session) { return run_why(session, *flags); });
}

}  // namespace destock::cli

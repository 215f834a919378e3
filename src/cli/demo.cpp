// destock demo [DIR]

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/account_plan.h"
#include "app/export.h"
#include "app/import.h"
#include "app/restock_lines.h"
#include "app/sample/sample_account.h"
#include "base/week.h"
#include "cli/command.h"
#include "cli/import_output.h"
#include "cli/summary.h"
#include "cli/terminal.h"

namespace destock::cli {
namespace {

namespace fs = std::filesystem;

void heading(const Session& session, const Text& text) {
  std::cout << "\n── " << session.say(text) << "\n\n";
}

// The sample's own database stands beside its reports, unless --db says otherwise.
Session session_of_demo(const Session& session, const std::string& folder) {
  Options options = session.options();
  if (options.db.empty() && !std::getenv("DESTOCK_DB")) options.db = (fs::path(folder) / "destock.db").string();
  if (options.account == "default") options.account = "sample";
  return Session(options);
}

// The day of the reports: what --as-of names; else that of a sample that is there already; else the Monday before
// today, so that a week's work begins with them. kBadUsage where the folder holds another day than was asked for: two
// made-up histories do not mix.
Result<Date> day_of_sample(const std::string& reports, std::optional<Date> asked, Date today) {
  const auto there = app::sample::sample_in(reports);
  if (there && asked && *there != *asked)
    return fail(ErrorKind::kBadUsage,
                {"the folder holds the sample of " + iso(*there) + ", not of " + iso(*asked),
                 "该目录中是 " + iso(*there) + " 的示例，不是 " + iso(*asked) + " 的"},
                reports, {"pass another folder, or leave --as-of away", "请换一个目录，或不要传入 --as-of"});
  if (there) return *there;
  if (asked) return *asked;
  return monday_of(date_of_day_number(day_number(today) - 1));
}

// The account's plan where it is of the same reports and days and this very program made it; nothing: plan again.
std::optional<account::PlanRecord> plan_that_stands(Session::Opened& opened, const app::ImportOutcome& outcome,
                                                    const app::AccountState& state, Date today) {
  if (!std::all_of(outcome.files.begin(), outcome.files.end(),
                   [](const app::FileOutcome& file) { return file.state == app::FileState::kAlreadyThere; }))
    return std::nullopt;
  auto newest = opened.store.plan(opened.account, std::nullopt);
  if (!newest || !*newest || (*newest)->as_of != state.account.as_of ||
      (*newest)->first_day != app::plan_start(state.account.as_of, today))
    return std::nullopt;
  struct stat program {};
  const auto made = parse_instant((*newest)->created_at);
  if (!made || ::stat("/proc/self/exe", &program) != 0 || *made < program.st_mtime) return std::nullopt;
  return std::move(**newest);
}

int run_demo(const Session& outer, const std::string& folder) {
  auto context = outer.context();
  if (!context) return outer.code();
  const std::string reports = (fs::path(folder) / "reports").string();
  const auto asked = outer.as_of();
  if (!asked) return outer.code();
  const auto day = day_of_sample(reports, *asked, context->today());
  if (!day) return outer.failed(day.error());
  const auto files = app::sample::write_sample_account(reports, app::sample::kSampleSeed, context->facts, *day);
  if (!files) return outer.failed(files.error());
  const Session session = session_of_demo(outer, folder);
  auto opened = session.open_or_make(*context);
  if (!opened) return session.code();
  const bool json = session.format() == Format::kJson;
  if (!json)
    heading(session, {"A made-up seller's reports of " + iso(*day) + ", imported from " + reports,
                      "虚构卖家 " + iso(*day) + " 的报告，导入自 " + reports});
  Result<app::ImportOutcome> outcome;
  {
    ProgressBar bar(session.lang());
    outcome = app::import_paths(opened->store, opened->account, {reports}, {}, *context,
                                [&](const std::string& path, uint64_t done, uint64_t total) {
                                  bar.show(fs::path(path).filename().string(), done, total);
                                  return true;
                                });
  }
  if (!outcome) return session.failed(outcome.error());
  if (!json) print_outcome(session, *outcome);
  const auto state = session.state(*opened, *context);
  if (!state) return session.code();
  std::optional<account::PlanRecord> stands = plan_that_stands(*opened, *outcome, *state, context->today());
  if (!stands) {
    auto made = app::make_account_plan(opened->store, opened->account, *state, {}, *context, nullptr, nullptr);
    if (!made) return session.failed(made.error());
    stands = std::move(made->plan);
  }
  const account::PlanRecord& plan = *stands;
  const auto totals = app::plan_totals(plan, state->account.rates, state->health.figures.base_currency);
  const auto workbook = app::export_workbook(opened->store, opened->account, *state, *context, session.lang(), folder);
  if (!workbook) return session.failed(workbook.error());
  if (json) {
    session.print_json({{"import", app::import_json(*outcome, session.lang())},
                        {"health", app::health_json(*state, context->facts.playbook, session.lang())["summary"]},
                        {"plan", app::plan_json(plan, totals, *state, session.lang())},
                        {"workbook", *workbook}});
    return kDone;
  }
  heading(session, {"Diagnosis", "诊断"});
  print_figures(session, deliver::account_figures(state->account, state->health));
  session.print(deliver::health_table(state->account, state->health, context->facts.playbook), 12);
  session.warn(state->health.warnings);
  heading(session, {"Clearance plan", "清仓方案"});
  print_plan_totals(session, plan, totals);
  session.print(deliver::plan_lines_table(plan, context->facts), 10);
  std::cout << "\n";
  session.print(deliver::plan_actions_table(plan, context->facts), 10);
  heading(session, {"Restock", "补货"});
  session.print(deliver::restock_table(state->account, app::restock_lines(*state, *context)), 8);
  heading(session, {"Next", "接下来"});
  const std::string db = session.options().db.empty() ? std::string(std::getenv("DESTOCK_DB")) : session.options().db;
  std::cout << session.say({"workbook:  ", "工作簿：  "}) << *workbook << "\n"
            << session.say({"database:  ", "数据库：  "}) << db << "\n"
            << session.say({"look on:   ", "继续查看："}) << session.options().program << " health --db " << db
            << " --account " << session.options().account << " --all\n"
            << session.say({"your own:  ", "导入自己："}) << session.options().program << " import <"
            << session.say({"folder of Seller Central downloads", "卖家平台报告目录"}) << ">\n";
  return kDone;
}

}  // namespace

void add_demo(Commands& commands) {
  auto folder = std::make_shared<std::string>("demo");
  const Flags command = commands.add(
      "demo",
      {"write a made-up account in real report formats, up to the Monday before today (or --as-of), and run the whole "
       "job on it",
       "生成虚构账户（真实报告格式）并完整跑一遍；数据截至今天之前的周一，或 --as-of 指定的日期"});
  command.text(
      "DIR", *folder,
      {"folder for reports, database and workbook; default ./demo", "报告、数据库与工作簿所在目录；默认 ./demo"});
  command.runs([folder](const Session& session) { return run_demo(session, *folder); });
}

}  // namespace destock::cli

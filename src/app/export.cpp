#include "app/export.h"

#include <filesystem>

#include "app/account_plan.h"
#include "app/json_desk.h"
#include "app/owner_page.h"
#include "app/plan_figures.h"
#include "app/restock_lines.h"

namespace destock::app {

Result<std::vector<deliver::RefusedOf>> refused_of(store::Store& store, int64_t account, int64_t most) {
  auto imports = store.imports(account);
  if (!imports) return tl::unexpected(imports.error());
  std::vector<deliver::RefusedOf> refused;
  for (account::ImportRecord& import : *imports) {
    if (import.rows_refused == 0 || import.status == account::ImportStatus::kDiscarded) continue;
    auto rows = store.refused_rows(import.id, most);
    if (!rows) return tl::unexpected(rows.error());
    refused.push_back({std::move(import), std::move(*rows)});
  }
  return refused;
}

Result<std::string> export_workbook(store::Store& store, int64_t account, const AccountState& state,
                                    const Context& context, Lang lang, const std::string& path) {
  auto plan = store.plan(account, std::nullopt);
  if (!plan) return tl::unexpected(plan.error());
  const auto stored = *plan ? std::optional<Date>((*plan)->first_day) : std::nullopt;
  // Reading stores nothing: where the account's plan is of other days, one is made for this workbook alone.
  if (!*plan || (*plan)->as_of != state.account.as_of) {
    auto made = account_plan_in_memory(store, account, state, {}, context, nullptr, nullptr);
    if (!made) return tl::unexpected(made.error());
    *plan = std::move(made->plan);
  }
  constexpr int64_t kMostRefused = 50'000;
  const auto refused = refused_of(store, account, kMostRefused);
  if (!refused) return tl::unexpected(refused.error());
  deliver::WorkbookContent content{state.account.name,
                                   state.account.as_of,
                                   deliver::account_figures(state.account, state.health),
                                   state.health.warnings,
                                   deliver::freshness_table(state.account),
                                   deliver::health_table(state.account, state.health, context.facts.playbook),
                                   deliver::plan_lines_table(**plan, context.facts),
                                   deliver::plan_actions_table(**plan, context.facts),
                                   deliver::plan_weeks_table(**plan),
                                   deliver::ladder_table(state.account, ladder_rows(state, context)),
                                   deliver::restock_table(state.account, restock_lines(state, context)),
                                   deliver::refused_table(*refused)};
  const PlanTotals totals = plan_totals(**plan, state.account.rates, state.health.figures.base_currency);
  for (deliver::Figure figure : plan_figures(**plan, totals)) {
    figure.id = "plan_" + figure.id;
    content.figures.push_back(std::move(figure));
  }
  content.warnings = plan_warnings(**plan, state);
  std::vector<Text> missing = content.warnings;
  if (stored && (*plan)->id == 0)
    missing.insert(
        missing.begin(),
        {"this week's actions are of the plan that began on " + iso(*stored) +
             "; the sheets of the plan are made anew on newer reports: destock plan makes that the account's",
         "本周任务来自 " + iso(*stored) +
             " 开始的方案；方案各表按更新的报表重新计算：运行 destock plan 可设为账户方案"});
  missing.insert(missing.end(), state.health.warnings.begin(), state.health.warnings.end());
  for (Text& note : plan_notes(**plan, context.facts)) content.warnings.push_back(std::move(note));
  constexpr int kWeeksBack = 8;
  const auto list = todo(store, account, context, {});
  const auto came = track(store, account, context, state, kWeeksBack);
  const bool there = list && came;
  if (!there && list && !came) return tl::unexpected(came.error());
  content.owner = owner_page(state, **plan, totals, there ? &*list : nullptr, there ? &*came : nullptr, missing);
  content.todo = todo_table(there ? *list : Todo{});
  content.track = there ? track_table(*came) : track_table({{}, {}, {}, no_totals(totals.base_currency), {}, {}, {}});
  std::string file = path;
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    file = (std::filesystem::path(path) / deliver::workbook_name(state.account.name, state.account.as_of)).string();
  if (const auto done = deliver::write_workbook(content, lang, file); !done) return tl::unexpected(done.error());
  return file;
}

}  // namespace destock::app

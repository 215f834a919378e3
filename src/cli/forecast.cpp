// destock forecast · destock forecast --sku X

#include <algorithm>
#include <iostream>
#include <memory>
#include <numeric>

#include "app/demand_edits.h"
#include "app/forecast_view.h"
#include "cli/chart.h"
#include "cli/command.h"
#include "cli/desk.h"
#include "cli/terminal.h"

namespace destock::cli {
namespace {

struct ForecastFlags {
  std::vector<std::string> skus;
  std::string marketplace;
  int weeks = demand::kYearWeeks;
  bool all = false;
};

bool touches(const market::Event& event, Date begin) {
  return event.first_day < begin + Days(kWeekDays) && event.last_day >= begin;
}

void draw(const Session& session, const Session::View& view, const demand::AccountForecast& forecast, size_t listing) {
  const account::Account& account = view.state.account;
  const account::Listing& of = account.listings[listing];
  std::cout << of.marketplace << "  " << of.sku << "  " << of.title << "\n\n";
  std::vector<ChartWeek> weeks;
  for (const demand::FittedWeek& past : demand::fitted_weeks(account, view.context.facts, forecast, listing)) {
    ChartWeek week;
    week.begin = past.begin;
    week.sold = past.sold;
    if (past.fitted >= 0) week.expected = past.fitted * past.in_stock;
    week.told = past.told;
    week.out_of_stock = past.told && past.in_stock < 0.5;
    week.promotion = past.promotion > 0.2;
    weeks.push_back(week);
  }
  const auto to_come = forecast.of(listing);
  for (size_t w = 0; w < to_come.size(); ++w) {
    ChartWeek week;
    week.begin = forecast.week_start(w);
    week.past = false;
    week.expected = to_come[w].mean;
    week.low = to_come[w].p10;
    week.high = to_come[w].p90;
    weeks.push_back(week);
  }
  std::vector<std::pair<char, Text>> key;
  for (const market::Event& event : app::events_around(view.context.facts, forecast, of.marketplace)) {
    const bool shown =
        std::any_of(weeks.begin(), weeks.end(), [&](ChartWeek& week) { return touches(event, week.begin); });
    if (!shown) continue;
    auto known = std::find_if(key.begin(), key.end(), [&](const auto& row) { return row.second.en == event.name.en; });
    if (known == key.end()) known = key.insert(key.end(), {static_cast<char>('A' + key.size()), event.name});
    for (ChartWeek& week : weeks)
      if (touches(event, week.begin)) week.event = known->first;
  }
  std::cout << weeks_chart(weeks, key, session.lang(), terminal_width()) << "\n";
  std::cout << terminal_list(app::forecast_basis_table(account, view.context.facts, forecast, listing), session.lang(),
                             terminal_width());
  std::cout << "\n";
  session.print(app::forecast_weeks_table(forecast, listing), 13);
}

std::optional<std::vector<size_t>> chosen(const Session& session, const account::Account& account,
                                          const ForecastFlags& flags) {
  std::vector<size_t> listings;
  for (const std::string& sku : flags.skus) {
    const size_t before = listings.size();
    for (size_t i = 0; i < account.size(); ++i)
      if (account.listings[i].sku == sku &&
          (flags.marketplace.empty() || account.listings[i].marketplace == flags.marketplace))
        listings.push_back(i);
    if (listings.size() > before) continue;
    session.failed({ErrorKind::kNotFound,
                    {"no such SKU: " + sku, "没有该 SKU：" + sku},
                    flags.marketplace,
                    {"destock forecast --all lists them", "destock forecast --all 可列出全部"}});
    return std::nullopt;
  }
  if (flags.skus.empty())
    for (size_t i = 0; i < account.size(); ++i)
      if (flags.marketplace.empty() || account.listings[i].marketplace == flags.marketplace) listings.push_back(i);
  return listings;
}

int run_forecast(const Session& session, const ForecastFlags& flags) {
  const auto view = session.view();
  if (!view) return session.code();
  const account::Account& account = view->state.account;
  const auto listings = chosen(session, account, flags);
  if (!listings) return session.code();
  const auto forecast = demand::forecast_account(account, view->context.facts, flags.weeks, view->context.threads);
  if (session.format() == Format::kJson) {
    session.print_json(
        app::forecast_json(account, view->context.facts, forecast, *listings, !flags.skus.empty(), session.lang()));
    return kDone;
  }
  if (flags.skus.empty()) {
    const deliver::Table every = app::forecast_table(account, forecast);
    deliver::Table table{every.id, every.name, every.columns, {}};
    for (const auto& row : every.rows)
      if (flags.marketplace.empty() || std::get<std::string>(row[0]) == flags.marketplace) table.rows.push_back(row);
    session.print(table, flags.all ? 0 : 25);
    if (session.format() == Format::kTable)
      session.note({session.options().program + " forecast --sku X draws one with its history",
                    session.options().program + " forecast --sku X 可绘制单个 SKU 的历史与预测"});
    return kDone;
  }
  for (size_t listing : *listings) {
    if (session.format() == Format::kCsv)
      session.print(app::forecast_weeks_table(forecast, listing));
    else
      draw(session, *view, forecast, listing);
  }
  return kDone;
}

// -- what a person knows of it

struct DemandFlags {
  std::string sku, marketplace, from, to, units, times, why, person;
};

std::optional<std::optional<double>> figure_of(const Session& session, const char* option, const std::string& given) {
  if (given.empty()) return std::optional<double>();
  char* end = nullptr;
  const double value = std::strtod(given.c_str(), &end);
  if (*end) {
    session.cannot_read(option, given, {"a number as 40 or 1.2", "数值如 40 或 1.2"});
    return std::nullopt;
  }
  return value;
}

int run_demand(const Session& session, const DemandFlags& flags, account::DeskEventKind kind) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  const auto from = parse_iso_date(flags.from);
  const auto to = flags.to.empty() ? from : parse_iso_date(flags.to);
  const Text day{"a day as 2026-01-05", "日期如 2026-01-05"};
  if (!from) return session.cannot_read("--from", flags.from, day);
  if (!to) return session.cannot_read("--to", flags.to, day);
  const auto units = figure_of(session, "--units", flags.units);
  const auto times = figure_of(session, "--times", flags.times);
  if (!units || !times) return session.code();
  const app::DemandDecision decision{flags.sku, flags.marketplace, kind, *from, *to, *units, *times, flags.why};
  const auto keys = app::decide_demand(opened->store, opened->account, *context, decision, person_of(flags.person));
  if (!keys) return session.failed(keys.error());
  return print_decided(session, *keys, {"kept", "已保存"},
                       {"forecast, restock and the next plan go by it; destock undo takes it back",
                        "预测、补货与下次方案按此计算；destock undo 可撤回"});
}

void add_demand(const Flags& forecast, const char* name, const Text& help, account::DeskEventKind kind) {
  auto flags = std::make_shared<DemandFlags>();
  const Flags command = forecast.add(name, help);
  command.text("SKU", flags->sku, {"the SKU", "SKU"}).required();
  command.text("--from", flags->from, {"the first day", "开始日期"}).required();
  command.text("--to", flags->to, {"the last day; default the first", "结束日期；默认同开始日期"});
  if (kind == account::DeskEventKind::kForecastSet) {
    command.text("--units", flags->units, {"units a week on these days", "期间每周件数"});
    command.text("--times", flags->times, {"times what was forecast: 1.2", "原预测的倍数：1.2"});
  }
  command.text("--marketplace", flags->marketplace, {"only this marketplace", "仅此站点"});
  command.text("--why", flags->why, {"kept in the log", "写入决策记录"});
  command.text("--by", flags->person, {"who decides; default the user's name", "决策人；默认当前用户名"});
  command.runs([flags, kind](const Session& session) { return run_demand(session, *flags, kind); });
}

}  // namespace

void add_forecast(Commands& commands) {
  auto flags = std::make_shared<ForecastFlags>();
  const Flags command = commands.add("forecast", {"units a week to come as a distribution, and what price does to them",
                                                  "逐周销量预测（分布）与价格弹性"});
  command.list("--sku", flags->skus,
               {"one or more SKUs: history, fit and fan drawn", "一个或多个 SKU：绘制历史与预测"});
  command.text("--marketplace", flags->marketplace, {"only this marketplace", "仅此站点"});
  command.number("--weeks", flags->weeks, {"weeks ahead", "预测周数"}).within(1, 104).shows_default();
  command.toggle("--all", flags->all, {"every SKU on the terminal", "显示全部 SKU"});
  command.example({"Example: destock forecast --sku DS-03-BK --as-of 2026-01-05",
                   "示例：destock forecast --sku DS-03-BK --as-of 2026-01-05"});
  command.runs([flags](const Session& session) { return run_forecast(session, *flags); });
  add_demand(command, "set", {"change the forecast of days to come: so many units a week", "修改未来日期的销量预测"},
             account::DeskEventKind::kForecastSet);
  add_demand(command, "leave-out", {"a spike of the past teaches nothing", "剔除历史异常销量，不参与预测"},
             account::DeskEventKind::kSpikeLeftOut);
  add_demand(command, "lock", {"a spike of the past comes again a year later", "锁定历史异常销量：次年同期重现"},
             account::DeskEventKind::kSpikeAgain);
}

}  // namespace destock::cli

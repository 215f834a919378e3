// destock forecast · destock forecast --sku X

#include <algorithm>
#include <iostream>
#include <memory>
#include <numeric>

#include "app/forecast_view.h"
#include "cli/chart.h"
#include "cli/command.h"
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
  return event.first_day < begin + Days(demand::kWeekDays) && event.last_day >= begin;
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
    week.out_of_stock = past.in_stock < 0.5;
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
    deliver::Table table = app::forecast_table(account, forecast);
    std::erase_if(table.rows, [&](const auto& row) {
      return !flags.marketplace.empty() && std::get<std::string>(row[0]) != flags.marketplace;
    });
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

}  // namespace

void add_forecast(Commands& commands) {
  auto flags = std::make_shared<ForecastFlags>();
  CLI::App* command = commands.add("forecast", "units a week to come as a distribution, and what price does to them",
                                   "逐周销量预测（分布）与价格弹性");
  command->add_option("--sku", flags->skus,
                      commands.t("one or more SKUs: history, fit and fan drawn", "一个或多个 SKU：绘制历史与预测"));
  command->add_option("--marketplace", flags->marketplace, commands.t("only this marketplace", "仅此站点"));
  command->add_option("--weeks", flags->weeks, commands.t("weeks ahead", "预测周数"))
      ->check(CLI::Range(1, 104))
      ->capture_default_str();
  command->add_flag("--all", flags->all, commands.t("every SKU on the terminal", "显示全部 SKU"));
  command->footer(commands.t("Example: destock forecast --sku DS-03-BK --as-of 2026-01-05",
                             "示例：destock forecast --sku DS-03-BK --as-of 2026-01-05"));
  command->callback(
      [&commands, flags] { commands.run = [flags](const Session& session) { return run_forecast(session, *flags); }; });
}

}  // namespace destock::cli

#include "app/together.h"

#include <algorithm>
#include <array>

namespace destock::app {
namespace {

struct Figure {
  const char* id;
  Text name;
  std::optional<Money> AccountSums::*of;
};

const std::array<Figure, 5>& figures() {
  static const std::array<Figure, 5> all = {{
      {"stock_value", {"Cash tied up", "占用资金"}, &AccountSums::stock_value},
      {"excess_value", {"Excess value", "冗余金额"}, &AccountSums::excess_value},
      {"holding_cost_next_month", {"Holding, next month", "下月持有成本"}, &AccountSums::holding_next_month},
      {"expected_net_recovery", {"Plan brings back", "方案预计净回款"}, &AccountSums::recovery},
      {"over_holding", {"Over doing nothing", "比不做动作多"}, &AccountSums::over_holding},
  }};
  return all;
}

// Of the accounts that have a figure; nothing where none has.
std::optional<Money> sum_of(const Together& together, const Figure& figure) {
  std::optional<Money> sum;
  for (const AccountSums& account : together.accounts) {
    const auto& amount = account.*figure.of;
    if (!amount) continue;
    const auto more = sum ? sum->plus(*amount) : amount;
    if (!more) return std::nullopt;
    sum = more;
  }
  return sum;
}

}  // namespace

AccountSums sums_of(int64_t id, const std::string& name, const AccountState& state, const account::PlanRecord* plan,
                    Currency currency) {
  const health::AccountFigures& f = state.health.figures;
  const auto brought = [&](const std::optional<Money>& amount) {
    return amount ? state.account.rates.convert(*amount, currency, state.account.as_of) : std::nullopt;
  };
  AccountSums sums{id, name, state.account.as_of, {}, static_cast<int64_t>(f.skus), f.units, f.excess_units};
  sums.stock_value = brought(f.stock_value);
  sums.excess_value = brought(f.excess_value);
  sums.holding_next_month = brought(f.holding_cost_next_month);
  if (!plan) return sums;
  const PlanTotals totals = plan_totals(*plan, state.account.rates, f.base_currency);
  sums.plan_day = plan->first_day;
  sums.recovery = brought(totals.net_recovery);
  if (totals.net_recovery && totals.hold_net_recovery)
    sums.over_holding = brought(*totals.net_recovery - *totals.hold_net_recovery);
  return sums;
}

Currency common_currency(const std::vector<Currency>& bases) {
  std::map<std::string, int> count;
  for (const Currency& base : bases) ++count[std::string(base.str())];
  const auto most =
      std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return currency_of(most == count.end() ? "USD" : most->first);
}

deliver::Table together_table(const Together& together) {
  using deliver::Kind;
  deliver::Table table{"accounts",
                       {"Accounts", "账户"},
                       {{"account", {"Account", "账户"}, Kind::kText},
                        {"as_of", {"Snapshot", "快照日期"}, Kind::kDay},
                        {"skus", {"SKUs", "SKU 数"}, Kind::kUnits, 0, 12, false},
                        {"units", {"Stock", "库存"}, Kind::kUnits},
                        {"excess_units", {"Excess", "冗余件数"}, Kind::kUnits, 0, 12, false}},
                       {}};
  for (const Figure& figure : figures()) table.columns.push_back({figure.id, figure.name, Kind::kMoney});
  int64_t skus = 0, units = 0, excess = 0;
  for (const AccountSums& account : together.accounts) {
    const bool there = account.as_of.has_value();
    const auto count = [&](int64_t value) { return there ? deliver::Cell(value) : deliver::Cell(std::monostate{}); };
    std::vector<deliver::Cell> row = {account.name, deliver::cell(account.as_of), count(account.skus),
                                      count(account.units), count(account.excess_units)};
    for (const Figure& figure : figures()) row.push_back(deliver::cell(account.*figure.of));
    table.rows.push_back(row);
    skus += account.skus;
    units += account.units;
    excess += account.excess_units;
  }
  if (together.accounts.size() < 2) return table;
  std::vector<deliver::Cell> row = {Text{"together", "合计"}, std::string("–"), skus, units, excess};
  for (const Figure& figure : figures()) row.push_back(deliver::cell(sum_of(together, figure)));
  table.rows.push_back(row);
  return table;
}

std::vector<Text> together_notes(const Together& together) {
  std::vector<Text> notes;
  for (const AccountSums& account : together.accounts) {
    if (!account.as_of) {
      notes.push_back(
          {account.name + ": nothing is imported yet; in no sum", account.name + "：尚未导入报告，未计入合计"});
      continue;
    }
    Text missing;
    for (const Figure& figure : figures()) {
      if (account.*figure.of) continue;
      add_to_list(missing, figure.name);
    }
    if (!missing.en.empty())
      notes.push_back({account.name + ": not in the sums of " + missing.en +
                           (account.plan_day ? "" : " (no plan yet)") +
                           "; they are unknown or no rate brings them to " + std::string(together.currency.str()),
                       account.name + "：未计入以下合计：" + missing.zh + (account.plan_day ? "" : "（尚无方案）") +
                           "；数据未提供，或缺少折算为 " + std::string(together.currency.str()) + " 的汇率"});
  }
  return notes;
}

Json together_json(const Together& together, Lang lang) {
  Json list = Json::array();
  for (const AccountSums& account : together.accounts) {
    Json row = {{"id", account.id},
                {"name", account.name},
                {"as_of", account.as_of ? Json(iso(*account.as_of)) : Json(nullptr)},
                {"plan_first_day", account.plan_day ? Json(iso(*account.plan_day)) : Json(nullptr)}};
    const bool there = account.as_of.has_value();
    row["skus"] = there ? Json(account.skus) : Json(nullptr);
    row["units"] = there ? Json(account.units) : Json(nullptr);
    row["excess_units"] = there ? Json(account.excess_units) : Json(nullptr);
    for (const Figure& figure : figures()) row[figure.id] = to_json(account.*figure.of);
    list.push_back(std::move(row));
  }
  Json sums = Json::object();
  Json counted = Json::object();
  for (const Figure& figure : figures()) {
    sums[figure.id] = to_json(sum_of(together, figure));
    counted[figure.id] = std::count_if(together.accounts.begin(), together.accounts.end(),
                                       [&](const AccountSums& one) { return (one.*figure.of).has_value(); });
  }
  Json notes = Json::array();
  for (const Text& note : together_notes(together)) notes.push_back(note.in(lang));
  return {{"currency", std::string(together.currency.str())},
          {"accounts", list},
          {"together", sums},
          {"counted", counted},
          {"notes", notes}};
}

}  // namespace destock::app

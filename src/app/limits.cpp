#include "app/limits.h"

#include "app/json_parts.h"
#include "base/number.h"

namespace destock::app {
namespace {

using portfolio::Row;
using portfolio::Scarce;

constexpr double kMostMoney = 1e12, kMostFeet = 1e9;
constexpr int kMostCount = 1'000'000;

Error bad(const std::string& field, Text expected) {
  return {ErrorKind::kBadUsage, {"cannot be read", "无法识别"}, "limits." + field, std::move(expected)};
}

// Money as text or number; at least 0.
Result<double> money_of(const Json& value, const std::string& field) {
  std::optional<double> amount;
  if (value.is_number()) amount = value.get<double>();
  if (value.is_string())
    if (const auto units = parse_scaled(value.get<std::string>(), NumberStyle::kPoint, 4))
      amount = static_cast<double>(*units) / 10'000;
  if (!amount || !(*amount >= 0) || *amount > kMostMoney)
    return tl::unexpected(bad(field, {"an amount in the base currency as 50000", "本位币金额，如 50000"}));
  return *amount;
}

Result<std::optional<int>> count_of(const Json& json, const char* field) {
  if (!json.contains(field) || json.at(field).is_null()) return std::optional<int>();
  const Json& value = json.at(field);
  if (!value.is_number_integer() || value.get<int64_t>() < 0 || value.get<int64_t>() > kMostCount)
    return tl::unexpected(bad(field, {"a whole number, 0 or more", "不小于 0 的整数"}));
  return std::optional<int>(value.get<int>());
}

std::optional<Error> read_cash(const Json& json, AccountLimits& limits) {
  if (!json.contains("cash_by")) return std::nullopt;
  const Text expected{"a list of {\"day\", \"amount\"}", "列表：{\"day\", \"amount\"}"};
  if (!json.at("cash_by").is_array()) return bad("cash_by", expected);
  for (const Json& one : json.at("cash_by")) {
    if (!one.is_object() || !one.contains("amount") || !one.contains("day") || !one.at("day").is_string())
      return bad("cash_by", expected);
    const auto day = parse_iso_date(one.at("day").get<std::string>());
    if (!day) return bad("cash_by.day", {"a day as 2026-01-31", "日期，如 2026-01-31"});
    const auto amount = money_of(one.at("amount"), "cash_by.amount");
    if (!amount) return amount.error();
    limits.cash_by.push_back({*day, *amount});
  }
  return std::nullopt;
}

std::optional<Error> read_storage(const Json& json, AccountLimits& limits) {
  if (!json.contains("storage")) return std::nullopt;
  const Text expected{"a list of {\"cuft\", \"type\"}, type standard, oversize or none",
                      "列表：{\"cuft\", \"type\"}，type 为 standard、oversize 或不填"};
  if (!json.at("storage").is_array()) return bad("storage", expected);
  for (const Json& one : json.at("storage")) {
    if (!one.is_object() || !one.contains("cuft") || !one.at("cuft").is_number()) return bad("storage", expected);
    const double cuft = one.at("cuft").get<double>();
    const std::string type =
        one.contains("type") && one.at("type").is_string() ? one.at("type").get<std::string>() : "";
    if (!(cuft >= 0) || cuft > kMostFeet || (!type.empty() && type != "standard" && type != "oversize"))
      return bad("storage", expected);
    limits.storage.push_back({cuft, type});
  }
  return std::nullopt;
}

// Weeks of the horizon by the calendar month in which they begin.
std::vector<std::pair<int, int>> months_of(Date first_day, int weeks) {
  std::vector<std::pair<int, int>> months;
  unsigned last = 0;
  for (int week = 0; week < weeks; ++week) {
    const unsigned month = month_of(first_day + Days(kWeekDays * week));
    if (months.empty() || month != last) months.emplace_back(week, week);
    months.back().second = week;
    last = month;
  }
  return months;
}

}  // namespace

bool AccountLimits::none() const {
  return cash_by.empty() && storage.empty() && !deal_slots && !actions && !clicks && !fees_a_month && !loss_a_month;
}

Result<AccountLimits> read_limits(const Json& json) {
  AccountLimits limits;
  if (json.is_null()) return limits;
  if (!json.is_object()) return tl::unexpected(bad("", {"an object", "对象"}));
  if (const auto keys =
          check_keys(json, {"cash_by", "storage", "deal_slots", "actions", "clicks", "fees_a_month", "loss_a_month"});
      !keys)
    return tl::unexpected(keys.error());
  if (auto error = read_cash(json, limits)) return tl::unexpected(std::move(*error));
  if (auto error = read_storage(json, limits)) return tl::unexpected(std::move(*error));
  const std::pair<const char*, std::optional<int>*> counts[] = {
      {"deal_slots", &limits.deal_slots}, {"actions", &limits.actions}, {"clicks", &limits.clicks}};
  for (const auto& [field, to] : counts) {
    const auto count = count_of(json, field);
    if (!count) return tl::unexpected(count.error());
    *to = *count;
  }
  const std::pair<const char*, std::optional<double>*> moneys[] = {{"fees_a_month", &limits.fees_a_month},
                                                                   {"loss_a_month", &limits.loss_a_month}};
  for (const auto& [field, to] : moneys) {
    if (!json.contains(field) || json.at(field).is_null()) continue;
    const auto amount = money_of(json.at(field), field);
    if (!amount) return tl::unexpected(amount.error());
    *to = *amount;
  }
  return limits;
}

std::optional<Error> too_soon(const AccountLimits& limits, Date first_day) {
  for (const AccountLimits::CashBy& cash : limits.cash_by)
    if (cash.weeks_from(first_day) < 1)
      return bad("cash_by.day", {"a day at least a week after the plan begins, " + iso(first_day),
                                 "方案开始（" + iso(first_day) + "）至少一周之后的日期"});
  return std::nullopt;
}

Json take_limits(Json& wishes) {
  if (!wishes.is_object() || !wishes.contains("limits")) return nullptr;
  Json limits = wishes.at("limits");
  wishes.erase("limits");
  return limits;
}

std::vector<Row> rows_of(const AccountLimits& limits, Date first_day, int weeks,
                         const std::vector<std::string>& marketplaces) {
  std::vector<Row> rows;
  for (const AccountLimits::CashBy& cash : limits.cash_by) {
    const auto over = std::min<int64_t>(weeks, cash.weeks_from(first_day));
    rows.push_back({Scarce::kCash, "", 0, static_cast<int>(over) - 1, cash.amount});
  }
  for (int week = 0; week < weeks; ++week) {
    for (const AccountLimits::Storage& storage : limits.storage)
      rows.push_back({Scarce::kSpace, storage.type, week, week, storage.cuft});
    if (limits.deal_slots)
      for (const std::string& marketplace : marketplaces)
        rows.push_back({Scarce::kDeals, marketplace, week, week, static_cast<double>(*limits.deal_slots)});
    if (limits.actions) rows.push_back({Scarce::kActions, "", week, week, static_cast<double>(*limits.actions)});
    if (limits.clicks) rows.push_back({Scarce::kClicks, "", week, week, static_cast<double>(*limits.clicks)});
  }
  for (const auto& [from, to] : months_of(first_day, weeks)) {
    if (limits.fees_a_month) rows.push_back({Scarce::kFees, "", from, to, *limits.fees_a_month});
    if (limits.loss_a_month) rows.push_back({Scarce::kLoss, "", from, to, *limits.loss_a_month});
  }
  return rows;
}

}  // namespace destock::app

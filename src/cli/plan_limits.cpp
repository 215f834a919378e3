#include "cli/plan_limits.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/volume.h"
#include "cli/amount.h"
#include "cli/summary.h"
#include "deliver/table.h"

namespace destock::cli {
namespace {

using deliver::Kind;

// "1200cuft", "1200", "standard:1200cuft", "34m3".
std::optional<app::Json> storage_of(const std::string& given) {
  const size_t colon = given.find(':');
  const std::string type = colon == std::string::npos ? "" : given.substr(0, colon);
  std::string amount = colon == std::string::npos ? given : given.substr(colon + 1);
  double unit = 1;
  const std::pair<const char*, double> units[] = {{"cuft", 1}, {"ft3", 1}, {"m3", kCubicFeetPerCubicMetre}};
  for (const auto& [name, feet] : units)
    if (amount.ends_with(name)) {
      amount.resize(amount.size() - std::string_view(name).size());
      unit = feet;
      break;
    }
  const auto scaled = is_bare(trimmed(amount)) ? parse_scaled(amount, NumberStyle::kPoint, 3) : std::nullopt;
  if (!scaled || *scaled < 0 || (!type.empty() && type != "standard" && type != "oversize")) return std::nullopt;
  app::Json one = {{"cuft", static_cast<double>(*scaled) / 1000 * unit}};
  if (!type.empty()) one["type"] = type;
  return one;
}

Text name_of(const std::string& what) {
  static const std::pair<const char*, Text> kNames[] = {{"space", {"storage, cubic feet", "仓储（立方英尺）"}},
                                                        {"deals", {"deals at once", "同时进行的活动"}},
                                                        {"fees", {"promotion fees", "活动费用"}},
                                                        {"actions", {"changes", "改动"}},
                                                        {"clicks", {"changes by clicks", "后台点击"}},
                                                        {"cash", {"cash by then", "届时累计回款"}},
                                                        {"loss", {"loss against landed cost", "相对落地成本的亏损"}}};
  for (const auto& [id, name] : kNames)
    if (what == id) return name;
  return {what, what};
}

std::optional<double> amount_in(const app::Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value.is_object()) return std::stod(value.at("amount").get<std::string>());
  return std::nullopt;
}

// Money of money, a number of the rest; unknown where it is neither.
deliver::Cell figure(const app::Json& value) {
  if (value.is_number()) return value.get<double>();
  const auto units =
      value.is_object() ? parse_scaled(value.at("amount").get<std::string>(), NumberStyle::kPoint, 4) : std::nullopt;
  if (!units) return std::monostate{};
  return Money::from_units(*units, currency_of(value.at("currency").get<std::string>()));
}

deliver::Table limits_table(const app::Json& limits) {
  deliver::Table table{"limits",
                       {"Limits", "限制"},
                       {{"what", {"Scarce", "限制项"}, Kind::kText, 0, 22},
                        {"where", {"Where", "范围"}, Kind::kText, 0, 10},
                        {"from", {"From", "开始"}, Kind::kText, 0, 11},
                        {"to", {"To", "结束"}, Kind::kText, 0, 11},
                        {"limit", {"Limit", "限额"}, Kind::kUnits, 0, 12},
                        {"used", {"Used", "已用"}, Kind::kUnits, 0, 12},
                        {"short_by", {"Short by", "差额"}, Kind::kUnits, 0, 12},
                        {"price", {"One more is worth", "每多一单位的价值"}, Kind::kMoney, 0, 20}},
                       {}};
  std::vector<app::Json> rows(limits.at("rows").begin(), limits.at("rows").end());
  // What is missed first, then what is dear.
  std::stable_sort(rows.begin(), rows.end(), [](const app::Json& a, const app::Json& b) {
    const auto rank = [](const app::Json& row) {
      return std::pair(!row.at("short_by").is_null(), amount_in(row.at("price")).value_or(0));
    };
    return rank(a) > rank(b);
  });
  for (const app::Json& row : rows)
    table.rows.push_back({name_of(row.at("what").get<std::string>()), row.at("where").get<std::string>(),
                          row.at("from").get<std::string>(), row.at("to").get<std::string>(), figure(row.at("limit")),
                          figure(row.at("used")),
                          row.at("short_by").is_null() ? deliver::Cell(std::string("–")) : figure(row.at("short_by")),
                          figure(row.at("price"))});
  return table;
}

}  // namespace

// What is scarce across SKUs, as the plan's wishes hold it; null where nothing is asked.
Result<app::Json> limits_asked(const LimitFlags& flags) {
  app::Json limits = app::Json::object();
  for (const std::string& given : flags.cash_by) {
    const size_t colon = given.find(':');
    const auto day = parse_iso_date(given.substr(0, colon));
    const auto amount = colon == std::string::npos || !is_bare(given.substr(colon + 1))
                            ? std::nullopt
                            : parse_scaled(given.substr(colon + 1), NumberStyle::kPoint, 4);
    if (!day || !amount || *amount < 0)
      return tl::unexpected(bad_option(
          "--cash-by", given,
          {"a day and an amount in the base currency as 2026-01-31:50000", "日期与本位币金额，如 2026-01-31:50000"}));
    limits["cash_by"].push_back({{"day", iso(*day)}, {"amount", given.substr(colon + 1)}});
  }
  for (const std::string& given : flags.storage_limit) {
    auto one = storage_of(given);
    if (!one)
      return tl::unexpected(bad_option("--storage-limit", given,
                                       {"cubic feet as 1200cuft, or of a type as oversize:300cuft",
                                        "立方英尺，如 1200cuft，或按类型 oversize:300cuft"}));
    limits["storage"].push_back(std::move(*one));
  }
  if (flags.deal_slots >= 0) limits["deal_slots"] = flags.deal_slots;
  if (flags.actions >= 0) limits["actions"] = flags.actions;
  if (flags.clicks >= 0) limits["clicks"] = flags.clicks;
  if (!flags.ad_budget.empty()) limits["fees_a_month"] = flags.ad_budget;
  if (!flags.loss_limit.empty()) limits["loss_a_month"] = flags.loss_limit;
  return limits.empty() ? app::Json(nullptr) : limits;
}

void print_limits(const Session& session, const account::PlanRecord& plan) {
  if (plan.limits.empty()) return;
  const app::Json limits = app::Json::parse(plan.limits, nullptr, false);
  if (!limits.is_object()) return;
  std::vector<deliver::Figure> figures = {
      {"without", {"Without limits", "无限制时"}, figure(limits.at("without")), Kind::kMoney},
      {"within", {"Within them", "限制内"}, figure(limits.at("within")), Kind::kMoney},
      {"cost", {"What the limits cost", "限制的代价"}, figure(limits.at("cost")), Kind::kMoney}};
  if (!limits.at("bound").is_null())
    figures.push_back({"bound",
                       {"No plan within them can bring more than", "限制内理论最高"},
                       figure(limits.at("bound")),
                       Kind::kMoney});
  print_figures(session, figures);
  session.print(limits_table(limits), 20);
  std::cout << "\n";
  if (const auto skus = limits.at("without_rate").get<int64_t>(); skus > 0)
    session.note({std::to_string(skus) + (skus == 1 ? " SKU has" : " SKUs have") +
                      " no exchange rate to the base currency: outside these limits and their figures",
                  std::to_string(skus) + " 个 SKU 缺少兑本位币汇率：未计入上述限制与数字"});
  if (!limits.at("met").get<bool>())
    session.note(
        {"not all of it can be met: this is the nearest there is, and the table says how far off each limit is",
         "无法全部满足：已给出最接近的方案，差距见表"});
}

}  // namespace destock::cli

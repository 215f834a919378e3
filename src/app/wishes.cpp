#include "app/wishes.h"

#include <fmt/format.h>

#include "app/json_parts.h"
#include "base/number.h"

namespace destock::app {
namespace {

Error bad(const char* field, Text expected) {
  return {ErrorKind::kBadUsage, {"cannot be read", "无法识别"}, field, std::move(expected)};
}

bool given(const Json& json, const char* field) {
  return json.contains(field) && !json.at(field).is_null();
}

std::optional<Error> read_days(const Json& json, clearance::PlanWishes& wishes) {
  if (given(json, "out_by")) {
    wishes.out_by = parse_iso_date(json.at("out_by").get<std::string>());
    if (!wishes.out_by) return bad("out_by", {"a day as 2026-12-20", "日期，如 2026-12-20"});
  }
  if (!given(json, "no_change")) return std::nullopt;
  for (const Json& days : json.at("no_change")) {
    const auto from = parse_iso_date(days.at(0).get<std::string>());
    const auto to = parse_iso_date(days.at(1).get<std::string>());
    if (!from || !to || *to < *from) return bad("no_change", {"pairs of days", "日期区间"});
    wishes.no_change.emplace_back(*from, *to);
  }
  return std::nullopt;
}

Result<Currency> floor_currency(const Json& json, Currency currency) {
  if (!given(json, "floor_currency")) return currency;
  const auto named = Currency::parse(json.at("floor_currency").get<std::string>());
  if (!named) return tl::unexpected(bad("floor_currency", {"three letters as USD", "三个字母，如 USD"}));
  return *named;
}

}  // namespace

Result<clearance::PlanWishes> read_wishes(const Json& json, Currency currency, const market::Facts& facts) {
  if (const auto keys = check_keys(json, {"floor_share", "floor_price", "floor_currency", "elasticity", "monotone",
                                          "without", "out_by", "no_change"});
      !keys)
    return tl::unexpected(keys.error());
  clearance::PlanWishes wishes;
  if (given(json, "floor_share")) {
    wishes.floor_share = json.at("floor_share").get<double>();
    if (!(*wishes.floor_share > 0) || *wishes.floor_share > 1)
      return tl::unexpected(bad("floor_share", {"above 0, 1 at most", "大于 0，至多 1"}));
  }
  if (given(json, "floor_price")) {
    // The whole text, as a report's amounts are read: "12,50" is 12.50, "12.5x" is none.
    const auto units = parse_scaled(json.at("floor_price").get<std::string>(), NumberStyle::kPoint, 4);
    const auto named = floor_currency(json, currency);
    if (!named) return tl::unexpected(named.error());
    const Money price = Money::from_units(units.value_or(0), *named);
    if (price.units() <= 0 || !price.is_plausible())
      return tl::unexpected(bad("floor_price", {"a price as 12.50", "价格，如 12.50"}));
    wishes.floor_price = price;
  }
  if (given(json, "elasticity")) {
    wishes.elasticity = json.at("elasticity").get<double>();
    if (!(*wishes.elasticity < 0) || *wishes.elasticity < -20)
      return tl::unexpected(bad("elasticity", {"below 0, −20 at least", "小于 0，不低于 −20"}));
  }
  if (given(json, "monotone")) wishes.monotone = json.at("monotone").get<bool>();
  if (given(json, "without"))
    for (const Json& channel : json.at("without")) {
      if (!facts.channel(channel.get<std::string>()))
        return tl::unexpected(bad("without", {"no such channel", "没有该渠道"}));
      wishes.without.push_back(channel.get<std::string>());
    }
  if (auto error = read_days(json, wishes)) return tl::unexpected(std::move(*error));
  return wishes;
}

Json wishes_json(const clearance::PlanWishes& wishes) {
  Json json = Json::object();
  if (wishes.floor_share) json["floor_share"] = *wishes.floor_share;
  if (wishes.floor_price) {
    json["floor_price"] = fmt::format("{:.4f}", wishes.floor_price->to_double());
    json["floor_currency"] = wishes.floor_price->currency().str();
  }
  if (wishes.elasticity) json["elasticity"] = *wishes.elasticity;
  if (wishes.monotone) json["monotone"] = true;
  if (!wishes.without.empty()) json["without"] = wishes.without;
  if (wishes.out_by) json["out_by"] = iso(*wishes.out_by);
  for (const auto& [from, to] : wishes.no_change) json["no_change"].push_back({iso(from), iso(to)});
  return json;
}

}  // namespace destock::app

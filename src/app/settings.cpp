#include "app/settings.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "app/json_parts.h"

namespace destock::app {
namespace {

// As in the playbook's file, so as JSON: both write figures and lists of them alike.
Json figure(const std::string& value) {
  return Json::parse(value, nullptr, false);
}

Json rules_json(const market::Facts& shipped, const market::Facts& own, Lang lang) {
  std::map<std::string, std::string> defaults;
  for (const market::RuleValue& rule : market::rules_of(shipped)) defaults.emplace(rule.id, rule.value);
  Json list = Json::array();
  for (const market::RuleValue& rule : market::rules_of(own))
    list.push_back({{"id", rule.id},
                    {"group", rule.group->name.in(lang)},
                    {"name", rule.words->name.in(lang)},
                    {"unit", market::kRuleUnitIds[static_cast<size_t>(rule.words->unit)]},
                    {"value", figure(rule.value)},
                    {"default", figure(defaults[rule.id])}});
  return list;
}

Json channels_json(const market::Facts& own, Lang lang) {
  Json list = Json::array();
  for (const auto& [id, channel] : own.channels)
    if (market::may_be_off(channel) && !channel.returns_only)
      list.push_back({{"id", id},
                      {"name", channel.name.in(lang)},
                      {"marketplaces", channel.marketplaces},
                      {"how", channel.how.in(lang)},
                      {"on", !channel.off},
                      {"needs_offer", channel.needs_offer},
                      {"offered", channel.offered}});
  return list;
}

Json endings_json(const market::Facts& shipped, const market::Facts& own, Lang lang) {
  Json list = Json::array();
  for (const auto& [id, marketplace] : own.marketplaces)
    list.push_back({{"marketplace", id},
                    {"name", marketplace.name.in(lang)},
                    {"currency", marketplace.currency.str()},
                    {"value", market::price_ending_id(marketplace.price_ending)},
                    {"default", market::price_ending_id(shipped.marketplaces.find(id)->second.price_ending)}});
  return list;
}

// Programmes that change a fee, each once, with the marketplaces in which it does.
Json programmes_json(const market::Facts& own, Lang lang) {
  std::map<std::string, Json> list;
  for (const auto& [marketplace, card] : own.rate_cards)
    for (const market::ProgrammeName& programme : card.programmes) {
      const bool on = std::find(own.enrolled.begin(), own.enrolled.end(), programme.id) != own.enrolled.end();
      auto& row = list.try_emplace(programme.id, Json{{"id", programme.id},
                                                      {"name", programme.name.in(lang)},
                                                      {"marketplaces", Json::array()},
                                                      {"on", on},
                                                      {"without", own.not_enrolled.contains(programme.id)
                                                                      ? Json(own.not_enrolled.at(programme.id))
                                                                      : Json::array()}})
                      .first->second;
      row["marketplaces"].push_back(marketplace);
    }
  Json out = Json::array();
  for (auto& [id, row] : list) out.push_back(std::move(row));
  return out;
}

// The address that units come back to, by its parts; empty texts where nothing is set.
Json removal_json(const market::Settings& settings) {
  Json parts = Json::object();
  for (std::string_view key : market::kRemovalSettings) {
    const auto found = settings.find("removal." + std::string(key));
    parts[std::string(key)] = found == settings.end() ? std::string() : found->second;
  }
  return parts;
}

void set(market::Settings& settings, const std::string& name, const std::string& value) {
  if (value.empty())
    settings.erase(name);
  else
    settings[name] = value;
}

}  // namespace

Context with_settings(Context shipped, const market::Settings& settings) {
  market::Settings asked = settings;
  if (shipped.own_playbook) std::erase_if(asked, [](const auto& one) { return one.first.starts_with("rule."); });
  auto made = market::with_settings(std::move(shipped.facts), asked);
  shipped.facts = std::move(made.facts);
  shipped.left_aside = std::move(made.left_aside);
  return shipped;
}

Json settings_json(const Context& shipped, const market::Settings& settings, std::optional<Currency> base_currency,
                   Lang lang) {
  const Context own = with_settings(shipped, settings);
  Json left = Json::array();
  for (const Text& text : own.left_aside) left.push_back(text.in(lang));
  return {{"rules", rules_json(shipped.facts, own.facts, lang)},
          {"channels", channels_json(own.facts, lang)},
          {"price_endings", endings_json(shipped.facts, own.facts, lang)},
          {"programmes", programmes_json(own.facts, lang)},
          {"removal", removal_json(settings)},
          {"base_currency", base_currency ? Json(base_currency->str()) : Json(nullptr)},
          {"left_aside", left}};
}

Result<market::Settings> changed_settings(const Context& shipped, market::Settings settings, const Json& change) {
  if (const auto keys = check_keys(change, {"rules", "channels", "price_endings", "programmes", "programmes_without",
                                            "removal", "base_currency"});
      !keys)
    return tl::unexpected(keys.error());
  const auto before = market::with_settings(shipped.facts, settings).left_aside;
  const auto each = [&](const char* part, const std::string& prefix, const auto& value_of,
                        const std::string& suffix = {}) {
    if (!change.contains(part)) return;
    for (const auto& [id, value] : change.at(part).items()) set(settings, prefix + id + suffix, value_of(value));
  };
  each("rules", "rule.", [&](const Json& value) { return value.is_null() ? std::string() : value.dump(); });
  each("channels", "channel.", [](const Json& on) {
    if (on.is_string()) return on.get<std::string>();
    return on.get<bool>() ? std::string() : std::string("off");
  });
  each("price_endings", "ending.",
       [](const Json& value) { return value.is_null() ? std::string() : value.get<std::string>(); });
  each("programmes", "programme.",
       [](const Json& on) { return on.is_boolean() && on.get<bool>() ? std::string("on") : std::string(); });
  each(
      "programmes_without", "programme.",
      [](const Json& skus) {
        std::string list;
        for (const Json& sku : skus) add_to_list(list, sku.get<std::string>(), "; ");
        return list;
      },
      ".without");
  each("removal", "removal.",
       [](const Json& value) { return value.is_null() ? std::string() : value.get<std::string>(); });
  const auto made = market::with_settings(shipped.facts, settings);
  // What was there before and no longer fits is no reason to refuse a change.
  for (const Text& why : made.left_aside)
    if (std::find(before.begin(), before.end(), why) == before.end())
      return fail(ErrorKind::kBadUsage, why, {}, {"nothing was changed", "未做任何更改"});
  return settings;
}

Result<void> check_rate(const Context& context, Date day, Currency from, Currency to, double rate) {
  constexpr double kSlip = 10;
  if (day > context.clock.latest_day())
    return fail(ErrorKind::kBadUsage, {"a rate of a day to come: " + iso(day), "汇率日期在未来：" + iso(day)}, {},
                {"give the day that the rate is of, today at the latest", "请填写汇率的实际日期，最晚为今日"});
  ExchangeRates rates;
  context.facts.ship_rates(rates);
  const auto shipped = rates.rate_on(day, from, to);
  if (!shipped || (rate < *shipped * kSlip && rate > *shipped / kSlip)) return {};
  const std::string pair = from.str() + "→" + to.str();
  const std::string about = fmt::format("{:.4g}", *shipped);
  return fail(ErrorKind::kBadUsage,
              {fmt::format("{} {:g} is far from what it has been, {}", pair, rate, about),
               fmt::format("{} {:g} 与通常的 {} 相差过大", pair, rate, about)},
              {},
              {"perhaps it is " + to.str() + "→" + from.str() + ", the other way round",
               "是否应为 " + to.str() + "→" + from.str() + "（方向相反）？"});
}

}  // namespace destock::app

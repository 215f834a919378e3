// destock settings [list] | set NAME=VALUE … | reset NAME …

#include "app/settings.h"

#include "cli/command.h"

namespace destock::cli {
namespace {

using app::Json;

// "plan.horizon_weeks" is a rule, "woot" a channel, "US" a marketplace: as the list shows them.
bool place(const app::Context& shipped, const std::string& name, const std::string& value, Json& change) {
  const market::Facts& facts = shipped.facts;
  const bool back = value.empty();
  if (facts.channel(name)) {
    if (!back && value != "on" && value != "off" && value != "offered") return false;
    change["channels"][name] = value == "offered" ? Json("offered") : Json(value != "off");
  } else if (market::programme_named(facts, name)) {
    if (!back && value != "on" && value != "off") return false;
    change["programmes"][name] = value == "on";
  } else if (constexpr size_t kWithout = 8;
             name.ends_with(".without") && market::programme_named(facts, name.substr(0, name.size() - kWithout))) {
    change["programmes_without"][name.substr(0, name.size() - kWithout)] = market::skus_left_out(value);
  } else if (name.starts_with("removal.") && market::is_removal_setting(name.substr(8))) {
    change["removal"][name.substr(8)] = back ? Json(nullptr) : Json(value);
  } else if (facts.marketplaces.contains(name)) {
    change["price_endings"][name] = back ? Json(nullptr) : Json(value);
  } else {
    const Json figure = Json::parse(back ? "null" : value, nullptr, false);
    if (figure.is_discarded()) return false;
    change["rules"][name] = figure;
  }
  return true;
}

deliver::Table settings_table(const Session& session, const Json& settings) {
  deliver::Table table{"settings",
                       {"Settings", "设置"},
                       {{"name", {"Name", "名称"}, deliver::Kind::kText},
                        {"what", {"What it is", "含义"}, deliver::Kind::kText, 0, 40},
                        {"value", {"Value", "取值"}, deliver::Kind::kText},
                        {"default", {"As shipped", "默认值"}, deliver::Kind::kText}},
                       {}};
  const auto add = [&](const std::string& name, const std::string& what, const Json& value, const Json& shipped) {
    const auto text = [](const Json& one) { return one.is_string() ? one.get<std::string>() : one.dump(); };
    table.rows.push_back({name, what, text(value), text(shipped)});
  };
  for (const Json& rule : settings["rules"])
    add(rule["id"], rule["group"].get<std::string>() + session.say({": ", "："}) + rule["name"].get<std::string>(),
        rule["value"], rule["default"]);
  for (const Json& channel : settings["channels"])
    add(channel["id"], channel["name"],
        channel["offered"].get<bool>() ? "offered"
        : channel["on"].get<bool>()    ? "on"
                                       : "off",
        "on");
  for (const Json& programme : settings["programmes"]) {
    add(programme["id"], programme["name"], programme["on"].get<bool>() ? "on" : "off", "off");
    std::string out;
    for (const Json& sku : programme["without"]) add_to_list(out, sku.get<std::string>(), "; ");
    add(programme["id"].get<std::string>() + ".without",
        session.say({"SKUs that stay out of it, as DE SKU-1; SKU-2", "不参加的 SKU，如 DE SKU-1; SKU-2"}), out, "");
  }
  for (const auto& [part, value] : settings["removal"].items()) add("removal." + part, "", value, "");
  for (const Json& ending : settings["price_endings"])
    add(ending["marketplace"], ending["name"], ending["value"], ending["default"]);
  return table;
}

std::optional<Json> change_of(const Session& session, const app::Context& shipped,
                              const std::vector<std::string>& given, bool back) {
  Json change = Json::object();
  for (const std::string& one : given) {
    const size_t equals = one.find('=');
    const bool fits = back == (equals == std::string::npos) &&
                      place(shipped, one.substr(0, equals), back ? std::string() : one.substr(equals + 1), change);
    if (fits) continue;
    session.failed({ErrorKind::kBadUsage,
                    {"not a setting", "不是设置项"},
                    one,
                    {"plan.horizon_weeks=20, woot=off, US=x.99; destock settings lists them all",
                     "如 plan.horizon_weeks=20、woot=off、US=x.99；destock settings 可列出全部"}});
    return std::nullopt;
  }
  return change;
}

using Settings = store::Store::Settings;

Result<Settings> settings_of(Session::Opened& opened) {
  auto values = opened.store.settings(opened.account);
  if (!values) return tl::unexpected(values.error());
  const auto base = opened.store.base_currency(opened.account);
  if (!base) return tl::unexpected(base.error());
  return Settings{std::move(*values), *base};
}

Result<Settings> changed_settings_of(Session::Opened& opened, const app::Context& shipped, const Json& change) {
  return opened.store.change_settings(opened.account, [&](Settings before) -> Result<Settings> {
    auto changed = app::changed_settings(shipped, std::move(before.values), change);
    if (!changed) return tl::unexpected(changed.error());
    return Settings{std::move(*changed), before.base_currency};
  });
}

int run_settings(const Session& session, const std::vector<std::string>& given, bool back) {
  const auto shipped = session.context();
  if (!shipped) return session.code();
  const auto change = change_of(session, *shipped, given, back);
  if (!change) return session.code();
  auto opened = change->empty() ? session.open() : session.open_or_make(Session::Making::kFirst);
  if (!opened) return session.code();
  const auto settings = change->empty() ? settings_of(*opened) : changed_settings_of(*opened, *shipped, *change);
  if (!settings) return session.failed(settings.error());
  const Json now = app::settings_json(*shipped, settings->values, settings->base_currency, session.lang());
  if (session.format() == Format::kJson)
    session.print_json(now);
  else if (change->empty())
    session.print(settings_table(session, now));
  else
    session.note({"set; the next plan goes by it", "已设置；下次生成方案时生效"});
  session.warn(app::with_settings(*shipped, settings->values).left_aside);
  return kDone;
}

}  // namespace

void add_settings(Commands& commands) {
  const Flags command = commands.add(
      "settings", {"the account's own rules, channels and price endings", "账户自己的规则、渠道与价格尾数"});
  command.runs([](const Session& session) { return run_settings(session, {}, false); });
  const auto add = [&](const char* name, const Text& help, bool back) {
    auto given = std::make_shared<std::vector<std::string>>();
    const Flags sub = command.add(name, help);
    sub.list(back ? "NAME" : "NAME=VALUE", *given).required();
    sub.runs([given, back](const Session& session) { return run_settings(session, *given, back); });
  };
  add("set", {"set some, all or none", "设置若干项，要么全部生效要么全不生效"}, false);
  add("reset", {"back to what is shipped", "恢复默认值"}, true);
  command.example({"Example: destock settings set plan.cost_of_capital_per_year=0.15 woot=off US=x.99",
                   "示例：destock settings set plan.cost_of_capital_per_year=0.15 woot=off US=x.99"});
}

}  // namespace destock::cli

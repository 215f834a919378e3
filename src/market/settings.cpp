#include "market/settings.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "market/read_playbook.h"

namespace destock::market {
namespace {

constexpr std::string_view kRule = "rule.";
constexpr std::string_view kChannel = "channel.";
constexpr std::string_view kEnding = "ending.";
constexpr std::string_view kProgramme = "programme.";
constexpr std::string_view kWithout = ".without";
constexpr std::string_view kRemoval = "removal.";

std::string written(const toml::node& node) {
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  std::string text = out.str();
  // Lists are written with room inside their brackets.
  if (text.starts_with("[ ")) text = "[" + text.substr(2);
  if (text.ends_with(" ]")) text = text.substr(0, text.size() - 2) + "]";
  return text;
}

// The node that the id names; nothing where there is none.
toml::node* find(toml::table& book, std::string_view id) {
  const size_t dot = id.find('.');
  if (dot == std::string_view::npos) return nullptr;
  toml::table* section = book[id.substr(0, dot)].as_table();
  return section ? section->get(id.substr(dot + 1)) : nullptr;
}

bool is_figure(const toml::node& node) {
  if (node.is_number()) return true;
  const toml::array* list = node.as_array();
  return list && !list->empty() && list->is_homogeneous() && list->front().is_number();
}

// Why the rule cannot be that; nothing: it can, and now is.
std::optional<Text> put(toml::table& book, const std::string& id, const std::string& value) {
  toml::node* known = find(book, id);
  if (!known || !is_figure(*known)) return Text{"there is no such rule", "没有该规则"};
  try {
    const toml::table given = toml::parse("value = " + value);
    const toml::node* figure = given.get("value");
    if (given.size() != 1 || !is_figure(*figure)) return Text{"no figure: " + value, "不是数值：" + value};
    if (figure->is_array() != known->is_array())
      return known->is_array() ? Text{"it needs a list of figures", "需要一组数值"}
                               : Text{"it needs one figure", "需要单个数值"};
    const size_t dot = id.find('.');
    book[id.substr(0, dot)].as_table()->insert_or_assign(id.substr(dot + 1), *figure);
    return std::nullopt;
  } catch (const toml::parse_error&) {
    return Text{"no figure: " + value, "不是数值：" + value};
  }
}

Text aside(const std::string& name, const Text& why) {
  return {"the setting " + name + " does not fit: " + why.en, "设置 " + name + " 不适用：" + why.zh};
}

void apply_rules(const Settings& settings, FactsWithSettings& out) {
  const auto first = settings.lower_bound(std::string(kRule));
  if (first == settings.end() || !first->first.starts_with(kRule)) return;
  toml::table book = toml::parse(out.facts.playbook_text);
  bool any = false;
  for (const auto& [name, value] : settings) {
    if (!name.starts_with(kRule)) continue;
    if (const auto why = put(book, name.substr(kRule.size()), value))
      out.left_aside.push_back(aside(name, *why));
    else
      any = true;
  }
  if (!any) return;
  try {
    out.facts.playbook = read_playbook(FactTable(book, "settings"));
    std::ostringstream text;
    text << book;
    out.facts.playbook_text = text.str();
  } catch (const FactError& error) {
    out.left_aside.push_back(
        {"the account's rules do not fit together: " + error.what.en, "账户规则不适用：" + error.what.zh});
  }
}

}  // namespace

bool is_removal_setting(std::string_view key) {
  return std::find(std::begin(kRemovalSettings), std::end(kRemovalSettings), key) != std::end(kRemovalSettings);
}

std::vector<std::string> skus_left_out(std::string_view value) {
  std::vector<std::string> skus;
  for (size_t begin = 0; begin <= value.size();) {
    const size_t end = std::min(value.find(';', begin), value.size());
    std::string_view sku = value.substr(begin, end - begin);
    while (!sku.empty() && sku.front() == ' ') sku.remove_prefix(1);
    while (!sku.empty() && sku.back() == ' ') sku.remove_suffix(1);
    if (!sku.empty()) skus.emplace_back(sku);
    begin = end + 1;
  }
  return skus;
}

const ProgrammeName* programme_named(const Facts& facts, std::string_view id) {
  for (const auto& [marketplace, card] : facts.rate_cards)
    if (const ProgrammeName* found = card.programme(id)) return found;
  return nullptr;
}

std::vector<RuleValue> rules_of(const Facts& facts) {
  toml::table book = toml::parse(facts.playbook_text);
  std::vector<RuleValue> rules;
  for (const RuleGroup& group : facts.rule_words)
    for (const RuleWords& words : group.rules) {
      std::string id = group.id + "." + words.key;
      if (const toml::node* node = find(book, id)) rules.push_back({&group, &words, std::move(id), written(*node)});
    }
  return rules;
}

FactsWithSettings with_settings(Facts facts, const Settings& settings) {
  FactsWithSettings out{std::move(facts), {}};
  apply_rules(settings, out);
  for (const auto& [name, value] : settings) {
    if (name.starts_with(kChannel)) {
      const auto channel = out.facts.channels.find(name.substr(kChannel.size()));
      if (channel != out.facts.channels.end() && channel->second.needs_offer && value == "offered")
        channel->second.offered = true;
      else if (channel == out.facts.channels.end() || !may_be_off(channel->second) || value != "off")
        out.left_aside.push_back(aside(name, {"no channel that can be " + value, "没有可设为 " + value + " 的渠道"}));
      else
        channel->second.off = true;
    } else if (name.starts_with(kEnding)) {
      const auto marketplace = out.facts.marketplaces.find(name.substr(kEnding.size()));
      const auto ending = price_ending_of(value);
      if (marketplace == out.facts.marketplaces.end() || !ending)
        out.left_aside.push_back(
            aside(name, {"no marketplace whose prices end in " + value, "没有价格尾数可为 " + value + " 的站点"}));
      else
        marketplace->second.price_ending = *ending;
    } else if (name.starts_with(kProgramme) && name.ends_with(kWithout)) {
      const std::string id = name.substr(kProgramme.size(), name.size() - kProgramme.size() - kWithout.size());
      const std::vector<std::string> skus = skus_left_out(value);
      if (!programme_named(out.facts, id) || skus.empty())
        out.left_aside.push_back(aside(name, {"no programme, or no SKU", "没有该计划，或没有 SKU"}));
      else
        out.facts.not_enrolled[id].insert(skus.begin(), skus.end());
    } else if (name.starts_with(kProgramme)) {
      const std::string id = name.substr(kProgramme.size());
      if (!programme_named(out.facts, id) || value != "on")
        out.left_aside.push_back(aside(name, {"no programme that can be " + value, "没有可设为 " + value + " 的计划"}));
      else
        out.facts.enrolled.push_back(id);
    } else if (name.starts_with(kRemoval)) {
      if (!is_removal_setting(name.substr(kRemoval.size())))
        out.left_aside.push_back(aside(name, {"no part of an address", "不是地址字段"}));
    } else if (!name.starts_with(kRule)) {
      out.left_aside.push_back(aside(name, {"not known", "没有该项"}));
    }
  }
  return out;
}

}  // namespace destock::market

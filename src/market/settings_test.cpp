#include "market/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "shipped_facts.h"

namespace destock::market {
namespace {

using test::shipped_facts;

std::string value_of(const Facts& of, const std::string& id) {
  for (const RuleValue& rule : rules_of(of))
    if (rule.id == id) return rule.value;
  return "none";
}

TEST(Settings, EveryFigureOfThePlaybookHasAName) {
  std::set<std::string> named;
  for (const RuleValue& rule : rules_of(shipped_facts())) EXPECT_TRUE(named.insert(rule.id).second) << rule.id;
  std::set<std::string> there;
  std::string section;
  std::istringstream text(shipped_facts().playbook_text);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("[")) section = line.substr(1, line.find(']') - 1);
    const size_t equals = line.find(" = ");
    if (equals == std::string::npos || section.empty() || line[equals + 3] == '\'' || line[equals + 3] == '"') continue;
    there.insert(section + "." + line.substr(0, equals));
  }
  EXPECT_GT(there.size(), 50u);
  EXPECT_EQ(named, there);
}

TEST(Settings, RulesChannelsAndEndings) {
  const auto own = with_settings(shipped_facts(), {{"rule.plan.cost_of_capital_per_year", "0.3"},
                                                   {"rule.velocity.window_days", "[7, 30]"},
                                                   {"rule.velocity.weights", "[0.5, 0.5]"},
                                                   {"channel.outlet", "off"},
                                                   {"ending.US", "x.99"}});
  EXPECT_TRUE(own.left_aside.empty());
  EXPECT_EQ(own.facts.playbook.plan.cost_of_capital_per_year, 0.3);
  EXPECT_EQ(own.facts.playbook.velocity.window_days, (std::vector<int>{7, 30}));
  EXPECT_EQ(value_of(own.facts, "velocity.weights"), "[0.5, 0.5]");
  EXPECT_FALSE(runs_in(*own.facts.channel("outlet"), "US"));
  EXPECT_TRUE(runs_in(*shipped_facts().channel("outlet"), "US"));
  EXPECT_EQ(own.facts.marketplaces.at("US").price_ending, PriceEnding::kNinetyNine);
  EXPECT_EQ(value_of(with_settings(shipped_facts(), {}).facts, "plan.cost_of_capital_per_year"),
            value_of(shipped_facts(), "plan.cost_of_capital_per_year"));
}

// What does not fit is told, and everything else of the shipped facts stands.
TEST(Settings, WhatDoesNotFitIsLeftAsideAndSaid) {
  const std::pair<const char*, const char*> wrong[] = {{"rule.plan.nonsense", "1"},
                                                       {"rule.plan.horizon_weeks", "\"many\""},
                                                       {"rule.plan.horizon_weeks", "[1]"},
                                                       {"rule.velocity.weights", "0.5"},
                                                       {"rule.velocity.weights", "[1]"},
                                                       {"rule.outlet.discount", "1.5"},
                                                       {"rule.outlet.discount", "1\nx = 2"},
                                                       {"rule.plan.horizon_weeks", "20.5"},
                                                       {"rule.price_response.source", "1"},
                                                       {"channel.markdown", "off"},
                                                       {"channel.outlet", "maybe"},
                                                       {"channel.nowhere", "off"},
                                                       {"ending.US", "x.5"},
                                                       {"ending.XX", "x.99"},
                                                       {"other", "1"}};
  for (const auto& [name, value] : wrong) {
    const auto own = with_settings(shipped_facts(), {{name, value}, {"ending.CA", "x.99"}});
    EXPECT_EQ(own.left_aside.size(), 1u) << name << " " << value;
    EXPECT_EQ(own.facts.playbook_text, shipped_facts().playbook_text) << name << " " << value;
    EXPECT_EQ(own.facts.marketplaces.at("CA").price_ending, PriceEnding::kNinetyNine);
  }
}

TEST(Settings, RulesHoldTogetherOrNotAtAll) {
  const auto both = with_settings(shipped_facts(),
                                  {{"rule.stock_to_sales.healthy_from", "4"}, {"rule.stock_to_sales.healthy_to", "5"}});
  EXPECT_TRUE(both.left_aside.empty());
  EXPECT_EQ(both.facts.playbook.stock_to_sales.healthy_from, 4);
  const auto one =
      with_settings(shipped_facts(), {{"rule.stock_to_sales.healthy_from", "4"}, {"rule.plan.horizon_weeks", "10"}});
  ASSERT_EQ(one.left_aside.size(), 1u);
  EXPECT_THAT(one.left_aside[0].en, testing::HasSubstr("healthy_to"));
  EXPECT_EQ(one.facts.playbook.plan.horizon_weeks, shipped_facts().playbook.plan.horizon_weeks);
}

}  // namespace
}  // namespace destock::market

// The optimal plan of an account, one SKU's reasons, simulation and backtest, as an operator runs them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "program.h"
#include "sanitized.h"
#include "source_dir.h"
#include "temp_dir.h"

namespace destock::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

double amount(const json& money) {
  return std::stod(money["amount"].get<std::string>());
}

json json_of(const std::vector<std::string>& arguments, int exit_code = 0) {
  std::vector<std::string> words = arguments;
  words.insert(words.end(), {"--format", "json"});
  const Ran ran = destock(words);
  EXPECT_EQ(ran.exit_code, exit_code) << ran.err;
  return json::parse(ran.out);
}

// The sample account: written, imported, once.
const std::string& sample() {
  static const TempDir dir;
  static const std::string db = [] {
    const Ran ran = destock({"demo", dir.path(), "--as-of", "2026-01-05"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return "sqlite:///" + dir.file("destock.db");
  }();
  return db;
}
std::vector<std::string> of_sample(std::vector<std::string> words) {
  words.insert(words.end(), {"--db", sample(), "--account", "sample"});
  return words;
}

void stands_between_its_rivals_and_its_bound_and_is_stored(const json& plan) {
  EXPECT_EQ(plan["policy"], "optimal");
  const double recovered = amount(plan["expected_net_recovery"]);
  EXPECT_GT(recovered, amount(plan["hold_net_recovery"]));
  EXPECT_GT(recovered, amount(plan["playbook_net_recovery"]));
  EXPECT_LE(recovered, amount(plan["upper_bound"]));
  EXPECT_NEAR(plan["gap"].get<double>(), 1 - recovered / amount(plan["upper_bound"]), 1e-3);
  EXPECT_NEAR(amount(plan["more_than_playbook"]), recovered - amount(plan["playbook_net_recovery"]), 0.02);
  ASSERT_GT(plan["lines"].size(), 100u);
  for (const json& line : plan["lines"]) {
    EXPECT_LE(amount(line["net_recovery"]), amount(line["upper_bound"])) << line["sku"];
    EXPECT_GE(amount(line["net_recovery"]), amount(line["hold_net_recovery"]) - 0.01) << line["sku"];
    EXPECT_FALSE(line["why"].get<std::string>().empty());
  }
  const std::string sku = plan["lines"][0]["sku"];
  const json why = json_of(of_sample({"why", sku}));
  EXPECT_EQ(why["plan_id"], plan["plan_id"]);
  EXPECT_EQ(why["lines"][0]["sku"], sku);
  EXPECT_EQ(why["lines"][0]["net_recovery"], plan["lines"][0]["net_recovery"]);
  EXPECT_EQ(why["lines"][0]["sure_out_by"], plan["lines"][0]["sure_out_by"]);
}

void is_the_same_every_time(const json& plan) {
  EXPECT_EQ(plan["lines"], json_of(of_sample({"plan", "--dry-run"}))["lines"]);
}

// No programme at a price above what the plan itself asked in the five weeks before, whatever the SKU.
void keeps_its_own_floor(const json& plan) {
  int programmes = 0;
  for (const json& line : plan["lines"])
    for (const json& action : line["actions"]) {
      const std::string channel = action["channel"];
      if (action["expected_cash"].is_null() || action["price"].is_null() || channel == "markdown" || channel == "sell")
        continue;
      ++programmes;
      for (const json& earlier : line["actions"]) {
        if (earlier["price"].is_null() || earlier["expected_cash"].is_null() || earlier["week"] >= action["week"])
          continue;
        // Its last week, from its end.
        const int weeks_before = action["week"].get<int>() - earlier["week"].get<int>();
        if (weeks_before <= 5) {
          EXPECT_LE(amount(action["price"]), amount(earlier["price"]) + 0.011) << line["sku"] << " " << channel;
        }
      }
    }
  EXPECT_GT(programmes, 20);
}

void takes_wishes_and_refuses_what_it_cannot_read() {
  const json plan = json_of(of_sample({"plan", "--dry-run", "--min-price", "90%", "--without", "liquidation",
                                       "--without", "wholesale", "--without", "removal"}));
  for (const json& line : plan["lines"])
    for (const json& action : line["actions"]) {
      EXPECT_EQ(action["units_out"], 0);
      if (action["discount"].is_number() && action["expected_cash"].is_object()) {
        EXPECT_LE(action["discount"].get<double>(), 0.1001);
      }
    }
  for (const auto& [option, value] :
       {std::pair("--min-price", "cheap"), std::pair("--no-change", "2026-02-30"),
        std::pair("--no-change", "2026-02-10..2026-02-01"), std::pair("--without", "ebay")}) {
    const Ran ran = destock(of_sample({"plan", option, value}));
    EXPECT_EQ(ran.exit_code, 2) << option;
    EXPECT_THAT(ran.err, HasSubstr(option));
    EXPECT_THAT(ran.err, HasSubstr(value));
  }
}

// A channel that nothing public has a figure for becomes part of the plan with the seller's own.
void plans_woot_once_the_seller_knows_what_it_sells(const json& without) {
  const TempDir own;
  std::string woot = read_file(test::source_dir().string() + "/data/channels/woot.toml");
  woot.insert(woot.find("how ="),
              "days = 14\ncooldown_days = 7\nplacement = 3.0\nplacement_low = 2.0\nplacement_high = 4.5\n"
              "placement_source = \"our own three runs\"\n");
  own.write("channels/woot.toml", woot);
  const auto runs_of = [](const json& plan) {
    int runs = 0;
    for (const json& line : plan["lines"])
      for (const json& action : line["actions"]) runs += action["channel"] == "woot" ? 1 : 0;
    return runs;
  };
  EXPECT_EQ(runs_of(without), 0);
  const json plan = json_of(of_sample({"plan", "--dry-run", "--facts", own.path()}));
  EXPECT_EQ(runs_of(plan), 0);  // Amazon must offer it
  EXPECT_GT(runs_of(json_of(of_sample({"plan", "--dry-run", "--offered", "woot", "--facts", own.path()}))), 20);
}

void why_tells_one_sku_in_both_languages(const json& plan) {
  const std::string sku = plan["lines"][0]["sku"];
  const Ran en = destock(of_sample({"why", sku, "--lang", "en"}));
  EXPECT_EQ(en.exit_code, 0);
  EXPECT_THAT(en.out, HasSubstr("more than holding"));
  EXPECT_THAT(en.out, HasSubstr("No plan can bring more than"));
  EXPECT_THAT(en.out, HasSubstr("Waiting 4 weeks costs"));
  EXPECT_THAT(en.out, HasSubstr("Assumptions"));
  const Ran zh = destock(of_sample({"why", sku, "--lang", "zh"}));
  EXPECT_THAT(zh.out, HasSubstr("比不动多回款"));
  EXPECT_THAT(zh.out, HasSubstr("晚做 4 周的损失"));
  const Ran none = destock(of_sample({"why", "NOT-THERE"}));
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("NOT-THERE"));
}

// One test: the sample account is made once.
TEST(OptimalPlan, OfTheSampleAccount) {
  if (kSanitized) GTEST_SKIP() << kInRelease;
  const json plan = json_of(of_sample({"plan"}));
  stands_between_its_rivals_and_its_bound_and_is_stored(plan);
  is_the_same_every_time(plan);
  keeps_its_own_floor(plan);
  takes_wishes_and_refuses_what_it_cannot_read();
  plans_woot_once_the_seller_knows_what_it_sells(plan);
  why_tells_one_sku_in_both_languages(plan);
}

TEST(Simulate, RandomSkusWithSevenPolicies) {
  const json simulation = json_of({"simulate", "--random", "6", "--runs", "4", "--horizon", "12"});
  EXPECT_EQ(simulation["skus"], 6);
  ASSERT_EQ(simulation["worlds"].size(), 9u);
  for (const json& world : simulation["worlds"]) {
    ASSERT_EQ(world["policies"].size(), 7u);
    for (const json& policy : world["policies"]) {
      EXPECT_LE(amount(policy["low"]), amount(policy["mean"]));
      EXPECT_LE(amount(policy["mean"]), amount(policy["high"]));
    }
  }
  EXPECT_EQ(simulation, json_of({"simulate", "--random", "6", "--runs", "4", "--horizon", "12"}));
  const Ran wrong = destock({"simulate", "--random", "2", "--world", "mars"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("mars"));
}

std::string retail_folder() {
  const char* given = std::getenv("DESTOCK_RETAIL");
  return given ? given : test::source_dir().string() + "/../shared/data/retail";
}

TEST(Backtest, RealClearancesPlayedAgain) {
  if (!std::filesystem::exists(retail_folder())) GTEST_SKIP() << "no retail data at " << retail_folder();
  const json backtest = json_of({"backtest", retail_folder(), "--runs", "2", "--cases", "60"});
  ASSERT_EQ(backtest["sets"].size(), 2u);
  for (const json& set : backtest["sets"]) {
    EXPECT_EQ(set["cases"], 60);
    EXPECT_GE(set["limits"].size(), 3u);
    for (const char* market : {"as_believed_before", "as_it_sold_out"}) {
      EXPECT_GT(set[market]["asked"]["mean"], 0);
      EXPECT_LE(set[market]["gain_low"], set[market]["gain"]);
    }
  }
}

TEST(Backtest, SaysWhatItCannotRead) {
  const TempDir dir;
  const Ran nothing = destock({"backtest", dir.path()});
  EXPECT_EQ(nothing.exit_code, 1);
  EXPECT_THAT(nothing.err, HasSubstr("vegetables_daily"));
  dir.write(
      "vegetables_daily.csv",
      "date,code,name,category,kg_sold,kg_regular,kg_clearance,price_regular,price_clearance,wholesale_price,loss_pct\n"
      "2020-07-01,1,x,y,1,1,0,8,,6,1\n2020-07-02,1,x,y,1,one,0,8,,6,1\n");
  const Ran wrong = destock({"backtest", dir.path()});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("vegetables_daily.csv:3"));
  EXPECT_THAT(wrong.err, HasSubstr("kg_regular \"one\""));
}

TEST(Settings, AreKeptAndThePlanGoesByThem) {
  if (kSanitized) GTEST_SKIP() << kInRelease;
  const auto of_account = [](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", sample(), "--account", "sample"});
    return words;
  };
  const auto uses = [&](const std::string& channel) {
    const json plan = json_of(of_account({"plan", "--dry-run"}));
    for (const json& line : plan["lines"])
      for (const json& action : line["actions"])
        if (action["channel"] == channel) return true;
    return false;
  };
  const json before = json_of(of_account({"settings"}));
  EXPECT_TRUE(uses("outlet"));
  const Ran set =
      destock(of_account({"settings", "set", "outlet=off", "plan.cost_of_capital_per_year=0.3", "US=x.99"}));
  EXPECT_EQ(set.exit_code, 0) << set.err;
  EXPECT_FALSE(uses("outlet"));
  const json plan = json_of(of_account({"plan", "--dry-run"}));
  for (const json& line : plan["lines"])
    for (const json& action : line["actions"])
      if (line["marketplace"] == "US" && action["channel"] == "markdown") {
        EXPECT_TRUE(action["price"]["amount"].get<std::string>().ends_with(".99")) << action;
      }
  for (const char* wrong : {"outlet=perhaps", "plan.horizon_weeks", "plan.nonsense=1", "outlet.discount=2", "US=x.5"}) {
    const Ran refused = destock(of_account({"settings", "set", wrong}));
    EXPECT_EQ(refused.exit_code, 2) << wrong;
    EXPECT_THAT(refused.err, HasSubstr("error:")) << wrong;
  }
  const Ran back = destock(of_account({"settings", "reset", "outlet", "plan.cost_of_capital_per_year", "US"}));
  EXPECT_EQ(back.exit_code, 0) << back.err;
  EXPECT_EQ(json_of(of_account({"settings"})), before);
}

}  // namespace
}  // namespace destock::test

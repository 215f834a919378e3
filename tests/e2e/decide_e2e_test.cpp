// destock decide: lines in, lines out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "program.h"
#include "temp_dir.h"

namespace destock::test {
namespace {

using nlohmann::json;

json worked_line() {
  return json::parse(R"({"sku":"A","as_of":"2026-01-05","price":29.99,
    "stock":{"on_hand":600,"cohorts":[{"age_days":120,"units":600}]},
    "demand":{"weekly_mean":17.2612,"dispersion":null,"elasticity":{"mean":-2.5,"sd":0}},
    "costs":{"referral":0.15,"fulfilment":6.50,"volume_cuft":0.15,"storage_per_cuft_month":{"jan_sep":0.78,"oct_dec":2.40},
      "aged_per_cuft_month":[{"from_day":181,"rate":0.5},{"from_day":211,"rate":1.0},{"from_day":241,"rate":1.5},
        {"from_day":271,"rate":3.8},{"from_day":301,"rate":4.0},{"from_day":331,"rate":4.2},{"from_day":366,"rate":6.9}]},
    "exits":[{"channel":"liquidation","recovery_per_unit":1.94915,"delay_weeks":0},{"channel":"removal","recovery_per_unit":-1.06}],
    "programmes":[{"channel":"outlet","weeks":2,"min_discount":0.20,"max_discount":0.70,"uplift":2.0,"fixed_fee":0,
      "cooldown_weeks":4,"weeks_until_eligible":0}],
    "price_step":0.05,"floor_price":9.0,"cost_of_capital":0,"horizon_weeks":26,"end":"salvage","policy":"optimal"})");
}

std::vector<json> decided(const std::vector<std::string>& lines, int exit_code = 0,
                          std::vector<std::string> more = {}) {
  const TempDir dir;
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  std::string command = std::string(DESTOCK_PROGRAM) + " decide";
  for (const std::string& word : more) command += " " + word;
  const Ran ran = run_command({"sh", "-c", command + " < " + dir.write("in.jsonl", text)}, {{"LC_ALL", "C"}});
  EXPECT_EQ(ran.exit_code, exit_code) << ran.err;
  std::vector<json> answers;
  std::istringstream out(ran.out);
  for (std::string line; std::getline(out, line);) answers.push_back(json::parse(line));
  return answers;
}

// 9,905 is the exact value of this SKU by an independent programme, 10,045 its bound.
TEST(Decide, TheWorkedSku) {
  const json answer = decided({worked_line().dump()}).at(0);
  EXPECT_EQ(answer["sku"], "A");
  EXPECT_NEAR(answer["net_recovery"].get<double>() / 9905, 1, 0.005);
  EXPECT_NEAR(answer["upper_bound"].get<double>() / 10045, 1, 0.005);
  EXPECT_NEAR(answer["hold_net_recovery"].get<double>() / 8303, 1, 0.005);
  EXPECT_EQ(answer["first"]["channel"], "outlet");
  EXPECT_EQ(answer["first"]["price"], 23.99);
  EXPECT_EQ(answer["first"]["weeks"], 2);
  EXPECT_GT(answer["cost_of_delay"]["8"], answer["cost_of_delay"]["1"]);
  EXPECT_NE(answer["why"].get<std::string>().find("more than holding"), std::string::npos);
}

TEST(Decide, EveryPolicy) {
  std::vector<std::string> lines;
  for (const char* policy : {"optimal", "playbook", "hold", "liquidate"}) {
    json line = worked_line();
    line["policy"] = policy;
    lines.push_back(line.dump());
  }
  const auto answers = decided(lines);
  ASSERT_EQ(answers.size(), 4u);
  for (size_t i = 1; i < 4; ++i) EXPECT_LT(answers[i]["net_recovery"], answers[0]["net_recovery"]);
  EXPECT_EQ(answers[1]["net_recovery"], answers[0]["playbook_net_recovery"]);
  EXPECT_EQ(answers[2]["net_recovery"], answers[0]["hold_net_recovery"]);
  EXPECT_NEAR(answers[3]["net_recovery"].get<double>(), 600 * 1.94915, 0.01);
  EXPECT_EQ(answers[3]["first"]["exit_units"], 600);
}

TEST(Decide, KeepsTheOrderOnAnyNumberOfThreads) {
  std::vector<std::string> lines;
  for (int i = 0; i < 400; ++i) {
    json line = worked_line();
    line["sku"] = "S" + std::to_string(i);
    line["stock"] = {{"on_hand", 20 + i % 90}};
    lines.push_back(line.dump());
  }
  const auto one = decided(lines, 0, {"--threads", "1"});
  const auto four = decided(lines, 0, {"--threads", "4"});
  ASSERT_EQ(one.size(), 400u);
  EXPECT_EQ(one, four);
  for (size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i]["sku"], "S" + std::to_string(i));
}

TEST(Decide, SaysWhichFieldIsWrong) {
  const auto wrong = [](const std::function<void(json&)>& change) {
    json line = worked_line();
    change(line);
    return line.dump();
  };
  const auto answers = decided(
      {wrong([](json& l) { l["colour"] = 1; }), wrong([](json& l) { l["stock"]["on_hand"] = -3; }),
       wrong([](json& l) { l["stock"]["on_hand"] = 500; }), wrong([](json& l) { l["demand"].erase("elasticity"); }),
       wrong([](json& l) { l["demand"]["elasticity"]["mean"] = 2; }),
       wrong([](json& l) { l["programmes"][0]["weaks"] = 2; }), wrong([](json& l) { l["as_of"] = "5 January"; }),
       wrong([](json& l) { l["price"] = 0; }), wrong([](json& l) { l["policy"] = "best"; }), "{\"sku\":", "[1,2]",
       worked_line().dump()},
      3);
  const char* fields[] = {"colour",
                          "stock.on_hand",
                          "stock.cohorts",
                          "demand.elasticity",
                          "demand.elasticity.mean",
                          "programmes[0].weaks",
                          "as_of",
                          "price",
                          "policy",
                          "line",
                          "line"};
  ASSERT_EQ(answers.size(), std::size(fields) + 1);
  for (size_t i = 0; i < std::size(fields); ++i) {
    EXPECT_EQ(answers[i]["error"]["field"], fields[i]);
    EXPECT_EQ(answers[i]["error"]["line"], i + 1);
    EXPECT_FALSE(answers[i]["error"]["reason"].get<std::string>().empty());
  }
  EXPECT_GT(answers.back()["net_recovery"], 0);  // the others do not suffer
}

// The last weeks' prices forbid an Outlet above them; the days kept free, the seller's monotone prices are obeyed.
TEST(Decide, RemembersPricesAndKeepsToWishes) {
  json line = worked_line();
  line["price_memory"] = {{"floor_days", 30},
                          {"was_days", 90},
                          {"past", {{{"weeks_ago", 1}, {"lowest", 17.99}, {"price", 29.99}, {"units", 30}}}}};
  line["programmes"][0]["price_memory"] = true;
  json kept = worked_line();
  kept["no_change"] = {{{"from", "2026-01-05"}, {"to", "2026-01-18"}}};
  kept["monotone"] = true;
  json wrong = worked_line();
  wrong["no_change"] = {{{"from", "2026-02-01"}, {"to", "2026-01-18"}}};
  json closed = worked_line();
  for (int week = 0; week < 26; ++week) closed["programmes"][0]["closed_weeks"].push_back(week);
  const auto answers = decided({worked_line().dump(), line.dump(), kept.dump(), wrong.dump(), closed.dump()}, 3);
  EXPECT_LT(answers[1]["net_recovery"], answers[0]["net_recovery"]);
  for (const json& action : answers[1]["actions"])
    if (action["channel"] == "outlet" && action["week"] < 5) {
      EXPECT_LE(action["price"], 18.0);
    }
  EXPECT_LT(answers[2]["net_recovery"], answers[0]["net_recovery"]);
  double last = 1e9;
  for (const json& action : answers[2]["actions"]) {
    if (action["week"] < 2) {
      EXPECT_EQ(action["channel"], "sell");
    }
    if (action["channel"] == "outlet") continue;
    EXPECT_LE(action["price"], last);
    last = action["price"];
  }
  EXPECT_EQ(answers[3]["error"]["field"], "no_change[0].to");
  for (const json& action : answers[4]["actions"]) EXPECT_NE(action["channel"], "outlet");
  json fast = worked_line();
  fast["demand"]["weekly_mean"] = 60;
  const json out = decided({fast.dump()}).at(0);
  EXPECT_EQ(out["half_out_by"], "2026-03-16");  // 600 units at 60 a week: the tenth week
  EXPECT_GT(out["sure_out_by"], out["half_out_by"]);
}

TEST(Decide, ShapesAtTheEdge) {
  const auto changed = [](const std::function<void(json&)>& change) {
    json line = worked_line();
    change(line);
    return line.dump();
  };
  const auto answers = decided({changed([](json& l) {
                                  l["stock"] = {{"on_hand", 0}};
                                }),
                                changed([](json& l) { l["demand"]["weekly_mean"] = 0; }), changed([](json& l) {
                                  l["exits"] = json::array();
                                  l["programmes"] = json::array();
                                }),
                                changed([](json& l) { l["floor_price"] = 100; }), changed([](json& l) {
                                  l["stock"] = {{"on_hand", 5000}, {"inbound", {{{"week", 3}, {"units", 1000}}}}};
                                  l["demand"]["weekly_mean"] = {150, 180, 90};
                                  l["demand"]["elasticity"]["sd"] = 0.8;
                                  l["cost_of_capital"] = 0.12;
                                  l["end"] = "sell_on";
                                }),
                                ""});
  ASSERT_EQ(answers.size(), 5u);  // a blank line has no answer
  EXPECT_EQ(answers[0]["net_recovery"], 0);
  EXPECT_EQ(answers[0]["first"], nullptr);
  EXPECT_NEAR(answers[1]["net_recovery"].get<double>(), 600 * 1.94915, 1);  // nothing sells: all leaves at once
  EXPECT_GT(answers[2]["net_recovery"], 0);
  EXPECT_EQ(answers[3]["first"]["price"], 29.99);
  for (const json& answer : answers)
    EXPECT_LE(answer["net_recovery"].get<double>(), answer["upper_bound"].get<double>() * 1.001 + 0.01);
}

}  // namespace
}  // namespace destock::test

#include "app/decide.h"

#include <fmt/format.h>
#include <cmath>
#include <istream>
#include <ostream>

#include "app/decide_input.h"
#include "app/json_text.h"
#include "base/parallel.h"
#include "clearance/fluid_bound.h"
#include "clearance/odds.h"
#include "clearance/optimal_why.h"

namespace destock::app {
namespace {

using clearance::Decision;
using Input = nlohmann::json;

double cents(double value) {
  return std::round(value * 100) / 100;
}

Json action_json(const DecideLine& line, const clearance::PlannedWeek& week) {
  const Decision& d = line.decision;
  const clearance::BulkExit* exit = d.best_exit(week.week);
  const bool leaves = week.choice.exit_units >= 0.5;
  return {{"week", week.week},
          {"start", iso(line.as_of + Days(7 * week.week))},
          {"weeks", week.weeks},
          {"channel", channel_of(d, week.choice)},
          {"price", d.ladder[static_cast<size_t>(week.choice.level)]},
          {"discount", cents(1 - d.ladder[static_cast<size_t>(week.choice.level)] / d.price)},
          {"stock", cents(week.stock)},
          {"expected_units", cents(week.units)},
          {"expected_cash", cents(week.cash)},
          {"exit_channel", leaves && exit ? Json(exit->channel) : Json(nullptr)},
          {"units_out", leaves ? std::lround(week.choice.exit_units) : 0},
          {"exit_cash", leaves ? cents(week.exit_cash) : 0}};
}

Text why_of(const DecideLine& line, const clearance::Optimum& best, double hold) {
  const Decision& d = line.decision;
  if (best.path.empty()) return {"there is nothing to sell", "无货可售"};
  const clearance::PlannedWeek& first = best.path.front();
  const double price = d.ladder[static_cast<size_t>(first.choice.level)];
  const std::string channel = channel_of(d, first.choice);
  Text text;
  if (channel == "sell") {
    text = {fmt::format("keep {:.2f} this week", price), fmt::format("本周维持 {:.2f}", price)};
  } else {
    text = {fmt::format("{} at {:.2f} for {} week{}", channel, price, first.weeks, first.weeks == 1 ? "" : "s"),
            fmt::format("{}：{:.2f}，{} 周", channel, price, first.weeks)};
  }
  if (first.choice.exit_units >= 0.5 && d.best_exit(0)) {
    text.en += fmt::format(", and {:.0f} units leave by {}", first.choice.exit_units, d.best_exit(0)->channel);
    text.zh += fmt::format("，{:.0f} 件经 {} 处置", first.choice.exit_units, d.best_exit(0)->channel);
  }
  text.en += fmt::format(": the plan returns {:.2f} more than holding", best.value - hold);
  text.zh += fmt::format("：方案比不动多回款 {:.2f}", best.value - hold);
  if (best.next_best > -1e299) {
    const std::string other = channel_of(d, best.next_best_choice);
    const double other_price = d.ladder[static_cast<size_t>(best.next_best_choice.level)];
    text.en += fmt::format("; {} at {:.2f} first would return {:.2f} less", other, other_price,
                           std::max(0.0, best.value - best.next_best));
    text.zh += fmt::format("；若先做 {}（{:.2f}）则少回款 {:.2f}", other, other_price,
                           std::max(0.0, best.value - best.next_best));
  }
  return text;
}

Json decided_json(const DecideLine& line, clearance::Planner& planner, Lang lang) {
  const Decision& d = line.decision;
  const auto worth = [&](clearance::Rule rule) {
    clearance::PlannerOptions options;
    options.rule = rule;
    options.path = false;
    return planner.solve(d, options).value;
  };
  const double hold = worth(clearance::Rule::kHold);
  const double playbook = worth(clearance::Rule::kPlaybook);
  clearance::PlannerOptions options;
  options.rule = line.rule;
  const clearance::Optimum best = planner.solve(d, options);
  const std::vector<double> odds = clearance::sold_out_odds(d, best.path);
  const auto out_by = [&](double chance) {
    const auto day = clearance::out_by(line.as_of, odds, chance);
    return day ? Json(iso(*day)) : Json(nullptr);
  };
  Json first = nullptr;
  Json actions = Json::array();
  for (const clearance::PlannedWeek& week : best.path) actions.push_back(action_json(line, week));
  if (line.rule == clearance::Rule::kLiquidate && d.best_exit(0) && d.on_hand > 0)
    first = {{"channel", nullptr},
             {"price", nullptr},
             {"weeks", 0},
             {"exit_channel", d.best_exit(0)->channel},
             {"exit_units", d.on_hand}};
  else if (!actions.empty())
    first = {{"channel", actions[0]["channel"]},
             {"price", actions[0]["price"]},
             {"weeks", actions[0]["weeks"]},
             {"exit_channel", actions[0]["exit_channel"]},
             {"exit_units", actions[0]["units_out"]}};
  Json delay = Json::object();
  for (size_t i = 0; i < d.delays.size(); ++i)
    delay[std::to_string(d.delays[i])] =
        line.rule == clearance::Rule::kBest && i < best.cost_of_delay.size() && best.cost_of_delay[i]
            ? Json(cents(*best.cost_of_delay[i]))
            : Json(nullptr);
  const bool ranged = !best.path.empty();
  return {{"sku", line.sku},
          {"policy", line.policy},
          {"net_recovery", cents(best.value)},
          {"net_recovery_p10", ranged ? Json(cents(best.value - clearance::kFallsShort * best.sd)) : Json(nullptr)},
          {"net_recovery_p90", ranged ? Json(cents(best.value + clearance::kExceeds * best.sd)) : Json(nullptr)},
          {"upper_bound", cents(std::max(best.value, clearance::fluid_bound(d)))},
          {"changes", best.changes},
          {"change_cost", cents(best.change_cost)},
          {"first", first},
          {"actions", actions},
          {"hold_net_recovery", cents(hold)},
          {"playbook_net_recovery", cents(playbook)},
          {"cost_of_delay", delay},
          {"half_out_by", out_by(clearance::kAsLikelyAsNot)},
          {"sure_out_by", out_by(clearance::kSure)},
          {"why", line.rule == clearance::Rule::kBest ? Json(why_of(line, best, hold).in(lang)) : Json(nullptr)}};
}

Decided refused_line(const std::string& sku, size_t number, const std::string& field, const Text& reason, Lang lang) {
  const Json json{{"sku", sku.empty() ? Json(nullptr) : Json(sku)},
                  {"error", {{"line", number}, {"field", field}, {"reason", reason.in(lang)}}}};
  return {json.dump(-1, ' ', false, Json::error_handler_t::replace), true};
}

}  // namespace

Decided decide_line(const std::string& line, size_t number, const market::Playbook& playbook,
                    clearance::Planner& planner, Lang lang) {
  const Input json = parsed_json<Input>(line);
  if (json.is_discarded())
    return refused_line({}, number, "line", {"is not JSON: one object a line", "不是 JSON：每行一个对象"}, lang);
  try {
    const Json out = decided_json(read_decide_line(json, playbook), planner, lang);
    return {out.dump(-1, ' ', false, Json::error_handler_t::replace), false};
  } catch (const Refused& refused) {
    const bool named = json.is_object() && json.contains("sku") && json["sku"].is_string();
    return refused_line(named ? json["sku"].get<std::string>() : "", number, refused.field, refused.reason, lang);
  }
}

size_t decide_stream(std::istream& in, std::ostream& out, const market::Playbook& playbook, unsigned threads,
                     Lang lang) {
  constexpr size_t kLinesAThread = 64;
  const size_t most = kLinesAThread * std::max(1u, threads);
  std::vector<clearance::Planner> planners(std::max(1u, threads));
  std::vector<std::string> lines;
  std::vector<Decided> answers;
  size_t number = 0;
  size_t refused = 0;
  for (bool more = true; more;) {
    lines.clear();
    std::string line;
    while (lines.size() < most && (more = static_cast<bool>(std::getline(in, line)))) lines.push_back(std::move(line));
    answers.assign(lines.size(), {});
    share_out(lines.size(), planners.size(), [&](size_t worker, size_t i) {
      if (lines[i].find_first_not_of(" \t\r") != std::string::npos)
        answers[i] = decide_line(lines[i], number + i + 1, playbook, planners[worker], lang);
    });
    for (const Decided& answer : answers) {
      if (answer.line.empty()) continue;  // a blank line has no answer
      out << answer.line << '\n';
      refused += answer.refused ? 1 : 0;
    }
    out.flush();
    number += lines.size();
  }
  return refused;
}

}  // namespace destock::app

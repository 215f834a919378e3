#include "app/decide.h"

#include <fmt/format.h>
#include <atomic>
#include <cmath>
#include <istream>
#include <ostream>
#include <thread>

#include "clearance/fluid_bound.h"

namespace destock::app {
namespace {

using clearance::Decision;
using Input = nlohmann::json;

constexpr double kMonthDays = 365.25 / 12;
constexpr int kMostWeeks = 104;
constexpr int kMostUnits = 10'000'000;

// What is wrong with a line: the field and why. Thrown inside this file only.
struct Refused {
  std::string field;
  Text reason;
};

// An object of the line whose fields must all be known.
class Fields {
public:
  Fields(const Input& object, std::string path, std::initializer_list<const char*> known)
      : object_(object), path_(std::move(path)) {
    if (!object.is_object()) throw Refused{path_.empty() ? "line" : path_, {"must be an object", "应为对象"}};
    for (auto it = object.begin(); it != object.end(); ++it) {
      const std::string& name = it.key();
      if (std::none_of(known.begin(), known.end(), [&](const char* k) { return name == k; }))
        throw Refused{of(name), {"unknown field", "未知字段"}};
    }
  }

  std::string of(const std::string& name) const { return path_.empty() ? name : path_ + "." + name; }
  bool has(const char* name) const { return object_.contains(name) && !object_[name].is_null(); }
  const Input& at(const char* name) const {
    if (!has(name)) throw Refused{of(name), {"is missing", "缺失"}};
    return object_[name];
  }
  double number(const char* name, double low, double high) const {
    const Input& value = at(name);
    if (!value.is_number()) throw Refused{of(name), {"must be a number", "应为数字"}};
    const double number = value.get<double>();
    if (!(number >= low && number <= high))
      throw Refused{of(name),
                    {fmt::format("{:g} is not between {:g} and {:g}", number, low, high),
                     fmt::format("{:g} 不在 {:g} 与 {:g} 之间", number, low, high)}};
    return number;
  }
  double number_or(const char* name, double low, double high, double otherwise) const {
    return has(name) ? number(name, low, high) : otherwise;
  }
  int whole(const char* name, int low, int high) const {
    const double number = this->number(name, low, high);
    if (number != std::floor(number)) throw Refused{of(name), {"must be a whole number", "应为整数"}};
    return static_cast<int>(number);
  }
  int whole_or(const char* name, int low, int high, int otherwise) const {
    return has(name) ? whole(name, low, high) : otherwise;
  }
  std::string text(const char* name) const {
    if (!at(name).is_string()) throw Refused{of(name), {"must be a text", "应为文本"}};
    return at(name).get<std::string>();
  }
  // Each element of a list, with its path; nothing where the field is absent.
  template <typename Take>
  void each(const char* name, Take take) const {
    if (!has(name)) return;
    if (!at(name).is_array()) throw Refused{of(name), {"must be a list", "应为列表"}};
    size_t i = 0;
    for (const Input& element : at(name)) take(element, fmt::format("{}[{}]", of(name), i++));
  }

private:
  const Input& object_;
  std::string path_;
};

struct Line {
  std::string sku;
  clearance::Rule rule = clearance::Rule::kBest;
  std::string policy = "optimal";
  Decision decision;
  Date as_of;
};

// Rates a unit a week at the start of each week, by age then and by month.
struct HoldingRates {
  Date as_of;
  double volume, jan_sep, oct_dec;
  std::vector<std::pair<int, double>> aged;  // from day, a cubic foot a month

  std::vector<double> of_cohort(int age_days, int weeks) const {
    std::vector<double> rates;
    for (int week = 0; week < weeks; ++week) {
      const double storage = month_of(as_of + Days(7 * week)) >= 10 ? oct_dec : jan_sep;
      double surcharge = 0;
      for (const auto& [from, rate] : aged)
        if (age_days + 7 * week >= from) surcharge = rate;
      rates.push_back(volume * (storage + surcharge) * 7 / kMonthDays);
    }
    return rates;
  }
};

HoldingRates read_holding(const Fields& costs, Date as_of) {
  HoldingRates rates{as_of, costs.number("volume_cuft", 0, 1000), 0, 0, {}};
  const Fields storage(costs.at("storage_per_cuft_month"), costs.of("storage_per_cuft_month"), {"jan_sep", "oct_dec"});
  rates.jan_sep = storage.number("jan_sep", 0, 1000);
  rates.oct_dec = storage.number("oct_dec", 0, 1000);
  costs.each("aged_per_cuft_month", [&](const Input& element, const std::string& path) {
    const Fields band(element, path, {"from_day", "rate"});
    const int from = band.whole("from_day", 0, 10'000);
    if (!rates.aged.empty() && from <= rates.aged.back().first)
      throw Refused{path + ".from_day", {"must rise from band to band", "应逐档递增"}};
    rates.aged.emplace_back(from, band.number("rate", 0, 1000));
  });
  return rates;
}

void read_stock(const Fields& stock, const HoldingRates& rates, Decision& d) {
  d.on_hand = stock.whole("on_hand", 0, kMostUnits);
  struct Aged {
    int age, units;
  };
  std::vector<Aged> cohorts;
  int counted = 0;
  stock.each("cohorts", [&](const Input& element, const std::string& path) {
    const Fields cohort(element, path, {"age_days", "units"});
    cohorts.push_back({cohort.whole("age_days", 0, 10'000), cohort.whole("units", 0, kMostUnits)});
    counted += cohorts.back().units;
  });
  if (cohorts.empty())
    cohorts.push_back({0, d.on_hand});
  else if (counted != d.on_hand)
    throw Refused{stock.of("cohorts"),
                  {fmt::format("hold {} units, on_hand is {}", counted, d.on_hand),
                   fmt::format("合计 {} 件，on_hand 为 {}", counted, d.on_hand)}};
  stock.each("inbound", [&](const Input& element, const std::string& path) {
    const Fields inbound(element, path, {"week", "units"});
    const int week = inbound.whole("week", 0, kMostWeeks);
    const int units = inbound.whole("units", 0, kMostUnits);
    if (week == 0) {
      d.on_hand += units;
      cohorts.push_back({0, units});
      return;
    }
    if (week >= d.weeks) return;  // arrives after the horizon
    d.inbound.resize(std::max(d.inbound.size(), static_cast<size_t>(week) + 1), 0);
    d.inbound[static_cast<size_t>(week)] += units;
  });
  // First in, first out: what is left is the youngest. Inbound is younger than what is here, the last to arrive first.
  for (size_t week = d.inbound.size(); week-- > 1;)
    if (d.inbound[week] > 0) {
      const int age = -7 * static_cast<int>(week);
      d.cohorts.push_back({d.inbound[week], static_cast<int>(week), rates.of_cohort(age, d.weeks)});
    }
  std::stable_sort(cohorts.begin(), cohorts.end(), [](const Aged& a, const Aged& b) { return a.age < b.age; });
  for (const Aged& cohort : cohorts)
    if (cohort.units > 0) d.cohorts.push_back({cohort.units, 0, rates.of_cohort(cohort.age, d.weeks)});
}

void read_demand(const Fields& demand, Decision& d) {
  const Input& mean = demand.at("weekly_mean");
  if (mean.is_array()) {
    for (const Input& week : mean) {
      if (!week.is_number() || week.get<double>() < 0)
        throw Refused{demand.of("weekly_mean"), {"must hold numbers of 0 or more", "应为不小于 0 的数字"}};
      d.base.push_back(week.get<double>());
    }
    if (d.base.empty()) throw Refused{demand.of("weekly_mean"), {"is empty", "为空"}};
  } else {
    d.base = {demand.number("weekly_mean", 0, kMostUnits)};
  }
  d.dispersion = demand.number_or("dispersion", 0, 100, 0);
  const Fields elasticity(demand.at("elasticity"), demand.of("elasticity"), {"mean", "sd"});
  const double e = elasticity.number("mean", -20, 0);
  const double sd = elasticity.number_or("sd", 0, 20, 0);
  d.believe_elasticity(e, sd);
}

void read_channels(const Fields& line, Decision& d) {
  line.each("exits", [&](const Input& element, const std::string& path) {
    const Fields exit(element, path, {"channel", "recovery_per_unit", "delay_weeks"});
    d.exits.push_back({exit.text("channel"),
                       exit.number("recovery_per_unit", -1e6, 1e6),
                       exit.whole_or("delay_weeks", 0, kMostWeeks, 0),
                       {}});
  });
  line.each("programmes", [&](const Input& element, const std::string& path) {
    const Fields row(element, path,
                     {"channel", "weeks", "min_discount", "max_discount", "uplift", "fixed_fee", "cooldown_weeks",
                      "weeks_until_eligible"});
    clearance::Programme programme;
    programme.channel = row.text("channel");
    programme.weeks = row.whole("weeks", 1, kMostWeeks);
    programme.min_discount = row.number_or("min_discount", 0, 1, 0);
    programme.max_discount = row.number_or("max_discount", 0, 1, 1);
    programme.uplift = row.number_or("uplift", 0, 1000, 1);
    programme.fixed_fee = row.number_or("fixed_fee", 0, 1e9, 0);
    programme.cooldown_weeks = row.whole_or("cooldown_weeks", 0, kMostWeeks, 0);
    programme.weeks_until_eligible = row.whole_or("weeks_until_eligible", 0, kMostWeeks, 0);
    if (programme.max_discount < programme.min_discount)
      throw Refused{path + ".max_discount", {"is below min_discount", "小于 min_discount"}};
    d.programmes.push_back(std::move(programme));
  });
}

void read_ladder(const Fields& line, Decision& d) {
  d.price = line.number("price", 0.01, 1e7);
  const double step = line.number_or("price_step", 0.005, 1, 0.05);
  const double floor = line.number_or("floor_price", 0, 1e7, 0);
  for (int k = 0;; ++k) {
    const double price = std::round(d.price * (1 - step * k) * 100) / 100;
    if (k > 0 && (price < floor - 0.005 || price <= 0)) break;
    d.ladder.push_back(price);
  }
}

// Stage prices of the playbook where cost is unknown: a tenth, a quarter, two fifths off.
void read_policy(const Fields& line, Line& out) {
  if (line.has("policy")) out.policy = line.text("policy");
  if (out.policy == "optimal")
    out.rule = clearance::Rule::kBest;
  else if (out.policy == "playbook")
    out.rule = clearance::Rule::kPlaybook;
  else if (out.policy == "hold")
    out.rule = clearance::Rule::kHold;
  else if (out.policy == "liquidate")
    out.rule = clearance::Rule::kLiquidate;
  else
    throw Refused{"policy",
                  {"must be optimal, playbook, hold or liquidate", "应为 optimal、playbook、hold 或 liquidate"}};
  const std::string end = line.has("end") ? line.text("end") : "salvage";
  if (end != "salvage" && end != "sell_on")
    throw Refused{"end", {"must be salvage or sell_on", "应为 salvage 或 sell_on"}};
  out.decision.end = end == "salvage" ? clearance::HorizonEnd::kSalvage : clearance::HorizonEnd::kSellOn;
}

Line read_line(const Input& json) {
  const Fields line(json, "",
                    {"sku", "as_of", "price", "stock", "demand", "costs", "exits", "programmes", "price_step",
                     "floor_price", "cost_of_capital", "horizon_weeks", "end", "policy", "stage_prices"});
  Line out;
  Decision& d = out.decision;
  out.sku = line.text("sku");
  const auto day = parse_iso_date(line.text("as_of"));
  if (!day) throw Refused{"as_of", {"must be a day as 2026-01-05", "应为 2026-01-05 形式的日期"}};
  out.as_of = *day;
  d.weeks = line.whole_or("horizon_weeks", 1, kMostWeeks, 26);
  read_ladder(line, d);
  const Fields costs(line.at("costs"), "costs",
                     {"referral", "fulfilment", "volume_cuft", "storage_per_cuft_month", "aged_per_cuft_month"});
  d.net_share = 1 - costs.number("referral", 0, 1);
  d.net_fixed = costs.number("fulfilment", 0, 1e6);
  const HoldingRates rates = read_holding(costs, out.as_of);
  read_stock(Fields(line.at("stock"), "stock", {"on_hand", "cohorts", "inbound"}), rates, d);
  read_demand(Fields(line.at("demand"), "demand", {"weekly_mean", "dispersion", "elasticity"}), d);
  read_channels(line, d);
  d.discount_a_week = std::pow(1 + line.number_or("cost_of_capital", 0, 10, 0), -7 / 365.25);
  line.each("stage_prices", [&](const Input& element, const std::string& path) {
    if (!element.is_number()) throw Refused{path, {"must be a number", "应为数字"}};
    d.playbook.stage_prices.push_back(element.get<double>());
  });
  if (d.playbook.stage_prices.empty())
    for (double off : {0.1, 0.25, 0.4}) d.playbook.stage_prices.push_back(d.price * (1 - off));
  read_policy(line, out);
  return out;
}

double cents(double value) {
  return std::round(value * 100) / 100;
}

std::string channel_of(const Decision& d, const clearance::Choice& choice) {
  if (choice.programme >= 0) return d.programmes[static_cast<size_t>(choice.programme)].channel;
  return choice.level == 0 ? "sell" : "markdown";
}

Json action_json(const Line& line, const clearance::PlannedWeek& week) {
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

Text why_of(const Line& line, const clearance::Optimum& best, double hold) {
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
  text.zh += fmt::format("：方案比持有多回款 {:.2f}", best.value - hold);
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

Json decided_json(const Line& line, clearance::Planner& planner, Lang lang) {
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
  for (size_t i = 0; i < clearance::kDelays.size(); ++i)
    delay[std::to_string(clearance::kDelays[i])] = line.rule == clearance::Rule::kBest && best.cost_of_delay[i]
                                                       ? Json(cents(*best.cost_of_delay[i]))
                                                       : Json(nullptr);
  return {{"sku", line.sku},
          {"policy", line.policy},
          {"net_recovery", cents(best.value)},
          {"upper_bound", cents(clearance::fluid_bound(d))},
          {"first", first},
          {"actions", actions},
          {"hold_net_recovery", cents(hold)},
          {"playbook_net_recovery", cents(playbook)},
          {"cost_of_delay", delay},
          {"why", line.rule == clearance::Rule::kBest ? Json(why_of(line, best, hold).in(lang)) : Json(nullptr)}};
}

Decided refused_line(const std::string& sku, size_t number, const std::string& field, const Text& reason, Lang lang) {
  const Json json{{"sku", sku.empty() ? Json(nullptr) : Json(sku)},
                  {"error", {{"line", number}, {"field", field}, {"reason", reason.in(lang)}}}};
  return {json.dump(-1, ' ', false, Json::error_handler_t::replace), true};
}

}  // namespace

Decided decide_line(const std::string& line, size_t number, clearance::Planner& planner, Lang lang) {
  const Input json = Input::parse(line, nullptr, false);
  if (json.is_discarded())
    return refused_line({}, number, "line", {"is not JSON: one object a line", "不是 JSON：每行一个对象"}, lang);
  try {
    const Json out = decided_json(read_line(json), planner, lang);
    return {out.dump(-1, ' ', false, Json::error_handler_t::replace), false};
  } catch (const Refused& refused) {
    const bool named = json.is_object() && json.contains("sku") && json["sku"].is_string();
    return refused_line(named ? json["sku"].get<std::string>() : "", number, refused.field, refused.reason, lang);
  }
}

size_t decide_stream(std::istream& in, std::ostream& out, unsigned threads, Lang lang) {
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
    std::atomic<size_t> next = 0;
    const auto work = [&](size_t worker) {
      for (size_t i = next++; i < lines.size(); i = next++)
        if (lines[i].find_first_not_of(" \t\r") != std::string::npos)
          answers[i] = decide_line(lines[i], number + i + 1, planners[worker], lang);
    };
    std::vector<std::thread> others;
    for (size_t worker = 1; worker < planners.size() && worker < lines.size(); ++worker)
      others.emplace_back(work, worker);
    work(0);
    for (std::thread& other : others) other.join();
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

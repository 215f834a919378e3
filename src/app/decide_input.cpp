#include "app/decide_input.h"

#include <fmt/format.h>
#include <cmath>

#include "clearance/playbook.h"

namespace destock::app {
namespace {

using clearance::Decision;
using Input = nlohmann::json;

constexpr size_t kMostLevels = 24;
constexpr size_t kMostPrices = 200;
constexpr unsigned kAssessedOn = 15;  // day of the month on which ages are looked at, unless the line says another
constexpr int kMostWeeks = 104;
constexpr int kMostUnits = 10'000'000;

// An object of the line whose fields must all be known.
class Fields {
public:
  Fields(const Input& object, std::string path, std::initializer_list<const char*> known)
      : object_(object), path_(std::move(path)) {
    if (!object.is_object()) throw Refused{path_.empty() ? "line" : path_, {"must be an object", "应为对象"}};
    for (auto it = object.begin(); it != object.end(); ++it) {
      const std::string& name = it.key();
      if (std::none_of(known.begin(), known.end(), [&](const char* k) { return name == k; }))
        throw Refused{of(name), {"unknown field", "没有该字段"}};
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
  bool flag(const char* name) const {
    if (!has(name)) return false;
    if (!at(name).is_boolean()) throw Refused{of(name), {"must be true or false", "应为 true 或 false"}};
    return at(name).get<bool>();
  }
  Date day(const char* name) const {
    const auto day = parse_iso_date(text(name));
    if (!day) throw Refused{of(name), {"must be a day as 2026-01-05", "应为 2026-01-05 形式的日期"}};
    return *day;
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

// Rates a unit a week, day by day: storage of the calendar month, the surcharge of a month on the day it is assessed.
struct HoldingRates {
  Date as_of;
  double volume, jan_sep, oct_dec;
  std::vector<std::pair<int, double>> aged;  // from day, a cubic foot a month
  unsigned assessed_on = kAssessedOn;

  double of_day(int day, int age_days) const {
    const Date on = as_of + Days(day);
    double rate = (month_of(on) >= 10 ? oct_dec : jan_sep) / days_in_month(on);
    if (day_of_month(on) != assessed_on) return volume * rate;
    double surcharge = 0;
    for (const auto& [from, of_band] : aged)
      if (age_days + day >= from) surcharge = of_band;
    return volume * (rate + surcharge);
  }
  std::vector<double> of_cohort(int age_days, int weeks) const {
    std::vector<double> rates(static_cast<size_t>(weeks), 0);
    for (int day = 0; day < weeks * kWeekDays; ++day)
      rates[static_cast<size_t>(day / kWeekDays)] += of_day(day, age_days);
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
  rates.assessed_on = static_cast<unsigned>(costs.whole_or("aged_assessed_on", 1, 28, kAssessedOn));
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

// Ways in which the level may go. Their weights are made to sum to 1, and in every week the mean of the factors is 1.
void read_levels(const Fields& demand, Decision& d) {
  double weights = 0;
  size_t weeks = 0;
  demand.each("levels", [&](const Input& element, const std::string& path) {
    const Fields level(element, path, {"weight", "factor"});
    clearance::LevelPath way{level.number("weight", 0, 1e6), {}};
    level.each("factor", [&](const Input& factor, const std::string& its_path) {
      if (!factor.is_number() || factor.get<double>() < 0)
        throw Refused{its_path, {"must be a number of 0 or more", "应为不小于 0 的数字"}};
      way.factor.push_back(factor.get<double>());
    });
    if (way.factor.empty()) throw Refused{path + ".factor", {"is empty", "为空"}};
    weights += way.weight;
    weeks = std::max(weeks, way.factor.size());
    d.levels.push_back(std::move(way));
  });
  if (d.levels.empty()) return;
  if (d.levels.size() > kMostLevels || weights <= 0)
    throw Refused{demand.of("levels"),
                  {fmt::format("must be at most {} with weights above 0", kMostLevels),
                   fmt::format("至多 {} 项，权重须大于 0", kMostLevels)}};
  for (clearance::LevelPath& way : d.levels) {
    way.weight /= weights;
    way.factor.resize(weeks, way.factor.back());
  }
  for (size_t week = 0; week < weeks; ++week) {
    double mean = 0;
    for (const clearance::LevelPath& way : d.levels) mean += way.weight * way.factor[week];
    if (mean <= 0) throw Refused{demand.of("levels"), {"must have a mean above 0", "均值须大于 0"}};
    for (clearance::LevelPath& way : d.levels) way.factor[week] /= mean;
  }
}

// A level that is not known and stays as it is: a log-normal of mean 1 at evenly spread odds, each at its own mean.
void spread_level(double sd, Decision& d) {
  constexpr int kPoints = 21;
  constexpr double kReach = 3.4;  // deviations on either side
  const double log_variance = std::log(1 + sd * sd);
  const double width = 2 * kReach / kPoints;
  double weights = 0;
  double mean = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double z = -kReach + (i + 0.5) * width;
    const double weight = std::exp(-z * z / 2);
    const double factor = std::exp(std::sqrt(log_variance) * z);
    d.levels.push_back({weight, {factor}});
    weights += weight;
    mean += weight * factor;
  }
  for (clearance::LevelPath& level : d.levels) {
    level.weight /= weights;
    level.factor[0] *= weights / mean;
  }
}

void read_demand(const Fields& demand, bool named_prices, Decision& d) {
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
  if (named_prices) {
    if (demand.has("elasticity"))
      throw Refused{demand.of("elasticity"),
                    {"stands beside ladder, which says how much each price sells: give one of them",
                     "与 ladder 重复（ladder 已给出各价格的销量倍数）：二者只填其一"}};
  } else {
    const Fields elasticity(demand.at("elasticity"), demand.of("elasticity"), {"mean", "sd"});
    const double e = elasticity.number("mean", -20, 0);
    d.believe_elasticity(e, elasticity.number_or("sd", 0, 20, 0));
  }
  const double level_sd = demand.number_or("level_sd", 0, 5, 0);
  if (level_sd > 0 && demand.has("levels"))
    throw Refused{demand.of("level_sd"),
                  {"stands beside levels, which say the same: give one of them", "与 levels 重复：二者只填其一"}};
  read_levels(demand, d);
  if (level_sd > 0) spread_level(level_sd, d);
}

// {"price", "programme", "exit"}, or one number for each of them.
struct ChangeCosts {
  double price = 0, programme = 0, exit = 0;
};
ChangeCosts read_change_costs(const Fields& line) {
  if (!line.has("change_cost")) return {};
  if (line.at("change_cost").is_number()) {
    const double all = line.number("change_cost", 0, 1e6);
    return {all, all, all};
  }
  const Fields cost(line.at("change_cost"), "change_cost", {"price", "programme", "exit"});
  return {cost.number_or("price", 0, 1e6, 0), cost.number_or("programme", 0, 1e6, 0),
          cost.number_or("exit", 0, 1e6, 0)};
}

void read_worth_of_cash(const Fields& line, Decision& d) {
  line.each("worth_of_cash", [&](const Input& worth, const std::string& path) {
    if (!worth.is_number() || worth.get<double>() <= 0 || worth.get<double>() > 1e6)
      throw Refused{path, {"must be a number above 0", "应为大于 0 的数字"}};
    d.worth_of_cash.push_back(worth.get<double>());
  });
  if (line.has("worth_of_cash") && line.has("cost_of_capital"))
    throw Refused{"cost_of_capital",
                  {"stands beside worth_of_cash, which says what later money is worth: give one of them",
                   "与 worth_of_cash 重复：二者只填其一"}};
}

void read_channels(const Fields& line, double change_cost, Decision& d) {
  line.each("exits", [&](const Input& element, const std::string& path) {
    const Fields exit(element, path, {"channel", "recovery_per_unit", "delay_weeks"});
    d.exits.push_back({exit.text("channel"),
                       exit.number("recovery_per_unit", -1e6, 1e6),
                       exit.whole_or("delay_weeks", 0, kMostWeeks, 0),
                       {}});
  });
  line.each("programmes", [&](const Input& element, const std::string& path) {
    const Fields row(
        element, path,
        {"channel", "weeks", "days", "min_discount", "max_discount", "uplift", "uplift_sd", "fixed_fee", "share_fee",
         "cooldown_weeks", "weeks_until_eligible", "price_memory", "closed_weeks", "change_cost"});
    clearance::Programme programme;
    programme.channel = row.text("channel");
    programme.weeks = row.whole("weeks", 1, kMostWeeks);
    programme.min_discount = row.number_or("min_discount", 0, 1, 0);
    programme.max_discount = row.number_or("max_discount", 0, 1, 1);
    programme.days = programme.weeks == 1 ? row.number_or("days", 0, 7, 0) : 0;
    programme.uplift = row.number_or("uplift", 0, 1000, 1);
    programme.uplift_sd = row.number_or("uplift_sd", 0, 1000, 0);
    programme.share_fee = row.number_or("share_fee", 0, 1, 0);
    programme.remembers = row.flag("price_memory");
    programme.fixed_fee = row.number_or("fixed_fee", 0, 1e9, 0);
    programme.cooldown_weeks = row.whole_or("cooldown_weeks", 0, kMostWeeks, 0);
    programme.change_cost = row.number_or("change_cost", 0, 1e6, change_cost);
    programme.weeks_until_eligible = row.whole_or("weeks_until_eligible", 0, kMostWeeks, 0);
    if (programme.max_discount < programme.min_discount)
      throw Refused{path + ".max_discount", {"is below min_discount", "小于 min_discount"}};
    row.each("closed_weeks", [&](const Input& closed, const std::string& at) {
      if (!closed.is_number_integer() || closed.get<int>() < 0 || closed.get<int>() >= d.weeks)
        throw Refused{at, {"must be a week of the horizon, from 0", "应为规划期内的周序号（从 0 起）"}};
      if (programme.slots.empty())
        programme.slots.assign(static_cast<size_t>(d.weeks), {true, programme.fixed_fee, programme.min_discount});
      programme.slots[closed.get<size_t>()].open = false;
    });
    d.programmes.push_back(std::move(programme));
  });
}

// Prices by name, each with what it sells against `weekly_mean`. The current one is among them; those above it are left
// aside where the price may only fall, and refused otherwise.
void read_named_prices(const Fields& line, Decision& d) {
  for (const char* other : {"price_step", "floor_price"})
    if (line.has(other))
      throw Refused{other, {"stands beside ladder, which names the prices", "与 ladder 重复（ladder 已列出价格）"}};
  std::vector<std::pair<double, double>> prices;
  line.each("ladder", [&](const Input& element, const std::string& path) {
    const Fields rung(element, path, {"price", "factor"});
    const double price = rung.number("price", 0.01, 1e7);
    if (!prices.empty() && price >= prices.back().first)
      throw Refused{path + ".price", {"must fall from one to the next", "价格应逐档降低"}};
    const double factor = rung.number("factor", 0, 1e6);
    if (price > d.price + clearance::kPriceSlack) {
      if (!line.flag("monotone"))
        throw Refused{path + ".price",
                      {"is above price: begin with the price now, or say monotone where it may only fall",
                       "高于 price：请从现价列起，或用 monotone 表示只降不升"}};
      return;
    }
    prices.emplace_back(price, factor);
  });
  if (prices.empty() || prices.size() > kMostPrices ||
      std::abs(prices.front().first - d.price) > clearance::kPriceSlack)
    throw Refused{"ladder",
                  {fmt::format("must hold price ({:g}) and those below it, at most {}", d.price, kMostPrices),
                   fmt::format("应含现价（{:g}）及更低价格，至多 {} 个", d.price, kMostPrices)}};
  for (const auto& [price, factor] : prices) {
    d.ladder.push_back(price);
    d.factor_at.push_back(factor);
  }
}

void read_ladder(const Fields& line, Decision& d) {
  d.price = line.number("price", 0.01, 1e7);
  if (line.has("ladder")) {
    read_named_prices(line, d);
    return;
  }
  const double step = line.number_or("price_step", 0.005, 1, 0.05);
  const double floor = line.number_or("floor_price", 0, 1e7, 0);
  for (int k = 0;; ++k) {
    const double price = std::round(d.price * (1 - step * k) * 100) / 100;
    if (k > 0 && (price < floor - 0.005 || price <= 0)) break;
    d.ladder.push_back(price);
  }
}

// Days on which nothing changes, as weeks that touch them.
void read_no_change(const Fields& line, DecideLine& out) {
  line.each("no_change", [&](const Input& element, const std::string& path) {
    const Fields days(element, path, {"from", "to"});
    const Date from = days.day("from");
    const Date to = days.day("to");
    if (to < from) throw Refused{path + ".to", {"is before from", "早于 from"}};
    out.decision.keep_free(out.as_of, from, to);
  });
}

// What earlier prices forbid: the 30-day floor, the Was Price, and what was paid before.
void read_memory(const Fields& line, Decision& d) {
  if (!line.has("price_memory")) return;
  const Fields memory(line.at("price_memory"), "price_memory", {"floor_days", "was_days", "past"});
  d.floor_weeks = (memory.whole_or("floor_days", 0, 365, 30) + 6) / 7;
  d.was_weeks = (memory.whole_or("was_days", 0, 365, 90) + 6) / 7;
  memory.each("past", [&](const Input& element, const std::string& path) {
    const Fields week(element, path, {"weeks_ago", "lowest", "price", "units"});
    const auto ago = static_cast<size_t>(week.whole("weeks_ago", 1, 60));
    if (d.past.size() < ago) d.past.resize(ago);
    const double lowest = week.number("lowest", 0, 1e7);
    d.past[ago - 1] = {lowest, week.number_or("price", 0, 1e7, lowest), week.number_or("units", 0, kMostUnits, 0)};
  });
}

void read_policy(const Fields& line, DecideLine& out) {
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

}  // namespace

DecideLine read_decide_line(const Input& json, const market::Playbook& playbook) {
  const Fields line(json, "",
                    {"sku",    "as_of",       "price",        "stock",       "demand",          "costs",
                     "exits",  "programmes",  "price_step",   "floor_price", "cost_of_capital", "horizon_weeks",
                     "end",    "policy",      "stage_prices", "monotone",    "no_change",       "price_memory",
                     "ladder", "change_cost", "worth_of_cash"});
  DecideLine out;
  Decision& d = out.decision;
  out.sku = line.text("sku");
  out.as_of = line.day("as_of");
  d.weeks = line.whole_or("horizon_weeks", 1, kMostWeeks, 26);
  read_ladder(line, d);
  const Fields costs(
      line.at("costs"), "costs",
      {"referral", "fulfilment", "volume_cuft", "storage_per_cuft_month", "aged_per_cuft_month", "aged_assessed_on"});
  d.net_share = 1 - costs.number("referral", 0, 1);
  d.net_fixed = costs.number("fulfilment", 0, 1e6);
  const HoldingRates rates = read_holding(costs, out.as_of);
  read_stock(Fields(line.at("stock"), "stock", {"on_hand", "cohorts", "inbound"}), rates, d);
  read_demand(Fields(line.at("demand"), "demand", {"weekly_mean", "dispersion", "elasticity", "levels", "level_sd"}),
              line.has("ladder"), d);
  const ChangeCosts changes = read_change_costs(line);
  d.price_change_cost = changes.price;
  d.exit_change_cost = changes.exit;
  read_channels(line, changes.programme, d);
  read_worth_of_cash(line, d);
  d.discount_a_week = std::pow(1 + line.number_or("cost_of_capital", 0, 10, 0), -7 / 365.25);
  d.playbook = clearance::weekly_rule(playbook);
  d.delays = playbook.plan.delay_weeks;
  line.each("stage_prices", [&](const Input& element, const std::string& path) {
    if (!element.is_number()) throw Refused{path, {"must be a number", "应为数字"}};
    d.playbook.stage_prices.push_back(element.get<double>());
  });
  if (d.playbook.stage_prices.empty())
    for (double off : playbook.markdown.unknown_cost_discounts) d.playbook.stage_prices.push_back(d.price * (1 - off));
  d.monotone = line.flag("monotone");
  read_no_change(line, out);
  read_memory(line, d);
  read_policy(line, out);
  return out;
}

}  // namespace destock::app

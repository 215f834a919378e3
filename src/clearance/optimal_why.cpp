#include "clearance/optimal_why.h"

#include <fmt/format.h>
#include <cmath>

#include "clearance/fluid_bound.h"
#include "clearance/level_states.h"
#include "clearance/stock_layers.h"

namespace destock::clearance {
namespace {

constexpr double kLeastElastic = -0.3, kMostElastic = -8;
constexpr int kSteps = 4;
constexpr double kNearEnough = 0.05;  // of an elasticity's logarithm
constexpr size_t kCoarse = 28;        // grid points: only the first choice is asked
constexpr size_t kCoarseLevels = 3;
constexpr double kMuchDearer = 1.5;    // a later month's storage ÷ this month's, worth a word
constexpr double kWorthSaying = 0.05;  // a chance

bool cuts(const Choice& choice) {
  return choice.programme >= 0 || choice.level > 0;
}
bool acts(const Choice& choice) {
  return cuts(choice) || choice.exit_units >= kAUnit;
}

struct Crossing {
  Date day;
  double units;
  int age;
};
// The next day on which the surcharge takes units that it does not take today, within the horizon.
std::optional<Crossing> next_crossing(const SkuCase& sku) {
  if (!sku.need.ages_known) return std::nullopt;
  const auto layers = stock_layers(sku);
  for (int day = 1; day < sku.horizon_days; ++day) {
    const Date on = sku.first_day + Days(day);
    if (!sku.holding.assesses_on(on)) continue;
    const auto from_age = sku.holding.first_charged(on);
    if (!from_age) continue;
    double units = 0;
    for (const StockLayer& layer : layers)
      if (layer.age < *from_age && layer.age + day >= *from_age) units += layer.units;
    if (units >= 1) return Crossing{on, units, *from_age};
  }
  return std::nullopt;
}

// The first month ahead in which storage is much dearer than now.
std::optional<std::pair<Date, double>> dearer_month(const SkuCase& sku) {
  const auto now = sku.holding.month(month_of(sku.first_day), 1);
  if (!now || *now <= 0) return std::nullopt;
  for (int day = 0; day < sku.horizon_days; day += 7) {
    const Date on = sku.first_day + Days(day);
    const double rate = sku.holding.month(month_of(on), 1).value_or(0);
    if (rate > kMuchDearer * *now) return std::pair(first_of_month(on), rate / *now);
  }
  return std::nullopt;
}

Text month_name(Date date) {
  static constexpr const char* kNames[] = {"January", "February", "March",     "April",   "May",      "June",
                                           "July",    "August",   "September", "October", "November", "December"};
  return {kNames[month_of(date) - 1], fmt::format("{}月", month_of(date))};
}

Text day_name(Date date) {
  const Text month = month_name(date);
  return {fmt::format("{} {}", day_of_month(date), month.en), fmt::format("{}{}日", month.zh, day_of_month(date))};
}

class Why {
public:
  Why(const SkuCase& sku, const market::Facts& facts, const SkuDecision& problem, const Optimum& best, double hold,
      const account::PlanLine& line, Turns turns)
      : sku_(sku), facts_(facts), d_(problem.decision), best_(best), hold_(hold), line_(line), turns_(turns) {}

  Text say_left_alone(SmallGain gain) {
    const std::string more = amount(std::max(0.0, gain.amount));
    if (gain.at_most)
      add(fmt::format("Leave alone: no plan gains more than {} over doing nothing, less than a change is worth", more),
          fmt::format("无需操作：任何方案最多比不做动作多回款 {}，低于设定的最低增益", more));
    else
      add(fmt::format("Leave alone: the best plan gains {} over doing nothing, less than a change is worth", more),
          fmt::format("无需操作：最优方案仅比不做动作多回款 {}，低于设定的最低增益", more));
    joint_ = {"; ", "；"};
    reasons();
    cost_of_money();
    odds();
    return std::move(text_);
  }

  Text say() {
    if (best_.path.empty()) return {"there is nothing to sell", "无货可售"};
    first_choice();
    reasons();
    next_best();
    turn();
    cost_of_money();
    odds();
    return std::move(text_);
  }

private:
  std::string amount(double value) const { return Money::from_double(value, sku_.currency).rounded().str(); }
  void add(const std::string& en, const std::string& zh) {
    text_.en += en;
    text_.zh += zh;
  }
  Text name_of(const std::string& channel) const {
    if (channel == "sell") return {"the regular price", "原价销售"};
    const market::Channel* known = facts_.channel(channel);
    return known ? known->name : Text{channel, channel};
  }
  double price_of(const Choice& choice) const { return d_.ladder[static_cast<size_t>(choice.level)]; }

  void first_choice() {
    const Choice& first = best_.path.front().choice;
    const std::string channel = channel_of(d_, first);
    const double gain = best_.value - hold_;
    if (!acts(first)) {
      add("Keep the price for now", "目前维持原价");
      const auto later =
          std::find_if(best_.path.begin(), best_.path.end(), [](const PlannedWeek& week) { return acts(week.choice); });
      if (later != best_.path.end() && gain >= 1) {
        const Text then = name_of(later->choice.exit_units >= kAUnit ? d_.best_exit(later->week)->channel
                                                                     : channel_of(d_, later->choice));
        const Text when = day_name(sku_.first_day + Days(7 * later->week));
        add(fmt::format("; {} from {} returns {} more than holding on", then.en, when.en, amount(gain)),
            fmt::format("；{}起{}，比一直不动多回款 {}", when.zh, then.zh, amount(gain)));
      } else {
        add(": it sells down by itself", "，可自然售出");
        joint_ = {"; ", "；"};
      }
      return;
    }
    Text what = name_of(channel);
    if (channel != "sell") {
      what.en += fmt::format(" at {} now", amount(price_of(first)));
      const bool latin = static_cast<unsigned char>(what.zh.front()) < 0x80;
      what.zh = fmt::format("现在{}{}（{}）", latin ? " " : "", what.zh, amount(price_of(first)));
    }
    if (first.exit_units >= kAUnit) {
      const Text out = name_of(d_.best_exit(0)->channel);
      what.en = fmt::format("{}, with {:.0f} units out by {},", what.en, first.exit_units, out.en);
      what.zh += fmt::format("，并经{}处置 {:.0f} 件", out.zh, first.exit_units);
    }
    what.en[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(what.en[0])));
    add(fmt::format("{} returns {} more than holding", what.en, amount(gain)),
        fmt::format("{}比不动多回款 {}", what.zh, amount(gain)));
  }

  void reasons() {
    std::vector<Text> because;
    if (sku_.need.season && sku_.need.season->left >= 1) {
      const Need::Season& season = *sku_.need.season;
      const Text day = day_name(season.last_day);
      because.push_back({fmt::format("{} ends on {}{}: at today's pace {:.0f} units would be left", season.name.en,
                                     day.en, season.guessed ? " (the season is a guess by its name)" : "", season.left),
                         fmt::format("{}于{}结束{}：按目前销量将剩余 {:.0f} 件", season.name.zh, day.zh,
                                     season.guessed ? "（季节按名称推测）" : "", season.left)});
    }
    if (const auto crossing = next_crossing(sku_)) {
      const Text day = day_name(crossing->day);
      because.push_back({fmt::format("{:.0f} units reach {} days by {}", crossing->units, crossing->age, day.en),
                         fmt::format("{}前有 {:.0f} 件满 {} 天", day.zh, crossing->units, crossing->age)});
    } else if (sku_.need.charged >= 1 && sku_.holding.aged) {
      because.push_back({fmt::format("{:.0f} units pay the aged surcharge already", sku_.need.charged),
                         fmt::format("{:.0f} 件已在缴超龄附加费", sku_.need.charged)});
    }
    if (const auto dear = dearer_month(sku_)) {
      const Text month = month_name(dear->first);
      because.push_back({fmt::format("storage costs {:.1f} times as much from {}", dear->second, month.en),
                         fmt::format("{}起仓储费为现在的 {:.1f} 倍", month.zh, dear->second)});
    }
    if (because.empty() && sku_.need.ratio > 0)
      because.push_back({fmt::format("stock is {:.1f} months of sales", sku_.need.ratio),
                         fmt::format("库存相当于 {:.1f} 个月销量", sku_.need.ratio)});
    for (size_t i = 0; i < because.size(); ++i)
      add((i == 0 ? joint_.en : " and ") + because[i].en, (i == 0 ? joint_.zh : "，") + because[i].zh);
    add(".", "。");
  }

  void next_best() {
    if (best_.next_best < -1e299) return;
    const Text other = name_of(channel_of(d_, best_.next_best_choice));
    const double less = best_.value - best_.next_best;
    const bool priced = channel_of(d_, best_.next_best_choice) != "sell";
    const std::string at = priced ? fmt::format(" at {}", amount(price_of(best_.next_best_choice))) : "";
    const std::string at_zh = priced ? fmt::format("（{}）", amount(price_of(best_.next_best_choice))) : "";
    // Less than anybody would choose by is no choice.
    if (less < 1) {
      add(fmt::format(" Next best now: {}{}, which comes to the same.", other.en, at),
          fmt::format("次优：{}{}，回款相当。", other.zh, at_zh));
      return;
    }
    add(fmt::format(" Next best now: {}{}, {} less.", other.en, at, amount(std::max(0.0, less))),
        fmt::format("次优：{}{}，少回款 {}。", other.zh, at_zh, amount(std::max(0.0, less))));
  }

  void turn() {
    if (!line_.turning_elasticity) return;
    const double at = *line_.turning_elasticity;
    if (cuts(best_.path.front().choice))
      add(fmt::format(" If buyers are less price-sensitive than {:.1f}, keep the price instead.", at),
          fmt::format("若价格弹性弱于 {:.1f}，则应维持价格。", at));
    else
      add(fmt::format(" If buyers are more price-sensitive than {:.1f}, cut it now instead.", at),
          fmt::format("若价格弹性强于 {:.1f}，则应现在降价。", at));
  }

  void cost_of_money() {
    if (!turns_.dear_capital) return;
    const auto& plan = facts_.playbook.plan;
    const double now = 100 * plan.cost_of_capital_per_year;
    const double dear = 100 * plan.dear_capital_per_year;
    add(fmt::format(" If money costs you {:.0f} % a year rather than {:.0f} %, cut it now.", dear, now),
        fmt::format("若资金年成本为 {:.0f}% 而非 {:.0f}%，则应现在降价。", dear, now));
  }

  void odds() {
    if (line_.sure_out_by) {
      const Text day = day_name(*line_.sure_out_by);
      add(fmt::format(" 90 % sure to be out before {}.", day.en), fmt::format("90% 概率在{}前清空。", day.zh));
    } else if (line_.half_out_by) {
      const Text day = day_name(*line_.half_out_by);
      add(fmt::format(" As likely as not out before {}.", day.en), fmt::format("50% 概率在{}前清空。", day.zh));
    } else if (line_.out_by_end && *line_.out_by_end >= kWorthSaying) {
      const Text day = day_name(sku_.first_day + Days(sku_.horizon_days));
      const double percent = 100 * *line_.out_by_end;
      add(fmt::format(" {:.0f} % sure to be out before {}.", percent, day.en),
          fmt::format("{:.0f}% 概率在{}前清空。", percent, day.zh));
    } else if (!best_.path.empty()) {
      const PlannedWeek& last = best_.path.back();
      const double left = last.stock - last.choice.exit_units - last.units;
      if (left < 1 || last.week + last.weeks < d_.weeks) return;
      const Text day = day_name(sku_.first_day + Days(sku_.horizon_days));
      add(fmt::format(" About {:.0f} units are expected to be left on {}.", left, day.en),
          fmt::format("预计{}时仍余约 {:.0f} 件。", day.zh, left));
    }
  }

  const SkuCase& sku_;
  const market::Facts& facts_;
  const Decision& d_;
  const Optimum& best_;
  double hold_;
  const account::PlanLine& line_;
  Turns turns_;
  Text text_;
  Text joint_{": ", "："};  // before the reasons
};

}  // namespace

std::string channel_of(const Decision& decision, const Choice& choice) {
  if (choice.programme >= 0) return decision.programmes[static_cast<size_t>(choice.programme)].channel;
  return choice.level == 0 ? "sell" : "markdown";
}

namespace {

// The same problem as far as one figure asks for it: fewer ways of the level, and prices of the past forbid nothing.
Decision in_rough(const Decision& decision) {
  Decision d = decision;
  d.levels = fewer(decision.levels, kCoarseLevels);
  d.floor_weeks = 0;
  d.was_weeks = 0;
  for (Programme& programme : d.programmes) programme.remembers = false;
  return d;
}

PlannerOptions roughly() {
  PlannerOptions options;
  options.path = false;
  options.grid = kCoarse;
  return options;
}

}  // namespace

std::optional<double> turning_point(const Decision& decision, const Choice& first, Planner& planner) {
  if (decision.ladder.size() < 2 || decision.base_in(0) <= 0) return std::nullopt;
  double mean = 0;
  for (size_t i = 0; i < decision.elasticity.size(); ++i) mean += decision.weight[i] * decision.elasticity[i];
  if (mean >= 0) return std::nullopt;
  Decision d = in_rough(decision);
  // What a cut brings where the whole distribution is moved by one factor; by the logarithm of the elasticity.
  const auto gain_at = [&](double log_elasticity) {
    for (size_t i = 0; i < d.elasticity.size(); ++i)
      d.elasticity[i] = -decision.elasticity[i] * std::exp(log_elasticity) / mean;
    planner.solve(d, roughly());
    return planner.gain_of_a_change(d.on_hand);
  };
  const bool now = cuts(first);
  double far = std::log(now ? -kLeastElastic : -kMostElastic);
  double near = std::log(-mean);
  double gain_far = gain_at(far);
  if ((gain_far > 0) == now) return std::nullopt;
  double gain_near = gain_at(near);
  if ((gain_near > 0) != now) return mean;  // it turns right here
  // Regula falsi, the kept end's gain halved (Illinois).
  int kept = 0;
  for (int i = 0; i < kSteps && std::abs(far - near) > kNearEnough; ++i) {
    const double here = near + (far - near) * std::clamp(gain_near / (gain_near - gain_far), 0.05, 0.95);
    const double gain = gain_at(here);
    if ((gain > 0) == now) {
      near = here;
      gain_near = gain;
      if (kept == 1) gain_far /= 2;
      kept = 1;
    } else {
      far = here;
      gain_far = gain;
      if (kept == 2) gain_near /= 2;
      kept = 2;
    }
  }
  return -std::exp(near + (far - near) * gain_near / (gain_near - gain_far));
}

bool cuts_at_cost(const Decision& decision, double per_year, double least_gain, Planner& planner) {
  if (decision.ladder.size() < 2 || decision.base_in(0) <= 0) return false;
  Decision d = in_rough(decision);
  d.discount_a_week = std::pow(1 + per_year, -7 / 365.25);
  PlannerOptions options = roughly();
  options.rule = Rule::kHold;
  if (fluid_bound(d) - planner.solve(d, options).value < least_gain) return false;  // no plan gains as much
  options.rule = Rule::kBest;
  planner.solve(d, options);
  return planner.gain_of_a_change(d.on_hand) > 0;
}

double rough_value(const Decision& decision, Planner& planner) {
  return planner.solve(in_rough(decision), roughly()).value;
}

Text optimal_why(const SkuCase& sku, const market::Facts& facts, const SkuDecision& problem, const Optimum& best,
                 double hold, const account::PlanLine& line, Turns turns) {
  return Why(sku, facts, problem, best, hold, line, turns).say();
}

Text left_alone_why(const SkuCase& sku, const market::Facts& facts, const SkuDecision& problem, const Optimum& held,
                    SmallGain gain, const account::PlanLine& line, Turns turns) {
  return Why(sku, facts, problem, held, held.value, line, turns).say_left_alone(gain);
}

}  // namespace destock::clearance

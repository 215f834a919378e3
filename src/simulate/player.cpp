#include "simulate/player.h"

#include <cmath>

#include "clearance/fluid_bound.h"
#include "simulate/learner.h"

namespace destock::simulate {
namespace {

using clearance::Choice;
using clearance::Decision;

constexpr int kStepDays = 14;      // of the age-step rule
constexpr size_t kGridAgain = 48;  // points of a plan made again

// The level that is best to keep through the horizon, as its value is believed.
int best_level_of(const Decision& decision) {
  clearance::Planner planner;
  clearance::PlannerOptions options;
  options.rule = clearance::Rule::kHold;
  options.path = false;
  int best = 0;
  double most = -1e300;
  for (size_t level = 0; level < decision.ladder.size(); ++level) {
    Decision one = decision;
    one.ladder = {decision.ladder[level]};
    one.net_at = {decision.net(level)};
    if (!decision.sale_cost_at.empty()) one.sale_cost_at = {decision.sale_cost_at[level]};
    const double value = planner.solve(one, options).value;
    if (value > most) {
      most = value;
      best = static_cast<int>(level);
    }
  }
  return best;
}

}  // namespace

std::string_view policy_id(Policy policy) {
  switch (policy) {
    case Policy::kHold: return "hold";
    case Policy::kPlaybook: return "playbook";
    case Policy::kLiquidate: return "liquidate";
    case Policy::kBestPrice: return "best_price";
    case Policy::kTargetDate: return "target_date";
    case Policy::kAgeStep: return "age_step";
    case Policy::kOptimal: return "optimal";
  }
  return "";
}

Text policy_name(Policy policy) {
  switch (policy) {
    case Policy::kHold: return {"Hold", "不做动作"};
    case Policy::kPlaybook: return {"Playbook", "清仓规则"};
    case Policy::kLiquidate: return {"Liquidate now", "立即批量清货"};
    case Policy::kBestPrice: return {"Best single price", "最佳单一价格"};
    case Policy::kTargetDate: return {"Target date", "目标售罄日"};
    case Policy::kAgeStep: return {"Age-step", "按期阶梯降价"};
    case Policy::kOptimal: return {"Optimal", "最优方案"};
  }
  return {};
}

struct Players::Run {
  int day = 0, units = 0;
  int week() const { return day / kWeekDays; }
  double value = 0;
  clearance::Standing standing;
  Choice now;             // of the week, or of a programme's weeks
  int until_week = 0;     // at whose start a new choice is due
  double of_choice = 0;   // units sold since it was made
  int step = 0;           // level of the rules that move it themselves
  std::vector<int> sold;  // by day
  // Of the planner's policy: what is learned, the plan in force and the week from which it is.
  std::optional<Learner> learner;
  std::optional<Decision> again;
  int planned_from = 0;
};

Players::Players(const Decision& decision) : d_(decision), best_level_(best_level_of(decision)) {
  clearance::PlannerOptions options;
  options.path = false;
  optimal_.solve(decision, options);
  options.rule = clearance::Rule::kPlaybook;
  playbook_.solve(decision, options);
  for (int week = 0; week <= decision.weeks; ++week) power_.push_back(decision.later(0, week));
}

Choice Players::choice_of_week(Policy policy, Run& run) {
  switch (policy) {
    case Policy::kHold: break;
    case Policy::kTargetDate:
    case Policy::kAgeStep: return {-1, run.step, 0};
    case Policy::kPlaybook: return playbook_.choose(run.week(), run.standing, run.units);
    case Policy::kLiquidate: return {-1, 0, d_.exits.empty() ? 0.0 : run.units};
    case Policy::kBestPrice: return {-1, best_level_, 0};
    case Policy::kOptimal: return planned_choice(run);
  }
  return {-1, 0, 0};
}

// The plan is made again where what is believed has moved; else the one in force says what to do at this stock.
Choice Players::planned_choice(Run& run) {
  if (run.units == 0) return {-1, 0, 0};
  if (run.learner->has_moved()) {
    run.planned_from = run.week();
    run.again = run.learner->decision_from(run.week(), run.standing, run.units);
    clearance::PlannerOptions options;
    options.path = false;
    options.grid = kGridAgain;
    again_.solve(*run.again, options);
  }
  clearance::Planner& plan = run.again ? again_ : optimal_;
  return plan.choose(run.week() - run.planned_from, run.standing, run.units);
}

void Players::begin_week(Policy policy, Run& run) {
  const int week = run.week();
  const auto at = static_cast<size_t>(week);
  if (week > 0 && at < d_.inbound.size()) run.units += d_.inbound[at];
  if (week >= run.until_week) {
    if (week > 0) run.standing.pass(d_, run.now, run.of_choice);
    run.now = choice_of_week(policy, run);
    run.of_choice = 0;
    const int out = std::min(run.units, static_cast<int>(std::lround(run.now.exit_units)));
    if (out > 0) run.value += power_[at] * out * d_.exit_value(week).value_or(0);
    run.units -= out;
    run.now.exit_units = 0;
    int weeks = 1;
    if (run.now.programme >= 0) {
      const clearance::Programme& programme = d_.programmes[static_cast<size_t>(run.now.programme)];
      weeks = programme.weeks;
      run.value -= power_[at] * programme.slot(week).fixed_fee;
    }
    run.until_week = week + weeks;
  }
  run.value -= power_[at] * d_.holding(week, run.units);
}

// Rules that move the price by themselves, day by day.
size_t Players::level_of_day(Policy policy, const Run& run) {
  const int last = static_cast<int>(d_.ladder.size()) - 1;
  const auto sold_in = [&](int days) {
    double units = 0;
    for (int back = 1; back <= days && back <= run.day; ++back)
      units += run.sold[run.sold.size() - static_cast<size_t>(back)];
    return units;
  };
  const int days_left = d_.weeks * kWeekDays - run.day;
  if (policy == Policy::kTargetDate && run.day >= kWeekDays) {
    const double wanted = static_cast<double>(run.units) / days_left;
    const int step = sold_in(kWeekDays) / kWeekDays < wanted ? 1 : -1;
    return static_cast<size_t>(std::clamp(run.step + step, 0, last));
  }
  if (policy == Policy::kAgeStep && run.day > 0 && run.day % kStepDays == 0) {
    const double needed = static_cast<double>(kStepDays) * d_.total_units() / (d_.weeks * kWeekDays);
    return static_cast<size_t>(std::clamp(run.step + (sold_in(kStepDays) < needed ? 1 : 0), 0, last));
  }
  return static_cast<size_t>(run.step);
}

void Players::sell_day(Policy policy, const Market& market, Run& run) {
  if (policy == Policy::kTargetDate || policy == Policy::kAgeStep) {
    run.step = static_cast<int>(level_of_day(policy, run));
    run.now.level = run.step;
  }
  double share = 1;
  double share_fee = 0;
  if (run.now.programme >= 0) {
    const clearance::Programme& programme = d_.programmes[static_cast<size_t>(run.now.programme)];
    share_fee = programme.share_fee;
    if (programme.days > 0) share = std::clamp(programme.days - run.day % kWeekDays, 0.0, 1.0);
  }
  const auto level = static_cast<size_t>(run.now.level);
  const Market::Wanted wanted = market.wanted(run.day, run.now.programme, level, share);
  const int units = std::min(run.units, wanted.units);
  const double net = wanted.at_level * (d_.net(level) - share_fee * d_.ladder[level]) +
                     (1 - wanted.at_level) * d_.net(0) - wanted.at_level * d_.sale_cost_in(run.week(), level) -
                     (1 - wanted.at_level) * d_.sale_cost_in(run.week(), 0);
  run.value += power_[static_cast<size_t>(run.week())] * units * net;
  run.units -= units;
  run.of_choice += units;
  run.sold.push_back(units);
  ++run.day;
  if (!run.learner || run.day % kWeekDays != 0) return;
  int week_sold = 0;
  for (size_t back = 1; back <= kWeekDays; ++back) week_sold += run.sold[run.sold.size() - back];
  run.learner->see({(run.day - 1) / kWeekDays, run.now.programme, level, week_sold, run.units == 0});
}

double Players::run_out(Policy policy, const Market& market, const std::vector<size_t>* given) {
  Run run;
  run.units = d_.on_hand;
  run.standing = clearance::Standing::at_start(d_);
  if (policy == Policy::kOptimal) run.learner.emplace(d_);
  while (run.day < d_.weeks * kWeekDays) {
    if (run.day % kWeekDays == 0) begin_week(policy, run);
    if (given && !given->empty())
      run.now.level = static_cast<int>((*given)[std::min(static_cast<size_t>(run.day), given->size() - 1)]);
    sell_day(policy, market, run);
  }
  left_ = run.units;
  return run.value + power_.back() * clearance::value_of(clearance::end_value(d_), run.units);
}

double Players::play(Policy policy, const Market& market) {
  return run_out(policy, market, nullptr);
}

double Players::follow(const std::vector<size_t>& level_by_day, const Market& market) {
  return run_out(Policy::kHold, market, &level_by_day);
}

}  // namespace destock::simulate

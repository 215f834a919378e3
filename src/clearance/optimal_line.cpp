#include "clearance/optimal_line.h"

#include <fmt/format.h>
#include <cmath>
#include <map>

#include "clearance/fluid_bound.h"
#include "clearance/odds.h"
#include "clearance/optimal_why.h"
#include "economics/price_ending.h"
#include "economics/promotion_price.h"

namespace destock::clearance {
namespace {

constexpr double kFew = 0.25;            // of all units
constexpr double kRoughlyAsMuch = 0.25;  // of a gain that is worth a word

class OptimalLine {
public:
  OptimalLine(const SkuCase& sku, const market::Facts& facts, const SkuDecision& problem, const Optimum& best)
      : sku_(sku), facts_(facts), problem_(problem), d_(problem.decision), best_(best) {}

  std::vector<account::PlanAction> actions() {
    for (size_t i = 0; i < best_.path.size(); ++i) {
      const PlannedWeek& step = best_.path[i];
      if (step.choice.exit_units >= kAUnit) add_exit(step);
      size_t to = i + 1;
      while (to < best_.path.size() && goes_on(best_.path[to], step)) ++to;
      add_offer(i, to);
      i = to - 1;
    }
    return std::move(actions_);
  }

  std::vector<account::PlanWeek> weeks() const {
    std::vector<account::PlanWeek> out;
    out.reserve(static_cast<size_t>(d_.weeks));
    for (int week = 0; week < d_.weeks; ++week)
      out.push_back({week, date(week), 0, 0, 0, Money::zero(sku_.currency),
                     sku_.holding.storage_per_unit ? std::optional<Money>(Money::zero(sku_.currency)) : std::nullopt});
    for (const PlannedWeek& step : best_.path) {
      for (int w = 0; w < step.weeks; ++w) {
        account::PlanWeek& week = out[static_cast<size_t>(step.week) + static_cast<size_t>(w)];
        const double gone = step.units * w / step.weeks + (w > 0 ? step.choice.exit_units : 0);
        week.units_start = step.stock - gone;
        week.units_sold = step.units / step.weeks;
        week.units_out = w == 0 ? step.choice.exit_units : 0;
        week.cash = week.cash + money(step.cash / step.weeks);
        if (week.storage) week.storage = money(step.holding / step.weeks);
      }
      pay_exit(step, out);
    }
    return out;
  }

private:
  // An exit's money comes when its channel pays; after the horizon it is in no week, but in the value.
  void pay_exit(const PlannedWeek& step, std::vector<account::PlanWeek>& out) const {
    const BulkExit* exit = d_.best_exit(step.week);
    if (!exit || step.choice.exit_units < kAUnit) return;
    const int comes = step.week + exit->delay_weeks;
    if (comes >= d_.weeks) return;
    account::PlanWeek& week = out[static_cast<size_t>(comes)];
    week.cash = week.cash + money(step.exit_cash / d_.later(step.week, exit->delay_weeks));
  }
  Date date(int week) const { return sku_.first_day + Days(week * kWeekDays); }
  Money money(double value) const { return Money::from_double(value, sku_.currency); }
  std::string amount(double value) const { return money(value).rounded().str(); }

  // Weeks at one price, or of one coupon, are one action; a deal that runs again is another.
  bool goes_on(const PlannedWeek& next, const PlannedWeek& first) const {
    if (next.choice.exit_units >= kAUnit || next.choice.programme != first.choice.programme ||
        next.choice.level != first.choice.level)
      return false;
    if (first.choice.programme < 0) return true;
    const Programme& runs = d_.programmes[static_cast<size_t>(first.choice.programme)];
    return runs.cooldown_weeks == 0 && runs.weeks == 1;
  }

  void add_exit(const PlannedWeek& step) {
    const BulkExit* exit = d_.best_exit(step.week);
    if (!exit) return;
    const double unit = step.exit_cash / step.choice.exit_units;
    account::PlanAction action{step.week,
                               date(step.week),
                               date(step.week),
                               exit->channel,
                               {},
                               {},
                               {},
                               money(step.exit_cash),
                               std::round(step.choice.exit_units),
                               {},
                               {}};
    action.reason = {fmt::format("a unit kept would bring less than the {} of leaving now", amount(unit)),
                     fmt::format("不动的单件价值低于现在处置的 {}", amount(unit))};
    if (exit->delay_weeks > 0) {
      action.reason.en += fmt::format("; the money comes in about {} weeks", exit->delay_weeks);
      action.reason.zh += fmt::format("；约 {} 周后回款", exit->delay_weeks);
    }
    if (const market::Channel* channel = facts_.channel(exit->channel))
      for (const market::Condition& condition : channel->conditions) action.checks.push_back(condition.ask);
    actions_.push_back(std::move(action));
  }

  void add_offer(size_t from, size_t to) {
    const PlannedWeek& step = best_.path[from];
    const bool regular = step.choice.programme < 0 && step.choice.level == 0;
    const bool after_a_cut = from > 0 && best_.path[from - 1].choice.programme < 0;
    if (regular && !after_a_cut) return;  // nothing to do
    double units = 0;
    double cash = 0;
    for (size_t i = from; i < to; ++i) {
      units += best_.path[i].units;
      cash += best_.path[i].cash;
    }
    const PlannedWeek& last = best_.path[to - 1];
    const double price = d_.ladder[static_cast<size_t>(step.choice.level)];
    account::PlanAction action{step.week,
                               date(step.week),
                               date(last.week + last.weeks) - Days(1),
                               channel_of(d_, step.choice),
                               money(price),
                               {},
                               units,
                               money(cash),
                               0,
                               {},
                               {}};
    if (!regular) action.discount = 1 - price / d_.price;
    const double each = units > 0 ? cash / units : 0;
    const bool few = step.stock < kFew * d_.total_units();
    action.reason =
        regular && few
            ? Text{"back to the regular price: so few are left that cutting on would give away more than it saves",
                   "恢复原价：剩余不多，继续降价得不偿失"}
        : regular ? Text{"back to the regular price: in these weeks a cut would give away more than it sells",
                         "恢复原价：这几周降价让利大于增销"}
                  : Text{fmt::format("{:.0f} units expected, {} each after fees", units, amount(each)),
                         fmt::format("预计售出 {:.0f} 件，扣费后每件 {}", units, amount(each))};
    if (step.choice.programme >= 0) add_checks(step, price, action);
    actions_.push_back(std::move(action));
  }

  void add_checks(const PlannedWeek& step, double price, account::PlanAction& action) {
    const auto programme = static_cast<size_t>(step.choice.programme);
    for (const auto& [week, text] : problem_.deadlines[programme])
      if (week == step.week) action.checks.push_back(text);
    for (const Text& check : problem_.checks[programme]) action.checks.push_back(check);
    // What a coupon on top would make of it.
    const double coupon = facts_.playbook.discounts.coupon;
    if (action.channel == "coupon" || d_.ladder.size() < 2) return;
    const economics::Discount stack[] = {{action.channel, money(price), 0}, {"coupon", {}, coupon}};
    const Money paid = economics::stacked_price(*sku_.price, stack, facts_.promotions);
    if (paid.to_double() < d_.ladder.back() - economics::half_a_step(sku_.currency))
      action.checks.push_back(
          {fmt::format("no coupon beside it: {:.0f}% on top would sell at {}, below the lowest price allowed, {}",
                       coupon * 100, paid.str(), money(d_.ladder.back()).str()),
           fmt::format("请勿叠加优惠券：叠加 {:.0f}% 后为 {}，低于最低允许价 {}", coupon * 100, paid.str(),
                       money(d_.ladder.back()).str())});
  }

  const SkuCase& sku_;
  const market::Facts& facts_;
  const SkuDecision& problem_;
  const Decision& d_;
  const Optimum& best_;
  std::vector<account::PlanAction> actions_;
};

Optimum best_by(Planner& planner, const Decision& d, Rule rule) {
  PlannerOptions options;
  options.rule = rule;
  return planner.solve(d, options);
}

// Where a day is set, what is expected to be left then leaves in bulk.
void add_last_exit(const SkuCase& sku, const Decision& d, const Optimum& best, Date out_by, account::PlanLine& line) {
  const BulkExit* exit = d.best_exit(d.weeks);
  if (best.path.empty() || !exit) return;
  const PlannedWeek& last = best.path.back();
  const double left = std::round(last.stock - last.choice.exit_units - last.units);
  if (left < 1) return;
  const Date day = std::min(out_by, sku.first_day + Days(d.weeks * kWeekDays)) - Days(1);
  account::PlanAction action{
      std::max(0, d.weeks - 1),
      day,
      day,
      exit->channel,
      {},
      {},
      {},
      Money::from_double(left * d.exit_worth(*exit, d.weeks), sku.currency),
      left,
      {"nothing is to be left from " + iso(out_by) + " on: what is expected to be, leaves in bulk",
       iso(out_by) + " 起不留库存：预计剩余部分批量清货"},
      {}};
  line.actions.push_back(std::move(action));
}

// What comes, and when, if all of it leaves by the best exit as soon as it is there.
std::vector<account::PlanWeek> liquidated(const SkuCase& sku, const Decision& d) {
  std::map<int, double> cash;
  const auto leave = [&](int week, int units) {
    const BulkExit* exit = d.best_exit(week);
    if (!exit || units == 0) return;
    cash[week + exit->delay_weeks] += units * Decision::exit_pays(*exit, week);
  };
  leave(0, d.on_hand);
  for (size_t week = 1; week < d.inbound.size(); ++week) leave(static_cast<int>(week), d.inbound[week]);
  std::vector<account::PlanWeek> weeks;
  weeks.reserve(cash.size());
  for (const auto& [week, amount] : cash)
    weeks.push_back({week, sku.first_day + Days(week * kWeekDays), 0, 0, 0, Money::from_double(amount, sku.currency),
                     Money::zero(sku.currency)});
  return weeks;
}

// The plan as it would be, had Amazon offered what it must offer; nothing where that gains no more than a plan is worth
// changing for.
std::optional<account::IfOffered> if_offered(const SkuCase& sku, const Outlook& outlook, const market::Facts& facts,
                                             const PlanWishes& wishes, const Decision& as_it_is, double value,
                                             Planner& planner) {
  PlanWishes hoping = wishes;
  hoping.assume_offers = true;
  const SkuDecision problem = sku_decision(sku, outlook, facts, hoping);
  const double least_gain = std::max(1.0, wishes.min_gain.value_or(0));
  // Mostly it gains nothing, and a rough look says so.
  const double roughly = rough_value(problem.decision, planner) - rough_value(as_it_is, planner);
  if (roughly < kRoughlyAsMuch * least_gain) return std::nullopt;
  if (fluid_bound(problem.decision) - value < least_gain) return std::nullopt;
  const Optimum best = planner.solve(problem.decision, {});
  if (best.value - value < least_gain) return std::nullopt;
  for (const PlannedWeek& step : best.path) {
    if (step.choice.programme < 0) continue;
    const Programme& runs = problem.decision.programmes[static_cast<size_t>(step.choice.programme)];
    const market::Channel* channel = facts.channel(runs.channel);
    if (!channel || !channel->needs_offer) continue;
    const Date start = sku.first_day + Days(step.week * kWeekDays);
    return account::IfOffered{
        runs.channel, start, start + Days(step.weeks * kWeekDays - 1),
        Money::from_double(problem.decision.ladder[static_cast<size_t>(step.choice.level)], sku.currency),
        Money::from_double(best.value, sku.currency)};
  }
  return std::nullopt;
}

// Whether the price is kept now, and would not be where money is dear.
bool dear_capital_turns(const Decision& d, const Optimum& best, const market::PlanRule& rule, double least_gain,
                        Planner& planner) {
  if (best.path.empty() || rule.dear_capital_per_year <= rule.cost_of_capital_per_year) return false;
  const Choice& first = best.path.front().choice;
  if (first.programme >= 0 || first.level > 0 || first.exit_units >= kAUnit) return false;
  return cuts_at_cost(d, rule.dear_capital_per_year, least_gain, planner) &&
         !cuts_at_cost(d, rule.cost_of_capital_per_year, least_gain, planner);
}

std::vector<Text> assumptions_of(const SkuCase& sku, const Outlook& outlook, const SkuDecision& problem) {
  std::vector<Text> notes = sku.assumptions;
  if (!outlook.from_forecast)
    notes.push_back(
        {"no sales history to forecast from: the weighted velocity holds on", "无销售历史可预测：按加权日销量推算"});
  notes.push_back({fmt::format("price response {:.1f} ± {:.1f}: ", outlook.elasticity, outlook.elasticity_sd) +
                       outlook.elasticity_basis.en,
                   fmt::format("价格弹性 {:.1f} ± {:.1f}：", outlook.elasticity, outlook.elasticity_sd) +
                       outlook.elasticity_basis.zh});
  for (const Text& left_out : problem.left_out) notes.push_back(left_out);
  return notes;
}

// What a line is of.
struct LineOf {
  const SkuCase& sku;
  const Outlook& outlook;
  const account::Listing& listing;
  const market::Facts& facts;
  const SkuDecision& problem;
};

// A line that does what `made` does, beside what holding and the playbook bring; without bound, reasons and odds.
account::PlanLine line_of(const LineOf& of, const Optimum& made, double hold, double playbook) {
  const auto money = [&](double value) { return Money::from_double(value, of.sku.currency); };
  OptimalLine as_line(of.sku, of.facts, of.problem, made);
  return {.marketplace = of.listing.marketplace,
          .sku = of.listing.sku,
          .title = of.listing.title,
          .owner = of.listing.owner,
          .tag = of.listing.tag,
          .band = of.sku.need.band,
          .units = of.sku.on_hand + of.sku.inbound,
          .net_recovery = money(made.value),
          .upper_bound = {},
          .hold_net_recovery = money(hold),
          .playbook_net_recovery = money(playbook),
          .cost_of_delay = {},
          .why = {},
          .actions = as_line.actions(),
          .weeks = as_line.weeks(),
          .next_best = {},
          .assumptions = assumptions_of(of.sku, of.outlook, of.problem)};
}

// All that is there leaves by the best exit, and what arrives as soon as it does.
Optimum all_out(const Decision& d, Planner& planner) {
  PlannerOptions options;
  options.rule = Rule::kLiquidate;
  Optimum all = planner.solve(d, options);
  const auto leave = [&](int week, int units) {
    if (units == 0 || !d.best_exit(week)) return;
    PlannedWeek step;
    step.week = week;
    step.stock = units;
    step.choice.exit_units = units;
    step.exit_cash = d.exit_value(week).value_or(0) * units;
    all.path.push_back(step);
  };
  leave(0, d.on_hand);
  for (size_t week = 1; week < d.inbound.size() && static_cast<int>(week) < d.weeks; ++week)
    leave(static_cast<int>(week), d.inbound[week]);
  return all;
}

// What the same brings after nothing has been done for some weeks.
double all_out_after(const Decision& d, const Optimum& held, int weeks) {
  double sum = 0;
  for (const PlannedWeek& step : held.path) {
    if (step.week < weeks) sum += d.later(0, step.week) * (step.cash - step.holding);
    if (step.week == weeks) sum += d.later(0, weeks) * d.exit_value(weeks).value_or(0) * step.stock;
  }
  for (size_t week = static_cast<size_t>(weeks) + 1; week < d.inbound.size(); ++week) {
    const auto arrives = static_cast<int>(week);
    sum += d.later(0, arrives) * d.exit_value(arrives).value_or(0) * d.inbound[week];
  }
  return sum;
}

}  // namespace

account::PlanLine optimal_line(const SkuCase& sku, const Outlook& outlook, const account::Listing& listing,
                               const market::Facts& facts, const PlanWishes& wishes, Planner& planner,
                               const Optimum* given) {
  const SkuDecision problem = sku_decision(sku, outlook, facts, wishes);
  const Decision& d = problem.decision;
  const Optimum held = best_by(planner, d, Rule::kHold);
  const Optimum ruled = best_by(planner, d, Rule::kPlaybook);
  const double hold = held.value;
  const double bound = fluid_bound(d);
  // For less than a named minimum nobody changes anything: mostly the bound tells, and no plan need be found.
  const double least_gain = wishes.min_gain && !wishes.out_by && !given ? *wishes.min_gain : 0;
  const bool settled = bound - hold < least_gain;
  const Optimum found = given ? *given : settled ? held : planner.solve(d, {});
  const SmallGain gain{(settled ? bound : found.value) - hold, settled};
  const bool alone = !given && gain.amount < least_gain;
  const Optimum& best = alone ? held : found;
  const auto money = [&](double value) { return Money::from_double(value, sku.currency); };
  account::PlanLine line = line_of({sku, outlook, listing, facts, problem}, best, hold, ruled.value);
  line.upper_bound = money(std::max(best.value, bound));
  for (size_t i = 0; i < best.cost_of_delay.size(); ++i)
    if (best.cost_of_delay[i]) line.cost_of_delay.emplace(d.delays[i], money(*best.cost_of_delay[i]));
  if (best.next_best > -1e299)
    line.next_best = account::NextBest{channel_of(d, best.next_best_choice), money(best.next_best)};
  const std::vector<double> odds = sold_out_odds(d, best.path);
  line.half_out_by = out_by(sku.first_day, odds, kAsLikelyAsNot);
  line.sure_out_by = out_by(sku.first_day, odds, kSure);
  if (!odds.empty()) line.out_by_end = odds.back();
  line.elasticity = outlook.elasticity;
  line.net_recovery_p10 = money(best.value - kFallsShort * best.sd);
  line.net_recovery_p90 = money(best.value + kExceeds * best.sd);
  line.turning_elasticity =
      best.path.empty() || alone ? std::nullopt : turning_point(d, best.path.front().choice, planner);
  line.hold_weeks = OptimalLine(sku, facts, problem, held).weeks();
  line.playbook_weeks = OptimalLine(sku, facts, problem, ruled).weeks();
  line.liquidate_weeks = liquidated(sku, d);
  const Turns turns{dear_capital_turns(d, best, facts.playbook.plan, least_gain, planner)};
  line.why = alone ? left_alone_why(sku, facts, problem, held, gain, line, turns)
                   : optimal_why(sku, facts, problem, best, hold, line, turns);
  if (problem.offers_left_out && !wishes.assume_offers)
    line.if_offered = if_offered(sku, outlook, facts, wishes, d, best.value, planner);
  if (wishes.out_by) add_last_exit(sku, d, best, *wishes.out_by, line);
  return line;
}

account::PlanLine plain_line(const SkuCase& sku, const Outlook& outlook, const account::Listing& listing, Policy policy,
                             const market::Facts& facts, const PlanWishes& wishes, Planner& planner) {
  const SkuDecision problem = sku_decision(sku, outlook, facts, wishes);
  const Decision& d = problem.decision;
  const Optimum held = best_by(planner, d, Rule::kHold);
  const double playbook = best_by(planner, d, Rule::kPlaybook).value;
  const Optimum out = all_out(d, planner);
  const bool holds = policy == Policy::kHold;
  const Optimum& made = holds ? held : out;
  const auto money = [&](double value) { return Money::from_double(value, sku.currency); };
  account::PlanLine line = line_of({sku, outlook, listing, facts, problem}, made, held.value, playbook);
  line.why = holds ? Text{"the regular price, and nothing else", "维持原价，不做其他动作"}
                   : Text{"everything leaves in bulk at once", "全部库存立即批量清货"};
  for (account::PlanAction& action : line.actions) action.reason = line.why;
  const bool playbook_is_next = playbook > (holds ? out.value : held.value);
  line.next_best = playbook_is_next ? account::NextBest{std::string(policy_id(Policy::kPlaybook)), money(playbook)}
                   : holds          ? account::NextBest{std::string(policy_id(Policy::kLiquidate)), money(out.value)}
                                    : account::NextBest{std::string(policy_id(Policy::kHold)), money(held.value)};
  for (int weeks : d.delays)
    if (!holds && weeks < d.weeks) line.cost_of_delay.emplace(weeks, money(made.value - all_out_after(d, held, weeks)));
  return line;
}

}  // namespace destock::clearance

#include "clearance/sku_decision.h"

#include <cmath>

#include "clearance/fluid_bound.h"
#include "clearance/level_states.h"
#include "clearance/playbook.h"
#include "clearance/sku_programmes.h"
#include "clearance/stock_layers.h"
#include "demand/level_worlds.h"
#include "economics/price_ending.h"

namespace destock::clearance {
namespace {

constexpr double kMoneyScale = 10'000;
constexpr double kLadderStep = 0.05;
constexpr size_t kDispersionWeeks = 13;
constexpr size_t kMostLevels = 4;  // a plan is worth 0.7 % more than by six, in two fifths of the time

// Lowest and usual price paid and units, by week before the account's day; the last week first.
std::vector<PaidWeek> paid_weeks(const account::Account& account, size_t listing, int weeks) {
  std::vector<PaidWeek> past(static_cast<size_t>(weeks));
  std::vector<double> most(past.size(), 0);
  const auto days = account.sales.days.of(listing);
  const size_t first = account.sales.days.offsets[listing];
  const int64_t today = day_number(account.as_of);
  for (size_t i = 0; i < days.size(); ++i) {
    const int64_t back = today - 1 - days[i];
    if (back < 0 || back >= int64_t{weeks} * kWeekDays) continue;
    const size_t at = first + i;
    if (account.sales.priced_units[at] <= 0) continue;
    const double paid = static_cast<double>(account.sales.revenue[at] - account.sales.discount[at]) / kMoneyScale /
                        account.sales.priced_units[at];
    if (paid <= 0) continue;
    const auto week = static_cast<size_t>(back / kWeekDays);
    PaidWeek& here = past[week];
    here.lowest = here.lowest > 0 ? std::min(here.lowest, paid) : paid;
    here.units += account.sales.units[at];
    if (account.sales.units[at] > most[week]) {
      most[week] = account.sales.units[at];
      here.price = paid;
    }
  }
  return past;
}

void find_ladder(const SkuCase& sku, const market::Facts& facts, const PlanWishes& wishes, Decision& d) {
  d.price = sku.price->to_double();
  const double slack = economics::half_a_step(sku.currency);
  double floor = d.price * (1 - facts.playbook.plan.max_discount) - slack;
  if (wishes.floor_share) floor = std::max(floor, d.price * *wishes.floor_share - slack);
  if (wishes.floor_price && wishes.floor_price->currency() == sku.currency)
    floor = std::max(floor, wishes.floor_price->to_double() - slack);
  d.ladder = {d.price};
  for (int k = 1; kLadderStep * k < 1; ++k) {
    const double price = economics::discounted(*sku.price, kLadderStep * k, sku.ending).to_double();
    if (price < floor || price <= 0) break;
    if (price < d.ladder.back() - slack) d.ladder.push_back(price);
  }
  for (double price : d.ladder) d.net_at.push_back(sku.sale.net(price));
  const market::PriceResponseRule& response = facts.playbook.price_response;
  d.deepest_believed = response.max_extrapolated_discount;
  d.bends_from = response.bends_from;
  d.gain_beyond = response.gain_beyond;
  d.reduced_log_sd = response.scatter;
}

// What a unit sold costs more than on the first day, by week: peak seasons and new cards, by the day it ships. Low
// prices have tables of their own, which may not rise.
void find_sale_costs(const SkuCase& sku, Decision& d) {
  const bool none = std::all_of(sku.fee_changes.begin(), sku.fee_changes.end(),
                                [](const economics::FeeChange& change) { return change.none(); });
  if (none) return;
  std::vector<std::vector<double>> more_at;
  for (double price : d.ladder) {
    std::vector<double> more;
    for (const economics::FeeChange& change : sku.fee_changes)
      more.push_back(change.at(Money::from_double(price, sku.currency)));
    more_at.push_back(std::move(more));
  }
  const auto by_week = [&](const std::vector<double>& more) {
    std::vector<double> cost(static_cast<size_t>(d.weeks + kSellOnWeeks), 0);
    for (size_t day = 0; day < cost.size() * kWeekDays; ++day) {
      double here = 0;
      for (size_t i = 0; i < more.size(); ++i)
        if (sku.fee_changes[i].from <= sku.first_day + Days(static_cast<int>(day))) here = more[i];
      cost[day / kWeekDays] += here / kWeekDays;
    }
    return cost;
  };
  d.sale_cost = by_week(more_at.front());
  if (std::all_of(more_at.begin(), more_at.end(), [&](const auto& more) { return more == more_at.front(); })) return;
  for (size_t level = 0; level < more_at.size(); ++level)
    d.sale_cost_at.push_back(level > 0 && more_at[level] == more_at[level - 1] ? d.sale_cost_at.back()
                                                                               : by_week(more_at[level]));
}

// Storage of a unit on a day, and the surcharge where it is a day of assessment.
double day_rate(const SkuCase& sku, Date day, int age) {
  double rate = sku.holding.month(month_of(day), 1).value_or(0) / days_in_month(day);
  if (sku.need.ages_known && sku.holding.assesses_on(day)) rate += sku.holding.aged_per_unit(day, age).value_or(0);
  return rate;
}

std::vector<double> rates_of(const SkuCase& sku, int age, int weeks) {
  std::vector<double> rates;
  for (int week = 0; week < weeks; ++week) {
    double sum = 0;
    for (int day = week * kWeekDays; day < (week + 1) * kWeekDays; ++day)
      sum += day_rate(sku, sku.first_day + Days(day), age + day);
    rates.push_back(sum);
  }
  return rates;
}

// Youngest first, in whole units that sum to what there is.
void find_cohorts(const SkuCase& sku, Decision& d) {
  d.on_hand = static_cast<int>(std::lround(sku.on_hand));
  const int inbound = static_cast<int>(std::lround(sku.inbound));
  const int arrives = std::max(1, sku.inbound_day / kWeekDays);
  if (inbound > 0 && arrives < d.weeks) {
    d.inbound.assign(static_cast<size_t>(arrives) + 1, 0);
    d.inbound.back() = inbound;
    d.cohorts.push_back({inbound, arrives, rates_of(sku, -arrives * kWeekDays, d.weeks + kSellOnWeeks)});
  } else {
    d.on_hand += inbound;
  }
  const auto layers = stock_layers(sku);
  int given = 0;
  double counted = 0;
  for (size_t i = layers.size(); i-- > 0;) {
    counted += layers[i].units;
    const int upto = i == 0 ? d.on_hand : static_cast<int>(std::lround(counted));
    if (upto > given) d.cohorts.push_back({upto - given, 0, rates_of(sku, layers[i].age, d.weeks + kSellOnWeeks)});
    given = std::max(given, upto);
  }
}

void find_exits(const SkuCase& sku, const market::Facts& facts, const PlanWishes& wishes, Decision& d) {
  for (const economics::ExitValue& exit : sku.exits) {
    if (std::find(wishes.without.begin(), wishes.without.end(), exit.channel) != wishes.without.end()) continue;
    BulkExit out{exit.channel, exit.per_unit, (exit.delay_days + kWeekDays - 1) / kWeekDays, {}};
    const market::Channel* channel = facts.channel(exit.channel);
    const int stored = channel ? channel->storage_days.value_or(0) : 0;
    if (stored > 0)
      for (int week = 0; week <= d.weeks; ++week) {
        double cost = 0;
        for (int day = 0; day < stored; ++day) {
          const Date on = sku.first_day + Days(week * kWeekDays + day);
          cost += sku.holding.month(month_of(on), 1).value_or(0) / days_in_month(on);
        }
        out.by_week.push_back(exit.per_unit - cost);
      }
    d.exits.push_back(std::move(out));
  }
}

void find_demand(const SkuCase& sku, const Outlook& outlook, const PlanWishes& wishes, Decision& d) {
  d.base = outlook.weekly.empty() ? std::vector<double>{sku.units_per_day * kWeekDays} : outlook.weekly;
  d.dispersion = outlook.dispersion;
  d.levels = outlook.levels;
  // Somebody's own figure is meant as it stands.
  d.believe_elasticity(wishes.elasticity.value_or(outlook.elasticity), wishes.elasticity ? 0 : outlook.elasticity_sd);
}

void find_minutes(const market::Facts& facts, const PlanWishes& wishes, Decision& d) {
  const auto cost = [&](const std::string& id) {
    const market::Channel* channel = facts.channel(id);
    return wishes.minutes.of(channel ? channel->carry_out.by : market::CarriedBy::kPriceFile);
  };
  d.price_change_cost = cost("markdown");
  if (const BulkExit* exit = d.best_exit(0)) d.exit_change_cost = cost(exit->channel);
}

void find_playbook(const SkuCase& sku, const market::Playbook& rules, Decision& d) {
  d.playbook = weekly_rule(rules);
  for (size_t stage = 0; stage < rules.markdown.unknown_cost_discounts.size(); ++stage)
    d.playbook.stage_prices.push_back(
        sku.ladder && stage < sku.ladder->size()
            ? (*sku.ladder)[stage].to_double()
            : economics::discounted(*sku.price, rules.markdown.unknown_cost_discounts[stage], sku.ending).to_double());
}

void find_days_kept_free(const SkuCase& sku, const PlanWishes& wishes, Decision& d) {
  d.monotone = wishes.monotone;
  for (const auto& [from, to] : wishes.no_change) d.keep_free(sku.first_day, from, to);
}

}  // namespace

double PlanWishes::Minutes::of(market::CarriedBy by) const {
  switch (by) {
    case market::CarriedBy::kClicks: return clicks;
    case market::CarriedBy::kMessage: return message;
    default: return row;
  }
}

Outlook outlook_of(const account::Account& account, const demand::AccountForecast& forecast, const SkuCase& sku,
                   const market::Facts& facts) {
  Outlook outlook;
  const size_t i = sku.need.listing;
  const demand::ListingForecast& listing = forecast.listings[i];
  const demand::PriceResponse& response = forecast.responses[i];
  const market::PriceResponseRule& rule = facts.playbook.price_response;
  const auto weeks = forecast.of(i);
  const bool responds = response.elasticity.mean < 0;
  outlook.elasticity = responds ? response.elasticity.mean : rule.elasticity;
  outlook.elasticity_sd = responds ? response.elasticity.sd : 0;
  outlook.elasticity_basis =
      responds ? demand::response_basis_name(response.basis) : Text{rule.source, "规则默认值（" + rule.source + "）"};
  if (const auto* floor = facts.promotions.rule("was_price"); floor && floor->days)
    outlook.past = paid_weeks(account, i, (*floor->days + kWeekDays - 1) / kWeekDays);
  if (weeks.empty()) return outlook;
  outlook.from_forecast = true;
  // The forecast is at the regular price; the plan starts from the current one.
  double factor = 1;
  if (listing.regular_price && sku.price && *listing.regular_price > 0)
    factor = std::pow(sku.price->to_double() / *listing.regular_price, outlook.elasticity);
  double spread = 0;
  double squares = 0;
  // The forecast's weeks begin on the account's day, the plan's later.
  const auto skipped = static_cast<size_t>(sku.days_ahead / kWeekDays);
  const double into = static_cast<double>(sku.days_ahead % kWeekDays) / kWeekDays;
  for (size_t w = skipped; w < weeks.size(); ++w) {
    const double mean = (1 - into) * weeks[w].mean + into * weeks[std::min(w + 1, weeks.size() - 1)].mean;
    outlook.weekly.push_back(mean * std::clamp(factor, 0.2, 5.0));
    if (w >= skipped + kDispersionWeeks) continue;
    spread += weeks[w].variance - weeks[w].mean;
    squares += static_cast<double>(weeks[w].mean) * weeks[w].mean;
  }
  outlook.dispersion = squares > 0 ? std::max(0.0, spread / squares) : 0;
  for (const demand::World& world : demand::worlds_of(forecast, i)) {
    LevelPath path{world.weight, {}};
    for (size_t w = skipped; w < world.factor.size(); ++w)
      path.factor.push_back((1 - into) * world.factor[w] +
                            into * world.factor[std::min(w + 1, world.factor.size() - 1)]);
    outlook.levels.push_back(std::move(path));
  }
  outlook.levels = fewer(std::move(outlook.levels), kMostLevels);
  return outlook;
}

SkuDecision sku_decision(const SkuCase& sku, const Outlook& outlook, const market::Facts& facts,
                         const PlanWishes& wishes) {
  SkuDecision out;
  Decision& d = out.decision;
  d.weeks = (sku.horizon_days + kWeekDays - 1) / kWeekDays;
  d.discount_a_week = std::pow(1 + facts.playbook.plan.cost_of_capital_per_year, -kWeekDays / 365.25);
  d.delays = facts.playbook.plan.delay_weeks;
  d.end = HorizonEnd::kSellOn;
  if (wishes.out_by) {
    const auto days = std::max<int64_t>(1, days_between(sku.first_day, *wishes.out_by));
    d.weeks = std::min(d.weeks, static_cast<int>((days + kWeekDays - 1) / kWeekDays));
    d.end = HorizonEnd::kSalvage;
  }
  if (wishes.floor_price && wishes.floor_price->currency() != sku.currency)
    out.left_out.push_back(
        {"the lowest price was given in " + wishes.floor_price->currency().str() + ": it does not bind here",
         "最低价以 " + wishes.floor_price->currency().str() + " 给出：此处不适用"});
  if (sku.price) {
    find_ladder(sku, facts, wishes, d);
  } else {
    d.price = 1;  // unknown: nothing is sold, only exits are valued
    d.ladder = {1};
    d.net_at = {0};
  }
  find_demand(sku, outlook, wishes, d);
  if (!sku.price) d.base = {0};
  find_cohorts(sku, d);
  find_exits(sku, facts, wishes, d);
  find_sale_costs(sku, d);
  find_days_kept_free(sku, wishes, d);
  find_minutes(facts, wishes, d);
  if (!sku.price) return out;
  find_playbook(sku, facts.playbook, d);
  d.past = outlook.past;
  add_programmes(sku, facts, wishes, out);
  return out;
}

}  // namespace destock::clearance

#include "desk/track.h"

#include <algorithm>
#include <cmath>

namespace destock::desk {
namespace {

using market::CarriedBy;

constexpr double kSamePrice = 0.02;    // of a price: what buyers pay is rounded, taxed and averaged
constexpr int64_t kFewUnits = 2;       // sold at a price, below which it may be a slip
constexpr double kTenNinety = 1.2816;  // standard deviations
constexpr double kUsualSpread =
    0.35;                      // of a level a few weeks ahead, where the plan's own is not known: docs/methods.md
constexpr double kHalf = 0.5;  // of a unit: a logarithm of nothing is none

bool same(const Money& a, const Money& b) {
  return std::abs(a.to_double() - b.to_double()) <= kSamePrice * std::abs(b.to_double());
}

Sighting by_price(const account::ActionRecord& action, const Evidence& evidence) {
  Sighting sighting;
  if (!action.price) return sighting;
  for (const PricePoint& point : evidence.prices) {
    if (point.day < action.start || point.day > action.end) continue;
    // The asked price is exact: to the cent.
    if (point.price.rounded() == action.price->rounded()) {
      if (!sighting.seen) sighting.seen = point.day;
      sighting.price = point.price;
      sighting.ended.reset();
    } else if (sighting.seen && !sighting.ended && point.day < action.end) {
      sighting.ended = point.day;
    }
  }
  return sighting;
}

// What buyers paid on a day is the action's price, and was another before it.
Sighting by_sales(const account::ActionRecord& action, const Evidence& evidence) {
  Sighting sighting;
  if (!action.price) return sighting;
  int64_t units = 0;
  for (const SoldDay& sold : evidence.sales) {
    if (sold.day < action.start || sold.day > action.end || sold.priced_units == 0) continue;
    const Money each =
        Money::from_double(sold.paid.to_double() / static_cast<double>(sold.priced_units), sold.paid.currency());
    if (!same(each, *action.price)) continue;
    units += sold.priced_units;
    if (!sighting.seen) sighting.seen = sold.day;
    sighting.price = each;
  }
  if (units < kFewUnits) return {};
  return sighting;
}

}  // namespace

Sighting sighting_of(const account::ActionRecord& action, CarriedBy by, const Evidence& evidence) {
  if (by == CarriedBy::kBusinessPriceFile) return {};  // shown to business buyers alone
  if (by == CarriedBy::kRemovalFile) {
    Sighting sighting;
    if (!evidence.removal) return sighting;
    sighting.seen = evidence.removal->day;
    sighting.units = evidence.removal->units;
    if (evidence.removal->cancelled && evidence.removal->units <= 0) sighting.ended = evidence.removal->day;
    return sighting;
  }
  if (evidence.promoted_on && by != CarriedBy::kPriceFile) {
    Sighting promoted;
    promoted.seen = std::max(*evidence.promoted_on, action.start);
    promoted.price = action.price;
    return promoted;
  }
  // A percentage leaves the listing's price as it is: there it proves nothing.
  if (by == CarriedBy::kCouponSheet || by == CarriedBy::kDiscountSheet) return by_sales(action, evidence);
  const Sighting asked = by_price(action, evidence);
  if (by == CarriedBy::kPriceFile || asked.seen) return asked;
  return by_sales(action, evidence);
}

Text cause_name(Cause cause) {
  switch (cause) {
    case Cause::kNone: return {"as planned", "符合预期"};
    case Cause::kNotCarriedOut: return {"not carried out", "未执行"};
    case Cause::kPriceDiffers: return {"the price differs", "价格不符"};
    case Cause::kStockOut: return {"out of stock", "断货"};
    case Cause::kDemand: return {"demand", "需求"};
  }
  return {"", ""};
}

namespace {

Money share(const Money& of, double part) {
  return Money::from_double(of.to_double() * part, of.currency()).rounded();
}

void add_sales(const account::ActionRecord& action, Date last, const Evidence& evidence, const NetOfSale& net,
               Outcome& outcome) {
  double units = 0;
  double paid = 0;
  int64_t priced = 0;
  for (const SoldDay& sold : evidence.sales) {
    if (sold.day < action.start || sold.day > last) continue;
    units += static_cast<double>(sold.units);
    priced += sold.priced_units;
    paid += sold.paid.to_double();
  }
  outcome.actual_units = units;
  if (priced > 0) outcome.paid = Money::from_double(paid / static_cast<double>(priced), action.currency).rounded();
  if (units <= 0) {
    outcome.actual_cash = Money::zero(action.currency);
    return;
  }
  if (!outcome.paid) return;
  if (const auto each = net(*outcome.paid)) outcome.actual_cash = share(*each, units);
}

void add_band(const account::ActionRecord& action, Outcome& outcome) {
  if (!action.spread || !outcome.actual_units) return;
  const double n = outcome.planned_units;
  const double sd = std::sqrt(n + std::pow(*action.spread * n, 2));
  outcome.low = std::max(0.0, n - kTenNinety * sd);
  outcome.high = n + kTenNinety * sd;
  outcome.below = *outcome.actual_units < *outcome.low;
  outcome.above = *outcome.actual_units > *outcome.high;
}

}  // namespace

Outcome outcome_of(const account::ActionRecord& action, const Life& life, const Evidence& evidence, int stockouts,
                   const NetOfSale& net) {
  Outcome outcome;
  const bool live = life.state == State::kLive || life.state == State::kFinished || life.state == State::kEnded;
  outcome.days_in_all = static_cast<int>(days_between(action.start, action.end)) + 1;
  if (action.units_out > 0) {
    outcome.days = outcome.days_in_all;
    outcome.planned_units = action.units_out;
    outcome.held_units = 0;
    const bool due = !evidence.pays_on || *evidence.pays_on <= evidence.reported || evidence.exit_money;
    if (!due)
      outcome.planned_cash = outcome.actual_cash = Money::zero(action.currency);
    else
      outcome.planned_cash = action.expected_cash;
    if (!live) {
      outcome.cause = Cause::kNotCarriedOut;
      outcome.actual_units = 0;
      outcome.actual_cash = Money::zero(action.currency);
      return outcome;
    }
    outcome.actual_units = life.seen_units;
    if (!due) return outcome;
    // What an exit pays comes weeks later, with a settlement: until then its plan stands for what left.
    if (evidence.exit_money)
      outcome.actual_cash = *evidence.exit_money;
    else if (life.seen_units && action.expected_cash)
      outcome.actual_cash = share(*action.expected_cash, std::min(1.0, *life.seen_units / action.units_out));
    return outcome;
  }
  if (!live) outcome.cause = Cause::kNotCarriedOut;
  if (!evidence.sales_to || *evidence.sales_to < action.start) return outcome;
  const Date last = std::min(action.end, *evidence.sales_to);
  outcome.days = static_cast<int>(days_between(action.start, last)) + 1;
  const double part = static_cast<double>(outcome.days) / outcome.days_in_all;
  outcome.planned_units = action.expected_units.value_or(0) * part;
  if (action.expected_cash) outcome.planned_cash = share(*action.expected_cash, part);
  if (action.held_units) outcome.held_units = *action.held_units * part;
  if (action.held_cash) outcome.held_cash = share(*action.held_cash, part);
  add_sales(action, last, evidence, net, outcome);
  add_band(action, outcome);
  if (!live) {
    outcome.cause = Cause::kNotCarriedOut;
  } else if (outcome.paid && action.price && !same(*outcome.paid, *action.price)) {
    outcome.cause = Cause::kPriceDiffers;
  } else if (stockouts > 0) {
    outcome.cause = Cause::kStockOut;
  } else if (outcome.below.value_or(false) || outcome.above.value_or(false)) {
    outcome.cause = Cause::kDemand;
  }
  return outcome;
}

Learned learned_of(std::span<const Trial> trials, double belief_sd) {
  Learned learned;
  double precision = 1 / (belief_sd * belief_sd);
  double sum = 0;
  for (const Trial& trial : trials) {
    const double spread = trial.spread.value_or(kUsualSpread);
    const double variance = spread * spread + 1 / (trial.expected + kHalf);
    const double seen = std::log((trial.actual + kHalf) / (trial.expected + kHalf));
    sum += seen / variance;
    precision += 1 / variance;
    ++learned.runs;
  }
  if (learned.runs == 0) return learned;
  const double mean = sum / precision;
  const double sd = std::sqrt(1 / precision);
  learned.factor = std::exp(mean);
  learned.low = std::exp(mean - kTenNinety * sd);
  learned.high = std::exp(mean + kTenNinety * sd);
  return learned;
}

}  // namespace destock::desk

#include "app/track.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <set>

#include "app/settings.h"
#include "base/week.h"
#include "economics/sale_terms.h"

namespace destock::app {
namespace {

using account::DeskEvent;
using account::DeskEventKind;
using account::LineKey;
using desk::Cause;
using desk::State;

constexpr int kLeastDaysLive = 7;      // before a run tells of a channel
constexpr double kBeliefEnds = 3.29;   // standard deviations between the ends of a belief's middle 90 %
constexpr double kWorthSaying = 0.05;  // of a factor
constexpr double kTenNinety = 1.2816;

// What reports say of a listing, ready to be asked by action.
class Reports {
public:
  Reports(const AccountState& state, const std::vector<store::Store::PriceSeen>& prices, const market::Facts& facts)
      : state_(state), facts_(facts) {
    for (const auto& seen : prices) {
      const auto& price = seen.asked();
      if (!price) continue;
      auto& list = prices_[{seen.marketplace, seen.sku}];
      // Of two snapshots of a day the later import counts.
      if (!list.empty() && list.back().day == seen.day)
        list.back().price = *price;
      else
        list.push_back({seen.day, *price});
    }
    for (size_t i = 0; i < state.account.size(); ++i)
      listings_.emplace(LineKey(state.account.listings[i].marketplace, state.account.listings[i].sku), i);
    for (const account::SalesSpan& span : state.account.sales_spans) {
      auto& to = sales_to_[span.marketplace];
      if (!to || *to < span.last_day) to = span.last_day;
    }
  }

  desk::Evidence of(const account::ActionRecord& action) {
    desk::Evidence evidence;
    const LineKey key(action.marketplace, action.sku);
    if (const auto found = prices_.find(key); found != prices_.end()) evidence.prices = found->second;
    evidence.sales = sales_of(key, action.currency);
    if (const auto to = sales_to_.find(action.marketplace); to != sales_to_.end()) evidence.sales_to = to->second;
    // Until the first day that no report tells of.
    for (const account::SalesSpan& gap : state_.account.sales_gaps)
      if (gap.marketplace == action.marketplace && gap.last_day >= action.start && evidence.sales_to >= gap.first_day)
        evidence.sales_to = gap.first_day - Days(1);
    if (const auto order = removals_.find(action.id); order != removals_.end()) evidence.removal = order->second;
    if (const auto paid = exit_money_.find(action.id);
        paid != exit_money_.end() && paid->second.currency() == action.currency)
      evidence.exit_money = paid->second;
    evidence.promoted_on = promoted_on(action);
    evidence.reported = state_.account.as_of;
    if (const market::Channel* channel = facts_.channel(action.channel); channel && action.units_out > 0)
      evidence.pays_on = action.start + Days(channel->delay_days.value_or(0));
    return evidence;
  }

  int stockouts(const account::ActionRecord& action, Date last) const {
    const auto found = listings_.find({action.marketplace, action.sku});
    if (found == listings_.end()) return 0;
    int days = 0;
    for (const int32_t day : state_.account.stockout_days.of(found->second)) {
      const Date date = date_of_day_number(day);
      days += date >= action.start && date <= last;
    }
    return days;
  }

  desk::NetOfSale net(const account::ActionRecord& action) const {
    const auto found = listings_.find({action.marketplace, action.sku});
    if (found == listings_.end()) return [](const Money&) { return std::optional<Money>(); };
    const auto terms = economics::sale_terms(state_.account, found->second, facts_, action.start);
    return [terms](const Money& price) -> std::optional<Money> {
      if (!terms.fulfilment || !terms.referral_known) return std::nullopt;
      return Money::from_double(terms.net(price.to_double()), price.currency());
    };
  }

  // Removal orders that carry an action's name, money of settlements for them, and promotions.
  Result<void> read_outcomes(store::Store& store, int64_t account) {
    const auto orders = store.removal_orders(account);
    if (!orders) return tl::unexpected(orders.error());
    for (const account::RemovalOrderRow& row : *orders) {
      auto& seen = removals_.try_emplace(row.order_id, desk::RemovalSeen{row.requested_on, 0, false}).first->second;
      const int64_t requested = row.requested.value_or(0);
      seen.units += static_cast<double>(requested - row.cancelled.value_or(0));
      seen.cancelled = seen.cancelled || row.cancelled.value_or(0) > 0;
    }
    const auto amounts = store.settled_amounts(account);
    if (!amounts) return tl::unexpected(amounts.error());
    for (const account::SettledAmount& row : *amounts) {
      const std::string& id = row.merchant_order_id.empty() ? row.order_id : row.merchant_order_id;
      const auto [place, made] = exit_money_.try_emplace(id, row.amount);
      if (!made && place->second.currency() == row.amount.currency()) place->second += row.amount;
    }
    auto promotions = store.promotions(account);
    if (!promotions) return tl::unexpected(promotions.error());
    promotions_ = std::move(*promotions);
    return {};
  }

private:
  // By the name that was given it, else a coupon of the same product, days and percentage.
  std::optional<Date> promoted_on(const account::ActionRecord& action) const {
    std::optional<Date> first;
    for (const account::PromotionRow& row : promotions_) {
      if (row.marketplace != action.marketplace || row.status == "CANCELED") continue;
      if (row.first_day > action.end || row.last_day < action.start) continue;
      if (!row.name.starts_with(action.id) && !same_coupon(row, action)) continue;
      if (!first || row.first_day < *first) first = row.first_day;
    }
    return first;
  }
  bool same_coupon(const account::PromotionRow& row, const account::ActionRecord& action) const {
    if (!row.coupon || action.channel != "coupon" || !row.discount_percent || !action.discount) return false;
    if (std::lround(*row.discount_percent) != std::lround(*action.discount * 100)) return false;
    const auto listing = listings_.find({action.marketplace, action.sku});
    if (listing == listings_.end()) return false;
    const std::string& asin = state_.account.listings[listing->second].asin;
    return std::any_of(row.asins.begin(), row.asins.end(),
                       [&](const account::PromotionAsin& one) { return !asin.empty() && one.asin == asin; });
  }

  std::span<const desk::SoldDay> sales_of(const LineKey& key, Currency currency) {
    const auto [place, made] = sales_.try_emplace(key);
    if (!made) return place->second;
    const auto found = listings_.find(key);
    if (found == listings_.end()) return {};
    const account::SalesHistory& sales = state_.account.sales;
    for (uint64_t at = sales.days.offsets[found->second]; at < sales.days.offsets[found->second + 1]; ++at)
      place->second.push_back({date_of_day_number(sales.days.values[at]), sales.units[at], sales.priced_units[at],
                               Money::from_units(sales.revenue[at] - sales.discount[at], currency)});
    return place->second;
  }

  const AccountState& state_;
  const market::Facts& facts_;
  std::map<LineKey, std::vector<desk::PricePoint>> prices_;
  std::map<LineKey, std::vector<desk::SoldDay>> sales_;
  std::map<LineKey, size_t> listings_;
  std::map<std::string, std::optional<Date>> sales_to_;
  std::map<std::string, desk::RemovalSeen> removals_;  // by order id
  std::map<std::string, Money> exit_money_;
  std::vector<account::PromotionRow> promotions_;
};

Result<Todo> everything(store::Store& store, int64_t account, const Context& context) {
  TodoFilter filter;
  filter.all = true;
  return todo(store, account, context, filter);
}

bool decided(const TodoItem& item) {
  return item.life.approved || item.life.written || item.life.done || item.life.seen_on.has_value();
}

Result<Reports> reports_of(store::Store& store, int64_t account, const Context& context, const AccountState& state,
                           const std::vector<TodoItem>& items) {
  std::optional<Date> first;
  for (const TodoItem& item : items)
    if (decided(item) && (!first || item.action.start < *first)) first = item.action.start;
  const auto prices = store.prices_seen(account, first.value_or(state.account.as_of));
  if (!prices) return tl::unexpected(prices.error());
  Reports reports(state, *prices, context.facts);
  if (const auto done = reports.read_outcomes(store, account); !done) return tl::unexpected(done.error());
  return reports;
}

}  // namespace

Result<int64_t> look_for_actions(store::Store& store, int64_t account, const Context& context,
                                 const AccountState& state) {
  const auto list = everything(store, account, context);
  if (!list) return list.error().kind == ErrorKind::kNotFound ? Result<int64_t>(0) : tl::unexpected(list.error());
  auto reports = reports_of(store, account, context, state, list->items);
  if (!reports) return tl::unexpected(reports.error());
  std::vector<DeskEvent> events;
  for (const TodoItem& item : list->items) {
    if (!decided(item) || item.action.start > state.account.as_of) continue;
    const desk::Sighting sighting = desk::sighting_of(item.action, item.how.by, reports->of(item.action));
    DeskEvent event = account::event_of(item.action, DeskEventKind::kSeen, {}, context.now_utc());
    event.price = sighting.price;
    event.units = sighting.units;
    if (sighting.seen && !item.life.seen_on) {
      event.kind = DeskEventKind::kSeen;
      event.day = sighting.seen;
      events.push_back(event);
    }
    if (sighting.ended && !item.life.ended_on) {
      event.kind = DeskEventKind::kEnded;
      event.day = sighting.ended;
      events.push_back(event);
    }
  }
  if (events.empty()) return 0;
  const auto done = store.add_desk_events(
      account, [&](const store::Store::Desk&) -> Result<std::vector<DeskEvent>> { return events; });
  if (!done) return tl::unexpected(done.error());
  return static_cast<int64_t>(events.size());
}

Result<int64_t> look_after_import(store::Store& store, int64_t account, const Context& shipped) {
  const auto events = store.desk_events(account);
  if (!events) return tl::unexpected(events.error());
  if (events->empty()) return 0;
  const auto settings = store.settings(account);
  if (!settings) return tl::unexpected(settings.error());
  Context own = with_settings(shipped, *settings);
  const auto state = load_state(store, account, std::nullopt, own);
  if (!state) return tl::unexpected(state.error());
  return look_for_actions(store, account, own, *state);
}

namespace {

// Sums in the base currency.
class Totals {
public:
  Totals(const AccountState& state, Date from, Date to)
      : state_(state), base_(state.health.figures.base_currency), totals_(no_totals(base_)) {
    const Money zero = Money::zero(base_);
    for (Date week = monday_of(from); week <= to; week += Days(kWeekDays))
      weeks_.push_back({week, zero, zero, zero, zero});
    variance_.resize(weeks_.size(), 0.0);
  }

  void add(const Tracked& tracked) {
    const desk::Outcome& outcome = tracked.outcome;
    ++totals_.actions;
    const auto planned = in_base(outcome.planned_cash);
    const auto came = in_base(outcome.actual_cash);
    if (!planned || !came) {
      ++totals_.without_money;
      return;
    }
    totals_.planned += *planned;
    totals_.came += *came;
    // What was not carried out changed nothing: it is credited with nothing.
    const auto held = in_base(outcome.held_cash);
    totals_.held += outcome.cause == Cause::kNotCarriedOut || !held ? *came : *held;
    const Money missed = *planned - *came;
    switch (outcome.cause) {
      case Cause::kNotCarriedOut: totals_.not_carried_out += missed; break;
      case Cause::kPriceDiffers: totals_.price_differs += missed; break;
      case Cause::kStockOut: totals_.stock_out += missed; break;
      default: totals_.demand += missed;
    }
    spread(tracked, *planned, *came);
  }

  TrackTotals totals() const { return totals_; }
  std::vector<Track::Week> weeks() {
    Money planned = Money::zero(base_), came = planned;
    double variance = 0;
    for (size_t i = 0; i < weeks_.size(); ++i) {
      planned += weeks_[i].planned;
      came += weeks_[i].came;
      variance += variance_[i];
      const Money room = Money::from_double(kTenNinety * std::sqrt(variance), base_).rounded();
      weeks_[i].planned = planned;
      weeks_[i].came = came;
      weeks_[i].low = planned - room;
      weeks_[i].high = planned + room;
    }
    return weeks_;
  }

private:
  std::optional<Money> in_base(const std::optional<Money>& money) const {
    if (!money) return std::nullopt;
    const auto there = state_.account.rates.convert(*money, base_, state_.account.as_of);
    return there ? std::optional<Money>(there->rounded()) : std::nullopt;
  }

  // Evenly over the days that have passed.
  void spread(const Tracked& tracked, const Money& planned, const Money& came) {
    const int days = std::max(1, tracked.outcome.days);
    const double sd = tracked.item.action.spread.value_or(0) * planned.to_double();
    for (size_t i = 0; i < weeks_.size(); ++i) {
      const Date end = weeks_[i].start + Days(kWeekDays - 1);
      const Date first = std::max(weeks_[i].start, tracked.item.action.start);
      const Date last = std::min(end, tracked.item.action.start + Days(days - 1));
      if (last < first) continue;
      const double part = static_cast<double>(days_between(first, last) + 1) / days;
      weeks_[i].planned += Money::from_double(planned.to_double() * part, base_);
      weeks_[i].came += Money::from_double(came.to_double() * part, base_);
      variance_[i] += sd * sd * part;
    }
  }

  const AccountState& state_;
  Currency base_;
  TrackTotals totals_;
  std::vector<Track::Week> weeks_;
  std::vector<double> variance_;
};

// What was never seen first; then by what did not come.
bool worse(const Tracked& a, const Tracked& b) {
  const auto rank = [](const Tracked& one) { return one.item.life.state == State::kNeverSeen ? 0 : 1; };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  const auto missed = [](const Tracked& one) {
    return one.outcome.planned_cash && one.outcome.actual_cash
               ? one.outcome.planned_cash->to_double() - one.outcome.actual_cash->to_double()
               : 0.0;
  };
  const double of_a = missed(a);
  const double of_b = missed(b);
  return of_a != of_b ? of_a > of_b : a.item.action.id < b.item.action.id;
}

std::vector<Track::Channel> learned_from(const std::vector<Tracked>& actions, const market::Facts& facts) {
  std::map<std::string, std::vector<desk::Trial>> trials;
  for (const Tracked& one : actions) {
    const State state = one.item.life.state;
    const bool live = state == State::kLive || state == State::kFinished;
    if (!live || one.outcome.days < kLeastDaysLive || one.outcome.cause == Cause::kStockOut ||
        one.outcome.cause == Cause::kPriceDiffers || !one.outcome.actual_units || one.item.action.units_out > 0)
      continue;
    const market::Channel* channel = facts.channel(one.item.action.channel);
    if (!channel || !channel->placement) continue;
    // As the shipped belief would have it, whatever was believed when it was planned.
    const double then = one.item.action.believed_lift.value_or(channel->placement->median);
    trials[channel->id].push_back({one.outcome.planned_units * channel->placement->median / then,
                                   *one.outcome.actual_units, one.item.action.spread});
  }
  std::vector<Track::Channel> channels;
  for (const auto& [id, list] : trials) {
    const market::Channel* channel = facts.channel(id);
    const double sd = std::log(channel->placement->high / channel->placement->low) / kBeliefEnds;
    if (sd <= 0) continue;
    channels.push_back({id, channel->name, desk::learned_of(list, sd)});
  }
  return channels;
}

}  // namespace

TrackTotals no_totals(Currency base) {
  const Money zero = Money::zero(base);
  return {base, 0, 0, zero, zero, zero, zero, zero, zero, zero};
}

Result<Track> track(store::Store& store, int64_t account, const Context& context, const AccountState& state,
                    int weeks_back) {
  const auto list = everything(store, account, context);
  if (!list) return tl::unexpected(list.error());
  auto reports = reports_of(store, account, context, state, list->items);
  if (!reports) return tl::unexpected(reports.error());
  const Date to = state.account.as_of;
  const Date from = monday_of(to) - Days(kWeekDays * (weeks_back - 1));
  std::vector<Tracked> actions;
  for (const TodoItem& item : list->items) {
    const account::ActionRecord& action = item.action;
    // What nobody decided is no plan that was to be kept.
    if (!decided(item) || action.start > to || action.end < from) continue;
    // Approved and replaced by a newer plan before anybody began: no promise of anybody's.
    if (!action.in_plan && !item.life.written && !item.life.done && !item.life.seen_on &&
        item.life.state == State::kApproved)
      continue;
    const desk::Evidence evidence = reports->of(action);
    const Date last = std::min(action.end, evidence.sales_to.value_or(action.start));
    actions.push_back(
        {item, desk::outcome_of(action, item.life, evidence, reports->stockouts(action, last), reports->net(action))});
  }
  std::stable_sort(actions.begin(), actions.end(), worse);
  Totals totals(state, from, to);
  for (const Tracked& tracked : actions) totals.add(tracked);
  auto learned = learned_from(actions, context.facts);
  Track out{from, to, std::move(actions), totals.totals(), totals.weeks(), std::move(learned), list->notes};
  if (out.totals.without_money > 0)
    out.notes.push_back(
        {std::to_string(out.totals.without_money) +
             " actions are in no total: their money is not known yet (no sales report of their days, a "
             "fee or a rate is missing)",
         std::to_string(out.totals.without_money) + " 项未计入合计：金额尚未提供（缺少当期销售报表、费用或汇率）"});
  return out;
}

Result<WithLearned> with_learned(store::Store& store, int64_t account, const Context& context,
                                 const AccountState& state) {
  constexpr int kLookBack = 52;  // weeks
  WithLearned out{context.facts, {}};
  const auto seen = track(store, account, context, state, kLookBack);
  if (!seen) {
    if (seen.error().kind == ErrorKind::kNotFound) return out;
    return tl::unexpected(seen.error());
  }
  for (const Track::Channel& one : seen->learned) {
    const auto channel = out.facts.channels.find(one.id);
    if (channel == out.facts.channels.end() || !channel->second.placement) continue;
    auto& placement = *channel->second.placement;
    const double before = placement.median;
    placement.median *= one.learned.factor;
    placement.low = placement.median * one.learned.low / one.learned.factor;
    placement.high = placement.median * one.learned.high / one.learned.factor;
    if (std::abs(one.learned.factor - 1) < kWorthSaying) continue;
    out.notes.push_back({fmt::format("{} here lifts {:.2f} beside its price, not {:.2f}: {} runs seen live",
                                     one.name.en, placement.median, before, one.learned.runs),
                         fmt::format("{}在本账户的额外增量为 {:.2f} 倍，而非 {:.2f}：已观察 {} 次", one.name.zh,
                                     placement.median, before, one.learned.runs)});
  }
  return out;
}

}  // namespace destock::app

#include "app/plan.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>

#include "app/limited_plan.h"
#include "app/plan_lines.h"
#include "clearance/fluid_bound.h"
#include "clearance/optimal_line.h"
#include "clearance/sku_case.h"
#include "economics/listing_ladder.h"
#include "economics/sale_terms.h"

namespace destock::app {
namespace {

bool to_clear(const health::Diagnosis& diagnosis, const account::Account& account, const market::Playbook& playbook) {
  const int64_t stock = account.stock[diagnosis.listing].total();
  if (stock < playbook.plan.min_units_to_clear) return false;
  return diagnosis.band == health::Band::kExcess || diagnosis.band == health::Band::kDead ||
         diagnosis.ageing.aged_181_plus > 0 || diagnosis.season.has_value();
}

}  // namespace

clearance::Need need_of(const health::Diagnosis& d) {
  clearance::Need need{d.listing,
                       std::string(health::band_id(d.band)),
                       d.stock_to_sales.value_or(0),
                       static_cast<double>(d.velocity.units_last_month.value_or(0)),
                       d.velocity.weighted.value_or(0),
                       static_cast<double>(d.ageing.charged),
                       d.ageing.known,
                       d.ageing.oldest_at_least,
                       d.band == health::Band::kDead};
  if (d.season)
    need.season = clearance::Need::Season{d.season->name, d.season->last_day, static_cast<double>(d.season->left),
                                          d.season->guessed};
  return need;
}

Date plan_start(Date as_of, Date today) {
  // Stock of half a year ago tells nothing of today: a plan of it is a plan of that time.
  const bool history = days_between(as_of, today) > kHistoryDays;
  const Date day = history ? as_of : std::max(as_of, today);
  const auto weekday = std::chrono::weekday(day).iso_encoding();  // Monday is 1
  return weekday == 1 ? day : day + Days(8 - static_cast<int>(weekday));
}

std::optional<std::string_view> without_figure(const account::Account& account, size_t listing,
                                               const market::Facts& facts, Date day) {
  const auto& price = account.fees[listing].price;
  if (!price || price->units() <= 0) return "price_unknown";
  const auto sale = economics::sale_terms(account, listing, facts, day);
  if (!sale.fulfilment) return "fulfilment_unknown";
  if (!sale.referral_known) return "referral_unknown";
  return std::nullopt;
}

Text without_figure_name(std::string_view reason) {
  if (reason == "price_unknown") return {"without a price", "缺少售价"};
  if (reason == "fulfilment_unknown") return {"without a fulfilment fee", "缺少配送费"};
  return {"without a referral fee", "缺少佣金"};
}

std::vector<size_t> listings_to_clear(const AccountState& state, const Context& context,
                                      const std::vector<std::string>& skus) {
  std::vector<size_t> listings;
  for (const health::Diagnosis& diagnosis : state.health.diagnoses) {
    const std::string& sku = state.account.listings[diagnosis.listing].sku;
    if (!skus.empty() && std::find(skus.begin(), skus.end(), sku) == skus.end()) continue;
    if (to_clear(diagnosis, state.account, context.facts.playbook)) listings.push_back(diagnosis.listing);
  }
  return listings;
}

namespace {

std::optional<double> in_currency(const AccountState& state, double base_amount, Currency currency) {
  const auto money = state.account.rates.convert(Money::from_double(base_amount, state.health.figures.base_currency),
                                                 currency, state.account.as_of);
  return money ? std::optional<double>(money->to_double()) : std::nullopt;
}

}  // namespace

clearance::PlanWishes::Minutes minutes_of(const AccountState& state, Currency currency, const market::PlanRule& rule) {
  const auto here = [&](double amount) { return in_currency(state, amount, currency).value_or(0); };
  return {here(rule.row_cost), here(rule.clicks_cost), here(rule.message_cost)};
}

account::PlanLine plan_one(const AccountState& state, const demand::AccountForecast& forecast, size_t listing,
                           int horizon_weeks, const clearance::PlanWishes& wishes, const market::Facts& facts,
                           clearance::Planner& planner, Date first_day) {
  const auto sku =
      clearance::sku_case(state.account, need_of(state.health.diagnoses[listing]), facts, horizon_weeks, first_day);
  clearance::PlanWishes as_the_plan = wishes;
  as_the_plan.minutes = minutes_of(state, state.account.listings[listing].currency, facts.playbook.plan);
  return clearance::optimal_line(sku, clearance::outlook_of(state.account, forecast, sku, facts),
                                 state.account.listings[listing], facts, as_the_plan, planner);
}

namespace {

account::LineKey key_of(const account::Listing& listing) {
  return {listing.marketplace, listing.sku};
}

// A locked line in place of the one just made; what holding and the playbook bring stays beside it.
void keep_locked(PlanOptions::Decided& decided, account::PlanLine& line) {
  const auto locked = decided.locked.extract({line.marketplace, line.sku});
  if (!locked) return;
  account::PlanLine kept = std::move(locked.mapped());
  kept.hold_weeks = std::move(line.hold_weeks);
  kept.playbook_weeks = std::move(line.playbook_weeks);
  kept.liquidate_weeks = std::move(line.liquidate_weeks);
  line = std::move(kept);
}

void add_curve(const std::string& policy, const std::vector<account::PlanWeek>& weeks,
               std::map<std::tuple<std::string, std::string, int>, account::PlanCurve::Week>& sums) {
  for (const account::PlanWeek& week : weeks) {
    const Currency currency = week.cash.currency();
    auto& sum =
        sums.try_emplace({policy, currency.str(), week.week},
                         account::PlanCurve::Week{week.week, week.start, Money::zero(currency), Money::zero(currency)})
            .first->second;
    sum.cash += week.cash;
    if (week.storage) sum.storage += *week.storage;
  }
}

// What a line is worth beyond its weeks' own money, at present value, and what is then left of it: added to its curve.
struct After {
  Money value;
  double units = 0;
};
using Afters = std::map<std::pair<std::string, std::string>, After>;  // by policy and currency

void add_after(const std::string& policy, const std::optional<Money>& net, const std::vector<account::PlanWeek>& weeks,
               double discount_a_week, Afters& afters) {
  if (!net || weeks.empty()) return;
  double within = 0;
  for (const account::PlanWeek& week : weeks)
    within +=
        std::pow(discount_a_week, week.week) * (week.cash.to_double() - (week.storage ? week.storage->to_double() : 0));
  const Currency currency = net->currency();
  After& after = afters.try_emplace({policy, currency.str()}, After{Money::zero(currency), 0}).first->second;
  after.value += *net - Money::from_double(within, currency);
  const account::PlanWeek& last = weeks.back();
  after.units += std::max(0.0, last.units_start - last.units_sold - last.units_out);
}

// Beside each action what its weeks bring if held.
void add_held(account::PlanLine& line) {
  for (account::PlanAction& action : line.actions) {
    if (action.units_out > 0 || !action.expected_cash) continue;
    double units = 0;
    Money cash = Money::zero(line.net_recovery.currency());
    for (const account::PlanWeek& week : line.hold_weeks) {
      if (week.start < action.start || week.start > action.end) continue;
      units += week.units_sold;
      cash += week.cash;
    }
    action.held_units = units;
    action.held_cash = cash;
  }
}

// The lines' weeks summed up; what the other policies bring is dropped from the lines.
void sum_curves(account::PlanRecord& plan, double discount_a_week) {
  std::map<std::tuple<std::string, std::string, int>, account::PlanCurve::Week> sums;
  Afters afters;
  for (account::PlanLine& line : plan.lines) {
    add_curve(plan.policy, line.weeks, sums);
    add_after(plan.policy, line.net_recovery, line.weeks, discount_a_week, afters);
    if (line.hold_weeks.empty()) continue;
    add_held(line);
    add_curve("hold", line.hold_weeks, sums);
    add_curve("playbook", line.playbook_weeks, sums);
    add_curve("liquidate", line.liquidate_weeks, sums);
    add_after("hold", line.hold_net_recovery, line.hold_weeks, discount_a_week, afters);
    add_after("playbook", line.playbook_net_recovery, line.playbook_weeks, discount_a_week, afters);
    line.hold_weeks = {};
    line.playbook_weeks = {};
    line.liquidate_weeks = {};
  }
  for (const auto& [key, week] : sums) {
    const auto& [policy, currency, number] = key;
    if (plan.curves.empty() || plan.curves.back().policy != policy || plan.curves.back().currency.str() != currency)
      plan.curves.push_back({policy, currency_of(currency), {}});
    plan.curves.back().weeks.push_back(week);
  }
  for (account::PlanCurve& curve : plan.curves)
    if (const auto found = afters.find({curve.policy, curve.currency.str()}); found != afters.end()) {
      curve.units_left = found->second.units;
      curve.value_after = found->second.value;
    }
}

// Listings of which no figure of money can be given stay out of the plan, by name.
void leave_unplanned(const AccountState& state, const Context& context, Date first_day, std::vector<size_t>& listings,
                     account::PlanRecord& plan) {
  std::erase_if(listings, [&](size_t i) {
    const auto reason = without_figure(state.account, i, context.facts, first_day);
    if (!reason) return false;
    const account::Listing& listing = state.account.listings[i];
    plan.unplanned.push_back({listing.marketplace, listing.sku, listing.title, listing.owner, std::string(*reason),
                              static_cast<double>(state.account.stock[i].total())});
    return true;
  });
}

// What has no figure is said once an account: how many SKUs could use it, and the five with the most stock at price.
void note_channels(const AccountState& state, const std::vector<size_t>& listings,
                   const std::vector<std::vector<std::string>>& tries, account::PlanRecord& plan) {
  std::map<std::string, std::vector<std::pair<double, size_t>>> by_channel;
  for (size_t k = 0; k < listings.size(); ++k) {
    const size_t i = listings[k];
    const auto& price = state.account.fees[i].price;
    const auto worth =
        price ? state.account.rates.convert(*price, state.health.figures.base_currency, state.account.as_of)
              : std::nullopt;
    const double value = worth ? worth->to_double() * static_cast<double>(state.account.stock[i].total()) : 0;
    for (const std::string& channel : tries[k]) by_channel[channel].emplace_back(-value, i);
  }
  for (auto& [channel, ranked] : by_channel) {
    std::sort(ranked.begin(), ranked.end());
    account::PlanNote note{channel, static_cast<int64_t>(ranked.size()), {}};
    for (size_t k = 0; k < ranked.size() && k < 5; ++k)
      note.try_on.push_back(state.account.listings[ranked[k].second].sku);
    plan.notes.push_back(std::move(note));
  }
}

// What is to be gained comes first; of plans that compare nothing, what they bring back. Lines whose currency no rate
// joins to the base come last, in their own order: money of two currencies is never compared.
void sort_by_gain(account::PlanRecord& plan, const AccountState& state, bool optimal) {
  const Currency base = state.health.figures.base_currency;
  std::vector<std::pair<std::optional<double>, size_t>> order;
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const account::PlanLine& line = plan.lines[i];
    const Money worth =
        optimal && line.hold_net_recovery ? line.net_recovery - *line.hold_net_recovery : line.net_recovery;
    const auto converted = state.account.rates.convert(worth, base, state.account.as_of);
    order.emplace_back(converted ? std::optional<double>(converted->to_double()) : std::nullopt, i);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    if (a.first.has_value() != b.first.has_value()) return a.first.has_value();
    return a.first && *a.first > *b.first;
  });
  std::vector<account::PlanLine> sorted;
  sorted.reserve(plan.lines.size());
  for (const auto& [worth, i] : order) sorted.push_back(std::move(plan.lines[i]));
  plan.lines = std::move(sorted);
}

}  // namespace

account::PlanRecord make_plan(const AccountState& state, const PlanOptions& options, const Context& context,
                              const std::function<void(size_t, size_t)>& progress) {
  const Date as_of = state.account.as_of;
  const Date first_day = options.first_day.value_or(plan_start(as_of, context.today()));
  account::PlanRecord plan{
      0, std::string(clearance::policy_id(options.policy)), as_of, first_day, options.horizon_weeks, context.now_utc(),
      {}};
  auto listings = listings_to_clear(state, context, options.skus);
  std::erase_if(listings, [&](size_t i) { return options.excluded.contains(key_of(state.account.listings[i])); });
  leave_unplanned(state, context, first_day, listings, plan);
  const bool optimal = options.policy == clearance::Policy::kOptimal;
  const bool by_forecast = options.policy != clearance::Policy::kPlaybook;
  const auto ahead = static_cast<int>((days_between(as_of, first_day) + 6) / 7);
  std::optional<demand::AccountForecast> forecast;
  if (by_forecast && !listings.empty())
    forecast = demand::forecast_account(state.account, context.facts,
                                        options.horizon_weeks + clearance::kSellOnWeeks + ahead, context.threads);
  const auto wishes_of = [&](const account::Listing& listing) {
    const auto own = options.own_wishes.find(key_of(listing));
    clearance::PlanWishes wishes = own == options.own_wishes.end() ? options.wishes : own->second;
    const market::PlanRule& rule = context.facts.playbook.plan;
    if (const auto gain = in_currency(state, rule.min_gain, listing.currency)) wishes.min_gain = gain;
    wishes.minutes = minutes_of(state, listing.currency, rule);
    return wishes;
  };
  auto [lines, tries, anew] =
      lines_of({state, context, options, forecast ? &*forecast : nullptr, listings, wishes_of, first_day}, progress);
  if (options.made) plan.made_anew = static_cast<int64_t>(anew);
  if (optimal && forecast && !options.limits.none() && !(options.stop && *options.stop))
    plan.limits = keep_within_limits({state, context, options, *forecast, listings, wishes_of, first_day}, lines);
  note_channels(state, listings, tries, plan);
  auto decided = options.decided ? options.decided(plan) : PlanOptions::Decided{};
  for (auto& line : lines) {
    if (!line || decided.excluded.contains({line->marketplace, line->sku})) continue;
    keep_locked(decided, *line);
    plan.lines.push_back(std::move(*line));
  }
  // A locked line stays where nothing of its listing would be cleared any more.
  for (auto& [key, line] : decided.locked) plan.lines.push_back(std::move(line));
  sum_curves(plan, by_forecast ? std::pow(1 + context.facts.playbook.plan.cost_of_capital_per_year, -7 / 365.25) : 1);
  sort_by_gain(plan, state, optimal);
  return plan;
}

namespace {

// SKUs do not wander alone: of a level's variance this part is common to the account (data/demand/levels.toml: 0.10²
// and 0.20² of about 0.35).
constexpr double kShared = 0.15;

// One side of a range: what each line may lie off, part of it together.
class Side {
public:
  void add(double off) {
    sum_ += off;
    squares_ += off * off;
  }
  double off() const { return std::sqrt((1 - kShared) * squares_ + kShared * sum_ * sum_); }

private:
  double sum_ = 0, squares_ = 0;
};

void find_range(const account::PlanRecord& plan, const ExchangeRates& rates, PlanTotals& totals) {
  if (!totals.net_recovery || plan.lines.empty()) return;
  Side below, above;
  for (const account::PlanLine& line : plan.lines) {
    if (!line.net_recovery_p10 || !line.net_recovery_p90) return;
    const auto short_by = rates.convert(line.net_recovery - *line.net_recovery_p10, totals.base_currency, plan.as_of);
    const auto more = rates.convert(*line.net_recovery_p90 - line.net_recovery, totals.base_currency, plan.as_of);
    if (!short_by || !more) return;
    below.add(short_by->to_double());
    above.add(more->to_double());
  }
  totals.net_recovery_p10 = *totals.net_recovery - Money::from_double(below.off(), totals.base_currency);
  totals.net_recovery_p90 = *totals.net_recovery + Money::from_double(above.off(), totals.base_currency);
}

}  // namespace

PlanTotals plan_totals(const account::PlanRecord& plan, const ExchangeRates& rates, Currency base) {
  PlanTotals totals{base, Money::zero(base),    Money::zero(base), Money::zero(base), Money::zero(base), {}, 0, {},
                    {},   plan.unplanned.size()};
  const auto add = [&](std::optional<Money>& sum, const std::optional<Money>& amount) {
    if (!sum || !amount) {
      sum.reset();
      return;
    }
    const auto converted = rates.convert(*amount, base, plan.as_of);
    sum = converted ? sum->plus(*converted) : std::nullopt;
  };
  std::map<int, PlanTotals::Week> weeks;
  for (const account::PlanLine& line : plan.lines) {
    totals.units += line.units;
    add(totals.net_recovery, line.net_recovery);
    add(totals.upper_bound, line.upper_bound);
    add(totals.hold_net_recovery, line.hold_net_recovery);
    add(totals.playbook_net_recovery, line.playbook_net_recovery);
    for (const account::PlanWeek& week : line.weeks) {
      auto& sum =
          weeks.try_emplace(week.week, PlanTotals::Week{week.week, week.start, Money::zero(base), Money::zero(base)})
              .first->second;
      add(sum.cash, week.cash);
      if (week.storage) add(sum.storage, week.storage);
    }
  }
  for (auto& [number, week] : weeks) totals.weeks.push_back(week);
  // Nothing is in the plan and something should be: no total is known.
  if (plan.lines.empty() && !plan.unplanned.empty()) {
    totals.net_recovery.reset();
    totals.upper_bound.reset();
    totals.hold_net_recovery.reset();
    totals.playbook_net_recovery.reset();
  }
  find_range(plan, rates, totals);
  find_league(plan, rates, totals);
  totals.horizon_end = plan.first_day + Days(7 * plan.horizon_weeks - 1);
  for (const char* policy : {"optimal", "hold", "playbook", "liquidate"}) {
    PlanTotals::ByPolicy of{Money::zero(base), Money::zero(base), 0, {}};
    bool any = false;
    for (const account::PlanCurve& curve : plan.curves) {
      if (curve.policy != policy) continue;
      any = true;
      of.units_left += curve.units_left;
      add(of.value_after, curve.value_after.value_or(Money::zero(curve.currency)));
      for (const account::PlanCurve::Week& week : curve.weeks) {
        // What an exit pays later than the last week is no cash of the horizon.
        add(week.week < plan.horizon_weeks ? of.within : of.value_after, week.cash - week.storage);
        auto& sum = of.net_by_week.try_emplace(week.week, Money::zero(base)).first->second;
        add(sum, week.cash - week.storage);
      }
    }
    if (any) totals.policies.emplace(policy, std::move(of));
  }
  return totals;
}

std::vector<Text> plan_warnings(const account::PlanRecord& plan, const AccountState& state) {
  std::vector<Text> warnings;
  std::map<std::string, size_t> by_reason;
  for (const account::Unplanned& one : plan.unplanned) ++by_reason[one.reason];
  for (const auto& [reason, count] : by_reason) {
    const Text name = without_figure_name(reason);
    const std::string n = std::to_string(count);
    const bool price = reason == "price_unknown";
    warnings.push_back({n + (count == 1 ? " SKU " : " SKUs ") + name.en +
                            ": not in the plan and not in the totals; import " +
                            (price ? "FBA Inventory or Manage FBA Inventory" : "Fee Preview"),
                        n + " 个 SKU " + name.zh + "：未列入方案，也未计入合计；请导入" +
                            (price ? "FBA 库存或管理亚马逊库存报告" : "费用预览")});
  }
  const auto unstored = std::count_if(plan.lines.begin(), plan.lines.end(), [](const account::PlanLine& line) {
    return !line.weeks.empty() && !line.weeks.front().storage;
  });
  if (unstored > 0) {
    const std::string n = std::to_string(unstored);
    warnings.push_back({n + (unstored == 1 ? " SKU" : " SKUs") +
                            " without a storage fee: their money is before storage, and at most this",
                        n + " 个 SKU 缺少仓储费：其金额未扣仓储费，仅为上限"});
  }
  if (const int64_t days = days_between(plan.as_of, plan.first_day); days > clearance::kMostDaysAhead)
    warnings.push_back(
        {fmt::format("the plan starts {} days after the snapshot: what has sold since is not taken off; "
                     "import new reports before anything is liquidated or removed",
                     days),
         fmt::format("方案始于快照后 {} 天：期间售出的数量未扣除；批量清货或移除前请先导入新报告", days)});
  const auto made = parse_iso_date(std::string_view(plan.created_at).substr(0, 10));
  if (plan.purpose == account::PlanPurpose::kAccount && made && days_between(plan.as_of, *made) > kHistoryDays)
    warnings.push_back({fmt::format("the newest snapshot is of {}: this is a plan of that time, nothing of it can be "
                                    "carried out now; import today's reports",
                                    iso(plan.as_of)),
                        fmt::format("最新快照为 {}：这是当时的方案，现在无法执行；请导入今天的报告", iso(plan.as_of))});
  warnings.insert(warnings.end(), state.health.warnings.begin(), state.health.warnings.end());
  return warnings;
}

std::optional<double> PlanTotals::gap() const {
  if (!net_recovery || !upper_bound || upper_bound->units() <= 0) return std::nullopt;
  return 1 - net_recovery->to_double() / upper_bound->to_double();
}

// Money of a week is taken to come evenly over its days.
std::optional<Money> PlanTotals::cash_by(const std::string& policy, Date first_day, Date day) const {
  const auto found = policies.find(policy);
  if (found == policies.end()) return std::nullopt;
  Money sum = Money::zero(base_currency);
  for (const auto& [week, net] : found->second.net_by_week) {
    const int64_t days = std::clamp<int64_t>(days_between(first_day + Days(7 * week), day) + 1, 0, 7);
    if (days == 0) continue;
    if (!net) return std::nullopt;
    sum += days == 7 ? *net : net->times(static_cast<double>(days) / 7);
  }
  return sum;
}

std::optional<Money> PlanTotals::more_than_playbook() const {
  if (!net_recovery || !playbook_net_recovery) return std::nullopt;
  return *net_recovery - *playbook_net_recovery;
}

std::vector<deliver::LadderRow> ladder_rows(const AccountState& state, const Context& context) {
  std::vector<deliver::LadderRow> rows;
  const account::Account& account = state.account;
  for (size_t i : listings_to_clear(state, context, {})) {
    const auto landed = economics::landed_cost(account, i, account.listings[i].currency, account.as_of);
    deliver::LadderRow row{i, {}, landed ? std::optional<Money>(landed->total()) : std::nullopt, {}};
    if (const auto stages = economics::listing_ladder(account, i, context.facts))
      row.stages = *stages;
    else
      row.missing = stages.error().what;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace destock::app

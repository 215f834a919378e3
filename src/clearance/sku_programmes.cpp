#include "clearance/sku_programmes.h"

#include <fmt/format.h>
#include <cmath>

#include "clearance/eligibility.h"
#include "economics/promotion_price.h"

namespace destock::clearance {
namespace {

constexpr double kNinety = 1.6448536269514722;  // standard deviations within which nine in ten lie

int weeks_of(int days) {
  return (days + kWeekDays - 1) / kWeekDays;
}

class Programmes {
public:
  Programmes(const SkuCase& sku, const market::Facts& facts, const PlanWishes& wishes, SkuDecision& out)
      : sku_(sku), facts_(facts), wishes_(wishes), out_(out) {}

  void add_all() {
    Decision& d = out_.decision;
    if (const auto* rule = facts_.promotions.rule("thirty_day_floor"); rule && rule->days)
      d.floor_weeks = weeks_of(*rule->days);
    if (const auto* rule = facts_.promotions.rule("was_price"); rule && rule->days) d.was_weeks = weeks_of(*rule->days);
    for (const auto& [id, channel] : facts_.channels) add(channel);
  }

private:
  void leave_out(const market::Channel& channel, const Text& why) {
    out_.left_out.push_back(
        {channel.name.en + " was not considered: " + why.en, "未考虑" + channel.name.zh + "：" + why.zh});
  }

  // Whatever there is a figure to believe of. What has none is proposed beside the plan, or by the playbook, and not
  // valued: a figure in one's own facts makes it part of the plan.
  void add(const market::Channel& channel) {
    if (channel.kind == market::ChannelKind::kPrice || channel.kind == market::ChannelKind::kExit ||
        channel.returns_only)
      return;
    if (std::find(wishes_.without.begin(), wishes_.without.end(), channel.id) != wishes_.without.end()) return;
    if (!market::runs_in(channel, sku_.marketplace)) return;
    if (!channel.placement) return;
    Eligibility may = eligibility(sku_, channel);
    const bool offered = offered_to(channel);
    const std::optional<int> wait = weeks_until_old_enough(channel);
    if (may.plainly_not && !wait) {
      leave_out(channel, may.why_not);
      return;
    }
    const bool charges = !channel.fees.empty();
    const market::ChannelFee* fee = market::fee_in_force(channel, sku_.marketplace, sku_.first_day);
    const bool only_events = std::all_of(channel.fees.begin(), channel.fees.end(),
                                         [](const market::ChannelFee& row) { return !row.event.empty(); });
    if (charges && !fee && !only_events) {
      leave_out(channel, {"its fee in " + sku_.marketplace + " is not known", sku_.marketplace + " 的费用未提供"});
      return;
    }
    if (!offered && !wishes_.assume_offers) {
      out_.offers_left_out = true;
      const std::string said = sku_.amazon_action.empty() ? "-" : sku_.amazon_action;
      leave_out(channel, {"only where Amazon offers it; its recommended action: " + said,
                          "需亚马逊邀请或推荐；亚马逊建议：" + said});
      return;
    }
    const int days = channel.plan_days.value_or(channel.days.value_or(kWeekDays));
    Programme programme;
    programme.channel = channel.id;
    programme.weeks = std::max(1, weeks_of(days));
    if (channel.live_hours) programme.days = *channel.live_hours / 24;
    programme.min_discount = channel.min_discount.value_or(0);
    for (const market::Condition& condition : channel.conditions)
      if (condition.check == market::Check::kUnitsInFba)
        programme.min_units = std::max(programme.min_units, condition.at_least);
    programme.max_discount = std::min(channel.max_discount.value_or(1), facts_.playbook.plan.max_discount);
    believe(*channel.placement, programme);
    programme.change_cost = wishes_.minutes.of(channel.carry_out.by);
    programme.share_fee = fee ? fee->share_of_sales : 0;
    programme.fixed_fee = fee_of(fee, days);
    programme.cooldown_weeks = weeks_of(channel.cooldown_days.value_or(0));
    programme.weeks_until_eligible = wait.value_or(0);
    if (channel.id == "lightning")
      programme.weeks_until_eligible =
          std::max(programme.weeks_until_eligible, weeks_of(facts_.playbook.lightning.preparation_days));
    if (channel.kind == market::ChannelKind::kMarketplace) programme.max_discount = 0;  // the same price in more places
    programme.remembers = channel.kind != market::ChannelKind::kMarketplace;
    out_.deadlines.emplace_back();
    find_slots(channel, days, programme);
    out_.checks.push_back(std::move(may.checks));
    out_.decision.programmes.push_back(std::move(programme));
  }

  // Whether Amazon lets the listing run it: nobody's leave is needed, its own report says so, or the seller does.
  bool offered_to(const market::Channel& channel) const {
    if (!channel.needs_offer || channel.offered) return true;
    return std::any_of(channel.offered_by.begin(), channel.offered_by.end(),
                       [&](const std::string& word) { return economics::holds(sku_.amazon_action, word); });
  }

  // Where age alone is missing: the weeks until the oldest unit has it.
  std::optional<int> weeks_until_old_enough(const market::Channel& channel) const {
    SkuCase older = sku_;
    if (!older.need.oldest_at_least) return std::nullopt;
    int wait = 0;
    for (const market::Condition& condition : channel.conditions)
      if (condition.check == market::Check::kDaysInFba)
        wait = std::max(wait, static_cast<int>(condition.at_least) - *older.need.oldest_at_least);
    if (wait <= 0) return std::nullopt;
    *older.need.oldest_at_least += wait;
    if (eligibility(older, channel).plainly_not) return std::nullopt;
    return weeks_of(wait);
  }

  static void believe(const market::Channel::Placement& placement, Programme& programme) {
    const double log_sd = std::log(placement.high / placement.low) / (2 * kNinety);
    programme.uplift = placement.median * std::exp(log_sd * log_sd / 2);
    programme.uplift_sd = programme.uplift * std::sqrt(std::exp(log_sd * log_sd) - 1);
  }

  static double fee_of(const market::ChannelFee* fee, int days) {
    if (!fee) return 0;
    return (fee->fixed ? fee->fixed->to_double() : 0) + (fee->per_day ? fee->per_day->to_double() * days : 0);
  }

  // Event weeks: the event's own fee, and closed once submissions are.
  void find_slots(const market::Channel& channel, int days, Programme& programme) {
    const market::Calendar* calendar = facts_.calendar(sku_.marketplace);
    const auto* closes = facts_.promotions.rule("event_deals_close");
    if (!calendar) return;
    for (const market::Event& event : calendar->events) {
      const market::ChannelFee* fee = market::fee_in_force(channel, sku_.marketplace, event.first_day, event.id);
      const bool own_fee = fee && fee->event == event.id;
      // Elsewhere the event has a fee of its own; here it is not known, and the deal is not planned for it.
      const bool unknown_fee = !own_fee && std::any_of(channel.fees.begin(), channel.fees.end(), [&](const auto& row) {
        return row.event == event.id && row.marketplace != sku_.marketplace;
      });
      if (!own_fee && !event.deals_close && !unknown_fee) continue;
      for (int week = 0; week < out_.decision.weeks; ++week) {
        const Date first = sku_.first_day + Days(week * kWeekDays);
        if (event.first_day > first + Days(kWeekDays * programme.weeks - 1) || event.last_day < first) continue;
        if (programme.slots.empty())
          programme.slots.assign(static_cast<size_t>(out_.decision.weeks),
                                 {true, programme.fixed_fee, programme.min_discount});
        Slot& slot = programme.slots[static_cast<size_t>(week)];
        const Date by = event.deals_close.value_or(event.first_day - Days(closes && closes->days ? *closes->days : 0));
        slot.open = sku_.first_day <= by && !unknown_fee;
        if (own_fee) slot.fixed_fee = fee_of(fee, days);
        if (slot.open)
          out_.deadlines.back().emplace_back(
              week, Text{fmt::format("submit for {} by {}{}", event.name.en, iso(by),
                                     event.deals_close ? "" : " (the day is not published: four weeks before)"),
                         fmt::format("{}：须在 {} 之前提报{}", event.name.zh, iso(by),
                                     event.deals_close ? "" : "（截止日未公布，按提前四周计）")});
      }
    }
  }

  const SkuCase& sku_;
  const market::Facts& facts_;
  const PlanWishes& wishes_;
  SkuDecision& out_;
};

}  // namespace

void add_programmes(const SkuCase& sku, const market::Facts& facts, const PlanWishes& wishes, SkuDecision& out) {
  Programmes(sku, facts, wishes, out).add_all();
}

}  // namespace destock::clearance

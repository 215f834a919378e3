#include "app/trials.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/week.h"
#include "clearance/beside.h"
#include "deliver/carry_files.h"

namespace destock::app {
namespace {

using account::ActionRecord;
using account::DeskEvent;
using desk::State;

constexpr int kMostWeeks = 26;

constexpr std::string_view kBusiness = "business";

std::optional<Error> out_of_bounds(const Trial& trial, const Context& context) {
  const auto wrong = [](const Text& what, const std::string& value, const Text& fix) {
    return Error{ErrorKind::kBadUsage, what, value, fix};
  };
  const auto tried = clearance::beside_channels();
  if (std::find(tried.begin(), tried.end(), trial.channel) == tried.end()) {
    const std::string known = fmt::format("{}", fmt::join(tried, ", "));
    return wrong({"no channel that is tried without a figure: " + trial.channel, "不是可试用的渠道：" + trial.channel},
                 "channel", {known, known});
  }
  const bool business = trial.channel == kBusiness;
  if (!business && (trial.off != 0 || trial.tiers))
    return wrong({"a discount and tiers are of a business price alone", "折扣与阶梯仅适用于企业价"}, trial.channel, {});
  if (!(trial.off >= 0) || trial.off > context.facts.playbook.carry_out.most_off_today)
    return wrong({"the discount is out of bounds", "折扣超出范围"}, fmt::format("{}", trial.off),
                 {fmt::format("0 to {:.0f} %", context.facts.playbook.carry_out.most_off_today * 100),
                  fmt::format("0 至 {:.0f}%", context.facts.playbook.carry_out.most_off_today * 100)});
  if (trial.tiers && trial.tiers->size() > deliver::kMostBusinessTiers)
    return wrong({"Amazon takes five tiers at most", "亚马逊最多接受五档"}, account::tiers_text(*trial.tiers), {});
  if (trial.weeks && (*trial.weeks < 1 || *trial.weeks > kMostWeeks))
    return wrong({"weeks are out of bounds", "周数超出范围"}, fmt::format("{}", *trial.weeks), {"1 to 26", "1 至 26"});
  if (trial.from && *trial.from < context.today())
    return wrong({"it cannot begin before today", "开始日期不能早于今天"}, iso(*trial.from), {});
  return std::nullopt;
}

// What is put in, listing by listing.
class Trials {
public:
  Trials(const Trial& trial, const DeskFacts& facts, const Context& context, std::string person)
      : trial_(trial), facts_(facts), context_(context), person_(std::move(person)), at_(context.now_utc()) {
    from_ = trial.from.value_or(context.today());
    const int weeks = trial.weeks.value_or(context.facts.playbook.carry_out.trial_weeks);
    to_ = from_ + Days(weeks * kWeekDays - 1);
  }

  Result<store::Store::Desk> of(const store::Store::Desk& desk, const std::vector<std::string>& skus,
                                const std::function<int64_t(const std::string&)>& next, TrialsMade& made) const {
    store::Store::Desk added;
    const Keys running = running_of(desk);
    for (const std::string& sku : skus) {
      bool found = false;
      for (const auto& [marketplace, seen] : listings_of(sku)) {
        found = true;
        if (const auto why = why_not(*seen, running)) {
          made.not_made.emplace_back(sku + " " + marketplace, *why);
          continue;
        }
        ActionRecord action = action_of(*seen, desk);
        const std::string week = iso_week(action.start);
        action.id = fmt::format("DSK-{}-{:04}", week, next(week));
        added.events.push_back(approval_of(action, *seen));
        made.ids.push_back(action.id);
        added.actions.push_back(std::move(action));
      }
      if (!found)
        made.not_made.emplace_back(sku, Text{"the newest reports do not know this SKU", "最新报表中无此 SKU"});
    }
    return added;
  }

private:
  using Keys = std::set<account::LineKey>;

  // By store, as the newest snapshots have it; several reports of a day may.
  std::map<std::string, const store::Store::PriceSeen*> listings_of(const std::string& sku) const {
    std::map<std::string, const store::Store::PriceSeen*> found;
    for (const auto& seen : facts_.prices) {
      if (seen.sku != sku || (!trial_.marketplace.empty() && seen.marketplace != trial_.marketplace)) continue;
      if (facts_.newest.at(seen.marketplace) == seen.day) found[seen.marketplace] = &seen;
    }
    return found;
  }

  // Listings that have the same on trial in the same days.
  Keys running_of(const store::Store::Desk& desk) const {
    const auto events = desk::by_action(desk.events);
    static const std::vector<DeskEvent> kNone;
    Keys keys;
    for (const ActionRecord& action : desk.actions) {
      if (!action.own || action.channel != trial_.channel || action.end < from_ || to_ < action.start) continue;
      const auto found = events.find(action.id);
      const desk::Life life = desk::life_of(action, found == events.end() ? kNone : found->second, {context_.today()});
      if (life.state != State::kLeftOut && life.state != State::kEnded) keys.insert({action.marketplace, action.sku});
    }
    return keys;
  }

  std::optional<Text> why_not(const store::Store::PriceSeen& seen, const Keys& running) const {
    const market::Channel* channel = context_.facts.channel(trial_.channel);
    if (channel && !channel->marketplaces.empty() &&
        std::find(channel->marketplaces.begin(), channel->marketplaces.end(), seen.marketplace) ==
            channel->marketplaces.end())
      return Text{"there is none in this store", "该站点无此渠道"};
    if (running.contains({seen.marketplace, seen.sku}))
      return Text{"it is on trial in these days already", "同期已在试用"};
    if (trial_.channel == kBusiness && !seen.asked()) return Text{"today's price is not known", "缺少现价"};
    return std::nullopt;
  }

  ActionRecord action_of(const store::Store::PriceSeen& seen, const store::Store::Desk& desk) const {
    ActionRecord action;
    action.marketplace = seen.marketplace;
    action.sku = seen.sku;
    // Title and owner as its other actions have them.
    for (const ActionRecord& other : desk.actions) {
      if (other.marketplace != seen.marketplace || other.sku != seen.sku) continue;
      action.title = other.title;
      action.owner = other.owner;
      action.tag = other.tag;
      break;
    }
    const auto store = context_.facts.marketplaces.find(seen.marketplace);
    action.currency = seen.asked()                                 ? seen.asked()->currency()
                      : store == context_.facts.marketplaces.end() ? facts_.base
                                                                   : store->second.currency;
    action.channel = trial_.channel;
    action.start = from_;
    action.end = to_;
    if (trial_.channel == kBusiness) {
      const Money& today = *seen.asked();
      action.price = Money::from_double(today.to_double() * (1 - trial_.off), today.currency()).rounded();
      if (trial_.off > 0) action.discount = trial_.off;
      const auto& rule = context_.facts.playbook.discounts;
      action.tiers = trial_.tiers.value_or(std::vector<account::QuantityTier>{
          {rule.business_min_units, static_cast<int>(std::lround(rule.business * 100))}});
    }
    action.reason = {"put in to see what it brings: nobody has a figure for it", "试用以观察效果：暂无可用数据"};
    for (const account::QuantityTier& tier : action.tiers) {
      action.reason.en += fmt::format("; from {} units {}% off", tier.units, tier.percent);
      action.reason.zh += fmt::format("；满 {} 件减 {}%", tier.units, tier.percent);
    }
    if (const market::Channel* channel = context_.facts.channel(trial_.channel))
      for (const market::Condition& condition : channel->conditions)
        if (condition.check == market::Check::kAsk) action.checks.push_back(condition.ask);
    action.plan = facts_.plan.id;
    action.own = true;
    return action;
  }

  DeskEvent approval_of(const ActionRecord& action, const store::Store::PriceSeen& seen) const {
    DeskEvent event = account::event_of(action, account::DeskEventKind::kApproved, person_, at_);
    event.why = trial_.why;
    event.price = seen.asked();
    if (seen.available) event.units = static_cast<double>(*seen.available);
    event.review_on = to_ + Days(1);
    return event;
  }

  const Trial& trial_;
  const DeskFacts& facts_;
  const Context& context_;
  std::string person_, at_;
  Date from_, to_;
};

}  // namespace

Result<TrialsMade> put_in_trials(store::Store& store, int64_t account, const Context& context, const Trial& trial,
                                 const std::string& person) {
  if (const auto error = out_of_bounds(trial, context)) return tl::unexpected(*error);
  const auto facts = desk_facts(store, account, context);
  if (!facts) return tl::unexpected(facts.error());
  std::vector<std::string> skus = trial.skus;
  if (skus.empty()) {
    const auto plan = store.plan(account, facts->plan.id);
    if (!plan) return tl::unexpected(plan.error());
    if (*plan)
      for (const account::PlanNote& note : (*plan)->notes)
        if (note.channel == trial.channel) skus = note.try_on;
  }
  if (skus.empty())
    return fail(ErrorKind::kNotFound, {"the plan names no SKU to try it on", "方案未列出可试用的 SKU"}, trial.channel,
                {"name some", "请给出 SKU"});
  std::sort(skus.begin(), skus.end());
  skus.erase(std::unique(skus.begin(), skus.end()), skus.end());
  // Numbers are given to an older database's plan before.
  if (const auto desk = numbered_desk(store, account, context, *facts); !desk) return tl::unexpected(desk.error());
  TrialsMade made;
  const Trials trials(trial, *facts, context, person);
  const auto done = store.add_own_actions(
      account, [&](const store::Store::Desk& desk, const std::function<int64_t(const std::string&)>& next) {
        return trials.of(desk, skus, next, made);
      });
  if (!done) return tl::unexpected(done.error());
  return made;
}

}  // namespace destock::app

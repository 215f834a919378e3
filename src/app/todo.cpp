#include "app/todo.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/account_plan.h"
#include "app/state.h"
#include "app/wishes.h"
#include "base/week.h"

namespace destock::app {
namespace {

using account::ActionRecord;
using account::LineKey;
using desk::State;

constexpr int kPriceDays = 14;  // snapshots that far back may tell a listing's price

Text name_of(const std::string& channel, const market::Channel* known) {
  if (channel == "sell") return {"back to the regular price", "恢复原价"};
  return known ? known->name : Text{channel, channel};
}

bool over(State state) {
  return state == State::kFinished || state == State::kEnded || state == State::kLive;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool says(const TodoItem& item, const std::string& words) {
  const std::string all = item.action.id + "\n" + item.action.sku + "\n" + item.action.title + "\n" + item.asin + "\n" +
                          item.channel_name.en + "\n" + item.channel_name.zh;
  return lower(all).find(words) != std::string::npos;
}

bool asked_for(const TodoItem& item, const TodoFilter& filter) {
  if (filter.state && item.life.state != *filter.state) return false;
  if (!filter.words.empty() && !says(item, lower(filter.words))) return false;
  // "–": of those without an owner.
  if (!filter.owner.empty() && item.action.owner != (filter.owner == "–" ? std::string() : filter.owner)) return false;
  if (!filter.channel.empty() && item.action.channel != filter.channel) return false;
  if (!filter.marketplace.empty() && item.action.marketplace != filter.marketplace) return false;
  if (filter.kind && todo_kind(item.how.by) != *filter.kind) return false;
  if (filter.gain_above && (!item.gain_in_base || *item.gain_in_base <= *filter.gain_above)) return false;
  return true;
}

// By gain, the most first; what has no figure last; then by id.
bool before(const TodoItem& a, const TodoItem& b) {
  const double of_a = a.gain_in_base.value_or(-1e18);
  const double of_b = b.gain_in_base.value_or(-1e18);
  return of_a != of_b ? of_a > of_b : a.action.id < b.action.id;
}

class Week {
public:
  Week(const DeskFacts& facts, const Context& context, const TodoFilter& filter)
      : facts_(facts), context_(context), filter_(filter) {
    const Date now = context.today();
    todo_.today = now;
    // Until the plan's first day people look at the week that it begins.
    const Date at = filter.week.value_or(std::max(todo_.today, facts.first_day));
    todo_.from = monday_of(at);
    todo_.to = todo_.from + Days(kWeekDays - 1);
    todo_.reported = facts.reported;
    todo_.plan = facts.plan.id;
    todo_.plan_as_of = facts.plan.as_of;
    say_what_is_old(now);
    for (const auto& seen : facts.prices) prices_[{seen.marketplace, seen.sku}] = &seen;
    for (const account::PlanChoice& choice : facts.choices) {
      if (choice.pinned == account::Pinned::kExcluded) excluded_.insert({choice.marketplace, choice.sku});
      if (!choice.wishes.empty()) wishes_.emplace(LineKey(choice.marketplace, choice.sku), choice.wishes);
    }
  }

  Todo of(const store::Store::Desk& desk) {
    const auto events = desk::by_action(desk.events);
    std::set<std::string> wanted(filter_.ids.begin(), filter_.ids.end());
    size_t gone = 0;
    for (const ActionRecord& action : desk.actions) {
      if (!filter_.ids.empty() && !wanted.contains(action.id)) continue;
      TodoItem item = item_of(action, events);
      const bool open = !over(item.life.state) && item.life.state != State::kLeftOut;
      // What the newest plan does not ask for any more, and nobody handed over, is nothing to do.
      const bool replaced = !action.in_plan && !item.life.written && !item.life.done;
      item.due = due(item, open, replaced);
      gone += replaced && item.life.state == State::kApproved && action.end >= todo_.from;
      if (filter_.ids.empty() && !filter_.all && !item.due) continue;
      ++todo_.owners[item.action.owner];
      ++todo_.marketplaces[item.action.marketplace];
      ++todo_.kinds[std::string(kTodoKindIds[static_cast<size_t>(todo_kind(item.how.by))])];
      ++todo_.states[std::string(desk::state_id(item.life.state))];
      if (!asked_for(item, filter_)) continue;
      todo_.items.push_back(std::move(item));
    }
    std::stable_sort(todo_.items.begin(), todo_.items.end(), before);
    if (gone > 0)
      todo_.notes.push_back({std::to_string(gone) + (gone == 1 ? " action was" : " actions were") +
                                 " approved and the newest plan does not ask for " + (gone == 1 ? "it" : "them") +
                                 " any more",
                             std::to_string(gone) + " 项已批准，但最新方案不再要求"});
    return std::move(todo_);
  }

private:
  void say_what_is_old(Date now) {
    if (const auto age = days_between(facts_.first_day, now); age > context_.facts.playbook.carry_out.old_plan_days)
      todo_.notes.push_back(
          {"the plan began " + std::to_string(age) + " days ago, on " + iso(facts_.first_day) +
               ": import newer reports and plan again",
           "方案始于 " + iso(facts_.first_day) + "，已过 " + std::to_string(age) + " 天：请导入新报表并重新生成方案"});
    if (const auto age = days_between(facts_.reported, now); age > context_.facts.playbook.account.stale_after_days)
      todo_.notes.push_back(
          {"the newest report is " + std::to_string(age) + " days old (" + iso(facts_.reported) +
               "): prices and stock are as of then",
           "最新报表为 " + iso(facts_.reported) + "，已过 " + std::to_string(age) + " 天：价格与库存以当日为准"});
  }

  // The newest report that would show an action carried out so. No report shows a business price.
  std::optional<Date> would_show(market::CarriedBy by) const {
    switch (by) {
      case market::CarriedBy::kRemovalFile: return facts_.removals_reported;
      case market::CarriedBy::kBusinessPriceFile: return std::nullopt;
      default: return facts_.reported;
    }
  }

  // Of the SKU's own wishes: a share is of the price now.
  std::optional<Money> floor_of(const ActionRecord& action, const std::optional<Money>& price) const {
    const auto found = wishes_.find({action.marketplace, action.sku});
    if (found == wishes_.end()) return std::nullopt;
    const auto wishes = read_wishes(Json::parse(found->second, nullptr, false), action.currency, context_.facts);
    if (!wishes) return std::nullopt;
    if (wishes->floor_price) return wishes->floor_price;
    if (wishes->floor_share && price)
      return Money::from_double(price->to_double() * *wishes->floor_share, price->currency());
    return std::nullopt;
  }

  TodoItem item_of(const ActionRecord& action, const std::map<std::string, std::vector<account::DeskEvent>>& events) {
    TodoItem item;
    item.action = action;
    item.channel = context_.facts.channel(action.channel == "sell" ? "markdown" : action.channel);
    if (item.channel) item.how = item.channel->carry_out;
    item.channel_name = name_of(action.channel, item.channel);
    if (const auto found = prices_.find({action.marketplace, action.sku}); found != prices_.end()) {
      const auto& seen = *found->second;
      item.asin = seen.asin;
      const std::string site = listing_address(context_.facts, action.marketplace);
      if (!seen.asin.empty() && !site.empty()) item.link = site + seen.asin;
      item.price_now = seen.asked();
      item.units_now = seen.available;
      item.priced_on = seen.day;
    }
    item.floor = floor_of(action, item.price_now);
    if (action.gain)
      if (const auto there = facts_.rates.convert(*action.gain, facts_.base, facts_.reported))
        item.gain_in_base = there->to_double();
    desk::Today today{todo_.today, would_show(item.how.by), item.how.seen_within_days};
    const auto found = events.find(action.id);
    static const std::vector<account::DeskEvent> kNone;
    item.life = desk::life_of(action, found == events.end() ? kNone : found->second, today);
    item.by = action.start - Days(item.how.days_before);
    const bool waits = item.life.state == State::kProposed || item.life.state == State::kApproved ||
                       item.life.state == State::kRefused;
    item.late = waits && item.by < todo_.today;
    return item;
  }

  bool due(const TodoItem& item, bool open, bool replaced) const {
    const ActionRecord& action = item.action;
    if (!open || replaced || excluded_.contains({action.marketplace, action.sku})) return false;
    if (item.life.state == State::kPutOff && item.life.until && *item.life.until > todo_.to) return false;
    const bool handed_over = item.life.written || item.life.done;
    // Its days are over and nobody began it.
    if (!handed_over && action.end < todo_.from && action.units_out == 0) return false;
    return item.by <= todo_.to;
  }

  const DeskFacts& facts_;
  const Context& context_;
  const TodoFilter& filter_;
  Todo todo_{};
  std::map<LineKey, const store::Store::PriceSeen*> prices_;
  std::set<LineKey> excluded_;
  std::map<LineKey, std::string> wishes_;
};

Error no_plan() {
  return {ErrorKind::kNotFound,
          {"there is no plan yet", "尚无方案"},
          {},
          {"destock plan makes one", "请先运行 destock plan 生成方案"}};
}

}  // namespace

std::string listing_address(const market::Facts& facts, const std::string& marketplace) {
  const auto store = facts.marketplaces.find(marketplace);
  if (store == facts.marketplaces.end() || store->second.sales_channels.empty()) return {};
  std::string site = store->second.sales_channels.front();
  std::transform(site.begin(), site.end(), site.begin(), [](unsigned char c) { return std::tolower(c); });
  return "https://www." + site + "/dp/";
}

TodoKind todo_kind(market::CarriedBy by) {
  switch (by) {
    case market::CarriedBy::kClicks:
    case market::CarriedBy::kDiscountSheet:  // its columns are published nowhere: by hand
      return TodoKind::kClicks;
    case market::CarriedBy::kMessage: return TodoKind::kMessage;
    default: return TodoKind::kFile;
  }
}

Result<DeskFacts> desk_facts(store::Store& store, int64_t account, const Context& context) {
  const auto plans = store.plans(account);
  if (!plans) return tl::unexpected(plans.error());
  const auto newest = std::find_if(plans->begin(), plans->end(), [](const account::PlanHead& plan) {
    return plan.purpose == account::PlanPurpose::kAccount;
  });
  const auto reported = store.latest_day(account);
  if (!reported) return tl::unexpected(reported.error());
  if (!*reported) return tl::unexpected(nothing_imported());
  if (newest == plans->end()) return tl::unexpected(no_plan());
  DeskFacts facts;
  facts.plan = *newest;
  facts.first_day = newest->first_day;
  facts.reported = reported->value_or(newest->as_of);
  auto choices = store.choices(account);
  if (!choices) return tl::unexpected(choices.error());
  facts.choices = std::move(*choices);
  const auto removals = store.removal_orders(account);
  if (!removals) return tl::unexpected(removals.error());
  for (const account::RemovalOrderRow& row : *removals) {
    const Date updated = row.updated_at ? date_of_day_number(*row.updated_at / kSecondsADay) : row.requested_on;
    facts.removals_reported = std::max({facts.removals_reported.value_or(updated), updated, row.requested_on});
  }
  auto prices = store.prices_seen(account, facts.reported - Days(kPriceDays));
  if (!prices) return tl::unexpected(prices.error());
  facts.prices = std::move(*prices);
  for (const auto& seen : facts.prices) {
    const auto [place, made] = facts.newest.try_emplace(seen.marketplace, seen.day);
    if (!made) place->second = std::max(place->second, seen.day);
  }
  const auto rates = store.rates(account);
  if (!rates) return tl::unexpected(rates.error());
  for (const account::ExchangeRateRow& row : *rates) facts.rates.add(row.day, row.from, row.to, row.rate);
  context.facts.ship_rates(facts.rates);
  const auto base = store.base_currency(account);
  if (!base) return tl::unexpected(base.error());
  facts.base = base->value_or(currency_of("USD"));
  return facts;
}

Result<Todo> todo_of(const store::Store::Desk& desk, const DeskFacts& facts, const Context& context,
                     const TodoFilter& filter) {
  std::set<std::string> known;
  for (const ActionRecord& action : desk.actions) known.insert(action.id);
  for (const std::string& id : filter.ids)
    if (!known.contains(id))
      return fail(ErrorKind::kNotFound, {"there is no action " + id, "没有该任务：" + id}, id,
                  {"destock todo --all lists them", "destock todo --all 可列出全部任务"});
  return Week(facts, context, filter).of(desk);
}

Result<store::Store::Desk> numbered_desk(store::Store& store, int64_t account, const Context& context,
                                         const DeskFacts& facts) {
  const auto lacks = store.lacks_actions(account, facts.plan.id);
  if (!lacks) return tl::unexpected(lacks.error());
  if (*lacks) {
    const auto plan = store.plan(account, facts.plan.id);
    if (!plan) return tl::unexpected(plan.error());
    if (*plan)
      if (const auto done = store.renew_actions_of(account, facts.plan.id, renewal_of(**plan, context.facts)); !done)
        return tl::unexpected(done.error());
  }
  return store.desk(account);
}

Result<Todo> todo(store::Store& store, int64_t account, const Context& context, const TodoFilter& filter) {
  const auto facts = desk_facts(store, account, context);
  if (!facts) return tl::unexpected(facts.error());
  const auto desk = numbered_desk(store, account, context, *facts);
  if (!desk) return tl::unexpected(desk.error());
  return todo_of(*desk, *facts, context, filter);
}

Result<int64_t> approved_actions(store::Store& store, int64_t account, Date today) {
  const auto desk = store.desk(account);
  if (!desk) return tl::unexpected(desk.error());
  const auto events = desk::by_action(desk->events);
  return std::count_if(desk->actions.begin(), desk->actions.end(), [&](const account::ActionRecord& action) {
    const auto of = events.find(action.id);
    return action.in_plan && of != events.end() && desk::life_of(action, of->second, {today}).approved;
  });
}

}  // namespace destock::app

#include "app/account_plan.h"

#include <fmt/format.h>

#include "app/limits.h"
#include "app/plan_lines.h"
#include "app/track.h"
#include "app/wishes.h"
#include "desk/renew.h"

namespace destock::app {
namespace {

using account::LineKey;
using account::Pinned;
using account::PlanChoice;

// A line's own wishes; those that no longer fit are said, not dropped.
void take_wishes(const PlanChoice& choice, const AccountState& state, const market::Facts& facts, PlanOptions& options,
                 std::vector<Text>& notes) {
  if (choice.wishes.empty()) return;
  for (const account::Listing& listing : state.account.listings) {
    if (listing.marketplace != choice.marketplace || listing.sku != choice.sku) continue;
    auto wishes = read_wishes(Json::parse(choice.wishes, nullptr, false), listing.currency, facts);
    if (wishes)
      options.own_wishes.emplace(LineKey(choice.marketplace, choice.sku), std::move(*wishes));
    else
      notes.push_back({"wishes of " + choice.sku + " were left aside: " + wishes.error().message(Lang::kEn),
                       choice.sku + " 的单品限制未采用：" + wishes.error().message(Lang::kZh)});
  }
}

// What people have decided by now. A lock holds where the plan before is of the same days and its line is still what
// was locked; else the line is made anew, and needs a look.
PlanOptions::Decided decided_by(const std::vector<PlanChoice>& choices,
                                const std::optional<account::PlanRecord>& before,
                                const std::map<LineKey, const account::PlanLine*>& lines,
                                const account::PlanRecord& days) {
  PlanOptions::Decided decided;
  const bool same_days = before && before->as_of == days.as_of && before->first_day == days.first_day &&
                         before->horizon_weeks == days.horizon_weeks;
  for (const PlanChoice& choice : choices) {
    const LineKey key(choice.marketplace, choice.sku);
    if (choice.pinned == Pinned::kExcluded) decided.excluded.insert(key);
    if (choice.pinned != Pinned::kLocked || !same_days) continue;
    const auto line = lines.find(key);
    if (line != lines.end() && account::content_of(*line->second) == choice.locked_line)
      decided.locked.emplace(key, *line->second);
  }
  return decided;
}

// Asked at the first plan: it decides more than any other figure whether stock is held or cleared.
Text what_money_costs(const market::PlanRule& rule) {
  const auto percent = [](double share) { return fmt::format("{:g}%", share * 100); };
  const std::string now = percent(rule.cost_of_capital_per_year);
  const std::string dear = percent(rule.dear_capital_per_year);
  return {
      "money is taken to cost " + now +
          " a year. Is yours dearer? destock settings set plan.cost_of_capital_per_year=0.20; the dearer it is, the "
          "more is cleared now: lines that would be cut at " +
          dear + " and are held at " + now + " say so in destock why",
      "资金成本按年 " + now +
          " 计。若您的资金更贵：destock settings set plan.cost_of_capital_per_year=0.20；资金越贵，现在清得越多：按 " +
          dear + " 会降价而按 " + now + " 不降的 SKU，destock why 会注明"};
}

// Said where lines were taken as they were.
std::optional<Text> what_was_made(const account::PlanRecord& plan) {
  const auto lines = static_cast<int64_t>(plan.lines.size());
  if (!plan.made_anew || *plan.made_anew >= lines) return std::nullopt;
  const std::string anew = std::to_string(*plan.made_anew), all = std::to_string(lines);
  return Text{"planned " + anew + " of " + all + " SKUs anew; all that goes into the others is the same as before",
              "重新规划 " + all + " 个 SKU 中的 " + anew + " 个；其余 SKU 的输入没有变化，沿用原方案"};
}

}  // namespace

store::Store::RenewActions renewal_of(const account::PlanRecord& plan, const market::Facts& facts) {
  return [&plan, &facts](std::span<const account::ActionRecord> before, const store::Store::NextNumber& next) {
    auto actions = desk::renewed(before, plan, next);
    for (account::ActionRecord& action : actions) {
      const market::Channel* channel = facts.channel(action.channel);
      if (action.in_plan && channel && channel->placement) action.believed_lift = channel->placement->median;
    }
    return actions;
  };
}

namespace {

// Limits and wishes of the whole account: those of the request, else those of the plan before as far as they still fit.
Result<Json> take_what_is_asked(const AccountPlanRequest& request, const std::optional<account::PlanRecord>& before,
                                const AccountState& state, const Context& context, PlanOptions& options,
                                std::vector<Text>& notes) {
  const std::string kept = before ? before->wishes : std::string();
  const Json wishes = request.wishes ? *request.wishes
                      : kept.empty() ? Json::object()
                                     : Json::parse(kept, nullptr, false);
  Json of_skus = wishes;
  const auto limits = read_limits(take_limits(of_skus));
  if (!limits && request.wishes) return tl::unexpected(limits.error());
  if (limits) options.limits = *limits;
  const Date first_day = plan_start(state.account.as_of, context.today());
  if (auto error = too_soon(options.limits, first_day)) {
    if (request.wishes) return tl::unexpected(std::move(*error));
    // Asked of an earlier plan: its day has come.
    std::erase_if(options.limits.cash_by,
                  [&](const AccountLimits::CashBy& cash) { return cash.weeks_from(first_day) < 1; });
  }
  const auto read = read_wishes(of_skus, state.health.figures.base_currency, context.facts);
  if (!read && request.wishes) return tl::unexpected(read.error());
  if (read)
    options.wishes = *read;
  else
    notes.push_back({"what the plan before was asked was left aside: " + read.error().message(Lang::kEn),
                     "上一方案的要求未采用：" + read.error().message(Lang::kZh)});
  return wishes;
}

// `keeps`: lines that are made are written down for the next plan.
Result<AccountPlan> made_plan(store::Store& store, int64_t account, const AccountState& state,
                              const AccountPlanRequest& request, const Context& context, bool keeps,
                              const std::atomic<bool>* stop, const std::function<void(size_t, size_t)>& progress) {
  const auto before = store.plan(account, std::nullopt);
  if (!before) return tl::unexpected(before.error());
  const auto choices = store.choices(account);
  if (!choices) return tl::unexpected(choices.error());
  AccountPlan made;
  PlanOptions options;
  options.stop = stop;
  options.policy = request.policy;
  options.horizon_weeks = request.horizon_weeks.value_or(context.facts.playbook.plan.horizon_weeks);
  const auto wishes = take_what_is_asked(request, *before, state, context, options, made.notes);
  if (!wishes) return tl::unexpected(wishes.error());
  for (const PlanChoice& choice : *choices) {
    take_wishes(choice, state, context.facts, options, made.notes);
    if (choice.pinned == Pinned::kExcluded) options.excluded.emplace(choice.marketplace, choice.sku);
  }
  const auto lines = *before ? account::lines_by_key(**before) : std::map<LineKey, const account::PlanLine*>();
  std::optional<Error> failed;
  options.decided = [&](const account::PlanRecord& days) {
    const auto now = store.choices(account);
    if (now) return decided_by(*now, *before, lines, days);
    failed = now.error();
    return PlanOptions::Decided{};
  };
  if (!*before) made.notes.push_back(what_money_costs(context.facts.playbook.plan));
  if (const size_t out = options.excluded.size(); out > 0) {
    const std::string some = options.excluded.begin()->second + (out > 1 ? ", …" : "");
    made.notes.push_back({std::to_string(out) + (out == 1 ? " SKU is" : " SKUs are") +
                              " left out by decision, not in the plan and not in its totals: " + some,
                          std::to_string(out) + " 个 SKU 已由人工排除，不在方案与合计中：" + some});
  }
  auto learned = with_learned(store, account, context, state);
  if (!learned) return tl::unexpected(learned.error());
  made.notes.insert(made.notes.end(), learned->notes.begin(), learned->notes.end());
  Context own = context;
  own.facts = std::move(learned->facts);
  std::unique_ptr<MadeLines> made_before;
  if (request.policy == clearance::Policy::kOptimal) {
    auto read_lines = MadeLines::read(store, account, keeps);
    if (!read_lines) return tl::unexpected(read_lines.error());
    made_before = std::move(*read_lines);
    options.made = made_before.get();
  }
  made.plan = make_plan(state, options, own, progress);
  if (failed) return tl::unexpected(*failed);
  if (auto note = what_was_made(made.plan)) made.notes.push_back(std::move(*note));
  if (wishes->is_object() && !wishes->empty()) made.plan.wishes = wishes->dump();
  made.facts = std::make_shared<const market::Facts>(std::move(own.facts));
  if (request.policy != clearance::Policy::kOptimal) made.plan.purpose = account::PlanPurpose::kTrial;
  return made;
}

}  // namespace

Result<AccountPlan> account_plan_in_memory(store::Store& store, int64_t account, const AccountState& state,
                                           const AccountPlanRequest& request, const Context& context,
                                           const std::atomic<bool>* stop,
                                           const std::function<void(size_t, size_t)>& progress) {
  return made_plan(store, account, state, request, context, false, stop, progress);
}

Result<AccountPlan> make_account_plan(store::Store& store, int64_t account, const AccountState& state,
                                      const AccountPlanRequest& request, const Context& context,
                                      const std::atomic<bool>* stop,
                                      const std::function<void(size_t, size_t)>& progress) {
  // What reports show of the plan before is known before the next one learns from it.
  if (const auto looked = look_for_actions(store, account, context, state); !looked)
    return tl::unexpected(looked.error());
  auto made = made_plan(store, account, state, request, context, true, stop, progress);
  if (!made || (stop && *stop)) return made;
  // Another policy's plan is a trial: nobody carries it out.
  const bool carried_out = made->plan.purpose == account::PlanPurpose::kAccount;
  const auto id = store.add_plan(account, made->plan, carried_out ? renewal_of(made->plan, *made->facts) : nullptr);
  if (!id) return tl::unexpected(id.error());
  made->plan.id = *id;
  return made;
}

}  // namespace destock::app

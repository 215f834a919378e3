#include "app/account_plan.h"

#include "app/wishes.h"

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
                       choice.sku + " 的单独要求未采用：" + wishes.error().message(Lang::kZh)});
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

}  // namespace

Result<AccountPlan> account_plan_in_memory(store::Store& store, int64_t account, const AccountState& state,
                                           const AccountPlanRequest& request, const Context& context,
                                           const std::atomic<bool>* stop,
                                           const std::function<void(size_t, size_t)>& progress) {
  const auto before = store.plan(account, std::nullopt);
  if (!before) return tl::unexpected(before.error());
  const auto choices = store.choices(account);
  if (!choices) return tl::unexpected(choices.error());
  AccountPlan made;
  PlanOptions options;
  options.stop = stop;
  options.policy = request.policy;
  options.horizon_weeks = request.horizon_weeks.value_or(context.facts.playbook.plan.horizon_weeks);
  const std::string kept = *before ? (**before).wishes : std::string();
  const Json wishes = request.wishes ? *request.wishes
                      : kept.empty() ? Json::object()
                                     : Json::parse(kept, nullptr, false);
  const auto read = read_wishes(wishes, state.health.figures.base_currency, context.facts);
  if (!read && request.wishes) return tl::unexpected(read.error());
  if (read)
    options.wishes = *read;
  else
    made.notes.push_back({"what the plan before was asked was left aside: " + read.error().message(Lang::kEn),
                          "上一方案的要求未采用：" + read.error().message(Lang::kZh)});
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
  if (const size_t out = options.excluded.size(); out > 0) {
    const std::string some = options.excluded.begin()->second + (out > 1 ? ", …" : "");
    made.notes.push_back({std::to_string(out) + (out == 1 ? " SKU is" : " SKUs are") +
                              " left out by decision, not in the plan and not in its totals: " + some,
                          std::to_string(out) + " 个 SKU 已由人工排除，不在方案与合计中：" + some});
  }
  made.plan = make_plan(state, options, context, progress);
  if (failed) return tl::unexpected(*failed);
  if (wishes.is_object() && !wishes.empty()) made.plan.wishes = wishes.dump();
  if (request.policy != clearance::Policy::kOptimal) made.plan.purpose = account::PlanPurpose::kTrial;
  return made;
}

Result<AccountPlan> make_account_plan(store::Store& store, int64_t account, const AccountState& state,
                                      const AccountPlanRequest& request, const Context& context,
                                      const std::atomic<bool>* stop,
                                      const std::function<void(size_t, size_t)>& progress) {
  auto made = account_plan_in_memory(store, account, state, request, context, stop, progress);
  if (!made || (stop && *stop)) return made;
  const auto id = store.add_plan(account, made->plan);
  if (!id) return tl::unexpected(id.error());
  made->plan.id = *id;
  return made;
}

}  // namespace destock::app

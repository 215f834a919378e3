// destock plan [--policy optimal|playbook|hold|liquidate] [--horizon 26] [--sku …]

#include <fmt/format.h>
#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "app/account_plan.h"
#include "app/limits.h"
#include "app/wishes.h"
#include "cli/amount.h"
#include "cli/command.h"
#include "cli/plan_limits.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "deliver/tables.h"

namespace destock::cli {
namespace {

struct PlanFlags {
  std::string policy = "optimal";
  int horizon = 0;
  std::vector<std::string> skus, no_change, without, offered;
  std::string min_price;
  bool all = false, dry_run = false, monotone = false, anew = false;
  LimitFlags limits;
};

// "60%" of the current price, or an amount with its currency: 12.50USD.
std::optional<Error> read_min_price(const std::string& given, clearance::PlanWishes& wishes) {
  if (given.empty()) return std::nullopt;
  const auto share = given.back() == '%' ? share_of(given) : std::nullopt;
  const auto amount = share ? std::nullopt : amount_of(given);
  if (share && *share > 0 && *share <= 1) {
    wishes.floor_share = *share;
    return std::nullopt;
  }
  if (amount && amount->units() > 0) {
    wishes.floor_price = *amount;
    return std::nullopt;
  }
  return bad_option(
      "--min-price", given,
      {"a share of the current price as 60%, or an amount as 12.50USD", "现价百分比如 60%，或金额如 12.50USD"});
}

// "2026-12-20" or "2026-12-20..2026-12-27".
std::optional<Error> read_no_change(const std::vector<std::string>& given, clearance::PlanWishes& wishes) {
  for (const std::string& days : given) {
    const size_t dots = days.find("..");
    const auto from = parse_iso_date(days.substr(0, dots));
    const auto to = dots == std::string::npos ? from : parse_iso_date(days.substr(dots + 2));
    if (!from || !to || *to < *from)
      return bad_option("--no-change", days,
                        {"a day, or two as 2026-12-20..2026-12-27", "日期，或区间如 2026-12-20..2026-12-27"});
    wishes.no_change.emplace_back(*from, *to);
  }
  return std::nullopt;
}

std::optional<Error> read_wishes(const PlanFlags& flags, const market::Facts& facts, clearance::PlanWishes& wishes) {
  wishes.monotone = flags.monotone;
  wishes.without = flags.without;
  for (const std::string& id : flags.without)
    if (!facts.channel(id))
      return bad_option(
          "--without", id,
          {"a channel as in data/channels: outlet, best_deal, …", "data/channels 中的渠道：outlet、best_deal 等"});
  if (auto error = read_min_price(flags.min_price, wishes)) return error;
  return read_no_change(flags.no_change, wishes);
}

// SKUs that are there, and a lowest price in a currency that one of them sells in.
std::optional<Error> fits_account(const PlanFlags& flags, const clearance::PlanWishes& wishes,
                                  const account::Account& account) {
  std::set<std::string> missing(flags.skus.begin(), flags.skus.end());
  std::set<std::string> currencies;
  for (const account::Listing& listing : account.listings) {
    const bool asked =
        flags.skus.empty() || std::find(flags.skus.begin(), flags.skus.end(), listing.sku) != flags.skus.end();
    if (asked) currencies.insert(listing.currency.str());
    missing.erase(listing.sku);
  }
  if (!missing.empty())
    return Error{ErrorKind::kNotFound,
                 {"no such SKU: " + *missing.begin(), "没有该 SKU：" + *missing.begin()},
                 "--sku",
                 {"destock health lists the account's SKUs", "destock health 列出账户的全部 SKU"}};
  if (!wishes.floor_price || currencies.contains(wishes.floor_price->currency().str())) return std::nullopt;
  const std::string some = fmt::format("{}", fmt::join(currencies, ", "));
  return bad_option("--min-price", flags.min_price,
                    {"an amount in what the SKUs sell in: " + some, "请使用商品的售价币种：" + some});
}

int print_plan(const Session& session, const PlanFlags& flags, const account::PlanRecord& plan,
               const app::AccountState& state, const app::Context& context) {
  const auto totals = app::plan_totals(plan, state.account.rates, state.health.figures.base_currency);
  if (session.format() == Format::kJson) {
    app::Json json = app::plan_json(plan, totals, state, session.lang());
    json["notes"] = app::notes_json(plan, context.facts, session.lang());
    session.print_json(json);
    return kDone;
  }
  if (session.format() == Format::kCsv) {
    session.print(deliver::plan_actions_table(plan, context.facts));
    return kDone;
  }
  print_plan_totals(session, plan, totals);
  print_limits(session, plan);
  session.print(deliver::plan_lines_table(plan, context.facts), flags.all ? 0 : 20);
  std::cout << "\n";
  session.print(deliver::plan_actions_table(plan, context.facts), flags.all ? 0 : 20);
  if (plan.policy == "optimal" && !plan.lines.empty())
    session.note({session.options().program + " why " + plan.lines.front().sku + " tells one SKU's reasons in full",
                  session.options().program + " why " + plan.lines.front().sku + " 可查看单个 SKU 的完整理由"});
  if (plan.purpose == account::PlanPurpose::kTrial)
    session.note({"a trial: dashboard, workbook and decisions stay with the account's own plan",
                  "试算方案：看板、工作簿与决定仍以账户方案为准"});
  else if (!plan.wishes.empty())
    session.note({"asked of it: " + plan.wishes + "; --anew makes the next one without",
                  "本方案的要求：" + plan.wishes + "；加 --anew 则不再沿用"});
  print_plan_notes(session, plan, context.facts);
  session.warn(app::plan_warnings(plan, state));
  return kDone;
}

// Of some SKUs, by another policy, as of another day or by other facts: not what the account goes by.
bool is_trial(const Session& session, const PlanFlags& flags, clearance::Policy policy) {
  const Options& global = session.options();
  return !flags.skus.empty() || policy != clearance::Policy::kOptimal || !global.as_of.empty() ||
         !global.playbook.empty() || !global.facts.empty();
}

Result<account::PlanRecord> make_trial(store::Store& store, int64_t account, const app::AccountState& state,
                                       const app::PlanOptions& options, const app::Context& context, bool store_it,
                                       const std::function<void(size_t, size_t)>& progress) {
  account::PlanRecord plan = app::make_plan(state, options, context, progress);
  plan.purpose = account::PlanPurpose::kTrial;
  if (!store_it) return plan;
  const auto id = store.add_plan(account, plan);
  if (!id) return tl::unexpected(id.error());
  plan.id = *id;
  return plan;
}

// By what people decided, and by what the plan before was asked where nothing is asked now.
Result<app::AccountPlan> make_whole(store::Store& store, int64_t account, const app::AccountState& state,
                                    const app::PlanOptions& options, const app::Context& context,
                                    const PlanFlags& flags, const app::Json& limits,
                                    const std::function<void(size_t, size_t)>& progress) {
  app::AccountPlanRequest request;
  request.horizon_weeks = options.horizon_weeks;
  app::Json asked = app::wishes_json(options.wishes);
  if (!limits.is_null()) asked["limits"] = limits;
  if (flags.anew || !asked.empty()) request.wishes = std::move(asked);
  return flags.dry_run ? app::account_plan_in_memory(store, account, state, request, context, nullptr, progress)
                       : app::make_account_plan(store, account, state, request, context, nullptr, progress);
}

int run_plan(const Session& session, const PlanFlags& flags) {
  const auto policy = clearance::policy_of(flags.policy);
  if (!policy)
    return session.failed(
        {ErrorKind::kBadUsage,
         {"no such policy: " + flags.policy, "没有该策略：" + flags.policy},
         "--policy",
         {"optimal, playbook, hold and liquidate are there", "可用：optimal、playbook、hold、liquidate"}});
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  app::PlanOptions options{
      *policy, flags.horizon > 0 ? flags.horizon : context->facts.playbook.plan.horizon_weeks, flags.skus, {}};
  if (const auto error = read_wishes(flags, context->facts, options.wishes)) return session.failed(*error);
  const auto limits = limits_asked(flags.limits);
  if (!limits) return session.failed(limits.error());
  auto read = app::read_limits(*limits);
  if (!read) return session.failed(read.error());
  options.limits = std::move(*read);
  for (const std::string& id : flags.offered) {
    const auto channel = context->facts.channels.find(id);
    if (channel == context->facts.channels.end() || !channel->second.needs_offer)
      return session.failed(bad_option("--offered", id,
                                       {"a channel that Amazon offers: outlet, lightning, best_deal, woot",
                                        "需亚马逊邀请的渠道：outlet、lightning、best_deal、woot"}));
    channel->second.offered = true;
  }
  const auto state = session.state(*opened, *context);
  if (!state) return session.code();
  if (const auto error = fits_account(flags, options.wishes, state->account)) return session.failed(*error);
  // A day that is asked for is the day on which it is planned.
  if (!session.options().as_of.empty()) options.first_day = app::plan_start(state->account.as_of, state->account.as_of);
  const bool trial = is_trial(session, flags, *policy);
  account::PlanRecord plan;
  {
    ProgressBar bar(session.lang());
    const auto progress = [&](size_t done, size_t total) {
      bar.show(session.say({"planning", "正在制定方案"}), done, total);
    };
    if (trial) {
      auto made = make_trial(opened->store, opened->account, *state, options, *context, !flags.dry_run, progress);
      if (!made) return session.failed(made.error());
      plan = std::move(*made);
    } else {
      auto made = make_whole(opened->store, opened->account, *state, options, *context, flags, *limits, progress);
      if (!made) return session.failed(made.error());
      session.warn(made->notes);
      plan = std::move(made->plan);
    }
  }
  return print_plan(session, flags, plan, *state, *context);
}

}  // namespace

void add_plan(Commands& commands) {
  auto flags = std::make_shared<PlanFlags>();
  const Flags command = commands.add("plan", {"make and store a dated clearance plan for every SKU in excess or aged",
                                              "为所有冗余或超龄 SKU 制定并保存分周清仓方案"});
  command.text("--policy", flags->policy,
               {"optimal (default), playbook, hold or liquidate", "optimal（默认）、playbook、hold、liquidate"});
  command.number("--horizon", flags->horizon, {"weeks to plan for", "方案周数"}).within(1, 104);
  command.list("--sku", flags->skus, {"only these SKUs", "仅限这些 SKU"});
  command.text("--min-price", flags->min_price,
               {"no price below: 60% of the current one, or 12.50USD", "最低价：现价的 60%，或 12.50USD"});
  command.list("--no-change", flags->no_change,
               {"days on which nothing changes: 2026-12-20..2026-12-27", "不做调整的日期：2026-12-20..2026-12-27"});
  command.list(
      "--without", flags->without,
      {"channels not wanted: outlet, best_deal, liquidation, …", "禁用渠道：outlet、best_deal、liquidation 等"});
  command.list("--offered", flags->offered,
               {"deals that Amazon offers you: outlet, lightning, best_deal, woot; others are told beside the plan",
                "亚马逊已邀请的活动：outlet、lightning、best_deal、woot；其余仅在方案旁提示"});
  command.list("--cash-by", flags->limits.cash_by,
               {"money that must have come by a day: 2026-01-31:50000 (base currency)",
                "须在某日前回款：2026-01-31:50000（本位币）"});
  command.list(
      "--storage-limit", flags->limits.storage_limit,
      {"cubic feet at most in any week: 1200cuft, oversize:300cuft", "任一周的仓储上限：1200cuft、oversize:300cuft"});
  command
      .number("--deal-slots", flags->limits.deal_slots,
              {"deals at once in a marketplace, at most", "同一站点同时进行的活动数上限"})
      .within(0, 1'000'000);
  command.number("--actions", flags->limits.actions, {"changes a week, at most", "每周改动上限"}).within(0, 1'000'000);
  command.number("--clicks", flags->limits.clicks, {"of them by clicks, at most", "其中后台点击上限"})
      .within(0, 1'000'000);
  command.text("--ad-budget", flags->limits.ad_budget,
               {"fees of deals and coupons a month, at most (base currency)", "每月活动与优惠券费用上限（本位币）"});
  command.text("--loss-limit", flags->limits.loss_limit,
               {"lost against landed cost a month, at most (base currency)", "每月相对落地成本的亏损上限（本位币）"});
  command.toggle("--monotone", flags->monotone, {"a price once cut does not rise again", "降价后不再涨回"});
  command.toggle("--anew", flags->anew,
                 {"without what the last plan was asked; decisions on single SKUs stay",
                  "不沿用上一方案的要求；单个 SKU 的决定仍保留"});
  command.toggle("--all", flags->all, {"every line on the terminal", "显示全部行"});
  command.toggle("--dry-run", flags->dry_run, {"show the plan and store nothing", "仅显示方案，不保存"});
  command.example({"Example: destock plan --min-price 50% --no-change 2026-12-24..2026-12-26",
                   "示例：destock plan --min-price 50% --no-change 2026-12-24..2026-12-26"});
  command.runs([flags](const Session& session) { return run_plan(session, *flags); });
}

}  // namespace destock::cli

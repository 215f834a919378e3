#include "server/views.h"

#include "app/export.h"
#include "app/fact_coverage.h"
#include "app/forecast_view.h"
#include "app/restock_lines.h"
#include "app/settings.h"
#include "app/todo.h"
#include "clearance/fluid_bound.h"
#include "deliver/tables.h"
#include "server/problem.h"

namespace destock::server {
namespace {

constexpr size_t kStoresKept = 8;
constexpr int64_t kMostRefused = 10'000;  // rows of a file

std::string key_of(const std::string& marketplace, const std::string& sku) {
  return marketplace + '\0' + sku;
}

// What the newest plan does with a SKU first, beside its health.
void add_plan_columns(deliver::Table& table, const std::optional<account::PlanRecord>& plan,
                      const market::Facts& facts) {
  table.columns.push_back({"action", {"Plan's first step", "方案首个动作"}, deliver::Kind::kText, 0, 16, true});
  table.columns.push_back({"gain", {"Gain over holding", "比不动多回款"}, deliver::Kind::kMoney, 0, 13, true});
  std::map<std::string, const account::PlanLine*> lines;
  if (plan)
    for (const account::PlanLine& line : plan->lines) lines.emplace(key_of(line.marketplace, line.sku), &line);
  for (auto& row : table.rows) {
    const auto found = lines.find(key_of(std::get<std::string>(row[1]), std::get<std::string>(row[2])));
    if (found == lines.end()) {
      row.emplace_back(Text{"–", "–"});
      row.emplace_back(std::monostate{});
      continue;
    }
    const account::PlanLine& line = *found->second;
    Text action{"keep the price", "维持原价"};
    if (!line.actions.empty() && line.actions.front().week == 0) {
      const std::string& id = line.actions.front().channel;
      const market::Channel* channel = facts.channel(id);
      action = channel ? channel->name : Text{id, id};
    }
    row.emplace_back(action);
    row.push_back(line.hold_net_recovery ? deliver::Cell(line.net_recovery - *line.hold_net_recovery)
                                         : deliver::Cell(std::monostate{}));
  }
}

// What buyers see of a listing, one click away.
void add_listing_columns(deliver::Table& table, const AccountView& view, const market::Facts& facts) {
  table.columns.push_back({"asin", {"ASIN", "ASIN"}, deliver::Kind::kText, 0, 12, false});
  table.columns.push_back({"link", {"Listing", "商品页链接"}, deliver::Kind::kText, 0, 30, false});
  for (auto& row : table.rows) {
    const std::string& marketplace = std::get<std::string>(row[1]);
    const auto found = view.listings.find({marketplace, std::get<std::string>(row[2])});
    const std::string asin = found == view.listings.end() ? "" : view.state.account.listings[found->second].asin;
    const std::string site = asin.empty() ? "" : app::listing_address(facts, marketplace);
    row.emplace_back(asin);
    row.emplace_back(site.empty() ? site : site + asin);
  }
}

}  // namespace

InBase in_base_of(const AccountView& view) {
  const Currency base = view.state.health.figures.base_currency;
  return {base, [&account = view.state.account, base](Currency currency) {
            return account.rates.rate_on(account.as_of, currency, base);
          }};
}

void GiveBack::operator()(store::Store* store) const {
  std::unique_ptr<store::Store> owned(store);
  const std::scoped_lock one(views->mutex_);
  if (views->stores_.size() < kStoresKept) views->stores_.push_back(std::move(owned));
}

Result<StoreLease> Views::store() {
  {
    const std::scoped_lock one(mutex_);
    if (!stores_.empty()) {
      StoreLease kept(stores_.back().release(), {this});
      stores_.pop_back();
      kept->set_patience(store::kRequestPatience);
      return kept;
    }
  }
  auto opened = store::Store::open(url_);
  if (!opened) return tl::unexpected(opened.error());
  opened->set_patience(store::kRequestPatience);
  return StoreLease(std::make_unique<store::Store>(std::move(*opened)).release(), {this});
}

Result<std::shared_ptr<const AccountView>> Views::get(int64_t account) {
  auto store = this->store();
  if (!store) return tl::unexpected(store.error());
  const auto state = (*store)->state_of(account);
  if (!state) return tl::unexpected(state.error());
  const std::string revision = hash_hex(*state + "|" + iso(context_.today())).substr(0, 16);
  std::shared_ptr<Slot> slot;
  {
    const std::scoped_lock one(mutex_);
    auto& kept = slots_[account];
    if (!kept) kept = std::make_shared<Slot>();
    slot = kept;
  }
  // Who comes while it is made waits for it, instead of making it again.
  const std::scoped_lock making(slot->making);
  if (!slot->view || slot->view->revision != revision) {
    auto made = make(**store, account, revision);
    if (!made) return made;
    slot->view = std::move(*made);
  }
  return slot->view;
}

Result<std::shared_ptr<const AccountView>> Views::make(store::Store& store, int64_t account,
                                                       const std::string& revision) {
  const auto settings = store.settings(account);
  if (!settings) return tl::unexpected(settings.error());
  auto context = std::make_shared<app::Context>(app::with_settings(context_, *settings));
  auto state = app::load_state(store, account, std::nullopt, *context);
  if (!state) return tl::unexpected(state.error());
  auto plan = store.plan(account, std::nullopt);
  if (!plan) return tl::unexpected(plan.error());
  const auto imports = store.imports(account);
  if (!imports) return tl::unexpected(imports.error());
  const auto refused = app::refused_of(store, account, kMostRefused);
  if (!refused) return tl::unexpected(refused.error());
  auto view = std::make_shared<AccountView>();
  view->revision = revision;
  view->state = std::move(*state);
  view->plan = std::move(*plan);
  const account::Account& of = view->state.account;
  const market::Facts& facts = context->facts;
  // As far as a plan of today and an order of today look.
  const auto ahead = static_cast<int>(days_between(of.as_of, app::plan_start(of.as_of, context->today())) / 7) + 1;
  view->forecast = demand::forecast_account(
      of, facts, std::max(facts.playbook.plan.horizon_weeks + clearance::kSellOnWeeks + ahead, restock::kForecastWeeks),
      context->threads);
  for (size_t i = 0; i < of.size(); ++i)
    view->listings.emplace(std::pair(of.listings[i].marketplace, of.listings[i].sku), i);
  auto& inventory = view->tables["inventory"] = deliver::health_table(of, view->state.health, facts.playbook);
  add_plan_columns(inventory, view->plan, facts);
  add_listing_columns(inventory, *view, facts);
  if (view->plan) {
    view->tables["plan_lines"] = deliver::plan_lines_table(*view->plan, facts);
    view->tables["plan_actions"] = deliver::plan_actions_table(*view->plan, facts);
    view->tables["plan_weeks"] = deliver::plan_weeks_table(*view->plan);
  }
  const auto lines = app::restock_lines(view->state, *context, &view->forecast);
  view->tables["restock"] = deliver::restock_table(of, lines);
  view->tables["surplus_orders"] = deliver::surplus_orders_table(of, lines);
  view->tables["calendar"] = deliver::calendar_table(restock::events_ahead(of, facts));
  view->tables["ladder"] = deliver::ladder_table(of, app::ladder_rows(view->state, *context));
  view->tables["forecast"] = app::forecast_table(of, view->forecast);
  view->tables["reports"] = deliver::freshness_table(of);
  view->tables["facts"] = app::facts_table(app::fact_coverage(facts, of.as_of), of.as_of);
  view->tables["imports"] = deliver::imports_table(*imports);
  view->tables["refused"] = deliver::refused_table(*refused);
  view->context = std::move(context);
  return view;
}

}  // namespace destock::server

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

// What a line does first.
Text first_step(const account::PlanLine& line, const market::Facts& facts) {
  if (line.actions.empty() || line.actions.front().week != 0) return {"keep the price", "维持原价"};
  const std::string& id = line.actions.front().channel;
  const market::Channel* channel = facts.channel(id);
  return channel ? channel->name : Text{id, id};
}

// The SKU of a row that begins with priority, marketplace and SKU.
account::LineKey key_of_row(const deliver::Table& table, size_t row) {
  return {std::string(std::get<std::string_view>(table.rows.seen(row, 1))),
          std::string(std::get<std::string_view>(table.rows.seen(row, 2)))};
}

// What the newest plan does with a SKU first, beside its health.
void add_plan_columns(deliver::Table& table, const std::optional<account::PlanRecord>& plan,
                      const market::Facts& facts) {
  const auto lines = plan ? account::lines_by_key(*plan) : std::map<account::LineKey, const account::PlanLine*>();
  std::vector<deliver::Cell> steps, gains;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto found = lines.find(key_of_row(table, row));
    const account::PlanLine* line = found == lines.end() ? nullptr : found->second;
    steps.emplace_back(line ? first_step(*line, facts) : Text{"–", "–"});
    gains.push_back(line && line->hold_net_recovery ? deliver::Cell(line->net_recovery - *line->hold_net_recovery)
                                                    : deliver::Cell(std::monostate{}));
  }
  table.columns.push_back({"action", {"Plan's first step", "方案首个动作"}, deliver::Kind::kText, 0, 16, true});
  table.rows.add_column(steps);
  table.columns.push_back({"gain", {"Gain over holding", "比不动多回款"}, deliver::Kind::kMoney, 0, 13, true});
  table.rows.add_column(gains);
}

// What buyers see of a listing, one click away.
void add_listing_columns(deliver::Table& table, const AccountView& view, const market::Facts& facts) {
  std::vector<deliver::Cell> asins, links;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const account::LineKey key = key_of_row(table, row);
    const auto found = view.listings.find(key);
    const std::string asin = found == view.listings.end() ? "" : view.state.account.listings[found->second].asin;
    const std::string site = asin.empty() ? "" : app::listing_address(facts, key.first);
    asins.emplace_back(asin);
    links.emplace_back(site.empty() ? site : site + asin);
  }
  table.columns.push_back({"asin", {"ASIN", "ASIN"}, deliver::Kind::kText, 0, 12, false});
  table.rows.add_column(asins);
  table.columns.push_back({"link", {"Listing", "商品页链接"}, deliver::Kind::kText, 0, 30, false});
  table.rows.add_column(links);
}

// The ground with the newest plan on it.
Result<std::shared_ptr<const AccountView>> view_on(const std::shared_ptr<const AccountGround>& ground,
                                                   store::Store& store, int64_t account, const std::string& revision) {
  auto plan = store.plan(account, std::nullopt);
  if (!plan) return tl::unexpected(plan.error());
  auto view = std::make_shared<AccountView>(ground);
  view->revision = revision;
  view->plan = std::move(*plan);
  const market::Facts& facts = ground->context->facts;
  const AccountView* const on = view.get();
  view->tables.try_emplace("inventory", [on, &facts] {
    deliver::Table inventory = deliver::health_table(on->state.account, on->state.health, facts.playbook);
    add_plan_columns(inventory, on->plan, facts);
    add_listing_columns(inventory, *on, facts);
    return inventory;
  });
  if (view->plan) {
    view->tables.try_emplace("plan_lines", [on, &facts] { return deliver::plan_lines_table(*on->plan, facts); });
    view->tables.try_emplace("plan_actions", [on, &facts] { return deliver::plan_actions_table(*on->plan, facts); });
    view->tables.try_emplace("plan_weeks", [on] { return deliver::plan_weeks_table(*on->plan); });
  }
  return view;
}

}  // namespace

AccountGround::AccountGround(std::string revision_of, std::shared_ptr<const app::Context> with,
                             app::AccountState loaded)
    : revision(std::move(revision_of)),
      context(std::move(with)),
      state(std::move(loaded)),
      forecast_([this] {
        // As far as a plan of today and an order of today look.
        const account::Account& of = state.account;
        const market::Facts& facts = context->facts;
        const Date start = app::plan_start(of.as_of, context->today());
        const auto ahead = static_cast<int>(days_between(of.as_of, start) / 7) + 1;
        const int plan = facts.playbook.plan.horizon_weeks + clearance::kSellOnWeeks + ahead;
        return demand::forecast_account(of, facts, std::max(plan, restock::kForecastWeeks), context->threads);
      }),
      restock_lines_([this] { return app::restock_lines(state, *context, &forecast()); }) {
  const auto& all = state.account.listings;
  for (size_t i = 0; i < all.size(); ++i) listings.emplace(std::pair(all[i].marketplace, all[i].sku), i);
}

void AccountGround::add(const std::string& name, const std::function<deliver::Table()>& make) {
  tables_.try_emplace(name, make);
}

const deliver::Table* AccountGround::table(std::string_view name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : &found->second.get();
}

void AccountGround::warm() const {
  for (const auto& [name, table] : tables_) table.get();
}

const deliver::Table* AccountView::table(std::string_view name) const {
  if (const auto found = tables.find(name); found != tables.end()) return &found->second.get();
  return ground->table(name);
}

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
  const auto facts_state = (*store)->facts_state_of(account);
  if (!facts_state) return tl::unexpected(facts_state.error());
  const std::string today = iso(context_.today());
  const std::string revision = hash_hex(*state + "|" + today).substr(0, 16);
  const std::string of_facts = hash_hex(*facts_state + "|" + today);
  std::shared_ptr<Slot> slot;
  {
    const std::scoped_lock one(mutex_);
    auto& kept = slots_[account];
    if (!kept) kept = std::make_shared<Slot>();
    slot = kept;
  }
  // Who comes while it is made waits for it, instead of making it again.
  const std::scoped_lock making(slot->making);
  if (slot->view && slot->view->revision == revision) return slot->view;
  if (!slot->ground || slot->ground->revision != of_facts) {
    auto ground = make_ground(**store, account, of_facts);
    if (!ground) return tl::unexpected(ground.error());
    slot->ground = std::move(*ground);
  }
  auto made = view_on(slot->ground, **store, account, revision);
  if (made) slot->view = *made;
  return made;
}

void Views::warm(int64_t account) {
  if (const auto view = get(account)) (*view)->ground->warm();
}

Result<std::shared_ptr<const AccountGround>> Views::make_ground(store::Store& store, int64_t account,
                                                                const std::string& revision) {
  const auto settings = store.settings(account);
  if (!settings) return tl::unexpected(settings.error());
  auto context = std::make_shared<app::Context>(app::with_settings(context_, *settings));
  auto state = app::load_state(store, account, std::nullopt, *context);
  if (!state) return tl::unexpected(state.error());
  const auto imports = store.imports(account);
  if (!imports) return tl::unexpected(imports.error());
  const auto refused = app::refused_of(store, account, kMostRefused);
  if (!refused) return tl::unexpected(refused.error());
  const Date as_of = state->account.as_of;
  auto ground = std::make_shared<AccountGround>(revision, std::move(context), std::move(*state));
  const AccountGround* const on = ground.get();
  const market::Facts& facts = on->context->facts;
  const account::Account& of = on->state.account;
  ground->add("restock", [on, &of] { return deliver::restock_table(of, on->restock_lines()); });
  ground->add("surplus_orders", [on, &of] { return deliver::surplus_orders_table(of, on->restock_lines()); });
  ground->add("calendar", [&of, &facts] { return deliver::calendar_table(restock::events_ahead(of, facts)); });
  ground->add("ladder", [on, &of] { return deliver::ladder_table(of, app::ladder_rows(on->state, *on->context)); });
  ground->add("forecast", [on, &of] { return app::forecast_table(of, on->forecast()); });
  ground->add("reports", [&of] { return deliver::freshness_table(of); });
  ground->add("facts", [&facts, as_of] { return app::facts_table(app::fact_coverage(facts, as_of), as_of); });
  ground->add("imports", [list = *imports] { return deliver::imports_table(list); });
  ground->add("refused", [list = *refused] { return deliver::refused_table(list); });
  return ground;
}

}  // namespace destock::server

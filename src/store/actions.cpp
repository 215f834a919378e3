#include "store/actions.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/bulk_insert.h"
#include "store/cells.h"
#include "store/texts.h"

namespace destock::store {
namespace {

using account::ActionRecord;
using account::DeskEvent;
using account::DeskEventKind;

// Whether it says something of a SKU's demand, or takes back what may have.
bool touches_demand(const DeskEvent& event) {
  constexpr DeskEventKind kKinds[] = {DeskEventKind::kForecastSet, DeskEventKind::kSpikeLeftOut,
                                      DeskEventKind::kSpikeAgain, DeskEventKind::kUndone};
  return event.action.empty() && std::find(std::begin(kKinds), std::end(kKinds), event.kind) != std::end(kKinds);
}

std::vector<ActionRecord> read_actions(soci::session& sql, int64_t account) {
  std::vector<ActionRecord> actions;
  const long long owner = account;
  soci::rowset<soci::row> rows =
      (sql.prepare
           << "SELECT action_id, marketplace, sku, title, owner, tag, currency, channel, first_day, last_day, "
              "price, discount, expected_units, expected_cash, units_out, gain, held_units, held_cash, "
              "believed_lift, spread, "
              "reason_en, reason_zh, checks_en, checks_zh, plan_id, in_plan, own, tiers FROM action WHERE account_id = "
              ":account ORDER BY action_id",
       soci::use(owner));
  for (const soci::row& row : rows) {
    Cells cells(row);
    ActionRecord action;
    action.id = cells.text();
    action.marketplace = cells.text();
    action.sku = cells.text();
    action.title = cells.text();
    action.owner = cells.text();
    action.tag = cells.text();
    cells.currency();
    action.currency = currency_of(row.get<std::string>("currency"));
    action.channel = cells.text();
    action.start = cells.day();
    action.end = cells.day();
    action.price = cells.money();
    action.discount = cells.real();
    action.expected_units = cells.real();
    action.expected_cash = cells.money();
    action.units_out = cells.real().value_or(0);
    action.gain = cells.money();
    action.held_units = cells.real();
    action.held_cash = cells.money();
    action.believed_lift = cells.real();
    action.spread = cells.real();
    action.reason.en = cells.text();
    action.reason.zh = cells.text();
    const std::string checks = cells.text();
    action.checks = split(checks, cells.text());
    action.plan = cells.whole().value_or(0);
    action.in_plan = cells.whole().value_or(0) != 0;
    action.own = cells.whole().value_or(0) != 0;
    action.tiers = account::tiers_of(cells.text()).value_or(std::vector<account::QuantityTier>());
    actions.push_back(std::move(action));
  }
  return actions;
}

void insert_actions(soci::session& sql, int64_t account, int64_t plan, std::span<const ActionRecord> actions) {
  BulkInsert rows(sql, "action",
                  {{"account_id", kInt}, {"action_id", kText},      {"marketplace", kText},  {"sku", kText},
                   {"title", kText},     {"owner", kText},          {"tag", kText},          {"currency", kText},
                   {"channel", kText},   {"first_day", kInt},       {"last_day", kInt},      {"price", kInt},
                   {"discount", kReal},  {"expected_units", kReal}, {"expected_cash", kInt}, {"units_out", kReal},
                   {"gain", kInt},       {"held_units", kReal},     {"held_cash", kInt},     {"believed_lift", kReal},
                   {"spread", kReal},    {"reason_en", kText},      {"reason_zh", kText},    {"checks_en", kText},
                   {"checks_zh", kText}, {"plan_id", kInt},         {"in_plan", kInt},       {"own", kInt},
                   {"tiers", kText}});
  for (const ActionRecord& action : actions) {
    const auto checks = joined(action.checks);
    rows.add({value(account),
              value(action.id),
              value(action.marketplace),
              value(action.sku),
              value(action.title),
              value(action.owner),
              value(action.tag),
              value(action.currency.str()),
              value(action.channel),
              value(action.start),
              value(action.end),
              value(action.price),
              value(action.discount),
              value(action.expected_units),
              value(action.expected_cash),
              value(action.units_out),
              value(action.gain),
              value(action.held_units),
              value(action.held_cash),
              value(action.believed_lift),
              value(action.spread),
              value(action.reason.en),
              value(action.reason.zh),
              value(checks.first),
              value(checks.second),
              value(action.in_plan ? plan : action.plan),
              value(int64_t{action.in_plan}),
              value(int64_t{action.own}),
              value(account::tiers_text(action.tiers))});
  }
  rows.finish();
}

// The last number given out in each week, and those given out since.
class Numbers {
public:
  Numbers(soci::session& sql, int64_t account) : sql_(sql), account_(account) {
    soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT week, last FROM action_number WHERE account_id = :account", soci::use(account_));
    for (const soci::row& row : rows) last_.emplace(row.get<std::string>(0), row.get<long long>(1));
  }
  int64_t next(const std::string& week) { return ++last_[week]; }
  void keep() {
    for (const auto& [week, last] : last_)
      sql_ << "INSERT INTO action_number (account_id, week, last) VALUES (:account, :week, :last) ON CONFLICT "
              "(account_id, week) DO UPDATE SET last = excluded.last",
          soci::use(account_), soci::use(week), soci::use(last);
  }

private:
  soci::session& sql_;
  long long account_;
  std::map<std::string, long long> last_;
};

// `of`: which, as an SQL condition.
std::vector<DeskEvent> read_events(soci::session& sql, int64_t account, const char* of = "1") {
  std::vector<DeskEvent> events;
  const long long owner = account;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT CAST(id AS TEXT), action_id, marketplace, sku, kind, person, at, why, until, review_on, "
                      "check_number, currency, price, units, expected, day, value, value_before, CAST(undoes AS TEXT) "
                      "FROM desk_event WHERE account_id = :account AND "
                   << of << " ORDER BY id",
       soci::use(owner));
  for (const soci::row& row : rows) {
    Cells cells(row);
    DeskEvent event;
    event.id = std::stoll(cells.text());
    event.action = cells.text();
    event.marketplace = cells.text();
    event.sku = cells.text();
    event.kind = account::desk_event_of(cells.text()).value_or(account::DeskEventKind::kNote);
    event.person = cells.text();
    event.at = cells.text();
    event.why = cells.text();
    event.until = cells.day_if();
    event.review_on = cells.day_if();
    if (const auto check = cells.whole()) event.check = static_cast<int>(*check);
    cells.currency();
    event.price = cells.money();
    event.units = cells.real();
    event.expected = cells.money();
    event.day = cells.day_if();
    event.value = cells.text();
    event.before = cells.text();
    event.undoes = std::stoll(cells.text());
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace

void insert_desk_events(soci::session& sql, int64_t account, std::span<const DeskEvent> events) {
  BulkInsert rows(sql, "desk_event",
                  {{"account_id", kInt},
                   {"action_id", kText},
                   {"marketplace", kText},
                   {"sku", kText},
                   {"kind", kText},
                   {"person", kText},
                   {"at", kText},
                   {"why", kText},
                   {"until", kInt},
                   {"review_on", kInt},
                   {"check_number", kInt},
                   {"currency", kText},
                   {"price", kInt},
                   {"units", kReal},
                   {"expected", kInt},
                   {"day", kInt},
                   {"value", kText},
                   {"value_before", kText},
                   {"undoes", kInt}});
  for (const DeskEvent& event : events)
    rows.add({value(account), value(event.action), value(event.marketplace), value(event.sku),
              value(std::string(account::desk_event_id(event.kind))), value(event.person), value(event.at),
              value(event.why), value(event.until), value(event.review_on),
              event.check ? value(int64_t{*event.check}) : null(), currency_of_any({&event.price, &event.expected}),
              value(event.price), value(event.units), value(event.expected), value(event.day), value(event.value),
              value(event.before), value(event.undoes)});
  rows.finish();
}

void renew_actions(soci::session& sql, int64_t account, int64_t plan, const Store::RenewActions& renew) {
  const auto before = read_actions(sql, account);
  Numbers numbers(sql, account);
  std::vector<ActionRecord> actions = renew(before, [&](const std::string& week) { return numbers.next(week); });
  std::map<std::string, bool> decided;
  for (const DeskEvent& event : read_events(sql, account))
    if (!event.action.empty()) decided[event.action] = true;
  std::erase_if(actions, [&](const ActionRecord& one) { return !one.in_plan && !decided.contains(one.id); });
  const long long owner = account;
  sql << "DELETE FROM action WHERE account_id = :account", soci::use(owner);
  insert_actions(sql, account, plan, actions);
  numbers.keep();
}

Result<void> Store::renew_actions_of(int64_t account, int64_t plan, const RenewActions& renew) {
  return written(*sql_, *file_, [&] { renew_actions(*sql_, account, plan, renew); });
}

Result<bool> Store::lacks_actions(int64_t account, int64_t plan) {
  return guarded(file_->path(), [&] {
    const long long owner = account;
    const long long number = plan;
    int lacks = 0;
    *sql_ << "SELECT EXISTS (SELECT 1 FROM plan_action WHERE plan_id = :plan AND expected_cash IS NOT NULL) AND NOT "
             "EXISTS (SELECT 1 FROM action WHERE account_id = :account AND plan_id = :plan_again)",
        soci::use(number, "plan"), soci::use(owner, "account"), soci::use(number, "plan_again"), soci::into(lacks);
    return lacks != 0;
  });
}

Result<std::vector<DeskEvent>> Store::desk_events(int64_t account) {
  return guarded(file_->path(), [&] { return read_events(*sql_, account); });
}

Result<std::vector<DeskEvent>> Store::demand_events(int64_t account) {
  return guarded(file_->path(), [&] {
    return read_events(*sql_, account,
                       "(kind IN ('forecast_set', 'spike_left_out', 'spike_again') OR (kind = 'undone' AND action_id = "
                       "''))");
  });
}

Result<Store::Desk> Store::desk(int64_t account) {
  return guarded(file_->path(), [&] { return Desk{read_actions(*sql_, account), read_events(*sql_, account)}; });
}

Result<void> Store::add_desk_events(int64_t account,
                                    const std::function<Result<std::vector<DeskEvent>>(const Desk&)>& decide) {
  std::optional<Error> refused;
  auto done = guarded(file_->path(), [&] {
    Transaction all(*sql_, *file_);
    auto events = decide(Desk{read_actions(*sql_, account), read_events(*sql_, account)});
    if (!events) {
      refused = events.error();
      return;
    }
    insert_desk_events(*sql_, account, *events);
    // What is decided of an action changes nothing of the account; of a SKU it may, of its demand it does.
    const auto any = [&](auto is) { return std::any_of(events->begin(), events->end(), is); };
    if (any(touches_demand))
      raise_revision(*sql_, account);
    else if (any([](const DeskEvent& one) { return one.action.empty(); }))
      raise_decisions_revision(*sql_, account);
    all.commit();
  });
  if (done && refused) return tl::unexpected(*refused);
  return done;
}

Result<void> Store::add_own_actions(int64_t account, const MakeActions& make) {
  std::optional<Error> refused;
  auto done = guarded(file_->path(), [&] {
    Transaction all(*sql_, *file_);
    Numbers numbers(*sql_, account);
    auto made = make(Desk{read_actions(*sql_, account), read_events(*sql_, account)},
                     [&](const std::string& week) { return numbers.next(week); });
    if (!made) {
      refused = made.error();
      return;
    }
    for (const ActionRecord& action : made->actions) insert_actions(*sql_, account, action.plan, {&action, 1});
    insert_desk_events(*sql_, account, made->events);
    numbers.keep();
    all.commit();
  });
  if (done && refused) return tl::unexpected(*refused);
  return done;
}

Result<int64_t> Store::add_written_file(int64_t account, const account::WrittenFile& file) {
  return written(*sql_, *file_, [&]() -> int64_t {
    const long long owner = account;
    std::string known;
    *sql_ << "SELECT CAST(id AS TEXT) FROM written_file WHERE account_id = :account AND name = :name AND sha256 = :sha",
        soci::use(owner), soci::use(file.name), soci::use(file.sha256), soci::into(known);
    if (!known.empty()) return std::stoll(known);
    *sql_ << "INSERT INTO written_file (account_id, name, kind, marketplace, sha256, person, at, content) VALUES (:a, "
             ":b, :c, :d, :e, :f, :g, :h)",
        soci::use(owner), soci::use(file.name), soci::use(file.kind), soci::use(file.marketplace),
        soci::use(file.sha256), soci::use(file.person), soci::use(file.at), soci::use(file.content);
    long long id = 0;
    *sql_ << "SELECT last_insert_rowid()", soci::into(id);
    BulkInsert actions(*sql_, "written_action", {{"file_id", kInt}, {"action_id", kText}});
    for (const std::string& action : file.actions) actions.add({value(int64_t{id}), value(action)});
    actions.finish();
    return id;
  });
}

Result<std::vector<account::WrittenFile>> Store::written_files(int64_t account) {
  return guarded(file_->path(), [&] {
    std::vector<account::WrittenFile> files;
    const long long owner = account;
    soci::rowset<soci::row> rows =
        (sql_->prepare
             << "SELECT CAST(id AS TEXT), name, kind, marketplace, sha256, person, at FROM written_file WHERE "
                "account_id = :account ORDER BY id DESC",
         soci::use(owner));
    for (const soci::row& row : rows)
      files.push_back({std::stoll(row.get<std::string>(0)),
                       row.get<std::string>(1),
                       row.get<std::string>(2),
                       row.get<std::string>(3),
                       row.get<std::string>(4),
                       row.get<std::string>(5),
                       row.get<std::string>(6),
                       {},
                       {}});
    std::map<int64_t, std::vector<std::string>> lists;
    soci::rowset<soci::row> actions =
        (sql_->prepare << "SELECT CAST(a.file_id AS TEXT), a.action_id FROM written_action a JOIN written_file f ON "
                          "f.id = a.file_id WHERE f.account_id = :account ORDER BY a.file_id, a.action_id",
         soci::use(owner));
    for (const soci::row& row : actions) lists[std::stoll(row.get<std::string>(0))].push_back(row.get<std::string>(1));
    for (account::WrittenFile& file : files) file.actions = lists[file.id];
    return files;
  });
}

Result<std::optional<account::WrittenFile>> Store::written_file(int64_t account, int64_t id) {
  return guarded(file_->path(), [&]() -> std::optional<account::WrittenFile> {
    account::WrittenFile file;
    file.id = id;
    const long long owner = account;
    const long long number = id;
    *sql_ << "SELECT name, kind, marketplace, sha256, person, at, content FROM written_file WHERE account_id = "
             ":account AND id = :id",
        soci::use(owner), soci::use(number), soci::into(file.name), soci::into(file.kind), soci::into(file.marketplace),
        soci::into(file.sha256), soci::into(file.person), soci::into(file.at), soci::into(file.content);
    if (!sql_->got_data()) return std::nullopt;
    return file;
  });
}

Result<std::vector<std::string>> Store::listings_of_sku(int64_t account, const std::string& sku) {
  return guarded(file_->path(), [&] {
    std::vector<std::string> marketplaces;
    const long long owner = account;
    soci::rowset<std::string> rows =
        (sql_->prepare << "SELECT marketplace FROM listing WHERE account_id = :account AND sku = :sku ORDER BY 1",
         soci::use(owner), soci::use(sku));
    for (const std::string& marketplace : rows) marketplaces.push_back(marketplace);
    return marketplaces;
  });
}

namespace {

void read_prices(soci::session& sql, const char* query, int64_t account, Date from,
                 std::vector<Store::PriceSeen>& seen) {
  const long long owner = account;
  const long long first = day_number(from);
  soci::rowset<soci::row> rows = (sql.prepare << query, soci::use(owner), soci::use(first));
  for (const soci::row& row : rows) {
    Cells cells(row);
    Store::PriceSeen one;
    one.marketplace = cells.text();
    one.sku = cells.text();
    one.asin = cells.text();
    one.day = cells.day();
    cells.currency();
    one.price = cells.money();
    one.available = cells.whole();
    if (row.size() > 7) one.sales_price = cells.money();
    seen.push_back(std::move(one));
  }
}

}  // namespace

Result<std::vector<Store::PriceSeen>> Store::prices_seen(int64_t account, Date from) {
  return guarded(file_->path(), [&] {
    std::vector<PriceSeen> seen;
    read_prices(*sql_,
                "SELECT l.marketplace, l.sku, l.asin, f.snapshot, f.currency, f.price, f.fulfillable FROM manage_fba f "
                "JOIN import i ON i.id = f.import_id JOIN listing l ON l.id = f.listing_id WHERE i.account_id = "
                ":account AND i.status = 'in_force' AND f.snapshot >= :first ORDER BY i.id",
                account, from, seen);
    // FBA Inventory knows the sale price too, and goes before.
    read_prices(*sql_,
                "SELECT l.marketplace, l.sku, l.asin, f.snapshot, f.currency, f.price, f.available, f.sales_price FROM "
                "planning f JOIN import i ON i.id = f.import_id JOIN listing l ON l.id = f.listing_id WHERE "
                "i.account_id = :account AND i.status = 'in_force' AND f.snapshot >= :first ORDER BY i.id",
                account, from, seen);
    std::stable_sort(seen.begin(), seen.end(), [](const PriceSeen& a, const PriceSeen& b) {
      return std::tie(a.marketplace, a.sku, a.day) < std::tie(b.marketplace, b.sku, b.day);
    });
    return seen;
  });
}

}  // namespace destock::store

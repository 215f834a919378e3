// Decisions of people on SKUs: they belong to the account and outlast every plan.

#include "store/actions.h"
#include "store/database.h"
#include "store/store.h"

namespace destock::store {
namespace {

constexpr std::string_view kPinned[] = {"", "locked", "excluded"};

account::Pinned pinned_of(const std::string& id) {
  return id == kPinned[1]   ? account::Pinned::kLocked
         : id == kPinned[2] ? account::Pinned::kExcluded
                            : account::Pinned::kNo;
}

// Each column alone: two people may decide different things of one line at once.
void change(soci::session& sql, long long owner, const account::ChoiceChange& change) {
  const std::string& marketplace = change.key.first;
  const std::string& sku = change.key.second;
  const auto set = [&](const char* query, const std::string& value) {
    sql << query, soci::use(value, "value"), soci::use(owner, "account"), soci::use(marketplace, "marketplace"),
        soci::use(sku, "sku");
  };
  if (change.approved) {
    set("UPDATE decision SET approved_line = :value WHERE account_id = :account AND marketplace = :marketplace AND sku "
        "= :sku",
        *change.approved ? change.line : std::string());
    set("UPDATE decision SET approved = CAST(:value AS INTEGER) WHERE account_id = :account AND marketplace = "
        ":marketplace AND sku = :sku",
        *change.approved ? "1" : "0");
  }
  if (change.pinned) {
    set("UPDATE decision SET pinned = :value WHERE account_id = :account AND marketplace = :marketplace AND sku = :sku",
        std::string(kPinned[static_cast<size_t>(*change.pinned)]));
    set("UPDATE decision SET locked_line = :value WHERE account_id = :account AND marketplace = :marketplace AND sku = "
        ":sku",
        *change.pinned == account::Pinned::kLocked ? change.line : std::string());
  }
  if (change.wishes)
    set("UPDATE decision SET wishes = :value WHERE account_id = :account AND marketplace = :marketplace AND sku = :sku",
        *change.wishes);
  // What is left out is approved by nobody.
  sql << "UPDATE decision SET approved = 0, approved_line = '' WHERE account_id = :account AND marketplace = "
         ":marketplace AND sku = :sku AND pinned = 'excluded'",
      soci::use(owner), soci::use(marketplace), soci::use(sku);
}

// What stands of a SKU, before it is changed.
account::PlanChoice standing_of(soci::session& sql, long long owner, const account::LineKey& key) {
  long long approved = 0;
  account::PlanChoice choice;
  choice.marketplace = key.first;
  choice.sku = key.second;
  std::string pinned;
  sql << "SELECT approved, pinned, wishes FROM decision WHERE account_id = :account AND marketplace = :marketplace AND "
         "sku = :sku",
      soci::use(owner), soci::use(key.first), soci::use(key.second), soci::into(approved), soci::into(pinned),
      soci::into(choice.wishes);
  choice.approved = approved != 0;
  choice.pinned = pinned_of(pinned);
  return choice;
}

using account::DeskEvent;
using account::DeskEventKind;

DeskEventKind kind_of(account::Pinned before, account::Pinned now) {
  if (now == account::Pinned::kLocked) return DeskEventKind::kLocked;
  if (now == account::Pinned::kExcluded) return DeskEventKind::kExcluded;
  return before == account::Pinned::kLocked ? DeskEventKind::kUnlocked : DeskEventKind::kIncluded;
}

// What the log says of a change; an approval of the line is one of each of its actions.
std::vector<DeskEvent> log_of(soci::session& sql, long long owner, const account::ChoiceChange& change,
                              const account::PlanChoice& before, const std::string& person, const std::string& at) {
  std::vector<DeskEvent> log;
  DeskEvent event;
  event.marketplace = change.key.first;
  event.sku = change.key.second;
  event.person = person;
  event.at = at;
  event.why = change.why;
  event.review_on = change.review_on;
  event.expected = change.expected;
  const auto add = [&](DeskEventKind kind, const std::string& value, const std::string& was) {
    log.push_back(event);
    log.back().kind = kind;
    log.back().value = value;
    log.back().before = was;
  };
  const auto pinned = [](account::Pinned of) { return std::string(kPinned[static_cast<size_t>(of)]); };
  if (change.pinned && *change.pinned != before.pinned)
    add(kind_of(before.pinned, *change.pinned), pinned(*change.pinned), pinned(before.pinned));
  if (change.wishes && *change.wishes != before.wishes) add(DeskEventKind::kWishes, *change.wishes, before.wishes);
  if (change.approved)
    add(*change.approved ? DeskEventKind::kLineApproved : DeskEventKind::kLineWithdrawn, *change.approved ? "1" : "0",
        before.approved ? "1" : "0");
  if (log.empty() && !change.why.empty()) add(DeskEventKind::kNote, {}, {});
  if (!change.approved) return log;
  event.price = change.price;
  event.units = change.units;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT action_id FROM action WHERE account_id = :account AND marketplace = :marketplace AND sku "
                      "= :sku AND in_plan = 1 ORDER BY action_id",
       soci::use(owner), soci::use(change.key.first), soci::use(change.key.second));
  for (const soci::row& row : rows) {
    log.push_back(event);
    log.back().kind = *change.approved ? DeskEventKind::kApproved : DeskEventKind::kWithdrawn;
    log.back().action = row.get<std::string>(0);
  }
  return log;
}

}  // namespace

Result<std::vector<account::PlanChoice>> Store::choices(int64_t account) {
  return guarded(file_->path(), [&] {
    std::vector<account::PlanChoice> choices;
    const long long owner = account;
    soci::rowset<soci::row> rows =
        (sql_->prepare << "SELECT marketplace, sku, approved, pinned, wishes, person, at, approved_line, locked_line "
                          "FROM decision WHERE account_id = :account ORDER BY marketplace, sku",
         soci::use(owner));
    for (const soci::row& row : rows)
      choices.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<long long>(2) != 0,
                         pinned_of(row.get<std::string>(3)), row.get<std::string>(4), row.get<std::string>(5),
                         row.get<std::string>(6), row.get<std::string>(7), row.get<std::string>(8)});
    return choices;
  });
}

Result<void> Store::decide(int64_t account, std::span<const account::ChoiceChange> changes, const std::string& person,
                           const std::string& at, std::span<const account::DeskEvent> besides) {
  return written(*sql_, *file_, [&] {
    const long long owner = account;
    std::vector<account::DeskEvent> log(besides.begin(), besides.end());
    for (const account::ChoiceChange& one : changes) {
      const std::string& marketplace = one.key.first;
      const std::string& sku = one.key.second;
      const auto said = log_of(*sql_, owner, one, standing_of(*sql_, owner, one.key), person, at);
      log.insert(log.end(), said.begin(), said.end());
      if (!one.approved && !one.pinned && !one.wishes) continue;
      *sql_
          << "INSERT INTO decision (account_id, marketplace, sku, person, at) VALUES (:a, :b, :c, :d, :e) ON CONFLICT "
             "(account_id, marketplace, sku) DO UPDATE SET person = excluded.person, at = excluded.at",
          soci::use(owner), soci::use(marketplace), soci::use(sku), soci::use(person), soci::use(at);
      change(*sql_, owner, one);
    }
    insert_desk_events(*sql_, account, log);
  });
}

}  // namespace destock::store

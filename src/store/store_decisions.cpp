// Decisions of people on SKUs: they belong to the account and outlast every plan.

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
                           const std::string& at) {
  return written(*sql_, *file_, [&] {
    const long long owner = account;
    for (const account::ChoiceChange& one : changes) {
      const std::string& marketplace = one.key.first;
      const std::string& sku = one.key.second;
      *sql_
          << "INSERT INTO decision (account_id, marketplace, sku, person, at) VALUES (:a, :b, :c, :d, :e) ON CONFLICT "
             "(account_id, marketplace, sku) DO UPDATE SET person = excluded.person, at = excluded.at",
          soci::use(owner), soci::use(marketplace), soci::use(sku), soci::use(person), soci::use(at);
      change(*sql_, owner, one);
    }
  });
}

}  // namespace destock::store

#include "store/people.h"

#include <algorithm>
#include <mutex>

#include "store/database.h"

namespace destock::store {
namespace {

std::string joined(const std::vector<int64_t>& numbers) {
  std::string text;
  for (int64_t number : numbers) add_to_list(text, std::to_string(number), ",");
  return text;
}

std::vector<int64_t> split(const std::string& text) {
  std::vector<int64_t> numbers;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    numbers.push_back(std::stoll(text.substr(at, end - at)));
    at = end + 1;
  }
  return numbers;
}

account::Role role(const std::string& id) {
  return account::role_of(id).value_or(account::Role::kViewer);
}

long long last_id(soci::session& sql) {
  long long id = 0;
  sql << "SELECT last_insert_rowid()", soci::into(id);
  return id;
}

std::vector<account::Person> read_people(soci::session& sql) {
  std::vector<account::Person> people;
  {
    soci::rowset<soci::row> rows =
        sql.prepare << "SELECT CAST(id AS TEXT), name, role, password, active, created_at FROM person ORDER BY name";
    for (const soci::row& row : rows)
      people.push_back({std::stoll(row.get<std::string>(0)),
                        row.get<std::string>(1),
                        role(row.get<std::string>(2)),
                        row.get<std::string>(3),
                        row.get<long long>(4) != 0,
                        row.get<std::string>(5),
                        {}});
  }
  soci::rowset<soci::row> grants = sql.prepare << "SELECT person_id, account_id FROM person_account";
  for (const soci::row& row : grants)
    for (account::Person& person : people)
      if (person.id == row.get<long long>(0)) person.accounts.push_back(row.get<long long>(1));
  return people;
}

// Those that are there: an invitation may have named one that is not.
void write_accounts(soci::session& sql, int64_t person, const std::vector<int64_t>& accounts) {
  const long long id = person;
  sql << "DELETE FROM person_account WHERE person_id = :id", soci::use(id);
  for (const long long owned : accounts)
    sql << "INSERT OR IGNORE INTO person_account (person_id, account_id) SELECT :p, id FROM account WHERE id = :a",
        soci::use(id), soci::use(owned);
}

std::vector<account::ApiToken> read_tokens(soci::session& sql) {
  std::vector<account::ApiToken> tokens;
  soci::rowset<soci::row> rows =
      sql.prepare
      << "SELECT CAST(id AS TEXT), person_id, name, role, hash, created_at FROM api_token ORDER BY api_token.id";
  for (const soci::row& row : rows)
    tokens.push_back({std::stoll(row.get<std::string>(0)), row.get<long long>(1), row.get<std::string>(2),
                      role(row.get<std::string>(3)), row.get<std::string>(4), row.get<std::string>(5)});
  return tokens;
}

}  // namespace

struct People::Side {
  Connection connection;
  std::mutex mutex;

  soci::session& sql() { return *connection.sql; }
  template <typename Work>
  auto read(Work work) {
    const std::scoped_lock one(mutex);
    return guarded(connection.file->path(), [&] { return work(sql()); });
  }
  template <typename Work>
  auto write(Work work) {
    const std::scoped_lock one(mutex);
    return written(sql(), *connection.file, [&] { return work(sql()); });
  }
};

People::People(std::unique_ptr<Side> reading, std::unique_ptr<Side> writing)
    : reading_(std::move(reading)), writing_(std::move(writing)) {}
People::People(People&&) noexcept = default;
People::~People() = default;

Result<People> People::open(const std::string& url) {
  std::unique_ptr<Side> sides[2];
  for (auto& side : sides) {
    auto opened = open_database(url);
    if (!opened) return tl::unexpected(opened.error());
    side = std::make_unique<Side>();
    side->connection = std::move(*opened);
    set_patience(side->sql(), kRequestPatience);
  }
  return People(std::move(sides[0]), std::move(sides[1]));
}

Result<std::vector<account::Person>> People::people() {
  return reading_->read([&](soci::session& sql) { return read_people(sql); });
}

Result<std::optional<account::Person>> People::person(const std::string& name) {
  return reading_->read([&](soci::session& sql) -> std::optional<account::Person> {
    for (account::Person& person : read_people(sql))
      if (person.name == name) return std::move(person);
    return std::nullopt;
  });
}

Result<int64_t> People::add_person(const account::Person& person) {
  const auto id = writing_->write([&](soci::session& sql) -> std::optional<int64_t> {
    long long there = 0;
    sql << "SELECT count(*) FROM person WHERE name = :name", soci::use(person.name), soci::into(there);
    if (there > 0) return std::nullopt;
    const std::string role(account::role_id(person.role));
    const long long active = person.active ? 1 : 0;
    sql << "INSERT INTO person (name, role, password, active, created_at) VALUES (:a, :b, :c, :d, :e)",
        soci::use(person.name), soci::use(role), soci::use(person.password), soci::use(active),
        soci::use(person.created_at);
    const int64_t made = last_id(sql);
    write_accounts(sql, made, person.accounts);
    return made;
  });
  if (!id) return tl::unexpected(id.error());
  if (*id) return **id;
  return fail(ErrorKind::kRefused, {"the name is taken", "该用户名已被使用"}, person.name,
              {"choose another", "请换一个"});
}

Result<account::Person> People::change_person(int64_t id, const Change& change) {
  auto done = writing_->write([&](soci::session& sql) -> Result<account::Person> {
    const auto people = read_people(sql);
    const auto found =
        std::find_if(people.begin(), people.end(), [&](const account::Person& person) { return person.id == id; });
    if (found == people.end()) return fail(ErrorKind::kNotFound, {"no such person", "没有该用户"});
    account::Person person = *found;
    person.role = change.role.value_or(person.role);
    person.active = change.active.value_or(person.active);
    person.accounts = change.accounts.value_or(person.accounts);
    const auto owns = [](const account::Person& one) { return one.active && one.role == account::Role::kOwner; };
    const bool others = std::any_of(people.begin(), people.end(),
                                    [&](const account::Person& one) { return one.id != id && owns(one); });
    if (owns(*found) && !owns(person) && !others)
      return fail(ErrorKind::kRefused, {"there has to be an owner", "至少需要一名所有者"}, person.name,
                  {"make another one first", "请先指定另一名所有者"});
    const std::string role(account::role_id(person.role));
    const long long active = person.active ? 1 : 0, number = id;
    sql << "UPDATE person SET role = :a, active = :b WHERE id = :id", soci::use(role), soci::use(active),
        soci::use(number);
    if (change.accounts) write_accounts(sql, id, person.accounts);
    return person;
  });
  return done ? std::move(*done) : tl::unexpected(done.error());
}

Result<bool> People::change_password(int64_t id, const std::string& old_hash, const std::string& new_hash) {
  return writing_->write([&](soci::session& sql) -> bool {
    const long long number = id;
    std::string now;
    sql << "SELECT password FROM person WHERE id = :id", soci::use(number), soci::into(now);
    if (!sql.got_data() || now != old_hash) return false;
    sql << "UPDATE person SET password = :p WHERE id = :id", soci::use(new_hash), soci::use(number);
    return true;
  });
}

Result<void> People::add_invitation(const account::Invitation& invitation) {
  return writing_->write([&](soci::session& sql) {
    const std::string role(account::role_id(invitation.role)), accounts = joined(invitation.accounts);
    const long long expires = invitation.expires;
    sql << "INSERT INTO invitation (hash, role, accounts, expires) VALUES (:a, :b, :c, :d)", soci::use(invitation.hash),
        soci::use(role), soci::use(accounts), soci::use(expires);
  });
}

Result<std::optional<account::Invitation>> People::take_invitation(const std::string& hash, int64_t now) {
  return writing_->write([&](soci::session& sql) -> std::optional<account::Invitation> {
    std::string given, accounts;
    long long expires = 0;
    sql << "SELECT role, accounts, expires FROM invitation WHERE hash = :hash", soci::use(hash), soci::into(given),
        soci::into(accounts), soci::into(expires);
    if (!sql.got_data()) return std::nullopt;
    sql << "DELETE FROM invitation WHERE hash = :hash", soci::use(hash);
    if (expires < now) return std::nullopt;
    return account::Invitation{hash, role(given), split(accounts), expires};
  });
}

Result<void> People::add_sign_in(const account::SignIn& sign_in) {
  return writing_->write([&](soci::session& sql) {
    const long long person = sign_in.person, expires = sign_in.expires;
    sql << "INSERT INTO session (hash, person_id, csrf, expires) VALUES (:a, :b, :c, :d)", soci::use(sign_in.hash),
        soci::use(person), soci::use(sign_in.csrf), soci::use(expires);
  });
}

Result<std::optional<account::SignIn>> People::sign_in(const std::string& hash, int64_t now) {
  return reading_->read([&](soci::session& sql) -> std::optional<account::SignIn> {
    long long person = 0, expires = 0;
    std::string csrf;
    sql << "SELECT person_id, csrf, expires FROM session WHERE hash = :hash", soci::use(hash), soci::into(person),
        soci::into(csrf), soci::into(expires);
    if (!sql.got_data() || expires < now) return std::nullopt;
    return account::SignIn{hash, person, csrf, expires};
  });
}

Result<void> People::end_sign_in(const std::string& hash) {
  return writing_->write([&](soci::session& sql) { sql << "DELETE FROM session WHERE hash = :hash", soci::use(hash); });
}

Result<void> People::forget_expired(int64_t now) {
  return writing_->write([&](soci::session& sql) {
    const long long before = now;
    sql << "DELETE FROM session WHERE expires < :now", soci::use(before);
    sql << "DELETE FROM invitation WHERE expires < :now", soci::use(before);
  });
}

Result<void> People::end_sign_ins(int64_t person, const std::string& but) {
  return writing_->write([&](soci::session& sql) {
    const long long id = person;
    sql << "DELETE FROM session WHERE person_id = :id AND hash <> :but", soci::use(id), soci::use(but);
  });
}

Result<int64_t> People::add_token(const account::ApiToken& token) {
  return writing_->write([&](soci::session& sql) -> int64_t {
    const long long person = token.person;
    const std::string role(account::role_id(token.role));
    sql << "INSERT INTO api_token (person_id, name, role, hash, created_at) VALUES (:a, :b, :c, :d, :e)",
        soci::use(person), soci::use(token.name), soci::use(role), soci::use(token.hash), soci::use(token.created_at);
    return last_id(sql);
  });
}

Result<std::vector<account::ApiToken>> People::tokens(std::optional<int64_t> person) {
  return reading_->read([&](soci::session& sql) {
    auto tokens = read_tokens(sql);
    if (person) std::erase_if(tokens, [&](const account::ApiToken& token) { return token.person != *person; });
    return tokens;
  });
}

Result<std::optional<account::ApiToken>> People::token(const std::string& hash) {
  return reading_->read([&](soci::session& sql) -> std::optional<account::ApiToken> {
    for (account::ApiToken& token : read_tokens(sql))
      if (token.hash == hash) return std::move(token);
    return std::nullopt;
  });
}

Result<void> People::remove_token(int64_t id) {
  return writing_->write([&](soci::session& sql) {
    const long long number = id;
    sql << "DELETE FROM api_token WHERE id = :id", soci::use(number);
  });
}

Result<void> People::add_audit(const account::AuditEntry& entry) {
  return writing_->write([&](soci::session& sql) {
    const long long owner = entry.account.value_or(0);
    soci::indicator given = entry.account ? soci::i_ok : soci::i_null;
    sql << "INSERT INTO audit (at, person, account_id, action, subject, detail) VALUES (:a, :b, :c, :d, :e, :f)",
        soci::use(entry.at), soci::use(entry.person), soci::use(owner, given), soci::use(entry.action),
        soci::use(entry.subject), soci::use(entry.detail);
  });
}

Result<std::vector<account::AuditEntry>> People::audit(std::optional<int64_t> before, int64_t most) {
  return reading_->read([&](soci::session& sql) {
    std::vector<account::AuditEntry> entries;
    const long long limit = most, first = before.value_or(INT64_MAX);
    soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT CAST(id AS TEXT), at, person, account_id, action, subject, detail FROM audit WHERE id "
                        "< :before ORDER BY audit.id DESC LIMIT :most",
         soci::use(first), soci::use(limit));
    for (const soci::row& row : rows)
      entries.push_back(
          {std::stoll(row.get<std::string>(0)), row.get<std::string>(1), row.get<std::string>(2),
           row.get_indicator(3) == soci::i_null ? std::nullopt : std::optional<int64_t>(row.get<long long>(3)),
           row.get<std::string>(4), row.get<std::string>(5), row.get<std::string>(6)});
    return entries;
  });
}

Result<std::vector<account::SavedView>> People::views(int64_t account, int64_t person) {
  return reading_->read([&](soci::session& sql) {
    std::vector<account::SavedView> views;
    const long long owner = account, whose = person;
    soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT CAST(id AS TEXT), screen, name, query FROM saved_view WHERE account_id = :a AND "
                        "person_id = :p ORDER BY screen, name",
         soci::use(owner), soci::use(whose));
    for (const soci::row& row : rows)
      views.push_back({std::stoll(row.get<std::string>(0)), person, row.get<std::string>(1), row.get<std::string>(2),
                       row.get<std::string>(3)});
    return views;
  });
}

Result<int64_t> People::set_view(int64_t account, const account::SavedView& view) {
  return writing_->write([&](soci::session& sql) -> int64_t {
    const long long owner = account, person = view.person;
    sql << "DELETE FROM saved_view WHERE account_id = :a AND person_id = :p AND screen = :s AND name = :n",
        soci::use(owner), soci::use(person), soci::use(view.screen), soci::use(view.name);
    sql << "INSERT INTO saved_view (account_id, person_id, screen, name, query) VALUES (:a, :p, :s, :n, :q)",
        soci::use(owner), soci::use(person), soci::use(view.screen), soci::use(view.name), soci::use(view.query);
    const long long id = last_id(sql);
    return id;
  });
}

Result<void> People::remove_view(int64_t person, int64_t id) {
  return writing_->write([&](soci::session& sql) {
    const long long number = id, whose = person;
    sql << "DELETE FROM saved_view WHERE id = :id AND person_id = :p", soci::use(number), soci::use(whose);
  });
}

}  // namespace destock::store

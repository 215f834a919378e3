#include "store/people.h"

#include "store/database.h"

namespace destock::store {
namespace {

std::string joined(const std::vector<int64_t>& numbers) {
  std::string text;
  for (int64_t number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
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

void write_accounts(soci::session& sql, const account::Person& person) {
  const long long id = person.id;
  sql << "DELETE FROM person_account WHERE person_id = :id", soci::use(id);
  for (const long long owned : person.accounts)
    sql << "INSERT INTO person_account (person_id, account_id) VALUES (:p, :a)", soci::use(id), soci::use(owned);
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

template <typename Work>
auto People::locked(Work work) {
  const std::scoped_lock one(*mutex_);
  return guarded(url_, work);
}

People::People(std::unique_ptr<soci::session> sql, std::string url)
    : sql_(std::move(sql)), url_(std::move(url)), mutex_(std::make_unique<std::mutex>()) {}
People::People(People&&) noexcept = default;
People::~People() = default;

Result<People> People::open(const std::string& url) {
  auto sql = open_database(url);
  if (!sql) return tl::unexpected(sql.error());
  return People(std::move(*sql), url);
}

Result<std::vector<account::Person>> People::people() {
  return locked([&] { return read_people(*sql_); });
}

Result<std::optional<account::Person>> People::person(const std::string& name) {
  return locked([&]() -> std::optional<account::Person> {
    for (account::Person& person : read_people(*sql_))
      if (person.name == name) return std::move(person);
    return std::nullopt;
  });
}

Result<int64_t> People::add_person(const account::Person& person) {
  const auto taken = this->person(person.name);
  if (!taken) return tl::unexpected(taken.error());
  if (*taken)
    return fail(ErrorKind::kRefused, {"the name is taken", "该用户名已被使用"}, person.name,
                {"choose another", "请换一个"});
  return locked([&]() -> int64_t {
    soci::transaction all(*sql_);
    const std::string role(account::role_id(person.role));
    const long long active = person.active ? 1 : 0;
    *sql_ << "INSERT INTO person (name, role, password, active, created_at) VALUES (:a, :b, :c, :d, :e)",
        soci::use(person.name), soci::use(role), soci::use(person.password), soci::use(active),
        soci::use(person.created_at);
    account::Person made = person;
    made.id = last_id(*sql_);
    write_accounts(*sql_, made);
    all.commit();
    return made.id;
  });
}

Result<void> People::set_person(const account::Person& person) {
  return locked([&] {
    soci::transaction all(*sql_);
    const std::string role(account::role_id(person.role));
    const long long active = person.active ? 1 : 0, id = person.id;
    *sql_ << "UPDATE person SET role = :a, password = :b, active = :c WHERE id = :id", soci::use(role),
        soci::use(person.password), soci::use(active), soci::use(id);
    write_accounts(*sql_, person);
    all.commit();
  });
}

Result<void> People::add_invitation(const account::Invitation& invitation) {
  return locked([&] {
    const std::string role(account::role_id(invitation.role)), accounts = joined(invitation.accounts);
    const long long expires = invitation.expires;
    *sql_ << "INSERT INTO invitation (hash, role, accounts, expires) VALUES (:a, :b, :c, :d)",
        soci::use(invitation.hash), soci::use(role), soci::use(accounts), soci::use(expires);
  });
}

Result<std::optional<account::Invitation>> People::take_invitation(const std::string& hash, int64_t now) {
  return locked([&]() -> std::optional<account::Invitation> {
    soci::transaction all(*sql_);
    std::string given, accounts;
    long long expires = 0;
    *sql_ << "SELECT role, accounts, expires FROM invitation WHERE hash = :hash", soci::use(hash), soci::into(given),
        soci::into(accounts), soci::into(expires);
    if (!sql_->got_data()) return std::nullopt;
    *sql_ << "DELETE FROM invitation WHERE hash = :hash", soci::use(hash);
    all.commit();
    if (expires < now) return std::nullopt;
    return account::Invitation{hash, role(given), split(accounts), expires};
  });
}

Result<void> People::add_sign_in(const account::SignIn& sign_in) {
  return locked([&] {
    const long long person = sign_in.person, expires = sign_in.expires;
    *sql_ << "INSERT INTO session (hash, person_id, csrf, expires) VALUES (:a, :b, :c, :d)", soci::use(sign_in.hash),
        soci::use(person), soci::use(sign_in.csrf), soci::use(expires);
  });
}

Result<std::optional<account::SignIn>> People::sign_in(const std::string& hash, int64_t now) {
  return locked([&]() -> std::optional<account::SignIn> {
    long long person = 0, expires = 0;
    std::string csrf;
    *sql_ << "SELECT person_id, csrf, expires FROM session WHERE hash = :hash", soci::use(hash), soci::into(person),
        soci::into(csrf), soci::into(expires);
    if (!sql_->got_data() || expires < now) return std::nullopt;
    return account::SignIn{hash, person, csrf, expires};
  });
}

Result<void> People::end_sign_in(const std::string& hash) {
  return locked([&] { *sql_ << "DELETE FROM session WHERE hash = :hash", soci::use(hash); });
}

Result<void> People::end_sign_ins(int64_t person, const std::string& but) {
  return locked([&] {
    const long long id = person;
    *sql_ << "DELETE FROM session WHERE person_id = :id AND hash <> :but", soci::use(id), soci::use(but);
  });
}

Result<int64_t> People::add_token(const account::ApiToken& token) {
  return locked([&]() -> int64_t {
    const long long person = token.person;
    const std::string role(account::role_id(token.role));
    *sql_ << "INSERT INTO api_token (person_id, name, role, hash, created_at) VALUES (:a, :b, :c, :d, :e)",
        soci::use(person), soci::use(token.name), soci::use(role), soci::use(token.hash), soci::use(token.created_at);
    return last_id(*sql_);
  });
}

Result<std::vector<account::ApiToken>> People::tokens(std::optional<int64_t> person) {
  return locked([&] {
    auto tokens = read_tokens(*sql_);
    if (person) std::erase_if(tokens, [&](const account::ApiToken& token) { return token.person != *person; });
    return tokens;
  });
}

Result<std::optional<account::ApiToken>> People::token(const std::string& hash) {
  return locked([&]() -> std::optional<account::ApiToken> {
    for (account::ApiToken& token : read_tokens(*sql_))
      if (token.hash == hash) return std::move(token);
    return std::nullopt;
  });
}

Result<void> People::remove_token(int64_t id) {
  return locked([&] {
    const long long number = id;
    *sql_ << "DELETE FROM api_token WHERE id = :id", soci::use(number);
  });
}

Result<void> People::add_audit(const account::AuditEntry& entry) {
  return locked([&] {
    const long long owner = entry.account.value_or(0);
    soci::indicator given = entry.account ? soci::i_ok : soci::i_null;
    *sql_ << "INSERT INTO audit (at, person, account_id, action, subject, detail) VALUES (:a, :b, :c, :d, :e, :f)",
        soci::use(entry.at), soci::use(entry.person), soci::use(owner, given), soci::use(entry.action),
        soci::use(entry.subject), soci::use(entry.detail);
  });
}

Result<std::vector<account::AuditEntry>> People::audit(std::optional<int64_t> before, int64_t most) {
  return locked([&] {
    std::vector<account::AuditEntry> entries;
    const long long limit = most, first = before.value_or(INT64_MAX);
    soci::rowset<soci::row> rows =
        (sql_->prepare
             << "SELECT CAST(id AS TEXT), at, person, account_id, action, subject, detail FROM audit WHERE id "
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
  return locked([&] {
    std::vector<account::SavedView> views;
    const long long owner = account, whose = person;
    soci::rowset<soci::row> rows =
        (sql_->prepare << "SELECT CAST(id AS TEXT), screen, name, query FROM saved_view WHERE account_id = :a AND "
                          "person_id = :p ORDER BY screen, name",
         soci::use(owner), soci::use(whose));
    for (const soci::row& row : rows)
      views.push_back({std::stoll(row.get<std::string>(0)), person, row.get<std::string>(1), row.get<std::string>(2),
                       row.get<std::string>(3)});
    return views;
  });
}

Result<int64_t> People::set_view(int64_t account, const account::SavedView& view) {
  return locked([&]() -> int64_t {
    soci::transaction all(*sql_);
    const long long owner = account, person = view.person;
    *sql_ << "DELETE FROM saved_view WHERE account_id = :a AND person_id = :p AND screen = :s AND name = :n",
        soci::use(owner), soci::use(person), soci::use(view.screen), soci::use(view.name);
    *sql_ << "INSERT INTO saved_view (account_id, person_id, screen, name, query) VALUES (:a, :p, :s, :n, :q)",
        soci::use(owner), soci::use(person), soci::use(view.screen), soci::use(view.name), soci::use(view.query);
    const long long id = last_id(*sql_);
    all.commit();
    return id;
  });
}

Result<void> People::remove_view(int64_t person, int64_t id) {
  return locked([&] {
    const long long number = id, whose = person;
    *sql_ << "DELETE FROM saved_view WHERE id = :id AND person_id = :p", soci::use(number), soci::use(whose);
  });
}

}  // namespace destock::store

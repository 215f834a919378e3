// What stands beside the facts of an account: its settings, jobs, and what tells that something changed.

#include "store/database.h"
#include "store/store.h"

namespace destock::store {
namespace {

account::JobState job_state_of(const std::string& id) {
  for (size_t i = 0; i < std::size(account::kJobStateIds); ++i)
    if (account::kJobStateIds[i] == id) return static_cast<account::JobState>(i);
  return account::JobState::kFailed;
}

std::vector<account::JobRecord> read_jobs(soci::session& sql, const std::string& where) {
  std::vector<account::JobRecord> jobs;
  soci::rowset<soci::row> rows = sql.prepare << "SELECT CAST(id AS TEXT), account_id, kind, state, person, request, "
                                                "result, created_at, ended_at FROM job WHERE " +
                                                    where;
  for (const soci::row& row : rows)
    jobs.push_back({std::stoll(row.get<std::string>(0)), row.get<long long>(1), row.get<std::string>(2),
                    job_state_of(row.get<std::string>(3)), row.get<std::string>(4), row.get<std::string>(5),
                    row.get<std::string>(6), row.get<std::string>(7), row.get<std::string>(8)});
  return jobs;
}

}  // namespace

Result<std::map<int64_t, std::string>> Store::accounts() {
  return guarded(file_->path(), [&] {
    std::map<int64_t, std::string> accounts;
    soci::rowset<soci::row> rows = sql_->prepare << "SELECT CAST(id AS TEXT), name FROM account ORDER BY id";
    for (const soci::row& row : rows) accounts.emplace(std::stoll(row.get<std::string>(0)), row.get<std::string>(1));
    return accounts;
  });
}

Result<void> Store::rename_account(int64_t account, const std::string& name) {
  const auto there = find_account(name);
  if (!there) return tl::unexpected(there.error());
  if (*there && **there != account)
    return fail(ErrorKind::kRefused, {"another account has this name", "已有同名账户"}, name,
                {"choose another", "请换一个"});
  return written(*sql_, *file_, [&] {
    const long long id = account;
    *sql_ << "UPDATE account SET name = :name WHERE id = :id", soci::use(name), soci::use(id);
    raise_revision(*sql_, account);
  });
}

Result<std::string> Store::state_of(int64_t account) {
  return guarded(file_->path(), [&] {
    const long long id = account;
    std::string state;
    // Plans are only ever added: their number tells of them, and a plan changes nothing of the account.
    *sql_ << "SELECT a.revision || '-' || COALESCE((SELECT max(p.id) FROM plan p WHERE p.account_id = a.id), 0) || '|' "
             "|| a.name FROM account a WHERE a.id = :id",
        soci::use(id), soci::into(state);
    return state;
  });
}

Result<std::string> Store::facts_state_of(int64_t account) {
  return guarded(file_->path(), [&] {
    const long long id = account;
    std::string state;
    *sql_ << "SELECT facts_revision || '|' || name FROM account WHERE id = :id", soci::use(id), soci::into(state);
    return state;
  });
}

namespace {

std::map<std::string, std::string> read_settings(soci::session& sql, int64_t account) {
  std::map<std::string, std::string> settings;
  const long long id = account;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT name, value FROM setting WHERE account_id = :id", soci::use(id));
  for (const soci::row& row : rows) settings.emplace(row.get<std::string>(0), row.get<std::string>(1));
  return settings;
}

std::optional<Currency> read_base_currency(soci::session& sql, int64_t account) {
  std::string code;
  soci::indicator given = soci::i_null;
  const long long id = account;
  sql << "SELECT base_currency FROM account WHERE id = :id", soci::use(id), soci::into(code, given);
  return given == soci::i_ok ? Currency::parse(code) : std::nullopt;
}

void write_settings(soci::session& sql, int64_t account, const Store::Settings& settings) {
  const long long id = account;
  sql << "DELETE FROM setting WHERE account_id = :id", soci::use(id);
  for (const auto& [name, value] : settings.values)
    sql << "INSERT INTO setting (account_id, name, value) VALUES (:id, :name, :value)", soci::use(id), soci::use(name),
        soci::use(value);
  const std::string code = settings.base_currency ? settings.base_currency->str() : std::string();
  sql << "UPDATE account SET base_currency = NULLIF(:code, '') WHERE id = :id", soci::use(code), soci::use(id);
}

}  // namespace

Result<std::map<std::string, std::string>> Store::settings(int64_t account) {
  return guarded(file_->path(), [&] { return read_settings(*sql_, account); });
}

Result<std::optional<Currency>> Store::base_currency(int64_t account) {
  return guarded(file_->path(), [&] { return read_base_currency(*sql_, account); });
}

Result<Store::Settings> Store::change_settings(int64_t account,
                                               const std::function<Result<Settings>(Settings)>& change) {
  auto done = written(*sql_, *file_, [&]() -> Result<Settings> {
    auto changed = change({read_settings(*sql_, account), read_base_currency(*sql_, account)});
    if (!changed) return changed;
    write_settings(*sql_, account, *changed);
    raise_revision(*sql_, account);
    return changed;
  });
  return done ? std::move(*done) : tl::unexpected(done.error());
}

Result<int64_t> Store::add_job(const account::JobRecord& job) {
  return written(*sql_, *file_, [&]() -> int64_t {
    const long long owner = job.account;
    const std::string state(account::job_state_id(job.state));
    *sql_ << "INSERT INTO job (account_id, kind, state, person, request, result, created_at, ended_at) VALUES (:a, :b, "
             ":c, :d, :e, :f, :g, :h)",
        soci::use(owner), soci::use(job.kind), soci::use(state), soci::use(job.person), soci::use(job.request),
        soci::use(job.result), soci::use(job.created_at), soci::use(job.ended_at);
    long long id = 0;
    *sql_ << "SELECT last_insert_rowid()", soci::into(id);
    return id;
  });
}

Result<void> Store::set_job(const account::JobRecord& job) {
  return written(*sql_, *file_, [&] {
    const long long id = job.id;
    const std::string state(account::job_state_id(job.state));
    *sql_ << "UPDATE job SET state = :a, result = :b, ended_at = :c WHERE id = :id", soci::use(state),
        soci::use(job.result), soci::use(job.ended_at), soci::use(id);
  });
}

Result<std::vector<account::JobRecord>> Store::jobs(int64_t account, int64_t most) {
  return guarded(file_->path(), [&] {
    return read_jobs(*sql_,
                     "account_id = " + std::to_string(account) + " ORDER BY id DESC LIMIT " + std::to_string(most));
  });
}

Result<std::optional<account::JobRecord>> Store::job(int64_t id) {
  return guarded(file_->path(), [&]() -> std::optional<account::JobRecord> {
    auto jobs = read_jobs(*sql_, "id = " + std::to_string(id));
    if (jobs.empty()) return std::nullopt;
    return std::move(jobs.front());
  });
}

Result<int64_t> Store::interrupt_jobs(const std::string& now) {
  return written(*sql_, *file_, [&]() -> int64_t {
    const auto open = read_jobs(*sql_, "state IN ('queued', 'running')");
    *sql_ << "UPDATE job SET state = 'interrupted', ended_at = :now WHERE state IN ('queued', 'running')",
        soci::use(now);
    return static_cast<int64_t>(open.size());
  });
}

}  // namespace destock::store

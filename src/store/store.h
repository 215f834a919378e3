#pragma once
// The store: imports, facts, plans and decisions of accounts. Every write is one transaction, which also raises the
// account's revision where an answer may rest on what it wrote. One Store per thread; any number of them, of this
// program or another, on one database: who writes waits for who is writing, reading waits for nobody.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "account/assemble.h"
#include "account/import_record.h"
#include "account/job_record.h"
#include "account/plan_record.h"
#include "base/result.h"
#include "store/patience.h"
#include "store/when_missing.h"

namespace soci {
class session;
}

namespace destock::store {

class DatabaseFile;

class Store {
public:
  // Opens, or creates where it may; migrates an older schema. Errors as of open_database().
  static Result<Store> open(const std::string& url);
  static Result<Store> open(const std::string& url, WhenMissing when);
  // What opening did to an older database, and where its copy lies; empty: nothing.
  const Text& notice() const { return notice_; }
  // How long a write waits for another program's; kCommandPatience where nothing is said.
  void set_patience(std::chrono::seconds patience);
  Store(Store&&) noexcept;
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  Store& operator=(Store&&) = delete;

  // The account of that name, made if it is not there.
  Result<int64_t> account(const std::string& name);
  Result<std::optional<int64_t>> find_account(const std::string& name);
  Result<std::optional<Currency>> base_currency(int64_t account);
  Result<void> set_base_currency(int64_t account, Currency currency);

  // Imports. What is not discarded is known by its bytes and options: the newest such import.
  Result<std::optional<account::ImportRecord>> known_import(int64_t account, const std::string& content_hash,
                                                            const std::string& options);
  // Writes the record, its facts and its refused rows, all or nothing, and gives its id; `known`, and the id of the one
  // that is there, where another program was quicker.
  struct Added {
    int64_t id = 0;
    bool known = false;
  };
  Result<Added> add_import(int64_t account, const account::ImportRecord& record, const account::ReportFacts& facts,
                           std::span<const account::RefusedRow> refused);
  Result<std::vector<account::ImportRecord>> imports(int64_t account);  // oldest first
  Result<std::vector<account::RefusedRow>> refused_rows(int64_t import, int64_t most);
  // kRefused where the same file is in use by another import.
  Result<void> set_import_status(int64_t account, int64_t import, account::ImportStatus status);

  // The marketplace whose listings hold most of these SKUs; nothing if fewer than half are known anywhere.
  Result<std::optional<std::string>> marketplace_of_skus(int64_t account, std::span<const std::string> skus);
  // The newest day that any snapshot in force is true for; the day after the last sale where there is no snapshot.
  Result<std::optional<Date>> latest_day(int64_t account);
  // All facts in force on a day.
  Result<account::FactsInForce> facts_in_force(int64_t account, Date as_of);
  // Units by listing of the sales in [from, to], best-sellers first: "marketplace\0sku" and units.
  Result<std::vector<std::pair<std::string, int64_t>>> best_sellers(int64_t account, const std::string& marketplace,
                                                                    Date from, Date to, int64_t most);

  // Units that one import says were sold in a marketplace in [from, to].
  Result<int64_t> units_sold(int64_t import, const std::string& marketplace, Date from, Date to);

  Result<void> add_rate(int64_t account, const account::ExchangeRateRow& rate);
  Result<std::vector<account::ExchangeRateRow>> rates(int64_t account);

  Result<int64_t> add_plan(int64_t account, const account::PlanRecord& plan);
  // A plan by id; the account's newest (no trial) where no id is given.
  Result<std::optional<account::PlanRecord>> plan(int64_t account, std::optional<int64_t> id);
  Result<std::vector<account::PlanHead>> plans(int64_t account);  // newest first
  Result<std::vector<account::PlanChoice>> choices(int64_t account);
  Result<void> decide(int64_t account, std::span<const account::ChoiceChange> changes, const std::string& person,
                      const std::string& at);

  // kRefused where another account has the name.
  Result<void> rename_account(int64_t account, const std::string& name);
  // Every account's name, by number.
  Result<std::map<int64_t, std::string>> accounts();
  // A text that changes whenever an import, a rate, a setting or a plan does, by whatever program, and never returns.
  Result<std::string> state_of(int64_t account);
  Result<std::map<std::string, std::string>> settings(int64_t account);
  // What `change` makes of them as they stand, nobody writing in between; its error leaves them as they are.
  struct Settings {
    std::map<std::string, std::string> values;
    std::optional<Currency> base_currency;
  };
  Result<Settings> change_settings(int64_t account, const std::function<Result<Settings>(Settings)>& change);

  // Jobs. add_job gives the number; set_job writes state, result and time; interrupt_jobs ends those a dead server
  // left.
  Result<int64_t> add_job(const account::JobRecord& job);
  Result<void> set_job(const account::JobRecord& job);
  Result<std::vector<account::JobRecord>> jobs(int64_t account, int64_t most);  // newest first
  Result<std::optional<account::JobRecord>> job(int64_t id);
  Result<int64_t> interrupt_jobs(const std::string& now);

private:
  Store(std::unique_ptr<soci::session> sql, std::shared_ptr<const DatabaseFile> file, Text notice);
  std::unique_ptr<soci::session> sql_;
  std::shared_ptr<const DatabaseFile> file_;
  Text notice_;
};

}  // namespace destock::store

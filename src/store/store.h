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

#include "account/action_record.h"
#include "account/assemble.h"
#include "account/import_record.h"
#include "account/job_record.h"
#include "account/plan_record.h"
#include "base/result.h"
#include "store/made_lines.h"
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

  // The marketplaces whose listings hold most of these SKUs, several where they hold as many; none if fewer than half
  // are known anywhere.
  Result<std::vector<std::string>> marketplaces_of_skus(int64_t account, std::span<const std::string> skus);
  Result<std::vector<std::string>> marketplaces(int64_t account);  // with listings
  Result<std::vector<std::string>> skus(int64_t account);          // of all marketplaces, each once
  Result<std::vector<std::string>> listings_of_sku(int64_t account, const std::string& sku);  // its marketplaces
  // The SKUs of one import's rows in a marketplace: of a report of stock or of fees, else none.
  Result<std::vector<std::string>> skus_of(int64_t import, account::ReportKind report, const std::string& marketplace);
  // The newest day that any snapshot in force is true for; the day after the last sale where there is no snapshot.
  Result<std::optional<Date>> latest_day(int64_t account);
  // All facts in force on a day.
  Result<account::FactsInForce> facts_in_force(int64_t account, Date as_of);
  // Units by listing of the sales in [from, to], best-sellers first: "marketplace\0sku" and units.
  Result<std::vector<std::pair<std::string, int64_t>>> best_sellers(int64_t account, const std::string& marketplace,
                                                                    Date from, Date to, int64_t most);

  // Units that one import says were sold in a marketplace in [from, to].
  Result<int64_t> units_sold(int64_t import, const std::string& marketplace, Date from, Date to);
  // The orders that it tells of those days, by day; none where it is an import from before they were kept.
  Result<std::vector<account::OrdersOfDay>> orders_of(int64_t import, const std::string& marketplace, Date from,
                                                      Date to);

  // What became of stock and offers, by the reports in force, of whatever day.
  Result<std::vector<account::RemovalOrderRow>> removal_orders(int64_t account);  // as last updated, oldest first
  Result<std::vector<account::RemovalShipmentRow>> removal_shipments(int64_t account);
  Result<std::vector<account::SettledDay>> settled_days(int64_t account, Date from, Date to);
  Result<std::vector<account::SettledAmount>> settled_amounts(int64_t account);
  Result<std::vector<account::TrafficRow>> traffic(int64_t account);
  Result<std::vector<account::StockEventRow>> stock_events(int64_t account);
  Result<std::vector<account::PromotionUseRow>> promotion_uses(int64_t account);
  Result<std::vector<account::PromotionRow>> promotions(int64_t account);  // coupons too, by their start

  Result<void> add_rate(int64_t account, const account::ExchangeRateRow& rate);
  Result<std::vector<account::ExchangeRateRow>> rates(int64_t account);

  // `renew`: of a plan of the account, which of the actions there are go on in it; none for a trial. Actions that stand
  // in no plan any more and of which nothing was ever decided are forgotten.
  using NextNumber = std::function<int64_t(const std::string& week)>;
  using RenewActions =
      std::function<std::vector<account::ActionRecord>(std::span<const account::ActionRecord>, const NextNumber&)>;
  Result<int64_t> add_plan(int64_t account, const account::PlanRecord& plan, const RenewActions& renew = {});
  // The same for a plan that is there already: of a database from before actions were kept.
  Result<bool> lacks_actions(int64_t account, int64_t plan);  // it has steps with a figure, and no action of them
  Result<void> renew_actions_of(int64_t account, int64_t plan, const RenewActions& renew);
  // Lines as plans made them last, one a SKU, by a hash of everything that went into each; nothing rests on them.
  Result<std::map<account::LineKey, std::string>> inputs_of_made_lines(int64_t account);
  // Those that were made of these inputs, and can be read.
  Result<void> made_lines(int64_t account, const std::map<account::LineKey, std::string>& wanted,
                          const std::function<void(account::PlanLine)>& take);
  Result<void> keep_made_lines(int64_t account, std::span<const MadeLine> made, std::span<const account::LineKey> gone);
  // A plan by id; the account's newest (no trial) where no id is given.
  Result<std::optional<account::PlanRecord>> plan(int64_t account, std::optional<int64_t> id);
  Result<std::vector<account::PlanHead>> plans(int64_t account);  // newest first
  Result<std::vector<account::PlanChoice>> choices(int64_t account);
  // Each change is a row of the log, with what stood before; `besides`: rows that go with them.
  Result<void> decide(int64_t account, std::span<const account::ChoiceChange> changes, const std::string& person,
                      const std::string& at, std::span<const account::DeskEvent> besides = {});

  // Actions that people carry out, and what was decided and seen of them and of SKUs; oldest first.
  Result<std::vector<account::DeskEvent>> desk_events(int64_t account);
  Result<std::vector<account::DeskEvent>> demand_events(int64_t account);  // of SKUs' demand, and what takes them back
  struct Desk {
    std::vector<account::ActionRecord> actions;
    std::vector<account::DeskEvent> events;
  };
  Result<Desk> desk(int64_t account);
  // Adds what `decide` makes of them as they stand, nobody writing in between; its error adds nothing.
  Result<void> add_desk_events(int64_t account,
                               const std::function<Result<std::vector<account::DeskEvent>>(const Desk&)>& decide);
  // Adds actions of a person's own and what is decided of them, as `make` says of the desk as it stands; the action's
  // ids are given by `next`, by ISO week. Its error adds nothing.
  using MakeActions =
      std::function<Result<Desk>(const Desk&, const std::function<int64_t(const std::string& week)>& next)>;
  Result<void> add_own_actions(int64_t account, const MakeActions& make);
  // Files that carry actions out. The same name and bytes are the same file: its id is given back.
  Result<int64_t> add_written_file(int64_t account, const account::WrittenFile& file);
  Result<std::vector<account::WrittenFile>> written_files(int64_t account);  // newest first, without their bytes
  Result<std::optional<account::WrittenFile>> written_file(int64_t account, int64_t id);
  // Prices that snapshots in force tell of listings, by day.
  struct PriceSeen {
    std::string marketplace, sku, asin;
    Date day;
    std::optional<Money> price, sales_price;
    std::optional<int64_t> available;
    const std::optional<Money>& asked() const { return sales_price ? sales_price : price; }
  };
  Result<std::vector<PriceSeen>> prices_seen(int64_t account, Date from);

  // kRefused where another account has the name.
  Result<void> rename_account(int64_t account, const std::string& name);
  // Every account's name, by number.
  Result<std::map<int64_t, std::string>> accounts();
  // A text that changes whenever an import, a rate, a setting or a plan does, by whatever program, and never returns.
  Result<std::string> state_of(int64_t account);
  // The same of what its facts rest on alone: no plan changes it, and no decision but on demand.
  Result<std::string> facts_state_of(int64_t account);
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

#pragma once
// Accounts as they stand, kept in memory between requests: loaded once, made anew when the database says that
// something changed, by this program or another.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/plan.h"
#include "app/state.h"
#include "deliver/table.h"
#include "demand/account_forecast.h"
#include "server/table_query.h"
#include "store/store.h"

namespace destock::server {

struct AccountView {
  std::string revision;                         // changes with whatever an answer rests on: what is stored, and the day
  std::shared_ptr<const app::Context> context;  // with the account's settings
  app::AccountState state;
  demand::AccountForecast forecast;                           // reaches the plan's horizon and what is sold on after it
  std::optional<account::PlanRecord> plan;                    // the newest
  std::map<std::string, deliver::Table, std::less<>> tables;  // by name
  std::map<account::LineKey, size_t> listings;
};

// How its tables compare money.
InBase in_base_of(const AccountView& view);

class Views;
// Back to where it was taken from.
struct GiveBack {
  Views* views = nullptr;
  void operator()(store::Store* store) const;
};
using StoreLease = std::unique_ptr<store::Store, GiveBack>;

class Views {
public:
  Views(std::string url, const app::Context& context) : url_(std::move(url)), context_(context) {}

  // kNotFound where nothing was imported yet.
  Result<std::shared_ptr<const AccountView>> get(int64_t account);
  // A store for one request; kept for the next. Its writes wait seconds for another program's.
  Result<StoreLease> store();
  // As it is shipped, without an account's settings.
  const app::Context& context() const { return context_; }

private:
  friend struct GiveBack;
  struct Slot {
    std::mutex making;
    std::shared_ptr<const AccountView> view;
  };
  Result<std::shared_ptr<const AccountView>> make(store::Store& store, int64_t account, const std::string& revision);

  std::string url_;
  const app::Context& context_;
  std::mutex mutex_;
  std::map<int64_t, std::shared_ptr<Slot>> slots_;
  std::vector<std::unique_ptr<store::Store>> stores_;
};

}  // namespace destock::server

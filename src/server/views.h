#pragma once
// Accounts as they stand, kept in memory between requests: loaded once, made anew when the database says that
// something changed, by this program or another.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "app/plan.h"
#include "app/state.h"
#include "deliver/table.h"
#include "demand/account_forecast.h"
#include "server/table_query.h"
#include "store/store.h"

namespace destock::server {

// What is worked out once, when somebody first asks for it; who comes meanwhile waits. Safe to use from any thread.
template <typename T>
class Late {
public:
  explicit Late(std::function<T()> make) : make_(std::move(make)) {}
  const T& get() const {
    std::call_once(once_, [this] { made_ = make_(); });
    return made_;
  }

private:
  std::function<T()> make_;
  mutable std::once_flag once_;
  mutable T made_;
};

using Tables = std::map<std::string, Late<deliver::Table>, std::less<>>;  // by name

// What rests on an account's facts and the day alone: the part that takes long. Neither plans nor what is decided of
// them change it.
class AccountGround {
public:
  AccountGround(std::string revision_of, std::shared_ptr<const app::Context> with, app::AccountState loaded);
  AccountGround(const AccountGround&) = delete;
  AccountGround& operator=(const AccountGround&) = delete;

  void add(const std::string& name, const std::function<deliver::Table()>& make);
  const deliver::Table* table(std::string_view name) const;  // null: none of that name
  // Reaches the plan's horizon and what is sold on after it.
  const demand::AccountForecast& forecast() const { return forecast_.get(); }
  const std::vector<restock::RestockLine>& restock_lines() const { return restock_lines_.get(); }
  // All that is late, for who asks next.
  void warm() const;

  const std::string revision;
  const std::shared_ptr<const app::Context> context;  // with the account's settings
  const app::AccountState state;
  std::map<account::LineKey, size_t> listings;

private:
  Late<demand::AccountForecast> forecast_;
  Late<std::vector<restock::RestockLine>> restock_lines_;
  Tables tables_;
};

struct AccountView {
  explicit AccountView(std::shared_ptr<const AccountGround> rests_on) : ground(std::move(rests_on)) {}
  AccountView(const AccountView&) = delete;
  AccountView& operator=(const AccountView&) = delete;

  const deliver::Table* table(std::string_view name) const;  // null: none of that name

  std::string revision;  // changes with whatever an answer rests on: what is stored, and the day
  std::shared_ptr<const AccountGround> ground;
  const std::shared_ptr<const app::Context>& context = ground->context;
  const app::AccountState& state = ground->state;
  const std::map<account::LineKey, size_t>& listings = ground->listings;
  std::optional<account::PlanRecord> plan;  // the newest
  Tables tables;                            // that show something of the plan
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
  // So that the next to look finds it made, whatever is looked at.
  void warm(int64_t account);
  // A store for one request; kept for the next. Its writes wait seconds for another program's.
  Result<StoreLease> store();
  // As it is shipped, without an account's settings.
  const app::Context& context() const { return context_; }

private:
  friend struct GiveBack;
  struct Slot {
    std::mutex making;
    std::shared_ptr<const AccountGround> ground;
    std::shared_ptr<const AccountView> view;
  };
  Result<std::shared_ptr<const AccountGround>> make_ground(store::Store& store, int64_t account,
                                                           const std::string& revision);

  std::string url_;
  const app::Context& context_;
  std::mutex mutex_;
  std::map<int64_t, std::shared_ptr<Slot>> slots_;
  std::vector<std::unique_ptr<store::Store>> stores_;
};

}  // namespace destock::server

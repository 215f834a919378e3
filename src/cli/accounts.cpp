// destock accounts [--currency CNY] · accounts add NAME · accounts rename OLD NEW

#include <iostream>
#include <memory>

#include "app/settings.h"
#include "app/together.h"
#include "cli/command.h"
#include "server/api.h"
#include "server/names.h"

namespace destock::cli {
namespace {

struct AccountsFlags {
  std::string name, new_name, currency;
};

struct Loaded {
  int64_t id;
  std::string name;
  std::optional<app::AccountState> state;  // nothing: nothing was imported yet
  std::optional<account::PlanRecord> plan;
};

Result<Loaded> loaded(store::Store& store, int64_t id, const std::string& name, std::optional<Date> as_of,
                      const app::Context& shipped) {
  Loaded out{id, name, {}, {}};
  const auto settings = store.settings(id);
  if (!settings) return tl::unexpected(settings.error());
  app::Context context = app::with_settings(shipped, *settings);
  auto state = app::load_state(store, id, as_of, context);
  if (!state) {
    if (state.error().kind == ErrorKind::kNotFound) return out;
    return tl::unexpected(state.error());
  }
  out.state = std::move(*state);
  auto plan = store.plan(id, std::nullopt);
  if (!plan) return tl::unexpected(plan.error());
  out.plan = std::move(*plan);
  return out;
}

int run_together(const Session& session, const AccountsFlags& flags) {
  const auto as_of = session.as_of();
  if (!as_of) return session.code();
  std::optional<Currency> currency;
  if (!flags.currency.empty()) {
    currency = Currency::parse(flags.currency);
    if (!currency)
      return session.failed({ErrorKind::kBadUsage,
                             {"not a currency: " + flags.currency, "不是币种：" + flags.currency},
                             "--currency",
                             {"three letters, as USD", "请使用三个字母的代码，如 USD"}});
  }
  const auto context = session.context();
  if (!context) return session.code();
  auto store = store::Store::open(session.database(), store::WhenMissing::kRefuse);
  if (!store) return session.failed(store.error());
  const auto names = store->accounts();
  if (!names) return session.failed(names.error());
  std::vector<Loaded> all;
  std::vector<Currency> bases;
  for (const auto& [id, name] : *names) {
    auto one = loaded(*store, id, name, *as_of, *context);
    if (!one) return session.failed(one.error());
    if (one->state) bases.push_back(one->state->health.figures.base_currency);
    all.push_back(std::move(*one));
  }
  app::Together together{currency ? *currency : app::common_currency(bases), {}};
  for (const Loaded& one : all)
    together.accounts.push_back(
        one.state ? app::sums_of(one.id, one.name, *one.state, one.plan ? &*one.plan : nullptr, together.currency)
                  : app::AccountSums{one.id, one.name});
  if (session.format() == Format::kJson) {
    session.print_json(app::together_json(together, session.lang()));
    return kDone;
  }
  session.print(app::together_table(together));
  session.warn(app::together_notes(together));
  return kDone;
}

int run_add(const Session& session, const AccountsFlags& flags) {
  if (const auto fault = server::account_name_fault(flags.name)) return session.failed(*fault);
  auto store = store::Store::open(session.database());
  if (!store) return session.failed(store.error());
  const auto there = store->find_account(flags.name);
  if (!there) return session.failed(there.error());
  if (!*there)
    if (const auto made = store->account(flags.name); !made) return session.failed(made.error());
  session.note(*there ? Text{"the account is there already: " + flags.name, "账户已存在：" + flags.name}
                      : Text{"made: " + flags.name + "; import into it with --account " + flags.name,
                             "已创建：" + flags.name + "；导入时请加 --account " + flags.name});
  return kDone;
}

int run_rename(const Session& session, const AccountsFlags& flags) {
  if (const auto fault = server::account_name_fault(flags.new_name)) return session.failed(*fault);
  auto store = store::Store::open(session.database(), store::WhenMissing::kRefuse);
  if (!store) return session.failed(store.error());
  const auto there = store->find_account(flags.name);
  if (!there) return session.failed(there.error());
  if (!*there) return session.failed(session.no_account(*store, flags.name));
  if (const auto done = store->rename_account(**there, flags.new_name); !done) return session.failed(done.error());
  session.note({flags.name + " is called " + flags.new_name + " now", flags.name + " 已更名为 " + flags.new_name});
  return kDone;
}

}  // namespace

void add_accounts(Commands& commands) {
  auto flags = std::make_shared<AccountsFlags>();
  const Flags command =
      commands.add("accounts", {"every account with its figures, together in one currency; make and rename accounts",
                                "列出所有账户及其指标，并按同一币种合计；新建、重命名账户"});
  command.text(
      "--currency", flags->currency,
      {"the sums' currency; default the one that most accounts count in", "合计所用币种；默认多数账户的本位币"});
  command.runs([flags](const Session& session) { return run_together(session, *flags); });
  const Flags add = command.add("add", {"make an account", "新建账户"});
  add.text("NAME", flags->name).required();
  add.runs([flags](const Session& session) { return run_add(session, *flags); });
  const Flags rename = command.add("rename", {"give an account another name", "重命名账户"});
  rename.text("OLD", flags->name).required();
  rename.text("NEW", flags->new_name).required();
  rename.runs([flags](const Session& session) { return run_rename(session, *flags); });
  rename.example(
      {"Example: destock accounts rename default \"US shop\"", "示例：destock accounts rename default 美国店"});
}

// destock openapi

void add_openapi(Commands& commands) {
  commands.add("openapi", {"the contract of the API, as YAML", "以 YAML 输出 API 契约"}).runs([](const Session&) {
    std::cout << server::openapi_yaml();
    return kDone;
  });
}

}  // namespace destock::cli

#include "cli/session.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "app/settings.h"
#include "cli/terminal.h"

namespace destock::cli {
namespace {

std::string database_url(const Options& options) {
  if (!options.db.empty()) return options.db;
  if (const char* given = std::getenv("DESTOCK_DB"); given && *given) return given;
  return "destock.db";
}

}  // namespace

std::string language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return std::string_view(value).starts_with("zh") ? "zh" : "en";
  }
  return "en";
}

Session::Session(const Options& options)
    : options_(options),
      lang_((options.lang.empty() ? language_of_environment() : options.lang) == "zh" ? Lang::kZh : Lang::kEn),
      format_(options.format == "json"  ? Format::kJson
              : options.format == "csv" ? Format::kCsv
                                        : Format::kTable) {}

std::string Session::database() const {
  return database_url(options_);
}

std::optional<app::Context> Session::context() const {
  auto context = app::make_context(options_.playbook, options_.facts);
  if (!context) {
    failed(context.error());
    return std::nullopt;
  }
  return std::move(*context);
}

std::optional<Session::Opened> Session::open() const {
  if (!as_of()) return std::nullopt;  // wrong usage goes before what is not there
  auto store = store::Store::open(database_url(options_), store::WhenMissing::kRefuse);
  if (!store) {
    failed(store.error());
    return std::nullopt;
  }
  if (!store->notice().empty()) note(store->notice());
  const auto account = store->find_account(options_.account);
  if (!account) {
    failed(account.error());
    return std::nullopt;
  }
  if (!*account) {
    failed(no_account(*store, options_.account));
    return std::nullopt;
  }
  return Opened{std::move(*store), **account};
}

bool Session::has_account() const {
  auto store = store::Store::open(database_url(options_), store::WhenMissing::kRefuse);
  if (!store) return false;
  const auto account = store->find_account(options_.account);
  if (!account || !*account) return false;
  const auto latest = store->latest_day(**account);
  return latest && latest->has_value();
}

// Names those that are there.
Error Session::no_account(store::Store& store, const std::string& name) const {
  const auto accounts = store.accounts();
  if (!accounts) return accounts.error();
  if (accounts->empty())
    return {ErrorKind::kNotFound,
            {"nothing is imported yet", "尚未导入任何报告"},
            database(),
            {"run destock import with a folder of Seller Central reports, or destock demo",
             "请先运行 destock import <报告目录>，或 destock demo"}};
  std::string names;
  for (const auto& [id, one] : *accounts) add_to_list(names, one);
  return {ErrorKind::kNotFound,
          {"no account is called " + name, "没有名为 " + name + " 的账户"},
          database(),
          {"pass --account with one of: " + names, "请用 --account 指定：" + names}};
}

std::optional<Session::Opened> Session::open_or_make(Making making) const {
  auto store = store::Store::open(database_url(options_));
  if (!store) {
    failed(store.error());
    return std::nullopt;
  }
  if (!store->notice().empty()) note(store->notice());
  if (making == Making::kFirst) {
    const auto accounts = store->accounts();
    const bool there = accounts && std::any_of(accounts->begin(), accounts->end(),
                                               [&](const auto& one) { return one.second == options_.account; });
    if (!accounts || (!accounts->empty() && !there)) {
      failed(accounts ? no_account(*store, options_.account) : accounts.error());
      return std::nullopt;
    }
  }
  const auto account = store->account(options_.account);
  if (!account) {
    failed(account.error());
    return std::nullopt;
  }
  return Opened{std::move(*store), *account};
}

std::optional<Session::Opened> Session::open(app::Context& context) const {
  return with_settings(open(), context);
}

std::optional<Session::Opened> Session::open_or_make(app::Context& context) const {
  return with_settings(open_or_make(), context);
}

std::optional<Session::Opened> Session::with_settings(std::optional<Opened> opened, app::Context& context) const {
  if (!opened) return std::nullopt;
  const auto settings = opened->store.settings(opened->account);
  if (!settings) {
    failed(settings.error());
    return std::nullopt;
  }
  context = app::with_settings(std::move(context), *settings);
  return opened;
}

std::optional<std::optional<Date>> Session::as_of() const {
  if (options_.as_of.empty()) return std::optional<Date>{};
  const auto day = parse_iso_date(options_.as_of);
  if (!day) {
    failed({ErrorKind::kBadUsage,
            {"not a date: " + options_.as_of, "不是日期：" + options_.as_of},
            "--as-of",
            {"write it as 2026-01-05", "请写成 2026-01-05"}});
    return std::nullopt;
  }
  return std::optional<Date>(*day);
}

std::optional<app::AccountState> Session::state(Opened& opened, app::Context& context) const {
  const auto day = as_of();
  if (!day) return std::nullopt;
  auto state = app::load_state(opened.store, opened.account, *day, context);
  if (!state) {
    failed(state.error());
    return std::nullopt;
  }
  return std::move(*state);
}

std::optional<Session::View> Session::view() const {
  auto context = this->context();
  if (!context) return std::nullopt;
  auto opened = open(*context);
  if (!opened) return std::nullopt;
  auto state = this->state(*opened, *context);
  if (!state) return std::nullopt;
  return View{std::move(*context), std::move(*opened), std::move(*state)};
}

int Session::failed(const Error& error) const {
  std::cerr << (lang_ == Lang::kZh ? "错误：" : "error: ") << error.message(lang_) << "\n";
  code_ = error.kind == ErrorKind::kBadUsage ? kWrongUsage : kFailed;
  return code_;
}

void Session::print_json(const app::Json& json) const {
  std::cout << json.dump(2, ' ', false, app::Json::error_handler_t::replace) << "\n";
}

void Session::print(const deliver::Table& table, size_t limit) const {
  if (format_ == Format::kCsv) {
    std::cout << deliver::csv(table, lang_);
    return;
  }
  std::cout << terminal_table(table, lang_, limit, terminal_width());
}

void Session::note(const Text& text) const {
  std::cerr << text.in(lang_) << "\n";
}

void Session::warn(const std::vector<Text>& warnings) const {
  for (const Text& warning : warnings)
    std::cerr << (lang_ == Lang::kZh ? "注意：" : "note: ") << warning.in(lang_) << "\n";
}

Error bad_option(const char* option, const std::string& given, Text expected) {
  return {ErrorKind::kBadUsage, {"cannot read " + given, "无法识别 " + given}, option, std::move(expected)};
}

int Session::cannot_read(const std::string& option, const std::string& given, const Text& next) const {
  return failed({ErrorKind::kBadUsage,
                 {"cannot read " + option + " \"" + given + "\"", "无法读取 " + option + " “" + given + "”"},
                 option,
                 next});
}

}  // namespace destock::cli

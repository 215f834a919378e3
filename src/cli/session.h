#pragma once
// What all commands share: the global options, the language, the store, the ways of printing.

#include <optional>
#include <string>

#include "app/context.h"
#include "app/json.h"
#include "app/state.h"
#include "deliver/table.h"
#include "store/store.h"

namespace destock::cli {

// Exit codes of the contract.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;
inline constexpr int kSomeRefused = 3;

enum class Format { kTable, kJson, kCsv };

struct Options {
  std::string program = "destock";  // as it was called, for the commands we suggest
  std::string db;
  std::string account = "default";
  std::string format = "table";
  std::string lang;
  std::string as_of;
  std::string playbook;
  std::string facts;
};

// Of an option's value, for who gives the error on.
Error bad_option(const char* option, const std::string& given, Text expected);

class Session {
public:
  explicit Session(const Options& options);

  const Options& options() const { return options_; }
  Lang lang() const { return lang_; }
  Format format() const { return format_; }
  std::string database() const;  // where accounts are
  std::string say(const Text& text) const { return text.in(lang_); }

  // Each tells what went wrong on stderr and returns nothing where it could not.
  std::optional<app::Context> context() const;
  struct Opened {
    store::Store store;
    int64_t account;
  };
  // Of an account that is there: what only reads makes neither a database nor an account.
  std::optional<Opened> open() const;
  bool has_account() const;  // whether there is one to open; says nothing where there is not
  std::optional<Opened> open(app::Context& context) const;  // the account's settings go into the context
  // The same where both may be made: by what writes first of all.
  // kFirst: only the first account of a database; a name that is not among several is a slip.
  enum class Making { kAny, kFirst };
  std::optional<Opened> open_or_make(Making making = Making::kAny) const;
  std::optional<Opened> open_or_make(app::Context& context) const;
  std::optional<std::optional<Date>> as_of() const;  // outer nothing: not a date
  std::optional<app::AccountState> state(Opened& opened, app::Context& context) const;
  // The three above in turn: what a command that only reads the account starts from.
  struct View {
    app::Context context;
    Opened opened;
    app::AccountState state;
  };
  std::optional<View> view() const;

  int failed(const Error& error) const;  // prints it, returns the exit code of its kind
  int code() const { return code_; }     // of the last failure
  void print_json(const app::Json& json) const;
  // The table in the chosen format; `limit` rows at most on a terminal, 0: all.
  void print(const deliver::Table& table, size_t limit = 0) const;
  void note(const Text& text) const;  // a line on stderr
  void warn(const std::vector<Text>& warnings) const;
  // That there is none of that name, with those that are there.
  Error no_account(store::Store& store, const std::string& name) const;
  // Wrong usage: what was given to an option is not what it takes.
  int cannot_read(const std::string& option, const std::string& given, const Text& next) const;

private:
  std::optional<Opened> with_settings(std::optional<Opened> opened, app::Context& context) const;
  Options options_;
  Lang lang_;
  Format format_;
  mutable int code_ = kDone;
};

// Two letters of a locale: "zh" for zh_CN.UTF-8, else "en".
std::string language_of_environment();

}  // namespace destock::cli

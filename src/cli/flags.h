#pragma once
// What a command takes from the command line, and what its help says of it. flags.cpp alone knows the library that
// reads the line: its header costs ten seconds of compiling in each file.
//
// A name without dashes is taken by its place: "FILE". Values are written to the variables given here, which live until
// the command has run: keep them in what `runs` captures.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace destock::cli {

class Session;
class Commands;

// One option: what else is asked of it. A handle, copied freely.
class Flag {
public:
  explicit Flag(CLI::Option* option) : option_(option) {}
  Flag required() const;
  Flag shows_default() const;  // the value that the variable has now
  Flag within(int least, int most) const;
  Flag within(unsigned least, unsigned most) const;
  Flag needs(const Flag& other) const;  // is wrong usage without the other
  bool given() const;                   // known once the command runs

private:
  CLI::Option* option_;
};

// The options of one command, or of all. A handle, copied freely.
class Flags {
public:
  Flags(CLI::App* app, Commands* commands) : app_(app), commands_(commands) {}

  Flag text(const char* name, std::string& value, const Text& help = {}) const;
  // int, unsigned, int64_t, uint64_t, uint16_t
  template <class Number>
  Flag number(const char* name, Number& value, const Text& help = {}) const;
  Flag toggle(const char* name, bool& value, const Text& help) const;
  // One value or more, or the name again.
  Flag list(const char* name, std::vector<std::string>& values, const Text& help = {}) const;
  Flag choice(const char* name, std::string& value, const std::vector<std::string>& known, const Text& help) const;
  // May stand alone: then `value` stays empty.
  Flag toggle_or_text(const char* name, bool& given, std::string& value, const Text& help) const;

  // What the help ends with.
  void example(const Text& text) const;

  // A command under this one. Where there are some, one has to be given, unless `runs` says what to do without.
  Flags add(const char* name, const Text& help) const;

  // Wrong usage, before anything runs: "<what> is required" where `given` says no.
  void require(std::string what, std::function<bool()> given) const;
  // `run` returns the exit code.
  void runs(std::function<int(const Session&)> run) const;

private:
  CLI::App* app_;
  Commands* commands_;
};

// The registry: the global options, the commands, and the one that was asked for.
class Commands {
public:
  Commands(const Text& about, const char* version, Lang lang);
  Commands(const Commands&) = delete;
  Commands& operator=(const Commands&) = delete;
  ~Commands();

  Flags of_all() const { return all_; }
  Flags add(const char* name, const Text& help) const { return all_.add(name, help); }
  // An exit code where nothing is left to run: the help or the version was shown, or the usage is wrong.
  std::optional<int> read(int argc, const char* const* argv);
  int run(const Session& session) const { return run_(session); }

private:
  friend class Flags;
  Lang lang_;
  std::unique_ptr<CLI::App> app_;
  Flags all_;
  std::function<int(const Session&)> run_;
  struct Required {
    const CLI::App* command;
    std::string what;
    std::function<bool()> given;
  };
  std::vector<Required> required_;
  std::set<const CLI::App*> runnable_;
};

}  // namespace destock::cli

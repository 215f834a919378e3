#include "cli/flags.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "cli/session.h"

namespace destock::cli {

Flag Flag::required() const {
  option_->required();
  return *this;
}

Flag Flag::shows_default() const {
  option_->capture_default_str();
  return *this;
}

Flag Flag::within(int least, int most) const {
  option_->check(CLI::Range(least, most));
  return *this;
}

Flag Flag::within(unsigned least, unsigned most) const {
  option_->check(CLI::Range(least, most));
  return *this;
}

Flag Flag::needs(const Flag& other) const {
  option_->needs(other.option_);
  return *this;
}

bool Flag::given() const {
  return !option_->empty();
}

Flag Flags::text(const char* name, std::string& value, const Text& help) const {
  return Flag(app_->add_option(name, value, help.in(commands_->lang_)));
}

template <class Number>
Flag Flags::number(const char* name, Number& value, const Text& help) const {
  return Flag(app_->add_option(name, value, help.in(commands_->lang_)));
}
template Flag Flags::number(const char*, int&, const Text&) const;
template Flag Flags::number(const char*, unsigned&, const Text&) const;
template Flag Flags::number(const char*, int64_t&, const Text&) const;
template Flag Flags::number(const char*, uint64_t&, const Text&) const;
template Flag Flags::number(const char*, uint16_t&, const Text&) const;

Flag Flags::toggle(const char* name, bool& value, const Text& help) const {
  return Flag(app_->add_flag(name, value, help.in(commands_->lang_)));
}

Flag Flags::list(const char* name, std::vector<std::string>& values, const Text& help) const {
  return Flag(app_->add_option(name, values, help.in(commands_->lang_)));
}

Flag Flags::choice(const char* name, std::string& value, const std::vector<std::string>& known,
                   const Text& help) const {
  return Flag(app_->add_option(name, value, help.in(commands_->lang_))->check(CLI::IsMember(known)));
}

Flag Flags::toggle_or_text(const char* name, bool& given, std::string& value, const Text& help) const {
  const auto take = [&given, &value](const std::string& text) {
    given = true;
    value = text;
  };
  return Flag(app_->add_option_function<std::string>(name, take, help.in(commands_->lang_))->expected(0, 1));
}

void Flags::example(const Text& text) const {
  app_->footer(text.in(commands_->lang_));
}

Flags Flags::add(const char* name, const Text& help) const {
  CLI::App* command = app_->add_subcommand(name, help.in(commands_->lang_));
  command->footer("");  // not that of the command above
  return {command, commands_};
}

void Flags::require(std::string what, std::function<bool()> given) const {
  commands_->required_.push_back({app_, std::move(what), std::move(given)});
}

void Flags::runs(std::function<int(const Session&)> run) const {
  commands_->runnable_.insert(app_);
  app_->callback([app = app_, commands = commands_, run = std::move(run)] {
    if (!app->get_subcommands().empty()) return;
    for (const auto& [command, what, given] : commands->required_)
      if (command == app && !given()) throw CLI::RequiredError(what);
    commands->run_ = run;
  });
}

Commands::Commands(const Text& about, const char* version, Lang lang)
    : lang_(lang), app_(std::make_unique<CLI::App>(about.in(lang), "destock")), all_(app_.get(), this) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
  app_->fallthrough();
}

Commands::~Commands() = default;

std::optional<int> Commands::read(int argc, const char* const* argv) {
  for (CLI::App* command : app_->get_subcommands({}))
    if (!command->get_subcommands({}).empty()) command->require_subcommand(runnable_.contains(command) ? 0 : 1, 1);
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app_->exit(error) == 0 ? kDone : kWrongUsage;
  }
  return std::nullopt;
}

}  // namespace destock::cli

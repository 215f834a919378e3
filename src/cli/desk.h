#pragma once
// Which actions a command is about, and who gives it.

#include <optional>
#include <string>
#include <vector>

#include "app/todo.h"
#include "cli/command.h"

namespace destock::cli {

// The name given, else DESTOCK_PERSON, else the machine's user.
std::string person_of(const std::string& given);

// SKUs of which something was decided, as text ("SKU US: decided") or JSON, and what comes next.
int print_decided(const Session& session, const std::vector<account::LineKey>& keys, const Text& done,
                  const Text& next);

struct WhichFlags {
  std::vector<std::string> ids;
  std::string week, owner, channel, marketplace, kind, gain_above;
  void add_to(const Flags& command, bool by_id);
  // Tells what is wrong on stderr and returns nothing.
  std::optional<app::TodoFilter> filter(const Session& session) const;
};

}  // namespace destock::cli

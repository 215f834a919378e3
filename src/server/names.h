#pragma once
// Names that people give: to themselves, accounts, tokens, views.

#include <optional>
#include <string>

#include "base/result.h"

namespace destock::server {

// What is wrong with it: empty, longer than 60 characters, or with characters that nobody sees or that turn the text
// around them.
std::optional<Error> name_fault(const std::string& name);
// The same of an account, whose name is part of a file's.
std::optional<Error> account_name_fault(const std::string& name);

}  // namespace destock::server

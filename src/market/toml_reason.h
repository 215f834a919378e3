#pragma once
// Why a file is no TOML, for people who never heard of it.

#include <string_view>

#include "base/text.h"

namespace destock::market {

// `said`: by the parser, in English.
Text toml_reason(std::string_view said);

}  // namespace destock::market

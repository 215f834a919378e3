#pragma once
// A plan's line as bytes, whole, with what the other policies bring week by week: to be kept from one plan to the next.

#include <optional>
#include <string>
#include <string_view>

#include "account/plan_record.h"

namespace destock::account {

std::string bytes_of(const PlanLine& line);
// Nothing where they are not a line's as this program writes them.
std::optional<PlanLine> line_of_bytes(std::string_view bytes);

}  // namespace destock::account

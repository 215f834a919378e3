#pragma once
// Lead times as cells give them: 30, 6周, 1个月, 25-35, 4-6 weeks.

#include <optional>
#include <string_view>
#include <utility>

#include "base/number.h"
#include "ingest/cell_words.h"

namespace destock::ingest {

inline constexpr int64_t kLongestLead = 3'650;  // days

class LeadDays {
public:
  // `unit`: what the column's header says of its figures: "周".
  LeadDays(const account::ReportNames& names, std::string_view unit);

  // Of a cell with its unit, or whose column has one; nothing: it is read as any count.
  std::optional<int64_t> one(std::string_view text, NumberStyle numbers) const;
  // A span, the shorter first; what stands behind the second holds for both.
  std::optional<std::pair<int64_t, int64_t>> span(std::string_view text, NumberStyle numbers) const;

private:
  std::optional<int64_t> days_in(std::string_view text, std::string_view unit, NumberStyle numbers) const;

  UnitWords units_;
  double header_ = 1;  // days in what the header says
};

}  // namespace destock::ingest

#include "ingest/cost_sheet/lead_days.h"

#include <cmath>

#include "ingest/header.h"

namespace destock::ingest {
namespace {

// A figure and what stands behind it.
std::pair<std::string_view, std::string_view> figure_and_unit(std::string_view text) {
  size_t digits = text.size();
  while (digits > 0 && (text[digits - 1] < '0' || text[digits - 1] > '9')) --digits;
  return {text.substr(0, digits), trimmed(text.substr(digits))};
}

}  // namespace

LeadDays::LeadDays(const account::ReportNames& names, std::string_view unit)
    : units_(names, {{"week", 7}, {"month", 30}}) {
  header_ = units_.factor(unit).value_or(1);
}

std::optional<int64_t> LeadDays::days_in(std::string_view text, std::string_view unit, NumberStyle numbers) const {
  const auto number = parse_real(text, numbers);
  const auto days = unit.empty() ? std::optional(header_) : units_.factor(unit);
  if (!number || !days || *number < 0 || *number > static_cast<double>(kLongestLead)) return std::nullopt;
  return static_cast<int64_t>(std::llround(*number * *days));
}

std::optional<int64_t> LeadDays::one(std::string_view text, NumberStyle numbers) const {
  const auto [figure, unit] = figure_and_unit(text);
  if (unit.empty() && header_ <= 1) return std::nullopt;
  return days_in(figure, unit, numbers);
}

std::optional<std::pair<int64_t, int64_t>> LeadDays::span(std::string_view text, NumberStyle numbers) const {
  for (const std::string_view sign : {"-", "–", "~", "～", "—", "至", "到"}) {
    const size_t at = text.find(sign);
    if (at == std::string_view::npos || at == 0) continue;
    const auto [to, unit] = figure_and_unit(trimmed(text.substr(at + sign.size())));
    const auto [from, own_unit] = figure_and_unit(trimmed(text.substr(0, at)));
    const std::string_view days = "天";
    const auto behind = unit == days ? std::string_view() : unit;
    const auto shortest = days_in(from, own_unit.empty() ? behind : own_unit, numbers);
    const auto longest = days_in(to, behind, numbers);
    if (shortest && longest && *shortest <= *longest) return std::pair(*shortest, *longest);
  }
  return std::nullopt;
}

}  // namespace destock::ingest

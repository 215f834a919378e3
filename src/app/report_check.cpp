#include "app/report_check.h"

#include <fmt/format.h>

namespace destock::app {
namespace {

constexpr int64_t kFewRows = 6;  // of the report before: fewer may well sell out together

double share_of(int64_t now, int64_t before) {
  return static_cast<double>(now) / static_cast<double>(before);
}

bool outside(int64_t now, int64_t before, double low, double high) {
  const double share = share_of(now, before);
  return share < low || share > high;
}

Text said(const std::string& marketplace, const char* what_en, const char* what_zh, int64_t now, int64_t before,
          const Text& other) {
  const double share = share_of(now, before);
  const std::string times = share < 1 ? fmt::format("{:.0f}%", share * 100) : fmt::format("{:.1f}×", share);
  return {
      fmt::format("{}: {} {}, {} of the {} in {}", marketplace, now, what_en, times, before, other.en),
      fmt::format("{}：{} {}；而{}为 {} {}，相当于其 {}", marketplace, now, what_zh, other.zh, before, what_zh, times)};
}

}  // namespace

std::vector<Text> suspicions(const CheckInput& input, const market::ReportChecks& checks) {
  std::vector<Text> found;
  if (input.last_good) {
    const Comparison& last = *input.last_good;
    if (last.rows >= checks.min_rows && outside(input.rows, last.rows, checks.rows_share_low, checks.rows_share_high))
      found.push_back(said(input.marketplace, "rows", "行", input.rows, last.rows, last.name));
    if (last.rows >= checks.min_rows && last.units > 0 &&
        outside(input.units, last.units, checks.units_share_low, checks.units_share_high))
      found.push_back(said(input.marketplace, "units", "件", input.units, last.units, last.name));
  }
  for (const Comparison& other : input.same_day)
    if (input.rows >= checks.min_rows && other.units > 0 &&
        outside(input.units, other.units, checks.units_share_low, checks.units_share_high))
      found.push_back(said(input.marketplace, "units", "件", input.units, other.units, other.name));
  const auto missing = static_cast<double>(input.best_sellers_missing.size());
  if (input.best_sellers >= 4 && missing > checks.best_sellers_missing * static_cast<double>(input.best_sellers)) {
    std::string some;
    for (size_t i = 0; i < input.best_sellers_missing.size() && i < 5; ++i)
      some += (i ? ", " : "") + input.best_sellers_missing[i];
    found.push_back({fmt::format("{}: {:.0f} of the month's {} best-sellers are missing: {}", input.marketplace,
                                 missing, input.best_sellers, some),
                     fmt::format("{}：近 30 天 {} 个畅销 SKU 中缺少 {:.0f} 个：{}", input.marketplace,
                                 input.best_sellers, missing, some)});
  }
  return found;
}

std::optional<Text> lost_in_a_small_report(const CheckInput& input, const market::ReportChecks& checks) {
  if (!input.last_good) return std::nullopt;
  const Comparison& last = *input.last_good;
  if (last.rows < kFewRows || last.rows >= checks.min_rows || last.units <= 0) return std::nullopt;
  if (share_of(input.rows, last.rows) >= checks.rows_share_low ||
      share_of(input.units, last.units) >= checks.units_share_low)
    return std::nullopt;
  return said(input.marketplace, "rows", "行", input.rows, last.rows, last.name);
}

}  // namespace destock::app

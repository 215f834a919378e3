#include "account/sales_gaps.h"

#include <algorithm>

namespace destock::account {

std::vector<SalesSpan> sales_gaps(std::vector<Coverage> told, std::optional<Date> until) {
  constexpr double kSurelySold = 7;  // units expected: none at all has a chance of e^-7
  std::sort(told.begin(), told.end(), [](const Coverage& a, const Coverage& b) { return a.first_day < b.first_day; });
  double units = 0, days = 0;
  for (const Coverage& span : told) {
    units += static_cast<double>(span.units);
    days += static_cast<double>(days_between(span.first_day, span.last_day) + 1);
  }
  std::vector<SalesSpan> gaps;
  if (told.empty()) return gaps;
  Date last = told.front().last_day;  // told of by any so far
  const auto add_before = [&](Date next) {
    const auto missing = static_cast<double>(days_between(last, next) - 1);
    if (missing > 0 && missing * units >= kSurelySold * days)
      gaps.push_back({told.front().marketplace, last + Days(1), next - Days(1)});
  };
  for (const Coverage& span : told) {
    add_before(span.first_day);
    last = std::max(last, span.last_day);
  }
  if (until) add_before(*until + Days(1));
  return gaps;
}

Text untold_sales(const SalesSpan& gap) {
  const std::string first = iso(gap.first_day), last = iso(gap.last_day);
  const std::string days = std::to_string(days_between(gap.first_day, gap.last_day) + 1);
  return {"no report tells of sales in " + gap.marketplace + " from " + first + " to " + last + " (" + days +
              " days): taken as not known, not as days without sales; download All Orders of those days and import it",
          gap.marketplace + " 站 " + first + " 至 " + last + "（" + days +
              " 天）没有任何销售报告：这些天的销量按未提供处理，不按零销量计；请下载该时段的“所有订单”报告并导入"};
}

}  // namespace destock::account

#include "account/sales_gaps.h"

#include <algorithm>

#include "account/report_kind.h"

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
  const auto add_between = [&](const Coverage& before, Date next) {
    const auto missing = static_cast<double>(days_between(before.last_day, next) - 1);
    if (missing > 0 && missing * units >= kSurelySold * days)
      gaps.push_back({before.marketplace, before.last_day + Days(1), next - Days(1)});
  };
  for (size_t i = 0; i < told.size(); ++i) {
    const Date last = i == 0 ? told[i].last_day : std::max(told[i - 1].last_day, told[i].last_day);
    if (i > 0) add_between(told[i - 1], told[i].first_day);
    told[i].last_day = last;  // of all so far
  }
  if (until && !told.empty()) add_between(told.back(), *until + Days(1));
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

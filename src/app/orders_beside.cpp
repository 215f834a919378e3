#include "app/orders_beside.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

#include "app/import_judge.h"

namespace destock::app {
namespace {

struct Counts {
  size_t both = 0, gone = 0, fresh = 0;
  Date from = Date::max(), to = Date::min();
};

using Orders = std::vector<uint32_t>;

void count(const Orders& before, const Orders& now, Counts& counts) {
  Orders both;
  std::set_intersection(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(both));
  counts.both += both.size();
  counts.gone += before.size() - both.size();
  counts.fresh += now.size() - both.size();
}

// Over the days that both cover whole, in every store that both tell of.
Result<Counts> counts_of(store::Store& store, const account::ImportRecord& import, const ingest::ReadReport& report,
                         const account::ImportRecord& record) {
  Counts counts;
  for (const account::Coverage& now : record.coverage) {
    const account::Coverage* other = coverage_of(import, now.marketplace);
    if (!other) continue;
    const Date from = std::max(now.told_from(), other->told_from()) + Days(1);
    const Date to = std::min(now.last_day, other->last_day) - Days(1);
    if (from > to) continue;
    const auto before = store.orders_of(import.id, now.marketplace, from, to);
    if (!before) return tl::unexpected(before.error());
    if (before->empty()) continue;  // an import from before they were kept, or days without an order
    counts.from = std::min(counts.from, from);
    counts.to = std::max(counts.to, to);
    std::map<Date, std::pair<Orders, Orders>> days;  // before and now
    for (const account::OrdersOfDay& day : *before) days[day.day].first = day.orders;
    for (const account::OrdersOfDay& day : report.facts.orders_of_day)
      if (day.marketplace == now.marketplace && day.day >= from && day.day <= to) days[day.day].second = day.orders;
    for (const auto& [day, orders] : days) count(orders.first, orders.second, counts);
  }
  return counts;
}

std::string named(const account::ImportRecord& import) {
  return std::filesystem::path(import.path).filename().string();
}

Text count_beside(const account::ImportRecord& import, const Counts& counts) {
  const std::string days = iso(counts.from) + " – " + iso(counts.to), id = std::to_string(import.id);
  return {days + ": no order in common with " + named(import) + " (import " + id + "): parts of one report, both count",
          days + "：与 " + named(import) + "（导入 " + id + "）无相同订单：视为同一报告的不同部分，均计入"};
}

Text lacks(const account::ImportRecord& import, const Counts& counts) {
  const std::string days = iso(counts.from) + " – " + iso(counts.to), id = std::to_string(import.id);
  const std::string gone = std::to_string(counts.gone), all = std::to_string(counts.gone + counts.both);
  return {
      days + ": " + gone + " of the " + all + " orders in " + named(import) + " (import " + id +
          ") are not in this file. No order ever leaves Amazon's report: this is a part of one. Download these "
          "days whole; accept this import only if that was the wrong file",
      days + "：" + named(import) + "（导入 " + id + "）的 " + all + " 个订单中有 " + gone +
          " 个不在本文件中。亚马逊报告不会删除订单：本文件不完整。请重新下载完整日期；仅当该导入有误时才接受本文件"};
}

}  // namespace

Result<OrdersBeside> orders_beside(store::Store& store, const std::vector<account::ImportRecord>& imports,
                                   const ingest::ReadReport& report, const account::ImportRecord& record,
                                   const market::ReportChecks& checks) {
  OrdersBeside found;
  if (report.facts.orders_of_day.empty()) return found;
  for (const account::ImportRecord& import : imports) {
    if (import.report != report.kind) continue;
    const auto counts = counts_of(store, import, report, record);
    if (!counts) return tl::unexpected(counts.error());
    const auto before = static_cast<double>(counts->both + counts->gone);
    if (before == 0) continue;
    if (counts->both == 0 && counts->fresh > 0) {
      found.apart.push_back(import.id);
      found.notes.push_back(count_beside(import, *counts));
    } else if (static_cast<double>(counts->gone) > before * checks.orders_gone) {
      found.why.push_back(lacks(import, *counts));
    } else {
      found.held.insert(import.id);
    }
  }
  return found;
}

}  // namespace destock::app

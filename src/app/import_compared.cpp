#include "app/import_compared.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/date.h"
#include "deliver/table.h"

namespace destock::app {
namespace {

std::string with_commas(int64_t units) {
  return deliver::shown(units, {"units", {}, deliver::Kind::kUnits}, Lang::kEn, false);
}

}  // namespace

void Compared::add(account::ReportKind kind, const account::ReportFacts& facts) {
  const bool ledger = kind == account::ReportKind::kLedger;
  if (!ledger && !account::is_sales(kind)) return;
  for (const account::Coverage& span : facts.coverage) {
    // The first and the last day of orders may be parts of days.
    const int64_t part = ledger ? 0 : 1;
    const int64_t first = day_number(span.first_day) + part, last = day_number(span.last_day) - part;
    const auto [said, fresh] = said_[span.marketplace].try_emplace(kind, Said{{}, first, last});
    if (fresh) continue;
    said->second.first = std::min(said->second.first, first);
    said->second.last = std::max(said->second.last, last);
  }
  const auto count = [&](account::ListingIndex listing, int64_t day, int64_t units) {
    const auto place = said_.find(facts.listings[listing].marketplace);
    if (place == said_.end()) return;
    if (const auto said = place->second.find(kind); said != place->second.end()) said->second.units[day] += units;
  };
  for (const account::SalesDay& day : facts.sales) count(day.listing, day.day, day.units);
  if (ledger)
    for (const account::LedgerDay& day : facts.ledger) count(day.listing, day_number(day.day), day.shipments);
}

std::vector<Text> Compared::sentences() const {
  std::vector<Text> sentences;
  for (const auto& [marketplace, kinds] : said_) {
    if (kinds.size() < 2) continue;
    int64_t first = kinds.begin()->second.first, last = kinds.begin()->second.last;
    for (const auto& [kind, said] : kinds) {
      first = std::max(first, said.first);
      last = std::min(last, said.last);
    }
    if (first > last) continue;
    Text list;
    for (const auto& [kind, said] : kinds) {
      int64_t units = 0;
      for (auto day = said.units.lower_bound(first); day != said.units.end() && day->first <= last; ++day)
        units += day->second;
      const Text name = account::report_name(kind);
      list.en += (list.en.empty() ? "" : "; ") + name.en + " " + with_commas(units) + (units == 1 ? " unit" : " units");
      list.zh += (list.zh.empty() ? "" : "；") + name.zh + " " + with_commas(units) + " 件";
    }
    const std::string days = iso(date_of_day_number(first)) + " – " + iso(date_of_day_number(last));
    sentences.push_back(
        {marketplace + ", sold " + days + ": " + list.en, marketplace + " 站 " + days + " 销量：" + list.zh});
  }
  return sentences;
}

void CostsSeen::note(const std::string& name, ingest::ReadReport& report) {
  std::string some;
  int64_t count = 0;
  constexpr int64_t kNamed = 5;
  for (const account::CostRow& row : report.facts.costs) {
    if (!row.unit_cost) continue;
    const auto [held, fresh] = seen_.try_emplace({row.sku, row.marketplace}, *row.unit_cost, name);
    if (fresh) continue;
    if (held->second.first != *row.unit_cost && held->second.second != name && count++ < kNamed)
      some += (some.empty() ? "" : "; ") + row.sku + " " + held->second.first.str() + " (" + held->second.second +
              "), " + row.unit_cost->str();
    held->second = {*row.unit_cost, name};
  }
  if (count == 0) return;
  const std::string n = std::to_string(count);
  report.notes.push_back({n + " SKUs have another cost in another sheet or file; this one counts: " + some,
                          n + " 个 SKU 在其他表中成本不同，以此表为准：" + some});
}

}  // namespace destock::app

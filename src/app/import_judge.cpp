#include "app/import_judge.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

#include "app/orders_beside.h"
#include "app/report_check.h"
#include "ingest/header.h"

namespace destock::app {

using account::ReportKind;

const account::Coverage* coverage_of(const account::ImportRecord& import, const std::string& marketplace) {
  for (const account::Coverage& coverage : import.coverage)
    if (coverage.marketplace == marketplace) return &coverage;
  return nullptr;
}

namespace {

class Judge {
public:
  Judge(store::Store& store, int64_t account, const market::ReportChecks& checks)
      : store_(store), account_(account), checks_(checks) {}

  // Compares with what is in force; a suspicious report is set aside with its reasons.
  Result<void> judge(const ingest::ReadReport& report, account::ImportRecord& record) {
    auto imports = store_.imports(account_);
    if (!imports) return tl::unexpected(imports.error());
    std::erase_if(*imports,
                  [](const account::ImportRecord& import) { return import.status != account::ImportStatus::kInForce; });
    note_header_changes(*imports, record);
    if (account::is_by_hand(report.kind)) return {};
    note_large_stock(report, record);
    std::vector<Text> why;
    if (report.cut_short) {
      // With nothing to fall back on, part of a report is more than none.
      const bool earlier = std::any_of(imports->begin(), imports->end(), [&](const account::ImportRecord& import) {
        return import.report == report.kind &&
               std::any_of(record.coverage.begin(), record.coverage.end(),
                           [&](const account::Coverage& c) { return coverage_of(import, c.marketplace) != nullptr; });
      });
      std::vector<Text>& said = earlier ? why : record.notes;
      said.insert(said.begin(),
                  {"the file is cut short: what follows its last whole line is missing, download it again",
                   "文件不完整（被截断）：最后一个完整行之后的内容缺失，请重新下载"});
    }
    if (account::is_sales(report.kind))
      if (const auto done = look_at_orders(report, record, *imports, why); !done) return tl::unexpected(done.error());
    for (const account::Coverage& coverage : record.coverage) {
      const auto input = check_input(*imports, report, coverage);
      if (!input) return tl::unexpected(input.error());
      for (Text& suspicion : suspicions(*input, checks_)) why.push_back(std::move(suspicion));
      if (auto lost = lost_in_a_small_report(*input, checks_)) record.notes.push_back(std::move(*lost));
      if (account::is_sales(report.kind)) {
        if (const auto done = look_for_lost_months(*imports, report, coverage, why); !done)
          return tl::unexpected(done.error());
        const auto hole = note_hole(report, coverage, record);
        if (hole)
          if (const auto done = look_into_hole(*imports, report, coverage, *hole, why); !done)
            return tl::unexpected(done.error());
      }
      if (const auto done = note_what_it_replaces(*imports, report, coverage, record); !done)
        return tl::unexpected(done.error());
    }
    if (why.empty()) return {};
    record.status = account::ImportStatus::kSetAside;
    record.notes.insert(record.notes.begin(), why.begin(), why.end());
    return {};
  }

private:
  static void note_header_changes(const std::vector<account::ImportRecord>& imports, account::ImportRecord& record) {
    // Marketplaces spell their headers differently: only reports of a common one are compared.
    const auto last = std::find_if(imports.rbegin(), imports.rend(), [&](const account::ImportRecord& import) {
      if (import.report != record.report) return false;
      return record.coverage.empty() ||
             std::any_of(record.coverage.begin(), record.coverage.end(),
                         [&](const account::Coverage& c) { return coverage_of(import, c.marketplace) != nullptr; });
    });
    if (last == imports.rend()) return;
    for (Text& change : ingest::header_changes(last->header, record.header)) record.notes.push_back(std::move(change));
  }

  // Parts beside this report are not compared with it, nor what it holds whole: more units than before are then right.
  Result<void> look_at_orders(const ingest::ReadReport& report, account::ImportRecord& record,
                              std::vector<account::ImportRecord>& imports, std::vector<Text>& why) {
    auto orders = orders_beside(store_, imports, report, record, checks_);
    if (!orders) return tl::unexpected(orders.error());
    std::move(orders->why.begin(), orders->why.end(), std::back_inserter(why));
    std::move(orders->notes.begin(), orders->notes.end(), std::back_inserter(record.notes));
    std::erase_if(imports, [&](const account::ImportRecord& import) {
      return orders->held.contains(import.id) ||
             std::find(orders->apart.begin(), orders->apart.end(), import.id) != orders->apart.end();
    });
    record.beside = std::move(orders->apart);
    return {};
  }

  Result<CheckInput> check_input(const std::vector<account::ImportRecord>& imports, const ingest::ReadReport& report,
                                 const account::Coverage& now) {
    CheckInput input{now.marketplace, now.rows, now.units, {}, {}, 0, {}};
    const bool snapshot = account::is_snapshot(report.kind) || report.kind == ReportKind::kFeePreview;
    for (const account::ImportRecord& import : imports) {
      const account::Coverage* other = coverage_of(import, now.marketplace);
      if (!other) continue;
      const Text name{account::report_name(import.report).en + " of " + iso(other->last_day),
                      iso(other->last_day) + " 的" + account::report_name(import.report).zh};
      if (snapshot && import.report == report.kind) input.last_good = Comparison{name, other->rows, other->units};
      const bool stock = import.report == ReportKind::kPlanning || import.report == ReportKind::kManageFba;
      const bool compared = report.kind == ReportKind::kPlanning || report.kind == ReportKind::kManageFba;
      if (stock && compared && import.report != report.kind && other->last_day == now.last_day)
        input.same_day.push_back({name, 0, other->units});
    }
    if (account::is_sales(report.kind))
      if (const auto done = compare_history(imports, report, now, input); !done) return tl::unexpected(done.error());
    if (report.kind == ReportKind::kPlanning)
      if (const auto done = look_for_best_sellers(report, now, input); !done) return tl::unexpected(done.error());
    return input;
  }

  // A sales report is compared with the last one of its kind over the days that both cover whole.
  Result<void> compare_history(const std::vector<account::ImportRecord>& imports, const ingest::ReadReport& report,
                               const account::Coverage& now, CheckInput& input) {
    for (auto it = imports.rbegin(); it != imports.rend(); ++it) {
      const account::Coverage* other = coverage_of(*it, now.marketplace);
      if (!other || it->report != report.kind) continue;
      const Date from = std::max(now.told_from(), other->told_from()) + Days(1);
      const Date to = std::min(now.last_day, other->last_day) - Days(1);
      if (from > to) continue;
      const auto before = store_.units_sold(it->id, now.marketplace, from, to);
      if (!before) return tl::unexpected(before.error());
      input.units = units_between(report, now.marketplace, from, to);
      const Text name{account::report_name(it->report).en + " for " + iso(from) + " … " + iso(to),
                      iso(from) + " … " + iso(to) + " 的" + account::report_name(it->report).zh};
      // Rows are lines of other days too: only units are compared.
      input.last_good = Comparison{name, input.rows, *before};
      return {};
    }
    return {};
  }

  Result<void> look_for_best_sellers(const ingest::ReadReport& report, const account::Coverage& now,
                                     CheckInput& input) {
    const auto sellers = store_.best_sellers(account_, now.marketplace, now.last_day - Days(30), now.last_day - Days(1),
                                             checks_.best_sellers);
    if (!sellers) return tl::unexpected(sellers.error());
    std::set<std::string_view> there;
    for (const account::ListingInfo& listing : report.facts.listings)
      if (listing.marketplace == now.marketplace) there.insert(listing.sku);
    input.best_sellers = static_cast<int64_t>(sellers->size());
    for (const auto& [sku, units] : *sellers)
      if (!there.contains(sku)) input.best_sellers_missing.push_back(sku);
    return {};
  }

  // A figure that no seller has: another column slipped in, or a slip of the hand.
  void note_large_stock(const ingest::ReadReport& report, account::ImportRecord& record) const {
    int64_t rows = 0;
    std::string first;
    const auto look = [&](account::ListingIndex listing, const std::optional<int64_t>& units) {
      if (units.value_or(0) <= checks_.most_units || rows++ > 0) return;
      first = report.facts.listings[listing].marketplace + " " + report.facts.listings[listing].sku + ": " +
              std::to_string(*units);
    };
    for (const account::PlanningRow& row : report.facts.planning) look(row.listing, row.available);
    for (const account::ManageFbaRow& row : report.facts.manage_fba) look(row.listing, row.fulfillable);
    if (rows == 0) return;
    const std::string n = std::to_string(rows), most = std::to_string(checks_.most_units);
    record.notes.insert(record.notes.begin(),
                        {n + (rows == 1 ? " SKU has" : " SKUs have") + " more than " + most + " units in stock (" +
                             first + "): can that be? Look whether another column slipped in",
                         n + " 个 SKU 库存超过 " + most + " 件（" + first + "）：请核对是否错列"});
  }

  // Units by month of one marketplace, between two days.
  struct Month {
    Date from, to;
    int64_t before = 0, now = 0;
    Text name{};
  };

  // A month that stood before and is all but gone now: lost where files were put together.
  Result<void> look_for_lost_months(const std::vector<account::ImportRecord>& imports, const ingest::ReadReport& report,
                                    const account::Coverage& now, std::vector<Text>& why) {
    std::map<Date, Month> months;  // the fullest that stood before, by the month's first day
    for (const account::ImportRecord& import : imports) {
      const account::Coverage* other = coverage_of(import, now.marketplace);
      if (!other || import.report != report.kind) continue;
      const Date from = std::max(now.told_from(), other->told_from()) + Days(1);
      const Date to = std::min(now.last_day, other->last_day) - Days(1);
      for (Date first = first_of_month(from); first <= to; first = first_of_next_month(first)) {
        Month month{std::max(from, first), std::min(to, first_of_next_month(first) - Days(1))};
        const auto units = store_.units_sold(import.id, now.marketplace, month.from, month.to);
        if (!units) return tl::unexpected(units.error());
        month.before = *units;
        month.name = {account::report_name(import.report).en + ", import " + std::to_string(import.id),
                      account::report_name(import.report).zh + "（导入 " + std::to_string(import.id) + "）"};
        Month& held = months.try_emplace(first, month).first->second;
        if (held.before < month.before) held = month;
      }
    }
    for (auto& [first, month] : months) {
      month.now = units_between(report, now.marketplace, month.from, month.to);
      const auto least = static_cast<double>(month.before) * checks_.units_share_low;
      if (month.before < checks_.month_units || static_cast<double>(month.now) >= least) continue;
      const std::string days = iso(month.from) + " – " + iso(month.to), n = std::to_string(month.now),
                        b = std::to_string(month.before);
      why.push_back({now.marketplace + ": " + days + ": " + n + " units, " + b + " in " + month.name.en +
                         ": were lines lost where files were put together?",
                     now.marketplace + "：" + days + " 仅 " + n + " 件，而" + month.name.zh + "为 " + b +
                         " 件：合并文件时是否丢失了部分行？"});
    }
    return {};
  }

  static int64_t units_between(const ingest::ReadReport& report, const std::string& marketplace, Date from, Date to) {
    int64_t units = 0;
    for (const account::SalesDay& day : report.facts.sales)
      if (report.facts.listings[day.listing].marketplace == marketplace && day.day >= day_number(from) &&
          day.day <= day_number(to))
        units += day.units;
    return units;
  }

  // Days without a sale between days with many: a part is missing, and counts as days on which nothing was sold.
  std::optional<std::pair<Date, Date>> note_hole(const ingest::ReadReport& report, const account::Coverage& now,
                                                 account::ImportRecord& record) const {
    std::set<int32_t> days;
    for (const account::SalesDay& day : report.facts.sales)
      if (day.units > 0 && report.facts.listings[day.listing].marketplace == now.marketplace) days.insert(day.day);
    int32_t widest = 0, after = 0;
    for (auto it = days.begin(); it != days.end() && std::next(it) != days.end(); ++it)
      if (*std::next(it) - *it - 1 > widest) {
        widest = *std::next(it) - *it - 1;
        after = *it;
      }
    // Nothing sold on so many days is no chance where something was sold on most others.
    const auto others = static_cast<double>(days.empty() ? 0 : *days.rbegin() - *days.begin() + 1 - widest);
    if (widest < checks_.hole_days || static_cast<double>(days.size()) < others * 0.5) return std::nullopt;
    const std::pair<Date, Date> hole{date_of_day_number(after + 1), date_of_day_number(after + widest)};
    const std::string from = iso(hole.first), to = iso(hole.second);
    record.notes.push_back(
        {now.marketplace + ": nothing was sold from " + from + " to " + to +
             " by this file, and on most days before and after: is a part of it missing?",
         now.marketplace + "：本文件中 " + from + " 至 " + to + " 无任何销量，而前后多数日期均有：是否缺少部分数据？"});
    return hole;
  }

  // Days on which nothing was sold any more, and something stood before: lost, not slow.
  Result<void> look_into_hole(const std::vector<account::ImportRecord>& imports, const ingest::ReadReport& report,
                              const account::Coverage& now, const std::pair<Date, Date>& hole, std::vector<Text>& why) {
    for (auto it = imports.rbegin(); it != imports.rend(); ++it) {
      const account::Coverage* other = coverage_of(*it, now.marketplace);
      if (!other || it->report != report.kind) continue;
      const auto before = store_.units_sold(it->id, now.marketplace, hole.first, hole.second);
      if (!before) return tl::unexpected(before.error());
      if (*before < checks_.month_units) continue;
      const std::string days = iso(hole.first) + " – " + iso(hole.second), units = std::to_string(*before),
                        id = std::to_string(it->id);
      why.push_back({now.marketplace + ": " + days + ": nothing, and " + units + " units in import " + id +
                         ": were lines lost where files were put together?",
                     now.marketplace + "：" + days + " 无销量，而导入 " + id + " 中为 " + units +
                         " 件：合并文件时是否丢失了部分行？"});
      return {};
    }
    return {};
  }

  // Another report of the same day: this one counts, and that is said.
  Result<void> note_what_it_replaces(const std::vector<account::ImportRecord>& imports,
                                     const ingest::ReadReport& report, const account::Coverage& now,
                                     account::ImportRecord& record) {
    if (!account::is_snapshot(report.kind) && report.kind != ReportKind::kFeePreview) return {};
    for (auto it = imports.rbegin(); it != imports.rend(); ++it) {
      const account::Coverage* other = coverage_of(*it, now.marketplace);
      if (!other || it->report != report.kind || other->last_day != now.last_day) continue;
      const auto before = store_.skus_of(it->id, it->report, now.marketplace);
      if (!before) return tl::unexpected(before.error());
      std::set<std::string_view> here;
      for (const account::ListingInfo& listing : report.facts.listings)
        if (listing.marketplace == now.marketplace) here.insert(listing.sku);
      std::string some;
      size_t lost = 0;
      for (const std::string& sku : *before) {
        if (here.contains(sku)) continue;
        if (lost++ < 5) add_to_list(some, sku);
      }
      const std::string id = std::to_string(it->id), day = iso(now.last_day), n = std::to_string(lost);
      const std::string name = std::filesystem::path(it->path).filename().string();
      Text note{now.marketplace + " " + day + ": goes before " + name + " (import " + id + "), of the same day",
                now.marketplace + " " + day + "：优先于同日的 " + name + "（导入 " + id + "）"};
      if (lost > 0) {
        note.en += "; " + n + " SKUs stand in that one alone and count no more: " + some + (lost > 5 ? ", …" : "") +
                   ". Put both into one file if both count, or discard this import";
        note.zh += "；仅在其中出现的 " + n + " 个 SKU 不再计入：" + some + (lost > 5 ? "…" : "") +
                   "。如两份均有效，请合并为一个文件，或停用本次导入";
      }
      record.notes.push_back(std::move(note));
      return {};
    }
    return {};
  }

  store::Store& store_;
  int64_t account_;
  const market::ReportChecks& checks_;
};

}  // namespace

Result<void> judge_import(store::Store& store, int64_t account, const ingest::ReadReport& report,
                          account::ImportRecord& record, const market::ReportChecks& checks) {
  return Judge(store, account, checks).judge(report, record);
}

}  // namespace destock::app

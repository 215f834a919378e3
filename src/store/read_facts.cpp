#include "store/read_facts.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <unordered_map>

#include "account/import_record.h"
#include "store/cells.h"
#include "store/costs.h"
#include "store/day_runs.h"
#include "store/in_force.h"
#include "store/orders_of_day.h"
#include "store/outcomes.h"
#include "store/planning_row.h"
#include "store/untold_days.h"

namespace destock::store {
namespace {

using account::FactsInForce;
using account::ReportKind;

class Reader {
public:
  Reader(soci::session& sql, int64_t account, Date as_of) : sql_(sql), account_(account) { facts_.as_of = as_of; }

  FactsInForce read() {
    read_account();
    read_coverings();
    read_listings();
    read_snapshots();
    read_complements();
    read_ledger();
    read_sales();
    read_fee_preview();
    read_charges();
    read_costs();
    facts_.stranded = read_stranded(sql_, account_, facts_.as_of);
    facts_.traffic = read_traffic(sql_, account_, facts_.as_of - Days(account::kTrafficDays));
    facts_.settled = read_settled_days(sql_, account_, facts_.as_of - Days(account::kSettledDays), facts_.as_of);
    facts_.not_in_force = not_in_force(later_, facts_.reports);
    return std::move(facts_);
  }

private:
  template <typename Take>
  void each(const std::string& query, Take take) {
    soci::rowset<soci::row> rows = sql_.prepare << query;
    for (const soci::row& row : rows) {
      Cells cells(row);
      take(cells);
    }
  }

  void read_account() {
    std::string currency;
    soci::indicator given = soci::i_null;
    const long long id = account_;
    sql_ << "SELECT name, base_currency FROM account WHERE id = :id", soci::use(id), soci::into(facts_.account),
        soci::into(currency, given);
    if (given == soci::i_ok) facts_.base_currency = Currency::parse(currency);
  }

  void read_coverings() {
    const auto beside = read_beside(sql_, account_);
    each(
        "SELECT CAST(i.id AS BIGINT), i.report, i.status, c.marketplace, c.first_day, c.last_day, c.first_instant, "
        "c.last_instant, c.row_count, c.skus, c.units "
        "FROM import i JOIN coverage c ON c.import_id = i.id WHERE i.account_id = " +
            std::to_string(account_) + " AND i.status <> 'discarded' ORDER BY i.id",
        [&](Cells& cells) {
          Covering covering;
          covering.import = std::stoll(cells.text());
          covering.report = report_kind_in(cells.text());
          if (const auto found = beside.find(covering.import); found != beside.end()) covering.beside = found->second;
          const bool set_aside = account::import_status_of(cells.text()) == account::ImportStatus::kSetAside;
          covering.span.marketplace = cells.text();
          covering.span.first_day = cells.day();
          covering.span.last_day = cells.day();
          covering.span.first_instant = cells.whole();
          covering.span.last_instant = cells.whole();
          covering.span.rows = cells.whole().value_or(0);
          covering.span.skus = cells.whole().value_or(0);
          covering.span.units = cells.whole().value_or(0);
          if (account::is_outcome(covering.report)) return;  // of any day: the queries of their own read them
          if (!set_aside && covering.span.first_day > last_day_of(covering.report)) {
            later_.push_back(std::move(covering));
            return;
          }
          (set_aside ? waiting_ : coverings_).push_back(std::move(covering));
        });
  }

  void read_listings() {
    each("SELECT CAST(id AS BIGINT), marketplace, sku, asin, fnsku, title FROM listing WHERE account_id = " +
             std::to_string(account_) + " ORDER BY id",
         [&](Cells& cells) {
           index_.emplace(std::stoll(cells.text()), static_cast<account::ListingIndex>(facts_.listings.size()));
           account::ListingInfo info;
           info.marketplace = cells.text();
           info.sku = cells.text();
           info.asin = cells.text();
           info.fnsku = cells.text();
           info.title = cells.text();
           facts_.listings.push_back(std::move(info));
         });
  }

  std::set<std::string> marketplaces_with(ReportKind report) const {
    std::set<std::string> found;
    for (const Covering& covering : coverings_)
      if (covering.report == report) found.insert(covering.span.marketplace);
    return found;
  }

  Date last_day_of(ReportKind report) const {
    return carries_no_date(report) ? facts_.as_of + Days(kFetchedWithinDays) : facts_.as_of;
  }

  const Covering* newest(ReportKind report, const std::string& marketplace) const {
    return newest_of(coverings_, report, marketplace, facts_.as_of);
  }

  void note_report(const Covering& covering) {
    const bool newer_waits = std::any_of(waiting_.begin(), waiting_.end(), [&](const Covering& other) {
      return other.report == covering.report && other.span.marketplace == covering.span.marketplace &&
             other.import > covering.import;
    });
    facts_.reports.push_back(
        {covering.report, covering.span.marketplace, covering.span.last_day, covering.import, newer_waits});
  }

  // The rows of one report that are in force, import by import, those of other marketplaces in the file left out.
  template <typename Take>
  void each_newest(ReportKind report, const std::string& table, const std::string& columns, Take take) {
    for (const std::string& marketplace : marketplaces_with(report)) {
      const Covering* covering = newest(report, marketplace);
      if (!covering) continue;
      note_report(*covering);
      each("SELECT listing_id, " + columns + " FROM " + table +
               " WHERE import_id = " + std::to_string(covering->import) + " ORDER BY listing_id",
           [&](Cells& cells) {
             const auto listing = index_.at(*cells.whole());
             if (facts_.listings[listing].marketplace == marketplace) take(listing, cells);
           });
    }
  }

  void read_snapshots() {
    std::unordered_map<std::string, size_t> row_of;  // listing and condition
    each_newest(ReportKind::kPlanning, "planning", kPlanningColumns, [&](account::ListingIndex listing, Cells& c) {
      account::PlanningRow row = planning_row(listing, c);
      row_of.emplace(std::to_string(listing) + '\0' + row.condition, facts_.planning.size());
      facts_.planning.push_back(std::move(row));
    });
    for (const std::string& marketplace : marketplaces_with(ReportKind::kPlanning)) {
      const Covering* covering = newest(ReportKind::kPlanning, marketplace);
      if (!covering) continue;
      each("SELECT listing_id, condition_name, from_day, to_day, units FROM age_band WHERE import_id = " +
               std::to_string(covering->import) + " ORDER BY listing_id, condition_name, from_day",
           [&](Cells& c) {
             const auto listing = index_.at(*c.whole());
             const auto found = row_of.find(std::to_string(listing) + '\0' + c.text());
             if (found == row_of.end()) return;
             account::AgeBand band{static_cast<int>(*c.whole()), std::nullopt, 0};
             if (const auto to = c.whole()) band.to_day = static_cast<int>(*to);
             band.units = c.whole().value_or(0);
             auto& ages = facts_.planning[found->second].ages;
             if (facts_.listings[listing].marketplace == marketplace) ages.push_back(band);
           });
    }
    each_newest(
        ReportKind::kManageFba, "manage_fba",
        "snapshot, condition_name, currency, price, fulfillable, unsellable, reserved, total, inbound_working, "
        "inbound_shipped, inbound_receiving, researching, volume_cuft, lies_here",
        [&](account::ListingIndex listing, Cells& c) {
          account::ManageFbaRow row;
          row.listing = listing;
          row.snapshot = c.day();
          row.condition = c.text();
          c.currency();
          row.price = c.money();
          for (auto* figure : {&row.fulfillable, &row.unsellable, &row.reserved, &row.total, &row.inbound_working,
                               &row.inbound_shipped, &row.inbound_receiving, &row.researching})
            *figure = c.whole();
          row.volume_cuft = c.real();
          row.lies_here = c.whole().value_or(0) != 0;
          facts_.manage_fba.push_back(std::move(row));
        });
    each_newest(ReportKind::kReserved, "reserved", "snapshot, total, customer_orders, fc_transfer, fc_processing",
                [&](account::ListingIndex listing, Cells& c) {
                  account::ReservedRow row;
                  row.listing = listing;
                  row.snapshot = c.day();
                  row.total = c.whole();
                  row.customer_orders = c.whole();
                  row.fc_transfer = c.whole();
                  row.fc_processing = c.whole();
                  facts_.reserved.push_back(row);
                });
  }

  // Reports that complete those of stock.
  void read_complements() {
    each_newest(ReportKind::kRestock, "planning", kPlanningColumns,
                [&](account::ListingIndex listing, Cells& c) { facts_.restock.push_back(planning_row(listing, c)); });
    each_newest(ReportKind::kCountryStock, "country_stock", "snapshot, units",
                [&](account::ListingIndex listing, Cells& c) {
                  const Date day = c.day();
                  facts_.country_stock.push_back({listing, day, c.whole().value_or(0)});
                });
    each_newest(ReportKind::kAllListings, "listing_state", "day, currency, price, status",
                [&](account::ListingIndex listing, Cells& c) {
                  account::ListingStateRow row{listing, c.day(), {}, {}};
                  c.currency();
                  row.price = c.money();
                  row.status = c.text();
                  facts_.listing_states.push_back(std::move(row));
                });
  }

  // Which import speaks for each day of each marketplace, for reports that tell a history.
  using DaysOf = std::map<int32_t, std::vector<int64_t>>;
  using ByDay = std::map<std::string, DaysOf>;
  ByDay history_of(std::initializer_list<ReportKind> reports) {
    std::map<std::string, std::vector<Covering>> by_marketplace;
    for (const Covering& covering : coverings_)
      if (std::find(reports.begin(), reports.end(), covering.report) != reports.end())
        by_marketplace[covering.span.marketplace].push_back(covering);
    ByDay by_day;
    for (auto& [marketplace, list] : by_marketplace) {
      const Covering* latest = &list.front();
      for (const Covering& covering : list)
        if (covering.span.last_day >= latest->span.last_day) latest = &covering;
      note_report(*latest);
      by_day[marketplace] = imports_by_day(list);
    }
    return by_day;
  }
  static std::set<int64_t> imports_in(const ByDay& by_day) {
    std::set<int64_t> imports;
    for (const auto& [marketplace, days] : by_day)
      for (const auto& [day, ids] : days) imports.insert(ids.begin(), ids.end());
    return imports;
  }
  // Figures of a table of runs by listing and day, those days of which an import speaks. A listing's days come
  // together.
  template <size_t kFigures, typename Take>
  void each_day(const std::string& table, int64_t import, const ByDay& by_day, Take take) {
    const int64_t last_day = day_number(facts_.as_of);
    each_run(sql_, table, import, [&](int64_t id, std::string_view text) {
      const account::ListingIndex listing = index_.at(id);
      const auto found = by_day.find(facts_.listings[listing].marketplace);
      if (found == by_day.end()) return;
      each_day_in<kFigures>(text, [&](int32_t day, std::span<const int64_t, kFigures> figures) {
        if (day <= last_day && speaks(found->second, day, import)) take(listing, day, figures);
      });
    });
  }
  bool speaks(const ByDay& by_day, account::ListingIndex listing, int32_t day, int64_t import) const {
    const auto days = by_day.find(facts_.listings[listing].marketplace);
    return day <= day_number(facts_.as_of) && days != by_day.end() && speaks(days->second, day, import);
  }
  static bool speaks(const DaysOf& days, int32_t day, int64_t import) {
    const auto ids = days.find(day);
    return ids != days.end() && std::find(ids->second.begin(), ids->second.end(), import) != ids->second.end();
  }
  void add_spans(const ByDay& by_day, std::vector<account::SalesSpan>& spans) const {
    for (const auto& [marketplace, days] : by_day)
      if (!days.empty())
        spans.push_back({marketplace, date_of_day_number(days.begin()->first),
                         std::min(facts_.as_of, date_of_day_number(days.rbegin()->first))});
  }

  void read_ledger() {
    const ByDay by_day = history_of({ReportKind::kLedger});
    add_spans(by_day, facts_.ledger_spans);
    for (const auto& [marketplace, days] : by_day) add_ledger_gaps(marketplace, days, facts_.ledger_gaps);
    std::unordered_map<account::ListingIndex, account::LedgerBalance> last;
    std::map<std::pair<account::ListingIndex, int32_t>, std::pair<int32_t, int64_t>> weeks;  // the newest day's units
    account::LedgerBalance* held = nullptr;
    for (int64_t import : imports_in(by_day))
      each_day<7>("ledger_of_listing", import, by_day,
                  [&](account::ListingIndex listing, int32_t day, std::span<const int64_t, 7> row) {
                    const bool sellable = row[0] != 0;
                    const int64_t receipts = row[2], ending = row[6];
                    if (sellable && receipts > 0) facts_.receipts.push_back({listing, day, receipts});
                    if (const int32_t ago = weeks_ago(day); sellable && ago < account::kStockWeeks) {
                      auto& week = weeks.try_emplace({listing, ago}, day, ending).first->second;
                      if (week.first <= day) week = {day, ending};
                    }
                    if (sellable && ending <= 0) facts_.stockouts.push_back({listing, day});
                    const Date date = date_of_day_number(day);
                    if (!held || held->listing != listing)
                      held = &last.try_emplace(listing, account::LedgerBalance{listing, date, 0, 0}).first->second;
                    if (held->day < date) *held = {listing, date, 0, 0};
                    if (held->day == date) (sellable ? held->sellable : held->unsellable) = ending;
                  });
    for (const auto& [key, week] : weeks) facts_.stock_weeks.push_back({key.first, key.second, week.second});
    read_empty_snapshots();
    add_receipts(
        sql_, account_,
        [&](const std::string& marketplace, int32_t day) {
          const auto days = by_day.find(marketplace);
          return days != by_day.end() && days->second.contains(day);
        },
        facts_);
    for (const auto& [listing, balance] : last) facts_.balances.push_back(balance);
    std::sort(facts_.balances.begin(), facts_.balances.end(),
              [](const auto& a, const auto& b) { return a.listing < b.listing; });
  }

  int32_t weeks_ago(int32_t day) const { return static_cast<int32_t>(day_number(facts_.as_of) - day) / 7; }

  // A snapshot with nothing available is a day out of stock, whatever the ledger tells or leaves out.
  void read_empty_snapshots() {
    each("SELECT s.listing_id, s.day FROM stockout_day s JOIN import i ON i.id = s.import_id WHERE i.account_id = " +
             std::to_string(account_) + " AND i.status = 'in_force' ORDER BY s.import_id, s.listing_id",
         [&](Cells& c) {
           const auto listing = index_.at(*c.whole());
           const Date day = c.day();
           if (day <= facts_.as_of) facts_.stockouts.push_back({listing, static_cast<int32_t>(day_number(day))});
         });
  }

  void read_sales() {
    ByDay by_day = history_of({ReportKind::kAllOrders, ReportKind::kShipments});
    add_spans(by_day, facts_.sales_spans);
    for (auto& [marketplace, days] : by_day)
      for (auto& gap : gaps_of_sales(sql_, coverings_, marketplace, facts_.as_of, days))
        facts_.sales_gaps.push_back(std::move(gap));
    const auto imports = imports_in(by_day);
    const auto in_order = [](const account::SalesDay& a, const account::SalesDay& b) {
      return a.listing != b.listing ? a.listing < b.listing : a.day < b.day;
    };
    for (int64_t import : imports) {
      const auto before = static_cast<std::ptrdiff_t>(facts_.sales.size());
      each_day<5>("sales_of_listing", import, by_day,
                  [&](account::ListingIndex listing, int32_t day, std::span<const int64_t, 5> row) {
                    facts_.sales.push_back({listing, day, row[0], row[1], row[2], row[3], row[4]});
                  });
      // Each comes in order, but for listings that were first met later than others.
      const auto from = facts_.sales.begin() + before;
      if (!std::is_sorted(from, facts_.sales.end(), in_order)) std::sort(from, facts_.sales.end(), in_order);
      std::inplace_merge(facts_.sales.begin(), from, facts_.sales.end(), in_order);
    }
    size_t kept = 0;
    for (size_t i = 0; i < facts_.sales.size(); ++i) {
      const account::SalesDay& row = facts_.sales[i];
      if (kept > 0 && facts_.sales[kept - 1].listing == row.listing && facts_.sales[kept - 1].day == row.day) {
        account::SalesDay& sum = facts_.sales[kept - 1];
        sum.units += row.units;
        sum.revenue += row.revenue;
        sum.priced_units += row.priced_units;
        sum.promo_units += row.promo_units;
        sum.promo_discount += row.promo_discount;
      } else {
        facts_.sales[kept++] = row;
      }
    }
    facts_.sales.resize(kept);
  }

  void read_fee_preview() {
    each_newest(
        ReportKind::kFeePreview, "fee_preview",
        "currency, price, referral_fee, fulfilment_fee, total_fee, closing_fee, longest_in, median_in, "
        "shortest_in, weight_lb, size_tier, product_group",
        [&](account::ListingIndex listing, Cells& c) {
          account::FeePreviewRow row;
          row.listing = listing;
          c.currency();
          for (auto* amount : {&row.price, &row.referral_fee, &row.fulfilment_fee, &row.total_fee, &row.closing_fee})
            *amount = c.money();
          for (auto* size : {&row.longest_in, &row.median_in, &row.shortest_in, &row.weight_lb}) *size = c.real();
          row.size_tier = c.text();
          row.product_group = c.text();
          facts_.fee_preview.push_back(std::move(row));
        });
  }

  void read_charges() {
    const ByDay storage = history_of({ReportKind::kStorageFees});
    for (int64_t import : imports_in(storage)) {
      each(
          "SELECT marketplace, fnsku, asin, size_tier, month, average_units, volume_cuft, currency, rate, fee, "
          "base_fee, utilisation_fee, utilisation_rate, discount, utilisation_weeks FROM storage_fee WHERE import_id "
          "= " +
              std::to_string(import) + " ORDER BY id",
          [&](Cells& c) {
            account::StorageFeeRow row;
            for (auto* word : {&row.marketplace, &row.fnsku, &row.asin, &row.size_tier}) *word = c.text();
            row.month = c.day();
            row.average_units = c.real();
            row.volume_cuft = c.real();
            c.currency();
            for (auto* amount :
                 {&row.rate, &row.fee, &row.base_fee, &row.utilisation_fee, &row.utilisation_rate, &row.discount})
              *amount = c.money();
            row.utilisation_weeks = c.real();
            const auto days = storage.find(row.marketplace);
            if (days == storage.end()) return;
            const auto ids = days->second.find(static_cast<int32_t>(day_number(row.month)));
            if (ids != days->second.end() &&
                std::find(ids->second.begin(), ids->second.end(), import) != ids->second.end())
              facts_.storage_fees.push_back(std::move(row));
          });
    }
    const ByDay aged = history_of({ReportKind::kAgedSurcharge});
    for (int64_t import : imports_in(aged)) {
      each("SELECT listing_id, day, tier, units, currency, amount, rate FROM aged_charge WHERE import_id = " +
               std::to_string(import) + " ORDER BY id",
           [&](Cells& c) {
             account::AgedChargeRow row;
             row.listing = index_.at(*c.whole());
             row.day = c.day();
             row.tier = c.text();
             row.units = c.whole();
             c.currency();
             row.amount = c.money();
             row.rate = c.money();
             if (speaks(aged, row.listing, static_cast<int32_t>(day_number(row.day)), import))
               facts_.aged_charges.push_back(std::move(row));
           });
    }
    const ByDay returns = history_of({ReportKind::kReturns});
    for (int64_t import : imports_in(returns)) {
      each("SELECT listing_id, day, disposition, units FROM return_day WHERE import_id = " + std::to_string(import) +
               " ORDER BY listing_id, day",
           [&](Cells& c) {
             account::ReturnDay row;
             row.listing = index_.at(*c.whole());
             row.day = c.day();
             row.disposition = c.text();
             row.units = c.whole().value_or(0);
             if (speaks(returns, row.listing, static_cast<int32_t>(day_number(row.day)), import))
               facts_.returns.push_back(std::move(row));
           });
    }
  }

  void read_costs() {
    facts_.costs = store::read_costs(sql_, account_, facts_.as_of);
    facts_.purchase_orders = read_purchase_orders(sql_, account_);
    each(
        "SELECT p.own_sku, p.marketplace, p.sku FROM sku_pair p JOIN import i ON i.id = p.import_id WHERE "
        "i.account_id = " +
            std::to_string(account_) + " AND i.status = 'in_force' ORDER BY p.id",
        [&](Cells& c) {
          account::SkuPair pair;
          for (auto* words : {&pair.own_sku, &pair.marketplace, &pair.sku}) *words = c.text();
          facts_.pairs.push_back(std::move(pair));
        });
    facts_.rates = read_rates(sql_, account_);
  }

  soci::session& sql_;
  int64_t account_;
  FactsInForce facts_;
  std::vector<Covering> coverings_;  // in force, by import
  std::vector<Covering> waiting_;    // set aside
  std::vector<Covering> later_;      // in force, but of later days
  std::unordered_map<int64_t, account::ListingIndex> index_;
};

}  // namespace

account::ReportKind report_kind_in(const std::string& id) {
  if (const auto kind = account::report_kind_of(id)) return *kind;
  throw soci::soci_error("a report of a newer program: " + id);
}

account::FactsInForce read_facts(soci::session& sql, int64_t account, Date as_of) {
  return Reader(sql, account, as_of).read();
}

}  // namespace destock::store

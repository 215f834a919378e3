#include "ingest/storage_fees/storage_fees.h"

#include <cmath>
#include <map>

#include "ingest/volume_units.h"

// One row is an FNSKU x fulfilment centre x month. month-of-charge is "2026-01" or "Jan-26".
namespace destock::ingest {
namespace {

enum Column : size_t {
  kMonth,
  kFee,
  kFnsku,
  kAsin,
  kCountry,
  kVolume,
  kVolumeUnit,
  kAverage,
  kRate,
  kCurrency,
  kTier,
  kBaseFee,
  kUtilisationFee,
  kUtilisationRate,
  kDiscount,
  kUtilisation,
  kUtilisationUnits
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"month-of-charge"}},
      {Need::kRequired, {"estimated-monthly-storage-fee"}},
      {Need::kSignature, {"fnsku"}},
      {Need::kSignature, {"asin"}},
      {Need::kOptional, {"country-code", "marketplace"}},
      {Need::kOptional, {"item-volume"}},
      {Need::kOptional, {"volume-units", "volume-unit"}},
      {Need::kOptional, {"average-quantity-on-hand"}},
      {Need::kOptional, {"storage-rate", "base-rate"}},
      {Need::kOptional, {"currency"}},
      {Need::kOptional, {"product-size-tier"}},
      {Need::kOptional, {"est-base-msf"}},
      {Need::kOptional, {"est-sus"}},
      {Need::kOptional, {"utilization-surcharge-rate"}},
      {Need::kOptional, {"total-incentive-fee-amount"}},
      {Need::kOptional, {"storage-utilization-ratio"}},
      {Need::kOptional, {"storage-utilization-ratio-units"}},
  };
}

class StorageFeesReader final : public ReportReader {
public:
  explicit StorageFeesReader(ReadContext& context) : context_(context), volumes_(context.names) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of_centre(row, row.has(kCountry) ? static_cast<int>(kCountry) : -1);
    if (!marketplace || !context_.currency_agrees(row, kCurrency, *marketplace)) return;
    const auto month = month_of_charge(row);
    if (!month) return;
    account::StorageFeeRow facts;
    facts.marketplace = marketplace->id;
    facts.month = *month;
    facts.fnsku = row.words(kFnsku);
    facts.asin = row.words(kAsin);
    facts.size_tier = row.words(kTier);
    facts.average_units = row.real(kAverage);
    facts.volume_cuft = volumes_.cubic_feet(row, kVolume, kVolumeUnit);
    facts.rate = row.money(kRate, marketplace->currency);
    facts.fee = row.money(kFee, marketplace->currency);
    read_parts(row, marketplace->currency, facts);
    if (!facts.fee)
      row.refuse(kFee, {"the fee is missing", "缺少费用金额"}, {"download the report again", "请重新下载报告"});
    if (facts.fnsku.empty() && facts.asin.empty())
      row.refuse(kFnsku, {"neither FNSKU nor ASIN is given", "缺少 FNSKU 与 ASIN"},
                 {"download the report again", "请重新下载报告"});
    if (row.refused()) return;
    count_.add(marketplace->id, *month, 0, 0);
    months_[marketplace->id][*month] += facts.average_units.value_or(0);
    context_.facts.storage_fees.push_back(std::move(facts));
  }

  void finish() override {
    volumes_.finish(context_);
    count_.finish(context_.facts);
    // Units are those that lay in store on average: of several months, of the newest.
    for (account::Coverage& span : context_.facts.coverage)
      span.units = std::llround(months_[span.marketplace].rbegin()->second);
  }

private:
  // A surcharge or discount of nought is a part that is known.
  static void read_parts(Row& row, Currency currency, account::StorageFeeRow& facts) {
    const auto amount = [&](size_t column) {
      const auto read = row.has(column) ? row.money(column, currency) : std::nullopt;
      return read && read->units() >= 0 ? read : std::nullopt;
    };
    facts.base_fee = amount(kBaseFee);
    facts.utilisation_fee = amount(kUtilisationFee);
    facts.utilisation_rate = amount(kUtilisationRate);
    facts.discount = amount(kDiscount);
    const std::string_view units = row.has(kUtilisationUnits) ? row.text(kUtilisationUnits) : std::string_view();
    if (row.has(kUtilisation) && (is_missing(units) || units.starts_with("week")))
      facts.utilisation_weeks = row.real(kUtilisation);
  }

  static std::optional<Date> month_of_charge(Row& row) {
    const std::string text(row.text(kMonth));
    auto month = parse_report_date(text.find("20") == 0 ? text + "-01" : "01-" + text, DateOrder::kDayFirst);
    if (!month) month = parse_report_date(text, row.conventions().dates);
    if (!month || *month > row.conventions().today) {
      row.refuse(kMonth, {"not a month of the past", "不是过去的月份"},
                 {"write months as 2026-01", "请按 2026-01 的格式填写月份"});
      return std::nullopt;
    }
    return first_of_month(*month);
  }

  ReadContext& context_;
  CoverageCount count_;
  VolumeUnits volumes_;
  std::map<std::string, std::map<Date, double>> months_;  // average units, by marketplace
};

}  // namespace

ReportFormat storage_fees_format() {
  return {account::ReportKind::kStorageFees,
          columns(),
          make_reader<StorageFeesReader>,
          true,
          true,
          kFnsku,
          {kFee, kRate, kVolume, kAverage},
          {},
          kCountry};
}

}  // namespace destock::ingest

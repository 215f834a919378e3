#include "ingest/planning/planning.h"

#include <array>

#include "ingest/volume_units.h"

// One row is a SKU in a marketplace on a day. Columns seen in public copies of the report, old and new:
//   ages     0-90 · 91-180 · 181-270 · 271-365 · 365-plus until about 10 January 2026 (amzn/selling-partner-api-models
//   #5091),
//            366-455 · 456-plus since; finer 0-30 · 31-60 · 61-90 · 181-330 · 331-365 beside them
//   reserved one figure ("Total Reserved Quantity"), or split by columns such as fc-transfer (#5284)
//   volume   item-volume with volume-unit-measurement: cubic feet in the US, cubic metres elsewhere
namespace destock::ingest {
namespace {

using account::AgeBand;
using account::PlanningRow;

enum Column : size_t {
  kSnapshot,
  kSku,
  kAvailable,
  kFnsku,
  kAsin,
  kTitle,
  kCondition,
  kMarketplace,
  kCurrency,
  kPendingRemoval,
  kAge0To90,
  kAge91To180,
  kAge181To270,
  kAge271To365,
  kAge365Plus,
  kAge366To455,
  kAge456Plus,
  kAge0To30,
  kAge31To60,
  kAge61To90,
  kAge181To330,
  kAge331To365,
  kUnits7,
  kUnits30,
  kUnits60,
  kUnits90,
  kAlert,
  kPrice,
  kSalesPrice,
  kAction,
  kHealthStatus,
  kExcess,
  kDaysOfSupply,
  kSellThrough,
  kVolume,
  kVolumeUnit,
  kStorageType,
  kStorageCost,
  kProductGroup,
  kInbound,
  kInboundWorking,
  kInboundShipped,
  kInboundReceived,
  kReserved,
  kReservedOrders,
  kFcTransfer,
  kFcProcessing,
  kUnfulfillable,
  kAged181,
  kAged211,
  kAged241,
  kAged271,
  kAged301,
  kAged331,
  kAged365,
  kAged456,
  kColumns
};

std::vector<ColumnSpec> columns() {
  std::vector<ColumnSpec> specs(kColumns);
  const auto set = [&](size_t column, Need need, std::vector<std::string_view> names) {
    specs[column] = {need, std::move(names)};
  };
  set(kSnapshot, Need::kRequired, {"snapshot-date", "快照日期"});
  set(kSku, Need::kRequired,
      {"sku", "seller-sku", "merchant-sku", "msku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur",
       "SKU del vendedor", "SKU venditore"});
  set(kAvailable, Need::kRequired, {"available", "available-quantity", "可售"});
  set(kFnsku, Need::kOptional, {"fnsku"});
  set(kAsin, Need::kOptional, {"asin"});
  set(kTitle, Need::kOptional,
      {"product-name", "item-name", "商品名称", "商品名", "Artikelbezeichnung", "nom-produit", "Título del producto",
       "Nome dell'articolo"});
  set(kCondition, Need::kOptional, {"condition"});
  set(kMarketplace, Need::kOptional, {"marketplace", "country-code", "store", "站点"});
  set(kCurrency, Need::kOptional, {"currency", "币种"});
  set(kPendingRemoval, Need::kOptional, {"pending-removal-quantity"});
  set(kAge0To90, Need::kSignature, {"inv-age-0-to-90-days"});
  set(kAge91To180, Need::kOptional, {"inv-age-91-to-180-days"});
  set(kAge181To270, Need::kOptional, {"inv-age-181-to-270-days"});
  set(kAge271To365, Need::kOptional, {"inv-age-271-to-365-days"});
  set(kAge365Plus, Need::kOptional, {"inv-age-365-plus-days"});
  set(kAge366To455, Need::kOptional, {"inv-age-366-to-455-days"});
  set(kAge456Plus, Need::kOptional, {"inv-age-456-plus-days"});
  set(kAge0To30, Need::kOptional, {"inv-age-0-to-30-days"});
  set(kAge31To60, Need::kOptional, {"inv-age-31-to-60-days"});
  set(kAge61To90, Need::kOptional, {"inv-age-61-to-90-days"});
  set(kAge181To330, Need::kOptional, {"inv-age-181-to-330-days"});
  set(kAge331To365, Need::kOptional, {"inv-age-331-to-365-days"});
  set(kUnits7, Need::kOptional, {"units-shipped-t7", "units-shipped-last-7-days"});
  set(kUnits30, Need::kSignature, {"units-shipped-t30", "units-shipped-last-30-days"});
  set(kUnits60, Need::kOptional, {"units-shipped-t60", "units-shipped-last-60-days"});
  set(kUnits90, Need::kOptional, {"units-shipped-t90", "units-shipped-last-90-days"});
  set(kAlert, Need::kOptional, {"alert"});
  set(kPrice, Need::kOptional, {"your-price"});
  set(kSalesPrice, Need::kOptional, {"sales-price"});
  set(kAction, Need::kOptional, {"recommended-action"});
  set(kHealthStatus, Need::kOptional, {"fba-inventory-level-health-status"});
  set(kExcess, Need::kOptional, {"estimated-excess-quantity"});
  set(kDaysOfSupply, Need::kSignature, {"days-of-supply"});
  set(kSellThrough, Need::kOptional, {"sell-through"});
  set(kVolume, Need::kOptional, {"item-volume"});
  set(kVolumeUnit, Need::kOptional, {"volume-unit-measurement"});
  set(kStorageType, Need::kOptional, {"storage-type"});
  set(kStorageCost, Need::kOptional, {"estimated-storage-cost-next-month"});
  set(kProductGroup, Need::kOptional, {"product-group", "category"});
  set(kInbound, Need::kOptional, {"inbound-quantity"});
  set(kInboundWorking, Need::kOptional, {"inbound-working"});
  set(kInboundShipped, Need::kOptional, {"inbound-shipped"});
  set(kInboundReceived, Need::kOptional, {"inbound-received", "inbound-receiving"});
  set(kReserved, Need::kOptional, {"reserved-quantity", "Total Reserved Quantity"});
  set(kReservedOrders, Need::kOptional,
      {"reserved-customer-order", "Reserved Customer Order", "reserved-customerorders", "customer-order"});
  set(kFcTransfer, Need::kOptional,
      {"fc-transfer", "Reserved FC Transfer", "reserved-fc-transfers", "reserved-fc-transfer"});
  set(kFcProcessing, Need::kOptional, {"fc-processing", "Reserved FC Processing", "reserved-fc-processing"});
  set(kUnfulfillable, Need::kOptional, {"unfulfillable-quantity"});
  set(kAged181, Need::kOptional, {"estimated-ais-181-210-days"});
  set(kAged211, Need::kOptional, {"estimated-ais-211-240-days"});
  set(kAged241, Need::kOptional, {"estimated-ais-241-270-days"});
  set(kAged271, Need::kOptional, {"estimated-ais-271-300-days"});
  set(kAged301, Need::kOptional, {"estimated-ais-301-330-days"});
  set(kAged331, Need::kOptional, {"estimated-ais-331-365-days"});
  set(kAged365, Need::kOptional, {"estimated-ais-365-plus-days", "estimated-ais-366-455-days"});
  set(kAged456, Need::kOptional, {"estimated-ais-456-plus-days"});
  return specs;
}

// Adds the bands of a set of columns, if the file has them all and the row fills in one.
bool add_bands(Row& row, std::initializer_list<std::pair<size_t, AgeBand>> bands, std::vector<AgeBand>& ages) {
  bool any = false;
  for (const auto& [column, band] : bands) {
    if (!row.has(column)) return false;
    any = any || !is_missing(row.text(column));
  }
  if (!any) return false;
  for (auto [column, band] : bands) {
    const auto units = row.stock(column);
    if (!units) continue;
    band.units = *units;
    ages.push_back(band);
  }
  return true;
}

// The finest bands that the file gives, without overlap.
std::vector<AgeBand> ages_of(Row& row) {
  std::vector<AgeBand> ages;
  if (!add_bands(row, {{kAge0To30, {0, 30, 0}}, {kAge31To60, {31, 60, 0}}, {kAge61To90, {61, 90, 0}}}, ages))
    add_bands(row, {{kAge0To90, {0, 90, 0}}}, ages);
  add_bands(row, {{kAge91To180, {91, 180, 0}}}, ages);
  if (!add_bands(row, {{kAge181To270, {181, 270, 0}}, {kAge271To365, {271, 365, 0}}}, ages))
    add_bands(row, {{kAge181To330, {181, 330, 0}}, {kAge331To365, {331, 365, 0}}}, ages);
  if (!add_bands(row, {{kAge366To455, {366, 455, 0}}, {kAge456Plus, {456, std::nullopt, 0}}}, ages))
    add_bands(row, {{kAge365Plus, {366, std::nullopt, 0}}}, ages);
  return ages;
}

std::optional<Money> aged_cost_of(Row& row, Currency currency) {
  std::optional<Money> total;
  for (size_t column = kAged181; column <= kAged456; ++column)
    if (const auto part = row.money(column, currency)) total = total ? *total + *part : *part;
  return total;
}

class PlanningReader final : public ReportReader {
public:
  explicit PlanningReader(ReadContext& context) : context_(context), volumes_(context.names) {}

  void read(Row& row) override {
    const auto* marketplace = row.has(kMarketplace) && !is_missing(row.text(kMarketplace))
                                  ? context_.marketplace_of(row, kMarketplace)
                                  : context_.marketplace_by_currency(row, kCurrency);
    if (!marketplace || !context_.currency_agrees(row, kCurrency, *marketplace)) return;
    const auto snapshot = row.day(kSnapshot);
    if (!snapshot) {
      row.refuse(kSnapshot, {"the snapshot date is missing", "缺少快照日期"},
                 {"download the report again", "请重新下载报告"});
      return;
    }
    const auto available = row.stock(kAvailable);
    if (!available) {
      row.refuse(kAvailable, {"the available quantity is missing", "缺少可售数量"},
                 {"download the report again", "请重新下载报告"});
      return;
    }
    const Currency currency = marketplace->currency;
    PlanningRow facts;
    facts.snapshot = *snapshot;
    facts.available = available;
    read_quantities(row, facts);
    facts.price = row.price(kPrice, currency);
    facts.sales_price = row.money(kSalesPrice, currency);
    facts.days_of_supply = row.real(kDaysOfSupply);
    facts.sell_through = row.real(kSellThrough);
    facts.volume_cuft = volumes_.cubic_feet(row, kVolume, kVolumeUnit);
    facts.storage_cost_next_month = row.money(kStorageCost, currency);
    facts.aged_cost_next_month = aged_cost_of(row, currency);
    facts.condition = row.words(kCondition);
    facts.alert = row.words(kAlert);
    facts.recommended_action = row.words(kAction);
    facts.health_status = row.words(kHealthStatus);
    facts.storage_type = row.words(kStorageType);
    facts.product_group = row.words(kProductGroup);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing || !once_.first(row, *listing, facts.condition, kSku, *snapshot)) return;
    facts.listing = *listing;
    count_.add(marketplace->id, *snapshot, *available, *listing);
    context_.facts.planning.push_back(std::move(facts));
  }

  void finish() override {
    volumes_.finish(context_);
    count_.finish(context_.facts);
  }

private:
  static void read_quantities(Row& row, PlanningRow& facts) {
    facts.ages = ages_of(row);
    facts.pending_removal = row.stock(kPendingRemoval);
    facts.units_t7 = row.stock(kUnits7);
    facts.units_t30 = row.stock(kUnits30);
    facts.units_t60 = row.stock(kUnits60);
    facts.units_t90 = row.stock(kUnits90);
    facts.amazon_excess = row.stock(kExcess);
    facts.inbound = row.stock(kInbound);
    facts.inbound_working = row.stock(kInboundWorking);
    facts.inbound_shipped = row.stock(kInboundShipped);
    facts.inbound_received = row.stock(kInboundReceived);
    facts.reserved = row.stock(kReserved);
    facts.customer_orders = row.stock(kReservedOrders);
    facts.fc_transfer = row.stock(kFcTransfer);
    facts.fc_processing = row.stock(kFcProcessing);
    facts.unfulfillable = row.stock(kUnfulfillable);
  }

  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
  VolumeUnits volumes_;
};

}  // namespace

ReportFormat planning_format() {
  return {account::ReportKind::kPlanning,
          columns(),
          make_reader<PlanningReader>,
          true,
          true,
          kSku,
          {kPrice, kStorageCost, kVolume},
          {kSnapshot},
          kMarketplace};
}

}  // namespace destock::ingest

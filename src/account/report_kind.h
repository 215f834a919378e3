#pragma once
// The reports that the product reads, one word each through table, JSON and screen.

#include <array>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace destock::account {

enum class ReportKind {
  kPlanning,          // FBA Inventory (Manage Inventory Health): SKU x marketplace, a day's snapshot
  kManageFba,         // Manage FBA Inventory: SKU
  kReserved,          // Reserved Inventory: SKU
  kAllOrders,         // All Orders: order line
  kShipments,         // Amazon Fulfilled Shipments: shipped line
  kLedger,            // Inventory Ledger, summary view: day x SKU x disposition
  kFeePreview,        // Fee Preview: SKU x store
  kStorageFees,       // Monthly Storage Fees: FNSKU x centre x month
  kAgedSurcharge,     // Aged Inventory Surcharge: SKU x age band
  kReturns,           // FBA Customer Returns: returned unit
  kCostSheet,         // the seller's own cost sheet: SKU
  kExchangeRates,     // the seller's own exchange rates: day x pair
  kPurchaseOrders,    // the seller's own purchase orders: order x SKU
  kSkuPairs,          // the seller's own SKUs and Amazon's: pair
  kCountryStock,      // Multi-Country Inventory: SKU x country
  kRestock,           // Restock Inventory: SKU x country
  kAllListings,       // All Listings: offer
  kRemovalOrders,     // Removal Order Detail: order x SKU x disposition
  kRemovalShipments,  // Removal Shipment Detail: order x SKU x parcel
  kSettlement,        // Settlement (V2 flat file): amount
  kPromotions,        // Promotion Performance (JSON): promotion x ASIN
  kTraffic,           // Sales and Traffic, Business Report: ASIN or SKU x span of days
  kTransactions,      // Date-range transactions: transaction
  kStranded,          // Stranded Inventory: SKU
  kLedgerDetail,      // Inventory Ledger, detailed view: event
  kReceived,          // Received Inventory: SKU x shipment
  kFbaPromotions,     // FBA Promotions: promotion x shipped item
  kCoupons,           // Coupon Performance (JSON): coupon x ASIN
};

inline constexpr std::array<ReportKind, 28> kAllReportKinds = {
    ReportKind::kPlanning,      ReportKind::kManageFba,        ReportKind::kReserved,      ReportKind::kAllOrders,
    ReportKind::kShipments,     ReportKind::kLedger,           ReportKind::kFeePreview,    ReportKind::kStorageFees,
    ReportKind::kAgedSurcharge, ReportKind::kReturns,          ReportKind::kCostSheet,     ReportKind::kExchangeRates,
    ReportKind::kSkuPairs,      ReportKind::kCountryStock,     ReportKind::kRestock,       ReportKind::kAllListings,
    ReportKind::kRemovalOrders, ReportKind::kRemovalShipments, ReportKind::kSettlement,    ReportKind::kPromotions,
    ReportKind::kCoupons,       ReportKind::kTraffic,          ReportKind::kTransactions,  ReportKind::kStranded,
    ReportKind::kLedgerDetail,  ReportKind::kReceived,         ReportKind::kFbaPromotions, ReportKind::kPurchaseOrders};

std::string_view report_id(ReportKind kind);  // "fba_inventory"
Text report_name(ReportKind kind);
std::optional<ReportKind> report_kind_of(std::string_view id);

// A snapshot says how things stand on one day; the others tell a history of days, or are valid until replaced.
bool is_snapshot(ReportKind kind);
// Reports that say what was sold.
bool is_sales(ReportKind kind);
// Reports that complete others: of a SKU that no other report has they say too little to stand alone.
bool completes_others(ReportKind kind);
// Reports that tell what became of stock and offers: of any day, and of SKUs that may be gone.
bool is_outcome(ReportKind kind);
// Reports that a week of work begins with; the others come once a month, or hold until they are replaced.
bool is_weekly(ReportKind kind);
// Sheets that the seller writes: costs, exchange rates.
bool is_by_hand(ReportKind kind);

}  // namespace destock::account

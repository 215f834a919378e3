#pragma once
// The reports that the product reads, one word each through table, JSON and screen.

#include <array>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace destock::account {

enum class ReportKind {
  kPlanning,       // FBA Inventory (Manage Inventory Health): SKU x marketplace, a day's snapshot
  kManageFba,      // Manage FBA Inventory: SKU
  kReserved,       // Reserved Inventory: SKU
  kAllOrders,      // All Orders: order line
  kShipments,      // Amazon Fulfilled Shipments: shipped line
  kLedger,         // Inventory Ledger, summary view: day x SKU x disposition
  kFeePreview,     // Fee Preview: SKU x store
  kStorageFees,    // Monthly Storage Fees: FNSKU x centre x month
  kAgedSurcharge,  // Aged Inventory Surcharge: SKU x age band
  kReturns,        // FBA Customer Returns: returned unit
  kCostSheet,      // the seller's own cost sheet: SKU
  kExchangeRates,  // the seller's own exchange rates: day x pair
  kSkuPairs,       // the seller's own SKUs and Amazon's: pair
};

inline constexpr std::array<ReportKind, 13> kAllReportKinds = {
    ReportKind::kPlanning,      ReportKind::kManageFba, ReportKind::kReserved,   ReportKind::kAllOrders,
    ReportKind::kShipments,     ReportKind::kLedger,    ReportKind::kFeePreview, ReportKind::kStorageFees,
    ReportKind::kAgedSurcharge, ReportKind::kReturns,   ReportKind::kCostSheet,  ReportKind::kExchangeRates,
    ReportKind::kSkuPairs};

std::string_view report_id(ReportKind kind);  // "fba_inventory"
Text report_name(ReportKind kind);
std::optional<ReportKind> report_kind_of(std::string_view id);

// A snapshot says how things stand on one day; the others tell a history of days, or are valid until replaced.
bool is_snapshot(ReportKind kind);
// Reports that say what was sold.
bool is_sales(ReportKind kind);
// Sheets that the seller writes: costs, exchange rates.
bool is_by_hand(ReportKind kind);

}  // namespace destock::account

#include "account/report_kind.h"

namespace destock::account {
namespace {

struct Names {
  std::string_view id;
  std::string_view en;
  std::string_view zh;
};

Names names_of(ReportKind kind) {
  switch (kind) {
    case ReportKind::kPlanning: return {"fba_inventory", "FBA Inventory", "FBA 库存"};
    case ReportKind::kManageFba: return {"manage_fba_inventory", "Manage FBA Inventory", "管理亚马逊库存"};
    case ReportKind::kReserved: return {"reserved_inventory", "Reserved Inventory", "预留库存"};
    case ReportKind::kAllOrders: return {"all_orders", "All Orders", "所有订单"};
    case ReportKind::kShipments: return {"fulfilled_shipments", "Amazon Fulfilled Shipments", "亚马逊配送货件"};
    case ReportKind::kLedger: return {"inventory_ledger", "Inventory Ledger (summary)", "库存分类账（汇总）"};
    case ReportKind::kFeePreview: return {"fee_preview", "Fee Preview", "费用预览"};
    case ReportKind::kStorageFees: return {"monthly_storage_fees", "Monthly Storage Fees", "月度仓储费"};
    case ReportKind::kAgedSurcharge: return {"aged_inventory_surcharge", "Aged Inventory Surcharge", "超龄库存附加费"};
    case ReportKind::kReturns: return {"customer_returns", "FBA Customer Returns", "买家退货"};
    case ReportKind::kCostSheet: return {"cost_sheet", "Cost sheet", "成本表"};
    case ReportKind::kExchangeRates: return {"exchange_rates", "Exchange rates", "汇率表"};
    case ReportKind::kSkuPairs: return {"sku_pairs", "SKU pairing", "SKU 配对表"};
    case ReportKind::kPurchaseOrders: return {"purchase_orders", "Purchase orders", "采购单"};
    case ReportKind::kCountryStock: return {"multi_country_inventory", "Multi-Country Inventory", "多国库存"};
    case ReportKind::kRestock: return {"restock_inventory", "Restock Inventory", "补货库存"};
    case ReportKind::kAllListings: return {"all_listings", "All Listings", "全部商品"};
    case ReportKind::kRemovalOrders: return {"removal_order_detail", "Removal Order Detail", "移除订单详情"};
    case ReportKind::kPromotions: return {"promotion_performance", "Promotion Performance", "促销业绩报告"};
    case ReportKind::kTransactions:
      return {"date_range_transactions", "Date-range transactions (payments)", "日期范围交易报告（付款）"};
    case ReportKind::kStranded: return {"stranded_inventory", "Stranded Inventory", "无在售信息的亚马逊库存"};
    case ReportKind::kLedgerDetail:
      return {"inventory_ledger_detail", "Inventory Ledger (detailed)", "库存分类账（详情）"};
    case ReportKind::kReceived: return {"received_inventory", "Received Inventory", "已接收库存"};
    case ReportKind::kFbaPromotions: return {"fba_promotions", "FBA Promotions", "促销报告（FBA）"};
    case ReportKind::kTraffic: return {"sales_and_traffic", "Sales and Traffic", "销售与流量"};
    case ReportKind::kCoupons: return {"coupon_performance", "Coupon Performance", "优惠券业绩报告"};
    case ReportKind::kSettlement: return {"settlement", "Settlement (V2)", "结算报告（V2）"};
    case ReportKind::kRemovalShipments: return {"removal_shipment_detail", "Removal Shipment Detail", "移除货件详情"};
  }
  return {"", "", ""};
}

}  // namespace

std::string_view report_id(ReportKind kind) {
  return names_of(kind).id;
}

Text report_name(ReportKind kind) {
  const Names names = names_of(kind);
  return {std::string(names.en), std::string(names.zh)};
}

std::optional<ReportKind> report_kind_of(std::string_view id) {
  for (ReportKind kind : kAllReportKinds)
    if (report_id(kind) == id) return kind;
  return std::nullopt;
}

bool is_snapshot(ReportKind kind) {
  return kind == ReportKind::kPlanning || kind == ReportKind::kManageFba || kind == ReportKind::kReserved;
}

bool is_sales(ReportKind kind) {
  return kind == ReportKind::kAllOrders || kind == ReportKind::kShipments;
}

bool completes_others(ReportKind kind) {
  return kind == ReportKind::kCountryStock || kind == ReportKind::kRestock || kind == ReportKind::kAllListings;
}

bool is_outcome(ReportKind kind) {
  switch (kind) {
    case ReportKind::kRemovalOrders:
    case ReportKind::kRemovalShipments:
    case ReportKind::kSettlement:
    case ReportKind::kTransactions:
    case ReportKind::kPromotions:
    case ReportKind::kCoupons:
    case ReportKind::kTraffic:
    case ReportKind::kStranded:
    case ReportKind::kLedgerDetail:
    case ReportKind::kReceived:
    case ReportKind::kFbaPromotions: return true;
    default: return false;
  }
}

bool is_weekly(ReportKind kind) {
  return is_snapshot(kind) || is_sales(kind) || kind == ReportKind::kLedger;
}

bool is_by_hand(ReportKind kind) {
  return kind == ReportKind::kCostSheet || kind == ReportKind::kExchangeRates || kind == ReportKind::kSkuPairs ||
         kind == ReportKind::kPurchaseOrders;
}

}  // namespace destock::account

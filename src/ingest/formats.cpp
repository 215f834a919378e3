// The registry: one line a report.

#include "ingest/aged_surcharge/aged_surcharge.h"
#include "ingest/all_listings/all_listings.h"
#include "ingest/cost_sheet/cost_sheet.h"
#include "ingest/coupons/coupons.h"
#include "ingest/exchange_rates/exchange_rates.h"
#include "ingest/fba_promotions/fba_promotions.h"
#include "ingest/fee_preview/fee_preview.h"
#include "ingest/ledger/ledger.h"
#include "ingest/ledger_detail/ledger_detail.h"
#include "ingest/manage_fba/manage_fba.h"
#include "ingest/multi_country/multi_country.h"
#include "ingest/orders/orders.h"
#include "ingest/planning/planning.h"
#include "ingest/promotions/promotions.h"
#include "ingest/purchase_orders/purchase_orders.h"
#include "ingest/received/received.h"
#include "ingest/removal_orders/removal_orders.h"
#include "ingest/removal_shipments/removal_shipments.h"
#include "ingest/report_format.h"
#include "ingest/reserved/reserved.h"
#include "ingest/restock_report/restock_report.h"
#include "ingest/returns/returns.h"
#include "ingest/settlement/settlement.h"
#include "ingest/shipments/shipments.h"
#include "ingest/sku_pairs/sku_pairs.h"
#include "ingest/storage_fees/storage_fees.h"
#include "ingest/stranded/stranded.h"
#include "ingest/traffic/traffic.h"
#include "ingest/transactions/transactions.h"

namespace destock::ingest {

std::span<const ReportFormat> report_formats() {
  static const std::vector<ReportFormat> formats = {
      planning_format(),       manage_fba_format(),     reserved_format(),          shipments_format(),
      orders_format(),         ledger_format(),         fee_preview_format(),       storage_fees_format(),
      aged_surcharge_format(), returns_format(),        purchase_orders_format(),   cost_sheet_format(),
      exchange_rates_format(), sku_pairs_format(),      multi_country_format(),     restock_format(),
      all_listings_format(),   removal_orders_format(), removal_shipments_format(), settlement_format(),
      promotions_format(),     coupons_format(),        traffic_format(),           business_report_format(),
      transactions_format(),   stranded_format(),       ledger_detail_format(),     received_format(),
      fba_promotions_format(),
  };
  return formats;
}

}  // namespace destock::ingest

// The registry: one line a report.

#include "ingest/aged_surcharge/aged_surcharge.h"
#include "ingest/cost_sheet/cost_sheet.h"
#include "ingest/exchange_rates/exchange_rates.h"
#include "ingest/fee_preview/fee_preview.h"
#include "ingest/ledger/ledger.h"
#include "ingest/manage_fba/manage_fba.h"
#include "ingest/orders/orders.h"
#include "ingest/planning/planning.h"
#include "ingest/report_format.h"
#include "ingest/reserved/reserved.h"
#include "ingest/returns/returns.h"
#include "ingest/shipments/shipments.h"
#include "ingest/sku_pairs/sku_pairs.h"
#include "ingest/storage_fees/storage_fees.h"

namespace destock::ingest {

std::span<const ReportFormat> report_formats() {
  static const std::vector<ReportFormat> formats = {
      planning_format(),   manage_fba_format(),     reserved_format(),     shipments_format(),      orders_format(),
      ledger_format(),     fee_preview_format(),    storage_fees_format(), aged_surcharge_format(), returns_format(),
      cost_sheet_format(), exchange_rates_format(), sku_pairs_format(),
  };
  return formats;
}

}  // namespace destock::ingest

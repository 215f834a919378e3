#pragma once
// Received Inventory: GET_FBA_FULFILLMENT_INVENTORY_RECEIPTS_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat received_format();

}  // namespace destock::ingest

#pragma once
// The seller's own purchase orders, xlsx or csv, Chinese or English headers.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat purchase_orders_format();

}  // namespace destock::ingest

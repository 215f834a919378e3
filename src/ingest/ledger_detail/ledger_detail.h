#pragma once
// Inventory Ledger, detailed view: GET_LEDGER_DETAIL_VIEW_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat ledger_detail_format();

}  // namespace destock::ingest

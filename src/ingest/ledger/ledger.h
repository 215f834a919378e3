#pragma once
// Inventory Ledger, summary view: GET_LEDGER_SUMMARY_VIEW_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat ledger_format();

}  // namespace destock::ingest

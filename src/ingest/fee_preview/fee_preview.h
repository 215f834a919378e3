#pragma once
// Fee Preview: GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat fee_preview_format();

}  // namespace destock::ingest

#pragma once
// Settlement: GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat settlement_format();

}  // namespace destock::ingest

#pragma once
// Promotion Performance: GET_PROMOTION_PERFORMANCE_REPORT, in JSON.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat promotions_format();

}  // namespace destock::ingest

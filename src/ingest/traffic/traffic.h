#pragma once
// Sales and Traffic: GET_SALES_AND_TRAFFIC_REPORT, in JSON, and the Business Report by child ASIN or by SKU, as CSV.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat traffic_format();          // in JSON
ReportFormat business_report_format();  // as CSV

}  // namespace destock::ingest

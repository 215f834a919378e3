#pragma once
// FBA Customer Returns: GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat returns_format();

}  // namespace destock::ingest

#pragma once
// Amazon Fulfilled Shipments: GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat shipments_format();

}  // namespace destock::ingest

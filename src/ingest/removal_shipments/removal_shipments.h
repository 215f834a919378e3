#pragma once
// Removal Shipment Detail: GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat removal_shipments_format();

}  // namespace destock::ingest

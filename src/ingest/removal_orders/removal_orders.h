#pragma once
// Removal Order Detail: GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat removal_orders_format();

}  // namespace destock::ingest

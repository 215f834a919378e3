#pragma once
// FBA Promotions: GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_PROMOTION_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat fba_promotions_format();

}  // namespace destock::ingest

#pragma once
// Coupon Performance: GET_COUPON_PERFORMANCE_REPORT, in JSON.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat coupons_format();

}  // namespace destock::ingest

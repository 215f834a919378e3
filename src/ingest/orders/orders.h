#pragma once
// All Orders: GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL (and by last update, the same columns).

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat orders_format();

}  // namespace destock::ingest

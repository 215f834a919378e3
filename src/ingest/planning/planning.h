#pragma once
// FBA Inventory (Manage Inventory Health): GET_FBA_INVENTORY_PLANNING_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat planning_format();

}  // namespace destock::ingest

#pragma once
// Manage FBA Inventory: GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA. It carries neither date nor, mostly, marketplace.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat manage_fba_format();

}  // namespace destock::ingest

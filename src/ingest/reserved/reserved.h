#pragma once
// Reserved Inventory: GET_RESERVED_INVENTORY_DATA. It carries neither date nor marketplace.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat reserved_format();

}  // namespace destock::ingest

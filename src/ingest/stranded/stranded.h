#pragma once
// Stranded Inventory: GET_STRANDED_INVENTORY_UI_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat stranded_format();

}  // namespace destock::ingest

#pragma once
// Monthly Storage Fees: GET_FBA_STORAGE_FEE_CHARGES_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat storage_fees_format();

}  // namespace destock::ingest

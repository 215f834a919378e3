#pragma once
// The seller's own cost sheet, xlsx or csv, Chinese or English headers.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat cost_sheet_format();

}  // namespace destock::ingest

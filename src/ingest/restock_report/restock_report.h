#pragma once

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat restock_format();

}  // namespace destock::ingest

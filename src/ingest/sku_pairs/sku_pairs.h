#pragma once
// The pairing of the seller's own SKUs with Amazon's, as ERPs export it.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat sku_pairs_format();

}  // namespace destock::ingest

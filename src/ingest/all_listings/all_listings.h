#pragma once

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat all_listings_format();

}  // namespace destock::ingest

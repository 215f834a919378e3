#pragma once

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat multi_country_format();

}  // namespace destock::ingest

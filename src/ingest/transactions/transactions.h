#pragma once
// Date-range transactions (payments), as Seller Central gives them in each language.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat transactions_format();

}  // namespace destock::ingest

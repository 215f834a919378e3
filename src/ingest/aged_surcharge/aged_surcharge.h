#pragma once
// Aged Inventory Surcharge: GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat aged_surcharge_format();

}  // namespace destock::ingest

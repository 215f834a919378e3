#pragma once
// The columns of a cost sheet and the names by which they go, in English, Chinese and Japanese.

#include <vector>

#include "ingest/report_format.h"

namespace destock::ingest::cost_sheet {

enum Column : size_t {
  kSku,
  kUnitCost,
  kFreight,
  kCurrency,
  kFreightCurrency,
  kMarketplace,
  kLeadTime,
  kMoq,
  kCarton,
  kCategory,
  kSeason,
  kOwner,
  kTag,
  kLaunch,
  kMsku,
  kFrom,
  kTo,
  kLeadFrom,
  kLeadTo,
  kElsewhere,
  kCartonVolume,
  kSupplier,
  kSupplierMinimum
};

std::vector<ColumnSpec> cost_columns();  // in the order of Column

}  // namespace destock::ingest::cost_sheet

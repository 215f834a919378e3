#pragma once
// The seller's own exchange rates: date, from, to, rate (日期, 原币种, 目标币种, 汇率). One unit of `from` is `rate` of
// `to`.

#include "ingest/report_format.h"

namespace destock::ingest {

ReportFormat exchange_rates_format();

}  // namespace destock::ingest

#pragma once
// What a report that was just read says beside those that stand: whether it looks wrong, what it takes the place of.

#include "account/import_record.h"
#include "base/result.h"
#include "ingest/read_report.h"
#include "market/report_checks.h"
#include "store/store.h"

namespace destock::app {

// The span of an import in a marketplace; null: it has none.
const account::Coverage* coverage_of(const account::ImportRecord& import, const std::string& marketplace);

// Compares with what is in force; a suspicious report is set aside with its reasons, what else must be known is noted.
Result<void> judge_import(store::Store& store, int64_t account, const ingest::ReadReport& report,
                          account::ImportRecord& record, const market::ReportChecks& checks);

}  // namespace destock::app

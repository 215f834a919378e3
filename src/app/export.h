#pragma once
// Export: the workbook of an account's diagnosis, plan, ladder, restock list and refused rows.

#include <optional>
#include <string>

#include "app/plan.h"
#include "deliver/workbook.h"

namespace destock::app {

// The account's newest plan goes in; where there is none of this day, one is made for the workbook and not stored.
// `path` may be a folder: the file is then named by account and snapshot date. Returns the file's path.
Result<std::string> export_workbook(store::Store& store, int64_t account, const AccountState& state,
                                    const Context& context, Lang lang, const std::string& path);

// Refused rows of the imports that are not discarded, at most `most` of each file.
Result<std::vector<deliver::RefusedOf>> refused_of(store::Store& store, int64_t account, int64_t most);

}  // namespace destock::app

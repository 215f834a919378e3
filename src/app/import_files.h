#pragma once
// Which files of what is given are read.

#include <string>
#include <vector>

#include "account/report_names.h"
#include "app/import.h"

namespace destock::app {

// Files as given; folders and archives whole, in the order of their names. What is left alone, and what cannot be
// looked into, goes to the outcome with why.
Result<std::vector<std::string>> report_files(const std::vector<std::string>& paths, const account::ReportNames& names,
                                              ImportOutcome& outcome);

}  // namespace destock::app

#pragma once
// How a file spells numbers and dates, and which marketplace and day it is of, where its rows do not say.

#include "ingest/file_head.h"
#include "ingest/file_names.h"
#include "ingest/read_report.h"
#include "ingest/row.h"

namespace destock::ingest {

Conventions conventions_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                           std::vector<Text>& notes);

}  // namespace destock::ingest

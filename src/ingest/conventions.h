#pragma once
// How a file spells numbers and dates, and which marketplace and day it is of, where its rows do not say.

#include "ingest/file_head.h"
#include "ingest/read_report.h"
#include "ingest/row.h"

namespace destock::ingest {

Conventions conventions_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                           std::vector<Text>& notes);

// A date in a file's name: "fba-inventory-2026-01-05.csv", "20260105_reserved.txt".
std::optional<Date> date_in_name(std::string_view name);
// A marketplace in a file's or folder's name: "US/reserved.txt", "manage_fba_US.csv", "成本_美国站.xlsx"; a word of a
// sentence is none ("stock checked in.txt").
const account::MarketplaceEntry* marketplace_in_path(const std::string& path, const account::MarketplaceBook& book);
const account::MarketplaceEntry* marketplace_in_words(std::string_view text, const account::MarketplaceBook& book);
// The same as an id; empty: none.
std::string marketplace_hint(const std::string& path, const account::MarketplaceBook& book);

}  // namespace destock::ingest

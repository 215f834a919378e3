#pragma once
// What the name of a file or of its folders says: a day, a marketplace.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/marketplace_book.h"
#include "base/date.h"

namespace destock::ingest {

// A date in a file's name: "fba-inventory-2026-01-05.csv", "20260105_reserved.txt", "stock 20Nov2026.csv".
std::optional<Date> date_in_name(std::string_view name, DateOrder open = DateOrder::kMonthFirst);
// A day without its year in a file's name, the newest such until today: "库存11月20日.csv", "stock 20 Nov.csv". Nothing
// where the name has two.
std::optional<Date> yearless_day_in_name(std::string_view name, Date today);
// A marketplace in a file's or folder's name: "US/reserved.txt", "manage_fba_US.csv", "成本_美国站.xlsx"; a word of a
// sentence is none ("stock checked in.txt"). Where a name has two ("DE-FR", "英国和德国"), it says neither.
struct NamedPlace {
  const account::MarketplaceEntry* entry = nullptr;
  std::vector<std::string> several{};  // that the name has, if more than one
  bool says() const { return entry != nullptr || !several.empty(); }
};
NamedPlace marketplace_in_path(const std::string& path, const account::MarketplaceBook& book);
NamedPlace marketplace_in_words(std::string_view text, const account::MarketplaceBook& book);
// The same as an id, else the sales channel that the file's first bytes name the most; empty: none.
std::string marketplace_hint(const std::string& path, const account::MarketplaceBook& book);

}  // namespace destock::ingest

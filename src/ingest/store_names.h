#pragma once
// Names of stores as people and other programs write them.

#include <string_view>
#include <vector>

#include "account/marketplace_book.h"

namespace destock::ingest {

// The marketplace that a text names, alone or among other words: "UK站", "亚马逊-美国", "Amazon US", "www.amazon.de",
// "shop-FR". A code of two letters counts in capitals alone; where two are named, none is.
const account::MarketplaceEntry* store_in(std::string_view name, const account::MarketplaceBook& book);

// 美国/加拿大, "US, CA": the ids of the marketplaces that a cell lists; nothing where it names but one, or something
// else.
std::vector<std::string> stores_listed(std::string_view cell, const account::MarketplaceBook& book);

// All marketplaces that a word beyond ASCII names: 英国和德国.
std::vector<const account::MarketplaceEntry*> stores_in(std::string_view word, const account::MarketplaceBook& book);

}  // namespace destock::ingest

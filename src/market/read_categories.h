#pragma once
// What sellers call the categories of rate cards, in the languages of the stores. data/words/categories.toml

#include <string>
#include <vector>

#include "market/rate_card.h"
#include "market/toml_file.h"

namespace destock::market {

// Words of one meaning: "clothing", "apparel", "服装", "bekleidung".
using CategoryWords = std::vector<std::vector<std::string>>;
CategoryWords read_category_words(const FactTable& root);

// Where a card names a category by one of them, it means all of them.
void take_category_words(const CategoryWords& words, RateCard& card);

}  // namespace destock::market

#pragma once
// data/promotions/rules.toml → Promotions

#include "market/promotions.h"
#include "market/toml_file.h"

namespace destock::market {

Promotions read_promotions(const FactTable& root);

}  // namespace destock::market

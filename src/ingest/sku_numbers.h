#pragma once
// Numbers for SKUs that make no listing, so that they can be counted.

#include <string>
#include <unordered_map>

#include "account/report_facts.h"

namespace destock::ingest {

class SkuNumbers {
public:
  account::ListingIndex of(const std::string& sku) {
    return numbers_.try_emplace(sku, static_cast<account::ListingIndex>(numbers_.size())).first->second;
  }

private:
  std::unordered_map<std::string, account::ListingIndex> numbers_;
};

}  // namespace destock::ingest

#pragma once
// The listings of one file, each once, found by marketplace and SKU.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "account/report_facts.h"

namespace destock::ingest {

class ListingTable {
public:
  explicit ListingTable(std::vector<account::ListingInfo>& listings) : listings_(&listings) {}

  // The listing's index, new or known; sets `is_new` for the first sight, when its names should be filled in.
  account::ListingIndex index_of(std::string_view marketplace, std::string_view sku, bool& is_new) {
    key_.assign(marketplace);
    key_ += '\0';
    key_.append(sku);
    const auto [it, inserted] = by_key_.try_emplace(key_, static_cast<account::ListingIndex>(listings_->size()));
    is_new = inserted;
    if (inserted) listings_->push_back({std::string(marketplace), std::string(sku), {}, {}, {}});
    return it->second;
  }

  account::ListingInfo& at(account::ListingIndex index) { return (*listings_)[index]; }

private:
  std::vector<account::ListingInfo>* listings_;
  std::unordered_map<std::string, account::ListingIndex> by_key_;
  std::string key_;
};

}  // namespace destock::ingest

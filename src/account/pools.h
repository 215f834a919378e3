#pragma once
// A unit lies in one place. Where the stores of a network, or several SKUs of one store, show the same units under the
// same FNSKU, those are one stock: counted once, at one of its listings, with the sales of all of them.

#include <span>
#include <string_view>
#include <vector>

#include "account/account.h"
#include "account/marketplace_book.h"

namespace destock::account {

// The units that a report shows for a listing. `own`: the report itself says that they lie in that country.
struct ShownStock {
  std::string_view marketplace, network, sku, asin, fnsku;
  int64_t units = 0;
  Date day;
  bool own = false;
};

// Which of them show the same units, by index; each stock in the order given, and only those of two listings or more.
// Stores that mostly show different units for the same FNSKUs have stocks of their own.
std::vector<std::vector<size_t>> shared_stocks(std::span<const ShownStock> shown);

// Groups of rows with one FNSKU in one network, of one product, two or more: whether they are one stock or not.
std::vector<std::vector<size_t>> same_fnsku(std::span<const ShownStock> shown);

// Moves stock, ages and sales of each shared stock to the listing that sold most of it, and says so in the positions.
void join_shared_stocks(Account& account, const MarketplaceBook& book);

}  // namespace destock::account

#pragma once
// The marketplaces that tests of reports know.

#include "account/marketplace_book.h"

namespace destock::test {

inline account::MarketplaceBook small_book() {
  return {{{"US", currency_of("USD"), "America/Los_Angeles", {"Amazon.com", "ATVPDKIKX0DER", "United States"}},
           {"UK", currency_of("GBP"), "Europe/London", {"Amazon.co.uk", "GB", "United Kingdom"}},
           {"DE", currency_of("EUR"), "Europe/Berlin", {"Amazon.de"}},
           {"CA", currency_of("CAD"), "America/Toronto", {"Amazon.ca"}},
           {"JP", currency_of("JPY"), "Asia/Tokyo", {"Amazon.co.jp"}},
           {"IN", currency_of("INR"), "Asia/Kolkata", {"Amazon.in"}}}};
}

}  // namespace destock::test

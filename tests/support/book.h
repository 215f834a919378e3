#pragma once
// The marketplaces and words that tests of reports know.

#include "account/marketplace_book.h"
#include "account/report_names.h"

namespace destock::test {

inline account::MarketplaceBook small_book() {
  return {{{"US", currency_of("USD"), "America/Los_Angeles", {"Amazon.com", "ATVPDKIKX0DER", "United States"}},
           {"UK", currency_of("GBP"), "Europe/London", {"Amazon.co.uk", "GB", "United Kingdom"}},
           {"DE", currency_of("EUR"), "Europe/Berlin", {"Amazon.de"}},
           {"CA", currency_of("CAD"), "America/Toronto", {"Amazon.ca"}},
           {"JP", currency_of("JPY"), "Asia/Tokyo", {"Amazon.co.jp"}},
           {"IN", currency_of("INR"), "Asia/Kolkata", {"Amazon.in"}}}};
}

// The English of data/reports/words.toml, as far as tests of single reports need it.
inline account::ReportNames small_names() {
  account::ReportNames names;
  names.words = {{"order_cancelled", {"cancel"}},
                 {"order_pending", {"pending"}},
                 {"order_sold", {"ship", "complete"}},
                 {"transaction_order", {"order", "bestellung"}},
                 {"yes", {"true"}},
                 {"sellable", {"sellable"}},
                 {"unsellable", {"unsellable", "customer_damaged"}},
                 {"cubic_foot", {"cubic feet"}},
                 {"cubic_metre", {"cubic meters"}},
                 {"cubic_centimetre", {"cubic centimeters"}},
                 {"inch", {"inches"}},
                 {"centimetre", {"centimeters"}},
                 {"pound", {"pounds"}},
                 {"kilogram", {"kilograms"}},
                 {"gram", {"grams"}}};
  return names;
}

}  // namespace destock::test

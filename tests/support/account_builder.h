#pragma once
// Accounts for tests, said in a few words.

#include <string>

#include "account/assemble.h"
#include "book.h"

namespace destock::test {

class AccountBuilder {
public:
  explicit AccountBuilder(Date as_of = make_date(2026, 1, 5)) {
    facts_.account = "test";
    facts_.as_of = as_of;
  }
  account::FactsInForce& facts() { return facts_; }

  account::ListingIndex listing(const std::string& sku, const std::string& marketplace = "US") {
    facts_.listings.push_back({marketplace, sku, "B0" + sku, "X0" + sku, sku + " title"});
    return static_cast<account::ListingIndex>(facts_.listings.size() - 1);
  }
  account::PlanningRow& planning(account::ListingIndex listing, int64_t available) {
    account::PlanningRow row;
    row.listing = listing;
    row.snapshot = facts_.as_of;
    row.available = available;
    row.reserved = 0;
    row.inbound_shipped = 0;
    row.inbound_received = 0;
    report(account::ReportKind::kPlanning, facts_.listings[listing].marketplace);
    facts_.planning.push_back(row);
    return facts_.planning.back();
  }
  // `per_day` units on each of the `days` full days before as_of.
  AccountBuilder& sells(account::ListingIndex listing, int64_t per_day, int days = 30, double price = 20) {
    const auto end = static_cast<int32_t>(day_number(facts_.as_of));
    for (int32_t day = end - days; day < end; ++day) sale(listing, day, per_day, price);
    return *this;
  }
  void sale(account::ListingIndex listing, int32_t day, int64_t units, double price = 20) {
    facts_.sales.push_back({listing, day, units, static_cast<int64_t>(price * 10'000) * units, units, 0, 0});
  }
  AccountBuilder& covers(const std::string& marketplace = "US", int days = 400) {
    facts_.sales_spans.push_back({marketplace, facts_.as_of - Days(days), facts_.as_of - Days(1)});
    return *this;
  }
  void report(account::ReportKind kind, const std::string& marketplace) {
    facts_.reports.push_back({kind, marketplace, facts_.as_of, 1, false});
  }
  account::Account build() { return account::assemble(facts_, small_book()); }

private:
  account::FactsInForce facts_;
};

}  // namespace destock::test

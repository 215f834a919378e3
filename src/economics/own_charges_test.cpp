#include "economics/own_charges.h"

#include <gtest/gtest.h>

#include "account_builder.h"
#include "economics/sale_terms.h"
#include "shipped_facts.h"

namespace destock::economics {
namespace {

account::SettledDay paid(Date day, int64_t units, double price, double referral, double fulfilment) {
  const auto scaled = [&](double amount) { return static_cast<int64_t>(amount * 10'000 * static_cast<double>(units)); };
  account::SettledDay row{"600", true, "US", "A", day, currency_of("USD")};
  row.units = units;
  row.principal = scaled(price);
  row.referral = scaled(referral);
  row.fulfilment = scaled(fulfilment);
  return row;
}

account::Account account_of(std::vector<account::SettledDay> days) {
  test::AccountBuilder builder;
  auto& row = builder.planning(builder.listing("A"), 100);
  row.price = Money::of("30.00", "USD");
  account::Account account = builder.build();
  account.settled = std::move(days);
  return account;
}

TEST(OwnCharges, AUnitCostsWhatHalfOfTheUnitsDo) {
  const Date day = make_date(2026, 3, 2);
  auto account = account_of(
      {paid(day, 3, 30, 4.5, 5.5), paid(day + Days(1), 1, 9, 1.35, 4.5), paid(day + Days(2), 4, 30, 4.5, 5.5)});
  const auto rates = take_own_charges(account, test::shipped_facts());
  const auto& settled = *account.fees[0].settled;
  EXPECT_EQ(settled.fulfilment, Money::of("5.50", "USD"));
  EXPECT_NEAR(*settled.referral_rate, 0.15, 1e-9);
  EXPECT_EQ(settled.units, 8);
  ASSERT_EQ(rates.size(), 2u);
  EXPECT_EQ(rates[0].sku, "A");
  EXPECT_EQ(rates[0].a_year, Money::of("0", "USD"));  // as the card's: nothing more, whatever is sold in a year
  const SaleTerms terms = sale_terms(account, 0, test::shipped_facts(), account.as_of);
  EXPECT_EQ(terms.fulfilment, Money::of("5.50", "USD"));
  EXPECT_NEAR(terms.net(30), 30 - 4.5 - 5.5, 1e-6);
}

TEST(OwnCharges, DaysBeforeAChangeOfTheCardSayNothingOfToday) {
  const auto& facts = test::shipped_facts();
  const auto changes = market::days_of_change(*facts.rate_card("US"), make_date(2026, 1, 1), make_date(2026, 12, 31));
  ASSERT_FALSE(changes.empty());
  const Date change = changes.front();
  auto account = account_of({paid(change - Days(3), 90, 30, 4.5, 5.0), paid(change + Days(1), 1, 30, 4.5, 6.0)});
  take_own_charges(account, facts);
  EXPECT_EQ(account.fees[0].settled->fulfilment, Money::of("6.00", "USD"));
  EXPECT_EQ(account.fees[0].settled->first_day, change + Days(1));
}

TEST(OwnCharges, FeePreviewGoesBeforeThem) {
  auto account = account_of({paid(make_date(2026, 3, 2), 3, 30, 4.5, 5.5)});
  account.fees[0].fulfilment_fee = Money::of("5.00", "USD");
  const auto rates = take_own_charges(account, test::shipped_facts());
  EXPECT_FALSE(rates[0].fee == "fulfilment" ? rates[0].used : rates[1].used);
  EXPECT_EQ(sale_terms(account, 0, test::shipped_facts(), account.as_of).fulfilment, Money::of("5.00", "USD"));
}

TEST(OwnCharges, WhatIsNotChargedIsNotKnown) {
  auto account = account_of({paid(make_date(2026, 3, 2), 3, 30, 0, 0)});
  EXPECT_TRUE(take_own_charges(account, test::shipped_facts()).empty());
  EXPECT_FALSE(account.fees[0].settled->fulfilment.has_value());
  EXPECT_FALSE(account.fees[0].settled->referral_rate.has_value());
}

}  // namespace
}  // namespace destock::economics

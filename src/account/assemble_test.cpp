#include "account/assemble.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "account_builder.h"

namespace destock::account {
namespace {

using test::AccountBuilder;

TEST(Assemble, CountsWhatIsOnHandAndOnItsWay) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  PlanningRow& row = builder.planning(sku, 100);
  row.reserved.reset();
  row.customer_orders = 7;
  row.fc_transfer = 20;
  row.fc_processing = 3;
  row.inbound_working = 500;
  row.inbound_shipped = 40;
  row.inbound_received = 5;
  row.unfulfillable = 9;
  const Account account = builder.build();
  EXPECT_EQ(account.stock[0].total(), 100 + 20 + 3 + 40 + 5);
  EXPECT_EQ(account.stock[0].flags, 0u);
}

TEST(Assemble, OneReservedFigureIsCountedAndFlagged) {
  AccountBuilder builder;
  builder.planning(builder.listing("A"), 100).reserved = 12;
  const Account account = builder.build();
  EXPECT_EQ(account.stock[0].total(), 112);
  EXPECT_TRUE(account.stock[0].flags & kReservedNotSplit);
}

TEST(Assemble, ReservedReportSplitsTheFigure) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 100).reserved = 12;
  builder.facts().reserved.push_back({sku, builder.facts().as_of, 12, 5, 4, 3});
  const Account account = builder.build();
  EXPECT_EQ(account.stock[0].total(), 107);
  EXPECT_EQ(account.stock[0].reserved_orders, 5);
  EXPECT_FALSE(account.stock[0].flags & kReservedNotSplit);
}

TEST(Assemble, StockThatPlanningLeavesOutIsNotLost) {
  AccountBuilder builder;
  builder.planning(builder.listing("SELLS"), 10);
  const auto dead = builder.listing("DEAD");
  ManageFbaRow row;
  row.listing = dead;
  row.snapshot = builder.facts().as_of;
  row.fulfillable = 240;
  row.inbound_shipped = 0;
  row.inbound_receiving = 0;
  builder.facts().manage_fba.push_back(row);
  const Account account = builder.build();
  const size_t at = account.listings[0].sku == "DEAD" ? 0 : 1;
  EXPECT_EQ(account.stock[at].total(), 240);
  EXPECT_TRUE(account.stock[at].flags & kNotInPlanning);
}

TEST(Assemble, LedgerAloneGivesStockAndAge) {
  AccountBuilder builder;
  const auto sku = builder.listing("OLD");
  const Date received = builder.facts().as_of - Days(200);
  builder.facts().receipts.push_back({sku, static_cast<int32_t>(day_number(received)), 300});
  builder.facts().balances.push_back({sku, builder.facts().as_of - Days(1), 120, 4});
  builder.facts().ledger_spans.push_back({"US", builder.facts().as_of - Days(400), builder.facts().as_of - Days(1)});
  const Account account = builder.build();
  EXPECT_EQ(account.stock[0].source, StockSource::kLedger);
  EXPECT_EQ(account.stock[0].total(), 120);
  EXPECT_EQ(account.age_basis[0], AgeBasis::kLedgerReceipts);
  ASSERT_EQ(account.ages.of(0).size(), 1u);
  EXPECT_EQ(account.ages.of(0)[0], (AgeBand{200, 200, 120}));
}

TEST(Assemble, DifferencesOfTwoReportsAreShown) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 100);
  ManageFbaRow row;
  row.listing = sku;
  row.snapshot = builder.facts().as_of;
  row.fulfillable = 90;
  builder.facts().manage_fba.push_back(row);
  const Account account = builder.build();
  EXPECT_EQ(account.stock[0].available, 100);  // the planning report, which alone knows ages
  EXPECT_TRUE(account.stock[0].flags & kReportsDiffer);
  ASSERT_EQ(account.stock[0].differences.size(), 1u);
  EXPECT_NE(account.stock[0].differences[0].find("manage_fba_inventory 90"), std::string::npos);
}

TEST(Assemble, TheNewerInventoryReportIsBelieved) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 100).snapshot = builder.facts().as_of - Days(5);
  ManageFbaRow row;
  row.listing = sku;
  row.snapshot = builder.facts().as_of;
  row.fulfillable = 90;
  builder.facts().manage_fba.push_back(row);
  EXPECT_EQ(builder.build().stock[0].available, 90);
}

TEST(Assemble, TheOrderOfRowsChangesNothing) {
  const auto build = [](bool reversed) {
    AccountBuilder builder;
    for (int i = 0; i < 20; ++i)
      builder.sells(builder.listing("S" + std::to_string(reversed ? 19 - i : i)), reversed ? 20 - i : i + 1);
    if (reversed) std::reverse(builder.facts().sales.begin(), builder.facts().sales.end());
    return builder.build();
  };
  const Account a = build(false);
  const Account b = build(true);
  EXPECT_EQ(a.sales.days.values, b.sales.days.values);
  EXPECT_EQ(a.sales.units, b.sales.units);
  for (size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a.listings[i].sku, b.listings[i].sku);
}

RC_GTEST_PROP(Ages, CoverExactlyTheUnitsOnHand, ()) {
  const auto count = *rc::gen::inRange(0, 12);
  std::vector<Receipt> receipts;
  int32_t day = 20'000;
  for (int i = 0; i < count; ++i)
    receipts.push_back({day += *rc::gen::inRange(1, 60), *rc::gen::inRange<int64_t>(1, 500)});
  const auto units = *rc::gen::inRange<int64_t>(0, 2'000);
  const Date as_of = date_of_day_number(day + 30);
  int64_t sum = 0;
  int last = -1;
  for (const AgeBand& band : ages_from_receipts(receipts, units, as_of, date_of_day_number(20'000))) {
    sum += band.units;
    RC_ASSERT(band.from_day >= last);  // youngest first
    last = band.from_day;
  }
  RC_ASSERT(sum == units);
}

}  // namespace
}  // namespace destock::account

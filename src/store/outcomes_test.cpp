// Of what became of things each is told once: by its newest state, its newest import, the finer report.

#include <gtest/gtest.h>

#include "store/store.h"
#include "temp_dir.h"

namespace destock::store {
namespace {

using account::ReportFacts;
using account::ReportKind;

class Outcomes : public testing::Test {
protected:
  Outcomes() : store(*Store::open(dir.file("a.db"))), account(*store.account("default")) {}
  int64_t add(ReportKind kind, const ReportFacts& facts) {
    account::ImportRecord record;
    record.report = kind;
    record.content_hash = std::to_string(++files_);
    record.imported_at = "2026-01-05T08:00:00Z";
    const auto added = store.add_import(account, record, facts, {});
    EXPECT_TRUE(added.has_value()) << added.error().message(Lang::kEn);
    return added->id;
  }
  test::TempDir dir;
  Store store;
  int64_t account;

private:
  int files_ = 0;
};

account::RemovalOrderRow order(const std::string& status, std::optional<int64_t> updated, int64_t shipped) {
  account::RemovalOrderRow row;
  row.marketplace = "US";
  row.order_id = "DSK-2026W02-0001";
  row.sku = "A";
  row.disposition = "Sellable";
  row.status = status;
  row.requested_on = make_date(2026, 1, 2);
  row.updated_at = updated;
  row.requested = 120;
  row.shipped = shipped;
  row.fee = Money::of("62.40", "USD");
  return row;
}

TEST_F(Outcomes, ARemovalOrderIsItsLastStateAndMakesNoListing) {
  ReportFacts done, pending;
  done.removal_orders.push_back(order("Completed", 2'000, 120));
  pending.removal_orders.push_back(order("Pending", 1'000, 0));
  const std::string before = *store.state_of(account);
  const int64_t first = add(ReportKind::kRemovalOrders, done);
  EXPECT_NE(*store.state_of(account), before);
  add(ReportKind::kRemovalOrders, pending);
  auto orders = store.removal_orders(account);
  ASSERT_EQ(orders->size(), 1u);
  EXPECT_EQ(orders->front().status, "Completed");
  EXPECT_EQ(orders->front().shipped, 120);
  EXPECT_FALSE(orders->front().cancelled.has_value());
  EXPECT_EQ(orders->front().fee, Money::of("62.40", "USD"));
  EXPECT_TRUE(store.skus(account)->empty());
  ASSERT_TRUE(store.set_import_status(account, first, account::ImportStatus::kDiscarded).has_value());
  EXPECT_EQ(store.removal_orders(account)->front().status, "Pending");
}

account::SettledDay day(bool whole, int64_t units, int64_t fulfilment) {
  account::SettledDay row{"600", whole, "US", "A", make_date(2026, 1, 2), currency_of("USD")};
  row.units = units;
  row.fulfilment = fulfilment;
  return row;
}

TEST_F(Outcomes, ASettlementSpeaksBeforeAReportOfDatesAndOnce) {
  ReportFacts whole, again, dates;
  whole.settled_days.push_back(day(true, 2, 110'800));
  again.settled_days.push_back(day(true, 3, 166'200));
  dates.settled_days.push_back(day(false, 9, 999'900));
  add(ReportKind::kSettlement, whole);
  add(ReportKind::kSettlement, again);
  add(ReportKind::kTransactions, dates);
  const auto days = store.settled_days(account, make_date(2026, 1, 1), make_date(2026, 1, 31));
  ASSERT_EQ(days->size(), 1u);
  EXPECT_EQ(days->front().units, 3);
  EXPECT_TRUE(store.settled_days(account, make_date(2026, 2, 1), make_date(2026, 2, 28))->empty());
}

TEST_F(Outcomes, APromotionKeepsTheProductsOfItsLastState) {
  account::PromotionRow row;
  row.id = "16913551269";
  row.marketplace = "US";
  row.updated_at = 2'000;
  row.units = 121;
  row.asins = {{"B1", 20, std::nullopt, Money::of("5.00", "USD")}, {"B2"}};
  account::PromotionRow older = row;
  older.updated_at = 1'000;
  older.units = 3;
  older.asins = {{"B3"}};
  account::PromotionRow coupon = row;
  coupon.coupon = true;
  coupon.units.reset();
  ReportFacts first, second;
  first.promotions = {row};
  second.promotions = {older, coupon};
  add(ReportKind::kPromotions, first);
  add(ReportKind::kPromotions, second);
  const auto promotions = store.promotions(account);
  ASSERT_EQ(promotions->size(), 2u);
  EXPECT_EQ((*promotions)[0].units, 121);
  ASSERT_EQ((*promotions)[0].asins.size(), 2u);
  EXPECT_EQ((*promotions)[0].asins[0].revenue, Money::of("5.00", "USD"));
  EXPECT_FALSE((*promotions)[0].asins[1].units.has_value());
  EXPECT_TRUE((*promotions)[1].coupon);
}

TEST_F(Outcomes, TheLedgersEventsSpeakBeforeReceipts) {
  const auto event = [](int64_t units, Date on) {
    return account::StockEventRow{"US", "A", on, "Receipts", true, units};
  };
  ReportFacts detail, received;
  detail.stock_events = {event(100, make_date(2026, 1, 2))};
  received.stock_events = {event(90, make_date(2026, 1, 2)), event(25, make_date(2026, 1, 3))};
  add(ReportKind::kLedgerDetail, detail);
  add(ReportKind::kReceived, received);
  const auto events = store.stock_events(account);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ((*events)[0].units, 100);
  EXPECT_EQ((*events)[1].units, 25);
}

}  // namespace
}  // namespace destock::store

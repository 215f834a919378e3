#include "desk/track.h"

#include <gtest/gtest.h>

#include <cmath>

namespace destock::desk::track_test {
namespace {

using account::ActionRecord;
using market::CarriedBy;

Date day(const char* text) {
  return *parse_iso_date(text);
}
Money usd(const char* amount) {
  return Money::of(amount, "USD");
}

ActionRecord markdown() {
  ActionRecord action;
  action.currency = currency_of("USD");
  action.channel = "markdown";
  action.start = day("2026-11-30");
  action.end = day("2026-12-13");
  action.price = usd("17.99");
  action.expected_units = 28;
  action.expected_cash = usd("280");
  action.held_units = 14;
  action.held_cash = usd("170");
  action.spread = 0.3;
  return action;
}

Life live() {
  Life life;
  life.state = State::kLive;
  life.seen_on = day("2026-11-30");
  return life;
}

std::optional<Money> ten(const Money&) {
  return usd("10");
}

TEST(Track, APriceIsSeenOnTheFirstDayThatAsksIt) {
  const std::vector<PricePoint> prices = {
      {day("2026-11-29"), usd("17.99")}, {day("2026-11-30"), usd("29.99")}, {day("2026-12-01"), usd("17.99")}};
  const Sighting sighting = sighting_of(markdown(), CarriedBy::kPriceFile, {prices, {}, {}, {}});
  ASSERT_TRUE(sighting.seen);
  EXPECT_EQ(iso(*sighting.seen), "2026-12-01") << "before its first day it is another action's";
  EXPECT_FALSE(sighting.ended);
}

TEST(Track, APriceThatChangesBeforeItsTimeHasEnded) {
  const std::vector<PricePoint> prices = {{day("2026-12-01"), usd("17.99")}, {day("2026-12-05"), usd("19.99")}};
  const Sighting sighting = sighting_of(markdown(), CarriedBy::kPriceFile, {prices, {}, {}, {}});
  ASSERT_TRUE(sighting.ended);
  EXPECT_EQ(iso(*sighting.ended), "2026-12-05");
}

TEST(Track, ACentIsAnotherPrice) {
  const std::vector<PricePoint> prices = {{day("2026-12-01"), usd("17.98")}};
  EXPECT_FALSE(sighting_of(markdown(), CarriedBy::kPriceFile, {prices, {}, {}, {}}).seen);
}

TEST(Track, APromotionIsSeenByWhatBuyersPaid) {
  const std::vector<SoldDay> one = {{day("2026-12-02"), 1, 1, usd("17.99")}};
  EXPECT_FALSE(sighting_of(markdown(), CarriedBy::kClicks, {{}, one, {}, {}}).seen) << "one sale may be a slip";
  const std::vector<SoldDay> some = {{day("2026-12-02"), 3, 3, usd("53.97")}};
  EXPECT_TRUE(sighting_of(markdown(), CarriedBy::kClicks, {{}, some, {}, {}}).seen);
  const std::vector<SoldDay> other = {{day("2026-12-02"), 3, 3, usd("89.97")}};
  EXPECT_FALSE(sighting_of(markdown(), CarriedBy::kClicks, {{}, other, {}, {}}).seen);
}

TEST(Track, APercentageIsNotSeenByThePriceThatIsAsked) {
  const std::vector<PricePoint> prices = {{day("2026-12-01"), usd("17.99")}};
  EXPECT_FALSE(sighting_of(markdown(), CarriedBy::kCouponSheet, {prices, {}, {}, {}}).seen) << "somebody cut the price";
  EXPECT_TRUE(sighting_of(markdown(), CarriedBy::kClicks, {prices, {}, {}, {}}).seen);
}

TEST(Track, PlanAndSalesAreOfTheSameDays) {
  const std::vector<SoldDay> sales = {{day("2026-11-29"), 9, 9, usd("161.91")},
                                      {day("2026-12-01"), 5, 5, usd("89.95")},
                                      {day("2026-12-06"), 8, 8, usd("143.92")},
                                      {day("2026-12-09"), 4, 4, usd("71.96")}};
  const Outcome outcome = outcome_of(markdown(), live(), {{}, sales, day("2026-12-06"), {}}, 0, ten);
  EXPECT_EQ(outcome.days, 7);
  EXPECT_DOUBLE_EQ(outcome.planned_units, 14);
  EXPECT_EQ(outcome.actual_units, 13);
  EXPECT_EQ(outcome.planned_cash, usd("140"));
  EXPECT_EQ(outcome.actual_cash, usd("130"));
  EXPECT_EQ(outcome.held_cash, usd("85"));
  EXPECT_EQ(outcome.cause, Cause::kNone);
}

TEST(Track, OutsideTheBandItIsDemand) {
  const std::vector<SoldDay> few = {{day("2026-12-01"), 3, 3, usd("53.97")}};
  const Outcome outcome = outcome_of(markdown(), live(), {{}, few, day("2026-12-13"), {}}, 0, ten);
  // 28 ± 1.28 · sqrt(28 + (0.3 · 28)²) = 28 ± 12.7
  EXPECT_NEAR(*outcome.low, 15.3, 0.1);
  EXPECT_NEAR(*outcome.high, 40.7, 0.1);
  EXPECT_EQ(outcome.cause, Cause::kDemand);
  EXPECT_EQ(outcome_of(markdown(), live(), {{}, few, day("2026-12-13"), {}}, 2, ten).cause, Cause::kStockOut);
  Life written;
  written.state = State::kNeverSeen;
  EXPECT_EQ(outcome_of(markdown(), written, {{}, few, day("2026-12-13"), {}}, 0, ten).cause, Cause::kNotCarriedOut);
}

TEST(Track, MoneyWithoutAFeeIsNotKnown) {
  const std::vector<SoldDay> sales = {{day("2026-12-01"), 5, 5, usd("89.95")}};
  const auto unknown = [](const Money&) { return std::optional<Money>(); };
  EXPECT_FALSE(outcome_of(markdown(), live(), {{}, sales, day("2026-12-06"), {}}, 0, unknown).actual_cash);
}

TEST(Track, AnExitIsItsOwnOrder) {
  ActionRecord exit = markdown();
  exit.units_out = 40;
  exit.price.reset();
  exit.expected_cash = usd("60");
  const Evidence evidence{{}, {}, {}, RemovalSeen{day("2026-12-02"), 30, false}};
  const Sighting sighting = sighting_of(exit, CarriedBy::kRemovalFile, evidence);
  EXPECT_EQ(sighting.units, 30);
  Life life = live();
  life.seen_units = 30;
  const Outcome outcome = outcome_of(exit, life, evidence, 0, ten);
  EXPECT_EQ(outcome.actual_cash, usd("45"));
  EXPECT_FALSE(sighting_of(exit, CarriedBy::kRemovalFile, {}).seen);
}

TEST(Learned, RunsMoveABeliefAsFarAsTheyTell) {
  EXPECT_EQ(learned_of({}, 0.3).factor, 1);
  // One run of many units: (0.3⁻² · 0 + v⁻¹ · ln(0.5)) ÷ (0.3⁻² + v⁻¹), v = 0.2² + 1/1000.5.
  const std::vector<Trial> one = {{1000, 500, 0.2}};
  const double v = 0.04 + 1 / 1000.5;
  EXPECT_NEAR(learned_of(one, 0.3).factor, std::exp(std::log(500.5 / 1000.5) / v / (1 / 0.09 + 1 / v)), 1e-9);
  const std::vector<Trial> many(20, Trial{1000, 500, 0.2});
  EXPECT_NEAR(learned_of(many, 0.3).factor, 0.5, 0.02);
  EXPECT_EQ(learned_of(many, 0.3).runs, 20);
  const std::vector<Trial> tiny = {{2, 1, 0.2}};
  EXPECT_GT(learned_of(tiny, 0.3).factor, 0.9) << "two units tell next to nothing";
}

}  // namespace
}  // namespace destock::desk::track_test

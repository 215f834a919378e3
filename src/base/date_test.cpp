#include "base/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/exchange_rates.h"
#include "base/time_zone.h"

namespace destock {
namespace {

TEST(Date, ReadsEverySpelling) {
  const Date day = make_date(2026, 7, 14);
  for (const char* text : {"2026-07-14", "2026/7/14", "07/14/2026", "14.07.2026", "14 Jul 2026", "14-Jul-2026",
                           "Jul 14, 2026", "2026年7月14日", "20260714", "2026-07-14T23:12:45+00:00", "07-14-26"})
    EXPECT_EQ(
        parse_report_date(text, std::string_view(text).find('.') != std::string_view::npos ? DateOrder::kDayFirst
                                                                                           : DateOrder::kMonthFirst),
        day)
        << text;
}

TEST(Date, RefusesDaysThatAreNone) {
  for (const char* text : {"2026-02-30", "yesterday", "13/13/2026", "2026-07", ""})
    EXPECT_FALSE(parse_report_date(text, DateOrder::kMonthFirst).has_value()) << text;
}

TEST(Date, OrderDecidesWhatIsOpen) {
  EXPECT_EQ(parse_report_date("07/08/2026", DateOrder::kMonthFirst), make_date(2026, 7, 8));
  EXPECT_EQ(parse_report_date("07/08/2026", DateOrder::kDayFirst), make_date(2026, 8, 7));
}

RC_GTEST_PROP(Date, IsoRoundTrips, ()) {
  const Date day = date_of_day_number(*rc::gen::inRange<int64_t>(0, 100'000));
  RC_ASSERT(parse_iso_date(iso(day)) == day);
}

TEST(ZoneClock, TheDayIsTheMarketplaces) {
  const auto clock = ZoneClock::of("America/Los_Angeles");
  ASSERT_TRUE(clock.has_value());
  // 06:30 UTC on 5 January is still the 4th in Los Angeles.
  EXPECT_EQ(clock->day_of(*parse_instant("2026-01-05T06:30:00+00:00")), make_date(2026, 1, 4));
  EXPECT_EQ(clock->day_of(*parse_instant("2026-01-05T09:00:00Z")), make_date(2026, 1, 5));
  // Summer time: 7 hours, not 8.
  EXPECT_EQ(clock->day_of(*parse_instant("2026-07-05T07:30:00Z")), make_date(2026, 7, 5));
}

TEST(ZoneClock, AnUnknownZoneIsAnError) {
  EXPECT_FALSE(ZoneClock::of("Mars/Olympus").has_value());
}

TEST(ExchangeRates, TheRateInForceIsTheNewestOnOrBefore) {
  ExchangeRates rates;
  rates.add(make_date(2026, 1, 1), currency_of("USD"), currency_of("CNY"), 7.0);
  rates.add(make_date(2026, 2, 1), currency_of("USD"), currency_of("CNY"), 7.2);
  EXPECT_DOUBLE_EQ(*rates.rate_on(make_date(2026, 1, 31), currency_of("USD"), currency_of("CNY")), 7.0);
  EXPECT_DOUBLE_EQ(*rates.rate_on(make_date(2026, 2, 1), currency_of("USD"), currency_of("CNY")), 7.2);
  EXPECT_DOUBLE_EQ(*rates.rate_on(make_date(2026, 2, 1), currency_of("CNY"), currency_of("USD")), 1 / 7.2);
  EXPECT_FALSE(rates.rate_on(make_date(2026, 2, 1), currency_of("EUR"), currency_of("CNY")).has_value());
}

TEST(Dates, MonthsAreNamedInTheLanguagesOfReports) {
  for (const char* text : {"4 déc. 2025 08:05:07 UTC", "4 dic 2025 1:05:07 GMT+1", "4. Dez. 2025", "4 dez. 2025",
                           "4 dec 2025", "Dec 4, 2025"})
    EXPECT_EQ(parse_report_date(text, DateOrder::kDayFirst), make_date(2025, 12, 4)) << text;
  EXPECT_EQ(parse_report_date("9 août 2025", DateOrder::kDayFirst), make_date(2025, 8, 9));
  EXPECT_EQ(parse_report_date("9 févr. 2025", DateOrder::kDayFirst), make_date(2025, 2, 9));
  EXPECT_EQ(parse_report_date("9 juil. 2025", DateOrder::kDayFirst), make_date(2025, 7, 9));
  EXPECT_EQ(parse_report_date("9 juin 2025", DateOrder::kDayFirst), make_date(2025, 6, 9));
  EXPECT_EQ(parse_report_date("9 März 2025", DateOrder::kDayFirst), make_date(2025, 3, 9));
  EXPECT_EQ(parse_report_date("9 gen 2025", DateOrder::kDayFirst), make_date(2025, 1, 9));
  EXPECT_FALSE(parse_report_date("9 foo 2025", DateOrder::kDayFirst).has_value());
}

}  // namespace
}  // namespace destock

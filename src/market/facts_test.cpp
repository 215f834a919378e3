#include "market/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>

#include "source_dir.h"
#include "temp_dir.h"

namespace destock::market {
namespace {

namespace fs = std::filesystem;
const fs::path kData = test::source_dir() / "data";

// The shipped facts with one file changed.
std::string error_with(const std::string& file, const std::string& what, const std::string& by) {
  test::TempDir dir;
  fs::copy(kData, dir.file("data"), fs::copy_options::recursive);
  std::string text = test::read_file(dir.file("data/" + file));
  const size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), by);
  dir.write("data/" + file, text);
  const auto facts = load_facts(fs::path(dir.file("data")));
  return facts ? "" : facts.error().message(Lang::kEn);
}

TEST(Facts, TheShippedOnesLoad) {
  const auto facts = load_facts(kData);
  ASSERT_TRUE(facts.has_value()) << facts.error().message(Lang::kEn);
  EXPECT_EQ(facts->playbook.velocity.window_days, (std::vector<int>{3, 7, 14, 30}));
  EXPECT_NE(facts->channel("outlet"), nullptr);
  EXPECT_NE(facts->calendar("US"), nullptr);
}

TEST(Facts, OctoberIsDearerThanSeptember) {
  const auto facts = load_facts(kData);
  ASSERT_TRUE(facts.has_value());
  const StorageRate* rate = storage_in_force(*facts->rate_card("US"), "standard", make_date(2026, 1, 5));
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->per_volume_by_month[8], Money::of("0.78", "USD"));
  EXPECT_EQ(rate->per_volume_by_month[9], Money::of("2.40", "USD"));
}

TEST(Facts, AWrongFileIsNamedWithLineAndReason) {
  using testing::HasSubstr;
  const std::string gap = error_with("ratecards/us.toml", "from_day = 211", "from_day = 212");
  EXPECT_THAT(gap, HasSubstr("us.toml:"));
  EXPECT_THAT(gap, HasSubstr("does not follow the band before it"));
  EXPECT_THAT(error_with("ratecards/us.toml", "oct_dec = \"2.40\"", "oct_dec = \"0.40\""),
              HasSubstr("is below jan_sep"));
  EXPECT_THAT(error_with("channels/outlet.toml", "min_discount = 0.20", "min_discount = \"a fifth\""),
              HasSubstr("must be a number"));
  EXPECT_THAT(error_with("playbooks/default.toml", "weights = [0.1, 0.4, 0.3, 0.2]", "weights = [0.1, 0.4]"),
              HasSubstr("needs one for each window"));
  EXPECT_THAT(error_with("marketplaces/us.toml", "currency = \"USD\"", "currency = \"DOLLAR\""), HasSubstr("currency"));
}

TEST(Facts, ATableThatIsCheaperWhenHeavierIsAnError) {
  EXPECT_THAT(error_with("ratecards/us.toml", "[4, \"2.49\", \"3.42\", \"3.68\"]", "[4, \"2.39\", \"3.42\", \"3.68\"]"),
              testing::HasSubstr("is cheaper when heavier"));
  EXPECT_THAT(error_with("ratecards/us.toml", "[4, \"2.49\", \"3.42\", \"3.68\"]", "[4, \"2.49\"]"),
              testing::HasSubstr("too short"));
}

// The least of five: what else the machine does is not theirs.
TEST(Facts, LoadInATenthOfASecond) {
  auto least = std::chrono::milliseconds::max();
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(load_facts(kData).has_value());
    least = std::min(least,
                     std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start));
  }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(least.count(), 100);
#endif
}

TEST(Facts, NineMarketplacesHaveTheirCalendars) {
  const auto facts = load_facts(kData);
  ASSERT_TRUE(facts.has_value());
  for (const char* id : {"US", "CA", "MX", "UK", "DE", "FR", "IT", "ES", "JP"}) {
    EXPECT_TRUE(facts->marketplaces.contains(id)) << id;
    const Calendar* calendar = facts->calendar(id);
    ASSERT_NE(calendar, nullptr) << id;
    for (const char* event : {"prime_day", "black_friday", "halloween", "christmas", "valentines", "mothers_day",
                              "back_to_school", "singles_day", "factory_new_year", "factory_golden_week"})
      EXPECT_NE(next_event(*calendar, event, make_date(2025, 1, 1)), nullptr) << id << " " << event;
  }
  EXPECT_EQ(next_event(*facts->calendar("US"), "black_friday", make_date(2026, 1, 1))->first_day,
            make_date(2026, 11, 27));
  EXPECT_EQ(next_event(*facts->calendar("UK"), "mothers_day", make_date(2026, 1, 1))->first_day,
            make_date(2026, 3, 15));
  EXPECT_EQ(next_event(*facts->calendar("US"), "prime_day", make_date(2026, 1, 1))->stock_in_by, make_date(2026, 6, 5));
}

TEST(Facts, AFileOfOnesOwnStandsInForTheShippedOne) {
  test::TempDir dir;
  std::string card = test::read_file((kData / "ratecards/us.toml").string());
  card.replace(card.find("jan_sep = \"0.78\""), 16, "jan_sep = \"0.80\"");
  dir.write("ratecards/us.toml", card);
  const auto facts = load_facts({kData, dir.path()});
  ASSERT_TRUE(facts.has_value()) << facts.error().message(Lang::kEn);
  EXPECT_EQ(storage_in_force(*facts->rate_card("US"), "standard", make_date(2026, 1, 5))->per_volume_by_month[0],
            Money::of("0.80", "USD"));
  EXPECT_NE(facts->rate_card("CA"), nullptr);  // the others are the shipped ones
}

TEST(Facts, ThereAreSeventeenChannels) {
  const auto facts = load_facts(kData);
  for (const char* id :
       {"outlet", "lightning", "best_deal", "woot", "coupon", "ped", "business", "buy_more", "markdown", "remote",
        "efn", "mcf", "offsite", "wholesale", "liquidation", "removal", "grade_resell"})
    EXPECT_NE(facts->channel(id), nullptr) << id;
  EXPECT_TRUE(facts->channel("grade_resell")->returns_only);
}

TEST(Facts, DealFeesAreDatedAndEventsHaveTheirOwn) {
  const auto facts = load_facts(kData);
  const Channel& best_deal = *facts->channel("best_deal");
  EXPECT_EQ(fee_in_force(best_deal, "US", make_date(2025, 6, 1))->fixed, Money::of("300", "USD"));
  EXPECT_EQ(fee_in_force(best_deal, "US", make_date(2025, 6, 2))->per_day, Money::of("70", "USD"));
  EXPECT_EQ(fee_in_force(best_deal, "US", make_date(2025, 11, 28), "black_friday")->fixed, Money::of("1000", "USD"));
  EXPECT_EQ(fee_in_force(best_deal, "UK", make_date(2025, 11, 28)), nullptr);  // not known, not free
  EXPECT_FALSE(fee_in_force(*facts->channel("coupon"), "US", make_date(2025, 11, 4))->share_cap.has_value());
  EXPECT_EQ(fee_in_force(*facts->channel("coupon"), "US", make_date(2025, 11, 5))->share_cap, Money::of("2000", "USD"));
  EXPECT_FALSE(best_deal.playbook_differs.empty());
}

TEST(Facts, ATwoDatesGapIsAnError) {
  EXPECT_THAT(error_with("ratecards/us.toml", "effective_to = 2025-12-31", "effective_to = 2025-12-30"),
              testing::HasSubstr("no row is in force on 2025-12-31"));
  EXPECT_THAT(error_with("ratecards/us.toml", "effective_to = 2025-12-31", "effective_to = 2026-01-10"),
              testing::HasSubstr("rows overlap"));
}

}  // namespace
}  // namespace destock::market

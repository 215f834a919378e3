#include "market/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temp_dir.h"

namespace destock::market {
namespace {

namespace fs = std::filesystem;
const fs::path kData = fs::path(DESTOCK_SOURCE_DIR) / "data";

// The shipped facts with one file changed.
std::string error_with(const std::string& file, const std::string& what, const std::string& by) {
  test::TempDir dir;
  fs::copy(kData, dir.file("data"), fs::copy_options::recursive);
  std::string text = test::read_file(dir.file("data/" + file));
  const size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), by);
  dir.write("data/" + file, text);
  const auto facts = load_facts(dir.file("data"));
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

TEST(Facts, ATwoDatesGapIsAnError) {
  EXPECT_THAT(error_with("ratecards/us.toml", "effective_to = 2025-12-31", "effective_to = 2025-12-30"),
              testing::HasSubstr("no row is in force on 2025-12-31"));
  EXPECT_THAT(error_with("ratecards/us.toml", "effective_to = 2025-12-31", "effective_to = 2026-01-31"),
              testing::HasSubstr("rows overlap"));
}

}  // namespace
}  // namespace destock::market

#include "app/sample/sample_account.h"

#include <gtest/gtest.h>
#include <set>

#include "app/sample/sample_market.h"
#include "ingest/read_report.h"
#include "ingest/xlsx.h"
#include "shipped_facts.h"
#include "temp_dir.h"

namespace destock::app::sample {
namespace {

using test::shipped_facts;

const Date kDay = make_date(2026, 1, 5);

TEST(Sample, TheSameSeedGivesTheSameBytes) {
  test::TempDir a, b;
  const auto one = write_sample_account(a.path(), kSampleSeed, shipped_facts(), kDay);
  const auto two = write_sample_account(b.path(), kSampleSeed, shipped_facts(), kDay);
  ASSERT_TRUE(one.has_value());
  ASSERT_EQ(one->size(), two->size());
  for (size_t i = 0; i < one->size(); ++i)
    EXPECT_EQ(*ingest::hash_of_file((*one)[i]), *ingest::hash_of_file((*two)[i])) << (*one)[i];
}

TEST(Sample, IsAsLargeAsItShouldBe) {
  const SampleMarket market = make_market(kSampleSeed, kDay);
  EXPECT_GE(market.listings.size(), 400u);
  EXPECT_GE(days_between(market.first_day, market.snapshot), 14 * 30);
  std::set<std::string> marketplaces, keys;
  for (const SampleListing& listing : market.listings) {
    marketplaces.insert(listing.marketplace);
    EXPECT_TRUE(keys.insert(listing.marketplace + listing.sku).second) << listing.sku;
  }
  EXPECT_EQ(marketplaces.size(), 2u);
}

TEST(Sample, TheLedgerAddsUp) {
  const SampleMarket market = make_market(1, kDay);
  for (const SampleListing& listing : market.listings)
    for (const LedgerEntry& entry : listing.ledger)
      EXPECT_EQ(entry.starting + entry.receipts - entry.shipments, entry.ending);
}

TEST(Sample, TheCostSheetIsARealWorkbook) {
  test::TempDir dir;
  const auto files = write_sample_account(dir.path(), kSampleSeed, shipped_facts(), kDay);
  const auto sheets = ingest::read_xlsx(files->back());
  ASSERT_TRUE(sheets.has_value()) << sheets.error().message(Lang::kEn);
  EXPECT_EQ((*sheets)[0].name, "成本");
  EXPECT_EQ((*sheets)[0].rows[0].cells[2], "采购成本(元)");  // tidy: allow zh-punctuation, typed
}

}  // namespace
}  // namespace destock::app::sample

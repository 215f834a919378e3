#include "deliver/carry_files.h"

#include <gtest/gtest.h>

namespace destock::deliver {
namespace {

Money usd(const char* amount) {
  return Money::of(amount, "USD");
}
Date day(const char* text) {
  return *parse_iso_date(text);
}

TEST(CarryFiles, PricesMoveTheMinimumOnlyWhereTheyFall) {
  EXPECT_EQ(price_file({{"SKU-1", usd("17.59"), true}, {"SKU-2", usd("29.9"), false}}),
            "sku\tprice\tminimum-seller-allowed-price\tmaximum-seller-allowed-price\tquantity\thandling-time\t"
            "fulfillment-channel\r\n"
            "SKU-1\t17.59\t17.59\t\t\t\t\r\n"
            "SKU-2\t29.90\t\t\t\t\t\r\n");
}

TEST(CarryFiles, YenHaveNoDecimals) {
  EXPECT_NE(price_file({{"SKU-1", Money::of("1980", "JPY"), false}}).find("SKU-1\t1980\t"), std::string::npos);
}

const Address kHouse{"Example Warehouse", "1 Example Road", "", "", "Carson", "US", "CA", "90745", "3105550100"};

TEST(CarryFiles, ARemovalOrderIsAFeedOfKeysAndItems) {
  EXPECT_EQ(removal_feed({"DSK-2026W49-0007", "SKU-1", Disposition::kReturn, 120, 0}, kHouse),
            "MerchantRemovalOrderID\tDSK-2026W49-0007\r\nRemovalDisposition\tReturn\r\n"
            "AddressName\tExample Warehouse\r\nAddressFieldOne\t1 Example Road\r\nAddressFieldTwo\t\r\n"
            "AddressFieldThree\t\r\nAddressCity\tCarson\r\nAddressCountryCode\tUS\r\nAddressStateOrRegion\tCA\r\n"
            "AddressPostalCode\t90745\r\nContactPhoneNumber\t3105550100\r\nShippingNotes\t\r\n\r\n"
            "MerchantSKU\tSellableQuantity\tUnsellableQuantity\r\nSKU-1\t120\t0\r\n");
}

TEST(CarryFiles, OnlyReturnsHaveAnAddress) {
  const std::string file = removal_file({{"DSK-1", "A", Disposition::kLiquidations, 5, 0},
                                         {"DSK-2", "B", Disposition::kDisposal, 6, 0},
                                         {"DSK-3", "C", Disposition::kReturn, 7, 0}},
                                        kHouse);
  EXPECT_NE(file.find("\r\nDSK-1\tLiquidations\t\t\t\t\t\t\t\t\t\t\tA\t5\t0\r\n"), std::string::npos) << file;
  EXPECT_NE(file.find("\r\nDSK-2\tDisposal\t\t\t\t\t\t\t\t\t\t\tB\t6\t0\r\n"), std::string::npos);
  EXPECT_NE(
      file.find("\r\nDSK-3\tReturn\tExample Warehouse\t1 Example Road\t\t\tCarson\tUS\tCA\t90745\t3105550100\t\tC"),
      std::string::npos);
}

TEST(CarryFiles, ATabInAValueIsNoCell) {
  Address odd = kHouse;
  odd.name = "A\tB\nC";
  EXPECT_NE(removal_feed({"DSK-1", "S", Disposition::kReturn, 1, 0}, odd).find("AddressName\tA B C\r\n"),
            std::string::npos);
}

TEST(CarryFiles, TheSameCouponsAreTheSameBytes) {
  const std::vector<CouponRow> rows = {{"DSK-1 20% off",
                                        {"B0AAAAAAA1", "B0AAAAAAA2"},
                                        {"DSK-1", "DSK-2"},
                                        20,
                                        usd("400"),
                                        day("2026-12-05"),
                                        day("2027-01-03")}};
  const auto sheet = coupon_sheet(rows);
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->substr(0, 2), "PK");
  EXPECT_EQ(*sheet, *coupon_sheet(rows));
}

TEST(CarryFiles, APageShowsTextAsText) {
  const std::string page = click_page(
      "To do", {{"Outlet", "Inventory", {{"DSK-1", "<b>&", "B0A", "", "", "USD 1", "d", "b", "1", "", {"look"}}}}},
      "https://www.amazon.com/dp/", Lang::kEn);
  EXPECT_NE(page.find("&lt;b&gt;&amp;"), std::string::npos);
  EXPECT_EQ(page.find("<b>&"), std::string::npos);
  EXPECT_NE(page.find("href=\"https://www.amazon.com/dp/B0A\""), std::string::npos);
  EXPECT_NE(page.find("☐ look"), std::string::npos);
}

TEST(CarryFiles, ACalendarFoldsItsLinesBetweenCharacters) {
  const std::string text(60, 'x');
  const std::string file =
      calendar_file({{"DSK-1", "降价 " + text + " 降价降价降价", "a, b; c", day("2026-12-05"), day("2026-12-06")}},
                    "2026-11-30T09:00:00Z");
  EXPECT_NE(file.find("DTSTAMP:20261130T090000Z\r\nDTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261207\r\n"),
            std::string::npos);
  EXPECT_NE(file.find("DESCRIPTION:a\\, b\\; c\r\n"), std::string::npos);
  for (size_t at = 0; at < file.size();) {
    const size_t end = file.find("\r\n", at);
    EXPECT_LE(end - at, 75u);
    EXPECT_NE(static_cast<unsigned char>(file[at]) & 0xC0, 0x80) << "a line begins inside a character";
    at = end + 2;
  }
}

}  // namespace
}  // namespace destock::deliver

#include "account/damaged_sku.h"

#include <gtest/gtest.h>

namespace destock::account {
namespace {

TEST(DamagedSku, IsTakenForTheOneSkuThatItCanMean) {
  const KnownSkus known({"00123", "123456789012", "红色-02", "1-2", "MAR-05", "12345678901234567890", "0777", "00777"});
  const auto meant = [&](std::string_view sku) { return known.meant_by(sku).value_or(""); };
  EXPECT_EQ(meant("123"), "00123");
  EXPECT_EQ(meant("1.23E+11"), "123456789012");
  EXPECT_EQ(meant("1.2345678901E+11"), "123456789012");
  EXPECT_EQ(meant("?\?-02"), "红色-02");
  EXPECT_EQ(meant("\xEF\xBF\xBD\xEF\xBF\xBD-02"), "红色-02");
  EXPECT_EQ(meant("2-Jan"), "1-2");
  EXPECT_EQ(meant("1月2日"), "1-2");
  EXPECT_EQ(meant("5-Mar"), "MAR-05");
  EXPECT_EQ(meant("12345678901234500000"), "12345678901234567890");
}

TEST(DamagedSku, IsLeftAloneWhereNoneOrSeveralAreMeant) {
  const KnownSkus known({"0777", "00777", "555", "0555", "A?B", "1-2", "2-1"});
  for (const char* sku : {"777", "555", "A?B", "2-Jan", "9.99E+20", "1.00E+02", "MAT-01", "", "0"})
    EXPECT_FALSE(known.meant_by(sku)) << sku;
}

TEST(DamagedSku, OfDigitsAndAnEIsKnownByTheNumberThatItIs) {
  const KnownSkus known({"1E5", "25E3"});
  EXPECT_EQ(known.meant_by("1.00E+05").value_or(""), "1E5");
  EXPECT_EQ(known.meant_by("2.50E+04").value_or(""), "25E3");
  EXPECT_FALSE(known.meant_by("2.00E+05"));
}

TEST(DamagedSku, InAnotherCaseWidthOrDashIsTheOneThatItCanMean) {
  const KnownSkus known({"ABC-1", "abc-2", "ABC-2", "Ä-1"});
  EXPECT_EQ(known.meant_by("abc-1").value_or(""), "ABC-1");
  EXPECT_EQ(known.meant_by("ＡＢＣ－１").value_or(""), "ABC-1");
  EXPECT_EQ(known.meant_by("ABC–1").value_or(""), "ABC-1");
  EXPECT_FALSE(known.meant_by("Abc-2"));  // either of two
  EXPECT_FALSE(known.meant_by("ABC-3"));
}

TEST(DamagedSku, ADateIsOneOnlyAsASpreadsheetWritesIt) {
  EXPECT_EQ(damage_of("2-Jan"), SkuDamage::kDate);
  EXPECT_EQ(damage_of("Jan-02"), SkuDamage::kDate);
  for (const char* sku : {"JAN-02", "MAT-01", "2-JAN", "Janet-2", "A-Jan"})
    EXPECT_EQ(damage_of(sku), SkuDamage::kNone) << sku;
  EXPECT_EQ(damage_of("5E10"), SkuDamage::kNone);
  EXPECT_EQ(damage_of("1.5E7"), SkuDamage::kRounded);
}

}  // namespace
}  // namespace destock::account

#include "base/plain_text.h"

#include <gtest/gtest.h>

namespace destock {
namespace {

TEST(PlainText, LetsTextOfAllAlphabetsThrough) {
  for (const char* text : {"", "SKU-1", "灯笼 30cm", "Größe é ñ", "🎃", "日本語", "العربية"})
    EXPECT_EQ(plain_text(text), text);
}

TEST(PlainText, ShowsWhatWouldSteerOrTurn) {
  EXPECT_EQ(plain_text("a\x1B[31mb"), R"(a\u001B[31mb)");
  EXPECT_EQ(plain_text("a\rb\n\tc\x7F"), R"(a\u000Db\u000A\u0009c\u007F)");
  EXPECT_EQ(plain_text("a\rb\n\tc", "\n\t"), "a\\u000Db\n\tc");
  EXPECT_EQ(plain_text("a\xE2\x80\xAEgnp.exe"), R"(a\u202Egnp.exe)");
  EXPECT_EQ(plain_text("\xE2\x81\xA6x\xE2\x81\xA9\xE2\x80\x8F"), R"(\u2066x\u2069\u200F)");
  EXPECT_EQ(plain_text("a\xC2\x9B"
                       "b"),
            R"(a\u009Bb)")
      << "C1: a terminal takes it for ESC [";
}

TEST(PlainText, ShowsBytesThatAreNoText) {
  EXPECT_EQ(plain_text("a\xFF\x9B"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain_text("\xE4\xB8"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain_text("\xC0\x9B"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "an overlong ESC";
}

TEST(PlainText, KnowsACharacterThatIsNotWholeYet) {
  const std::string text = "a中🎃";
  EXPECT_EQ(cut_off_at_end(text), 0U);
  EXPECT_EQ(cut_off_at_end(text.substr(0, 7)), 3U);
  EXPECT_EQ(cut_off_at_end(text.substr(0, 4)), 0U);
  EXPECT_EQ(cut_off_at_end(text.substr(0, 3)), 2U);
  EXPECT_EQ(cut_off_at_end("\x9B\x9B\x9B\x9B"), 0U);
}

}  // namespace
}  // namespace destock

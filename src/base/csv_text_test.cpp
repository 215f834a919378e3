#include "base/csv_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace destock {
namespace {

TEST(CsvText, DefusesWhatASpreadsheetWouldRun) {
  for (const char* text :
       {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", "'=1", "''=1"})
    EXPECT_EQ(defused(text), "'" + std::string(text)) << text;
  for (const char* text : {"", "SKU-1", "a=b", " =1", "'", "'90s", "1-2", "灯笼"})
    EXPECT_EQ(defused(text), text) << text;
}

TEST(CsvText, QuotesWhereItHasTo) {
  EXPECT_EQ(csv_words("a"), "a");
  EXPECT_EQ(csv_words("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv_words("=a,b"), "\"'=a,b\"");
  EXPECT_EQ(csv_words("\r=a"), "\"'\r=a\"");
}

RC_GTEST_PROP(CsvText, ReadingBackGivesWhatWas, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('\'', '=', '+', '-', '@', 'a', '\t', ' '));
  RC_ASSERT(without_defusing_quote(defused(text)) == text);
  RC_ASSERT(!runs_as_formula(defused(text)) || defused(text).starts_with('\''));
}

}  // namespace
}  // namespace destock

#include "ingest/record_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ingest/header.h"

namespace destock::ingest {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Reads a text that arrives in pieces of `piece` bytes.
Rows rows_of(const std::string& text, char delimiter, size_t piece, std::vector<int64_t>* lines = nullptr) {
  size_t at = 0;
  RecordReader reader(
      [&](std::string& chunk) -> Result<bool> {
        chunk = text.substr(at, piece);
        at += chunk.size();
        return !chunk.empty();
      },
      delimiter);
  Rows rows;
  Record record;
  while (*reader.next(record)) {
    rows.emplace_back(record.fields.begin(), record.fields.end());
    if (lines) lines->push_back(record.line);
  }
  return rows;
}

TEST(RecordReader, ReadsQuotedFieldsAndLineEnds) {
  const std::string text = "a,\"b,\"\"c\"\"\",d\r\n1,\"two\nlines\",3\n\nx,y,z";
  std::vector<int64_t> lines;
  const Rows expected = {{"a", "b,\"c\"", "d"}, {"1", "two\nlines", "3"}, {"x", "y", "z"}};
  for (size_t piece : {1u, 2u, 7u, 4096u}) {
    lines.clear();
    EXPECT_EQ(rows_of(text, ',', piece, &lines), expected) << piece;
    EXPECT_EQ(lines, (std::vector<int64_t>{1, 2, 5})) << piece;
  }
}

TEST(RecordReader, AQuoteInATabFileIsAQuote) {
  EXPECT_EQ(rows_of("sku\t5\" pipe\t1\n\"q\tx\ty\n", '\t', 4096), (Rows{{"sku", "5\" pipe", "1"}, {"\"q", "x", "y"}}));
  EXPECT_EQ(rows_of("a\t\"b c\"\td\n", '\t', 4096), (Rows{{"a", "b c", "d"}}));
}

TEST(RecordReader, AnOpenQuoteLosesNoLaterRow) {
  std::string text = "a,\"never closed,1\n";
  for (int i = 0; i < 200; ++i) text += "r" + std::to_string(i) + ",2,3\n";
  const Rows rows = rows_of(text, ',', 64);
  ASSERT_EQ(rows.size(), 201u);
  EXPECT_EQ(rows[200][0], "r199");
}

TEST(RecordReader, TellsDelimiters) {
  EXPECT_EQ(detect_delimiter("a\tb\tc\n"), '\t');
  EXPECT_EQ(detect_delimiter("a;b;c\n1,5;2;3"), ';');
  EXPECT_EQ(detect_delimiter("\"a;x\",b,c\n"), ',');
  EXPECT_EQ(detect_delimiter("Title of the sheet\na,b,c\n1,2,3\n"), ',');
}

RC_GTEST_PROP(RecordReader, WhatIsQuotedComesBack, ()) {
  const auto table = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
          rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\n ;"))))));
  std::string text;
  Rows expected;
  for (const auto& row : table) {
    bool blank = true;
    for (size_t i = 0; i < row.size(); ++i) {
      text += i ? ",\"" : "\"";
      for (char c : row[i]) text += c == '"' ? "\"\"" : std::string(1, c);
      text += '"';
      blank = false;  // quotes are written: the line is not blank
    }
    text += '\n';
    if (!blank) expected.push_back(row);
  }
  RC_ASSERT(rows_of(text, ',', 5) == expected);
}

TEST(Header, FoldsSpellings) {
  EXPECT_EQ(fold_header("Total Reserved Quantity"), fold_header("total-reserved_quantity"));
  EXPECT_EQ(fold_header("采购成本（元）"), "采购成本");
  EXPECT_EQ(fold_header("\xEF\xBB\xBFSKU"), "sku");
  EXPECT_EQ(fold_header("ＳＫＵ"), "sku");
}

TEST(Header, ChangesAreNamed) {
  const std::vector<std::string> before = {"sku", "available", "Reserved FC Transfer", "inv-age-365-plus-days",
                                           "currency"};
  const std::vector<std::string> now = {
      "sku", "available", "fc-transfer", "inv-age-366-to-455-days", "inv-age-456-plus-days", "currency"};
  std::string all;
  for (const Text& change : header_changes(before, now)) all += change.en + "\n";
  EXPECT_NE(all.find("inv-age-456-plus-days"), std::string::npos) << all;
  EXPECT_NE(all.find("columns that vanished"), std::string::npos) << all;
  const std::vector<std::string> renamed = {"sku", "available", "fc-transfer", "inv-age-365-plus-days", "currency"};
  ASSERT_EQ(header_changes(before, renamed).size(), 1u);
  EXPECT_EQ(header_changes(before, renamed)[0].en, "renamed columns: Reserved FC Transfer → fc-transfer");
  const std::vector<std::string> moved = {"available", "sku", "Reserved FC Transfer", "inv-age-365-plus-days",
                                          "currency"};
  EXPECT_EQ(header_changes(before, moved)[0].en, "columns in another order: available, sku");
  EXPECT_TRUE(header_changes(before, before).empty());
}

}  // namespace
}  // namespace destock::ingest

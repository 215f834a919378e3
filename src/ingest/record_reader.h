#pragma once
// Records of a delimited text: lines of fields.
//
//   record  := field { delimiter field } line-end         line-end := LF | CR LF | end of text
//   field   := plain | '"' { any | '""' } '"'
//   plain   := any bytes but the delimiter and the line end; a quote inside is a quote (5" pipe)
//
// Where every field is quoted, a quote closes a field only before a delimiter and a quote, or at the line's end: inch
// signs that nobody doubled stay in their field.
//
// Tab-delimited reports of Amazon's do not quote, but Excel quotes when it saves them again: a field that starts with a
// quote is quoted if its closing quote stands before a delimiter or line end, and in a tab file on the same line.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace destock::ingest {

inline constexpr size_t kLongestRecord = 1 << 20;

struct Record {
  int64_t line = 0;                      // of its first character, from 1
  std::vector<std::string_view> fields;  // valid until the next record
  bool open_end = false;                 // the text ends here, without a line end
  bool too_long = false;                 // over kLongestRecord: given up, no fields
};

class RecordReader {
public:
  // `more` replaces its argument by the next chunk of text; false at the end.
  using More = std::function<Result<bool>(std::string&)>;
  // `cr_lines`: lines end with CR alone, as some old programs write them.
  RecordReader(More more, char delimiter, bool all_quoted = false, bool cr_lines = false)
      : more_(std::move(more)), delimiter_(delimiter), all_quoted_(all_quoted), cr_lines_(cr_lines) {}

  // The next record that is not blank; false at the end.
  Result<bool> next(Record& record);

private:
  Result<bool> fill();
  Result<bool> find_end(size_t& end);
  // Where the search for a closing quote stands.
  struct QuoteScan {
    size_t at = 0;
    bool open = false;
    bool field_start = true;
    bool open_after(std::string_view text, char delimiter);
  };
  void split(std::string_view text, std::vector<std::string_view>& fields);
  void split_quoted(std::string_view text, std::vector<std::string_view>& fields);
  std::string_view undoubled(std::string_view field);
  size_t quoted_field(std::string_view text, size_t at, std::string_view& field);
  Result<bool> skip_line();

  More more_;
  char delimiter_;
  bool all_quoted_;
  bool cr_lines_;
  std::string buffer_;
  std::string chunk_;
  size_t at_ = 0;
  int64_t line_ = 1;
  bool ended_ = false;
  std::vector<std::string> unquoted_;  // fields whose doubled quotes were undone
  size_t unquoted_used_ = 0;
};

// Comma, tab or semicolon (or |), whichever parts the head of a text most evenly.
char detect_delimiter(std::string_view head);
// Whether every field of the first lines stands in quotes.
bool is_all_quoted(std::string_view head, char delimiter);

}  // namespace destock::ingest

#pragma once
// A cell of a CSV file that a spreadsheet will open: what it would run as a formula gets a ' in front, and loses it
// again where such a file is read back.

#include <string>
#include <string_view>

namespace destock {

// Begins, after any number of ', with = + - @, one of their full-width forms (＝ ＋ － ＠), a tab or a line end.
bool runs_as_formula(std::string_view text);
// With one more ' in front where it runs as a formula.
std::string defused(std::string_view text);
// The reverse: reading back what defused() wrote gives what was.
std::string_view without_defusing_quote(std::string_view text);

// Quoted as RFC 4180 wants it, where it has to be.
std::string csv_quoted(std::string_view text);
// Words of others: defused and quoted.
std::string csv_words(std::string_view text);

}  // namespace destock

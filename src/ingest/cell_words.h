#pragma once
// What cells say, in whatever language: words of data/reports/words.toml, compared as headers are.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "account/report_names.h"

namespace destock::ingest {

class CellWords {
public:
  CellWords(const account::ReportNames& names, std::string_view meaning);
  bool is(std::string_view cell) const;  // the whole cell is one of them
  bool in(std::string_view cell) const;  // one of them is a part of it
  // As is(), of a cell that is folded already.
  bool is_folded(std::string_view folded) const;

private:
  std::vector<std::string> folded_;
};

// Units of one quantity, and what a figure in each is multiplied by to be in the first.
class UnitWords {
public:
  UnitWords(const account::ReportNames& names, std::initializer_list<std::pair<std::string_view, double>> units);
  std::optional<double> factor(std::string_view unit) const;  // nothing: it is not known

private:
  std::vector<std::pair<CellWords, double>> units_;
};

// Whether a text in UTF-8 holds hiragana or katakana.
bool has_kana(std::string_view text);

}  // namespace destock::ingest

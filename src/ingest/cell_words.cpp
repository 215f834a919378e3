#include "ingest/cell_words.h"

#include <algorithm>

#include "ingest/header.h"

namespace destock::ingest {

CellWords::CellWords(const account::ReportNames& names, std::string_view meaning) {
  for (const std::string& word : names.words_for(meaning)) folded_.push_back(fold_header(word));
}

bool CellWords::is_folded(std::string_view folded) const {
  return std::find(folded_.begin(), folded_.end(), folded) != folded_.end();
}

bool CellWords::is(std::string_view cell) const {
  return !cell.empty() && is_folded(fold_header(cell));
}

bool CellWords::in(std::string_view cell) const {
  if (cell.empty()) return false;
  const std::string folded = fold_header(cell);
  return std::any_of(folded_.begin(), folded_.end(),
                     [&](const std::string& word) { return folded.find(word) != std::string::npos; });
}

UnitWords::UnitWords(const account::ReportNames& names,
                     std::initializer_list<std::pair<std::string_view, double>> units) {
  for (const auto& [meaning, factor] : units) units_.emplace_back(CellWords(names, meaning), factor);
}

std::optional<double> UnitWords::factor(std::string_view unit) const {
  const std::string folded = fold_header(unit);
  for (const auto& [words, factor] : units_)
    if (words.is_folded(folded)) return factor;
  return std::nullopt;
}

bool has_kana(std::string_view text) {
  for (size_t i = 0; i + 2 < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) == 0xE3 && static_cast<unsigned char>(text[i + 1]) >= 0x81 &&
        static_cast<unsigned char>(text[i + 1]) <= 0x83)
      return true;
  return false;
}

}  // namespace destock::ingest

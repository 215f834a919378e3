#pragma once
// What the header of a cost sheet, and the first of its rows, say of all its figures: what stands in brackets ("元/箱",
// "weeks"), the language by which a currency goes without saying, whether blank cells repeat those above.

#include <set>
#include <string>
#include <string_view>

#include "ingest/cell_words.h"
#include "ingest/report_format.h"

namespace destock::ingest {

// Of how many units the figures of a column are.
struct PerUnits {
  enum class Of {
    kOne,
    kSeveral,  // of `units` of them
    kCarton,   // of as many as the row's carton holds
    kOther,    // of a kilogram, a pallet: no figure of a unit
    kUnknown,  // of something that no word tells
  };
  Of of = Of::kOne;
  int64_t units = 1;
};

class CostHeader {
public:
  explicit CostHeader(const ReadContext& context);

  PerUnits per(std::string_view column) const;        // "采购成本（元/箱）"
  bool in_hundredths(std::string_view column) const;  // "Unit cost (cents)"
  std::string within_brackets(std::string_view column) const;

  bool chinese() const { return chinese_; }
  bool japanese() const { return japanese_; }
  // Whether a column of costs says that what it cost to bring the unit is in it.
  bool says_landed(size_t column) const;
  // The currencies that the first rows name in a column.
  std::set<std::string> named_in(size_t column) const;
  // Whether a blank cell of a column stands for the one above, as merged cells do when they are saved as text: the
  // column begins with a name, and a SKU stands in several of its blank rows, which cannot all be the same.
  bool repeats_above(size_t column, size_t sku_column) const;

private:
  PerUnits of_word(std::string_view word) const;

  const ReadContext& context_;
  CellWords one_, several_, dozen_, other_, hundredths_;
  bool chinese_ = false, japanese_ = false;
};

}  // namespace destock::ingest

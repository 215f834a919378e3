#pragma once
// Header names as reports spell them, folded to one form and matched to a format's columns. Never by position.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "account/report_kind.h"
#include "account/report_names.h"
#include "base/text.h"

namespace destock::ingest {

// Without regard to case, width, dashes, underscores, spaces, dots, colons, brackets' content and byte order marks:
// "Total Reserved Quantity" and "total-reserved-quantity" are one, so are "采购成本（元）" and "采购成本".
std::string fold_header(std::string_view name);

enum class Need {
  kRequired,
  kSignature,  // at least one of these makes the file this report
  kOptional,
};

struct ColumnSpec {
  Need need;
  // The first is the report's own spelling. One that begins with brackets is compared with what stands in them:
  // "(Child) ASIN" beside "(Parent) ASIN".
  std::vector<std::string_view> names;
};

// Where each column of a format stands in a file; −1: it has none.
struct Layout {
  std::vector<int> position;
  std::vector<bool> required;      // by column: a row without it says nothing
  std::vector<std::string> names;  // the file's own header, in its order
  std::string_view name_of(size_t column) const {
    return position[column] < 0 ? std::string_view() : std::string_view(names[static_cast<size_t>(position[column])]);
  }
};

struct Match {
  Layout layout;
  size_t matched = 0;
  std::vector<size_t> missing;  // required columns that are not there
  bool signed_off = false;      // a signature column is there, or none is asked for
  bool whole() const { return missing.empty() && signed_off; }
};
// `more`: other names of the columns of the report `kind`.
Match match_header(std::span<const std::string> header, std::span<const ColumnSpec> columns, account::ReportKind kind,
                   const account::ReportNames& more);

// The kind that is known and not read whose mark stands in a header; null: none.
const account::UnreadReport* unread_report(std::span<const std::string> header, const account::ReportNames& names);

// What changed from one header to the next: new, vanished, renamed and moved columns. Empty: nothing.
std::vector<Text> header_changes(std::span<const std::string> before, std::span<const std::string> now);

}  // namespace destock::ingest

#pragma once
// The operator's own downloaded workbook, filled by the keys or words of its header; every part but the one sheet keeps
// its bytes. Which columns: docs/carry-out.md.

#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/result.h"
#include "base/text.h"

namespace destock::deliver {

enum class TemplateKind {
  kListing,   // a category's listing template: sale prices with dates, as a partial update
  kDiscount,  // the sheet of price discounts: its days are entered on the screen
};

struct TemplateRow {
  std::string sku;
  Money price;
  Date start, end;            // of kListing
  bool move_minimum = false;  // an offer below its minimum goes inactive
};

struct FilledTemplate {
  std::string bytes;
  std::vector<Text> notes;  // what could not be filled in
};

// kBadInput where it is no workbook, or none of the two.
Result<TemplateKind> template_kind(const std::string& name, const std::string& bytes);
// `marketplace_id`: as Amazon's keys name a store. kBadInput where the columns that are needed are not there.
Result<FilledTemplate> fill_template(const std::string& name, const std::string& bytes,
                                     const std::vector<TemplateRow>& rows, const std::string& marketplace_id);

}  // namespace destock::deliver

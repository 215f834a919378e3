#pragma once
// What a spreadsheet makes of a SKU when it takes it for something else: 00123 becomes 123, 123456789012
// becomes 1.23E+11, 1-2 becomes 2-Jan, letters that its encoding lacks become "?". Which SKU was meant shows only
// beside those that are known.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace destock::account {

enum class SkuDamage {
  kNone,
  kRounded,  // "1.23E+11": its digits are lost
  kZeros,    // digits alone: zeros may have stood before them
  kDigits,   // more digits than a spreadsheet keeps, with zeros at the end
  kMarks,    // "?" or U+FFFD in place of letters
  kDate,     // "2-Jan", "Jan-02", "1月2日"
};

// What may have happened to a SKU, by its look. kZeros proves nothing alone: most such SKUs are whole.
SkuDamage damage_of(std::string_view sku);
// What it is, for people; empty for kNone.
Text damage_said(SkuDamage damage);

// Whether the damage can have made `damaged` of `whole`.
bool can_mean(std::string_view damaged, std::string_view whole);

// The SKUs that are known, and which of them a damaged one means.
class KnownSkus {
public:
  KnownSkus() = default;
  explicit KnownSkus(std::vector<std::string> skus);

  bool has(std::string_view sku) const { return all_.contains(std::string(sku)); }
  bool empty() const { return skus_.empty(); }
  // The one known SKU that `sku` can mean; nothing where it is known itself, or where none or several can be meant.
  // A whole one that is not known may be written in another case, width or dash.
  std::optional<std::string> meant_by(std::string_view sku) const;
  // All that one without its zeros can mean, in order.
  std::vector<std::string> with_zeros(std::string_view sku) const;
  // The same, of one that is known itself.
  std::optional<std::string> other_than(std::string_view sku) const;

private:
  std::vector<std::string> skus_;
  std::unordered_map<std::string, size_t> all_;
  std::unordered_multimap<std::string, size_t>
      without_zeros_;  // digits without the zeros before them, of those with some
  mutable std::optional<std::unordered_multimap<std::string, size_t>> spelled_{};  // once one is asked for
  mutable size_t looked_through_ = 0;
};

}  // namespace destock::account

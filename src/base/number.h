#pragma once
// Numbers as sellers' reports spell them: 1,234.50 · 1.234,50 · 1 234,50 · 12% · $12.99 · ￥1,200 · 365+ · (5) · 25天.
// Blank, "--", "-", "N/A" and 未提供 are missing, and stay missing.

#include <cstdint>
#include <optional>
#include <string_view>

namespace destock {

// Which sign is the decimal one where a lone separator leaves it open ("1,234", "1.234").
enum class NumberStyle { kPoint, kComma };

// Blank or one of the words that stand for "not given".
bool is_missing(std::string_view text);

// The value times 10^scale, exactly; further digits round half away from zero. Nothing if it is no number or out of
// range. Before the first digit may stand a sign, a currency and 约; after the last one a currency or a unit that
// changes nothing (天, 件, days, pcs), then % or +; around all accountants' brackets. Between digits stand only points,
// commas, and spaces or apostrophes that group thousands (full-width digits and signs are read as plain ones): "15 to
// 20", "15 20" and "10x20x30" are no numbers. % does not divide.
std::optional<int64_t> parse_scaled(std::string_view text, NumberStyle style, int scale);

// As above, as a double.
std::optional<double> parse_real(std::string_view text, NumberStyle style);

// A count: a number without a fraction ("12", "1,200", "3.0", "365+"). Negative counts are returned: the caller judges.
std::optional<int64_t> parse_count(std::string_view text, NumberStyle style);

// What a value says about the style of its file: kComma for "12,50" or "1.234,5", kPoint for "12.50" or "1,234.5",
// nothing where it leaves it open.
std::optional<NumberStyle> style_shown_by(std::string_view text);

std::string_view trimmed(std::string_view text);

}  // namespace destock

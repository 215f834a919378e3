#include "market/fulfilment_card.h"

#include <algorithm>

#include "base/ascii.h"

namespace destock::market {

bool holds(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return ascii_lower(a) == b; }) != text.end();
}

namespace {

bool is_letter(char c) {
  const char small = ascii_lower(c);
  return small >= 'a' && small <= 'z';
}

}  // namespace

bool names(std::string_view text, std::string_view word) {
  if (word.starts_with('=')) return text == word.substr(1);
  const auto same = [](char a, char b) { return ascii_lower(a) == b; };
  for (auto at = text.begin(); at != text.end(); ++at) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return false;
    if (!word.empty() && is_letter(word.front()) && at != text.begin() && is_letter(at[-1])) continue;
    auto rest = text.substr(static_cast<size_t>(at - text.begin()) + word.size());
    if (word.empty() || !is_letter(word.back())) return true;
    for (std::string_view plural : {"es", "s"})
      if (rest.size() >= plural.size() &&
          std::equal(plural.begin(), plural.end(), rest.begin(), [](char a, char b) { return a == ascii_lower(b); })) {
        const auto after = rest.substr(plural.size());
        if (after.empty() || !is_letter(after.front())) return true;
      }
    if (rest.empty() || !is_letter(rest.front())) return true;
  }
  return false;
}

bool names_any(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return names(text, word); });
}

const FulfilmentTier* FulfilmentTable::tier(std::string_view id) const {
  for (const FulfilmentTier& row : tiers)
    if (row.tier == id) return &row;
  return nullptr;
}

size_t FulfilmentTable::price_band(const Money& price) const {
  for (size_t i = 0; i < price_bounds.size(); ++i)
    if (price_bounds[i].holds(price)) return i;
  return price_bounds.size();
}

bool FulfilmentTable::takes(const Money& price, std::string_view category) const {
  if (!up_to) return true;
  const bool special = up_to_special && names_any(category, special_categories);
  return price <= (special ? *up_to_special : *up_to);
}

std::optional<Money> LowInventoryFee::fee(std::string_view tier, std::optional<double> weight_lb,
                                          double days_of_supply) const {
  for (const Row& row : rows) {
    if (row.tier != tier || (row.to_lb && (!weight_lb || *weight_lb > *row.to_lb))) continue;
    for (size_t i = 0; i < days_below.size(); ++i)
      if (days_of_supply < days_below[i]) return row.fees[i];
    return std::nullopt;
  }
  return std::nullopt;
}

const UtilisationSurcharge::Band* UtilisationSurcharge::band(double weeks) const {
  for (const Band& row : bands)
    if (weeks >= row.from_weeks && (!row.to_weeks || weeks < *row.to_weeks)) return &row;
  return nullptr;
}

}  // namespace destock::market

#include "market/read_categories.h"

#include <algorithm>

namespace destock::market {
namespace {

bool holds_word(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void widen(const CategoryWords& words, std::vector<std::string>& list) {
  for (const std::vector<std::string>& alike : words) {
    if (std::none_of(alike.begin(), alike.end(), [&](const std::string& word) { return holds_word(list, word); }))
      continue;
    for (const std::string& word : alike)
      if (!holds_word(list, word)) list.push_back(word);
  }
}

}  // namespace

CategoryWords read_category_words(const FactTable& root) {
  CategoryWords words;
  for (const FactTable& row : root.tables("category")) {
    std::vector<std::string> alike = row.texts_or_empty("names");
    if (alike.size() < 2) row.wrong("names", {"needs at least two", "至少需要两个"});
    for (const std::string& word : alike)
      if (std::any_of(words.begin(), words.end(), [&](const auto& other) { return holds_word(other, word); }))
        row.tell("names", {"\"" + word + "\" stands twice", "“" + word + "” 重复"});
    words.push_back(std::move(alike));
  }
  return words;
}

void take_category_words(const CategoryWords& words, RateCard& card) {
  for (FulfilmentTable& table : card.fulfilment) {
    widen(words, table.categories);
    widen(words, table.special_categories);
  }
  for (FulfilmentSurcharge& row : card.surcharges) widen(words, row.categories);
  for (PeakSeason& row : card.peaks) widen(words, row.without);
  for (StorageRate& row : card.storage) widen(words, row.categories);
  for (RemovalFee& row : card.removal) widen(words, row.also_categories);
  for (AgedSurcharge& row : card.aged)
    for (AgedBand& band : row.bands) widen(words, band.excluded_categories);
  for (ReferralRate& row : card.referral)
    for (ReferralCategory& category : row.categories) {
      widen(words, category.names);
      widen(words, category.except);
    }
}

}  // namespace destock::market

#include "ingest/store_names.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/number.h"

namespace destock::ingest {

using account::MarketplaceBook;
using account::MarketplaceEntry;

namespace {

bool is_ascii_alnum(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80;
}

bool beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// Whether a name stands in a text as a word of its own: letters that go on make another word, ideographs do not. A code
// has no words beside it: "IN STYLE" is not India.
bool stands_in(std::string_view text, std::string_view name, bool code) {
  const bool ideographs = beyond_ascii(name.front());
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    size_t before = at, after = at + name.size();
    while (code && before > 0 && text[before - 1] == ' ') --before;
    while (code && after < text.size() && text[after] == ' ') ++after;
    const bool begins = before == 0 || !is_ascii_alnum(text[before - 1]);
    const bool ends = after == text.size() || !is_ascii_alnum(text[after]);
    if (ideographs || (begins && ends)) return true;
  }
  return false;
}

// "Amazon" and what stands for it say nothing of which.
std::string without_amazon(std::string_view text) {
  std::string rest(text);
  for (const std::string_view word : {"亚马逊", "www.", "Amazon", "amazon", "AMAZON"}) {
    const size_t at = rest.find(word);
    const bool domain = at != std::string::npos && at + word.size() < rest.size() && rest[at + word.size()] == '.';
    if (at != std::string::npos && !domain) rest.replace(at, word.size(), " ");
  }
  return rest;
}

}  // namespace

const MarketplaceEntry* store_in(std::string_view name, const MarketplaceBook& book) {
  if (const MarketplaceEntry* whole = book.named(name)) return whole;
  constexpr size_t kLongest = 64, kCode = 3;
  if (name.size() > kLongest) return nullptr;
  const std::string text = without_amazon(name);
  std::string lower;
  for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const MarketplaceEntry* found = nullptr;
  size_t longest = 0;
  bool two = false;
  const auto look = [&](const MarketplaceEntry& entry, std::string known) {
    const bool code = known.size() <= kCode && !beyond_ascii(known.front());
    if (!code)
      for (char& c : known) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (known.empty() || !stands_in(code ? text : lower, known, code)) return;
    // "Amazon.com" stands in "Amazon.com.mx": the longer name counts.
    if (found != &entry) two = found != nullptr && known.size() == longest;
    if (known.size() < longest) return;
    found = &entry;
    longest = known.size();
  };
  for (const MarketplaceEntry& entry : book.entries) {
    look(entry, entry.id);
    for (const std::string& known : entry.names) look(entry, known);
  }
  return two ? nullptr : found;
}

std::vector<const MarketplaceEntry*> stores_in(std::string_view word, const MarketplaceBook& book) {
  struct Found {
    std::string_view name;
    size_t at;
    const MarketplaceEntry* entry;
  };
  std::vector<Found> found;
  for (const MarketplaceEntry& entry : book.entries)
    for (const std::string& name : entry.names)
      if (!name.empty() && beyond_ascii(name.front()))
        if (const size_t at = word.find(name); at != std::string_view::npos) found.push_back({name, at, &entry});
  std::vector<const MarketplaceEntry*> stores;
  for (const Found& one : found) {
    const auto holds = [&](const Found& other) {  // a longer name of another store, of which this is a part
      return other.entry != one.entry && other.name.size() > one.name.size() && other.at <= one.at &&
             other.at + other.name.size() >= one.at + one.name.size();
    };
    if (std::none_of(found.begin(), found.end(), holds) &&
        std::find(stores.begin(), stores.end(), one.entry) == stores.end())
      stores.push_back(one.entry);
  }
  return stores;
}

std::vector<std::string> stores_listed(std::string_view cell, const MarketplaceBook& book) {
  constexpr std::string_view kBetween[] = {"/", "、", ",", "，", ";", "；",
                                           "+", "&",  "|", "和", "及"};  // tidy: allow zh-punctuation
  std::string text(cell);
  for (const std::string_view sign : kBetween)
    for (size_t at = text.find(sign); at != std::string::npos; at = text.find(sign))
      text.replace(at, sign.size(), "\n");
  std::vector<std::string> stores;
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    const auto* store = store_in(trimmed(std::string_view(text).substr(from, end - from)), book);
    if (!store) return {};
    if (std::find(stores.begin(), stores.end(), store->id) == stores.end()) stores.push_back(store->id);
    from = end + 1;
  }
  return stores.size() > 1 ? stores : std::vector<std::string>();
}

}  // namespace destock::ingest

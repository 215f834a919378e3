#include "ingest/file_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <vector>

#include "base/ascii.h"
#include "ingest/byte_source.h"
#include "ingest/store_names.h"

namespace destock::ingest {

namespace fs = std::filesystem;

namespace {

struct Digits {
  std::string_view text;
  bool joined;  // to the next by '-', '_' or '.'
  char sign;    // that joins
};

// The runs of digits of a name.
std::vector<Digits> digits_in(std::string_view name) {
  std::vector<Digits> runs;
  for (size_t i = 0; i < name.size();) {
    size_t end = i;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
    if (end == i) {
      ++i;
      continue;
    }
    const bool joined = end + 1 < name.size() && std::string_view("-_.").find(name[end]) != std::string_view::npos &&
                        std::isdigit(static_cast<unsigned char>(name[end + 1])) != 0;
    runs.push_back({name.substr(i, end - i), joined, joined ? name[end] : '\0'});
    i = end;
  }
  return runs;
}

std::optional<Date> date_of(std::string_view year, std::string_view month, std::string_view day) {
  const auto two = [](std::string_view part) { return (part.size() == 1 ? "0" : "") + std::string(part); };
  if (year.size() != 4 || !year.starts_with("20") || month.size() > 2 || day.size() > 2) return std::nullopt;
  return parse_iso_date(std::string(year) + "-" + two(month) + "-" + two(day));
}

// 20261120 and 20261120103000, the time of day with it.
std::optional<Date> date_at_start(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) return std::nullopt;
  if (digits.size() > 8 && (digits.substr(8, 2) > "23" || digits.substr(10, 2) > "59")) return std::nullopt;
  return date_of(digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2));
}

// 11-20-2026 and 20.11.2026: what is above 12 is the day; else as `open` says.
std::optional<Date> date_at_end(std::string_view first, std::string_view second, std::string_view year,
                                DateOrder open) {
  if (year.size() == 2) return std::nullopt;
  if (open == DateOrder::kDayFirst) std::swap(first, second);
  if (const auto date = date_of(year, first, second)) return date;
  return date_of(year, second, first);
}

// 20.11.26 and 11-27-26: what can be no month is the day, and the last two digits a year of our time; else a business
// report's month stands first between dashes, as Seller Central names it (BusinessReport-8-04-26), its day between
// dots.
std::optional<Date> date_of_short_year(const Digits& first, std::string_view second, std::string_view year,
                                       bool business_report) {
  if (first.text.empty() || first.text.size() > 2 || second.size() != 2 || year.size() != 2 || year <= "23") return {};
  const std::string whole = "20" + std::string(year);
  const bool day_first = first.text.size() == 2 && first.text > "12", month_first = second > "12";
  if (day_first && !month_first) return date_of(whole, second, first.text);
  if (month_first && !day_first) return date_of(whole, first.text, second);
  if (day_first || !business_report) return std::nullopt;
  return first.sign == '.' ? date_of(whole, second, first.text) : date_of(whole, first.text, second);
}

// Words of English that are a marketplace's code by chance.
bool is_everyday_word(std::string_view word) {
  constexpr std::array<std::string_view, 6> kWords = {"in", "it", "be", "is", "are", "can"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Of French, Spanish and Swedish: "rapport_de_stock".
bool is_word_between(std::string_view word) {
  return word == "de" || word == "es" || word == "se";
}

bool all_of(std::string_view word, int (*kind)(int)) {
  return std::all_of(word.begin(), word.end(), [&](char c) { return kind(static_cast<unsigned char>(c)) != 0; });
}

// Amazon.co.uk, as a name of a file may hold it: the longest where it stands, for Amazon.com stands in Amazon.com.mx.
std::vector<const account::MarketplaceEntry*> channels_in(std::string_view text, const account::MarketplaceBook& book) {
  const std::string lower = ascii_lower(text);
  std::map<size_t, std::pair<size_t, const account::MarketplaceEntry*>> longest;  // by where they stand
  for (const auto& entry : book.entries)
    for (const std::string& name : entry.names) {
      const std::string channel = ascii_lower(name);
      if (!channel.starts_with("amazon.")) continue;
      for (size_t at = lower.find(channel); at != std::string::npos; at = lower.find(channel, at + 1)) {
        const size_t end = at + channel.size();
        if (end < lower.size() && std::isalnum(static_cast<unsigned char>(lower[end])) != 0) continue;
        auto& held = longest[at];
        if (channel.size() > held.first) held = {channel.size(), &entry};
      }
    }
  std::vector<const account::MarketplaceEntry*> found;
  for (const auto& [at, channel] : longest)
    if (std::find(found.begin(), found.end(), channel.second) == found.end()) found.push_back(channel.second);
  return found;
}

// Q4 Nov, v2 May: the number belongs to the letter before it, not to the month behind.
bool numbers_its_word(std::string_view name, size_t at) {
  if (at == 0 || std::isalpha(static_cast<unsigned char>(name[at - 1])) == 0) return false;
  while (at < name.size() && std::isdigit(static_cast<unsigned char>(name[at])) != 0) ++at;
  return at < name.size() && (name[at] == ' ' || name[at] == '_' || name[at] == '-');
}

// A day with its month in letters, or in a Chinese name: Nov 20 2026, 20Nov2026, 2026年11月20日; and 20.11.26.
std::optional<Date> day_in_words(std::string_view name) {
  for (size_t begin = 0; begin < name.size(); ++begin) {
    const auto digit = [&](size_t at) {
      return at < name.size() && std::isdigit(static_cast<unsigned char>(name[at])) != 0;
    };
    const auto letter = [&](size_t at) {
      return at < name.size() && std::isalpha(static_cast<unsigned char>(name[at])) != 0;
    };
    if (!digit(begin) && !letter(begin)) continue;
    if (begin > 0 && (digit(begin - 1) || (letter(begin) && letter(begin - 1)))) continue;
    if (numbers_its_word(name, begin)) continue;
    constexpr size_t kLongest = 24;
    std::string text(name.substr(begin, kLongest));
    std::replace(text.begin(), text.end(), '_', ' ');
    const size_t year = text.find("20", 0);
    const bool chinese = text.find("年") != std::string::npos && text.find("月") != std::string::npos;
    const bool month =
        std::any_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(text.size(), 6)),
                    [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
    if (year == std::string::npos || (!chinese && !month)) continue;
    if (const auto day = parse_report_date(text, DateOrder::kDayFirst)) return day;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> date_in_name(std::string_view name, DateOrder open) {
  const std::vector<Digits> runs = digits_in(name);
  for (size_t i = 0; i < runs.size(); ++i) {
    if (const auto date = date_at_start(runs[i].text)) return date;
    if (!runs[i].joined || i + 2 >= runs.size() || !runs[i + 1].joined) continue;
    if (const auto date = date_of(runs[i].text, runs[i + 1].text, runs[i + 2].text)) return date;
    if (const auto date = date_at_end(runs[i].text, runs[i + 1].text, runs[i + 2].text, open)) return date;
    if (const auto date =
            date_of_short_year(runs[i], runs[i + 1].text, runs[i + 2].text, name.starts_with("BusinessReport")))
      return date;
  }
  return day_in_words(name);
}

namespace {

// The days without a year of a name, as text that a year completes: "20 Nov ", "2026"; of 11月20日 "20 Nov " as well.
std::vector<std::string> days_without_year(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::string_view kMonth = "月";
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  const auto run = [&](size_t from, auto kind) {  // of one kind of character
    size_t end = from;
    while (end < name.size() && kind(static_cast<unsigned char>(name[end]))) ++end;
    return name.substr(from, end - from);
  };
  const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
  std::vector<std::string> found;
  for (size_t i = 0; i < name.size();) {
    const bool digits = is_digit(static_cast<unsigned char>(name[i]));
    const std::string_view word = digits ? run(i, is_digit) : run(i, is_letter);
    const size_t begin = i;
    i += std::max<size_t>(word.size(), 1);
    if (word.empty() || (digits && (word.size() > 2 || numbers_its_word(name, begin)))) continue;
    if (digits && name.substr(i).starts_with(kMonth)) {
      const std::string_view day = run(i + kMonth.size(), is_digit);
      const auto month = static_cast<size_t>(std::stoi(std::string(word)));
      if (day.empty() || day.size() > 2 || month < 1 || month > kMonths.size()) continue;
      found.push_back(std::string(day) + " " + std::string(kMonths[month - 1]) + " ");
      i += kMonth.size() + day.size();
      continue;
    }
    const size_t gap = i < name.size() && std::string_view(" -_.").find(name[i]) != std::string_view::npos ? 1 : 0;
    const std::string_view next = digits ? run(i + gap, is_letter) : run(i + gap, is_digit);
    if (next.empty() || (!digits && next.size() > 2)) continue;
    found.push_back(std::string(digits ? word : next) + " " + std::string(digits ? next : word) + " ");
  }
  return found;
}

}  // namespace

std::optional<Date> yearless_day_in_name(std::string_view name, Date today) {
  constexpr int kLeap = 4;  // years to the next 29 February
  std::optional<Date> newest;
  for (const std::string& day : days_without_year(name))
    for (int year = year_of(today); year > year_of(today) - kLeap; --year) {
      const auto date = parse_report_date(day + std::to_string(year), DateOrder::kDayFirst);
      if (!date || *date > today) continue;
      if (newest && *newest != *date) return std::nullopt;
      newest = date;
      break;
    }
  return newest;
}

namespace {

// A word of a name, with the signs beside it; '_' stands for its beginning and its end.
struct NameWord {
  std::string_view text;
  char before = '_', after = '_';
  bool first = false, last = false;
  bool among_plain = false;  // the other words say nothing of a language
  bool beside_days = false;  // first or last of the words but for days and numbers, among such
  bool of_report = false;    // the word before it is one of what a report is of; see names_reports
};

// What English and German names of reports are made of, and no other language's.
bool names_reports(std::string_view word) {
  constexpr std::array<std::string_view, 28> kWords = {
      "inventory", "orders",     "order",     "shipments",    "ledger",       "fees",     "returns",
      "reserved",  "listings",   "planning",  "removal",      "removals",     "stranded", "settlement",
      "storage",   "restock",    "surcharge", "transactions", "costs",        "myi",      "preview",
      "promotion", "promotions", "traffic",   "received",     "lagerbestand", "bestand",  "bestellungen"};
  return std::find(kWords.begin(), kWords.end(), ascii_lower(word)) != kWords.end();
}

// Words that say nothing of a language.
bool is_neutral(std::string_view word) {
  constexpr std::array<std::string_view, 8> kWords = {"fba",    "amazon", "manage", "all",
                                                      "report", "new",    "final",  "csv"};
  const bool letters = std::any_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && std::isalpha(static_cast<unsigned char>(c)) != 0;
  });
  return word.size() <= 2 || !letters || names_reports(word) ||
         std::find(kWords.begin(), kWords.end(), ascii_lower(word)) != kWords.end();
}

// A code counts in capitals; in small letters alone between signs, where it is no word as well: fba_inventory_de_new is
// Germany's, rapport_de_stock is nobody's.
bool counts_as_code(const NameWord& word) {
  if (all_of(word.text, std::isupper)) return true;
  const bool apart = word.before != ' ' && word.after != ' ';
  if (!all_of(word.text, std::islower) || !apart) return false;
  const bool after_report = word.of_report && (word.before == '_' || word.before == '-');
  if (is_everyday_word(word.text))
    return (word.last && word.before == '.') ||
           (after_report && word.among_plain && (word.text == "it" || word.text == "be"));
  if (word.text.size() > 2) return word.last || after_report;
  return !is_word_between(word.text) || word.first || word.last || word.beside_days || after_report;
}

void add_store(const account::MarketplaceEntry* entry, std::vector<const account::MarketplaceEntry*>& found) {
  if (entry && std::find(found.begin(), found.end(), entry) == found.end()) found.push_back(entry);
}

void look_at(const NameWord& word, bool after_amazon, const account::MarketplaceBook& book,
             std::vector<const account::MarketplaceEntry*>& found,
             std::vector<const account::MarketplaceEntry*>& words) {
  if (word.text.size() < 2) return;
  const bool letters = all_of(word.text, [](int c) { return c < 0x80 ? std::isalpha(c) : 0; });
  const bool code = letters && word.text.size() <= 3;
  if (code && !after_amazon && !counts_as_code(word)) return;
  const auto* entry = book.named(word.text);
  // "STOCK IN FBA": among other words of capitals it is one of them, if the name says another store.
  const bool among = code && is_everyday_word(ascii_lower(word.text)) && word.before == ' ' && word.after == ' ';
  add_store(entry, among ? words : found);
  if (entry || letters) return;
  const auto stores = stores_in(word.text, book);  // 加拿大库存
  for (const auto* store : stores) add_store(store, found);
  if (stores.empty()) add_store(store_in(word.text, book), found);
}

// The runs of letters and digits.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  const auto in_word = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && in_word(text[end])) ++end;
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

}  // namespace

NamedPlace marketplace_in_words(std::string_view text, const account::MarketplaceBook& book) {
  // "uk (1).txt": what a browser adds where the name is there already.
  constexpr size_t kAdded = 4;
  if (text.size() > kAdded && text.ends_with(')') && text.substr(text.size() - kAdded).starts_with(" ("))
    text.remove_suffix(kAdded);
  if (const auto* whole = book.named(text); whole && (text.size() > 2 || !is_everyday_word(text))) return {whole};
  std::vector<const account::MarketplaceEntry*> found = channels_in(text, book), words;
  const bool found_by_word = found.empty();
  const auto no_letter = [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && std::isalpha(static_cast<unsigned char>(c)) == 0;
  };
  const std::vector<std::string_view> all = words_of(text);
  const bool neutral = std::all_of(all.begin(), all.end(), is_neutral);
  std::string_view word_before;
  for (const std::string_view one : found_by_word ? all : std::vector<std::string_view>()) {
    const auto begin = static_cast<size_t>(one.data() - text.data());
    const size_t end = begin + one.size();
    const std::string_view head = text.substr(0, begin), tail = text.substr(end);
    const bool beside_days =
        std::all_of(head.begin(), head.end(), no_letter) || std::all_of(tail.begin(), tail.end(), no_letter);
    const NameWord word{one,
                        begin > 0 ? text[begin - 1] : '_',
                        end < text.size() ? text[end] : '_',
                        begin == 0,
                        end >= text.size(),
                        neutral,
                        neutral && beside_days,
                        names_reports(word_before)};
    word_before = word.text;
    const bool after_amazon =
        begin > 0 && ascii_lower(text.substr(0, begin)).ends_with("amazon" + std::string(1, word.before));
    look_at(word, after_amazon, book, found, words);
  }
  if (found.empty()) found = std::move(words);
  if (found.size() == 1) return {found.front()};
  NamedPlace place;
  for (const auto* entry : found) place.several.push_back(entry->id);
  return place;
}

NamedPlace marketplace_in_path(const std::string& path, const account::MarketplaceBook& book) {
  const fs::path file(path);
  NamedPlace found = marketplace_in_words(file.stem().string(), book);
  // An archive is a folder by another name.
  const fs::path folder = file.parent_path().filename();
  const bool archive = ascii_lower(folder.extension().string()) == ".zip";
  if (!found.says()) found = marketplace_in_words((archive ? folder.stem() : folder).string(), book);
  // UK/2026/November/stock.txt: a folder further up says so by its whole name, in capitals where it is a code.
  constexpr int kFolders = 4;
  fs::path above = file.parent_path().parent_path();
  for (int i = 0; !found.says() && i < kFolders && above.has_filename(); ++i, above = above.parent_path()) {
    const std::string name = above.filename().string();
    if (name.size() > 3 || all_of(name, std::isupper)) found.entry = book.named(name);
  }
  return found;
}

namespace {

// The sales channel that the first bytes of a text name the most; they are ASCII in every encoding of one byte or two.
std::string channel_of_bytes(const std::string& path, const account::MarketplaceBook& book) {
  constexpr size_t kEnough = 65'536;
  auto source = ByteSource::open(path);
  if (!source) return {};
  std::string bytes;
  for (bool more = true; more && bytes.size() < kEnough;) {
    const auto got = source->read(bytes);
    more = got && *got;
  }
  bytes.resize(std::min(bytes.size(), kEnough));
  if (bytes.starts_with("PK")) return {};
  std::map<std::string, size_t> times;
  for (size_t at = bytes.find("Amazon."); at != std::string::npos; at = bytes.find("Amazon.", at + 1)) {
    size_t end = at + 7;
    while (end < bytes.size() && (std::islower(static_cast<unsigned char>(bytes[end])) != 0 || bytes[end] == '.'))
      ++end;
    ++times[bytes.substr(at, end - at)];
  }
  const auto most =
      std::max_element(times.begin(), times.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto* entry = most == times.end() ? nullptr : book.named(most->first);
  return entry ? entry->id : std::string();
}

}  // namespace

std::string marketplace_hint(const std::string& path, const account::MarketplaceBook& book) {
  const auto* named = marketplace_in_path(path, book).entry;
  return named ? named->id : channel_of_bytes(path, book);
}

}  // namespace destock::ingest

#include "ingest/repeats.h"

#include <functional>

namespace destock::ingest {
namespace {

constexpr size_t kMostHeld = 4'000'000;  // 64 MB at the most

uint64_t mixed(uint64_t hash) {
  hash ^= hash >> 31;
  hash *= 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

// A number's own bits: the lowest is the flag's, and 0 is a free slot.
uint64_t key_of(uint64_t number) {
  const uint64_t key = number & ~uint64_t{1};
  return key == 0 ? 2 : key;
}

}  // namespace

size_t NumbersSeen::slot_of(uint64_t number) const {
  const uint64_t key = key_of(number);
  size_t at = mixed(key) & (table_.size() - 1);
  while (table_[at] != 0 && (table_[at] & ~uint64_t{1}) != key) at = (at + 1) & (table_.size() - 1);
  return at;
}

void NumbersSeen::grow() {
  std::vector<uint64_t> old(table_.empty() ? size_t{1} << 12 : table_.size() * 2, 0);
  old.swap(table_);
  for (const uint64_t entry : old)
    if (entry != 0) table_[slot_of(entry)] = entry;
}

bool NumbersSeen::holds(uint64_t number) const {
  return !table_.empty() && table_[slot_of(number)] != 0;
}

int NumbersSeen::flag_of(uint64_t number, bool flag) {
  if (!table_.empty())
    if (const uint64_t held = table_[slot_of(number)]; held != 0) return static_cast<int>(held & 1);
  if (held_ >= kMostHeld) return -1;
  if ((held_ + 1) * 2 > table_.size()) grow();
  table_[slot_of(number)] = key_of(number) | static_cast<uint64_t>(flag);
  ++held_;
  return -1;
}

void NumbersSeen::raise(uint64_t number) {
  if (holds(number)) table_[slot_of(number)] |= 1;
}

bool RepeatedOrders::again(std::string_view order, std::string_view day, uint32_t listing, bool sold) {
  if (order.empty()) return false;
  if (order != order_) {
    for (const auto& [line, was_sold] : open_)
      if (seen_.flag_of(line, was_sold) == 0 && was_sold) seen_.raise(line);
    open_.clear();
    order_ = order;
  }
  const uint64_t line = mixed(hash_of(order)) ^ mixed(uint64_t{listing} + 1) ^ mixed(hash_of(day.substr(0, 10)) + 2);
  if (seen_.holds(line)) {
    const bool counted = seen_.flag_of(line, false) == 1;
    if (sold && !counted) {
      seen_.raise(line);
      return false;
    }
    ++lines_;
    return true;
  }
  open_.emplace_back(line, sold);
  return false;
}

void note_repeats(int64_t lines, std::vector<Text>& notes) {
  if (lines == 0) return;
  const std::string n = std::to_string(lines);
  notes.push_back({n + (lines == 1 ? " line stands" : " lines stand") +
                       " a second time in the file, as where downloads that overlap were put together: counted once",
                   n + " 行在文件中重复出现（如合并了有重叠的下载文件）：只计一次"});
}

bool RepeatedRows::again(const std::vector<std::string_view>& fields) {
  uint64_t row = 0;
  for (const std::string_view field : fields) row = mixed(row + hash_of(field)) + 1;
  const bool follows = row == last_;  // two things that are the same may stand below each other
  last_ = row;
  if (follows || seen_.flag_of(row, false) < 0) return false;
  ++rows_;
  return true;
}

}  // namespace destock::ingest

#pragma once
// Lines that stand in a file twice, as where downloads that overlap were put together. Sums would count them again.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace destock::ingest {

// Which of the numbers given were given before; memory is bounded, and what comes after a few million is taken as new.
class NumbersSeen {
public:
  // The number's flag as it was left; −1: it is new, and kept with `flag`.
  int flag_of(uint64_t number, bool flag);
  void raise(uint64_t number);
  bool holds(uint64_t number) const;

private:
  size_t slot_of(uint64_t number) const;
  void grow();
  std::vector<uint64_t> table_;  // open addressing; 0: free; the lowest bit is the flag
  size_t held_ = 0;
};

// Lines of orders. An order may hold a SKU twice, on lines that follow each other: only an order that comes again after
// others were read repeats.
class RepeatedOrders {
public:
  // Whether the line was counted before: sold and read again, or not sold then as now. A line that was pending and is
  // sold now counts.
  bool again(std::string_view order, std::string_view day, uint32_t listing, bool sold);
  int64_t lines() const { return lines_; }

private:
  std::string order_;
  std::vector<std::pair<uint64_t, bool>> open_;  // lines of that order
  NumbersSeen seen_;
  int64_t lines_ = 0;
};

// Says how many lines were counted once though they stand twice; nothing where there are none.
void note_repeats(int64_t lines, std::vector<Text>& notes);

// Whole rows of reports that hold each once.
class RepeatedRows {
public:
  bool again(const std::vector<std::string_view>& fields);
  int64_t rows() const { return rows_; }

private:
  NumbersSeen seen_;
  uint64_t last_ = 0;
  int64_t rows_ = 0;
};

}  // namespace destock::ingest

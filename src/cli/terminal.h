#pragma once
// Tables and progress on a terminal, with Chinese characters two columns wide.

#include <cstdint>
#include <string>

#include "deliver/table.h"

namespace destock::cli {

// Columns that a text takes on a terminal.
size_t shown_width(std::string_view utf8);
// The text cut to a width, with … where something was cut.
std::string fitted(std::string_view utf8, size_t width);

// A table that fits `width` columns: its narrow columns, long texts cut, numbers to the right. `limit` 0: every row.
std::string terminal_table(const deliver::Table& table, Lang lang, size_t limit, size_t width);

// Two text columns as a list: names on the left, the rest wrapped beside them, nothing cut.
std::string terminal_list(const deliver::Table& table, Lang lang, size_t width);

size_t terminal_width();

// A bar on stderr for anything over a second, and only on a terminal.
class ProgressBar {
public:
  explicit ProgressBar(Lang lang);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void show(const std::string& what, uint64_t done, uint64_t total);

private:
  void clear();
  bool on_terminal_;
  int64_t started_ = 0;
  int64_t last_ = 0;
  bool drawn_ = false;
};

}  // namespace destock::cli

#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/plain_text.h"

namespace destock::cli {
namespace {

// ICU's macro narrows inside.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
UChar32 next_character(std::string_view text, size_t& at) {
  UChar32 c = 0;
  U8_NEXT(text.data(), at, text.size(), c);
  return c < 0 ? 0xFFFD : c;
}
#pragma GCC diagnostic pop

int width_of(UChar32 c) {
  if (c >= 0x20 && c < 0x7F) return 1;
  const int kind = u_charType(c);
  if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR) return 0;
  const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

bool to_the_right(deliver::Kind kind) {
  return kind != deliver::Kind::kText;
}

std::string padded(const std::string& text, size_t width, bool right) {
  const size_t shown = shown_width(text);
  const std::string spaces(width > shown ? width - shown : 0, ' ');
  return right ? spaces + text : text + spaces;
}

int64_t milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Layout {
  std::vector<size_t> columns;
  std::vector<size_t> widths;
};

// Figures are read whole, and so are the names that a person types again.
bool may_shrink(const deliver::Column& column) {
  return !to_the_right(column.kind) && column.id != "id" && column.id != "action";
}

// Widths by content; when the terminal is too narrow the longest text columns give way first, then the last columns go.
Layout lay_out(const deliver::Table& table, const std::vector<std::vector<std::string>>& cells, Lang lang,
               size_t width) {
  constexpr size_t kGap = 2;
  constexpr size_t kLeast = 10;
  Layout layout;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.columns[i].narrow) continue;
    size_t widest = shown_width(table.columns[i].name.in(lang));
    for (const auto& row : cells) widest = std::max(widest, shown_width(row[i]));
    layout.columns.push_back(i);
    layout.widths.push_back(widest);
  }
  const auto total = [&] {
    size_t sum = 0;
    for (size_t w : layout.widths) sum += w + kGap;
    return sum > kGap ? sum - kGap : 0;
  };
  while (total() > width) {
    size_t widest = layout.widths.size();
    for (size_t i = 0; i < layout.widths.size(); ++i)
      if (may_shrink(table.columns[layout.columns[i]]) && layout.widths[i] > kLeast &&
          (widest == layout.widths.size() || layout.widths[i] > layout.widths[widest]))
        widest = i;
    if (widest < layout.widths.size()) {
      // The widest gives way down to the next widest, so that none is cut to its least while another stays long.
      size_t next = kLeast;
      for (size_t i = 0; i < layout.widths.size(); ++i)
        if (i != widest && may_shrink(table.columns[layout.columns[i]]))
          next = std::max(next, std::min(layout.widths[i], layout.widths[widest] - 1));
      layout.widths[widest] -= std::min(layout.widths[widest] - next, total() - width);
    } else if (layout.widths.size() > 2) {
      layout.columns.pop_back();
      layout.widths.pop_back();
    } else {
      break;
    }
  }
  return layout;
}

}  // namespace

size_t shown_width(std::string_view utf8) {
  size_t width = 0;
  for (size_t i = 0; i < utf8.size();) {
    const UChar32 c = next_character(utf8, i);
    width += static_cast<size_t>(width_of(c));
  }
  return width;
}

std::string fitted(std::string_view utf8, size_t width) {
  if (shown_width(utf8) <= width) return std::string(utf8);
  size_t used = 0;
  size_t end = 0;
  for (size_t i = 0; i < utf8.size();) {
    const UChar32 c = next_character(utf8, i);
    const auto w = static_cast<size_t>(width_of(c));
    if (used + w + 1 > width) break;
    used += w;
    end = i;
  }
  return std::string(utf8.substr(0, end)) + "…";
}

std::string terminal_table(const deliver::Table& table, Lang lang, size_t limit, size_t width) {
  const size_t rows = limit == 0 ? table.rows.size() : std::min(limit, table.rows.size());
  std::vector<std::vector<std::string>> cells(rows);
  for (size_t row = 0; row < rows; ++row) {
    const auto of_row = table.rows[row];
    for (size_t i = 0; i < table.columns.size(); ++i)
      cells[row].push_back(deliver::shown(of_row[i], table.columns[i], lang, false));
  }
  const Layout layout = lay_out(table, cells, lang, width);
  std::string out;
  const auto line = [&](const auto& text_of) {
    std::string text;
    for (size_t k = 0; k < layout.columns.size(); ++k) {
      const deliver::Column& column = table.columns[layout.columns[k]];
      text += (k ? "  " : "") +
              padded(fitted(text_of(layout.columns[k]), layout.widths[k]), layout.widths[k], to_the_right(column.kind));
    }
    while (text.ends_with(' ')) text.pop_back();
    out += text + "\n";
  };
  line([&](size_t i) { return table.columns[i].name.in(lang); });
  size_t total = 0;
  for (size_t w : layout.widths) total += w + 2;
  for (size_t i = 2; i < total; ++i) out += "─";
  out += "\n";
  for (const auto& row : cells) line([&](size_t i) { return row[i]; });
  if (table.rows.empty()) out += lang == Lang::kZh ? "（无）\n" : "(nothing)\n";
  if (rows < table.rows.size()) {
    const std::string more = std::to_string(table.rows.size() - rows);
    out += lang == Lang::kZh ? "… 另有 " + more + " 行：--all、--format csv 或导出工作簿可查看全部\n"
                             : "… and " + more + " more: --all, --format csv or the workbook show them\n";
  }
  return out;
}

std::string terminal_list(const deliver::Table& table, Lang lang, size_t width) {
  constexpr size_t kGap = 2;
  size_t names = 0;
  for (const auto& row : table.rows)
    names = std::max(names, shown_width(deliver::shown(row[0], table.columns[0], lang, false)));
  const size_t room = std::max<size_t>(20, width > names + kGap ? width - names - kGap : 20);
  std::string out;
  for (const auto& row : table.rows) {
    std::string name = deliver::shown(row[0], table.columns[0], lang, false);
    const std::string text = deliver::shown(row[1], table.columns[1], lang, false);
    size_t at = 0;
    while (at < text.size()) {
      // As much as fits; back to the last space where there is one, so that words stay whole.
      size_t end = at;
      size_t space = std::string::npos;
      size_t used = 0;
      while (end < text.size()) {
        size_t next = end;
        const auto w = static_cast<size_t>(width_of(next_character(text, next)));
        if (used + w > room) break;
        if (text[end] == ' ') space = end;
        used += w;
        end = next;
      }
      if (end < text.size() && text[end] != ' ' && space != std::string::npos && space > at) end = space;
      out += padded(name, names, false) + std::string(kGap, ' ') + text.substr(at, end - at) + "\n";
      name.clear();
      at = end < text.size() && text[end] == ' ' ? end + 1 : end;
    }
  }
  return out;
}

size_t terminal_width() {
  if (const char* columns = std::getenv("COLUMNS"))
    if (const long given = std::strtol(columns, nullptr, 10); given >= 40) return static_cast<size_t>(given);
  struct winsize size {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 120;
}

ProgressBar::ProgressBar(Lang) : on_terminal_(isatty(STDERR_FILENO) != 0), started_(milliseconds()) {}
ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::clear() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

void ProgressBar::show(const std::string& what, uint64_t done, uint64_t total) {
  if (!on_terminal_) return;
  const int64_t now = milliseconds();
  if (now - started_ < 1'000 || now - last_ < 100) return;
  last_ = now;
  constexpr size_t kBar = 24;
  const double share = total > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(total)) : 0;
  const auto filled = static_cast<size_t>(share * kBar);
  std::string bar;
  for (size_t i = 0; i < kBar; ++i) bar += i < filled ? "█" : "░";
  std::fprintf(stderr, "\r\x1b[K%s %3.0f%%  %s", bar.c_str(), share * 100, fitted(plain_text(what), 60).c_str());
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace destock::cli

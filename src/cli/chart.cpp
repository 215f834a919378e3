#include "cli/chart.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace destock::cli {
namespace {

constexpr int kRows = 12;
constexpr size_t kAxis = 8;  // columns of the scale on the left

// The first of 1, 2, 5, 10, … that is not below.
double round_top(double value) {
  double step = 1;
  while (true) {
    for (double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
      if (value <= factor * step) return factor * step;
    step *= 10;
  }
}

const char* eighth(double filled) {
  static constexpr const char* kBlocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  return kBlocks[std::clamp(static_cast<int>(std::round(filled * 8)), 0, 8)];
}

std::string cell_of(const ChartWeek& week, double bottom, double top) {
  const double height = top - bottom;
  const auto in_row = [&](double value) { return value >= bottom && value < top; };
  if (week.past) {
    const double filled = std::clamp((week.sold - bottom) / height, 0.0, 1.0);
    if (week.expected >= 0 && in_row(week.expected) && filled < 1) return "·";
    return eighth(filled);
  }
  if (week.expected >= 0 && in_row(week.expected)) return "•";
  if (week.high > bottom && week.low < top && week.high > week.low) return "│";
  return " ";
}

// As many weeks as fit: two thirds of them past.
std::vector<ChartWeek> chosen(const std::vector<ChartWeek>& weeks, size_t columns) {
  const auto now = static_cast<size_t>(
      std::find_if(weeks.begin(), weeks.end(), [](const ChartWeek& week) { return !week.past; }) - weeks.begin());
  const size_t ahead = std::min(weeks.size() - now, std::max<size_t>(columns / 3, columns > now ? columns - now : 0));
  const size_t back = std::min(now, columns - std::min(columns, ahead));
  return {weeks.begin() + static_cast<std::ptrdiff_t>(now - back),
          weeks.begin() + static_cast<std::ptrdiff_t>(now + std::min(ahead, weeks.size() - now))};
}

// Months under the weeks in which they begin, where there is room.
std::string month_line(const std::vector<ChartWeek>& weeks) {
  std::string line;
  size_t busy = 0;
  for (size_t i = 0; i < weeks.size(); ++i) {
    const bool begins = i == 0 || month_of(weeks[i].begin) != month_of(weeks[i - 1].begin);
    if (begins && i >= busy && i + 2 <= weeks.size()) {
      line.resize(i, ' ');
      line += fmt::format("{:02d}", month_of(weeks[i].begin));
      busy = i + 3;
    }
  }
  return line;
}

std::string mark_line(const std::vector<ChartWeek>& weeks) {
  std::string line;
  for (const ChartWeek& week : weeks)
    line += week.event          ? std::string(1, week.event)
            : !week.told        ? "?"
            : week.out_of_stock ? "×"
            : week.promotion    ? "%"
                                : " ";
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string weeks_chart(const std::vector<ChartWeek>& weeks, const std::vector<std::pair<char, Text>>& events,
                        Lang lang, size_t width) {
  const size_t columns = std::max<size_t>(20, width > kAxis + 1 ? width - kAxis - 1 : 20);
  const std::vector<ChartWeek> shown = chosen(weeks, columns);
  double most = 1;
  for (const ChartWeek& week : shown) most = std::max({most, week.sold, week.expected, week.past ? 0 : week.high});
  const double top = round_top(most);
  const bool zh = lang == Lang::kZh;
  std::string out = zh ? "每周件数\n" : "units a week\n";
  for (int row = kRows; row-- > 0;) {
    const double bottom = top * row / kRows;
    const bool labelled = row == kRows - 1 || row == 0 || row == kRows / 2;
    const double at = row == kRows - 1 ? top : bottom;
    std::string line = labelled ? fmt::format("{:>{}.{}f} ┤", at, kAxis - 2, top < 10 ? 1 : 0)
                                : fmt::format("{:>{}} │", "", kAxis - 2);
    for (const ChartWeek& week : shown) line += cell_of(week, bottom, top * (row + 1) / kRows);
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
  }
  std::string axis = fmt::format("{:>{}} └", "", kAxis - 2);
  for (const ChartWeek& week : shown) axis += week.past ? "─" : "╌";
  out += axis + "\n";
  const std::string indent(kAxis, ' ');
  out += indent + month_line(shown) + (zh ? "  月\n" : "  month\n");
  if (const std::string marks = mark_line(shown); !marks.empty()) out += indent + marks + "\n";
  out += zh ? "█ 已售  · 一周前的预测  • 预测均值  │ 十次有八次落在此间  × 断货  % 促销"
            : "█ sold  · as told a week before  • mean to come  │ 8 times in 10 within  × out of stock  % promotion";
  if (std::any_of(shown.begin(), shown.end(), [](const ChartWeek& week) { return !week.told; }))
    out += zh ? "  ? 无销售报告" : "  ? no report of sales";
  out += "\n";
  for (const auto& [letter, name] : events) out += fmt::format("{} {}  ", letter, name.in(lang));
  if (!events.empty()) out += "\n";
  return out;
}

}  // namespace destock::cli

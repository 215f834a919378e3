#include "deliver/workbook.h"

#include <xlsxwriter.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>

namespace destock::deliver {
namespace {

// Formats are made once per number format and colour: a workbook may hold few of them.
class Formats {
public:
  explicit Formats(lxw_workbook* book) : book_(book) {
    header_ = workbook_add_format(book_);
    format_set_bold(header_);
    format_set_font_color(header_, 0xFFFFFF);
    format_set_bg_color(header_, 0x1F3A5F);
    format_set_text_wrap(header_);
    format_set_align(header_, LXW_ALIGN_VERTICAL_CENTER);
    title_ = workbook_add_format(book_);
    format_set_bold(title_);
    format_set_font_size(title_, 16);
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    wrap_ = workbook_add_format(book_);
    format_set_text_wrap(wrap_);
    unknown_ = workbook_add_format(book_);
    format_set_font_color(unknown_, 0x888888);
    format_set_italic(unknown_);
    format_set_align(unknown_, LXW_ALIGN_RIGHT);
    warning_ = workbook_add_format(book_);
    format_set_font_color(warning_, 0xA04000);
    right_ = workbook_add_format(book_);
    format_set_align(right_, LXW_ALIGN_RIGHT);
    number_header_ = workbook_add_format(book_);
    format_set_bold(number_header_);
    format_set_font_color(number_header_, 0xFFFFFF);
    format_set_bg_color(number_header_, 0x1F3A5F);
    format_set_text_wrap(number_header_);
    format_set_align(number_header_, LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(number_header_, LXW_ALIGN_RIGHT);
  }

  lxw_format* number(const std::string& code) {
    lxw_format*& format = numbers_[code];
    if (!format) {
      format = workbook_add_format(book_);
      format_set_num_format(format, code.c_str());
    }
    return format;
  }
  lxw_format* filled(uint32_t colour) {
    lxw_format*& format = fills_[colour];
    if (!format) {
      format = workbook_add_format(book_);
      format_set_bg_color(format, colour);
    }
    return format;
  }
  lxw_format *header_, *title_, *bold_, *wrap_, *unknown_, *warning_, *right_, *number_header_;

private:
  lxw_workbook* book_;
  std::map<std::string, lxw_format*> numbers_;
  std::map<uint32_t, lxw_format*> fills_;
};

std::string number_code(const Cell& cell, const Column& column) {
  if (const Money* money = std::get_if<Money>(&cell)) {
    const std::string digits = money->currency().minor_digits() == 0 ? "#,##0" : "#,##0.00";
    return "[$" + money->currency().str() + "] " + digits + ";[Red]-[$" + money->currency().str() + "] " + digits;
  }
  switch (column.kind) {
    case Kind::kShare: return "0.0%";
    case Kind::kUnits: return "#,##0";
    case Kind::kDay: return "yyyy-mm-dd";
    case Kind::kNumber: return column.decimals == 2 ? "#,##0.00" : "#,##0.0";
    default: return "General";
  }
}

// Colours of the bands, readable to the colour-blind: red-orange, green-blue, amber, grey, blue.
uint32_t band_colour(const std::string& band) {
  static const std::map<std::string, uint32_t> colours = {
      {"stockout risk", 0xF9D5D0}, {"断货风险", 0xF9D5D0}, {"healthy", 0xD3EBE0},    {"健康", 0xD3EBE0},
      {"excess", 0xFCE8B8},        {"冗余", 0xFCE8B8},     {"dead stock", 0xD9D9D9}, {"滞销库存", 0xD9D9D9},
      {"new", 0xD6E4F5},           {"新品", 0xD6E4F5}};
  const auto found = colours.find(band);
  return found == colours.end() ? 0 : found->second;
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell, const Column& spec,
                Formats& formats, Lang lang) {
  if (std::holds_alternative<std::monostate>(cell)) {
    worksheet_write_string(sheet, row, column, shown(cell, spec, lang, false).c_str(), formats.unknown_);
  } else if (const Money* money = std::get_if<Money>(&cell)) {
    worksheet_write_number(sheet, row, column, money->rounded().to_double(), formats.number(number_code(cell, spec)));
  } else if (const int64_t* whole = std::get_if<int64_t>(&cell)) {
    worksheet_write_number(sheet, row, column, static_cast<double>(*whole), formats.number(number_code(cell, spec)));
  } else if (const double* real = std::get_if<double>(&cell)) {
    worksheet_write_number(sheet, row, column, *real, formats.number(number_code(cell, spec)));
  } else if (const Date* day = std::get_if<Date>(&cell)) {
    worksheet_write_number(sheet, row, column, static_cast<double>(day_number(*day) + 25'569),
                           formats.number("yyyy-mm-dd"));
  } else {
    const std::string text = shown(cell, spec, lang, false);
    const uint32_t colour = spec.id == "band" ? band_colour(text) : 0;
    // A dash stands where there is no number: it is aligned as one.
    lxw_format* format = colour ? formats.filled(colour) : spec.kind != Kind::kText ? formats.right_ : nullptr;
    worksheet_write_string(sheet, row, column, text.c_str(), format);
  }
}

lxw_worksheet* add_sheet(lxw_workbook* book, const Table& table, Formats& formats, Lang lang) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, table.name.in(lang).c_str());
  worksheet_set_row(sheet, 0, 32, nullptr);
  lxw_col_t freeze = 0;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    const Column& spec = table.columns[i];
    worksheet_write_string(sheet, 0, column, spec.name.in(lang).c_str(),
                           spec.kind == Kind::kText ? formats.header_ : formats.number_header_);
    worksheet_set_column(sheet, column, column, lang == Lang::kZh ? std::max(spec.width, 10.0) : spec.width, nullptr);
    if (spec.id == "sku") freeze = static_cast<lxw_col_t>(i + 1);
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto cells = table.rows[row];
    for (size_t i = 0; i < table.columns.size(); ++i)
      write_cell(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i), cells[i], table.columns[i], formats,
                 lang);
  }
  worksheet_freeze_panes(sheet, 1, freeze);
  const auto last = static_cast<lxw_row_t>(std::max<size_t>(1, table.rows.size()));
  worksheet_autofilter(sheet, 0, 0, last, static_cast<lxw_col_t>(table.columns.size() - 1));
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  if (table.rows.empty())
    worksheet_write_string(sheet, 1, 0, lang == Lang::kZh ? "无" : "nothing here", formats.unknown_);
  return sheet;
}

// Rows of a small table on the Summary sheet; returns the row after it.
lxw_row_t write_block(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Table& table, Formats& formats,
                      Lang lang) {
  worksheet_write_string(sheet, row++, column, table.name.in(lang).c_str(), formats.bold_);
  for (size_t i = 0; i < table.columns.size(); ++i)
    worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column + i), table.columns[i].name.in(lang).c_str(),
                           table.columns[i].kind == Kind::kText ? formats.header_ : formats.number_header_);
  ++row;
  for (const auto& cells : table.rows) {
    for (size_t i = 0; i < cells.size(); ++i)
      write_cell(sheet, row, static_cast<lxw_col_t>(column + i), cells[i], table.columns[i], formats, lang);
    ++row;
  }
  return row;
}

void add_cash_chart(lxw_workbook* book, lxw_worksheet* sheet, const Table& weeks, lxw_row_t first, lxw_row_t at,
                    const std::string& name, Lang lang) {
  if (weeks.rows.empty()) return;
  lxw_chart* chart = workbook_add_chart(book, LXW_CHART_COLUMN);
  // One series a currency: rows of a currency lie together.
  const auto currency_at = [&](size_t row) {
    const CellSeen cell = weeks.rows.seen(row, 4);
    const Money* money = std::get_if<Money>(&cell);
    return money ? std::optional<Currency>(money->currency()) : std::nullopt;
  };
  size_t begin = 0;
  while (begin < weeks.rows.size()) {
    const auto currency = currency_at(begin);
    if (!currency) break;
    size_t end = begin;
    while (end < weeks.rows.size() && currency_at(end) == currency) ++end;
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    const auto from = static_cast<lxw_row_t>(first + begin);
    const auto to = static_cast<lxw_row_t>(first + end - 1);
    chart_series_set_categories(series, name.c_str(), from, 6, to, 6);
    chart_series_set_values(series, name.c_str(), from, 10, to, 10);
    chart_series_set_name(series, currency->str().c_str());
    begin = end;
  }
  chart_title_set_name(chart, lang == Lang::kZh ? "分周回款" : "Cash by week");
  chart_axis_set_name(chart->x_axis, lang == Lang::kZh ? "周" : "week");
  chart_axis_set_num_format(chart->y_axis, "#,##0");
  lxw_chart_options options = {};
  options.x_scale = 1.3;
  options.y_scale = 1.1;
  worksheet_insert_chart_opt(sheet, at, 0, chart, &options);
}

void add_summary(lxw_workbook* book, const WorkbookContent& content, Formats& formats, Lang lang) {
  const std::string name = lang == Lang::kZh ? "总览" : "Summary";
  lxw_worksheet* sheet = workbook_add_worksheet(book, name.c_str());
  worksheet_set_column(sheet, 0, 0, 38, nullptr);
  worksheet_set_column(sheet, 1, 1, 20, nullptr);
  worksheet_set_column(sheet, 2, 5, 13, nullptr);
  worksheet_set_column(sheet, 6, 11, 13, nullptr);
  const std::string title = lang == Lang::kZh ? "去库存 · " + content.account : "Destock · " + content.account;
  worksheet_write_string(sheet, 0, 0, title.c_str(), formats.title_);
  lxw_row_t row = 2;
  for (const Figure& figure : content.figures) {
    worksheet_write_string(sheet, row, 0, figure.name.in(lang).c_str(), nullptr);
    write_cell(sheet, row, 1, figure.value, {figure.id, figure.name, figure.kind, 2, 0, true}, formats, lang);
    ++row;
  }
  ++row;
  for (const Text& warning : content.warnings)
    worksheet_write_string(sheet, row++, 0, warning.in(lang).c_str(), formats.warning_);
  row = write_block(sheet, row + 1, 0, content.freshness, formats, lang);
  const lxw_row_t weeks_at = 2;
  write_block(sheet, weeks_at, 6, content.cash_by_week, formats, lang);
  add_cash_chart(book, sheet, content.cash_by_week, weeks_at + 2, row + 1, name, lang);
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
}

// A4, upright, one page: it is printed and read, not filtered.
void add_owner_page(lxw_workbook* book, const WorkbookContent& content, Formats& formats, Lang lang) {
  const OwnerPage& page = content.owner;
  lxw_worksheet* sheet = workbook_add_worksheet(book, lang == Lang::kZh ? "一页纸" : "One page");
  const double widths[] = {19, 19, 8, 22, 14, 12, 14};
  for (size_t i = 0; i < std::size(widths); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, widths[i], nullptr);
  }
  const auto last = static_cast<lxw_col_t>(std::size(widths) - 1);
  const std::string title =
      (lang == Lang::kZh ? "去库存 · " : "Destock · ") + content.account + " · " + iso(content.as_of);
  worksheet_write_string(sheet, 0, 0, title.c_str(), formats.title_);
  lxw_row_t row = 1;
  const auto say = [&](const std::vector<Text>& texts, lxw_format* format) {
    for (const Text& text : texts) {
      const std::string& line = text.in(lang);
      worksheet_merge_range(sheet, row, 0, row, last, line.c_str(), format);
      // Rows of merged cells do not grow by themselves.
      constexpr size_t kLine = 100;
      const size_t lines = 1 + line.size() / kLine;
      worksheet_set_row(sheet, row, 15.0 * static_cast<double>(lines), nullptr);
      ++row;
    }
  };
  const auto head = [&](const char* en, const char* zh) {
    worksheet_write_string(sheet, ++row, 0, lang == Lang::kZh ? zh : en, formats.bold_);
    ++row;
  };
  say(page.sentences, formats.wrap_);
  row = write_block(sheet, row + 1, 0, page.by_date, formats, lang);
  row = write_block(sheet, row + 1, 0, page.actions, formats, lang);
  row = write_block(sheet, row + 1, 0, page.waiting, formats, lang);
  head("Carried out until now", "截至目前的执行情况");
  say(page.not_done, formats.wrap_);
  head("What is missing", "缺少的数据");
  say(page.missing, formats.wrap_);
  worksheet_set_portrait(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 1);
}

}  // namespace

std::string workbook_name(const std::string& account, Date as_of) {
  std::string name = account;
  for (char& c : name)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '-';  // of no folder's name
  return "destock-" + name + "-" + iso(as_of) + ".xlsx";
}

Result<void> write_workbook(const WorkbookContent& content, Lang lang, const std::string& path) {
  // Beside its place, then moved there: a reader never sees half a workbook.
  const std::string unfinished = path + ".part";
  lxw_workbook_options options = {};
  options.constant_memory = LXW_FALSE;
  lxw_workbook* book = workbook_new_opt(unfinished.c_str(), &options);
  const auto failed = [&](const std::string& reason) {
    std::remove(unfinished.c_str());
    return fail(ErrorKind::kIo, {"the workbook cannot be written: " + reason, "无法写入工作簿：" + reason}, path,
                {"check the folder and the free space", "请检查目录与磁盘空间"});
  };
  if (!book) return failed("out of memory");
  Formats formats(book);
  add_owner_page(book, content, formats, lang);
  add_summary(book, content, formats, lang);
  for (const Table* table : {&content.todo, &content.track, &content.health, &content.plan_lines, &content.plan,
                             &content.ladder, &content.restock, &content.refused})
    add_sheet(book, *table, formats, lang);
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR) return failed(lxw_strerror(error));
  std::error_code error;
  std::filesystem::rename(unfinished, path, error);
  if (error) return failed(error.message());
  return {};
}

}  // namespace destock::deliver

#include "ingest/json_sheet.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>

namespace destock::ingest {
namespace {

constexpr std::array<std::string_view, 3> kLists = {"promotions", "coupons", "salesAndTrafficByAsin"};
constexpr std::string_view kAsked = "reportSpecification";
constexpr size_t kMostBelow = 8;  // levels within a thing; deeper ones are left out

using Cells = std::vector<std::pair<size_t, const std::string*>>;  // column, text

struct Table {
  std::deque<std::string> texts;  // what cells look into
  std::vector<std::string> columns;
  std::vector<XlsxRow> rows;
};

// Follows the text once. Levels: 1 the report, 2 a list or what was asked for, 3 a thing of the list, 4 and more
// within.
class Follower {
public:
  explicit Follower(Table& table) : table_(table) {}

  bool found() const { return found_; }
  bool too_large() const { return too_large_; }
  const Cells& asked() const { return everywhere_; }

  bool null() { return value({}); }
  bool boolean(bool given) { return value(given ? "true" : "false"); }
  bool number_integer(int64_t given) { return value(std::to_string(given)); }
  bool number_unsigned(uint64_t given) { return value(std::to_string(given)); }
  bool number_float(double, const std::string& text) { return value(text); }
  bool string(std::string& given) { return value(std::move(given)); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool key(std::string& name) {
    if (depth_ < names_.size()) names_[depth_] = std::move(name);
    return true;
  }
  bool start_object(size_t) { return open(false); }
  bool start_array(size_t) { return open(true); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(size_t, const std::string&, const nlohmann::json::exception&) { return false; }

private:
  bool in_list() const { return depth_ >= 2 && in_list_; }

  bool open(bool array) {
    ++depth_;
    if (depth_ < names_.size()) names_[depth_].clear();
    if (depth_ == 2) {
      in_list_ = array && std::find(kLists.begin(), kLists.end(), names_[1]) != kLists.end();
      asked_ = !array && names_[1] == kAsked;
      found_ = found_ || in_list_;
    }
    if (!in_list()) return true;
    if (depth_ == 3) {
      thing_.clear();
      below_.clear();
      list_depth_ = 0;
      ++thing_number_;
    }
    // The first list of objects within a thing.
    if (array && depth_ > 3 && list_depth_ == 0) list_depth_ = depth_;
    if (!array && list_depth_ != 0 && depth_ == list_depth_ + 1) below_.emplace_back();
    return true;
  }

  bool close() {
    if (in_list() && depth_ == 3 && !emit()) return false;
    if (depth_ == list_depth_) list_depth_ = below_.empty() ? 0 : kDone;
    if (depth_ == 2) in_list_ = asked_ = false;
    --depth_;
    return true;
  }

  // "salesByAsin.unitsOrdered", from the level below the thing, or below the report.
  std::string way(size_t from) const {
    std::string text;
    for (size_t level = from; level <= depth_; ++level)
      if (!names_[level].empty()) add_to_list(text, names_[level], ".");
    return text;
  }

  bool value(std::string text) {
    const bool deep = depth_ >= kMostBelow;
    if (deep || (!asked_ && (!in_list() || depth_ < 3))) return true;
    const std::string name = asked_ ? std::string(kAsked) + "." + way(2) : way(3);
    auto [column, fresh] = index_.try_emplace(name, table_.columns.size());
    if (fresh) {
      if (table_.columns.size() == kMostColumns) {
        index_.erase(column);
        return true;
      }
      table_.columns.push_back(name);
    }
    const bool of_below = in_list() && list_depth_ != 0 && list_depth_ != kDone && !below_.empty();
    Cells& cells = asked_ ? everywhere_ : of_below ? below_.back() : thing_;
    const bool held = std::any_of(cells.begin(), cells.end(),
                                  [&, at = column->second](const auto& cell) { return cell.first == at; });
    if (held) return true;  // of a list of texts the first
    if (++held_cells_ > kMostJsonCells) {
      too_large_ = true;
      return false;
    }
    table_.texts.push_back(std::move(text));
    cells.emplace_back(column->second, &table_.texts.back());
    return true;
  }

  bool emit() {
    if (below_.empty()) below_.emplace_back();
    for (const Cells& own : below_) {
      XlsxRow row{thing_number_, std::vector<std::string_view>(table_.columns.size())};
      written_ += table_.columns.size();
      for (const Cells* cells : {static_cast<const Cells*>(&thing_), &own})
        for (const auto& [column, text] : *cells) row.cells[column] = *text;
      table_.rows.push_back(std::move(row));
    }
    too_large_ = written_ > kMostJsonCells;
    return !too_large_;
  }

  static constexpr size_t kDone = static_cast<size_t>(-1);

  Table& table_;
  size_t depth_ = 0, list_depth_ = 0;
  std::array<std::string, kMostBelow + 1> names_{};
  bool in_list_ = false, asked_ = false, found_ = false, too_large_ = false;
  std::map<std::string, size_t> index_;  // columns by name
  Cells everywhere_, thing_;
  std::vector<Cells> below_;
  int64_t thing_number_ = 0;
  size_t held_cells_ = 0, written_ = 0;
};

}  // namespace

bool is_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const size_t at = text.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && text[at] == '{';
}

Result<std::optional<XlsxSheet>> read_json(const std::string& path, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto table = std::make_shared<Table>();
  Follower follower(*table);
  const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &follower);
  if (!follower.found()) return std::nullopt;
  if (follower.too_large())
    return fail(ErrorKind::kBadInput, {"the report is too large to be read at once", "报告过大，无法一次读取"}, path,
                {"ask for fewer days or products", "请缩小日期或商品范围"});
  if (!whole)
    return fail(ErrorKind::kBadInput,
                {"the report is cut short or damaged: it is no whole JSON", "报告不全或已损坏：JSON 不完整"}, path,
                {"download the report again", "请重新下载报告"});
  if (table->rows.empty())
    return fail(ErrorKind::kBadInput, {"the report's list is empty", "报告列表为空"}, path,
                {"nothing happened in the days that were asked for; nothing was imported",
                 "所选日期内没有内容；未导入任何数据"});
  XlsxSheet sheet;
  sheet.rows.push_back({0, {table->columns.begin(), table->columns.end()}});
  for (XlsxRow& row : table->rows) {
    row.cells.resize(table->columns.size());
    for (const auto& [column, asked] : follower.asked()) row.cells[column] = *asked;
    sheet.rows.push_back(std::move(row));
  }
  table->rows.clear();
  sheet.text = table;
  return sheet;
}

}  // namespace destock::ingest

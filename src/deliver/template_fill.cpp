#include "deliver/template_fill.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zip.h>
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <sstream>

namespace destock::deliver {
namespace {

constexpr uint64_t kMostPart = 64u << 20;
constexpr int kHeaderWithin = 12;  // rows from the top

tl::unexpected<Error> bad(const std::string& name, const Text& why, const Text& next = {}) {
  return fail(ErrorKind::kBadInput, why, name, next);
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

// A zip in memory; the source outlives the archive, so that what is written can be had again.
struct Opened {
  Archive archive;
  zip_source_t* source = nullptr;
};
Opened open(const std::string& bytes) {
  zip_error_t error;
  zip_error_init(&error);
  // A copy of its own: what is written takes its place, and is freed the same way.
  void* copy = std::malloc(bytes.size());
  if (!copy) return {};
  std::memcpy(copy, bytes.data(), bytes.size());
  zip_source_t* source = zip_source_buffer_create(copy, bytes.size(), 1, &error);
  if (!source) {
    std::free(copy);
    return {};
  }
  zip_source_keep(source);  // NOLINT(clang-analyzer-unix.Malloc): the source frees the copy
  Archive archive(zip_open_from_source(source, 0, &error));
  if (!archive) zip_source_free(source);
  return {std::move(archive), source};
}

std::string part(zip_t* archive, const std::string& name) {
  zip_stat_t info;
  if (zip_stat(archive, name.c_str(), 0, &info) != 0 || info.size > kMostPart) return {};
  zip_file_t* file = zip_fopen(archive, name.c_str(), 0);
  if (!file) return {};
  std::string text(info.size, '\0');
  const zip_int64_t got = zip_fread(file, text.data(), info.size);
  zip_fclose(file);
  text.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return text;
}

std::string letters_of(int column) {  // from 0
  std::string letters;
  for (int left = column + 1; left > 0; left = (left - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  return letters;
}
int column_of(const std::string& reference) {
  int column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + (c - 'A' + 1);
  }
  return column - 1;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}
bool has(const std::string& text, const char* words) {
  return text.find(words) != std::string::npos;
}

std::string text_in(const pugi::xml_node& item) {
  std::string text;
  for (const auto& run : item.select_nodes(".//t")) text += run.node().text().get();
  return text;
}

using Header = std::map<int, std::string>;  // by column
struct Value {
  std::string text;
  bool number = false;
};
using Cells = std::map<int, Value>;  // of a row

// The workbook, its strings and the sheet whose header is known.
class Book {
public:
  Book(std::string name, const std::string& bytes) : name_(std::move(name)), opened_(open(bytes)) {}
  ~Book() {
    opened_.archive.reset();
    if (opened_.source) zip_source_free(opened_.source);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  Result<void> read() {
    zip_t* archive = opened_.archive.get();
    if (!archive)
      return bad(name_, {"it is no workbook", "不是工作簿"},
                 {"give the .xlsx or .xlsm as Seller Central gave it", "请提供从卖家平台下载的原始 .xlsx 或 .xlsm"});
    pugi::xml_document strings;
    strings.load_string(part(archive, "xl/sharedStrings.xml").c_str());
    for (const auto& item : strings.child("sst").children("si")) strings_.push_back(text_in(item));
    for (const std::string& sheet : sheets())
      if (find_header(sheet)) return {};
    return bad(name_,
               {"no sheet of it has a listing template's keys or a discount sheet's header",
                "未找到商品模板的键或折扣表的表头"},
               {"download the template anew, of the products' own category", "请重新下载对应类目的模板"});
  }

  TemplateKind kind() const { return kind_; }
  const Header& header() const { return header_; }

  std::optional<int> column(const std::function<bool(const std::string&)>& is) const {
    for (const auto& [at, key] : header_)
      if (is(key)) return at;
    return std::nullopt;
  }

  // A text of the workbook's own, as its drop-downs have it.
  std::optional<std::string> word(const char* like) const {
    for (const std::string& text : strings_)
      if (text.size() < 40 && has(lower(text), like)) return text;
    return std::nullopt;
  }
  // Of a drop-down that is written into the sheet.
  std::optional<std::string> choice(int column, std::initializer_list<const char*> like) const {
    for (const auto& rule : sheet_.child("worksheet").child("dataValidations").children("dataValidation")) {
      if (column_of(rule.attribute("sqref").value()) != column) continue;
      std::string list = rule.child("formula1").text().get();
      list.erase(std::remove(list.begin(), list.end(), '"'), list.end());
      std::istringstream words(list);
      for (std::string word; std::getline(words, word, ',');)
        for (const char* one : like)
          if (has(lower(word), one)) return word;
    }
    return std::nullopt;
  }

  // The first row below the header whose SKU is empty.
  void fill(int sku_column, const std::vector<Cells>& rows) {
    pugi::xml_node data = sheet_.child("worksheet").child("sheetData");
    int at = header_row_ + 1;
    for (const auto& cells : rows) {
      while (!text_at(data, at, sku_column).empty()) ++at;
      pugi::xml_node row = row_at(data, at);
      for (const auto& [column, value] : cells) put(row, at, column, value);
      ++at;
    }
  }

  Result<std::string> bytes() {
    std::ostringstream out;
    sheet_.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    text_ = out.str();
    zip_t* archive = opened_.archive.get();
    zip_source_t* content = zip_source_buffer(archive, text_.data(), text_.size(), 0);
    const zip_int64_t at = zip_name_locate(archive, part_.c_str(), 0);
    zip_stat_t info;
    zip_stat_index(archive, static_cast<zip_uint64_t>(at), 0, &info);
    // Its own time again: the same rows give the same bytes.
    if (at < 0 || zip_file_replace(archive, static_cast<zip_uint64_t>(at), content, 0) < 0 ||
        zip_file_set_mtime(archive, static_cast<zip_uint64_t>(at), info.mtime, 0) < 0 || zip_close(archive) < 0)
      return bad(name_, {"it cannot be written", "无法写出"});
    static_cast<void>(opened_.archive.release());
    if (zip_source_open(opened_.source) < 0) return bad(name_, {"it cannot be written", "无法写出"});
    zip_source_seek(opened_.source, 0, SEEK_END);
    std::string whole(static_cast<size_t>(zip_source_tell(opened_.source)), '\0');
    zip_source_seek(opened_.source, 0, SEEK_SET);
    const zip_int64_t got = zip_source_read(opened_.source, whole.data(), whole.size());
    zip_source_close(opened_.source);
    whole.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return whole;
  }

private:
  std::vector<std::string> sheets() const {
    zip_t* archive = opened_.archive.get();
    pugi::xml_document book, links;
    book.load_string(part(archive, "xl/workbook.xml").c_str());
    links.load_string(part(archive, "xl/_rels/workbook.xml.rels").c_str());
    std::map<std::string, std::string> targets;
    for (const auto& link : links.child("Relationships").children("Relationship")) {
      const std::string target = link.attribute("Target").value();
      targets[link.attribute("Id").value()] = target.starts_with("/") ? target.substr(1) : "xl/" + target;
    }
    std::vector<std::string> parts;
    for (const auto& sheet : book.child("workbook").child("sheets").children("sheet"))
      parts.push_back(targets[sheet.attribute("r:id").value()]);
    return parts;
  }

  // By what it holds, never by its number: keys stand in row 3 of older and row 5 of newer templates.
  bool find_header(const std::string& sheet) {
    if (!sheet_.load_string(part(opened_.archive.get(), sheet).c_str(), pugi::parse_full | pugi::parse_ws_pcdata))
      return false;
    for (const auto& row : sheet_.child("worksheet").child("sheetData").children("row")) {
      const int number = row.attribute("r").as_int();
      if (number > kHeaderWithin) break;
      Header header;
      for (const auto& cell : row.children("c"))
        if (std::string text = text_of(cell); !text.empty())
          header[column_of(cell.attribute("r").value())] = std::move(text);
      const auto any = [&](const auto& is) {
        return std::any_of(header.begin(), header.end(), [&](const auto& one) { return is(one.second); });
      };
      const bool listing = any([](const std::string& key) {
        return has(key, "::record_action") || has(key, "#1.value") || key == "item_sku";
      });
      const bool discount =
          any([](const std::string& key) { return lower(key) == "sku" || key == "SKU"; }) &&
          any([](const std::string& key) { return has(lower(key), "discount type") || has(key, "折扣类型"); });
      if (!listing && !discount) continue;
      kind_ = listing ? TemplateKind::kListing : TemplateKind::kDiscount;
      header_ = std::move(header);
      header_row_ = number;
      part_ = sheet;
      return true;
    }
    return false;
  }

  std::string text_of(const pugi::xml_node& cell) const {
    const std::string type = cell.attribute("t").value();
    if (type == "inlineStr") return text_in(cell.child("is"));
    const char* value = cell.child("v").text().get();
    if (type != "s") return value;
    const size_t at = std::strtoul(value, nullptr, 10);
    return at < strings_.size() ? strings_[at] : std::string();
  }

  static pugi::xml_node find_row(const pugi::xml_node& data, int number) {
    for (const auto& row : data.children("row"))
      if (row.attribute("r").as_int() == number) return row;
    return {};
  }
  static pugi::xml_node find_cell(const pugi::xml_node& row, int column) {
    for (const auto& cell : row.children("c"))
      if (column_of(cell.attribute("r").value()) == column) return cell;
    return {};
  }
  std::string text_at(const pugi::xml_node& data, int number, int column) const {
    const pugi::xml_node row = find_row(data, number);
    const pugi::xml_node cell = row ? find_cell(row, column) : pugi::xml_node();
    return cell ? text_of(cell) : std::string();
  }

  static pugi::xml_node row_at(pugi::xml_node& data, int number) {
    if (pugi::xml_node row = find_row(data, number)) return row;
    pugi::xml_node after;
    for (const auto& row : data.children("row"))
      if (row.attribute("r").as_int() < number) after = row;
    pugi::xml_node row = after ? data.insert_child_after("row", after) : data.prepend_child("row");
    row.append_attribute("r") = number;
    return row;
  }

  // Its style stays, where it has one.
  static void put(pugi::xml_node& row, int number, int column, const Value& value) {
    pugi::xml_node cell = find_cell(row, column);
    if (!cell) {
      pugi::xml_node after;
      for (const auto& other : row.children("c"))
        if (column_of(other.attribute("r").value()) < column) after = other;
      cell = after ? row.insert_child_after("c", after) : row.prepend_child("c");
      cell.append_attribute("r") = (letters_of(column) + std::to_string(number)).c_str();
    }
    cell.remove_attribute("t");
    cell.remove_children();
    if (value.number) {
      cell.append_child("v").text().set(value.text.c_str());
      return;
    }
    cell.append_attribute("t") = "inlineStr";
    cell.append_child("is").append_child("t").text().set(value.text.c_str());
  }

  std::string name_;
  Opened opened_;
  std::vector<std::string> strings_;
  TemplateKind kind_ = TemplateKind::kListing;
  Header header_;
  int header_row_ = 0;
  std::string part_, text_;
  pugi::xml_document sheet_;
};

tl::unexpected<Error> lacks(const std::string& name, const Book& book, const Text& what) {
  std::vector<std::string> keys;
  for (const auto& [at, key] : book.header())
    if (keys.size() < 8) keys.push_back(key);
  return bad(
      name, {"it has no column for " + what.en, "缺少列：" + what.zh},
      {fmt::format("its columns are {} …", fmt::join(keys, ", ")), fmt::format("现有列：{} …", fmt::join(keys, "、"))});
}

// "purchasable_offer[marketplace_id=ATVPDKIKX0DER][audience=ALL]#1.discounted_price#1.schedule#1.value_with_tax", older
// ones without the audience.
std::optional<int> offer_column(const Book& book, const std::string& marketplace_id, const char* ending,
                                const char* oldest) {
  const std::string offer = "purchasable_offer[marketplace_id=" + marketplace_id + "]";
  return book.column([&](const std::string& key) {
    const bool of_all = !has(key, "[audience=") || has(key, "[audience=ALL]");
    return (key.starts_with(offer) && of_all && has(key, "discounted_price") && key.ends_with(ending)) || key == oldest;
  });
}

Result<FilledTemplate> fill_listing(const std::string& name, Book& book, const std::vector<TemplateRow>& rows,
                                    const std::string& marketplace_id) {
  const auto sku = book.column(
      [](const std::string& key) { return key.starts_with("contribution_sku") || key == "item_sku" || key == "sku"; });
  const auto action =
      book.column([](const std::string& key) { return has(key, "record_action") || key == "update_delete"; });
  const auto price = offer_column(book, marketplace_id, "value_with_tax", "sale_price");
  const auto start = offer_column(book, marketplace_id, "start_at", "sale_from_date");
  const auto end = offer_column(book, marketplace_id, "end_at", "sale_end_date");
  if (!sku) return lacks(name, book, {"the SKU", "SKU"});
  if (!action) return lacks(name, book, {"what is to be done with a row: record_action", "操作（record_action）"});
  if (!price || !start || !end)
    return lacks(name, book, {"the sale price and its two days in this store", "本站点的促销价及起止日期"});
  // Anything else would clear what is left empty.
  const bool older = book.header().at(*action) == "update_delete";
  const std::string partial = older ? "PartialUpdate" : book.word("partial update").value_or("partial_update");
  std::vector<Cells> cells;
  const auto minimum = book.column([&](const std::string& key) {
    return key.starts_with("purchasable_offer[marketplace_id=" + marketplace_id + "]") &&
           has(key, "minimum_seller_allowed_price") && key.ends_with("value_with_tax") && !has(key, "[audience=B2B");
  });
  for (const TemplateRow& row : rows) {
    cells.push_back({{*sku, {row.sku}},
                     {*action, {partial}},
                     {*price, {row.price.decimal(), true}},
                     {*start, {iso(row.start)}},
                     {*end, {iso(row.end)}}});
    if (minimum && row.move_minimum) cells.back()[*minimum] = {row.price.decimal(), true};
  }
  book.fill(*sku, cells);
  FilledTemplate filled;
  if (!minimum && std::any_of(rows.begin(), rows.end(), [](const TemplateRow& row) { return row.move_minimum; }))
    filled.notes.push_back(
        {name +
             ": it has no column for the minimum price: where a stored minimum is above the sale price the offer goes "
             "inactive, lower it first",
         name + "：无最低价列；若已存最低价高于促销价，商品会停售，请先下调最低价"});
  if (book.column([](const std::string& key) { return key.starts_with("product_type") || key == "feed_product_type"; }))
    filled.notes.push_back({name + ": the product type is left empty, no report tells it: fill it in where Amazon asks",
                            name + "：商品类型未填（报表中没有），如亚马逊要求请补填"});
  auto bytes = book.bytes();
  if (!bytes) return tl::unexpected(bytes.error());
  filled.bytes = std::move(*bytes);
  return filled;
}

Result<FilledTemplate> fill_discount(const std::string& name, Book& book, const std::vector<TemplateRow>& rows) {
  const auto sku = book.column([](const std::string& key) { return lower(key) == "sku"; });
  const auto type =
      book.column([](const std::string& key) { return has(lower(key), "discount type") || has(key, "折扣类型"); });
  const auto value = book.column([](const std::string& key) {
    const std::string low = lower(key);
    const bool bound = has(low, "min") || has(low, "max") || has(low, "type") || has(key, "类型");
    return !bound && (has(low, "value") || has(low, "discount amount") || has(low, "discount price") ||
                      has(key, "折扣值") || has(key, "折扣价"));
  });
  if (!sku || !type) return lacks(name, book, {"the SKU and the kind of discount", "SKU 与折扣类型"});
  if (!value) return lacks(name, book, {"the value of the discount", "折扣值"});
  const std::string fixed = book.choice(*type, {"fixed", "固定"}).value_or("Fixed Price");
  std::vector<Cells> cells;
  cells.reserve(rows.size());
  for (const TemplateRow& row : rows)
    cells.push_back({{*sku, {row.sku}}, {*type, {fixed}}, {*value, {row.price.decimal(), true}}});
  book.fill(*sku, cells);
  FilledTemplate filled;
  for (const auto& [at, key] : book.header())
    if (at != *sku && at != *type && at != *value)
      filled.notes.push_back({name + ": the column " + key + " is left empty", name + "：未填列 " + key});
  auto bytes = book.bytes();
  if (!bytes) return tl::unexpected(bytes.error());
  filled.bytes = std::move(*bytes);
  return filled;
}

}  // namespace

Result<TemplateKind> template_kind(const std::string& name, const std::string& bytes) {
  Book book(name, bytes);
  if (const auto read = book.read(); !read) return tl::unexpected(read.error());
  return book.kind();
}

Result<FilledTemplate> fill_template(const std::string& name, const std::string& bytes,
                                     const std::vector<TemplateRow>& rows, const std::string& marketplace_id) {
  Book book(name, bytes);
  if (const auto read = book.read(); !read) return tl::unexpected(read.error());
  return book.kind() == TemplateKind::kListing ? fill_listing(name, book, rows, marketplace_id)
                                               : fill_discount(name, book, rows);
}

}  // namespace destock::deliver

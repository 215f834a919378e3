#include "app/retail_files.h"

#include <filesystem>
#include <functional>

#include "base/number.h"
#include "ingest/byte_source.h"
#include "ingest/record_reader.h"

namespace destock::app {
namespace {

namespace fs = std::filesystem;

// One line of a file, by column name.
class Line {
public:
  Line(const std::string& file, const std::vector<std::string>& header, const ingest::Record& record)
      : file_(file), header_(header), record_(record) {}

  std::string text(std::string_view column) const { return std::string(cell(column)); }
  std::optional<double> number_if(std::string_view column) const {
    const std::string_view value = cell(column);
    if (value.empty()) return std::nullopt;
    const auto number = parse_real(value, NumberStyle::kPoint);
    if (!number) throw wrong(column, value);
    return number;
  }
  double number(std::string_view column) const {
    const auto value = number_if(column);
    if (!value) throw wrong(column, "");
    return *value;
  }
  Date day(std::string_view column) const {
    const auto day = parse_iso_date(cell(column));
    if (!day) throw wrong(column, cell(column));
    return *day;
  }

private:
  std::string_view cell(std::string_view column) const {
    for (size_t i = 0; i < header_.size() && i < record_.fields.size(); ++i)
      if (header_[i] == column) return record_.fields[i];
    throw wrong(column, "");
  }
  Error wrong(std::string_view column, std::string_view value) const {
    const std::string found = std::string(column) + " \"" + std::string(value) + "\"";
    return {ErrorKind::kBadInput,
            {"cannot read " + found, "无法识别 " + found},
            file_ + ":" + std::to_string(record_.line),
            {"take the file as it was published", "请使用原始文件"}};
  }

  const std::string& file_;
  const std::vector<std::string>& header_;
  const ingest::Record& record_;
};

std::optional<std::string> found(const std::string& folder, const std::string& name) {
  for (const char* ending : {".csv.gz", ".csv"}) {
    const fs::path path = fs::path(folder) / (name + ending);
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path.string();
  }
  return std::nullopt;
}

// Every line of a file. An Error is thrown inside this file only, by Line.
std::optional<Error> read_lines(const std::string& path, const std::function<void(const Line&)>& take) {
  auto source = ingest::ByteSource::open(path);
  if (!source) return source.error();
  ingest::RecordReader records(
      [&](std::string& chunk) {
        chunk.clear();
        return source->read(chunk);
      },
      ',');
  ingest::Record record;
  std::vector<std::string> header;
  try {
    for (;;) {
      const auto more = records.next(record);
      if (!more) return more.error();
      if (!*more) return std::nullopt;
      if (header.empty())
        header.assign(record.fields.begin(), record.fields.end());
      else
        take(Line(path, header, record));
    }
  } catch (const Error& error) {
    return error;
  }
}

}  // namespace

Result<std::optional<ShopFiles>> read_shop(const std::string& folder) {
  const auto items = found(folder, "dmc2018_items");
  const auto sales = found(folder, "dmc2018_sales");
  const auto prices = found(folder, "dmc2018_prices");
  if (!items || !sales || !prices) return std::nullopt;
  ShopFiles files;
  const auto id_of = [](const Line& line) { return line.text("pid") + "|" + line.text("size"); };
  if (auto error = read_lines(*items, [&](const Line& line) {
        files.items.push_back(
            {id_of(line), line.text("mainCategory") + "-" + line.text("category"), line.number("stock")});
      }))
    return tl::unexpected(*error);
  if (auto error = read_lines(*sales, [&](const Line& line) {
        files.sales.push_back({id_of(line), line.day("date"), line.number("units")});
      }))
    return tl::unexpected(*error);
  if (auto error = read_lines(*prices, [&](const Line& line) {
        files.prices.push_back({id_of(line), line.day("from_day"), line.number("price")});
      }))
    return tl::unexpected(*error);
  return files;
}

Result<std::optional<std::vector<VegetableDay>>> read_vegetables(const std::string& folder) {
  const auto path = found(folder, "vegetables_daily");
  if (!path) return std::nullopt;
  std::vector<VegetableDay> days;
  if (auto error = read_lines(*path, [&](const Line& line) {
        days.push_back({line.day("date"), line.text("code"), line.text("category"),
                        line.number_if("kg_regular").value_or(0), line.number_if("kg_clearance").value_or(0),
                        line.number_if("price_regular"), line.number_if("price_clearance")});
      }))
    return tl::unexpected(*error);
  return days;
}

}  // namespace destock::app

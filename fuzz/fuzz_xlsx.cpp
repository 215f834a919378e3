// Workbooks put together from the input's choices: valid zip archives whose parts are the format's own, in any order
// and number, with references that lie, prefixes, formats and texts of any kind. So the reader is reached, not only the
// zip.

#include <fuzzer/FuzzedDataProvider.h>
#include <zip.h>
#include <vector>

#include "report_file.h"

namespace {

using Choices = FuzzedDataProvider;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c != '\0')
      out += c;
  return out;
}

std::string reference(Choices& in, size_t column, size_t row) {
  static const char* const kOdd[] = {"XFD1", "IV7", "A", "1", "AAAAAAAA1", ""};
  if (in.ConsumeProbability<float>() < 0.1f) return in.PickValueInArray(kOdd);
  return std::string(1, static_cast<char>('A' + column % 26)) + std::to_string(row + 1);
}

std::string cell(Choices& in, size_t column, size_t row) {
  static const char* const kTypes[] = {"", "s", "str", "inlineStr", "b", "e", "d", "n", "x"};
  static const char* const kHeads[] = {"SKU",  "MSKU", "采购成本", "币种", "sku", "afn-fulfillable-quantity",
                                       "国家", "头程"};
  const std::string type = in.PickValueInArray(kTypes);
  const std::string text =
      row == 0 ? std::string(in.PickValueInArray(kHeads)) : escaped(in.ConsumeRandomLengthString(24));
  std::string out = "<c r=\"" + reference(in, column, row) + "\"";
  if (!type.empty()) out += " t=\"" + type + "\"";
  if (in.ConsumeBool()) out += " s=\"" + std::to_string(in.ConsumeIntegral<uint16_t>()) + "\"";
  out += ">";
  if (in.ConsumeProbability<float>() < 0.1f) out += "<f>A1</f>";
  if (type == "inlineStr" || in.ConsumeProbability<float>() < 0.1f) return out + "<is><t>" + text + "</t></is></c>";
  return out + "<v>" + text + "</v></c>";
}

std::string sheet(Choices& in) {
  std::string rows;
  const size_t count = in.ConsumeIntegralInRange<size_t>(0, 6);
  for (size_t row = 0; row < count; ++row) {
    rows += "<row r=\"" + std::to_string(in.ConsumeBool() ? row + 1 : in.ConsumeIntegral<uint32_t>()) + "\">";
    const size_t cells = in.ConsumeIntegralInRange<size_t>(0, 6);
    for (size_t column = 0; column < cells; ++column) rows += cell(in, column, row);
    rows += "</row>";
  }
  return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows +
         "</sheetData></worksheet>";
}

struct Part {
  std::string name, text;
};

std::vector<Part> parts_of(Choices& in) {
  const size_t sheets = in.ConsumeIntegralInRange<size_t>(0, 3);
  std::string list, relations, strings, formats;
  std::vector<Part> parts;
  for (size_t i = 1; i <= sheets; ++i) {
    const std::string id = std::to_string(in.ConsumeProbability<float>() < 0.1f ? i + 1 : i);
    list += "<sheet name=\"" + escaped(in.ConsumeRandomLengthString(8)) + "\" r:id=\"r" + id + "\"/>";
    relations +=
        "<Relationship Id=\"r" + std::to_string(i) + "\" Target=\"worksheets/sheet" + std::to_string(i) + ".xml\"/>";
    parts.push_back({"xl/worksheets/sheet" + std::to_string(i) + ".xml", sheet(in)});
  }
  for (size_t i = in.ConsumeIntegralInRange<size_t>(0, 4); i > 0; --i)
    strings += "<si><t>" + escaped(in.ConsumeRandomLengthString(16)) + "</t></si>";
  for (size_t i = in.ConsumeIntegralInRange<size_t>(0, 3); i > 0; --i)
    formats += "<xf numFmtId=\"" + std::to_string(in.ConsumeIntegralInRange<int>(-1, 200)) + "\"/>";
  parts.push_back({"xl/workbook.xml", "<workbook><sheets>" + list + "</sheets></workbook>"});
  parts.push_back({"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"});
  parts.push_back({"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"});
  parts.push_back({"xl/styles.xml", "<styleSheet><cellXfs>" + formats + "</cellXfs></styleSheet>"});
  if (!parts.empty() && in.ConsumeProbability<float>() < 0.2f)  // one that is none
    parts[in.ConsumeIntegralInRange<size_t>(0, parts.size() - 1)].text = in.ConsumeRandomLengthString(64);
  return parts;
}

// The archive's bytes.
std::string zipped(const std::vector<Part>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* const archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
  if (!archive) return {};
  zip_source_keep(buffer);
  for (const Part& part : parts) {
    zip_source_t* const text = zip_source_buffer(archive, part.text.data(), part.text.size(), 0);
    if (zip_file_add(archive, part.name.c_str(), text, ZIP_FL_OVERWRITE) < 0) zip_source_free(text);
  }
  std::string bytes;
  if (zip_close(archive) == 0 && zip_source_open(buffer) == 0) {
    zip_source_seek(buffer, 0, SEEK_END);
    bytes.resize(static_cast<size_t>(zip_source_tell(buffer)));
    zip_source_seek(buffer, 0, SEEK_SET);
    zip_source_read(buffer, bytes.data(), bytes.size());
    zip_source_close(buffer);
  }
  zip_source_free(buffer);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Choices in(data, size);
  destock::fuzz::read_as_file(zipped(parts_of(in)));
  return 0;
}

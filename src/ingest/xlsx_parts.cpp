#include "ingest/xlsx_parts.h"

#include "ingest/archive.h"
#include "ingest/byte_source.h"
#include "ingest/xlsx.h"

namespace destock::ingest {

tl::unexpected<Error> damaged_workbook(const std::string& path, const std::string& why, const std::string& why_zh) {
  return fail(ErrorKind::kBadInput, {"the workbook cannot be read: " + why, "无法读取工作簿：" + why_zh}, path,
              {"open it in Excel or LibreOffice and save it again as .xlsx or .csv",
               "请在 Excel 或 LibreOffice 中打开并另存为 .xlsx 或 .csv"});
}

tl::unexpected<Error> too_large_workbook(const std::string& path, Text what) {
  return fail(ErrorKind::kBadInput, std::move(what), path,
              {"keep the columns and rows that are needed, and save the sheet as .csv, which has no such limit",
               "请仅保留所需的行与列，并另存为 .csv（无此限制）"});
}

namespace {

// Names of the format's own namespace without their prefix, if a part has one: <x:row> becomes <row>.
std::string without_prefix(std::string xml) {
  const std::string_view head = std::string_view(xml).substr(0, 4096);
  std::string prefix;
  for (size_t at = head.find("xmlns:"); at != std::string_view::npos; at = head.find("xmlns:", at + 1)) {
    const size_t name = at + 6;
    const size_t equals = head.find('=', name);
    if (equals == std::string_view::npos || equals + 2 >= head.size()) break;
    const std::string_view uri = head.substr(equals + 2);
    if (uri.starts_with("http://schemas.openxmlformats.org/spreadsheetml/2006/main") ||
        uri.starts_with("http://purl.oclc.org/ooxml/spreadsheetml/main"))
      prefix = std::string(head.substr(name, equals - name)) + ":";
  }
  if (prefix.empty()) return xml;
  std::string out;
  out.reserve(xml.size());
  for (size_t i = 0; i < xml.size(); ++i) {
    out += xml[i];
    if (xml[i] != '<') continue;
    const bool closing = i + 1 < xml.size() && xml[i + 1] == '/';
    if (closing) out += xml[++i];
    if (xml.compare(i + 1, prefix.size(), prefix) == 0) i += prefix.size();
  }
  return out;
}

}  // namespace

Result<std::string> XlsxParts::read(const std::string& name, uint64_t most) {
  zip_stat_t info;
  if (zip_stat(archive_.get(), name.c_str(), 0, &info) != 0) return std::string();
  if (info.size > most)
    return too_large_workbook(
        path_, {"the workbook's part " + name + " unpacks to more than " + std::to_string(most >> 20) + " MB",
                "工作簿中的 " + name + " 解压后超过 " + std::to_string(most >> 20) + " MB"});
  unpacked_ += info.size;
  if (unpacked_ > kMostWorkbookBytes)
    return too_large_workbook(path_, {"the workbook unpacks to more than 64 MB", "工作簿解压后超过 64 MB"});
  zip_file_t* file = zip_fopen(archive_.get(), name.c_str(), 0);
  if (!file) return std::string();
  std::string text(info.size, '\0');
  const zip_int64_t got = zip_fread(file, text.data(), info.size);
  zip_fclose(file);
  text.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return without_prefix(std::move(text));
}

Result<XlsxParts> XlsxParts::open(const std::string& path) {
  const auto place = in_archive(path);
  if (!place) {
    int code = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (!archive) return damaged_workbook(path, "it is no zip archive", "不是 zip 压缩包");
    return XlsxParts(path, archive, nullptr);
  }
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected(source.error());
  auto bytes = std::make_unique<std::string>();
  for (bool more = true; more;) {
    const auto got = source->read(*bytes);
    if (!got) return tl::unexpected(got.error());
    more = *got;
    if (bytes->size() > kMostWorkbookBytes)
      return too_large_workbook(path, {"the workbook is larger than 64 MB", "工作簿超过 64 MB"});
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const buffer = zip_source_buffer_create(bytes->data(), bytes->size(), 0, &error);
  zip_t* const archive = buffer ? zip_open_from_source(buffer, ZIP_RDONLY, &error) : nullptr;
  zip_error_fini(&error);
  if (archive) return XlsxParts(path, archive, std::move(bytes));
  if (buffer) zip_source_free(buffer);
  return damaged_workbook(path, "it is no zip archive", "不是 zip 压缩包");
}

Error XlsxParts::no_workbook() const {
  const auto has = [&](const char* name) { return zip_name_locate(archive_.get(), name, 0) >= 0; };
  if (has("mimetype") || has("Index/Document.iwa"))
    return {ErrorKind::kBadInput,
            {"a document of LibreOffice or Numbers, which is not read", "LibreOffice 或 Numbers 文档：不读取"},
            path_,
            {"save it as .xlsx or .csv", "请另存为 .xlsx 或 .csv"}};
  return {ErrorKind::kBadInput,
          {"a zip archive without a workbook in it", "zip 压缩包，其中没有工作簿"},
          path_,
          {"unpack it and import the files that it holds", "请解压后导入其中的文件"}};
}

}  // namespace destock::ingest

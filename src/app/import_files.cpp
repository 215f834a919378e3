#include "app/import_files.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/ascii.h"
#include "ingest/archive.h"
#include "ingest/read_report.h"

namespace destock::app {
namespace {

namespace fs = std::filesystem;

std::string extension_of(const fs::path& file) {
  return ascii_lower(file.extension().string());
}

// By its name a report, something else, or one of which only its content tells.
enum class ByName { kReport, kOther, kOpen };
ByName by_name(const fs::path& file, const account::ReportNames& names, Text& why) {
  const std::string name = file.filename().string();
  const std::string extension = extension_of(file);
  const auto is_one_of = [&](std::string_view meaning) {
    const auto& endings = names.words_for(meaning);
    return std::find(endings.begin(), endings.end(), extension) != endings.end();
  };
  if (name.starts_with('.') || name.starts_with("~$")) {
    why = {"a hidden or temporary file", "隐藏或临时文件"};
    return ByName::kOther;
  }
  if (name.starts_with("destock-") && extension == ".xlsx") {
    why = {"a workbook that the program wrote", "由程序生成的工作簿"};
    return ByName::kOther;
  }
  if (is_one_of("other_ending")) {
    why = {"no kind of file that reports come in (" + extension + ")", "不是报告的文件类型（" + extension + "）"};
    return ByName::kOther;
  }
  return is_one_of("report_ending") ? ByName::kReport : ByName::kOpen;
}

// What a folder or an archive holds, with what cannot be looked into.
struct Found {
  std::vector<std::string> reports;
  std::vector<ImportOutcome::LeftAlone> ignored;
  std::vector<FileOutcome> unreadable;  // folders and archives within, named with why
};

FileOutcome unread(const std::string& path, Error error) {
  return {path, {}, FileState::kFailed, {}, {}, std::move(error)};
}

// Nothing in a folder is a report: the first files that were left alone are named, each with why.
Error no_reports(const std::string& folder, const std::vector<ImportOutcome::LeftAlone>& ignored) {
  constexpr size_t kNamed = 5;
  Text named;
  for (size_t i = 0; i < ignored.size() && i < kNamed; ++i) {
    const std::string name = fs::path(ignored[i].path).filename().string();
    add_to_list(named.en, name + " (" + ignored[i].why.en + ")");
    add_to_list(named.zh, name + "（" + ignored[i].why.zh + "）", "、");
  }
  if (ignored.size() > kNamed) {
    named.en += ", …";
    named.zh += "…";
  }
  return {ErrorKind::kNotFound,
          {"the folder holds no reports" + (named.en.empty() ? "" : "; left alone: " + named.en),
           "目录中没有报告文件" + (named.zh.empty() ? "" : "；未读取：" + named.zh)},
          folder,
          {"put Seller Central's downloads (.txt, .csv, .gz, .xlsx, .zip) in it",
           "请放入从卖家平台下载的报告（.txt、.csv、.gz、.xlsx、.zip）"}};
}

// What its name leaves open, its content decides.
void sort_in(const fs::path& file, const account::ReportNames& names, Found& found) {
  Text why;
  ByName kind = by_name(file, names, why);
  if (kind == ByName::kOpen) {
    const auto report = ingest::report_kind_of_file(file.string(), names);
    kind = report ? ByName::kReport : ByName::kOther;
    if (!report) why = report.error().what;
  }
  if (kind == ByName::kReport)
    found.reports.push_back(file.string());
  else
    found.ignored.push_back({file.string(), std::move(why)});
}

// Each file of an archive as if it lay there by itself.
void look_into_archive(const std::string& path, const account::ReportNames& names, Found& found) {
  const auto members = ingest::archive_members(path);
  if (!members) return found.unreadable.push_back(unread(path, members.error()));
  const size_t before = found.reports.size() + found.unreadable.size();
  for (const ingest::ArchiveMember& member : *members) {
    if (member.path.find("/__MACOSX/") != std::string::npos)
      found.ignored.push_back({member.path, {"a hidden or temporary file", "隐藏或临时文件"}});
    else if (!member.closed.en.empty())
      found.unreadable.push_back(unread(member.path, {ErrorKind::kBadInput, member.closed, member.path, {}}));
    else
      sort_in(member.path, names, found);
  }
  if (before == found.reports.size() + found.unreadable.size())
    found.unreadable.push_back(unread(
        path,
        {ErrorKind::kBadInput, {"the archive holds no report that is read", "压缩包内没有可读取的报告"}, path, {}}));
}

void look_into(const fs::path& folder, const account::ReportNames& names, Found& found, std::error_code& error) {
  fs::directory_iterator it(folder, error);
  for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code odd;
    if (it->is_directory(odd) && !it->is_symlink(odd)) {
      std::error_code inside;
      look_into(it->path(), names, found, inside);
      if (inside)
        found.unreadable.push_back(unread(
            it->path().string(), {ErrorKind::kIo,
                                  {"the folder cannot be read: " + inside.message() + "; the others were imported",
                                   "无法读取目录：" + inside.message() + "；其余已导入"},
                                  it->path().string(),
                                  {"check its permissions", "请检查权限"}}));
    } else if (it->is_regular_file(odd)) {
      const std::string name = it->path().filename().string();
      const bool seen = !name.starts_with('.') && !name.starts_with("~$");
      if (seen && ingest::is_archive(it->path().string()))
        look_into_archive(it->path().string(), names, found);
      else
        sort_in(it->path(), names, found);
    }
  }
}

}  // namespace

Result<std::vector<std::string>> report_files(const std::vector<std::string>& paths, const account::ReportNames& names,
                                              ImportOutcome& outcome) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    const bool folder = fs::is_directory(path, error);
    if (!folder && !ingest::is_archive(path)) {
      files.push_back(path);
      continue;
    }
    Found found;
    error.clear();
    if (folder)
      look_into(path, names, found, error);
    else
      look_into_archive(path, names, found);
    if (error)
      return fail(ErrorKind::kIo, {"the folder cannot be read: " + error.message(), "无法读取目录：" + error.message()},
                  path, {"check its permissions", "请检查权限"});
    if (found.reports.empty() && found.unreadable.empty()) return tl::unexpected(no_reports(path, found.ignored));
    std::sort(found.reports.begin(), found.reports.end());
    files.insert(files.end(), found.reports.begin(), found.reports.end());
    std::move(found.unreadable.begin(), found.unreadable.end(), std::back_inserter(outcome.files));
    std::move(found.ignored.begin(), found.ignored.end(), std::back_inserter(outcome.ignored));
  }
  return files;
}

}  // namespace destock::app

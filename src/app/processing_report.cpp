// Amazon's answer to a file that was handed in: which rows it refused.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "app/carry_out.h"
#include "app/json.h"

namespace destock::app {
namespace {

using account::DeskEvent;
using account::DeskEventKind;

struct Row {
  std::string thing;  // SKU or order id
  std::string words;
  bool error = true;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) {
    while (!cell.empty() && (cell.back() == '\r' || cell.back() == ' ' || cell.back() == '"')) cell.pop_back();
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '"')) cell.erase(cell.begin());
    cells.push_back(std::move(cell));
  }
  return cells;
}

Error no_report() {
  return {ErrorKind::kBadInput,
          {"this is no processing report: no column names a SKU with an error's code, type and message",
           "不是处理报告：缺少 SKU 与错误代码、类型、说明列"},
          {},
          {"download it from the upload's status page, as text", "请从上传状态页面下载文本格式的处理报告"}};
}

// Which cell holds what; nothing where the line is no header.
struct Columns {
  size_t thing = 0, code = 0, type = 0, message = 0;
};
std::optional<Columns> columns_of(const std::string& line) {
  std::optional<size_t> thing, code, type, message;
  const auto cells = cells_of(line);
  for (size_t i = 0; i < cells.size(); ++i) {
    std::string name = lower(cells[i]);
    std::replace(name.begin(), name.end(), ' ', '-');
    if (name == "sku" || name == "seller-sku" || name == "merchantsku" || name == "merchantremovalorderid") thing = i;
    if (name == "error-code" || name == "code") code = i;
    if (name == "error-type" || name == "type" || name == "error-category") type = i;
    if (name == "error-message" || name == "message") message = i;
  }
  if (!thing || !code || !message) return std::nullopt;
  return Columns{*thing, *code, type.value_or(*code), *message};
}

Result<std::vector<Row>> rows_of_text(const std::string& bytes) {
  std::vector<Row> rows;
  std::optional<Columns> columns;
  std::stringstream in(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  for (std::string line; std::getline(in, line);) {
    if (!columns) {
      columns = columns_of(line);
      continue;
    }
    const auto cells = cells_of(line);
    const auto at = [&](size_t i) { return i < cells.size() ? cells[i] : std::string(); };
    if (at(columns->thing).empty() || at(columns->message).empty()) continue;
    rows.push_back({at(columns->thing), at(columns->code) + ": " + at(columns->message),
                    lower(at(columns->type)).find("warn") == std::string::npos});
  }
  if (!columns) return tl::unexpected(no_report());
  return rows;
}

Result<std::vector<Row>> rows_of_json(const Json& json) {
  if (!json.is_object() || !json.contains("issues") || !json.at("issues").is_array())
    return tl::unexpected(no_report());
  std::vector<Row> rows;
  for (const Json& issue : json.at("issues")) {
    if (!issue.is_object()) continue;
    const auto text = [&](const char* key) {
      return issue.contains(key) && issue.at(key).is_string() ? issue.at(key).get<std::string>() : std::string();
    };
    std::string thing = text("sku");
    if (thing.empty() && issue.contains("messageId")) thing = "message " + issue.at("messageId").dump();
    rows.push_back({thing, text("code") + ": " + text("message"), text("severity") == "ERROR"});
  }
  return rows;
}

// The action that a row speaks of: by its own id, else the one of that SKU that was written last; nothing where it was
// written for several stores and none is named.
struct Found {
  std::string action;
  std::set<std::string> stores;
};
Found action_of(const Row& row, const std::vector<DeskEvent>& events, const std::string& marketplace) {
  Found found;
  for (const DeskEvent& event : events) {
    if (event.kind != DeskEventKind::kWritten || (event.action != row.thing && event.sku != row.thing)) continue;
    if (!marketplace.empty() && event.marketplace != marketplace) continue;
    found.action = event.action;
    found.stores.insert(event.marketplace);
  }
  if (found.stores.size() > 1) found.action.clear();
  return found;
}

}  // namespace

Result<Processed> take_processing_report(store::Store& store, int64_t account, const Context& context,
                                         const std::string& bytes, const std::string& person,
                                         const std::string& marketplace) {
  const Json json = Json::parse(bytes, nullptr, false);
  const auto rows = json.is_discarded() ? rows_of_text(bytes) : rows_of_json(json);
  if (!rows) return tl::unexpected(rows.error());
  Processed processed;
  const std::string at = context.now_utc();
  const auto done =
      store.add_desk_events(account, [&](const store::Store::Desk& desk) -> Result<std::vector<DeskEvent>> {
        std::map<std::string, std::string> refused;  // several of one action in one event
        for (const Row& row : *rows) {
          if (!row.error) {
            ++processed.warnings;
            continue;
          }
          const Found found = action_of(row, desk.events, marketplace);
          if (found.action.empty()) {
            const std::string where =
                found.stores.size() > 1 ? fmt::format(" ({}: name one)", fmt::join(found.stores, ", ")) : "";
            processed.unmatched.push_back(row.thing + where + ": " + row.words);
            continue;
          }
          std::string& words = refused[found.action];
          add_to_list(words, row.words, "; ");
        }
        std::vector<DeskEvent> events;
        for (const account::ActionRecord& action : desk.actions) {
          const auto found = refused.find(action.id);
          if (found == refused.end()) continue;
          DeskEvent event = account::event_of(action, DeskEventKind::kRefused, person, at);
          event.why = found->second;
          events.push_back(std::move(event));
          processed.refused.emplace_back(action.id, found->second);
        }
        return events;
      });
  if (!done) return tl::unexpected(done.error());
  return processed;
}

Result<void> take_answers(store::Store& store, int64_t account, const Context& context, ImportOutcome& outcome,
                          const std::string& person) {
  constexpr std::uintmax_t kMostBytes = 16u << 20;
  std::vector<FileOutcome> left;
  for (FileOutcome& file : outcome.files) {
    std::error_code none;
    const bool unread = file.state == FileState::kFailed && file.error && file.error->kind == ErrorKind::kBadInput &&
                        std::filesystem::is_regular_file(file.path, none) &&
                        std::filesystem::file_size(file.path, none) <= kMostBytes;
    std::ifstream in;
    if (unread) in.open(file.path, std::ios::binary);
    if (!in.is_open()) {
      left.push_back(std::move(file));
      continue;
    }
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto taken = take_processing_report(store, account, context, bytes, person);
    if (!taken && taken.error().kind != ErrorKind::kBadInput) return tl::unexpected(taken.error());
    if (!taken) {
      left.push_back(std::move(file));
      continue;
    }
    const std::string count = std::to_string(taken->refused.size());
    const std::string others = std::to_string(taken->unmatched.size());
    outcome.answers.push_back(
        {file.path,
         {"Amazon's answer to a file: " + count + (taken->refused.size() == 1 ? " action" : " actions") + " refused" +
              (taken->unmatched.empty() ? "" : ", " + others + " rows of no written action"),
          "亚马逊处理报告：" + count + " 项未被受理" +
              (taken->unmatched.empty() ? "" : "，" + others + " 行没有对应任务")}});
  }
  outcome.files = std::move(left);
  return {};
}

}  // namespace destock::app

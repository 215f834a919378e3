// Imports: files come in parts into a folder of their own, then a job reads them; what was set aside is accepted or
// discarded; the cost sheet's template, and costs typed in, which are imported as a sheet like any other.

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "app/import.h"
#include "ingest/read_report.h"
#include "server/api.h"

namespace destock::server {
namespace {

using account::Role;
using app::Json;
namespace fs = std::filesystem;

constexpr uint64_t kMostFileBytes = uint64_t{8} << 30;

// A name that stays inside the upload's folder.
std::string safe_name(const std::string& name) {
  std::string base = fs::path(name).filename().string();
  std::erase_if(base, [](char c) { return static_cast<unsigned char>(c) < 32 || c == '/' || c == '\\'; });
  if (base.empty() || base == "." || base == ".." || base.size() > 200) return {};
  return base;
}

bool is_upload_id(const std::string& id) {
  return id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

fs::path folder_of(const std::string& uploads, int64_t account, const std::string& id) {
  return fs::path(uploads) / std::to_string(account) / id;
}

Response no_such_upload(const Call& call) {
  return problem({ErrorKind::kNotFound, {"no such upload", "没有该上传"}, {}, {"send the file again", "请重新上传"}},
                 call.lang);
}

Response begin_upload(Call& call, const std::string& uploads) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const std::string name = safe_name(json->at("name").get<std::string>());
  if (name.empty())
    return problem({ErrorKind::kBadUsage, {"the file needs a name", "文件需要名称"}, {}, {}}, call.lang);
  const std::string id = random_hex(16);
  const fs::path folder = folder_of(uploads, call.account, id);
  std::error_code error;
  fs::create_directories(folder, error);
  std::ofstream file(folder / name, std::ios::binary);
  if (error || !file)
    return problem({ErrorKind::kIo, {"the upload folder cannot be written", "上传目录不可写"}, uploads, {}}, call.lang);
  return json_answer({{"upload", id}, {"name", name}}, 201);
}

std::optional<fs::path> file_of(const std::string& uploads, int64_t account, const std::string& id) {
  if (!is_upload_id(id)) return std::nullopt;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(uploads, account, id), error)) return entry.path();
  return std::nullopt;
}

Response add_part(Call& call, const std::string& uploads) {
  const auto path = file_of(uploads, call.account, call.named_or_empty("upload"));
  if (!path) return no_such_upload(call);
  std::error_code error;
  const uint64_t size = fs::file_size(*path, error);
  if (call.request.value("offset") != std::to_string(size))
    return problem(
        {ErrorKind::kRefused,
         {"the next part begins at " + std::to_string(size), "下一部分应从 " + std::to_string(size) + " 开始"},
         {},
         {}},
        call.lang);
  if (size + call.request.body.size() > kMostFileBytes)
    return problem(413, "too_large", {"a file of more than 8 GB", "文件超过 8 GB"}, {}, call.lang);
  std::ofstream file(*path, std::ios::binary | std::ios::app);
  file.write(call.request.body.data(), static_cast<std::streamsize>(call.request.body.size()));
  file.flush();
  if (!file)
    return problem({ErrorKind::kIo, {"the disk is full", "磁盘已满"}, {}, {"free some space", "请清理空间"}},
                   call.lang);
  return json_answer({{"size", size + call.request.body.size()}});
}

Result<Json> run_import(Views& views, int64_t account, const std::vector<std::string>& paths,
                        const app::ImportOptions& options, store::Store& store, const std::atomic<bool>& stop,
                        const Jobs::Tell& tell) {
  const auto outcome = app::import_paths(store, account, paths, options, views.context(),
                                         [&](const std::string& path, uint64_t done, uint64_t total) {
                                           tell(fs::path(path).filename().string(), done, total);
                                           return !stop;
                                         });
  if (!outcome) return tl::unexpected(outcome.error());
  // What was read is kept: the folders of the uploads are not needed any more.
  if (!stop)
    for (const std::string& path : paths) {
      std::error_code ignored;
      fs::remove_all(fs::path(path).parent_path(), ignored);
    }
  (void)views.get(account);  // the next to look finds it made
  const auto said = [&](Lang lang) {
    Json json = app::import_json(*outcome, lang);
    for (Json& file : json["files"]) file["path"] = fs::path(file["path"].get<std::string>()).filename().string();
    return json;
  };
  Json result{{"en", said(Lang::kEn)}, {"zh", said(Lang::kZh)}};
  const bool left = std::any_of(outcome->files.begin(), outcome->files.end(),
                                [](const app::FileOutcome& file) { return file.state == app::FileState::kFailed; });
  if (stop && left) result["stopped"] = true;
  return result;
}

// As a job, with what was asked kept beside it.
Response start_import(const Call& call, Views& views, Jobs& jobs, const Json& request, std::vector<std::string> paths,
                      const app::ImportOptions& options) {
  account::JobRecord record;
  record.account = call.account;
  record.kind = "import";
  record.person = call.who->person.name;
  record.request = request.dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto id =
      jobs.add(std::move(record), [&views, account = call.account, paths = std::move(paths), options](
                                      store::Store& store, const std::atomic<bool>& stop, const Jobs::Tell& tell) {
        return run_import(views, account, paths, options, store, stop, tell);
      });
  return id ? json_answer({{"job", *id}}, 202) : problem(id.error(), call.lang);
}

// What is to be asked of an upload before it is imported.
Response get_upload(Call& call, const std::string& uploads, const app::Context& context) {
  const auto path = file_of(uploads, call.account, call.named_or_empty("upload"));
  if (!path) return no_such_upload(call);
  std::error_code error;
  Json json{{"name", path->filename().string()}, {"size", fs::file_size(*path, error)}};
  const auto says = ingest::head_says(path->string(), context.book);
  json["report"] = says ? Json(account::report_id(says->kind)) : Json(nullptr);
  json["report_name"] = says ? Json(account::report_name(says->kind).in(call.lang)) : Json(nullptr);
  json["needs_day"] = says && says->needs_day;
  json["needs_marketplace"] = says && says->needs_marketplace;
  return json_answer(json);
}

Result<app::FileOptions> file_options(const Json& json) {
  app::FileOptions options;
  const auto given = [&](const char* field) { return json.contains(field) && !json.at(field).is_null(); };
  if (given("marketplace")) options.marketplace = json.at("marketplace").get<std::string>();
  if (!given("snapshot_date")) return options;
  const std::string day = json.at("snapshot_date").get<std::string>();
  options.snapshot = parse_iso_date(day);
  if (!options.snapshot)
    return fail(ErrorKind::kBadUsage, {"not a day: " + day, "不是日期：" + day}, "snapshot_date",
                {"write it as 2026-01-05", "请写成 2026-01-05"});
  return options;
}

// The file's own time goes with it: a report without a date is of the day on which it was downloaded, not of its
// upload.
void set_file_time(const fs::path& path, const Json& json) {
  if (!json.contains("modified") || json.at("modified").is_null()) return;
  const int64_t seconds = json.at("modified").get<int64_t>();
  const timespec times[2] = {{seconds, 0}, {seconds, 0}};
  ::utimensat(AT_FDCWD, path.c_str(), times, 0);
}

// {"uploads": [id…]}, or {"files": [{"upload": id, "marketplace", "snapshot_date", "modified"}…]}; what stands beside
// them is said of all files that say nothing of their own.
Response begin_import(Call& call, const std::string& uploads, Views& views, Jobs& jobs) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  Json files = json->value("files", Json::array());
  for (const Json& id : json->value("uploads", Json::array())) files.push_back({{"upload", id}});
  app::ImportOptions options;
  const auto all = file_options(*json);
  if (!all) return problem(all.error(), call.lang);
  options.all = *all;
  std::vector<std::string> paths;
  Json names = Json::array();
  Json ids = Json::array();
  for (const Json& file : files) {
    const std::string id = file.at("upload").get<std::string>();
    const auto path = file_of(uploads, call.account, id);
    if (!path) return no_such_upload(call);
    auto own = file_options(file);
    if (!own) return problem(own.error(), call.lang);
    if (!own->marketplace) own->marketplace = all->marketplace;
    if (!own->snapshot) own->snapshot = all->snapshot;
    options.own.emplace(path->string(), *own);
    set_file_time(*path, file);
    paths.push_back(path->string());
    names.push_back(path->filename().string());
    ids.push_back(id);
  }
  if (paths.empty()) return problem({ErrorKind::kBadUsage, {"no file was given", "未提供文件"}, {}, {}}, call.lang);
  const Json request{{"files", files}, {"uploads", ids}, {"names", names}};
  call.audit_detail = names.dump(-1, ' ', false, Json::error_handler_t::replace);
  return start_import(call, views, jobs, request, std::move(paths), options);
}

Response set_status(Call& call, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const std::string asked = json->at("status").get<std::string>();
  if (asked != "in_force" && asked != "discarded")
    return problem({ErrorKind::kBadUsage, {"in_force or discarded", "取值：in_force、discarded"}, asked, {}},
                   call.lang);
  const auto imports = store.imports(call.account);
  if (!imports) return problem(imports.error(), call.lang);
  for (const account::ImportRecord& record : *imports) {
    if (record.id != call.number("import")) continue;
    const auto done = store.set_import_status(call.account, record.id, account::import_status_of(asked));
    if (!done) return problem(done.error(), call.lang);
    call.audit_detail = asked;
    Response response;
    response.status = 204;
    return response;
  }
  return problem({ErrorKind::kNotFound, {"no such import", "没有该导入"}, {}, {}}, call.lang);
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// The sheet to fill in: every SKU with stock whose cost is not known.
Response cost_template(Call& call, const AccountView& view) {
  std::string text =
      "\xEF\xBB\xBFsku,marketplace,unit-cost,currency,freight,freight-currency,lead-time-days,moq,carton-quantity,"
      "category,season,owner,tag,launch-date\r\n";
  const account::Account& account = view.state.account;
  for (const health::Diagnosis& d : view.state.health.diagnoses) {
    if (d.band == health::Band::kNoStock || account.costs[d.listing].unit_cost) continue;
    const account::Listing& listing = account.listings[d.listing];
    text += csv_cell(listing.sku) + "," + listing.marketplace + ",,CNY,,CNY,,,," + csv_cell(listing.category) + ",," +
            csv_cell(listing.owner) + "," + csv_cell(listing.tag) + ",\r\n";
  }
  Response response;
  response.type = "text/csv; charset=utf-8";
  response.set_body(std::move(text));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"costs.csv\"");
  (void)call;
  return response;
}

Response add_costs(Call& call, const std::string& uploads, Views& views, Jobs& jobs) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  std::string text = "sku,marketplace,unit-cost,currency,freight,freight-currency\n";
  for (const Json& row : json->at("costs")) {
    const std::string currency = row.at("currency").get<std::string>();
    if (!Currency::parse(currency))
      return problem({ErrorKind::kBadUsage, {"not a currency", "不是币种"}, currency, {}}, call.lang);
    text += csv_cell(row.at("sku").get<std::string>()) + "," + csv_cell(row.at("marketplace").get<std::string>()) +
            "," + csv_cell(row.at("unit_cost").get<std::string>()) + "," + currency + "," +
            csv_cell(row.value("freight", std::string())) + "," + currency + "\n";
  }
  const fs::path folder = folder_of(uploads, call.account, random_hex(16));
  std::error_code error;
  fs::create_directories(folder, error);
  const fs::path path = folder / ("costs_typed_" + now_utc().substr(0, 10) + ".csv");
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (error || !file)
    return problem({ErrorKind::kIo, {"the upload folder cannot be written", "上传目录不可写"}, uploads, {}}, call.lang);
  call.audit_detail = std::to_string(json->at("costs").size()) + " costs";
  app::ImportOptions options;
  options.entry = folder.filename().string();
  return start_import(call, views, jobs, {{"names", {path.filename().string()}}}, {path.string()}, options);
}

}  // namespace

void Api::add_import_routes() {
  const std::string uploads = options_.upload_folder;
  routes_.push_back({"POST", "/accounts/{account}/uploads", Role::kOperator, "beginUpload",
                     [uploads](Call& call) { return begin_upload(call, uploads); }, false});
  routes_.push_back({"PUT", "/accounts/{account}/uploads/{upload}", Role::kOperator, "addPart",
                     [uploads](Call& call) { return add_part(call, uploads); }, false});
  routes_.push_back({"GET", "/accounts/{account}/uploads/{upload}", Role::kOperator, "getUpload",
                     [this, uploads](Call& call) { return get_upload(call, uploads, views_.context()); }});
  routes_.push_back({"GET", "/accounts/{account}/imports", Role::kViewer, "listImports", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) {
                         const auto imports = store.imports(call.account);
                         return imports ? json_answer(app::imports_json(*imports, call.lang))
                                        : problem(imports.error(), call.lang);
                       });
                     }});
  routes_.push_back({"POST", "/accounts/{account}/imports", Role::kOperator, "beginImport",
                     [this, uploads](Call& call) { return begin_import(call, uploads, views_, jobs_); }});
  routes_.push_back(
      {"PATCH", "/accounts/{account}/imports/{import}", Role::kOperator, "setImportStatus",
       [this](Call& call) { return with_store(call, [&](store::Store& store) { return set_status(call, store); }); }});
  routes_.push_back({"GET", "/accounts/{account}/cost-sheet", Role::kViewer, "getCostSheet", [this](Call& call) {
                       return with_view(call, [&](const AccountView& view) { return cost_template(call, view); });
                     }});
  routes_.push_back({"POST", "/accounts/{account}/costs", Role::kOperator, "addCosts",
                     [this, uploads](Call& call) { return add_costs(call, uploads, views_, jobs_); }});
}

}  // namespace destock::server

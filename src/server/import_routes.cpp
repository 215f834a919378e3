// Imports: files come in parts into a folder of their own, then a job reads them; what was set aside is accepted or
// discarded; the cost sheet's template, and costs typed in, which are imported as a sheet like any other.

#include <fcntl.h>
#include <sys/stat.h>

#include <charconv>
#include <filesystem>

#include "app/carry_out.h"
#include "app/import.h"
#include "app/track.h"
#include "base/csv_text.h"
#include "ingest/archive.h"
#include "ingest/read_report.h"
#include "server/api.h"

namespace destock::server {
namespace {

using account::Role;
using app::Json;
namespace fs = std::filesystem;

Response no_such_upload(const Call& call) {
  return problem({ErrorKind::kNotFound, {"no such upload", "没有该上传"}, {}, {"send the file again", "请重新上传"}},
                 call.lang);
}

Response begin_upload(Call& call, Uploads& uploads) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (uploads.full_for(call.who->person.name))
    return too_many({"too many files wait to be imported", "待导入的文件过多"},
                    {"import those that were sent, or wait a day: what is not imported is removed",
                     "请先导入已上传的文件；未导入的文件一天后自动清除"},
                    60, call.lang);
  const auto begun = uploads.begin(call.account, call.who->person.name, json->at("name").get<std::string>());
  return begun ? json_answer({{"upload", begun->id}, {"name", begun->name}}, 201) : problem(begun.error(), call.lang);
}

std::optional<uint64_t> offset_of(const std::string& text) {
  uint64_t offset = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return offset;
}

Response add_part(Call& call, Uploads& uploads) {
  const auto offset = offset_of(call.request.value("offset"));
  if (!offset)
    return problem({ErrorKind::kBadUsage, {"say where the part begins", "请说明分段起点"}, "offset", {}}, call.lang);
  if (*offset > Uploads::kMostFileBytes - call.request.body.size())
    return problem(413, "too_large", {"a file of more than 8 GB", "文件超过 8 GB"}, {}, call.lang);
  const auto size = uploads.add_part(call.account, call.named_or_empty("upload"), *offset, call.request.body);
  return size ? json_answer({{"size", *size}}) : problem(size.error(), call.lang);
}

Result<Json> run_import(Views& views, int64_t account, const std::vector<std::string>& paths,
                        const app::ImportOptions& options, const std::string& person, store::Store& store,
                        const std::atomic<bool>& stop, const Jobs::Tell& tell) {
  auto outcome = app::import_paths(store, account, paths, options, views.context(),
                                   [&](const std::string& path, uint64_t done, uint64_t total) {
                                     tell(fs::path(path).filename().string(), done, total);
                                     return !stop;
                                   });
  if (!outcome) return tl::unexpected(outcome.error());
  if (const auto taken = app::take_answers(store, account, views.context(), *outcome, person); !taken)
    return tl::unexpected(taken.error());
  // What the reports do not show now they show at the next look: no reason to call the import failed.
  (void)app::look_after_import(store, account, views.context());
  views.warm(account);  // the next to look finds it made
  const auto said = [&](Lang lang) {
    Json json = app::import_json(*outcome, lang);
    for (const char* list : {"files", "answers"})
      for (Json& file : json[list]) file["path"] = fs::path(file["path"].get<std::string>()).filename().string();
    return json;
  };
  Json result{{"en", said(Lang::kEn)}, {"zh", said(Lang::kZh)}};
  const bool left = std::any_of(outcome->files.begin(), outcome->files.end(),
                                [](const app::FileOutcome& file) { return file.state == app::FileState::kFailed; });
  if (stop && left) result["stopped"] = true;
  return result;
}

// As a job, with what was asked kept beside it. The uploads go with it, whatever comes of it.
Response start_import(const Call& call, Views& views, Jobs& jobs, Uploads& uploads, const Json& request,
                      std::vector<std::string> paths, const app::ImportOptions& options) {
  const auto held = uploads.hold({paths.begin(), paths.end()});
  account::JobRecord record;
  record.account = call.account;
  record.kind = "import";
  record.person = call.who->person.name;
  record.request = request.dump(-1, ' ', false, Json::error_handler_t::replace);
  return begin_job(
      call, jobs, std::move(record),
      [&views, held, account = call.account, paths = std::move(paths), options, person = call.who->person.name](
          store::Store& store, const std::atomic<bool>& stop, const Jobs::Tell& tell) {
        return run_import(views, account, paths, options, person, store, stop, tell);
      });
}

// What the heads of an archive's files leave open, one or another.
std::pair<bool, bool> left_open_in_archive(const std::string& path, const app::Context& context) {
  std::pair<bool, bool> open{false, false};  // day, marketplace
  const auto members = ingest::archive_members(path);
  if (!members) return open;
  for (const ingest::ArchiveMember& member : *members) {
    if (!member.closed.en.empty()) continue;
    const auto says = ingest::head_says(member.path, context.book, context.report_names);
    open.first = open.first || (says && says->needs_day);
    open.second = open.second || (says && says->needs_marketplace);
  }
  return open;
}

// What is to be asked of an upload before it is imported.
Response get_upload(Call& call, Uploads& uploads, const app::Context& context) {
  const auto path = uploads.file(call.account, call.named_or_empty("upload"));
  if (!path) return no_such_upload(call);
  std::error_code error;
  Json json{{"name", path->filename().string()}, {"size", fs::file_size(*path, error)}};
  const auto says = ingest::head_says(path->string(), context.book, context.report_names);
  json["report"] = says ? Json(account::report_id(says->kind)) : Json(nullptr);
  json["report_name"] = says ? Json(account::report_name(says->kind).in(call.lang)) : Json(nullptr);
  const bool archive = !says && ingest::is_archive(path->string());
  const auto open = archive ? left_open_in_archive(path->string(), context)
                            : std::pair(says && says->needs_day, says && says->needs_marketplace);
  json["needs_day"] = open.first;
  json["needs_marketplace"] = open.second;
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
Response begin_import(Call& call, Uploads& uploads, Views& views, Jobs& jobs) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (auto full = no_room_for_job(call, jobs)) return std::move(*full);
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
    const auto path = uploads.file(call.account, id);
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
  return start_import(call, views, jobs, uploads, request, std::move(paths), options);
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

// The sheet to fill in: every SKU with stock whose cost is not known.
Response cost_template(Call& call, const AccountView& view) {
  std::string text =
      "\xEF\xBB\xBFsku,marketplace,unit-cost,currency,freight,freight-currency,lead-time-days,moq,carton-quantity,"
      "category,season,owner,tag,launch-date\r\n";
  const account::Account& account = view.state.account;
  for (const health::Diagnosis& d : view.state.health.diagnoses) {
    if (d.band == health::Band::kNoStock || account.costs[d.listing].unit_cost) continue;
    const account::Listing& listing = account.listings[d.listing];
    text += csv_words(listing.sku) + "," + listing.marketplace + ",,CNY,,CNY,,,," + csv_words(listing.category) + ",," +
            csv_words(listing.owner) + "," + csv_words(listing.tag) + ",\r\n";
  }
  Response response;
  response.type = "text/csv; charset=utf-8";
  response.set_body(std::move(text));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"costs.csv\"");
  (void)call;
  return response;
}

Response add_costs(Call& call, Uploads& uploads, Views& views, Jobs& jobs) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (auto full = no_room_for_job(call, jobs)) return std::move(*full);
  std::string text = "sku,marketplace,unit-cost,currency,freight,freight-currency\n";
  for (const Json& row : json->at("costs")) {
    const std::string currency = row.at("currency").get<std::string>();
    if (!Currency::parse(currency))
      return problem({ErrorKind::kBadUsage, {"not a currency", "不是币种"}, currency, {}}, call.lang);
    text += csv_words(row.at("sku").get<std::string>()) + "," + csv_words(row.at("marketplace").get<std::string>()) +
            "," + csv_words(row.at("unit_cost").get<std::string>()) + "," + currency + "," +
            csv_words(row.value("freight", std::string())) + "," + currency + "\n";
  }
  const auto path = uploads.write(call.account, "costs_typed_" + now_utc().substr(0, 10) + ".csv", text);
  if (!path) return problem(path.error(), call.lang);
  call.audit_detail = std::to_string(json->at("costs").size()) + " costs";
  app::ImportOptions options;
  options.entry = path->parent_path().filename().string();
  return start_import(call, views, jobs, uploads, {{"names", {path->filename().string()}}}, {path->string()}, options);
}

}  // namespace

void Api::add_import_routes() {
  routes_.push_back({"POST", "/accounts/{account}/uploads", Role::kOperator, "beginUpload",
                     [this](Call& call) { return begin_upload(call, uploads_); }, false});
  routes_.push_back({"PUT", "/accounts/{account}/uploads/{upload}", Role::kOperator, "addPart",
                     [this](Call& call) { return add_part(call, uploads_); }, false});
  routes_.push_back({"GET", "/accounts/{account}/uploads/{upload}", Role::kOperator, "getUpload",
                     [this](Call& call) { return get_upload(call, uploads_, views_.context()); }});
  routes_.push_back({"GET", "/accounts/{account}/imports", Role::kViewer, "listImports", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) {
                         const auto imports = store.imports(call.account);
                         if (!imports) return problem(imports.error(), call.lang);
                         Json json = app::imports_json(*imports, call.lang);
                         // Where on this machine a file lay is nobody's business.
                         for (Json& record : json["imports"])
                           record["path"] = fs::path(record["path"].get<std::string>()).filename().string();
                         return json_answer(json);
                       });
                     }});
  routes_.push_back({"POST", "/accounts/{account}/imports", Role::kOperator, "beginImport",
                     [this](Call& call) { return begin_import(call, uploads_, views_, jobs_); }});
  routes_.push_back(
      {"PATCH", "/accounts/{account}/imports/{import}", Role::kOperator, "setImportStatus",
       [this](Call& call) { return with_store(call, [&](store::Store& store) { return set_status(call, store); }); }});
  routes_.push_back({"GET", "/accounts/{account}/cost-sheet", Role::kViewer, "getCostSheet", [this](Call& call) {
                       return with_view(call, [&](const AccountView& view) { return cost_template(call, view); });
                     }});
  routes_.push_back({"POST", "/accounts/{account}/costs", Role::kOperator, "addCosts",
                     [this](Call& call) { return add_costs(call, uploads_, views_, jobs_); }});
}

}  // namespace destock::server

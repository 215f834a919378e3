#include "app/import.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "app/report_check.h"
#include "ingest/header.h"
#include "ingest/read_report.h"

namespace destock::app {
namespace {

namespace fs = std::filesystem;
using account::ReportKind;

bool looks_like_report(const fs::path& file) {
  static constexpr std::array<std::string_view, 7> kExtensions = {".txt",  ".csv", ".tsv", ".gz",
                                                                  ".xlsx", ".xls", ".tab"};
  const std::string name = file.filename().string();
  std::string extension = file.extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool known = std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
  const bool ours = name.starts_with("destock-") && extension == ".xlsx";  // a workbook that the program wrote
  return known && !ours && !name.starts_with('.') && !name.starts_with("~$");
}

// What a folder holds, with what cannot be looked into.
struct Found {
  std::vector<std::string> reports, ignored;
  std::vector<FileOutcome> unreadable;  // folders within, named with why
};

void look_into(const fs::path& folder, Found& found, std::error_code& error) {
  fs::directory_iterator it(folder, error);
  for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code odd;
    if (it->is_directory(odd) && !it->is_symlink(odd)) {
      std::error_code inside;
      look_into(it->path(), found, inside);
      if (inside)
        found.unreadable.push_back(
            {it->path().string(),
             FileState::kFailed,
             {},
             {},
             Error{ErrorKind::kIo,
                   {"the folder cannot be read: " + inside.message() + "; the others were imported",
                    "无法读取目录：" + inside.message() + "；其余已导入"},
                   it->path().string(),
                   {"check its permissions", "请检查权限"}}});
    } else if (it->is_regular_file(odd)) {
      (looks_like_report(it->path()) ? found.reports : found.ignored).push_back(it->path().string());
    }
  }
}

// Files as given; folders whole, in the order of their names.
Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths, ImportOutcome& outcome) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    Found found;
    look_into(path, found, error);
    if (error)
      return fail(ErrorKind::kIo, {"the folder cannot be read: " + error.message(), "无法读取目录：" + error.message()},
                  path, {"check its permissions", "请检查权限"});
    if (found.reports.empty() && found.unreadable.empty())
      return fail(ErrorKind::kNotFound, {"the folder holds no reports", "目录中没有报告文件"}, path,
                  {"put Seller Central's downloads (.txt, .csv, .gz, .xlsx) in it",
                   "请放入从卖家平台下载的报告（.txt、.csv、.gz、.xlsx）"});
    std::sort(found.reports.begin(), found.reports.end());
    files.insert(files.end(), found.reports.begin(), found.reports.end());
    std::move(found.unreadable.begin(), found.unreadable.end(), std::back_inserter(outcome.files));
    std::move(found.ignored.begin(), found.ignored.end(), std::back_inserter(outcome.ignored));
  }
  return files;
}

// Reports that name marketplaces come first: the others' SKUs are then known.
int rank_of(const std::string& path) {
  static constexpr std::array<ReportKind, 12> kOrder = {
      ReportKind::kExchangeRates, ReportKind::kPlanning,      ReportKind::kFeePreview,  ReportKind::kAllOrders,
      ReportKind::kShipments,     ReportKind::kManageFba,     ReportKind::kReserved,    ReportKind::kLedger,
      ReportKind::kReturns,       ReportKind::kAgedSurcharge, ReportKind::kStorageFees, ReportKind::kCostSheet};
  const auto kind = ingest::report_kind_of_file(path);
  if (!kind) return 99;
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), *kind) - kOrder.begin());
}

class Importer {
public:
  Importer(store::Store& store, int64_t account, const ImportOptions& options, const Context& context,
           const ImportProgress& progress)
      : store_(store), account_(account), asked_(options), context_(context), progress_(progress) {
    read_.book = context.book;
    read_.today = context.clock.latest_day();
    read_.snapshot_beside = [this](const std::string& marketplace) -> std::optional<Date> {
      const auto found = snapshots_.find(marketplace);
      return found == snapshots_.end() ? std::nullopt : std::optional<Date>(found->second);
    };
    read_.marketplace_of_skus = [this](std::span<const std::string> skus) {
      const auto found = store_.marketplace_of_skus(account_, skus);
      return found ? *found : std::nullopt;
    };
  }

  FileOutcome import(const std::string& path) {
    const auto own = asked_.own.find(path);
    const FileOptions& said = own == asked_.own.end() ? asked_.all : own->second;
    read_.marketplace = said.marketplace;
    read_.snapshot = said.snapshot;
    options_.clear();
    if (said.marketplace) options_ += "marketplace=" + *said.marketplace + ";";
    if (said.snapshot) options_ += "snapshot=" + iso(*said.snapshot) + ";";
    if (!asked_.entry.empty()) options_ += "entry=" + asked_.entry + ";";
    FileOutcome outcome{path, FileState::kFailed, {}, {}, {}};
    if (const auto done = import_into(outcome); !done) outcome.error = done.error();
    return outcome;
  }

private:
  Result<void> import_into(FileOutcome& outcome) {
    auto report = ingest::read_report(
        outcome.path, read_, [&](uint64_t done, uint64_t total) { return progress_(outcome.path, done, total); });
    if (!report) return tl::unexpected(report.error());
    if (report->kind == ReportKind::kPlanning)
      for (const account::Coverage& coverage : report->facts.coverage) {
        Date& newest = snapshots_.try_emplace(coverage.marketplace, coverage.last_day).first->second;
        newest = std::max(newest, coverage.last_day);
      }
    auto known = store_.known_import(account_, report->content_hash, options_);
    if (!known) return tl::unexpected(known.error());
    if (*known) return already_there(outcome, std::move(**known));
    account::ImportRecord record{0,
                                 report->kind,
                                 outcome.path,
                                 report->content_hash,
                                 context_.now_utc(),
                                 report->encoding,
                                 report->rows_read,
                                 report->rows_imported,
                                 report->rows_refused,
                                 report->header,
                                 account::ImportStatus::kInForce,
                                 report->notes,
                                 report->facts.coverage};
    if (const auto judged = judge(*report, record); !judged) return tl::unexpected(judged.error());
    record.options = options_;
    const auto added = store_.add_import(account_, record, report->facts, report->refused);
    if (!added) return tl::unexpected(added.error());
    record.id = added->id;
    if (added->known) return already_there(outcome, std::move(record));  // another program was quicker
    outcome.state = record.status == account::ImportStatus::kSetAside ? FileState::kSetAside : FileState::kImported;
    outcome.record = std::move(record);
    outcome.refused = std::move(report->refused);
    return {};
  }

  // A sheet holds until another comes: the same bytes again do not put it over a newer one, and that is said.
  Result<void> already_there(FileOutcome& outcome, account::ImportRecord known) {
    if (account::is_by_hand(known.report)) {
      const auto imports = store_.imports(account_);
      if (!imports) return tl::unexpected(imports.error());
      const bool newer = std::any_of(imports->begin(), imports->end(), [&](const account::ImportRecord& import) {
        return import.id > known.id && import.report == known.report &&
               import.status == account::ImportStatus::kInForce;
      });
      const std::string id = std::to_string(known.id);
      if (newer)
        known.notes.insert(known.notes.begin(),
                           {"another sheet came since and goes before it: to use this one again, discard import " + id +
                                " and import it once more",
                            "之后导入的表优先于此表：如需重新使用，请停用导入 " + id + " 后再次导入"});
    }
    outcome.state = FileState::kAlreadyThere;
    outcome.record = std::move(known);
    return {};
  }

  // Compares with what is in force; a suspicious report is set aside with its reasons.
  Result<void> judge(const ingest::ReadReport& report, account::ImportRecord& record) {
    if (report.rows_imported == 0) {
      record.status = account::ImportStatus::kSetAside;
      record.notes.insert(record.notes.begin(), Text{"every row was refused", "所有行均被拒收"});
      return {};
    }
    auto imports = store_.imports(account_);
    if (!imports) return tl::unexpected(imports.error());
    std::erase_if(*imports,
                  [](const account::ImportRecord& import) { return import.status != account::ImportStatus::kInForce; });
    note_header_changes(*imports, record);
    if (account::is_by_hand(report.kind)) return {};
    std::vector<Text> why;
    if (report.cut_short) {
      // With nothing to fall back on, part of a report is more than none.
      const bool earlier = std::any_of(imports->begin(), imports->end(), [&](const account::ImportRecord& import) {
        return import.report == report.kind &&
               std::any_of(record.coverage.begin(), record.coverage.end(),
                           [&](const account::Coverage& c) { return coverage_of(import, c.marketplace) != nullptr; });
      });
      std::vector<Text>& said = earlier ? why : record.notes;
      said.insert(said.begin(),
                  {"the file is cut short: what follows its last whole line is missing, download it again",
                   "文件不全：最后一个完整行之后的内容缺失，请重新下载"});
    }
    for (const account::Coverage& coverage : record.coverage) {
      const auto input = check_input(*imports, report, coverage);
      if (!input) return tl::unexpected(input.error());
      for (Text& suspicion : suspicions(*input, context_.facts.checks)) why.push_back(std::move(suspicion));
    }
    if (why.empty()) return {};
    record.status = account::ImportStatus::kSetAside;
    record.notes.insert(record.notes.begin(), why.begin(), why.end());
    return {};
  }

  static void note_header_changes(const std::vector<account::ImportRecord>& imports, account::ImportRecord& record) {
    // Marketplaces spell their headers differently: only reports of a common one are compared.
    const auto last = std::find_if(imports.rbegin(), imports.rend(), [&](const account::ImportRecord& import) {
      if (import.report != record.report) return false;
      return record.coverage.empty() ||
             std::any_of(record.coverage.begin(), record.coverage.end(),
                         [&](const account::Coverage& c) { return coverage_of(import, c.marketplace) != nullptr; });
    });
    if (last == imports.rend()) return;
    for (Text& change : ingest::header_changes(last->header, record.header)) record.notes.push_back(std::move(change));
  }

  static const account::Coverage* coverage_of(const account::ImportRecord& import, const std::string& marketplace) {
    for (const account::Coverage& coverage : import.coverage)
      if (coverage.marketplace == marketplace) return &coverage;
    return nullptr;
  }

  Result<CheckInput> check_input(const std::vector<account::ImportRecord>& imports, const ingest::ReadReport& report,
                                 const account::Coverage& now) {
    CheckInput input{now.marketplace, now.rows, now.units, {}, {}, 0, {}};
    const bool snapshot = account::is_snapshot(report.kind) || report.kind == ReportKind::kFeePreview;
    for (const account::ImportRecord& import : imports) {
      const account::Coverage* other = coverage_of(import, now.marketplace);
      if (!other) continue;
      const Text name{account::report_name(import.report).en + " of " + iso(other->last_day),
                      iso(other->last_day) + " 的" + account::report_name(import.report).zh};
      if (snapshot && import.report == report.kind) input.last_good = Comparison{name, other->rows, other->units};
      const bool stock = import.report == ReportKind::kPlanning || import.report == ReportKind::kManageFba;
      const bool compared = report.kind == ReportKind::kPlanning || report.kind == ReportKind::kManageFba;
      if (stock && compared && import.report != report.kind && other->last_day == now.last_day)
        input.same_day.push_back({name, 0, other->units});
    }
    if (account::is_sales(report.kind))
      if (const auto done = compare_history(imports, report, now, input); !done) return tl::unexpected(done.error());
    if (report.kind == ReportKind::kPlanning)
      if (const auto done = look_for_best_sellers(report, now, input); !done) return tl::unexpected(done.error());
    return input;
  }

  // A sales report is compared with the last one of its kind over the days that both cover whole.
  Result<void> compare_history(const std::vector<account::ImportRecord>& imports, const ingest::ReadReport& report,
                               const account::Coverage& now, CheckInput& input) {
    for (auto it = imports.rbegin(); it != imports.rend(); ++it) {
      const account::Coverage* other = coverage_of(*it, now.marketplace);
      if (!other || it->report != report.kind) continue;
      const Date from = std::max(now.first_day, other->first_day) + Days(1);
      const Date to = std::min(now.last_day, other->last_day) - Days(1);
      if (from > to) continue;
      const auto before = store_.units_sold(it->id, now.marketplace, from, to);
      if (!before) return tl::unexpected(before.error());
      int64_t units = 0;
      for (const account::SalesDay& day : report.facts.sales)
        if (report.facts.listings[day.listing].marketplace == now.marketplace && day.day >= day_number(from) &&
            day.day <= day_number(to))
          units += day.units;
      input.units = units;
      const Text name{account::report_name(it->report).en + " for " + iso(from) + " … " + iso(to),
                      iso(from) + " … " + iso(to) + " 的" + account::report_name(it->report).zh};
      // Rows are lines of other days too: only units are compared.
      input.last_good = Comparison{name, input.rows, *before};
      return {};
    }
    return {};
  }

  Result<void> look_for_best_sellers(const ingest::ReadReport& report, const account::Coverage& now,
                                     CheckInput& input) {
    const auto sellers = store_.best_sellers(account_, now.marketplace, now.last_day - Days(30), now.last_day - Days(1),
                                             context_.facts.checks.best_sellers);
    if (!sellers) return tl::unexpected(sellers.error());
    std::set<std::string_view> there;
    for (const account::ListingInfo& listing : report.facts.listings)
      if (listing.marketplace == now.marketplace) there.insert(listing.sku);
    input.best_sellers = static_cast<int64_t>(sellers->size());
    for (const auto& [sku, units] : *sellers)
      if (!there.contains(sku)) input.best_sellers_missing.push_back(sku);
    return {};
  }

  store::Store& store_;
  int64_t account_;
  const ImportOptions& asked_;
  const Context& context_;
  const ImportProgress& progress_;
  ingest::ReadOptions read_;
  std::map<std::string, Date> snapshots_;  // the newest of this import, by marketplace
  std::string options_;                    // of the file at hand, as they are kept with its import
};

Result<void> check_marketplaces(const ImportOptions& options, const Context& context) {
  std::vector<std::string> named;
  if (options.all.marketplace) named.push_back(*options.all.marketplace);
  for (const auto& [path, own] : options.own)
    if (own.marketplace) named.push_back(*own.marketplace);
  for (const std::string& marketplace : named)
    if (!context.book.find(marketplace))
      return fail(ErrorKind::kBadUsage, {"no such marketplace: " + marketplace, "没有该站点：" + marketplace},
                  "--marketplace",
                  {"US, CA, MX, UK, DE, FR, IT, ES, JP, IN are known", "可用：US、CA、MX、UK、DE、FR、IT、ES、JP、IN"});
  return {};
}

}  // namespace

std::string_view file_state_id(FileState state) {
  switch (state) {
    case FileState::kImported: return "imported";
    case FileState::kSetAside: return "set_aside";
    case FileState::kAlreadyThere: return "already_imported";
    case FileState::kFailed: return "failed";
  }
  return "";
}

bool ImportOutcome::anything_refused() const {
  return std::any_of(files.begin(), files.end(), [](const FileOutcome& file) {
    return file.state == FileState::kFailed || file.state == FileState::kSetAside ||
           (file.state == FileState::kImported && file.record->rows_refused > 0);
  });
}

bool ImportOutcome::anything_done() const {
  return std::any_of(files.begin(), files.end(),
                     [](const FileOutcome& file) { return file.state != FileState::kFailed; });
}

Result<ImportOutcome> import_paths(store::Store& store, int64_t account, const std::vector<std::string>& paths,
                                   const ImportOptions& options, const Context& context,
                                   const ImportProgress& progress) {
  if (const auto known = check_marketplaces(options, context); !known) return tl::unexpected(known.error());
  ImportOutcome outcome;
  const auto files = files_of(paths, outcome);
  if (!files) return tl::unexpected(files.error());
  std::vector<std::pair<int, size_t>> order;
  for (size_t i = 0; i < files->size(); ++i) order.emplace_back(files->size() > 1 ? rank_of((*files)[i]) : 0, i);
  std::stable_sort(order.begin(), order.end());
  std::vector<FileOutcome> unreadable = std::exchange(outcome.files, {});
  outcome.files.resize(files->size());
  Importer importer(store, account, options, context, progress);
  for (const auto& [rank, i] : order) outcome.files[i] = importer.import((*files)[i]);
  std::move(unreadable.begin(), unreadable.end(), std::back_inserter(outcome.files));
  return outcome;
}

}  // namespace destock::app

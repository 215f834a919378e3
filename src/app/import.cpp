#include "app/import.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

#include "account/sales_gaps.h"
#include "app/import_compared.h"
#include "app/import_files.h"
#include "app/import_judge.h"
#include "app/import_money.h"
#include "health/cost_doubts.h"
#include "ingest/archive.h"
#include "ingest/read_report.h"

namespace destock::app {
namespace {

namespace fs = std::filesystem;
using account::ReportKind;

// Reports that name marketplaces come first: the others' SKUs are then known.
int rank_of(const std::string& path, const account::ReportNames& names) {
  static constexpr std::array<ReportKind, 28> kOrder = {
      ReportKind::kExchangeRates, ReportKind::kPlanning,      ReportKind::kFeePreview,
      ReportKind::kAllOrders,     ReportKind::kShipments,     ReportKind::kManageFba,
      ReportKind::kReserved,      ReportKind::kLedger,        ReportKind::kReturns,
      ReportKind::kAgedSurcharge, ReportKind::kStorageFees,   ReportKind::kCostSheet,
      ReportKind::kCountryStock,  ReportKind::kRestock,       ReportKind::kAllListings,
      ReportKind::kSkuPairs,      ReportKind::kRemovalOrders, ReportKind::kRemovalShipments,
      ReportKind::kSettlement,    ReportKind::kPromotions,    ReportKind::kCoupons,
      ReportKind::kTraffic,       ReportKind::kTransactions,  ReportKind::kStranded,
      ReportKind::kLedgerDetail,  ReportKind::kReceived,      ReportKind::kFbaPromotions,
      ReportKind::kPurchaseOrders};
  const auto kind = ingest::report_kind_of_file(path, names);
  if (!kind) return 99;
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), *kind) - kOrder.begin());
}

class Importer {
public:
  Importer(store::Store& store, int64_t account, const ImportOptions& options, const Context& context,
           const ImportProgress& progress)
      : store_(store), account_(account), asked_(options), context_(context), progress_(progress) {
    read_.book = context.book;
    read_.names = context.report_names;
    read_.today = context.clock.latest_day();
    read_.snapshot_beside = [this](const std::string& marketplace) -> std::optional<Date> {
      const auto found = snapshots_.find(marketplace);
      return found == snapshots_.end() ? std::nullopt : std::optional<Date>(found->second);
    };
    read_.marketplaces_of_skus = [this](std::span<const std::string> skus) {
      return store_.marketplaces_of_skus(account_, skus).value_or(std::vector<std::string>());
    };
    read_.marketplaces_known = [this] { return store_.marketplaces(account_).value_or(std::vector<std::string>()); };
    read_.known_skus = [this]() -> const account::KnownSkus* {
      if (!known_skus_) {
        auto skus = store_.skus(account_);
        if (!skus) return nullptr;
        known_skus_.emplace(std::move(*skus));
      }
      return &*known_skus_;
    };
  }

  // What became of a file: one outcome, or one a sheet.
  std::vector<FileOutcome> import(const std::string& path) {
    auto own = asked_.own.find(path);
    // What is said of an archive is said of all that it holds.
    if (const auto place = own == asked_.own.end() ? ingest::in_archive(path) : std::nullopt)
      own = asked_.own.find(place->archive);
    const FileOptions& said = own == asked_.own.end() ? asked_.all : own->second;
    read_.marketplace = said.marketplace;
    read_.snapshot = said.snapshot;
    std::string options;
    if (said.marketplace) options += "marketplace=" + *said.marketplace + ";";
    if (said.snapshot) options += "snapshot=" + iso(*said.snapshot) + ";";
    if (!asked_.entry.empty()) options += "entry=" + asked_.entry + ";";
    auto sheets =
        ingest::read_file(path, read_, [&](uint64_t done, uint64_t total) { return progress_(path, done, total); });
    std::vector<FileOutcome> outcomes;
    if (!sheets) {
      outcomes.push_back({path, {}, FileState::kFailed, {}, {}, sheets.error()});
      return outcomes;
    }
    std::map<std::string, std::string> of_day;  // which sheet of the file speaks for a report, marketplace and day
    for (ingest::SheetReport& sheet : *sheets) {
      options_ = options + (sheet.sheet.empty() ? "" : "sheet=" + sheet.sheet + ";");
      FileOutcome outcome{path, sheet.sheet, FileState::kFailed, {}, {}, {}};
      if (auto twice = said_before(sheet, of_day))
        outcome.error = std::move(*twice);
      else if (const auto done = import_into(outcome, sheet.report); !done)
        outcome.error = done.error();
      outcomes.push_back(std::move(outcome));
    }
    return outcomes;
  }

  std::vector<Text> compared() const {
    std::vector<Text> sentences = compared_.sentences();
    for (Text& shared : pools_.sentences()) sentences.push_back(std::move(shared));
    for (Text& doubt : in_doubt()) sentences.push_back(std::move(doubt));
    return sentences;
  }

private:
  // Days between reports of sales, of those that are in force.
  std::vector<Text> untold_sales() const {
    std::vector<Text> said;
    const auto imports = store_.imports(account_);
    if (!imports) return said;
    std::map<std::string, std::vector<account::Coverage>> told;
    for (const account::ImportRecord& record : *imports)
      if (record.status == account::ImportStatus::kInForce && account::is_sales(record.report))
        for (const account::Coverage& span : record.coverage) told[span.marketplace].push_back(span);
    for (auto& [marketplace, spans] : told)
      for (const account::SalesSpan& gap : account::sales_gaps(std::move(spans)))
        said.push_back(account::untold_sales(gap));
    return said;
  }

  // Beside all that is in force: costs and prices, where either came in; units that lie where no report tells of them.
  std::vector<Text> in_doubt() const {
    std::vector<Text> doubts = sales_came_in_ ? untold_sales() : std::vector<Text>();
    if (!costs_or_prices_ && !elsewhere_.any()) return doubts;
    const auto day = store_.latest_day(account_);
    if (!day || !*day) return doubts;
    auto facts = store_.facts_in_force(account_, **day);
    if (!facts) return doubts;
    if (elsewhere_.any())
      for (Text& elsewhere : elsewhere_.sentences(*facts, context_.book)) doubts.push_back(std::move(elsewhere));
    if (!costs_or_prices_ || facts->costs.empty()) return doubts;
    account::Account account = account::assemble(std::move(*facts), context_.book);
    context_.facts.ship_rates(account.rates);
    for (Text& doubt : health::cost_doubts(account, context_.facts.checks)) doubts.push_back(std::move(doubt));
    return doubts;
  }

  // A sheet of the same marketplace and day as one before it in the workbook, as totals and copies are: the first
  // stands.
  static std::optional<Error> said_before(const ingest::SheetReport& sheet,
                                          std::map<std::string, std::string>& of_day) {
    if (!sheet.report || !account::is_snapshot(sheet.report->kind)) return std::nullopt;
    for (const account::Coverage& span : sheet.report->facts.coverage) {
      const std::string key =
          std::string(account::report_id(sheet.report->kind)) + " " + span.marketplace + " " + iso(span.last_day);
      const auto [before, fresh] = of_day.try_emplace(key, sheet.sheet);
      if (fresh) continue;
      const std::string where = span.marketplace + " " + iso(span.last_day);
      return Error{ErrorKind::kBadInput,
                   {"the sheet " + sheet.sheet + " is of the same marketplace and day as " + before->second + " (" +
                        where + "): left out",
                    "工作表“" + sheet.sheet + "”与“" + before->second + "”站点及日期相同（" + where + "）：未读取"},
                   {},
                   {"a total of other sheets is not needed; else name the sheet after its marketplace",
                    "汇总表无需导入；否则请以站点命名该工作表"}};
    }
    return std::nullopt;
  }

  Result<void> import_into(FileOutcome& outcome, Result<ingest::ReadReport>& report) {
    if (!report) return tl::unexpected(report.error());
    if (report->rows_imported == 0) {
      outcome.refused = std::move(report->refused);
      return none_taken(outcome.path, *report, outcome.refused);
    }
    if (report->kind == ReportKind::kPlanning)
      for (const account::Coverage& coverage : report->facts.coverage) {
        Date& newest = snapshots_.try_emplace(coverage.marketplace, coverage.last_day).first->second;
        newest = std::max(newest, coverage.last_day);
      }
    costs_.note(fs::path(outcome.path).filename().string() + (outcome.sheet.empty() ? "" : " " + outcome.sheet),
                *report);
    auto known = store_.known_import(account_, report->content_hash, options_);
    if (!known) return tl::unexpected(known.error());
    // The same bytes for another marketplace, or for another day, are another report.
    if (*known && !report->facts.coverage.empty() && !speaks_for(**known, report->facts.coverage.front())) {
      const account::Coverage& span = report->facts.coverage.front();
      options_ += "of=" + span.marketplace + " " + iso(span.last_day) + ";";
      known = store_.known_import(account_, report->content_hash, options_);
      if (!known) return tl::unexpected(known.error());
    }
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
    if (const auto judged = judge_import(store_, account_, *report, record, context_.facts.checks); !judged)
      return tl::unexpected(judged.error());
    record.options = options_;
    const auto guessed =
        record.status == account::ImportStatus::kInForce ? read_by_guess(record) : std::vector<int64_t>();
    const auto added = store_.add_import(account_, record, report->facts, report->refused);
    if (!added) return tl::unexpected(added.error());
    record.id = added->id;
    if (added->known) return already_there(outcome, std::move(record));  // another program was quicker
    for (const int64_t id : guessed)
      if (const auto done = store_.set_import_status(account_, id, account::ImportStatus::kDiscarded); !done)
        return tl::unexpected(done.error());
    sales_came_in_ = sales_came_in_ || account::is_sales(report->kind);
    compared_.add(report->kind, report->facts);
    pools_.add(report->kind, report->facts, context_.book);
    elsewhere_.add(report->facts, context_.book);
    known_skus_.reset();
    outcome.state = record.status == account::ImportStatus::kSetAside ? FileState::kSetAside : FileState::kImported;
    outcome.record = std::move(record);
    outcome.refused = std::move(report->refused);
    outcome.money = money_in(report->kind, report->facts, context_.book);
    costs_or_prices_ = costs_or_prices_ || !report->facts.costs.empty() || !report->facts.planning.empty() ||
                       !report->facts.manage_fba.empty() || !report->facts.fee_preview.empty() ||
                       !report->facts.rates.empty();
    return {};
  }

  // Imports of the same bytes that were read without what is said now, of which store or of what day they are: a
  // correction takes their place, and does not count beside them.
  std::vector<int64_t> read_by_guess(account::ImportRecord& record) const {
    std::vector<int64_t> guessed;
    const auto says = [&](std::string_view what) { return record.options.find(what) != std::string::npos; };
    if (!says("marketplace=") && !says("snapshot=")) return guessed;
    const auto imports = store_.imports(account_);
    if (!imports) return guessed;
    for (const account::ImportRecord& before : *imports) {
      if (before.content_hash != record.content_hash || before.report != record.report ||
          before.status == account::ImportStatus::kDiscarded || !says_more(record.options, before.options))
        continue;
      const std::string id = std::to_string(before.id);
      record.notes.push_back(
          {"takes the place of import " + id + ", the same file read without what is said now: that one is discarded",
           "取代导入 " + id + "（同一文件，当时未指定站点或日期）：该次导入已停用"});
      guessed.push_back(before.id);
    }
    return guessed;
  }

  // Whether options name a store or a day where others, the same but for that, did not.
  static bool says_more(const std::string& now, const std::string& before) {
    const auto has = [](const std::string& options, std::string_view what) {
      return options.find(what) != std::string::npos;
    };
    const auto rest = [](std::string options) {
      for (const std::string_view what : {"marketplace=", "snapshot=", "of="})
        if (const size_t at = options.find(what); at != std::string::npos)
          options.erase(at, options.find(';', at) - at + 1);
      return options;
    };
    bool more = false;
    for (const std::string_view what : {"marketplace=", "snapshot="}) {
      if (has(before, what) && !has(now, what)) return false;
      more = more || (has(now, what) && !has(before, what));
    }
    return more && rest(now) == rest(before);
  }

  // A report of which nothing is taken is none: nothing is kept of it that could be put in force.
  static Result<void> none_taken(const std::string& path, const ingest::ReadReport& report,
                                 const std::vector<account::RefusedRow>& refused) {
    const account::RefusedRow& first = refused.front();
    const std::string line = std::to_string(first.line), rows = std::to_string(report.rows_refused);
    return fail(
        ErrorKind::kBadInput,
        {account::report_name(report.kind).en + ": none of its " + rows + " rows can be taken; line " + line + ": " +
             first.reason.en,
         account::report_name(report.kind).zh + "：" + rows + " 行均无法导入；第 " + line + " 行：" + first.reason.zh},
        path, first.fix);
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

  static bool speaks_for(const account::ImportRecord& import, const account::Coverage& span) {
    const account::Coverage* held = coverage_of(import, span.marketplace);
    return held && (!account::is_snapshot(import.report) || held->last_day == span.last_day);
  }

  Compared compared_;
  PoolsSeen pools_;
  ElsewhereSeen elsewhere_;
  std::optional<account::KnownSkus> known_skus_;  // as they are now
  CostsSeen costs_;
  bool costs_or_prices_ = false;  // came in
  bool sales_came_in_ = false;
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
  std::string known;
  for (const auto& entry : context.book.entries) add_to_list(known, entry.id);
  for (const std::string& marketplace : named)
    if (!context.book.find(marketplace))
      return fail(ErrorKind::kBadUsage, {"no such marketplace: " + marketplace, "没有该站点：" + marketplace},
                  "--marketplace", {"known are " + known, "可用：" + known});
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
  return !answers.empty() || std::any_of(files.begin(), files.end(),
                                         [](const FileOutcome& file) { return file.state != FileState::kFailed; });
}

Result<ImportOutcome> import_paths(store::Store& store, int64_t account, const std::vector<std::string>& paths,
                                   const ImportOptions& options, const Context& context,
                                   const ImportProgress& progress) {
  if (const auto known = check_marketplaces(options, context); !known) return tl::unexpected(known.error());
  ImportOutcome outcome;
  const auto files = report_files(paths, context.report_names, outcome);
  if (!files) return tl::unexpected(files.error());
  std::vector<std::pair<int, size_t>> order;
  for (size_t i = 0; i < files->size(); ++i)
    order.emplace_back(files->size() > 1 ? rank_of((*files)[i], context.report_names) : 0, i);
  std::stable_sort(order.begin(), order.end());
  std::vector<FileOutcome> unreadable = std::exchange(outcome.files, {});
  std::vector<std::vector<FileOutcome>> of_file(files->size());
  Importer importer(store, account, options, context, progress);
  for (const auto& [rank, i] : order) of_file[i] = importer.import((*files)[i]);
  outcome.compared = importer.compared();
  for (auto& outcomes : of_file) std::move(outcomes.begin(), outcomes.end(), std::back_inserter(outcome.files));
  std::move(unreadable.begin(), unreadable.end(), std::back_inserter(outcome.files));
  return outcome;
}

}  // namespace destock::app

#pragma once
// Reads one report file whole: what it is, its facts, and what in it was refused and why. Memory follows the number of
// listings and days, not the size of the file.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "account/damaged_sku.h"
#include "account/import_record.h"
#include "account/marketplace_book.h"
#include "account/report_names.h"
#include "base/result.h"
#include "ingest/byte_source.h"

namespace destock::ingest {

struct ReadOptions {
  account::MarketplaceBook book;
  account::ReportNames names{};
  Date today;
  std::optional<std::string>
      marketplace;  // for reports that name none; nothing: told from the file's name, its SKUs, the account
  std::optional<Date> snapshot;  // for reports that carry no date; nothing: told from the file's name, else its time
  // The marketplaces whose listings hold these SKUs, several where they hold as many; and those of the whole account.
  std::function<std::vector<std::string>(std::span<const std::string>)> marketplaces_of_skus;
  std::function<std::vector<std::string>()> marketplaces_known{};
  // The SKUs that other reports of the account hold; nothing, or null: none are known.
  std::function<const account::KnownSkus*()> known_skus{};
  // The newest snapshot of the reports that come in together with this one, in a marketplace; nothing: there is none.
  std::function<std::optional<Date>(const std::string& marketplace)> snapshot_beside;
};

struct ReadReport {
  account::ReportKind kind = account::ReportKind::kPlanning;
  std::string content_hash;
  std::string encoding;
  std::vector<std::string> header;
  int64_t rows_read = 0, rows_imported = 0, rows_refused = 0;
  bool cut_short = false;  // text whose last line, alone, has too few fields and no end: that line is refused
  std::vector<account::RefusedRow> refused;  // the first kMostRefused
  std::vector<Text> notes;
  account::ReportFacts facts;
};
inline constexpr size_t kMostRefused = 10'000;

// kBadInput: an empty or binary file, a web page, a header without rows, no known report, a required column missing, a
// damaged gzip.
Result<ReadReport> read_report(const std::string& path, const ReadOptions& options, const Progress& progress);

// A file whole: text holds one report, a workbook one a sheet; snapshots of several days that were put together are
// several reports, the oldest first. Sheets without a report are left out, and `notes` of the
// first report says which; where no sheet holds one, the error is the first sheet's.
struct SheetReport {
  std::string sheet;  // a sheet's name, or a day of a file with several; empty: the file is one report
  Result<ReadReport> report;
};
Result<std::vector<SheetReport>> read_file(const std::string& path, const ReadOptions& options,
                                           const Progress& progress);

// Which report a file is, by its head alone.
Result<account::ReportKind> report_kind_of_file(const std::string& path, const account::ReportNames& names);

// What a file is, and what neither its head, nor its rows, nor its name say: whoever brings it is to be asked.
struct HeadSays {
  account::ReportKind kind = account::ReportKind::kPlanning;
  bool needs_day = false, needs_marketplace = false;
};
Result<HeadSays> head_says(const std::string& path, const account::MarketplaceBook& book,
                           const account::ReportNames& names);

// BLAKE2b-256 of a file's bytes, in hex.
Result<std::string> hash_of_file(const std::string& path);

}  // namespace destock::ingest

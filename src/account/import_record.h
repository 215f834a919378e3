#pragma once
// An import: one file, read once, in one transaction; what was refused in it; what became of it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "account/report_facts.h"
#include "base/text.h"

namespace destock::account {

// One row, or one value in it, that could not be taken over.
struct RefusedRow {
  int64_t line = 0;    // in the file, from 1; for a workbook its row
  std::string column;  // as the file spells it; empty: the whole row
  std::string value;
  Text reason;
  Text fix;
};

enum class ImportStatus {
  kInForce,   // used
  kSetAside,  // looks wrong: waits for the user to accept or discard it; the last good one stays in force
  kDiscarded,
};
std::string_view status_id(ImportStatus status);  // "in_force", "set_aside", "discarded"
ImportStatus import_status_of(std::string_view id);

struct ImportRecord {
  int64_t id = 0;
  ReportKind report = ReportKind::kPlanning;
  std::string path;
  std::string content_hash;  // BLAKE2b-256 of the file's bytes, hex
  std::string imported_at;   // ISO 8601, UTC
  std::string encoding;
  int64_t rows_read = 0, rows_imported = 0, rows_refused = 0;
  std::vector<std::string> header;
  ImportStatus status = ImportStatus::kInForce;
  std::vector<Text> notes;  // what was assumed, what changed, why it was set aside
  std::vector<Coverage> coverage;
  std::string options{};  // what was said about the file when it was imported: with the hash, what it is known by
  // Imports of the same kind and days without a common order: parts that count beside this one.
  std::vector<int64_t> beside{};
};

}  // namespace destock::account

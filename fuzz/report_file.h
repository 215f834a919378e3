#pragma once
// Bytes as a report file that is read: the row counts must add up, and facts must point at listings that are there.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "book.h"
#include "ingest/archive.h"
#include "ingest/read_report.h"

namespace destock::fuzz {

inline void check(const ingest::ReadReport& report) {
  const auto& facts = report.facts;
  const auto known = [&](const auto& rows) {
    for (const auto& row : rows)
      if (row.listing >= facts.listings.size()) std::abort();
  };
  if (report.rows_read != report.rows_imported + report.rows_refused) std::abort();
  known(facts.sales);
  known(facts.planning);
  known(facts.restock);
  known(facts.manage_fba);
  known(facts.reserved);
  known(facts.ledger);
  known(facts.fee_preview);
  known(facts.aged_charges);
  known(facts.returns);
  known(facts.country_stock);
  known(facts.listing_states);
}

// A file that holds the bytes; empty: it cannot be written.
inline std::string file_of(std::string_view bytes) {
  static const int file = memfd_create("report", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return {};
  return "/proc/self/fd/" + std::to_string(file);
}

// What is refused is refused with words in both languages.
inline void read_at(const std::string& path) {
  ingest::ReadOptions options;
  options.book = test::small_book();
  options.names = test::small_names();
  options.today = make_date(2026, 1, 6);
  options.marketplace = "US";
  options.snapshot = make_date(2026, 1, 5);
  const auto reports = ingest::read_file(path, options, nullptr);
  if (!reports) {
    if (reports.error().what.en.empty() || reports.error().what.zh.empty()) std::abort();
    return;
  }
  for (const ingest::SheetReport& sheet : *reports)
    if (sheet.report) check(*sheet.report);
}

inline void read_as_file(std::string_view bytes) {
  if (const std::string path = file_of(bytes); !path.empty()) read_at(path);
}

// The bytes as an archive: its list, and each file in it as one of its own.
inline void read_as_archive(std::string_view bytes) {
  const std::string path = file_of(bytes);
  if (path.empty() || !ingest::is_archive(path)) return;
  const auto members = ingest::archive_members(path);
  if (!members) return;
  for (const ingest::ArchiveMember& member : *members) {
    if (!member.path.starts_with(path + "/") || member.path.find("/../") != std::string::npos) std::abort();
    read_at(member.path);
  }
}

}  // namespace destock::fuzz

#include "store/made_lines.h"

#include <zlib.h>

#include "account/line_bytes.h"
#include "store/database.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace destock::store {
namespace {

constexpr uLongf kMostBytes = 1u << 20;  // of a line

std::string packed(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(),
            Z_BEST_SPEED);
  out.resize(size);
  return out;
}

std::optional<account::PlanLine> unpacked(std::string_view packed, std::string& room) {
  room.resize(kMostBytes);
  uLongf size = room.size();
  if (uncompress(reinterpret_cast<Bytef*>(room.data()), &size, reinterpret_cast<const Bytef*>(packed.data()),
                 packed.size()) != Z_OK)
    return std::nullopt;
  return account::line_of_bytes({room.data(), size});
}

// A statement with bytes in it, which SOCI has no words for.
class Statement {
public:
  Statement(soci::session& sql, const char* query) : sql_(handle_of(sql)) {
    if (sqlite_api::sqlite3_prepare_v2(sql_, query, -1, &statement_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite_api::sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // What is bound must outlast the step.
  void bind(int at, int64_t number) { sqlite_api::sqlite3_bind_int64(statement_, at, number); }
  void bind(int at, const std::string& text) {
    sqlite_api::sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), nullptr);
  }
  void bind_bytes(int at, const std::string& bytes) {
    sqlite_api::sqlite3_bind_blob(statement_, at, bytes.data(), static_cast<int>(bytes.size()), nullptr);
  }
  bool step() {
    const int got = sqlite_api::sqlite3_step(statement_);
    if (got != SQLITE_ROW && got != SQLITE_DONE) fail();
    return got == SQLITE_ROW;
  }
  void reset() { sqlite_api::sqlite3_reset(statement_); }
  void run() {
    step();
    reset();
  }
  std::string text(int column) { return std::string(bytes(column)); }
  std::string_view bytes(int column) {
    const auto* data = static_cast<const char*>(sqlite_api::sqlite3_column_blob(statement_, column));
    return {data, static_cast<size_t>(sqlite_api::sqlite3_column_bytes(statement_, column))};
  }

private:
  [[noreturn]] void fail() { throw soci::soci_error(sqlite_api::sqlite3_errmsg(sql_)); }
  sqlite_api::sqlite3* sql_;
  sqlite_api::sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

MadeLine made_line(const account::PlanLine& line, std::string inputs) {
  return {{line.marketplace, line.sku}, std::move(inputs), packed(account::bytes_of(line))};
}

Result<std::map<account::LineKey, std::string>> Store::inputs_of_made_lines(int64_t account) {
  return guarded(file_->path(), [&] {
    std::map<account::LineKey, std::string> inputs;
    Statement rows(*sql_, "SELECT marketplace, sku, inputs FROM made_line WHERE account_id = ?1 ORDER BY 1, 2");
    rows.bind(1, account);
    while (rows.step()) inputs.emplace_hint(inputs.end(), account::LineKey(rows.text(0), rows.text(1)), rows.text(2));
    return inputs;
  });
}

Result<void> Store::made_lines(int64_t account, const std::map<account::LineKey, std::string>& wanted,
                               const std::function<void(account::PlanLine)>& take) {
  return guarded(file_->path(), [&] {
    std::string room;
    Statement row(*sql_,
                  "SELECT line FROM made_line WHERE account_id = ?1 AND marketplace = ?2 AND sku = ?3 AND "
                  "inputs = ?4");
    for (const auto& [key, inputs] : wanted) {
      row.bind(1, account);
      row.bind(2, key.first);
      row.bind(3, key.second);
      row.bind(4, inputs);
      if (row.step())
        if (auto line = unpacked(row.bytes(0), room)) take(std::move(*line));
      row.reset();
    }
  });
}

Result<void> Store::keep_made_lines(int64_t account, std::span<const MadeLine> made,
                                    std::span<const account::LineKey> gone) {
  return written(*sql_, *file_, [&] {
    Statement drop(*sql_, "DELETE FROM made_line WHERE account_id = ?1 AND marketplace = ?2 AND sku = ?3");
    for (const account::LineKey& key : gone) {
      drop.bind(1, account);
      drop.bind(2, key.first);
      drop.bind(3, key.second);
      drop.run();
    }
    Statement put(*sql_,
                  "INSERT OR REPLACE INTO made_line (account_id, marketplace, sku, inputs, line) VALUES (?1, "
                  "?2, ?3, ?4, ?5)");
    for (const MadeLine& line : made) {
      put.bind(1, account);
      put.bind(2, line.key.first);
      put.bind(3, line.key.second);
      put.bind(4, line.inputs);
      put.bind_bytes(5, line.packed);
      put.run();
    }
  });
}

}  // namespace destock::store

#include "store/store.h"

#include <algorithm>
#include <map>
#include <span>

#include "store/bulk_insert.h"
#include "store/database.h"
#include "store/day_runs.h"
#include "store/orders_of_day.h"
#include "store/read_facts.h"
#include "store/write_facts.h"

namespace destock::store {
namespace {

std::string joined_header(const std::vector<std::string>& header) {
  std::string text;
  for (size_t i = 0; i < header.size(); ++i) text += (i ? "\t" : "") + header[i];
  return text;
}

std::vector<std::string> split_header(const std::string& text) {
  std::vector<std::string> header;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\t', at), text.size());
    header.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return header;
}

// Notes and coverage of a record that was read.
void complete(soci::session& sql, account::ImportRecord& record) {
  const long long id = record.id;
  soci::rowset<soci::row> notes =
      (sql.prepare << "SELECT en, zh FROM import_note WHERE import_id = :id ORDER BY position", soci::use(id));
  for (const soci::row& row : notes) record.notes.push_back({row.get<std::string>(0), row.get<std::string>(1)});
  soci::rowset<soci::row> spans = (sql.prepare << "SELECT marketplace, first_day, last_day, row_count, skus, units "
                                                  "FROM coverage WHERE import_id = :id ORDER BY marketplace",
                                   soci::use(id));
  for (const soci::row& row : spans)
    record.coverage.push_back({row.get<std::string>(0),
                               date_of_day_number(row.get<long long>(1)),
                               date_of_day_number(row.get<long long>(2)),
                               {},
                               {},
                               row.get<long long>(3),
                               row.get<long long>(4),
                               row.get<long long>(5)});
}

constexpr const char* kImportColumns =
    "SELECT CAST(id AS TEXT), report, path, content_hash, imported_at, encoding, rows_read, rows_imported, "
    "rows_refused, header, status, options FROM import WHERE account_id = :account";

// `and_where`: more of the condition, without values from outside.
std::vector<account::ImportRecord> read_imports(soci::session& sql, int64_t account,
                                                const std::string& and_where = {}) {
  std::vector<account::ImportRecord> records;
  const long long owner = account;
  {
    soci::rowset<soci::row> rows = (sql.prepare << kImportColumns + and_where + " ORDER BY id", soci::use(owner));
    for (const soci::row& row : rows) {
      account::ImportRecord record;
      record.id = std::stoll(row.get<std::string>(0));
      record.report = report_kind_in(row.get<std::string>(1));
      record.path = row.get<std::string>(2);
      record.content_hash = row.get<std::string>(3);
      record.imported_at = row.get<std::string>(4);
      record.encoding = row.get<std::string>(5);
      record.rows_read = row.get<long long>(6);
      record.rows_imported = row.get<long long>(7);
      record.rows_refused = row.get<long long>(8);
      record.header = split_header(row.get<std::string>(9));
      record.status = account::import_status_of(row.get<std::string>(10));
      record.options = row.get<std::string>(11);
      records.push_back(std::move(record));
    }
  }
  for (account::ImportRecord& record : records) complete(sql, record);
  return records;
}

long long insert_import(soci::session& sql, int64_t account, const account::ImportRecord& record) {
  const long long owner = account, read = record.rows_read, imported = record.rows_imported,
                  refused = record.rows_refused;
  const std::string report(account::report_id(record.report)), header = joined_header(record.header),
                                                               status(account::status_id(record.status));
  sql << "INSERT INTO import (account_id, report, path, content_hash, imported_at, encoding, rows_read, rows_imported, "
         "rows_refused, header, status, options) "
         "VALUES (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l)",
      soci::use(owner), soci::use(report), soci::use(record.path), soci::use(record.content_hash),
      soci::use(record.imported_at), soci::use(record.encoding), soci::use(read), soci::use(imported),
      soci::use(refused), soci::use(header), soci::use(status), soci::use(record.options);
  long long id = 0;
  sql << "SELECT last_insert_rowid()", soci::into(id);
  return id;
}

// The newest import with these bytes and options that is not discarded; 0: none.
long long known_id(soci::session& sql, int64_t account, const std::string& content_hash, const std::string& options) {
  const long long owner = account;
  long long id = 0;
  soci::indicator any = soci::i_null;
  sql << "SELECT max(id) FROM import WHERE account_id = :a AND content_hash = :h AND options = :o AND status <> "
         "'discarded'",
      soci::use(owner), soci::use(content_hash), soci::use(options), soci::into(id, any);
  return any == soci::i_ok ? id : 0;
}

void write_import(soci::session& sql, int64_t account, long long id, const account::ImportRecord& record,
                  const account::ReportFacts& facts, std::span<const account::RefusedRow> refused) {
  BulkInsert notes(sql, "import_note",
                   {{"import_id", ColumnType::kInteger},
                    {"position", ColumnType::kInteger},
                    {"en", ColumnType::kText},
                    {"zh", ColumnType::kText}});
  int64_t position = 0;
  for (const Text& note : record.notes)
    notes.add({value(int64_t{id}), value(position++), value(note.en), value(note.zh)});
  notes.finish();
  BulkInsert rows(sql, "refused_row",
                  {{"import_id", ColumnType::kInteger},
                   {"line", ColumnType::kInteger},
                   {"column_name", ColumnType::kText},
                   {"value", ColumnType::kText},
                   {"reason_en", ColumnType::kText},
                   {"reason_zh", ColumnType::kText},
                   {"fix_en", ColumnType::kText},
                   {"fix_zh", ColumnType::kText}});
  for (const account::RefusedRow& row : refused)
    rows.add({value(int64_t{id}), value(row.line), value(row.column), value(row.value), value(row.reason.en),
              value(row.reason.zh), value(row.fix.en), value(row.fix.zh)});
  rows.finish();
  BulkInsert beside(sql, "import_beside", {{"import_id", kInt}, {"other_id", kInt}});
  for (const int64_t other : record.beside) beside.add({value(int64_t{id}), value(other)});
  beside.finish();
  write_facts(sql, account, id, facts);
}

}  // namespace

Store::Store(std::unique_ptr<soci::session> sql, std::shared_ptr<const DatabaseFile> file, Text notice)
    : sql_(std::move(sql)), file_(std::move(file)), notice_(std::move(notice)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& url) {
  return open(url, WhenMissing::kCreate);
}

Result<Store> Store::open(const std::string& url, WhenMissing when) {
  auto opened = open_database(url, when);
  if (!opened) return tl::unexpected(opened.error());
  return Store(std::move(opened->sql), std::move(opened->file), std::move(opened->notice));
}

void Store::set_patience(std::chrono::seconds patience) {
  store::set_patience(*sql_, patience);
}

Result<std::optional<int64_t>> Store::find_account(const std::string& name) {
  return guarded(file_->path(), [&]() -> std::optional<int64_t> {
    long long id = 0;
    *sql_ << "SELECT id FROM account WHERE name = :name", soci::use(name), soci::into(id);
    return sql_->got_data() ? std::optional<int64_t>(id) : std::nullopt;
  });
}

Result<int64_t> Store::account(const std::string& name) {
  const auto found = find_account(name);
  if (!found) return tl::unexpected(found.error());
  if (*found) return **found;
  return written(*sql_, *file_, [&]() -> int64_t {
    *sql_ << "INSERT INTO account (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", soci::use(name);
    long long id = 0;
    *sql_ << "SELECT id FROM account WHERE name = :name", soci::use(name), soci::into(id);
    return id;
  });
}

Result<void> Store::set_base_currency(int64_t account, Currency currency) {
  return written(*sql_, *file_, [&] {
    const std::string code = currency.str();
    const long long id = account;
    *sql_ << "UPDATE account SET base_currency = :code WHERE id = :id", soci::use(code), soci::use(id);
    raise_revision(*sql_, account);
  });
}

Result<std::optional<account::ImportRecord>> Store::known_import(int64_t account, const std::string& content_hash,
                                                                 const std::string& options) {
  return guarded(file_->path(), [&]() -> std::optional<account::ImportRecord> {
    const long long id = known_id(*sql_, account, content_hash, options);
    if (id == 0) return std::nullopt;
    auto records = read_imports(*sql_, account, " AND id = " + std::to_string(id));
    if (records.empty()) return std::nullopt;
    return std::move(records.front());
  });
}

Result<Store::Added> Store::add_import(int64_t account, const account::ImportRecord& record,
                                       const account::ReportFacts& facts,
                                       std::span<const account::RefusedRow> refused) {
  return written(*sql_, *file_, [&]() -> Added {
    if (const long long known = known_id(*sql_, account, record.content_hash, record.options)) return {known, true};
    const long long id = insert_import(*sql_, account, record);
    write_import(*sql_, account, id, record, facts, refused);
    raise_revision(*sql_, account);
    return {id, false};
  });
}

Result<std::vector<account::ImportRecord>> Store::imports(int64_t account) {
  return guarded(file_->path(), [&] { return read_imports(*sql_, account); });
}

Result<std::vector<account::RefusedRow>> Store::refused_rows(int64_t import, int64_t most) {
  return guarded(file_->path(), [&] {
    std::vector<account::RefusedRow> refused;
    const long long id = import, limit = most;
    soci::rowset<soci::row> rows =
        (sql_->prepare << "SELECT line, column_name, value, reason_en, reason_zh, fix_en, fix_zh FROM refused_row "
                          "WHERE import_id = :id ORDER BY id LIMIT :most",
         soci::use(id), soci::use(limit));
    for (const soci::row& row : rows)
      refused.push_back({row.get<long long>(0),
                         row.get<std::string>(1),
                         row.get<std::string>(2),
                         {row.get<std::string>(3), row.get<std::string>(4)},
                         {row.get<std::string>(5), row.get<std::string>(6)}});
    return refused;
  });
}

Result<void> Store::set_import_status(int64_t account, int64_t import, account::ImportStatus status) {
  bool other = false;
  const auto done = written(*sql_, *file_, [&] {
    const std::string id(account::status_id(status));
    const long long which = import, owner = account;
    long long same = 0;
    *sql_ << "SELECT count(*) FROM import i JOIN import o ON o.account_id = i.account_id AND o.content_hash = "
             "i.content_hash AND o.options = i.options AND o.id <> i.id AND o.status <> 'discarded' WHERE i.id = :id",
        soci::use(which), soci::into(same);
    other = same > 0 && status != account::ImportStatus::kDiscarded;
    if (other) return;
    *sql_ << "UPDATE import SET status = :status WHERE id = :id AND account_id = :account", soci::use(id),
        soci::use(which), soci::use(owner);
    raise_revision(*sql_, account);
  });
  if (done && other)
    return fail(ErrorKind::kRefused,
                {"the same file was imported again since, and is in use", "同一文件已重新导入并在使用中"},
                std::to_string(import), {"discard that import first", "请先停用那次导入"});
  return done;
}

Result<std::vector<std::string>> Store::marketplaces_of_skus(int64_t account, std::span<const std::string> skus) {
  return guarded(file_->path(), [&] {
    std::map<std::string, size_t> hits;
    const long long owner = account;
    std::string sku, marketplace;
    for (const std::string& wanted : skus) {
      sku = wanted;
      soci::rowset<soci::row> rows =
          (sql_->prepare << "SELECT marketplace FROM listing WHERE account_id = :account AND sku = :sku",
           soci::use(owner), soci::use(sku));
      for (const soci::row& row : rows) ++hits[row.get<std::string>(0)];
    }
    size_t most = 1;
    for (const auto& [id, count] : hits) most = std::max(most, count);
    std::vector<std::string> best;
    for (const auto& [id, count] : hits)
      if (count == most && count * 2 >= skus.size()) best.push_back(id);
    return best;
  });
}

namespace {

std::vector<std::string> texts_of(soci::session& sql, const std::string& query, long long first,
                                  const std::string* second = nullptr) {
  std::vector<std::string> texts;
  const auto take = [&](const soci::rowset<soci::row>& rows) {
    for (const soci::row& row : rows) texts.push_back(row.get<std::string>(0));
  };
  if (second)
    take(soci::rowset<soci::row>((sql.prepare << query, soci::use(first), soci::use(*second))));
  else
    take(soci::rowset<soci::row>((sql.prepare << query, soci::use(first))));
  return texts;
}

}  // namespace

Result<std::vector<std::string>> Store::marketplaces(int64_t account) {
  return guarded(file_->path(), [&] {
    return texts_of(*sql_, "SELECT DISTINCT marketplace FROM listing WHERE account_id = :a ORDER BY marketplace",
                    account);
  });
}

Result<std::vector<std::string>> Store::skus(int64_t account) {
  return guarded(file_->path(), [&] {
    return texts_of(*sql_, "SELECT DISTINCT sku FROM listing WHERE account_id = :a ORDER BY sku", account);
  });
}

Result<std::vector<std::string>> Store::skus_of(int64_t import, account::ReportKind report,
                                                const std::string& marketplace) {
  using account::ReportKind;
  const std::string table = report == ReportKind::kPlanning     ? "planning"
                            : report == ReportKind::kManageFba  ? "manage_fba"
                            : report == ReportKind::kReserved   ? "reserved"
                            : report == ReportKind::kFeePreview ? "fee_preview"
                                                                : "";
  if (table.empty()) return std::vector<std::string>();
  return guarded(file_->path(), [&] {
    return texts_of(*sql_,
                    "SELECT DISTINCT l.sku FROM " + table +
                        " t JOIN listing l ON l.id = t.listing_id WHERE t.import_id = :i AND l.marketplace = :m "
                        "ORDER BY l.sku",
                    import, &marketplace);
  });
}

Result<std::optional<Date>> Store::latest_day(int64_t account) {
  return guarded(file_->path(), [&]() -> std::optional<Date> {
    std::optional<Date> snapshot;
    std::optional<Date> sale;
    for (const account::ImportRecord& record : read_imports(*sql_, account, " AND status = 'in_force'")) {
      for (const account::Coverage& coverage : record.coverage) {
        auto& newest = account::is_snapshot(record.report) ? snapshot : sale;
        const bool tells_days = account::is_snapshot(record.report) || account::is_sales(record.report) ||
                                record.report == account::ReportKind::kLedger;
        if (tells_days && (!newest || *newest < coverage.last_day)) newest = coverage.last_day;
      }
    }
    if (snapshot) return snapshot;
    if (sale) return *sale + Days(1);
    return std::nullopt;
  });
}

Result<account::FactsInForce> Store::facts_in_force(int64_t account, Date as_of) {
  return guarded(file_->path(), [&] { return read_facts(*sql_, account, as_of); });
}

namespace {

// Units of a listing's days of sales.
int64_t units_within(std::string_view days, int64_t first, int64_t last) {
  int64_t units = 0;
  each_day_in<1>(days, [&](int32_t day, std::span<const int64_t, 1> figures) {
    if (day >= first && day <= last) units += figures[0];
  });
  return units;
}

}  // namespace

Result<std::vector<std::pair<std::string, int64_t>>> Store::best_sellers(int64_t account,
                                                                         const std::string& marketplace, Date from,
                                                                         Date to, int64_t most) {
  return guarded(file_->path(), [&] {
    const long long owner = account, first = day_number(from), last = day_number(to);
    std::string sku, days;
    long long import = 0;
    soci::statement runs =
        (sql_->prepare << "SELECT l.sku, s.import_id, s.days FROM sales_of_listing s JOIN listing l ON l.id = "
                          "s.listing_id JOIN import i ON i.id = s.import_id WHERE i.account_id = :account AND "
                          "i.status = 'in_force' AND l.marketplace = :marketplace AND s.last_day >= :from AND "
                          "s.first_day <= :to",
         soci::use(owner), soci::use(marketplace), soci::use(first), soci::use(last), soci::into(sku),
         soci::into(import), soci::into(days));
    std::map<std::pair<std::string, long long>, int64_t> sold;
    runs.execute();
    while (runs.fetch()) sold[{sku, import}] += units_within(days, first, last);
    // The largest figure any one import gives: enough to know a best-seller, and never counted twice.
    std::map<std::string, int64_t> most_of;
    for (const auto& [key, units] : sold)
      if (units > 0) most_of[key.first] = std::max(most_of[key.first], units);
    std::vector<std::pair<std::string, int64_t>> sellers(most_of.begin(), most_of.end());
    std::stable_sort(sellers.begin(), sellers.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (static_cast<int64_t>(sellers.size()) > most) sellers.resize(static_cast<size_t>(most));
    return sellers;
  });
}

Result<int64_t> Store::units_sold(int64_t import, const std::string& marketplace, Date from, Date to) {
  return guarded(file_->path(), [&]() -> int64_t {
    const long long id = import, first = day_number(from), last = day_number(to);
    int64_t units = 0;
    std::string days;
    soci::statement runs =
        (sql_->prepare << "SELECT s.days FROM sales_of_listing s JOIN listing l ON l.id = s.listing_id WHERE "
                          "s.import_id = :id AND l.marketplace = :marketplace AND s.last_day >= :from AND "
                          "s.first_day <= :to",
         soci::use(id), soci::use(marketplace), soci::use(first), soci::use(last), soci::into(days));
    runs.execute();
    while (runs.fetch()) units += units_within(days, first, last);
    return units;
  });
}

Result<std::vector<account::OrdersOfDay>> Store::orders_of(int64_t import, const std::string& marketplace, Date from,
                                                           Date to) {
  return guarded(file_->path(), [&] { return read_orders_of_day(*sql_, import, marketplace, from, to); });
}

Result<void> Store::add_rate(int64_t account, const account::ExchangeRateRow& rate) {
  return written(*sql_, *file_, [&] {
    const long long owner = account, day = day_number(rate.day);
    const std::string from = rate.from.str(), to = rate.to.str();
    *sql_
        << "INSERT INTO exchange_rate (account_id, day, from_currency, to_currency, rate) VALUES (:a, :b, :c, :d, :e)",
        soci::use(owner), soci::use(day), soci::use(from), soci::use(to), soci::use(rate.rate);
    raise_revision(*sql_, account);
  });
}

Result<std::vector<account::ExchangeRateRow>> Store::rates(int64_t account) {
  return guarded(file_->path(), [&] { return read_rates(*sql_, account); });
}

}  // namespace destock::store

#include "store/store.h"

#include <map>

#include "store/bulk_insert.h"
#include "store/database.h"
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

std::vector<account::ImportRecord> read_imports(soci::session& sql, const std::string& where) {
  std::vector<account::ImportRecord> records;
  {
    soci::rowset<soci::row> rows = sql.prepare
                                   << "SELECT CAST(id AS TEXT), report, path, content_hash, imported_at, encoding, "
                                      "rows_read, rows_imported, rows_refused, header, status FROM import WHERE " +
                                          where + " ORDER BY id";
    for (const soci::row& row : rows) {
      account::ImportRecord record;
      record.id = std::stoll(row.get<std::string>(0));
      record.report = *account::report_kind_of(row.get<std::string>(1));
      record.path = row.get<std::string>(2);
      record.content_hash = row.get<std::string>(3);
      record.imported_at = row.get<std::string>(4);
      record.encoding = row.get<std::string>(5);
      record.rows_read = row.get<long long>(6);
      record.rows_imported = row.get<long long>(7);
      record.rows_refused = row.get<long long>(8);
      record.header = split_header(row.get<std::string>(9));
      record.status = account::import_status_of(row.get<std::string>(10));
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
         "rows_refused, header, status) "
         "VALUES (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k)",
      soci::use(owner), soci::use(report), soci::use(record.path), soci::use(record.content_hash),
      soci::use(record.imported_at), soci::use(record.encoding), soci::use(read), soci::use(imported),
      soci::use(refused), soci::use(header), soci::use(status);
  long long id = 0;
  sql << "SELECT last_insert_rowid()", soci::into(id);
  return id;
}

}  // namespace

Store::Store(std::unique_ptr<soci::session> sql, std::string url) : sql_(std::move(sql)), url_(std::move(url)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& url) {
  auto sql = open_database(url);
  if (!sql) return tl::unexpected(sql.error());
  return Store(std::move(*sql), url);
}

Result<int64_t> Store::account(const std::string& name) {
  return guarded(url_, [&]() -> int64_t {
    long long id = 0;
    *sql_ << "SELECT id FROM account WHERE name = :name", soci::use(name), soci::into(id);
    if (sql_->got_data()) return id;
    *sql_ << "INSERT INTO account (name) VALUES (:name)", soci::use(name);
    *sql_ << "SELECT id FROM account WHERE name = :name", soci::use(name), soci::into(id);
    return id;
  });
}

Result<std::optional<Currency>> Store::base_currency(int64_t account) {
  return guarded(url_, [&]() -> std::optional<Currency> {
    std::string code;
    soci::indicator given = soci::i_null;
    const long long id = account;
    *sql_ << "SELECT base_currency FROM account WHERE id = :id", soci::use(id), soci::into(code, given);
    return given == soci::i_ok ? Currency::parse(code) : std::nullopt;
  });
}

Result<void> Store::set_base_currency(int64_t account, Currency currency) {
  return guarded(url_, [&] {
    const std::string code = currency.str();
    const long long id = account;
    *sql_ << "UPDATE account SET base_currency = :code WHERE id = :id", soci::use(code), soci::use(id);
  });
}

Result<std::optional<account::ImportRecord>> Store::import_of_hash(int64_t account, const std::string& content_hash) {
  return guarded(url_, [&]() -> std::optional<account::ImportRecord> {
    auto records =
        read_imports(*sql_, "account_id = " + std::to_string(account) + " AND content_hash = '" + content_hash + "'");
    if (records.empty()) return std::nullopt;
    return std::move(records.front());
  });
}

Result<int64_t> Store::add_import(int64_t account, const account::ImportRecord& record,
                                  const account::ReportFacts& facts, std::span<const account::RefusedRow> refused) {
  return guarded(url_, [&]() -> int64_t {
    soci::transaction all(*sql_);
    const long long id = insert_import(*sql_, account, record);
    BulkInsert notes(*sql_, "import_note",
                     {{"import_id", ColumnType::kInteger},
                      {"position", ColumnType::kInteger},
                      {"en", ColumnType::kText},
                      {"zh", ColumnType::kText}});
    int64_t position = 0;
    for (const Text& note : record.notes)
      notes.add({value(int64_t{id}), value(position++), value(note.en), value(note.zh)});
    notes.finish();
    BulkInsert rows(*sql_, "refused_row",
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
    write_facts(*sql_, account, id, facts);
    all.commit();
    return id;
  });
}

Result<std::vector<account::ImportRecord>> Store::imports(int64_t account) {
  return guarded(url_, [&] { return read_imports(*sql_, "account_id = " + std::to_string(account)); });
}

Result<std::vector<account::RefusedRow>> Store::refused_rows(int64_t import, int64_t most) {
  return guarded(url_, [&] {
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
  return guarded(url_, [&] {
    const std::string id(account::status_id(status));
    const long long which = import, owner = account;
    *sql_ << "UPDATE import SET status = :status WHERE id = :id AND account_id = :account", soci::use(id),
        soci::use(which), soci::use(owner);
  });
}

Result<std::optional<std::string>> Store::marketplace_of_skus(int64_t account, std::span<const std::string> skus) {
  return guarded(url_, [&]() -> std::optional<std::string> {
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
    const auto best =
        std::max_element(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (best == hits.end() || best->second * 2 < skus.size()) return std::nullopt;
    return best->first;
  });
}

Result<std::optional<Date>> Store::latest_day(int64_t account) {
  return guarded(url_, [&]() -> std::optional<Date> {
    std::optional<Date> snapshot;
    std::optional<Date> sale;
    for (const account::ImportRecord& record :
         read_imports(*sql_, "status = 'in_force' AND account_id = " + std::to_string(account))) {
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
  return guarded(url_, [&] { return read_facts(*sql_, account, as_of); });
}

Result<std::vector<std::pair<std::string, int64_t>>> Store::best_sellers(int64_t account,
                                                                         const std::string& marketplace, Date from,
                                                                         Date to, int64_t most) {
  return guarded(url_, [&] {
    std::vector<std::pair<std::string, int64_t>> sellers;
    const long long owner = account, first = day_number(from), last = day_number(to), limit = most;
    // The largest figure any one import gives: enough to know a best-seller, and never counted twice.
    soci::rowset<soci::row> rows =
        (sql_->prepare << "SELECT sku, CAST(max(sold) AS TEXT) FROM (SELECT l.sku AS sku, s.import_id, sum(s.units) AS "
                          "sold FROM sales_day s "
                          "JOIN listing l ON l.id = s.listing_id JOIN import i ON i.id = s.import_id "
                          "WHERE i.account_id = :account AND i.status = 'in_force' AND l.marketplace = :marketplace "
                          "AND s.day BETWEEN :from AND :to "
                          "GROUP BY l.sku, s.import_id) GROUP BY sku ORDER BY max(sold) DESC, sku LIMIT :most",
         soci::use(owner), soci::use(marketplace), soci::use(first), soci::use(last), soci::use(limit));
    for (const soci::row& row : rows)
      sellers.emplace_back(row.get<std::string>(0), std::stoll(row.get<std::string>(1)));
    return sellers;
  });
}

Result<int64_t> Store::units_sold(int64_t import, const std::string& marketplace, Date from, Date to) {
  return guarded(url_, [&]() -> int64_t {
    const long long id = import, first = day_number(from), last = day_number(to);
    long long units = 0;
    soci::indicator any = soci::i_null;
    *sql_ << "SELECT sum(s.units) FROM sales_day s JOIN listing l ON l.id = s.listing_id WHERE s.import_id = :id AND "
             "l.marketplace = :marketplace AND s.day BETWEEN :from AND :to",
        soci::use(id), soci::use(marketplace), soci::use(first), soci::use(last), soci::into(units, any);
    return any == soci::i_ok ? units : 0;
  });
}

Result<void> Store::add_rate(int64_t account, const account::ExchangeRateRow& rate) {
  return guarded(url_, [&] {
    const long long owner = account, day = day_number(rate.day);
    const std::string from = rate.from.str(), to = rate.to.str();
    *sql_
        << "INSERT INTO exchange_rate (account_id, day, from_currency, to_currency, rate) VALUES (:a, :b, :c, :d, :e)",
        soci::use(owner), soci::use(day), soci::use(from), soci::use(to), soci::use(rate.rate);
  });
}

Result<std::vector<account::ExchangeRateRow>> Store::rates(int64_t account) {
  return guarded(url_, [&] {
    std::vector<account::ExchangeRateRow> rates;
    const long long owner = account;
    soci::rowset<soci::row> rows = (sql_->prepare << "SELECT day, from_currency, to_currency, rate FROM exchange_rate "
                                                     "WHERE account_id = :account ORDER BY id",
                                    soci::use(owner));
    for (const soci::row& row : rows)
      rates.push_back({date_of_day_number(row.get<long long>(0)), currency_of(row.get<std::string>(1)),
                       currency_of(row.get<std::string>(2)), row.get<double>(3)});
    return rates;
  });
}

}  // namespace destock::store

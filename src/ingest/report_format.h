#pragma once
// A report format: the columns it is known by, and the reader that turns its rows into facts.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "account/damaged_sku.h"
#include "account/import_record.h"
#include "account/marketplace_book.h"
#include "account/report_facts.h"
#include "ingest/listing_table.h"
#include "ingest/row.h"

namespace destock::ingest {

// What a reader works with; lives as long as the reader.
struct ReadContext {
  const account::MarketplaceBook& book;
  const account::ReportNames& names;
  const Conventions& conventions;
  account::ReportFacts& facts;
  std::vector<Text>& notes;
  ListingTable listings;
  std::span<const std::string> header;  // as the file spells it
  bool default_used = false;            // some row named no marketplace, and the file's own was taken

  const Layout* layout = nullptr;
  std::function<const account::KnownSkus*()> known_skus{};   // of other reports
  std::function<std::vector<std::string>()> stores_known{};  // that other reports tell of
  std::span<const std::vector<std::string>> sample{};        // the first rows
  // Whether a column of the file, by its name, is one that the format reads.
  bool reads(std::string_view name) const;

  // The listing of a row: its SKU checked, its names kept at first sight. Nothing: the row is refused.
  std::optional<account::ListingIndex> listing_of(Row& row, std::string_view marketplace, size_t sku_column,
                                                  int asin_column, int fnsku_column, int title_column);
  // The SKU of a row as the account knows it, or empty: the row is refused. One that a spreadsheet has damaged is the
  // one known SKU that it can mean, which is noted; so is one that looks damaged and cannot be told.
  std::string sku_in(Row& row, size_t sku_column, std::string_view sku);
  std::string_view without_apostrophe(std::string_view sku) const;
  // The SKUs of a cell that may name several ("A-1, A-2"): one where a SKU is written so. Empty: the row is refused.
  std::vector<std::string> skus_in(Row& row, size_t sku_column, std::string_view written);
  std::vector<Text> sku_notes() const;
  // Of a report that completes others: whether one of them has the row's SKU; else the row is refused.
  bool completes(Row& row, size_t sku_column);
  // Of a report of what became of things: whether any report of stock or sales is there; else the row is refused.
  bool beside_others(Row& row);
  // The row's marketplace by the name in `column`; the file's own where the column is absent or blank. Null: refused.
  const account::MarketplaceEntry* marketplace_of(Row& row, int column);
  // The same for the country of a centre: a country without a store of its own belongs to a network.
  const account::MarketplaceEntry* marketplace_of_centre(Row& row, int column);
  // Where a row names none: the one marketplace that has its currency, if nothing else says which; else the file's.
  // `of_network`: those that other reports tell of go before the rest, and of several in one network any will do; both
  // are said.
  const account::MarketplaceEntry* marketplace_by_currency(Row& row, size_t currency_column, bool of_network = false);
  const account::MarketplaceEntry* default_marketplace() {
    default_used = true;
    return book.find(conventions.marketplace);
  }
  // Marketplaces with a currency, by id: "DE, FR, IT".
  std::vector<const account::MarketplaceEntry*> with_currency(std::string_view currency) const;
  // The row's currency must be the marketplace's where it is given.
  bool currency_agrees(Row& row, size_t column, const account::MarketplaceEntry& marketplace);

  struct Damaged {
    std::string meant;  // empty: not told
    account::SkuDamage damage = account::SkuDamage::kNone;
    std::string several{};  // that it may be each of: "00123, 0123"
  };
  std::map<std::string, Damaged, std::less<>> damaged{};  // SKUs of this file
  // Which store a currency was taken for, and of which others it may be.
  struct ByCurrency {
    const account::MarketplaceEntry* entry = nullptr;
    std::string likely{};  // "DE, FR"
    bool known = false;    // narrowed down by what other reports tell of
  };
  std::map<std::string, ByCurrency, std::less<>> by_currency{};

private:
  ByCurrency told_by_currency(const Currency& currency, bool of_network) const;
};

// A SKU without the spaces and marks around it that nobody sees.
std::string_view plain_sku(std::string_view sku);
// Whether it can be one: there, readable, and not what a spreadsheet makes of long digits; else the row is refused.
bool check_sku(Row& row, size_t sku_column, std::string_view sku);

// The id of an order or a promotion: there, and not what a spreadsheet makes of long digits; else the row is refused.
std::string id_in(Row& row, size_t column);

class ReportReader {
public:
  virtual ~ReportReader() = default;
  // Takes the row over into the facts, or refuses it.
  virtual void read(Row& row) = 0;
  // After the last row: sums, coverage, notes.
  virtual void finish() = 0;
};

template <typename Reader>
std::unique_ptr<ReportReader> make_reader(ReadContext& context) {
  return std::make_unique<Reader>(context);
}

struct ReportFormat {
  account::ReportKind kind;
  std::vector<ColumnSpec> columns;
  std::unique_ptr<ReportReader> (*make_reader)(ReadContext&);
  bool names_marketplace = false;  // some column says which marketplace a row is of
  bool has_own_date = true;
  size_t sku_column = 0;
  std::vector<size_t> number_columns;  // looked at to tell 1.234,5 from 1,234.5
  std::vector<size_t> date_columns;    // looked at to tell 07/08 from 08/07
  int marketplace_column = -1;
  // Whether a header that lacks a required column is the report all the same; null: never.
  bool (*suffices)(const Layout&) = nullptr;
  // Of a report of balances: the one a day starts with, the one it ends with, and what makes rows of one thing.
  struct Balances {
    size_t starting, ending;
    std::vector<size_t> same;
  };
  std::optional<Balances> balances{};
};

// The formats the program reads, in the order in which a header is tried.
std::span<const ReportFormat> report_formats();

// The rows, SKUs and units of a snapshot report, by marketplace; days are the snapshot's.
class CoverageCount {
public:
  void add(const std::string& marketplace, Date day, int64_t units, account::ListingIndex listing);
  void finish(account::ReportFacts& facts);

private:
  struct Count {
    account::Coverage coverage;
    std::vector<account::ListingIndex> listings;
  };
  std::vector<Count> counts_;
};

// Refuses a second row of the same listing (and condition): a report says a thing once.
class SeenOnce {
public:
  bool first(Row& row, account::ListingIndex listing, std::string_view condition, size_t sku_column,
             std::optional<Date> day = {});

private:
  std::unordered_map<std::string, int64_t> line_of_;
};

}  // namespace destock::ingest

#pragma once
// A report format: the columns it is known by, and the reader that turns its rows into facts.

#include <memory>
#include <span>
#include <vector>

#include "account/import_record.h"
#include "account/marketplace_book.h"
#include "account/report_facts.h"
#include "ingest/listing_table.h"
#include "ingest/row.h"

namespace destock::ingest {

// What a reader works with; lives as long as the reader.
struct ReadContext {
  const account::MarketplaceBook& book;
  const Conventions& conventions;
  account::ReportFacts& facts;
  std::vector<Text>& notes;
  ListingTable listings;
  std::span<const std::string> header;  // as the file spells it
  bool default_used = false;            // some row named no marketplace, and the file's own was taken

  const Layout* layout = nullptr;
  // Whether a column of the file, by its name, is one that the format reads.
  bool reads(std::string_view name) const;

  // The listing of a row: its SKU checked, its names kept at first sight. Nothing: the row is refused.
  std::optional<account::ListingIndex> listing_of(Row& row, std::string_view marketplace, size_t sku_column,
                                                  int asin_column, int fnsku_column, int title_column);
  // The row's marketplace by the name in `column`; the file's own where the column is absent or blank. Null: refused.
  const account::MarketplaceEntry* marketplace_of(Row& row, int column);
  // The same for the country of a centre: a country without a store of its own belongs to a network.
  const account::MarketplaceEntry* marketplace_of_centre(Row& row, int column);
  // Where a row names none: the one marketplace that has its currency, if nothing else says which; else the file's.
  const account::MarketplaceEntry* marketplace_by_currency(Row& row, size_t currency_column);
  const account::MarketplaceEntry* default_marketplace() {
    default_used = true;
    return book.find(conventions.marketplace);
  }
  // Marketplaces with a currency, by id: "DE, FR, IT".
  std::vector<const account::MarketplaceEntry*> with_currency(std::string_view currency) const;
  // The row's currency must be the marketplace's where it is given.
  bool currency_agrees(Row& row, size_t column, const account::MarketplaceEntry& marketplace);
};

// A SKU without the spaces and marks around it that nobody sees.
std::string_view plain_sku(std::string_view sku);
// Whether it can be one: there, readable, and not what a spreadsheet makes of long digits; else the row is refused.
bool check_sku(Row& row, size_t sku_column, std::string_view sku);

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

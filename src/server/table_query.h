#pragma once
// A table asked for with filters, order and pages. The same table is the terminal's, the workbook's and the CSV's.
//   q=words                 every word stands in some text of the row
//   f.COLUMN=a&f.COLUMN=b   texts: one of these (the English word, in any language); a value that no row has is read as
//   a
//                           list, a,b; numbers: from..to, either may lack; money is meant and sorted in the base
//                           currency
//   sort=-excess_units,sku  "-": the largest first; the unknown last
//   columns=a,b             these columns alone
//   limit=100, offset=0 or cursor=…; facets=band,owner: how many rows have each value, filters aside, and how many more
//   values there are than are told
// kBadUsage names a column or value that cannot be.

#include <functional>
#include <map>
#include <vector>

#include "app/json.h"
#include "base/result.h"
#include "deliver/table.h"
#include "server/http.h"

namespace destock::server {

// Amounts of several currencies are compared in one: what a unit is worth in it; nothing where no rate is known.
struct InBase {
  Currency base;
  std::function<std::optional<double>(Currency)> rate;
};

struct TableQuery {
  std::string words;
  struct Filter {
    size_t column;
    std::vector<std::string> values;    // of texts
    std::optional<double> least, most;  // of numbers; of days: day numbers
  };
  std::vector<Filter> filters;
  std::vector<std::pair<size_t, bool>> order;  // column, descending
  std::vector<size_t> columns, facets;
  size_t limit = 100, offset = 0;
  Currency base = currency_of("USD");
  // Of currencies in columns that are filtered or sorted by. Those without a rate pass no filter and come last.
  std::map<Currency, std::optional<double>> rates;
};

Result<TableQuery> read_table_query(const deliver::Table& table, const Request& request, const InBase& in_base);
// The numbers of the rows that pass, in order.
std::vector<uint32_t> rows_of(const deliver::Table& table, const TableQuery& query);
app::Json page_json(const deliver::Table& table, const TableQuery& query, const std::vector<uint32_t>& rows, Lang lang);
std::string rows_csv(const deliver::Table& table, const TableQuery& query, const std::vector<uint32_t>& rows,
                     Lang lang);

}  // namespace destock::server

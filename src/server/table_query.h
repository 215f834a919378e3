#pragma once
// A table asked for with filters, order and pages. The same table is the terminal's, the workbook's and the CSV's.
//   q=words                 every word stands in some text of the row
//   f.COLUMN=a,b            texts: one of these (the English word, in any language); numbers: from..to, either may lack
//   sort=-excess_units,sku  "-": the largest first; the unknown last
//   columns=a,b             these columns alone
//   limit=100, offset=0 or cursor=…; facets=band,owner: how many rows have each value, filters aside
// kBadUsage names a column or value that cannot be.

#include <vector>

#include "app/json.h"
#include "base/result.h"
#include "deliver/table.h"
#include "server/http.h"

namespace destock::server {

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
};

Result<TableQuery> read_table_query(const deliver::Table& table, const Request& request);
// The numbers of the rows that pass, in order.
std::vector<uint32_t> rows_of(const deliver::Table& table, const TableQuery& query);
app::Json page_json(const deliver::Table& table, const TableQuery& query, const std::vector<uint32_t>& rows, Lang lang);
std::string rows_csv(const deliver::Table& table, const TableQuery& query, const std::vector<uint32_t>& rows,
                     Lang lang);

}  // namespace destock::server

#pragma once
// Rows of one thing that stand in a report several times.

#include <cstddef>
#include <vector>

namespace destock::ingest {

// Of sorted rows: neighbours that are `alike` become the first of them, the others added to it.
template <typename Row, typename Alike, typename Add>
void join_alike(std::vector<Row>& rows, Alike alike, Add add) {
  size_t kept = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (kept > 0 && alike(rows[kept - 1], rows[i]))
      add(rows[kept - 1], rows[i]);
    else
      rows[kept++] = rows[i];
  }
  rows.resize(kept);
}

}  // namespace destock::ingest

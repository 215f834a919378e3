#pragma once
// Many listings' units by period, side by side: what a forecast is made from. All series end with the same period.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace destock::demand {

inline constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

inline constexpr size_t kLeastPart = 64;  // series that are worth a thread

struct Panel {
  int periods_per_year = 52;
  std::vector<uint64_t> offsets{0};
  std::vector<double> units;   // of each period; kNotKnown: out of stock, or not yet on sale
  std::vector<double> tail;    // the pace of the period's last three days, units a period; empty: no days known
  std::vector<float> quiet;    // days without a sale up to the period's end; empty: no days known
  std::vector<bool> on_shelf;  // of each series: it is known to be in stock now; empty: nothing is known
  std::vector<int32_t> group;  // of each series: whose season and launch it shares; from 0

  size_t size() const { return offsets.size() - 1; }
  size_t length(size_t series) const { return offsets[series + 1] - offsets[series]; }
  std::span<const double> of(size_t series) const { return {units.data() + offsets[series], length(series)}; }
  void add(std::span<const double> values, int32_t group_of) {
    units.insert(units.end(), values.begin(), values.end());
    offsets.push_back(units.size());
    group.push_back(group_of);
  }
};

}  // namespace destock::demand

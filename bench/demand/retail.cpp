#include "retail.h"

#include <zlib.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "base/date.h"

namespace destock::bench {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> read_csv(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "r");
  std::string text;
  std::array<char, 1 << 16> buffer;
  for (int n = 0; file && (n = gzread(file, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<size_t>(n));
  if (file) gzclose(file);
  std::vector<Row> rows;
  Row row;
  std::string cell;
  bool quoted = false;
  for (char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      row.push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n' && !quoted) {
      row.push_back(std::move(cell));
      cell.clear();
      rows.push_back(std::move(row));
      row.clear();
    } else if (c != '\r') {
      cell += c;
    }
  }
  return rows;
}

double number(const std::string& text) {
  return text.empty() ? demand::kNotKnown : std::strtod(text.c_str(), nullptr);
}

int64_t day_of(const std::string& text) {
  const auto day = parse_iso_date(text.substr(0, 10));
  return day ? day_number(*day) : 0;
}

// Whole weeks that end with the last day.
void by_week(const std::vector<double>& days, RetailSeries& series) {
  const size_t weeks = days.size() / 7;
  const size_t skip = days.size() - weeks * 7;
  float quiet = 0;
  for (size_t w = 0; w < weeks; ++w) {
    double sum = 0;
    double last = 0;
    for (size_t k = 0; k < 7; ++k) {
      const double units = days[skip + w * 7 + k];
      sum += units;
      if (k >= 4) last += units;
      quiet = units > 0 || std::isnan(units) ? 0 : quiet + 1;
    }
    series.units.push_back(sum);
    series.tail.push_back(last * 7 / 3);
    series.quiet.push_back(quiet);
  }
}

}  // namespace

std::optional<std::string> retail_folder() {
  const char* given = std::getenv("DESTOCK_RETAIL");
  const std::string folder = given ? given : "../shared/data/retail";
  if (!std::filesystem::exists(folder + "/carparts_monthly.csv.gz")) return std::nullopt;
  return folder;
}

RetailSet carparts(const std::string& folder) {
  RetailSet set{"carparts, months", 12, 6, 12, {}};
  const auto rows = read_csv(folder + "/carparts_monthly.csv.gz");
  for (size_t i = 1; i < rows.size(); ++i) {
    RetailSeries series{rows[i][0], "parts", {}, {}, {}};
    for (size_t k = 1; k < rows[i].size(); ++k) series.units.push_back(number(rows[i][k]));
    set.series.push_back(std::move(series));
  }
  return set;
}

RetailSet m5(const std::string& folder) {
  RetailSet set{"M5, weeks", 52, 8, 26, {}};
  const auto rows = read_csv(folder + "/m5_daily_units.csv.gz");
  for (size_t i = 1; i < rows.size() && set.series.size() < 3000; i += 5) {
    const std::string& item = rows[i][0];
    RetailSeries series{item + "/" + rows[i][1], item.substr(0, item.find_last_of('_')), {}, {}, {}};
    std::vector<double> days;
    for (size_t k = 2; k < rows[i].size(); ++k) days.push_back(number(rows[i][k]));
    by_week(days, series);
    set.series.push_back(std::move(series));
  }
  return set;
}

RetailSet uci(const std::string& folder) {
  constexpr int64_t kUndoneWithin = 14;  // days
  std::map<std::string, std::map<int64_t, double>> sold;
  std::map<std::pair<std::string, int>, std::vector<int64_t>> orders;  // product and size → days
  int64_t first = 1 << 30;
  int64_t last = 0;
  for (const char* file : {"/uci_online_retail_2009_2010.csv.gz", "/uci_online_retail.csv.gz"}) {
    const auto rows = read_csv(folder + file);
    for (size_t i = 1; i < rows.size(); ++i) {
      const Row& row = rows[i];
      if (row.size() < 5 || row[0].empty() || row[1].size() < 5) continue;
      // Products have codes of five figures; the rest are postage, fees, samples and notes.
      if (!std::all_of(row[1].begin(), row[1].begin() + 5, [](char c) { return c >= '0' && c <= '9'; })) continue;
      const double units = number(row[2]);
      const int64_t day = day_of(row[3]);
      const auto size = static_cast<int>(std::abs(units));
      auto& same = orders[{row[1], size}];
      if (row[0][0] == 'C' && units < 0) {
        if (!same.empty() && day - same.back() <= kUndoneWithin) {
          sold[row[1]][same.back()] += units;
          same.pop_back();
        }
      } else if (row[0][0] != 'C' && row[0][0] != 'A' && units > 0 && number(row[4]) > 0) {
        sold[row[1]][day] += units;
        same.push_back(day);
        first = std::min(first, day);
        last = std::max(last, day);
      }
    }
  }
  RetailSet set{"UCI online retail, weeks", 52, 8, 26, {}};
  for (const auto& [code, units] : sold) {
    RetailSeries series{code, "gifts", {}, {}, {}};
    std::vector<double> days(static_cast<size_t>(last - first + 1), demand::kNotKnown);
    for (int64_t day = units.begin()->first; day <= last; ++day) days[static_cast<size_t>(day - first)] = 0;
    for (const auto& [day, n] : units) days[static_cast<size_t>(day - first)] = std::max(0.0, n);
    by_week(days, series);
    set.series.push_back(std::move(series));
  }
  return set;
}

std::vector<DailySales> in_order(const std::map<std::string, std::map<int64_t, DaySold>>& sold,
                                 const std::map<std::string, std::string>& category) {
  std::vector<DailySales> out;
  for (const auto& [sku, days] : sold) {
    const auto found = category.find(sku);
    DailySales& of = out.emplace_back(DailySales{sku, found == category.end() ? "" : found->second, {}});
    for (const auto& [number, day] : days) of.days.push_back(day);
  }
  return out;
}

void add_day(std::map<std::string, std::map<int64_t, DaySold>>& sold, const std::string& sku, int64_t day, double units,
             double price) {
  constexpr double kMoney = 10'000;
  DaySold& of = sold[sku][day];
  of.day = day;
  of.units += static_cast<int64_t>(units);
  of.revenue += static_cast<int64_t>(units * price * kMoney);
}

std::vector<DailySales> uci_days(const std::string& folder) {
  std::map<std::string, std::map<int64_t, DaySold>> sold;
  for (const char* file : {"/uci_online_retail_2009_2010.csv.gz", "/uci_online_retail.csv.gz"}) {
    const auto rows = read_csv(folder + file);
    for (size_t i = 1; i < rows.size(); ++i) {
      const Row& row = rows[i];
      if (row.size() < 5 || row[1].size() < 5 || !(number(row[2]) > 0) || !(number(row[4]) > 0)) continue;
      if (std::all_of(row[1].begin(), row[1].begin() + 5, [](char c) { return c >= '0' && c <= '9'; }))
        add_day(sold, row[1], day_of(row[3]), number(row[2]), number(row[4]));
    }
  }
  return in_order(sold, {});
}

std::vector<DailySales> m5_days(const std::string& folder) {
  std::map<std::string, std::map<int64_t, DaySold>> sold;
  std::map<std::string, std::string> category;
  const auto rows = read_csv(folder + "/m5_daily_units.csv.gz");
  for (size_t i = 1; i < rows.size() && category.size() < 3000; i += 5) {
    const std::string sku = rows[i][0] + "/" + rows[i][1];
    category[sku] = rows[i][0].substr(0, rows[i][0].find('_'));
    for (size_t k = 2; k < rows[i].size(); ++k)
      if (number(rows[i][k]) > 0) add_day(sold, sku, day_of(rows[0][k]), number(rows[i][k]), 10);
  }
  return in_order(sold, category);
}

std::vector<DailySales> sports_days(const std::string& folder) {
  std::map<std::string, std::map<int64_t, DaySold>> sold;
  std::map<std::string, std::string> category;
  const auto rows = read_csv(folder + "/dmc2018_sales.csv.gz");
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() < 4) continue;
    const std::string sku = rows[i][1] + "/" + rows[i][2];
    category[sku] = "Sports";
    add_day(sold, sku, day_of(rows[i][0]), number(rows[i][3]), 10);
  }
  return in_order(sold, category);
}

std::vector<PricedSeries> orange_juice(const std::string& folder) {
  std::map<std::string, PricedSeries> found;
  const auto rows = read_csv(folder + "/dominicks_oj.csv.gz");
  for (size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    PricedSeries& series = found[row[0] + "/" + row[1]];
    series.group = row[1];
    series.week.push_back(std::atoi(row[2].c_str()));
    series.units.push_back(std::exp(number(row[3])));
    series.log_price.push_back(std::log(number(row[4])));
    const int own = std::atoi(row[1].c_str());
    double rivals = 0;
    for (int k = 1; k <= 11; ++k)
      if (k != own) rivals += std::log(number(row[7 + static_cast<size_t>(k)])) / 10;
    series.controls.push_back({number(row[5]), number(row[6]), rivals + 3});
  }
  std::vector<PricedSeries> out;
  for (auto& [key, series] : found) out.push_back(std::move(series));
  return out;
}

std::vector<PricedSeries> breakfast(const std::string& folder) {
  std::map<std::string, std::string> category;
  for (const Row& row : read_csv(folder + "/frat_products.csv.gz")) category[row[0]] = row[4];
  std::map<std::string, PricedSeries> found;
  const auto rows = read_csv(folder + "/frat_weekly.csv.gz");
  for (size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.size() < 12 || !(number(row[7]) > 0)) continue;
    PricedSeries& series = found[row[1] + "/" + row[2]];
    series.group = category[row[2]];
    series.week.push_back(static_cast<int>(day_of(row[0]) / 7));
    series.units.push_back(number(row[3]));
    series.log_price.push_back(std::log(number(row[7])));
    series.controls.push_back({number(row[9]), number(row[10]), number(row[11])});
  }
  std::vector<PricedSeries> out;
  for (auto& [key, series] : found) out.push_back(std::move(series));
  return out;
}

std::vector<PricedSeries> m5_prices(const std::string& folder) {
  const RetailSet set = m5(folder);
  struct Priced {
    int64_t from, to;
    double price;
  };
  std::map<std::string, std::vector<Priced>> prices;
  const auto rows = read_csv(folder + "/m5_prices.csv.gz");
  for (size_t i = 1; i < rows.size(); ++i)
    prices[rows[i][0] + "/" + rows[i][1]].push_back({day_of(rows[i][2]), day_of(rows[i][3]), number(rows[i][4])});
  const int64_t last = day_number(make_date(2016, 5, 22));
  std::vector<PricedSeries> out;
  for (const RetailSeries& series : set.series) {
    PricedSeries priced;
    priced.group = series.group;
    for (size_t w = 0; w < series.units.size(); ++w) {
      const int64_t day = last - 7 * static_cast<int64_t>(series.units.size() - w) + 4;
      const auto& spans = prices[series.id];
      const auto span =
          std::find_if(spans.begin(), spans.end(), [&](const Priced& p) { return p.from <= day && day <= p.to; });
      if (span == spans.end() || std::isnan(series.units[w])) continue;
      priced.week.push_back(static_cast<int>(w));
      priced.units.push_back(series.units[w]);
      priced.log_price.push_back(std::log(span->price));
      priced.controls.emplace_back();
    }
    out.push_back(std::move(priced));
  }
  return out;
}

}  // namespace destock::bench

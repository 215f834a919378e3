#include "ingest/traffic/traffic.h"

#include "ingest/sku_numbers.h"

// One row is a product over the days that were asked for. In JSON those days stand beside it; the CSV does not hold
// them: its last day is that of the download, its first is not known. Shares are of a hundred.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kAsin,
  kSessions,
  kUnits,
  kSku,
  kViews,
  kBuyBox,
  kRevenue,
  kParent,
  kCurrency,
  kFrom,
  kTo,
  kMarketplace,
  kGranularity
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"childAsin"}},
      {Need::kRequired, {"trafficByAsin.sessions"}},
      {Need::kOptional, {"salesByAsin.unitsOrdered"}},
      {Need::kOptional, {"sku"}},
      {Need::kOptional, {"trafficByAsin.pageViews"}},
      {Need::kOptional, {"trafficByAsin.buyBoxPercentage"}},
      {Need::kOptional, {"salesByAsin.orderedProductSales.amount"}},
      {Need::kOptional, {"parentAsin"}},
      {Need::kOptional, {"salesByAsin.orderedProductSales.currencyCode"}},
      {Need::kOptional, {"reportSpecification.dataStartTime"}},
      {Need::kOptional, {"reportSpecification.dataEndTime"}},
      {Need::kOptional, {"reportSpecification.marketplaceIds"}},
      {Need::kOptional, {"reportSpecification.reportOptions.dateGranularity"}},
  };
}

// The columns of the first that stand in the CSV, in the same order.
std::vector<ColumnSpec> business_columns() {
  return {
      {Need::kRequired,
       {"(Child) ASIN", "(子) ASIN", "(Untergeordnete) ASIN", "(Enfant) ASIN"}},  // tidy: allow zh-punctuation
      {Need::kRequired, {"Sessions - Total", "Sessions – Total", "Sessions", "会话数 - 总计", "会话次数 – 总计"}},
      {Need::kOptional, {"Units Ordered", "已订购商品数量"}},
      {Need::kOptional, {"SKU"}},
      {Need::kOptional, {"Page Views - Total", "Page Views – Total", "Page Views", "页面浏览量 - 总计"}},
      {Need::kOptional,
       {"Featured Offer (Buy Box) Percentage", "Buy Box Percentage", "推荐报价（推荐报价展示位）百分比",
        "推荐报价（购买按钮）百分比"}},
      {Need::kOptional, {"Ordered Product Sales", "已订购商品销售额"}},
      {Need::kOptional, {"(Parent) ASIN", "(父) ASIN", "(Übergeordnete) ASIN"}},  // tidy: allow zh-punctuation
  };
}

class TrafficReader final : public ReportReader {
public:
  explicit TrafficReader(ReadContext& context)
      : context_(context), with_days_(context.layout->position.size() > kCurrency) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, with_days_ ? int{kMarketplace} : -1);
    if (!marketplace) return;
    account::TrafficRow traffic;
    traffic.marketplace = marketplace->id;
    traffic.asin = row.words(kAsin);
    if (!is_missing(row.text(kParent))) traffic.parent = row.words(kParent);
    if (!is_missing(row.text(kSku))) traffic.sku = context_.sku_in(row, kSku, row.text(kSku));
    if (traffic.asin.empty() && !row.refused())
      row.refuse(kAsin, {"the child ASIN is missing: this report is by parent", "缺少子 ASIN：该报告按父商品汇总"},
                 {"choose it by child item, or by SKU", "请选择按子商品或按 SKU 下载"});
    traffic.sessions = row.stock(kSessions);
    traffic.units = row.stock(kUnits);
    traffic.page_views = row.stock(kViews);
    if (const auto percent = row.real(kBuyBox)) traffic.buy_box = *percent / 100;
    const bool says_currency = with_days_ && !is_missing(row.text(kCurrency));
    const auto said = says_currency ? Currency::parse(row.text(kCurrency)) : std::nullopt;
    traffic.revenue = row.money(kRevenue, said.value_or(marketplace->currency));
    take_days(row, traffic);
    if (row.refused()) return;
    count_.add(traffic.marketplace, traffic.last_day, traffic.units.value_or(0),
               products_.of(traffic.sku.empty() ? traffic.asin : traffic.sku));
    context_.facts.traffic.push_back(std::move(traffic));
  }

  void finish() override {
    count_.finish(context_.facts);
    // A report in another language may call them as nobody knows.
    const auto note = [&](size_t column, const char* en, const char* zh) {
      if (context_.layout->position[column] >= 0) return;
      context_.notes.push_back({std::string("no column of it is read as ") + en + ": that stays unknown",
                                std::string("未找到“") + zh + "”列，保持未提供"});
    };
    note(kUnits, "units ordered", "已订购商品数量");
    note(kBuyBox, "Buy Box share", "推荐报价百分比");
  }

private:
  // By weeks and months the report is of whole ones, whatever days were asked for.
  void take_days(Row& row, account::TrafficRow& traffic) {
    traffic.last_day = row.conventions().snapshot;
    if (!with_days_) return;
    const auto from = parse_report_date(row.text(kFrom), DateOrder::kMonthFirst);
    const auto to = parse_report_date(row.text(kTo), DateOrder::kMonthFirst);
    if (!from || !to || *to < *from) {
      row.refuse_row({"which days the report is of is not said", "未注明报告的日期范围"},
                     {"download the report again, as it is", "请重新下载报告，不要改动"});
      return;
    }
    traffic.first_day = *from;
    traffic.last_day = *to;
    if (row.text(kGranularity) == "WEEK") {  // from Sunday to Saturday
      const auto weekday = [](Date day) { return static_cast<int>(std::chrono::weekday(day).c_encoding()); };
      traffic.first_day = *from - Days(weekday(*from));
      traffic.last_day = *to + Days(6 - weekday(*to));
    } else if (row.text(kGranularity) == "MONTH") {
      traffic.first_day = first_of_month(*from);
      traffic.last_day = first_of_next_month(*to) - Days(1);
    }
    traffic.last_day = std::max(*traffic.first_day, std::min(traffic.last_day, row.conventions().today));
  }

  ReadContext& context_;
  bool with_days_;
  CoverageCount count_;
  SkuNumbers products_;
};

}  // namespace

ReportFormat traffic_format() {
  return {account::ReportKind::kTraffic,
          columns(),
          make_reader<TrafficReader>,
          true,
          true,
          kSku,
          {kRevenue},
          {},
          kMarketplace};
}

ReportFormat business_report_format() {
  return {account::ReportKind::kTraffic,
          business_columns(),
          make_reader<TrafficReader>,
          false,
          false,
          kSku,
          {kRevenue, kBuyBox},
          {},
          -1};
}

}  // namespace destock::ingest

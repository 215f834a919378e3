#include "ingest/removal_orders/removal_orders.h"

#include <map>

#include "ingest/sales_count.h"
#include "ingest/sku_numbers.h"

// One row is a SKU of an order in one disposition, as it stands at its last update: a file that was put together may
// hold it several times, and the newest counts. The marketplace is the file's, or that of the fee's currency.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kRequested,
  kOrder,
  kSku,
  kUnits,
  kType,
  kDisposed,
  kInProcess,
  kFee,
  kFnsku,
  kDisposition,
  kStatus,
  kSource,
  kUpdated,
  kCancelled,
  kShipped,
  kCurrency
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"request-date"}},
      {Need::kRequired, {"order-id"}},
      {Need::kRequired, {"sku"}},
      {Need::kRequired, {"requested-quantity"}},
      {Need::kSignature, {"order-type"}},
      {Need::kSignature, {"disposed-quantity"}},
      {Need::kSignature, {"in-process-quantity"}},
      {Need::kSignature, {"removal-fee"}},
      {Need::kOptional, {"fnsku"}},
      {Need::kOptional, {"disposition"}},
      {Need::kOptional, {"order-status"}},
      {Need::kOptional, {"order-source"}},
      {Need::kOptional, {"last-updated-date"}},
      {Need::kOptional, {"cancelled-quantity", "canceled-quantity"}},
      {Need::kOptional, {"shipped-quantity"}},
      {Need::kOptional, {"currency"}},
  };
}

class RemovalOrdersReader final : public ReportReader {
public:
  explicit RemovalOrdersReader(ReadContext& context) : context_(context), times_(context) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* marketplace = context_.marketplace_by_currency(row, kCurrency, true);
    if (!marketplace) return;
    account::RemovalOrderRow order;
    order.marketplace = marketplace->id;
    order.order_id = id_in(row, kOrder);
    const auto requested = times_.moment_of(row, kRequested, *marketplace);
    if (row.refused()) return;
    order.requested_on = requested->day;
    order.sku = context_.sku_in(row, kSku, row.text(kSku));
    order.requested = row.stock(kUnits);
    if (!order.requested)
      row.refuse(kUnits, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
    order.cancelled = row.stock(kCancelled);
    order.disposed = row.stock(kDisposed);
    order.shipped = row.stock(kShipped);
    order.in_process = row.stock(kInProcess);
    order.updated_at = update_of(row);
    order.fee = row.money(kFee, Currency::parse(row.text(kCurrency)).value_or(marketplace->currency));
    if (row.refused()) return;
    order.fnsku = row.words(kFnsku);
    order.disposition = row.words(kDisposition);
    order.type = row.words(kType);
    order.status = row.words(kStatus);
    order.source = row.words(kSource);
    take(std::move(order));
  }

  void finish() override {
    for (const account::RemovalOrderRow& row : context_.facts.removal_orders)
      count_.add(row.marketplace, row.requested_on, row.requested.value_or(0), skus_.of(row.sku));
    count_.finish(context_.facts);
    if (older_ > 0) {
      const std::string n = std::to_string(older_);
      context_.notes.push_back({n + (older_ == 1 ? " row is" : " rows are") +
                                    " an older state of an order that stands here again; the newest counts",
                                n + " 行为同一移除订单的较早状态；以最新状态为准"});
    }
  }

private:
  // Without a time of day: the day's first second.
  std::optional<int64_t> update_of(Row& row) {
    if (const auto instant = parse_instant(row.text(kUpdated))) return instant;
    const auto day = row.day(kUpdated);
    return day ? std::optional(day_number(*day) * kSecondsADay) : std::nullopt;
  }

  void take(account::RemovalOrderRow order) {
    auto& rows = context_.facts.removal_orders;
    std::string key;
    for (const std::string* part : {&order.order_id, &order.sku, &order.fnsku, &order.disposition}) key += *part + '\0';
    const auto [held, fresh] = at_.try_emplace(std::move(key), rows.size());
    if (fresh) {
      rows.push_back(std::move(order));
      return;
    }
    ++older_;
    if (order.updated_at >= rows[held->second].updated_at) rows[held->second] = std::move(order);
  }

  ReadContext& context_;
  SalesCount times_;
  CoverageCount count_;
  SkuNumbers skus_;
  std::map<std::string, size_t> at_;  // where a key's row stands
  int64_t older_ = 0;
};

}  // namespace

ReportFormat removal_orders_format() {
  return {account::ReportKind::kRemovalOrders,
          columns(),
          make_reader<RemovalOrdersReader>,
          false,
          true,
          kSku,
          {kFee},
          {kRequested, kUpdated},
          -1};
}

}  // namespace destock::ingest

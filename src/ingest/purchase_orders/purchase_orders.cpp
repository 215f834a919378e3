#include "ingest/purchase_orders/purchase_orders.h"

#include <algorithm>

#include "ingest/cell_words.h"
#include "ingest/cost_sheet/cost_currency.h"

// One row is a SKU of an order. An amount's currency is, in this order: its own column; a sign or code in the value;
// one in the header; CNY where the headers are Chinese; the marketplace's. None: the amount is unknown.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kNumber,
  kSku,
  kUnits,
  kReceivedUnits,
  kOrderedOn,
  kExpectedOn,
  kReceivedOn,
  kSupplier,
  kUnitCost,
  kCancelCost,
  kDeposit,
  kCurrency,
  kMarketplace,
  kStatus
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired,
       {"po-number", "采购单号", "采购订单号", "采购单", "purchase-order", "purchase-order-number", "po", "po-no",
        "PO号"}},
      {Need::kRequired, {"sku", "msku", "seller-sku", "merchant-sku", "商品SKU", "平台SKU", "产品SKU", "本地SKU"}},
      {Need::kRequired, {"units", "采购数量", "quantity", "下单数量", "采购量", "order-quantity", "数量"}},
      {Need::kOptional,
       {"received-units", "received-quantity", "到货数量", "已到货数量", "入库数量", "已入库数量", "收货数量"}},
      {Need::kOptional, {"ordered-on", "下单日期", "order-date", "采购日期", "下单时间", "采购时间"}},
      {Need::kOptional,
       {"expected-on", "预计到货日期", "expected-date", "eta", "预计到货时间", "预计到货", "预计交货日期",
        "expected-arrival"}},
      {Need::kOptional,
       {"received-on", "到货日期", "received-date", "实际到货日期", "实际到货时间", "到货时间", "入库日期",
        "收货日期"}},
      {Need::kOptional, {"supplier", "供应商", "vendor", "供应商名称"}},
      {Need::kOptional, {"unit-cost", "采购单价", "unit-price", "单价", "采购成本", "含税单价"}},
      {Need::kOptional, {"cancelling-cost", "取消费用", "cancellation-cost", "cancel-cost", "取消成本", "违约金"}},
      {Need::kOptional, {"deposit", "定金", "已付定金", "预付款", "prepaid"}},
      {Need::kOptional, {"currency", "币种", "货币", "采购币种"}},
      {Need::kOptional, {"marketplace", "站点", "country", "国家", "store"}},
      {Need::kOptional,
       {"status", "状态", "订单状态", "采购状态", "order-status", "单据状态", "采购单状态", "到货状态", "入库状态",
        "po-status"}},
  };
}

bool is_chinese(std::span<const std::string> header) {
  return std::any_of(header.begin(), header.end(), [](const std::string& name) {
    return std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
  });
}

class PurchaseOrdersReader final : public ReportReader {
public:
  explicit PurchaseOrdersReader(ReadContext& context)
      : context_(context),
        cancelled_(context.names, "order_cancelled"),
        void_(context.names, "purchase_order_void"),
        done_(context.names, "purchase_order_done"),
        chinese_(is_chinese(context.header)) {}

  void read(Row& row) override {
    account::PurchaseOrder order;
    order.number = id_in(row, kNumber);
    order.sku = context_.sku_in(row, kSku, row.words(kSku));
    const auto units = row.stock(kUnits);
    if (!units && !row.refused())
      row.refuse(kUnits, {"the quantity is missing", "缺少数量"}, {"fill in the units ordered", "请填写采购数量"});
    if (row.refused()) return;
    if (!take_marketplace(row, order)) return;
    order.units = *units;
    order.received_units = row.stock(kReceivedUnits);
    order.ordered_on = day_of(row, kOrderedOn, false);
    order.expected_on = day_of(row, kExpectedOn, true);
    order.received_on = day_of(row, kReceivedOn, false);
    order.supplier = row.words(kSupplier);
    order.unit_cost = amount(row, kUnitCost, order);
    order.cancel_cost = amount(row, kCancelCost, order);
    order.deposit = amount(row, kDeposit, order);
    const std::string status = row.words(kStatus);
    order.cancelled = cancelled_.in(status) || void_.in(status);
    // What was not received of a finished order does not come any more.
    if (done_.is(status)) order.received_units = order.units;
    if (row.refused()) return;
    if (order.received_on && order.ordered_on && *order.received_on < *order.ordered_on) {
      row.refuse(kReceivedOn, {"received before it was ordered", "到货早于下单"}, {"correct the dates", "请更正日期"});
      return;
    }
    context_.facts.purchase_orders.push_back(std::move(order));
  }

  void finish() override {
    if (unsaid_ > 0) {
      const std::string n = std::to_string(unsaid_);
      context_.notes.push_back(
          {n + " amounts name no currency and are unknown: add a currency column, or write 42.67 CNY",
           n + " 个金额未注明币种，按未提供处理：请增加币种列，或写成 42.67 CNY"});
    }
  }

private:
  bool take_marketplace(Row& row, account::PurchaseOrder& order) {
    order.marketplace = row.conventions().sheet_marketplace;
    if (!row.has(kMarketplace) || is_missing(row.text(kMarketplace))) return true;
    const auto* marketplace = context_.marketplace_of(row, kMarketplace);
    if (marketplace) order.marketplace = marketplace->id;
    return marketplace != nullptr;
  }

  // What is expected may lie ahead, what has been may not.
  static std::optional<Date> day_of(Row& row, size_t column, bool ahead) {
    if (!row.has(column) || is_missing(row.text(column))) return std::nullopt;
    if (!ahead) return row.day(column);
    const auto date = parse_report_date(row.text(column), row.conventions().dates);
    if (!date)
      row.cannot_read(column, {"not a date", "不是日期"},
                      {"write dates as 2026-07-14", "请按 2026-07-14 的格式填写日期"});
    return date;
  }

  std::optional<Currency> currency_of(const Row& row, size_t column, const account::PurchaseOrder& order) const {
    if (row.has(kCurrency) && !is_missing(row.text(kCurrency))) {
      if (const auto named = currency_in(row.text(kCurrency))) return named;
      if (const auto code = Currency::parse(row.text(kCurrency))) return code;
    }
    for (const std::string_view text : {row.text(column), row.column_name(column)})
      if (const auto named = currency_in(text)) return named;
    if (chinese_) return Currency::parse("CNY");
    if (const auto* entry = order.marketplace.empty() ? nullptr : context_.book.find(order.marketplace))
      return entry->currency;
    return std::nullopt;
  }

  std::optional<Money> amount(Row& row, size_t column, const account::PurchaseOrder& order) {
    if (!row.has(column) || is_missing(row.text(column))) return std::nullopt;
    const auto currency = currency_of(row, column, order);
    if (!currency) {
      ++unsaid_;
      return std::nullopt;
    }
    const auto money = row.money(column, *currency);
    if (!money || money->units() >= 0) return money;
    row.cannot_read(column, {"a cost cannot be negative", "成本不能为负数"}, {"correct the value", "请更正该值"});
    return std::nullopt;
  }

  ReadContext& context_;
  CellWords cancelled_, void_, done_;
  bool chinese_;
  int64_t unsaid_ = 0;
};

}  // namespace

ReportFormat purchase_orders_format() {
  return {account::ReportKind::kPurchaseOrders,
          columns(),
          make_reader<PurchaseOrdersReader>,
          true,
          true,
          kSku,
          {kUnitCost, kCancelCost, kDeposit},
          {kOrderedOn, kExpectedOn, kReceivedOn},
          kMarketplace};
}

}  // namespace destock::ingest

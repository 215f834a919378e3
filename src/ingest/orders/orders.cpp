#include "ingest/orders/orders.h"

#include <map>

#include "ingest/cell_words.h"
#include "ingest/repeats.h"
#include "ingest/sales_count.h"

// One row is an order line. item-price is for the whole line. Cancelled and pending lines are no sales; they are
// counted and named in the notes. Names, addresses and e-mails of buyers are not among the columns read, so they cannot
// be stored.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kOrder,
  kDate,
  kSku,
  kQuantity,
  kStatus,
  kItemStatus,
  kChannel,
  kAsin,
  kTitle,
  kCurrency,
  kPrice,
  kPromo,
  kUpdated,
  kReplacement
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"amazon-order-id", "order-id"}},
      {Need::kRequired, {"purchase-date", "date"}},
      {Need::kRequired,
       {"sku", "seller-sku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kRequired, {"quantity", "quantity-purchased", "qty", "数量", "Menge", "Quantità"}},
      {Need::kOptional, {"order-status", "status"}},
      {Need::kOptional, {"item-status"}},
      {Need::kOptional, {"sales-channel"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名", "Artikelbezeichnung", "nom-produit"}},
      {Need::kOptional, {"currency"}},
      {Need::kOptional, {"item-price", "amount"}},
      {Need::kOptional, {"item-promotion-discount"}},
      {Need::kOptional, {"last-updated-date"}},
      {Need::kOptional, {"is-replacement-order"}},
  };
}

enum class Status { kSold, kCancelled, kPending, kUnknown };

// What a status says, in the languages that reports come in.
class StatusWords {
public:
  explicit StatusWords(const account::ReportNames& names)
      : cancelled_(names, "order_cancelled"), pending_(names, "order_pending"), sold_(names, "order_sold") {}
  Status of(std::string_view text) const {
    if (text.empty()) return Status::kSold;
    if (cancelled_.in(text)) return Status::kCancelled;
    if (pending_.in(text)) return Status::kPending;
    return sold_.in(text) ? Status::kSold : Status::kUnknown;
  }

private:
  CellWords cancelled_, pending_, sold_;
};

class OrdersReader final : public ReportReader {
public:
  explicit OrdersReader(ReadContext& context)
      : context_(context), sales_(context), statuses_(context.names), yes_(context.names, "yes") {}

  void read(Row& row) override {
    const auto* marketplace = marketplace_of(row);
    if (!marketplace) return;
    const auto moment = sales_.moment_of(row, kDate, *marketplace);
    if (!moment) return;
    const auto quantity = row.count(kQuantity);
    if (quantity.value_or(0) < 0)
      row.refuse(
          kQuantity, {"a quantity below nought is no order", "数量为负数，不是订单"},
          {"returns are read from FBA Customer Returns; take the row out", "退货请用“FBA 买家退货”报告；请删除该行"});
    const Status status = status_in(row, kStatus, last_status_);
    const bool cancelled =
        status == Status::kCancelled || status_in(row, kItemStatus, last_item_status_) == Status::kCancelled;
    const bool pending = !cancelled && status == Status::kPending;
    if (status == Status::kUnknown) ++unknown_[std::string(row.text(kStatus))];
    // What is sent for nothing in place of a broken one is no demand.
    const bool replaced = !cancelled && !pending && is_replacement(row.text(kReplacement));
    const bool counts = !cancelled && !pending && !replaced;
    std::optional<Money> price, promo;
    if (counts) {
      if (!quantity)
        row.refuse(kQuantity, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
      price = row.money(kPrice, marketplace->currency);
      promo = row.money(kPromo, marketplace->currency);
      if (price && !row.refused()) context_.currency_agrees(row, kCurrency, *marketplace);
    }
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, -1, kTitle);
    if (!listing) return;
    sales_.saw(*marketplace, *moment, *listing, row.text(kOrder));
    note_update(row.text(kUpdated), row.conventions().dates);
    if (repeats_.again(row.text(kOrder), row.text(kDate), *listing, counts)) return;
    if (cancelled)
      ++cancelled_;
    else if (pending)
      ++pending_;
    else if (replaced)
      ++replaced_;
    else
      sales_.sold(*listing, moment->day, *quantity, price, promo);
  }

  void finish() override {
    sales_.finish({parse_instant(first_update_), first_update_.empty() ? first_updated_day_ : std::nullopt});
    note_repeats(repeats_.lines(), context_.notes);
    if (replaced_ > 0) {
      const std::string n = std::to_string(replaced_);
      context_.notes.push_back({n + " replacement lines are not counted as sales", n + " 行免费换货不计入销量"});
    }
    for (const auto& [status, lines] : unknown_) {
      const std::string n = std::to_string(lines);
      context_.notes.push_back({n + " lines of the status “" + status + "”, which is not known, are counted as sales",
                                n + " 行状态为“" + status + "”（无法识别），按销售计入"});
    }
    if (cancelled_ + pending_ > 0) {
      const std::string c = std::to_string(cancelled_);
      const std::string p = std::to_string(pending_);
      context_.notes.push_back({c + " cancelled and " + p + " pending lines are not counted as sales",
                                c + " 行已取消、" + p + " 行待处理，不计入销量"});
    }
  }

private:
  struct Said {
    std::string text;
    Status says = Status::kSold;
  };
  // The same word line after line.
  Status status_in(const Row& row, size_t column, Said& last) const {
    const std::string_view text = row.text(column);
    if (text != last.text) last = {std::string(text), statuses_.of(text)};
    return last.says;
  }
  bool is_replacement(std::string_view text) {
    if (text != last_replacement_) {
      last_replacement_ = text;
      last_replaced_ = yes_.is(text);
    }
    return last_replaced_;
  }

  // The first update of all lines; instants of one spelling are in order as texts are.
  void note_update(std::string_view update, DateOrder order) {
    if (update.size() < 20 || update[10] == ' ') {  // as a spreadsheet writes it, without its zone
      if (update.empty() || update == last_update_) return;
      last_update_ = update;
      const auto day = parse_report_date(update, order);
      if (day && (!first_updated_day_ || *day < *first_updated_day_)) first_updated_day_ = day;
      return;
    }
    if (!first_update_.empty() && update.substr(19) != std::string_view(first_update_).substr(19)) return;
    if (first_update_.empty() || update < first_update_) first_update_ = update;
  }

  const account::MarketplaceEntry* marketplace_of(Row& row) {
    if (row.has(kChannel)) {  // the same name line after line
      const std::string_view channel = row.text(kChannel);
      if (last_marketplace_ && channel == last_channel_) return last_marketplace_;
      const auto* found = context_.marketplace_of(row, kChannel);
      if (found) {
        last_channel_ = channel;
        last_marketplace_ = found;
      }
      return found;
    }
    return context_.marketplace_by_currency(row, kCurrency);
  }

  ReadContext& context_;
  SalesCount sales_;
  std::string last_channel_;
  const account::MarketplaceEntry* last_marketplace_ = nullptr;
  int64_t cancelled_ = 0;
  int64_t pending_ = 0;
  int64_t replaced_ = 0;
  StatusWords statuses_;
  CellWords yes_;
  Said last_status_, last_item_status_;
  std::string last_replacement_;
  bool last_replaced_ = false;
  std::map<std::string, int64_t> unknown_;  // statuses that no language knows
  std::string first_update_, last_update_;
  std::optional<Date> first_updated_day_;
  RepeatedOrders repeats_;
};

}  // namespace

ReportFormat orders_format() {
  return {account::ReportKind::kAllOrders,
          columns(),
          make_reader<OrdersReader>,
          true,
          true,
          kSku,
          {kPrice, kPromo},
          {kDate},
          kChannel};
}

}  // namespace destock::ingest

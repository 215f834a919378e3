#include "ingest/settlement/settlement.h"

#include <array>

#include "ingest/settled_sums.h"

// One row is an amount; the first of a settlement is its summary, which alone names the currency. An order's item has a
// row for its price, for each fee and for each promotion. Names and addresses are not in it.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kSettlement,
  kAmountType,
  kDescription,
  kAmount,
  kTransaction,
  kPosted,
  kPostedAt,
  kCurrency,
  kMarketplace,
  kFulfilment,
  kOrder,
  kOwnOrder,
  kSku,
  kQuantity,
  kTotal
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"settlement-id"}},
      {Need::kRequired, {"amount-type"}},
      {Need::kRequired, {"amount-description"}},
      {Need::kRequired, {"amount"}},
      {Need::kRequired, {"transaction-type"}},
      {Need::kRequired, {"posted-date"}},
      {Need::kOptional, {"posted-date-time"}},
      {Need::kOptional, {"currency"}},
      {Need::kOptional, {"marketplace-name"}},
      {Need::kOptional, {"fulfillment-id"}},
      {Need::kOptional, {"order-id"}},
      {Need::kOptional, {"merchant-order-id"}},
      {Need::kOptional, {"sku"}},
      {Need::kOptional, {"quantity-purchased"}},
      {Need::kOptional, {"total-amount"}},
  };
}

constexpr std::string_view kOrders = "Order", kRefunds = "Refund", kPrices = "ItemPrice", kFees = "ItemFees",
                           kPromotions = "Promotion", kPrincipal = "Principal", kByAmazon = "AFN";
constexpr std::array<std::string_view, 3> kFulfilmentFees = {"FBAPerUnitFulfillmentFee", "FBAPerOrderFulfillmentFee",
                                                             "FBAWeightBasedFee"};

class SettlementReader final : public ReportReader {
public:
  explicit SettlementReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const std::string settlement = row.words(kSettlement);
    if (settlement.empty())
      row.refuse(kSettlement, {"the settlement's number is missing", "缺少结算编号"},
                 {"download the report again", "请重新下载报告"});
    if (row.refused()) return;
    if (const auto said = Currency::parse(row.text(kCurrency))) currency_.insert_or_assign(settlement, *said);
    if (is_summary(row)) return;
    const account::MarketplaceEntry* marketplace = nullptr;
    const bool named = !is_missing(row.text(kMarketplace));
    if (named) marketplace = context_.marketplace_of(row, kMarketplace);
    if (named && !marketplace) return;
    const auto currency = currency_in(row, settlement, marketplace);
    const auto amount = currency ? row.money(kAmount, *currency) : std::nullopt;
    const auto day = day_of(row);
    if (currency && !amount)
      row.refuse(kAmount, {"the amount is missing", "缺少金额"}, {"download the report again", "请重新下载报告"});
    if (row.refused()) return;
    if (of_fba_order(row, marketplace))
      of_order(row, settlement, *marketplace, *amount, *day);
    else
      other(row, settlement, marketplace ? marketplace->id : std::string(), *amount, *day);
  }

  void finish() override { sums_.finish(context_); }

private:
  static bool is_summary(const Row& row) {
    return is_missing(row.text(kAmount)) && is_missing(row.text(kTransaction)) && is_missing(row.text(kAmountType));
  }

  // The settlement's, else that of the marketplace whose row it is.
  std::optional<Currency> currency_in(Row& row, const std::string& settlement,
                                      const account::MarketplaceEntry* marketplace) {
    if (const auto said = currency_.find(settlement); said != currency_.end()) return said->second;
    if (marketplace) return marketplace->currency;
    row.refuse(kSettlement,
               {"the currency of this settlement is not said: its first row, the summary, is not in the file",
                "未注明该结算的币种：文件中缺少首行汇总"},
               {"download the report again and import it as it is", "请重新下载报告并原样导入"});
    return std::nullopt;
  }

  std::optional<Date> day_of(Row& row) {
    const bool by_time = is_missing(row.text(kPosted)) && !is_missing(row.text(kPostedAt));
    const auto day = row.day(by_time ? kPostedAt : kPosted);
    if (!day)
      row.refuse(kPosted, {"the posting date is missing", "缺少过账日期"},
                 {"download the report again", "请重新下载报告"});
    return day;
  }

  // Orders of other sales channels are shipped at other fees.
  bool of_fba_order(const Row& row, const account::MarketplaceEntry* marketplace) const {
    const std::string_view name = row.text(kMarketplace);
    return marketplace && row.text(kTransaction) == kOrders && !is_missing(row.text(kSku)) &&
           !name.starts_with("Non-Amazon") && !name.starts_with("SI ") &&
           (!row.has(kFulfilment) || row.text(kFulfilment) == kByAmazon);
  }

  void of_order(Row& row, const std::string& settlement, const account::MarketplaceEntry& marketplace,
                const Money& amount, Date day) {
    const std::string_view type = row.text(kAmountType), what = row.text(kDescription);
    const std::string sku = context_.sku_in(row, kSku, row.text(kSku));
    const auto units = row.stock(kQuantity);
    if (row.refused()) return;
    const auto sums = [&]() -> account::SettledDay& {
      return sums_.day_of(settlement, marketplace.id, sku, day, amount.currency());
    };
    const bool fulfils = std::find(kFulfilmentFees.begin(), kFulfilmentFees.end(), what) != kFulfilmentFees.end();
    if (type == kPrices && what == kPrincipal) {
      account::SettledDay& sum = sums();
      add_to(sum.principal, amount.units());
      add_to(sum.units, units.value_or(0));
      if (!units) sums_.units_unknown(sum);
    } else if ((type == kPrices && what == "Tax") || (type == kPromotions && what == "TaxDiscount")) {
      add_to(sums().tax, amount.units());
    } else if (type == kPromotions && what == kPrincipal) {
      add_to(sums().promotion, amount.units());
    } else if (type == kFees && what == "Commission") {
      add_to(sums().referral, -amount.units());
    } else if (type == kFees && fulfils) {
      add_to(sums().fulfilment, -amount.units());
    } else if (type == kFees && what.find("hargeback") == std::string_view::npos) {
      add_to(sums().other_fees, -amount.units());
    } else {
      other(row, settlement, marketplace.id, amount, day);
    }
  }

  void other(Row& row, const std::string& settlement, const std::string& marketplace, const Money& amount, Date day) {
    account::SettledAmount sum{settlement, true, marketplace, {}, {}, {}, day, {}, {}, {}, {}, amount};
    sum.transaction = row.words(kTransaction);
    sum.type = row.words(kAmountType);
    sum.description = row.words(kDescription);
    sum.units = row.count(kQuantity);
    if (!is_missing(row.text(kSku))) sum.sku = context_.sku_in(row, kSku, row.text(kSku));
    if (row.refused()) return;
    if (sum.transaction != kOrders && sum.transaction != kRefunds) {
      sum.order_id = row.words(kOrder);
      sum.merchant_order_id = row.words(kOwnOrder);
    }
    sums_.add(std::move(sum));
  }

  ReadContext& context_;
  SettledSums sums_{true};
  std::map<std::string, Currency> currency_;  // by settlement
};

}  // namespace

ReportFormat settlement_format() {
  return {account::ReportKind::kSettlement,
          columns(),
          make_reader<SettlementReader>,
          true,
          true,
          kSku,
          {kAmount, kTotal},
          {kPosted},
          kMarketplace};
}

}  // namespace destock::ingest

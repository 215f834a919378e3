#pragma once
// What became of stock and offers, as reports tell it afterwards: removals, payments, promotions, traffic. A SKU is
// text here: it may be gone from every other report. Missing is std::nullopt and never 0.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"

namespace destock::account {

// A SKU in a removal order, as it stands. The order id is the seller's own where he filed the order with one.
struct RemovalOrderRow {
  std::string marketplace, order_id, sku, fnsku, disposition;
  std::string type, status, source;  // "Return", "Completed", "Seller"; as the report says them
  Date requested_on;
  std::optional<int64_t> updated_at{};  // UTC seconds
  std::optional<int64_t> requested{}, cancelled{}, disposed{}, shipped{}, in_process{};
  std::optional<Money> fee{};
};

// Units of a removal order that left a centre.
struct RemovalShipmentRow {
  std::string marketplace, order_id, sku, fnsku, disposition;
  std::string type, carrier, tracking;
  std::optional<Date> requested_on{};
  Date shipped_on;
  int64_t units = 0;
};

// FBA orders of a SKU that were paid on a day: what buyers paid, and what was taken of it (fees above 0). In 1/10,000
// of `currency`.
struct SettledDay {
  std::string settlement;
  bool whole = true;  // of a settlement, not of a report of some dates
  std::string marketplace, sku;
  Date day;
  Currency currency;
  int64_t units = 0;
  int64_t principal = 0, tax = 0, promotion = 0;  // promotion: below 0
  int64_t referral = 0, fulfilment = 0, other_fees = 0;
};

// Any other money of a settlement: refunds, liquidations, removals, storage, services. With its sign. Sums of a day;
// refunds and what orders bring besides are of the SKU, the rest of the order too.
struct SettledAmount {
  std::string settlement;
  bool whole = true;
  std::string marketplace;  // empty: not said
  std::string order_id, merchant_order_id, sku;
  Date day;
  std::string transaction, type, description;  // "Liquidations", "ItemFees", "LiquidationsBrokerageFee"
  std::optional<int64_t> units{};
  Money amount;
};

struct PromotionAsin {
  std::string asin;
  std::optional<int64_t> units{}, views{};
  std::optional<Money> revenue{};
};

// A promotion or a coupon, as its report tells it last. Days are the marketplace's own.
struct PromotionRow {
  bool coupon = false;
  std::string id;  // a text: older ones are digits, newer ones are not
  std::string marketplace, name;
  std::string type, status;            // "BEST_DEAL", "APPROVED"; of a coupon "COUPON" and not said
  int64_t starts_at = 0, ends_at = 0;  // UTC seconds
  Date first_day, last_day;
  std::optional<int64_t> updated_at{};  // UTC seconds
  std::optional<int64_t> units{}, clips{}, redemptions{};
  std::optional<double> discount_percent{};  // of the price; of a coupon
  std::optional<Money> discount_amount{};    // off a price; of a coupon
  std::optional<Money> revenue{}, discount{}, budget{}, budget_spent{};
  std::vector<PromotionAsin> asins{};
};

// Visits of a product's page over some days.
struct TrafficRow {
  std::string marketplace, asin;
  std::string sku;                  // empty: of the ASIN whole
  std::optional<Date> first_day{};  // nothing: which days it is of is not said
  Date last_day;
  std::optional<int64_t> sessions{}, page_views{}, units{};
  std::optional<double> buy_box{};  // 0 to 1: of page views, those with the offer in the Buy Box
  std::optional<Money> revenue{};
  std::string parent{};  // ASIN of the product that it is a variation of; empty: not said
};

// Stock that no listing sells, as it stood on a day.
struct StrandedRow {
  std::string marketplace, sku;
  Date day;
  std::optional<Date> since{}, removed_from{};  // Amazon removes it by itself from then
  std::string reason, action;
  std::optional<int64_t> units{};
};

// Units that came or went on a day: "Receipts", "Shipments", …
struct StockEventRow {
  std::string marketplace, sku;
  Date day;
  std::string event;
  bool sellable = true;
  int64_t units = 0;
};

// Shipped lines of a day under a promotion.
struct PromotionUseRow {
  std::string marketplace, promotion_id, description;
  Date day;
  int64_t lines = 0;
  std::optional<Money> discount{};
};

}  // namespace destock::account

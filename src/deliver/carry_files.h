#pragma once
// Files that carry actions out, as Seller Central and calendars take them. Each gives the file's bytes; the same rows
// give the same bytes. Columns and limits: docs/carry-out.md, with their sources.

#include <optional>
#include <string>
#include <vector>

#include "account/action_record.h"
#include "base/date.h"
#include "base/money.h"
#include "base/result.h"
#include "base/text.h"

namespace destock::deliver {

// Price & Quantity (tab-delimited text): only what changes. An empty cell keeps what is there.
struct PriceRow {
  std::string sku;
  Money price;
  // The stored minimum is moved with a price that falls: an offer below its minimum goes inactive.
  bool move_minimum = false;
};
std::string price_file(const std::vector<PriceRow>& rows);

// Business prices and quantity tiers (tab-delimited text): the business price is at most the standard price; each tier
// takes a per cent off it from so many units on, at most five of them, rising.
struct BusinessPriceRow {
  std::string sku;
  Money price;
  std::vector<account::QuantityTier> tiers;
};
inline constexpr size_t kMostBusinessTiers = 5;
std::string business_price_file(const std::vector<BusinessPriceRow>& rows);

// Removal orders, one order an action, by its id: it comes back as order-id in the removal report.
enum class Disposition { kReturn, kDisposal, kLiquidations };
struct Address {
  std::string name, line1, line2, line3, city, country, state, postal_code, phone;
};
struct RemovalRow {
  std::string order_id, sku;
  Disposition disposition = Disposition::kReturn;
  int64_t sellable = 0, unsellable = 0;
};
// As the screen takes it: one row an item, tab-delimited. `address`: of returns; nothing where none is among them.
std::string removal_file(const std::vector<RemovalRow>& rows, const std::optional<Address>& address);
// As the feed takes it: key and value, a blank line, the items; one order.
std::string removal_feed(const RemovalRow& row, const std::optional<Address>& address);

// Coupons, one a row, as the sheet of Create coupons in bulk has its columns; xlsx.
struct CouponRow {
  std::string name;  // begins with an action's id
  std::vector<std::string> asins, actions;
  int percent = 0;
  Money budget;
  Date start, end;
};
Result<std::string> coupon_sheet(const std::vector<CouponRow>& rows);

// A page to print: what is done by hand, one block a screen.
struct ClickRow {
  std::string id, sku, asin, title, owner, price, days, by, units, note;
  std::vector<std::string> checks;
};
struct ClickBlock {
  std::string heading, screen;
  std::vector<ClickRow> rows;
};
std::string click_page(const std::string& heading, const std::vector<ClickBlock>& blocks,
                       const std::optional<std::string>& listing_link, Lang lang);

// Deadlines and price steps for a calendar program (RFC 5545). `stamp`: when the plan was made, "2026-01-05T08:30:00Z".
struct CalendarRow {
  std::string uid, summary, description;
  Date day, last_day;  // inclusive
};
std::string calendar_file(const std::vector<CalendarRow>& rows, const std::string& stamp);

}  // namespace destock::deliver

// What became of stock and offers.

#include "store/database.h"
#include "store/outcomes.h"
#include "store/store.h"

namespace destock::store {

Result<std::vector<account::RemovalOrderRow>> Store::removal_orders(int64_t account) {
  return guarded(file_->path(), [&] { return read_removal_orders(*sql_, account); });
}

Result<std::vector<account::RemovalShipmentRow>> Store::removal_shipments(int64_t account) {
  return guarded(file_->path(), [&] { return read_removal_shipments(*sql_, account); });
}

Result<std::vector<account::SettledDay>> Store::settled_days(int64_t account, Date from, Date to) {
  return guarded(file_->path(), [&] { return read_settled_days(*sql_, account, from, to); });
}

Result<std::vector<account::SettledAmount>> Store::settled_amounts(int64_t account) {
  return guarded(file_->path(), [&] { return read_settled_amounts(*sql_, account); });
}

Result<std::vector<account::PromotionRow>> Store::promotions(int64_t account) {
  return guarded(file_->path(), [&] { return read_promotions(*sql_, account); });
}

Result<std::vector<account::TrafficRow>> Store::traffic(int64_t account) {
  return guarded(file_->path(), [&] { return read_traffic(*sql_, account); });
}

Result<std::vector<account::StockEventRow>> Store::stock_events(int64_t account) {
  return guarded(file_->path(), [&] { return read_stock_events(*sql_, account); });
}

Result<std::vector<account::PromotionUseRow>> Store::promotion_uses(int64_t account) {
  return guarded(file_->path(), [&] { return read_promotion_uses(*sql_, account); });
}

}  // namespace destock::store

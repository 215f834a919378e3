#include "ingest/order_ids.h"

#include <algorithm>

namespace destock::ingest {
namespace {

// Kept in databases: FNV-1a, of 32 bits.
uint32_t number_of(std::string_view order) {
  uint32_t hash = 2166136261U;
  for (const char c : order) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace

void OrderIds::saw(const std::string& marketplace, Date day, std::string_view order) {
  if (order.empty()) return;
  if (!open_ || day != open_day_ || marketplace != open_store_) {
    open_ = &by_store_[marketplace][day];
    open_store_ = marketplace;
    open_day_ = day;
  }
  const uint32_t number = number_of(order);
  if (open_->empty() || open_->back() != number) open_->push_back(number);
}

std::vector<account::OrdersOfDay> OrderIds::take() {
  std::vector<account::OrdersOfDay> days;
  for (auto& [marketplace, by_day] : by_store_)
    for (auto& [day, orders] : by_day) {
      std::sort(orders.begin(), orders.end());
      orders.erase(std::unique(orders.begin(), orders.end()), orders.end());
      days.push_back({marketplace, day, std::move(orders)});
    }
  by_store_.clear();
  open_ = nullptr;
  return days;
}

}  // namespace destock::ingest

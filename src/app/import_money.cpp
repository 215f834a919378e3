#include "app/import_money.h"

#include <map>
#include <optional>

namespace destock::app {
namespace {

// Sums that do not fit are none: a sum without some of its parts is wrong.
class Sums {
public:
  void add(const std::optional<Money>& amount) {
    if (!amount) return;
    std::optional<Money>& sum =
        sums_.try_emplace(amount->currency().str(), Money::zero(amount->currency())).first->second;
    if (sum) sum = sum->plus(*amount);
  }
  std::vector<Money> all() const {
    std::vector<Money> sums;
    for (const auto& [currency, sum] : sums_)
      if (sum) sums.push_back(*sum);
    return sums;
  }

private:
  std::map<std::string, std::optional<Money>> sums_;
};

int64_t paid_out(const account::SettledDay& day) {
  return day.principal + day.tax + day.promotion - day.referral - day.fulfilment - day.other_fees;
}

}  // namespace

std::vector<Money> money_in(account::ReportKind kind, const account::ReportFacts& facts,
                            const account::MarketplaceBook& book) {
  Sums sums;
  if (account::is_sales(kind))
    for (const account::SalesDay& day : facts.sales)
      if (const auto* entry = book.find(facts.listings[day.listing].marketplace); entry && day.priced_units > 0)
        sums.add(Money::from_units(day.revenue, entry->currency));
  for (const account::StorageFeeRow& row : facts.storage_fees) sums.add(row.fee);
  for (const account::AgedChargeRow& row : facts.aged_charges) sums.add(row.amount);
  for (const account::RemovalOrderRow& row : facts.removal_orders) sums.add(row.fee);
  for (const account::SettledDay& day : facts.settled_days) sums.add(Money::from_units(paid_out(day), day.currency));
  for (const account::SettledAmount& amount : facts.settled_amounts) sums.add(amount.amount);
  return sums.all();
}

}  // namespace destock::app

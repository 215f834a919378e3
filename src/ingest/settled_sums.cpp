#include "ingest/settled_sums.h"

namespace destock::ingest {

account::SettledDay& SettledSums::day_of(const std::string& settlement, const std::string& marketplace,
                                         const std::string& sku, Date day, Currency currency) {
  return days_
      .try_emplace({settlement, marketplace, sku, day},
                   account::SettledDay{settlement, whole_, marketplace, sku, day, currency})
      .first->second;
}

void SettledSums::add(account::SettledAmount amount) {
  amount.whole = whole_;
  std::string key = iso(amount.day) + amount.amount.currency().str();
  for (const std::string* part : {&amount.settlement, &amount.marketplace, &amount.order_id, &amount.merchant_order_id,
                                  &amount.sku, &amount.transaction, &amount.type, &amount.description})
    key += '\0' + *part;
  const auto [held, fresh] = amounts_.try_emplace(std::move(key), amount);
  if (fresh) return;
  account::SettledAmount& sum = held->second;
  int64_t total = sum.amount.units();
  add_to(total, amount.amount.units());
  sum.amount = Money::from_units(total, sum.amount.currency());
  if (amount.units) sum.units = sum.units.value_or(0) + *amount.units;
}

void SettledSums::finish(ReadContext& context) {
  CoverageCount count;
  SkuNumbers skus;
  for (auto& [key, day] : days_) {
    if (day.units <= 0 || unknown_.contains(&day)) continue;
    count.add(day.marketplace, day.day, day.units, skus.of(day.sku));
    context.facts.settled_days.push_back(std::move(day));
  }
  for (auto& [key, amount] : amounts_) context.facts.settled_amounts.push_back(std::move(amount));
  count.finish(context.facts);
  if (unknown_.empty()) return;
  const std::string n = std::to_string(unknown_.size());
  context.notes.push_back(
      {n + " SKUs and days whose lines do not say how many units they are of are in no fee of a unit",
       "有 " + n + " 个 SKU 与日期的明细未注明件数，不计入单件费用"});
}

}  // namespace destock::ingest

#include "restock/joint_order.h"

#include <fmt/format.h>
#include <map>

namespace destock::restock {
namespace {

// A line that is due, in the currency of the supplier's sum.
struct Item {
  const RestockLine* line;
  double unit_cost;
  int64_t carton;
  size_t added = 0;  // cartons
};

double lost_by_next(const Item& item) {
  const std::vector<double>& lost = item.line->order.more_cartons;
  return lost[item.added] - (item.added == 0 ? 0 : lost[item.added - 1]);
}

double price_of_next(const Item& item) {
  return item.unit_cost * static_cast<double>(item.carton);
}

// The carton that loses the least for its money; null: none is known.
Item* cheapest(std::vector<Item>& items) {
  Item* best = nullptr;
  for (Item& item : items) {
    if (item.added >= item.line->order.more_cartons.size()) continue;
    if (!best || lost_by_next(item) * price_of_next(*best) < lost_by_next(*best) * price_of_next(item)) best = &item;
  }
  return best;
}

std::optional<double> volume_of(const account::Account& account, const std::vector<Item>& items) {
  double m3 = 0;
  for (const Item& item : items) {
    const auto& carton = account.costs[item.line->listing].carton_m3;
    if (!carton) return std::nullopt;
    const int64_t units = item.line->order.order_now + static_cast<int64_t>(item.added) * item.carton;
    m3 += *carton * static_cast<double>(units) / static_cast<double>(item.carton);
  }
  return m3;
}

void say(JointOrder& out) {
  const std::string minimum = out.minimum.rounded().str(), due = out.due.rounded().str();
  if (out.due >= out.minimum) {
    out.why = {fmt::format("{}: {} are due, above its least order of {}", out.supplier, due, minimum),
               fmt::format("{}：应补 {}，已达起订额 {}", out.supplier, due, minimum)};
  } else if (!out.reached) {
    out.why = {fmt::format("{}: {} are due, its least order is {}: wait, or ask for less", out.supplier, due, minimum),
               fmt::format("{}：应补 {}，未达起订额 {}：等待或与供应商协商", out.supplier, due, minimum)};
  } else {
    const std::string loss = out.loss ? out.loss->str() : "–";
    out.why = {fmt::format("{}: {} are due, its least order is {}: filling up to {} loses {}{}", out.supplier, due,
                           minimum, out.total.rounded().str(), loss,
                           out.worth_it ? "" : ", more than the order brings: wait, or ask for less"),
               fmt::format("{}：应补 {}，起订额 {}：凑至 {} 损失 {}{}", out.supplier, due, minimum,
                           out.total.rounded().str(), loss, out.worth_it ? "" : "，高于补货所得：等待或与供应商协商")};
  }
}

JointOrder join(const account::Account& account, const std::string& supplier, Money minimum, std::vector<Item> items) {
  double total = 0, gain = 0, lost = 0;
  for (const Item& item : items) {
    total += item.unit_cost * static_cast<double>(item.line->order.order_now);
    gain += item.line->order.choice->gain;
  }
  JointOrder out{supplier, minimum, Money::from_double(total, minimum.currency()), {}, minimum, {}, {}, false,
                 false,    {}};
  while (total < minimum.to_double()) {
    Item* next = cheapest(items);
    if (!next) break;
    total += price_of_next(*next);
    lost += lost_by_next(*next);
    ++next->added;
  }
  const Currency& currency = account.listings[items.front().line->listing].currency;
  bool one_currency = true;
  for (const Item& item : items) {
    one_currency = one_currency && account.listings[item.line->listing].currency == currency;
    if (item.added > 0) out.added.push_back({item.line->listing, static_cast<int64_t>(item.added) * item.carton});
  }
  out.total = Money::from_double(total, minimum.currency());
  if (one_currency) out.loss = Money::from_double(lost, currency).rounded();
  out.m3 = volume_of(account, items);
  out.reached = out.total >= minimum;
  out.worth_it = out.reached && one_currency && lost <= gain;
  say(out);
  return out;
}

}  // namespace

std::vector<JointOrder> joint_orders(const account::Account& account, const std::vector<RestockLine>& lines) {
  std::map<std::string, std::pair<Money, std::vector<Item>>> suppliers;
  for (const RestockLine& line : lines) {
    const account::CostFacts& cost = account.costs[line.listing];
    if (cost.supplier.empty() || !cost.supplier_minimum || !cost.unit_cost || line.order.order_now <= 0) continue;
    auto& [minimum, items] =
        suppliers.try_emplace(cost.supplier, *cost.supplier_minimum, std::vector<Item>()).first->second;
    const auto bought = account.rates.convert(*cost.unit_cost, minimum.currency(), account.as_of);
    if (bought) items.push_back({&line, bought->to_double(), std::max<int64_t>(1, cost.carton.value_or(1))});
  }
  std::vector<JointOrder> out;
  for (auto& [supplier, of] : suppliers)
    if (!of.second.empty()) out.push_back(join(account, supplier, of.first, std::move(of.second)));
  return out;
}

}  // namespace destock::restock

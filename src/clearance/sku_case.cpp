#include "clearance/sku_case.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "economics/listing_ladder.h"
#include "economics/price_ending.h"

namespace destock::clearance {
namespace {

constexpr int kYear = 365;
constexpr double kACent = 0.01;
constexpr double kCutStep = 0.05;  // as the plan's ladder of prices
constexpr double kMonth = 30;      // days of the month that the stock-to-sales ratio counts

std::optional<std::array<Money, 3>> ladder_of(const account::Account& account, size_t listing,
                                              const market::Facts& facts) {
  const auto stages = economics::listing_ladder(account, listing, facts);
  if (!stages) return std::nullopt;
  return std::array<Money, 3>{(*stages)[0].price, (*stages)[1].price, (*stages)[2].price};
}

// Dead stock sold once: the last year's average, so that a price cut is not judged by a month without sales.
double base_velocity(const account::Account& account, const Need& need) {
  if (need.units_per_day > 0) return need.units_per_day;
  const int64_t year = account.units_sold(need.listing, account.as_of - Days(kYear), account.as_of - Days(1));
  return static_cast<double>(year) / kYear;
}

// Shipments not yet sent are not counted; where there is far too much already Amazon may refuse them.
void note_refused_inbound(const account::Account& account, SkuCase& sku, const market::Facts& facts) {
  const int64_t waiting = account.stock[sku.need.listing].inbound_working;
  const market::PromotionRule* rule = facts.promotions.rule("inbound_refused");
  if (waiting <= 0 || !rule || !rule->days || sku.need.month_units <= 0) return;
  const double days = (sku.on_hand + sku.inbound) / sku.need.month_units * kMonth;
  if (days <= *rule->days) return;
  const std::string en = fmt::format(
      "{} units not yet sent are not counted: with {:.0f} days of supply Amazon may refuse "
      "them, and they would add to the excess",
      waiting, days);
  sku.assumptions.push_back(
      {en, fmt::format("尚未发出的 {} 件未计入：可售 {:.0f} 天，亚马逊可能限制入库，且会增加冗余", waiting, days)});
}

// The first lower price whose referral sources differ on.
void note_referral(SkuCase& sku, const market::Facts& facts) {
  if (!sku.price || sku.sale.referral_disputed(*sku.price)) return;
  for (int step = 1; step * kCutStep <= facts.playbook.plan.max_discount; ++step) {
    const double cut = step * kCutStep;
    const Money price = economics::discounted(*sku.price, cut, sku.ending);
    const auto priced = sku.sale.referral_disputed(price);
    if (!priced) continue;
    const std::string figures = priced->fee.str() + " / " + priced->other->decimal();
    sku.assumptions.push_back(
        {fmt::format("referral fee at {} and other lower prices: sources differ, {}; the dearer is counted, a cut "
                     "brings at least this",
                     price.str(), figures),
         fmt::format("售价 {} 及其他更低价位的佣金来源不一致：{}；按较高者计，降价回款至少为此数", price.str(),
                     figures)});
    return;
  }
}

// Months and ages whose rate the seller was never charged, in a store without a card.
void note_bounds(SkuCase& sku) {
  const auto note = [&](const char* en, const char* zh) { sku.assumptions.push_back({en, zh}); };
  bool at_least = false, at_most = false, ages = false;
  const Date last = sku.first_day + Days(sku.horizon_days);
  for (Date month = sku.first_day; month < last; month = first_of_next_month(month)) {
    const economics::Bound bound = sku.holding.bound_of(month_of(month));
    at_least = at_least || bound == economics::Bound::kAtLeast;
    at_most = at_most || bound == economics::Bound::kAtMost;
    const auto on = sku.holding.assessed_in(month);
    const auto ahead = static_cast<int>(on ? days_between(sku.first_day, *on) : 0);
    ages = ages || (on && sku.need.ages_known && std::any_of(sku.ages.begin(), sku.ages.end(), [&](const auto& held) {
                      return sku.holding.at_least(*on, held, ahead);
                    }));
  }
  if (at_least)
    note("storage of October to December was not seen: counted as that of January to September, at least this",
         "10–12 月仓储费未见收取：按 1–9 月计，至少为此数");
  if (at_most)
    note("storage of January to September was not seen: counted as that of October to December, at most this",
         "1–9 月仓储费未见收取：按 10–12 月计，至多为此数");
  if (ages)
    note("aged surcharge of some ages was not seen: counted as that of younger ones, at least this",
         "部分库龄的超龄附加费未见收取：按较低库龄计，至少为此数");
}

// A fee that comes or goes within the horizon, and one on which sources differ.
void note_fees(SkuCase& sku, const market::Facts& facts) {
  for (const economics::FeeChange& change : sku.fee_changes) {
    if (std::abs(change.more) < kACent) continue;
    const std::string amount = Money::from_double(std::abs(change.more), sku.currency).str();
    const bool of_price = std::any_of(change.lower.begin(), change.lower.end(), [&](const economics::FeeStep& step) {
      return std::abs(step.more - change.more) >= kACent;
    });
    sku.assumptions.push_back(
        {fmt::format("from {} what a sale pays to ship is {} {} than its fulfilment fee{}", iso(change.from), amount,
                     change.more > 0 ? "more" : "less",
                     of_price ? " at today's price; at lower prices another amount" : ""),
         fmt::format("自 {} 起，单件配送支出比其配送费{} {}{}", iso(change.from), change.more > 0 ? "高" : "低", amount,
                     of_price ? "（按现价；更低价位不同）" : "")});
  }
  if (const auto& low = sku.sale.low_inventory)
    sku.assumptions.push_back(
        {fmt::format("low-inventory-level fee counted: {} a unit sold, at about {:.0f} days of supply", low->fee.str(),
                     low->days_of_supply),
         fmt::format("已计低库存水平费：每售出一件 {}，按约 {:.0f} 天可售库存计", low->fee.str(),
                     low->days_of_supply)});
  note_referral(sku, facts);
  note_bounds(sku);
  if (sku.holding.utilisation) {
    const account::StorageUse& use = *sku.holding.utilisation;
    sku.assumptions.push_back(
        {fmt::format("storage utilisation surcharge counted: about {:.0f} weeks of {} stock are held, by what was "
                     "shipped in 13 weeks",
                     *use.weeks, use.size_class),
         fmt::format("已计库容利用率附加费：按 13 周出库估计，{}库存约 {:.0f} 周",
                     use.size_class == "oversize" ? "大件" : "标准尺寸", *use.weeks)});
  }
  if (!sku.need.ages_known) return;
  for (Date month = sku.first_day; month < sku.first_day + Days(sku.horizon_days); month = first_of_next_month(month)) {
    const auto on = sku.holding.assessed_in(month);
    if (!on || *on < sku.first_day) continue;
    const auto ahead = static_cast<int>(days_between(sku.first_day, *on));
    const bool disputed = std::any_of(sku.ages.begin(), sku.ages.end(), [&](const account::AgeBand& band) {
      return band.units > 0 && (sku.holding.disputed(*on, band.from_day + ahead) ||
                                (band.to_day && sku.holding.disputed(*on, *band.to_day + ahead)));
    });
    if (disputed)
      sku.assumptions.push_back(
          {"aged surcharge on " + iso(*on) + ": sources differ on what some ages pay; not taken off",
           iso(*on) + " 的超龄附加费：部分库龄的费率来源不一致；未扣除"});
  }
}

void note_assumptions(const account::Account& account, SkuCase& sku, const market::Facts& facts) {
  note_refused_inbound(account, sku, facts);
  auto& notes = sku.assumptions;
  notes.insert(notes.end(), sku.sale.unknown.begin(), sku.sale.unknown.end());
  if (!sku.price)
    notes.push_back({"the price is unknown: only bulk exits can be valued", "售价未提供：仅能评估批量清货"});
  if (!account.costs[sku.need.listing].unit_cost)
    notes.push_back(
        {"unit cost unknown: stages at playbook discounts, not at cost", "成本未提供：各阶段按规则折扣定价"});
  else if (!sku.ladder)
    notes.push_back({"no cost ladder (fulfilment fee or exchange rate unknown): stages at playbook discounts",
                     "无法计算成本阶梯（缺配送费或汇率）：各阶段按规则折扣定价"});
  if (sku.holding.storage_from_report)
    notes.push_back(
        {"storage by the seller's own estimate of next month, in every month: no card is known, October to December "
         "may be dearer",
         "仓储费按报告中下月预估计入每个月：无费率表，10–12 月可能更高"});
  if (!sku.holding.storage_per_unit)
    notes.push_back(
        {"storage fee unknown (no card or no item volume): not taken off", "仓储费未提供（缺费率或体积）：未扣除"});
  note_fees(sku, facts);
  if (!sku.holding.aged && sku.need.ages_known && (!sku.need.oldest_at_least || *sku.need.oldest_at_least > 0))
    notes.push_back({"aged inventory surcharge unknown: not taken off", "超龄附加费未提供：未扣除"});
  if (!sku.need.ages_known) notes.push_back({"inventory age unknown: no surcharge counted", "库龄未提供：未计附加费"});
  if (sku.inbound > 0)
    notes.push_back({fmt::format("inbound units are taken to arrive in {} days", sku.inbound_day),
                     fmt::format("在途货件按 {} 天后到仓计算", sku.inbound_day)});
}

}  // namespace

double SkuCase::excess(double units) const {
  if (need.dead) return units;
  return std::max(0.0, units - kept_units);
}

namespace {

// An exit whose fee is not known is not proposed: it would be on a fee of nothing.
void leave_unknown_exits(SkuCase& sku, const market::Facts& facts) {
  for (const economics::ExitValue& exit : sku.exits) {
    if (exit.known()) continue;
    const market::Channel* channel = facts.channel(exit.channel);
    const Text name = channel ? channel->name : Text{exit.channel, exit.channel};
    sku.assumptions.push_back({name.en + " was not considered: " + exit.unknown.front().en,
                               "未考虑" + name.zh + "：" + exit.unknown.front().zh});
  }
  std::erase_if(sku.exits, [](const economics::ExitValue& exit) { return !exit.known(); });
  if (!sku.exits.empty() && sku.exits.front().taken_lb)
    sku.assumptions.push_back(
        {fmt::format(
             "its weight is unknown: bulk exits are charged for {:g} lb, the most that its fulfilment fee allows",
             *sku.exits.front().taken_lb),
         fmt::format("重量未提供：批量清货按 {:g} 磅计费，即配送费所允许的最大重量", *sku.exits.front().taken_lb)});
}

// The days from the snapshot to the plan's start: their sales are taken off the oldest units, the rest is older.
void go_ahead(SkuCase& sku, Date as_of) {
  const auto days = static_cast<int>(days_between(as_of, sku.first_day));
  sku.days_ahead = days;
  if (days <= 0) return;
  if (days > kMostDaysAhead) {
    sku.assumptions.push_back(
        {fmt::format("the snapshot is {} days older than the plan: stock and ages are taken as they were", days),
         fmt::format("快照比方案早 {} 天：库存与库龄按快照计", days)});
    return;
  }
  const double sold = std::min(sku.available, std::round(sku.units_per_day * days));
  sku.on_hand -= sold;
  sku.available -= sold;
  double left = sold;
  for (auto band = sku.ages.rbegin(); band != sku.ages.rend(); ++band) {
    const auto taken = std::min<int64_t>(band->units, static_cast<int64_t>(left));
    band->units -= taken;
    left -= static_cast<double>(taken);
  }
  for (account::AgeBand& band : sku.ages) {
    band.from_day += days;
    if (band.to_day) *band.to_day += days;
  }
  if (sku.need.oldest_at_least) *sku.need.oldest_at_least += days;
  sku.inbound_day = std::max(0, sku.inbound_day - days);
  if (sold >= 1)
    sku.assumptions.push_back(
        {fmt::format("{:.0f} units are taken to sell before {}, when the plan starts", sold, iso(sku.first_day)),
         fmt::format("方案始于 {}，此前预计售出 {:.0f} 件", iso(sku.first_day), sold)});
}

}  // namespace

SkuCase sku_case(const account::Account& account, const Need& need, const market::Facts& facts, int horizon_weeks,
                 Date first_day) {
  const size_t i = need.listing;
  const account::Listing& listing = account.listings[i];
  const account::StockPosition& stock = account.stock[i];
  SkuCase sku{need,
              listing.marketplace,
              listing.currency,
              first_day,
              horizon_weeks * 7,
              base_velocity(account, need),
              need.month_units * facts.playbook.stock_to_sales.healthy_to,
              static_cast<double>(stock.on_hand()),
              static_cast<double>(stock.available),
              static_cast<double>(stock.inbound()),
              facts.playbook.plan.inbound_days,
              {},
              account.fees[i].price,
              economics::sale_terms(account, i, facts, first_day),
              {},
              economics::holding_terms(account, i, facts, first_day),
              economics::exit_values(account, i, facts, first_day),
              {},
              market::PriceEnding::kTenthNine,
              account.amazon[i].recommended_action,
              0,
              {}};
  sku.fee_changes =
      economics::fulfilment_changes(account, i, facts, first_day, first_day + Days(sku.horizon_days), sku.sale.unknown);
  const auto ages = account.ages.of(i);
  sku.ages.assign(ages.begin(), ages.end());
  sku.ending = economics::ending_in(facts, listing.marketplace);
  if (sku.price && sku.price->units() <= 0) sku.price.reset();
  sku.ladder = ladder_of(account, i, facts);
  note_assumptions(account, sku, facts);
  leave_unknown_exits(sku, facts);
  go_ahead(sku, account.as_of);
  return sku;
}

}  // namespace destock::clearance

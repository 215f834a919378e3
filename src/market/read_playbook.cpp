#include "market/read_playbook.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace destock::market {
namespace {

double within(const FactTable& table, std::string_view key, double least, double most) {
  const double value = table.number(key);
  if (!(value >= least) || value > most)
    table.tell(key, {fmt::format("must be between {:g} and {:g}", least, most),
                     fmt::format("须介于 {:g} 与 {:g} 之间", least, most)});
  return value;
}

int small(const FactTable& table, std::string_view key, int64_t least = 0, int64_t most = 10'000) {
  const int64_t value = table.whole(key);
  if (value < least || value > most)
    table.tell(
        key, {fmt::format("must be between {} and {}", least, most), fmt::format("须介于 {} 与 {} 之间", least, most)});
  return static_cast<int>(value);
}

int64_t units(const FactTable& table, std::string_view key) {
  const int64_t value = table.whole(key);
  if (value < 0 || value > 100'000'000) table.wrong(key, {"is out of range", "超出范围"});
  return value;
}

double share(const FactTable& table, std::string_view key) {
  return within(table, key, 0, 1);
}

// Nothing is given away for nothing.
constexpr double kMostDiscount = 0.95;
double discount(const FactTable& table, std::string_view key) {
  return within(table, key, 0, kMostDiscount);
}

constexpr double kMostUplift = 100;
double uplift(const FactTable& table, std::string_view key) {
  return within(table, key, 0, kMostUplift);
}

std::vector<double> all_within(const FactTable& table, std::string_view key, double least, double most) {
  std::vector<double> values = table.numbers(key);
  for (double value : values)
    if (!(value >= least) || value > most)
      table.wrong(key, {fmt::format("must each be between {:g} and {:g}", least, most),
                        fmt::format("各项须介于 {:g} 与 {:g} 之间", least, most)});
  return values;
}

std::vector<int> days_of(const FactTable& table, std::string_view key, int least) {
  std::vector<int> values;
  for (double value : all_within(table, key, least, 365)) {
    if (value != std::floor(value)) table.wrong(key, {"must be whole days", "须为整天数"});
    values.push_back(static_cast<int>(value));
  }
  return values;
}

void read_diagnosis_rules(const FactTable& root, Playbook& book) {
  const FactTable ratio = root.table("stock_to_sales");
  book.stock_to_sales = {within(ratio, "healthy_from", 0, 120), within(ratio, "healthy_to", 0, 120)};
  if (book.stock_to_sales.healthy_to < book.stock_to_sales.healthy_from)
    ratio.tell("healthy_to", {"is below healthy_from", "小于 healthy_from"});
  const FactTable age = root.table("age");
  book.age = {small(age, "aged_days", 1), small(age, "new_listing_days")};
  const FactTable velocity = root.table("velocity");
  book.velocity = {days_of(velocity, "window_days", 1), all_within(velocity, "weights", 0, 1)};
  if (book.velocity.window_days.size() != book.velocity.weights.size())
    velocity.wrong("weights", {"needs one for each window", "须与各窗口一一对应"});
  if (book.velocity.window_days.size() > kMostVelocityWindows)
    velocity.wrong("window_days", {"has more than eight windows", "窗口超过八个"});
  if (std::accumulate(book.velocity.weights.begin(), book.velocity.weights.end(), 0.0) <= 0)
    velocity.wrong("weights", {"must not all be 0", "不得全为 0"});
  const FactTable account = root.table("account");
  book.account = {share(account, "excess_share_alarm"), small(account, "stale_after_days"),
                  small(account, "urgent_within_days"), within(account, "urgent_above_ratio", 0, 1000)};
}

void read_deal_rules(const FactTable& root, Playbook& book) {
  const FactTable outlet = root.table("outlet");
  book.outlet = {within(outlet, "ratio_above", 0, 120), within(outlet, "ratio_to", 0, 120),
                 discount(outlet, "discount"), small(outlet, "days", 1, 365), uplift(outlet, "uplift")};
  const FactTable lightning = root.table("lightning");
  book.lightning = {units(lightning, "units_to"),        discount(lightning, "discount"),
                    uplift(lightning, "uplift"),         small(lightning, "warm_up_days", 0, 365),
                    uplift(lightning, "warm_up_uplift"), small(lightning, "preparation_days", 0, 365)};
  if (book.lightning.warm_up_days > book.lightning.preparation_days)
    lightning.wrong("warm_up_days", {"must be within preparation_days", "不得超过 preparation_days"});
  const FactTable best_deal = root.table("best_deal");
  book.best_deal = {units(best_deal, "units_to"), discount(best_deal, "discount"), small(best_deal, "days", 1, 365),
                    discount(best_deal, "coupon")};
  const FactTable woot = root.table("woot");
  book.woot = {units(woot, "units_above"), days_of(woot, "days", 0), all_within(woot, "discounts", 0, kMostDiscount),
               discount(woot, "max_discount")};
  if (book.woot.days.size() != 4 || book.woot.discounts.size() != 3)
    woot.wrong("days", {"needs Woot, Best Deal, Woot and the gap", "需要 Woot、Best Deal、Woot 与间隔四项"});
  double last = 0;
  for (double discount : book.woot.discounts) {
    if (discount < last || discount > book.woot.max_discount)
      woot.wrong("discounts", {"must step up and stay within max_discount", "须逐级递增且不超过 max_discount"});
    last = discount;
  }
  const FactTable discounts = root.table("discounts");
  book.discounts = {discount(discounts, "coupon"), discount(discounts, "ped"), small(discounts, "ped_days", 1, 365),
                    discount(discounts, "business"), small(discounts, "business_min_units", 1)};
}

void read_exit_rules(const FactTable& root, Playbook& book) {
  const FactTable markdown = root.table("markdown");
  book.markdown = {small(markdown, "stage_days", 1, 365), small(markdown, "last_stage_min_age_days"),
                   share(markdown, "last_stage_cost_share"),
                   all_within(markdown, "unknown_cost_discounts", 0, kMostDiscount)};
  if (book.markdown.unknown_cost_discounts.size() != 3)
    markdown.wrong("unknown_cost_discounts", {"needs one for each of the three stages", "三个阶段各需一个"});
  const FactTable offsite = root.table("offsite");
  book.offsite = {discount(offsite, "discount"), small(offsite, "days", 1, 365), units(offsite, "units_above")};
  const FactTable wholesale = root.table("wholesale");
  book.wholesale = {share(wholesale, "recovery"), units(wholesale, "min_units"),
                    small(wholesale, "delay_days", 0, 730)};
  book.liquidation = {share(root.table("liquidation"), "recovery_of_price")};
  const FactTable response = root.table("price_response");
  book.price_response = {within(response, "elasticity", -20, 0),        share(response, "max_extrapolated_discount"),
                         share(response, "bends_from_discount"),        share(response, "gain_beyond"),
                         within(response, "reduced_week_log_sd", 0, 1), response.text("source")};
}

}  // namespace

Playbook read_playbook(const FactTable& root) {
  Playbook book{};
  book.name = root.text("name");
  read_diagnosis_rules(root, book);
  read_deal_rules(root, book);
  read_exit_rules(root, book);
  const FactTable restock = root.table("restock");
  book.restock = {units(restock, "test_batch_from"),
                  units(restock, "test_batch_to"),
                  within(restock, "cover_months_from", 0, 60),
                  within(restock, "cover_months_to", 0, 60),
                  small(restock, "default_lead_time_days", 0, 730),
                  small(restock, "refresh_days", 0, 365),
                  small(restock, "taper_months_before_peak", 0, 12),
                  small(restock, "clear_weeks_before_season_end", 0, 52),
                  small(restock, "order_every_days", 1, 365),
                  within(restock, "most_months_by_minimum_order", 0, 120)};
  const FactTable plan = root.table("plan");
  book.plan = {small(plan, "horizon_weeks", 1, 104),
               discount(plan, "max_discount"),
               within(plan, "cost_of_capital_per_year", 0, 10),
               within(plan, "dear_capital_per_year", 0, 10),
               units(plan, "min_units_to_clear"),
               within(plan, "min_gain", 0, 1e6),
               within(plan, "row_cost", 0, 1e4),
               within(plan, "clicks_cost", 0, 1e4),
               within(plan, "message_cost", 0, 1e4),
               small(plan, "inbound_days", 0, 365),
               days_of(plan, "delay_weeks", 1)};
  if (book.plan.delay_weeks.size() != 4) plan.wrong("delay_weeks", {"needs four, rising", "需要四个递增的数值"});
  const FactTable carry_out = root.table("carry_out");
  book.carry_out = {discount(carry_out, "most_off_today"),
                    share(carry_out, "least_stock_left"),
                    small(carry_out, "old_stock_days"),
                    small(carry_out, "old_plan_days"),
                    within(carry_out, "coupon_budget_room", 1, 10),
                    small(carry_out, "trial_weeks", 1, 26)};
  const FactTable returns = root.table("returns");
  book.returns = {small(returns, "window_days", 1, 730), units(returns, "least_units_sold")};
  return book;
}

std::vector<RuleGroup> read_rule_words(const FactTable& root) {
  std::vector<RuleGroup> groups;
  for (const FactTable& table : root.tables("group")) {
    RuleGroup group{table.text("id"), table.both_languages("name"), {}};
    for (const FactRow& row : table.rows("rules")) {
      const auto* unit = std::find(std::begin(kRuleUnitIds), std::end(kRuleUnitIds), row.text(1));
      if (unit == std::end(kRuleUnitIds))
        table.wrong("rules", {"has a unit that is not known: " + row.text(1), "没有该单位：" + row.text(1)});
      group.rules.push_back(
          {row.text(0), static_cast<RuleUnit>(unit - std::begin(kRuleUnitIds)), {row.text(2), row.text(3)}});
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace destock::market

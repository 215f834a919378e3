#include "market/read_playbook.h"

#include <algorithm>

namespace destock::market {
namespace {

int small(const FactTable& table, std::string_view key) {
  const int64_t value = table.whole(key);
  if (value < 0 || value > 100'000) table.wrong(key, "is out of range");
  return static_cast<int>(value);
}

double share(const FactTable& table, std::string_view key) {
  const double value = table.number(key);
  if (value < 0 || value > 1) table.wrong(key, "must be between 0 and 1");
  return value;
}

std::vector<int> smalls(const FactTable& table, std::string_view key) {
  std::vector<int> values;
  for (double value : table.numbers(key)) values.push_back(static_cast<int>(value));
  return values;
}

void read_diagnosis_rules(const FactTable& root, Playbook& book) {
  const FactTable ratio = root.table("stock_to_sales");
  book.stock_to_sales = {ratio.number("healthy_from"), ratio.number("healthy_to")};
  if (book.stock_to_sales.healthy_to < book.stock_to_sales.healthy_from)
    ratio.wrong("healthy_to", "is below healthy_from");
  const FactTable age = root.table("age");
  book.age = {small(age, "aged_days"), small(age, "surcharge_days"), small(age, "new_listing_days")};
  const FactTable velocity = root.table("velocity");
  book.velocity = {smalls(velocity, "window_days"), velocity.numbers("weights")};
  if (book.velocity.window_days.size() != book.velocity.weights.size())
    velocity.wrong("weights", "needs one for each window");
  if (book.velocity.window_days.size() > kMostVelocityWindows)
    velocity.wrong("window_days", "has more than eight windows");
  const FactTable account = root.table("account");
  book.account = {share(account, "excess_share_alarm"), small(account, "stale_after_days"),
                  small(account, "urgent_within_days"), account.number("urgent_above_ratio")};
}

void read_deal_rules(const FactTable& root, Playbook& book) {
  const FactTable outlet = root.table("outlet");
  book.outlet = {outlet.number("ratio_above"), outlet.number("ratio_to"), share(outlet, "discount"),
                 small(outlet, "days"), outlet.number("uplift")};
  const FactTable lightning = root.table("lightning");
  book.lightning = {lightning.whole("units_to"),        share(lightning, "discount"),
                    lightning.number("uplift"),         small(lightning, "warm_up_days"),
                    lightning.number("warm_up_uplift"), small(lightning, "preparation_days")};
  const FactTable best_deal = root.table("best_deal");
  book.best_deal = {best_deal.whole("units_to"), share(best_deal, "discount"), small(best_deal, "days"),
                    share(best_deal, "coupon")};
  const FactTable woot = root.table("woot");
  book.woot = {woot.whole("units_above"), smalls(woot, "days"), woot.numbers("discounts"), share(woot, "max_discount")};
  if (book.woot.days.size() != 4 || book.woot.discounts.size() != 3)
    woot.wrong("days", "needs Woot, Best Deal, Woot and the gap");
  double last = 0;
  for (double discount : book.woot.discounts) {
    if (discount < last || discount > book.woot.max_discount)
      woot.wrong("discounts", "must step up and stay within max_discount");
    last = discount;
  }
  const FactTable discounts = root.table("discounts");
  book.discounts = {share(discounts, "coupon"), share(discounts, "ped"), small(discounts, "ped_days"),
                    share(discounts, "business"), small(discounts, "business_min_units")};
}

void read_exit_rules(const FactTable& root, Playbook& book) {
  const FactTable markdown = root.table("markdown");
  book.markdown = {small(markdown, "stage_days"), small(markdown, "last_stage_min_age_days"),
                   share(markdown, "last_stage_cost_share"), markdown.numbers("unknown_cost_discounts")};
  if (book.markdown.unknown_cost_discounts.size() != 3)
    markdown.wrong("unknown_cost_discounts", "needs one for each of the three stages");
  const FactTable offsite = root.table("offsite");
  book.offsite = {share(offsite, "discount"), small(offsite, "days"), offsite.whole("units_above")};
  const FactTable wholesale = root.table("wholesale");
  book.wholesale = {share(wholesale, "recovery"), wholesale.whole("min_units"), small(wholesale, "delay_days")};
  book.liquidation = {share(root.table("liquidation"), "recovery_of_price")};
  const FactTable response = root.table("price_response");
  book.price_response = {response.number("elasticity"), share(response, "max_extrapolated_discount"),
                         response.text("source")};
  if (book.price_response.elasticity > 0) response.wrong("elasticity", "must not be positive");
}

}  // namespace

Playbook read_playbook(const FactTable& root) {
  Playbook book{};
  book.name = root.text("name");
  read_diagnosis_rules(root, book);
  read_deal_rules(root, book);
  read_exit_rules(root, book);
  const FactTable restock = root.table("restock");
  book.restock = {restock.whole("test_batch_from"),           restock.whole("test_batch_to"),
                  restock.number("cover_months_from"),        restock.number("cover_months_to"),
                  small(restock, "default_lead_time_days"),   small(restock, "refresh_days"),
                  small(restock, "taper_months_before_peak"), small(restock, "clear_weeks_before_season_end")};
  const FactTable plan = root.table("plan");
  book.plan = {small(plan, "horizon_weeks"), plan.number("cost_of_capital_per_year"), plan.whole("min_units_to_clear")};
  return book;
}

std::vector<RuleGroup> read_rule_words(const FactTable& root) {
  std::vector<RuleGroup> groups;
  for (const FactTable& table : root.tables("group")) {
    RuleGroup group{table.text("id"), table.both_languages("name"), {}};
    for (const FactRow& row : table.rows("rules")) {
      const auto* unit = std::find(std::begin(kRuleUnitIds), std::end(kRuleUnitIds), row.text(1));
      if (unit == std::end(kRuleUnitIds)) table.wrong("rules", "has a unit that is not known: " + row.text(1));
      group.rules.push_back(
          {row.text(0), static_cast<RuleUnit>(unit - std::begin(kRuleUnitIds)), {row.text(2), row.text(3)}});
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace destock::market

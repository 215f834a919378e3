#include "clearance/playbook.h"

#include <fmt/format.h>
#include <algorithm>

#include "clearance/eligibility.h"
#include "clearance/price_response.h"
#include "economics/price_ending.h"

namespace destock::clearance {
namespace {

class PlaybookPlayer {
public:
  PlaybookPlayer(const SkuCase& sku, const market::Facts& facts, StockRun& run,
                 std::vector<account::PlanAction>& actions)
      : sku_(sku), facts_(facts), rules_(facts.playbook), run_(run), actions_(actions) {}

  void play() {
    if (sku_.price && sku_.units_per_day > 0) {
      if (excess() > 0) deals();
      if (excess() > 0) prime_discount();
      if (excess() > 0) stages();
    }
    if (excess() >= 1) exits();
    sell_regular(sku_.horizon_days);
  }

private:
  bool usable(std::string_view id) const {
    const market::Channel* channel = facts_.channel(id);
    return channel && market::runs_in(*channel, sku_.marketplace);
  }
  double excess() const { return sku_.excess(run_.units()); }
  double regular() const { return sku_.price->to_double(); }
  Date date(int day) const { return sku_.first_day + Days(day); }
  double by_price(Money price) const { return price_multiplier(price.to_double(), regular(), rules_.price_response); }

  account::PlanAction& add(int days, std::string_view channel, std::optional<Money> price, Text reason) {
    const int start = run_.day();
    const int end = std::min(start + std::max(1, days), sku_.horizon_days) - 1;
    account::PlanAction action{start / 7, date(start), date(end), std::string(channel), price, {},
                               {},        {},          0,         std::move(reason),    {}};
    if (price && sku_.price) action.discount = 1 - price->to_double() / regular();
    actions_.push_back(std::move(action));
    return actions_.back();
  }

  // Runs a price or programme and keeps what it is expected to do.
  void run_action(int days, std::string_view channel, Money price, double multiplier, Text reason, double fixed_fee = 0,
                  double share = 0, std::optional<double> share_cap = {}, std::vector<Text> checks = {}) {
    if (run_.over()) return;
    account::PlanAction& action = add(days, channel, price, std::move(reason));
    const auto sold = run_.sell(days, {price.to_double(), multiplier});
    double fee = fixed_fee;
    double by_sales = share * sold.gross;
    if (share_cap) by_sales = std::min(by_sales, *share_cap);
    fee += by_sales;
    if (fee > 0) run_.pay_back(fee, action.week);
    action.expected_units = sold.units;
    action.expected_cash = Money::from_double(sold.cash - fee, sku_.currency);
    action.checks = std::move(checks);
  }

  void sell_regular(int days) {
    if (run_.over()) return;
    const double price = sku_.price ? regular() : 0;
    run_.sell(days, {price, 1});
  }

  // A programme of Amazon's, with its own fee, if the listing may run it. False: it may not.
  bool programme(std::string_view id, int days, double discount, double multiplier_beyond_price, Text reason,
                 double coupon = 0, std::optional<double> whole_multiplier = {}) {
    const market::Channel* channel = facts_.channel(id);
    if (!channel) return false;
    Eligibility may = eligibility(sku_, *channel);
    if (may.plainly_not) return false;
    if (channel->min_discount && discount < *channel->min_discount - 1e-9) return false;
    discount = std::min(discount, channel->max_discount.value_or(1));
    Money price = economics::discounted(*sku_.price, discount, sku_.ending);
    if (coupon > 0) price = Money::from_double(price.to_double() * (1 - coupon), sku_.currency).rounded();
    const double multiplier = whole_multiplier.value_or(by_price(price) * multiplier_beyond_price);
    Fee fee = fee_of(*channel, days);
    if (coupon > 0)
      if (const market::Channel* badge = facts_.channel("coupon")) {
        const Fee more = fee_of(*badge, days);
        fee.fixed += more.fixed;
        fee.share += more.share;
        fee.cap.reset();
        for (const market::Condition& condition : badge->conditions) may.checks.push_back(condition.ask);
      }
    run_action(days, id, price, multiplier, std::move(reason), fee.fixed, fee.share, fee.cap, std::move(may.checks));
    return true;
  }

  struct Fee {
    double fixed = 0;
    double share = 0;
    std::optional<double> cap;
  };
  Fee fee_of(const market::Channel& channel, int days) const {
    Fee fee;
    const market::ChannelFee* row = market::fee_in_force(channel, sku_.marketplace, date(run_.day()));
    if (!row) return fee;
    if (row->fixed) fee.fixed += row->fixed->to_double();
    if (row->per_day) fee.fixed += row->per_day->to_double() * days;
    fee.share = row->share_of_sales;
    if (row->share_cap) fee.cap = row->share_cap->to_double();
    return fee;
  }

  void prime_discount() {
    const auto& rule = rules_.discounts;
    programme("ped", rule.ped_days, rule.ped, uplift_of("ped"),
              {fmt::format("targeted discount before any markdown: Prime exclusive, {:.0f}% off for {} days",
                           rule.ped * 100, rule.ped_days),
               fmt::format("降价前先做定向折扣：Prime 专享 {:.0f}% 折扣 {} 天", rule.ped * 100, rule.ped_days)});
  }

  void deals() {
    const auto& outlet = rules_.outlet;
    const bool outlet_ratio = sku_.need.ratio > outlet.ratio_above && sku_.need.ratio <= outlet.ratio_to;
    if (outlet_ratio) {
      const Text reason{
          fmt::format("stock-to-sales {:.1f} is within {:g}–{:g}: Outlet at {:.0f}% off for {} days, free of deal fees",
                      sku_.need.ratio, outlet.ratio_above, outlet.ratio_to, outlet.discount * 100, outlet.days),
          fmt::format("库销比 {:.1f} 在 {:g}–{:g} 之间：奥特莱斯 {:.0f}% 折扣 {} 天，无活动费", sku_.need.ratio,
                      outlet.ratio_above, outlet.ratio_to, outlet.discount * 100, outlet.days)};
      if (programme("outlet", outlet.days, outlet.discount, 1, reason, 0, outlet.uplift) && excess() <= 0) return;
    }
    const double left = excess();
    if (left > static_cast<double>(rules_.woot.units_above) && woot()) return;
    if (left > static_cast<double>(rules_.lightning.units_to) && best_deal(left)) return;
    lightning(left);
  }

  bool woot() {
    const auto& rule = rules_.woot;
    const market::Channel* channel = facts_.channel("woot");
    if (!channel || eligibility(sku_, *channel).plainly_not) return false;
    const double left = excess();
    const Text reason{
        fmt::format(
            "{:.0f} units of excess are more than {}: rotation of Woot, Best Deal, Woot with discounts that step up",
            left, rule.units_above),
        fmt::format("冗余 {:.0f} 件超过 {}：WOOT、BD、WOOT 轮换，折扣逐级加深", left, rule.units_above)};
    programme("woot", rule.days[0], rule.discounts[0], 1, reason);
    if (!programme("best_deal", rule.days[1], rule.discounts[1], uplift_of("best_deal"),
                   {"second leg of the Woot rotation", "WOOT 轮换第二段"}))
      sell_regular(rule.days[1]);
    programme("woot", rule.days[2], rule.discounts[2], 1, {"third leg of the Woot rotation", "WOOT 轮换第三段"});
    sell_regular(rule.days[3]);  // the one gap
    return true;
  }

  bool best_deal(double left) {
    const auto& rule = rules_.best_deal;
    const bool badge = usable("coupon");
    Text reason{fmt::format("{:.0f} units of excess: Best Deal of {} days", left, rule.days),
                fmt::format("冗余 {:.0f} 件：BD {} 天", left, rule.days)};
    if (badge) {
      reason.en += fmt::format(" with a {:.0f}% coupon on the deal price", rule.coupon * 100);
      reason.zh += fmt::format("并叠加 {:.0f}% 优惠券", rule.coupon * 100);
    }
    return programme("best_deal", rule.days, rule.discount, uplift_of("best_deal"), reason, badge ? rule.coupon : 0);
  }

  void lightning(double left) {
    const auto& rule = rules_.lightning;
    const market::Channel* channel = facts_.channel("lightning");
    if (!channel || eligibility(sku_, *channel).plainly_not) return;
    const bool warms_up = usable("offsite");
    sell_regular(rule.preparation_days - (warms_up ? rule.warm_up_days : 0));
    if (warms_up)
      run_action(rule.warm_up_days, "offsite", *sku_.price, rule.warm_up_uplift,
                 {fmt::format("warm-up for the Lightning Deal: ad budget doubled and off-site posts for {} days",
                              rule.warm_up_days),
                  fmt::format("秒杀预热：广告预算加倍、站外引流 {} 天", rule.warm_up_days)});
    programme("lightning", 1, rule.discount, rule.uplift,
              {fmt::format("{:.0f} units of excess are at most {}: Lightning Deal at {:.0f}% off", left, rule.units_to,
                           rule.discount * 100),
               fmt::format("冗余 {:.0f} 件不超过 {}：秒杀 {:.0f}% 折扣", left, rule.units_to, rule.discount * 100)});
  }

  double uplift_of(std::string_view id) const {
    const market::Channel* channel = facts_.channel(id);
    return channel && channel->uplift_known ? channel->uplift : 1;
  }

  void stages() {
    for (size_t stage = 0; stage < 3 && excess() > 0 && !run_.over(); ++stage) {
      if (stage == 2 && !old_enough_for_last_stage()) break;
      if (stage == 1) offsite();
      const std::optional<Money> price = stage_price(stage);
      if (!price) continue;
      static constexpr std::string_view kNamesEn[] = {"break even", "recover the purchase cost",
                                                      "recover half the purchase cost"};
      static constexpr std::string_view kNamesZh[] = {"保本清", "收成本", "收一半成本"};
      const Text reason = sku_.ladder ? Text{fmt::format("stage {}: {}", stage + 1, kNamesEn[stage]),
                                             fmt::format("第 {} 阶段：{}", stage + 1, kNamesZh[stage])}
                                      : Text{fmt::format("stage {}: {:.0f}% off, cost unknown", stage + 1,
                                                         rules_.markdown.unknown_cost_discounts[stage] * 100),
                                             fmt::format("第 {} 阶段：{:.0f}% 折扣（成本未提供）", stage + 1,
                                                         rules_.markdown.unknown_cost_discounts[stage] * 100)};
      run_action(rules_.markdown.stage_days, "markdown", *price, by_price(*price), reason);
    }
  }

  // A stage's price, if it is a cut and below the stage before.
  std::optional<Money> stage_price(size_t stage) {
    Money price = sku_.ladder
                      ? (*sku_.ladder)[stage]
                      : economics::discounted(*sku_.price, rules_.markdown.unknown_cost_discounts[stage], sku_.ending);
    if (price >= *sku_.price || price.units() <= 0) return std::nullopt;
    return price;
  }

  bool old_enough_for_last_stage() const {
    if (!sku_.need.oldest_at_least) return false;
    const int age = *sku_.need.oldest_at_least + run_.day();
    return age >= rules_.markdown.last_stage_min_age_days;
  }

  void offsite() {
    const auto& rule = rules_.offsite;
    const market::Channel* channel = facts_.channel("offsite");
    if (!channel || excess() <= static_cast<double>(rule.units_above)) return;
    Eligibility may = eligibility(sku_, *channel);
    if (may.plainly_not) return;
    const Money price = economics::discounted(*sku_.price, rule.discount, sku_.ending);
    run_action(rule.days, "offsite", price, by_price(price),
               {fmt::format("off-site deal at {:.0f}% off for {} days", rule.discount * 100, rule.days),
                fmt::format("站外 Deal {:.0f}% 折扣 {} 天", rule.discount * 100, rule.days)},
               0, 0, {}, std::move(may.checks));
  }

  void exits() {
    if (sku_.exits.empty() || run_.over()) return;
    const economics::ExitValue& exit = sku_.exits.front();
    const double units = std::min(excess(), run_.on_hand());
    if (units < 1) return;
    const Text why = sku_.units_per_day > 0
                         ? Text{fmt::format("{:.0f} units of excess are left after deals and markdown", units),
                                fmt::format("促销与降价后仍余冗余 {:.0f} 件", units)}
                         : Text{"no sale in a year: nothing to mark down for", "一年内无销售：降价无意义"};
    account::PlanAction& action = add(1, exit.channel, std::nullopt, why);
    action.units_out = units;
    action.expected_cash = Money::from_double(run_.leave(units, exit), sku_.currency);
    if (const market::Channel* channel = facts_.channel(exit.channel))
      for (const market::Condition& condition : channel->conditions) action.checks.push_back(condition.ask);
  }

  const SkuCase& sku_;
  const market::Facts& facts_;
  const market::Playbook& rules_;
  StockRun& run_;
  std::vector<account::PlanAction>& actions_;
};

}  // namespace

PlaybookRule weekly_rule(const market::Playbook& rules) {
  PlaybookRule rule;
  rule.hold_to = rules.stock_to_sales.healthy_to;
  rule.outlet_to = rules.outlet.ratio_to;
  rule.outlet_discount = rules.outlet.discount;
  rule.stage_weeks = std::max(1, rules.markdown.stage_days / 7);
  return rule;
}

void play_playbook(const SkuCase& sku, const market::Facts& facts, StockRun& run,
                   std::vector<account::PlanAction>& actions) {
  PlaybookPlayer(sku, facts, run, actions).play();
}

}  // namespace destock::clearance

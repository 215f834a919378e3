#include "restock/restock.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "demand/listing_season.h"

namespace destock::restock {
namespace {

constexpr double kMonthDays = 30;

int64_t whole_up(double units) {
  return static_cast<int64_t>(std::ceil(units - 1e-9));
}

// Units expected of a listing from a day on: the forecast's weeks, or an even pace where it has none.
class Expected {
public:
  Expected(const demand::AccountForecast& forecast, size_t listing, const demand::Velocity& velocity)
      : weeks_(forecast.of(listing)), pace_(velocity.in_stock.value_or(velocity.weighted.value_or(0))) {}

  // In the first `days` days.
  double until(double days) const {
    if (weeks_.empty()) return pace_ * days;
    double units = 0;
    for (const demand::WeekForecast& week : weeks_) {
      if (days <= 0) break;
      units += week.mean * std::min(1.0, days / 7);
      days -= 7;
    }
    return units;
  }
  // Days that `units` last; nothing: beyond the forecast.
  std::optional<double> lasts(double units) const {
    if (weeks_.empty()) return pace_ > 0 ? std::optional<double>(units / pace_) : std::nullopt;
    double days = 0;
    for (const demand::WeekForecast& week : weeks_) {
      if (week.mean >= units) return days + (week.mean > 0 ? 7 * units / week.mean : 0);
      units -= week.mean;
      days += 7;
    }
    return std::nullopt;
  }

private:
  std::span<const demand::WeekForecast> weeks_;
  double pace_;
};

constexpr std::string_view kFactory = "factory_";  // events on which factories stand still

// A span from figures of a file: what is beyond a hundred years is no day that anybody plans for, and dates end.
Days days_of(double days) {
  return Days(static_cast<int>(std::clamp(days, 0.0, 36'500.0)));
}

// When an order of today arrives: the days of a holiday of the factories that fall into it are added.
void find_arrival(const account::Account& account, const market::Facts& facts, RestockLine& line) {
  Date arrives = account.as_of + days_of(static_cast<double>(line.lead_time_days));
  const market::Calendar* calendar = facts.calendar(account.listings[line.listing].marketplace);
  for (const market::Event& event : calendar ? calendar->events : std::vector<market::Event>()) {
    if (!event.id.starts_with(kFactory) || event.last_day < account.as_of || event.first_day > arrives) continue;
    const int64_t closed = days_between(std::max(event.first_day, account.as_of), event.last_day) + 1;
    line.factory_closed_days += closed;
    arrives += Days(static_cast<int>(closed));
  }
  line.arrives = arrives;
}

// In season: how much of the cover a reorder may still count on.
double cover_within(const std::optional<Season>& season, Date today, double cover_days) {
  if (!season || today < season->taper_from) return cover_days;
  return std::clamp(static_cast<double>(days_between(today, season->clear_from)), 0.0, cover_days);
}

// Nothing is to be ordered, whatever sells.
std::optional<Text> why_stop(const RestockLine& line, Date today, Surplus surplus) {
  if (line.season && today >= line.season->clear_from)
    return Text{fmt::format("the season {} ends: clear from {}, order nothing", line.season->name.en,
                            iso(line.season->clear_from)),
                fmt::format("{} 季末：自 {} 起清仓，停止补货", line.season->name.zh, iso(line.season->clear_from))};
  if (surplus == Surplus::kDead)
    return Text{"stock and no sales in the month: order nothing", "有库存，近 30 天无销售：停止补货"};
  if (surplus == Surplus::kExcess)
    return line.days_of_supply ? Text{fmt::format("excess: the stock lasts about {:.0f} days; clear it, order nothing",
                                                  *line.days_of_supply),
                                      fmt::format("库存冗余：约可售 {:.0f} 天，先清仓，停止补货", *line.days_of_supply)}
                               : Text{"excess: the stock lasts beyond the forecast; clear it, order nothing",
                                      "库存冗余：超出预测期仍售不完，先清仓，停止补货"};
  if (line.season && *line.arrives >= line.season->clear_from)
    return Text{fmt::format("an order of today arrives {}, after {} is cleared from {}: order nothing",
                            iso(*line.arrives), line.season->name.en, iso(line.season->clear_from)),
                fmt::format("今日下单 {} 才到货，晚于 {} 清仓起始日 {}：停止补货", iso(*line.arrives),
                            line.season->name.zh, iso(line.season->clear_from))};
  return std::nullopt;
}

void decide(RestockLine& line, const account::CostFacts& cost, Date today, const market::RestockRule& rule,
            const Expected& expected, Surplus surplus) {
  const double cover_days = cover_within(line.season, today, rule.cover_months_to * kMonthDays);
  const auto lead = static_cast<double>(days_between(today, *line.arrives));
  line.per_day = expected.until(lead + cover_days) / std::max(1.0, lead + cover_days);
  line.reorder_point = whole_up(expected.until(lead));
  line.order_up_to = whole_up(expected.until(cover_days));
  const double low = expected.until(std::min(rule.cover_months_from * kMonthDays, cover_days));
  line.order_low = orderable(std::max<int64_t>(0, whole_up(low) - line.stock), cost.moq, cost.carton);
  line.order_high = orderable(std::max<int64_t>(0, *line.order_up_to - line.stock), cost.moq, cost.carton);
  line.days_of_supply = expected.lasts(static_cast<double>(line.stock));
  if (line.days_of_supply) line.stockout_date = today + days_of(*line.days_of_supply);
  if (const auto stop = why_stop(line, today, surplus)) {
    line.advice = Advice::kStop;
    line.reason = *stop;
    return;
  }
  const double cover = line.days_of_supply.value_or(rule.cover_months_to * kMonthDays + lead);
  const std::string days = line.days_of_supply ? fmt::format("{:.0f}", cover) : std::string("> 500");
  if (line.days_of_supply && cover < lead) {
    line.advice = Advice::kStockoutRisk;
    line.order_now = *line.order_high;
    line.reason = {fmt::format("{} days of supply, a new order takes {:.0f}: it runs out about {}", days, lead,
                               iso(*line.stockout_date)),
                   fmt::format("可售 {} 天，补货需 {:.0f} 天：约 {} 断货", days, lead, iso(*line.stockout_date))};
  } else if (cover<rule.cover_months_from * kMonthDays&& * line.order_high> 0) {
    line.advice = Advice::kReorder;
    line.order_now = *line.order_high;
    line.reason = {fmt::format("{} days of supply are less than {:g} months", days, rule.cover_months_from),
                   fmt::format("可售 {} 天，不足 {:g} 个月", days, rule.cover_months_from)};
  } else {
    line.advice = Advice::kEnough;
    line.reason = {fmt::format("{} days of supply", days), fmt::format("可售 {} 天", days)};
  }
  if (line.season && today >= line.season->taper_from && line.order_now > 0) {
    line.advice = Advice::kTaper;
    line.reason.en += fmt::format("; {} peaks {}: order only what sells before {}", line.season->name.en,
                                  iso(line.season->peak), iso(line.season->clear_from));
    line.reason.zh += fmt::format("；{} 旺季 {}：仅补 {} 前可售完的量", line.season->name.zh, iso(line.season->peak),
                                  iso(line.season->clear_from));
  }
}

// A minimum order above the need is how excess begins: the line says what is needed and how long the order would last;
// one that would last too long is not proposed.
void look_at_minimum(RestockLine& line, const account::CostFacts& cost, const market::RestockRule& rule,
                     const Expected& expected) {
  if (!cost.moq || !line.order_up_to || line.order_now <= 0) return;
  const int64_t need = *line.order_up_to - line.stock;
  if (need >= *cost.moq) return;
  const auto lasts = expected.lasts(static_cast<double>(line.stock + line.order_now));
  const double months = lasts ? *lasts / kMonthDays : 0;
  const std::string en = lasts ? fmt::format("{:.1f} months", months) : std::string("longer than can be foreseen");
  const std::string zh = lasts ? fmt::format("{:.1f} 个月", months) : std::string("很久，超出预测期");
  if (!lasts || months > rule.most_months_by_minimum_order) {
    line.advice = Advice::kNegotiate;
    line.order_now = 0;
    line.reason.en += fmt::format(
        "; {} needed, the minimum order of {} would last {}: order nothing, talk to the factory", need, *cost.moq, en);
    line.reason.zh += fmt::format("；实际需要 {}，起订量 {} 可售 {}：不建议补货，请与工厂谈量", need, *cost.moq, zh);
    return;
  }
  line.reason.en +=
      fmt::format("; {} needed, the minimum order of {} would last {}: ask for less", need, *cost.moq, en);
  line.reason.zh += fmt::format("；实际需要 {}，起订量 {} 可售 {}：建议与工厂协商减量", need, *cost.moq, zh);
}

void decide_without_sales(RestockLine& line, const account::CostFacts& cost, bool is_new,
                          const market::RestockRule& rule) {
  if (is_new && line.stock == 0) {
    line.advice = Advice::kTestBatch;
    line.order_low = orderable(rule.test_batch_from, cost.moq, cost.carton);
    line.order_high = orderable(rule.test_batch_to, cost.moq, cost.carton);
    line.order_now = *line.order_low;
    line.reason = {fmt::format("new listing: a test batch of {}–{} units", rule.test_batch_from, rule.test_batch_to),
                   fmt::format("新品测款：首批 {}–{} 件", rule.test_batch_from, rule.test_batch_to)};
    return;
  }
  line.advice = Advice::kStop;
  line.reason = line.stock > 0 ? Text{"stock and no sales: order nothing", "有库存无销售：停止补货"}
                               : Text{"neither stock nor sales", "无库存无销售"};
}

Date taper_from(const market::Event& event, const market::RestockRule& rule) {
  return event.first_day - Days(static_cast<int>(kMonthDays) * rule.taper_months_before_peak);
}

// From two weeks before its last day: what is left of Christmas goods on the 26th is left for a year.
Date clear_from(const market::Event& event, const market::RestockRule& rule) {
  return event.last_day - Days(7 * rule.clear_weeks_before_season_end);
}

}  // namespace

std::string_view advice_id(Advice advice) {
  switch (advice) {
    case Advice::kReorder: return "reorder";
    case Advice::kStockoutRisk: return "stockout_risk";
    case Advice::kTestBatch: return "test_batch";
    case Advice::kTaper: return "taper";
    case Advice::kStop: return "stop";
    case Advice::kNegotiate: return "talk_to_factory";
    case Advice::kEnough: return "enough";
    case Advice::kUnknown: return "unknown";
  }
  return "";
}

Text advice_name(Advice advice) {
  switch (advice) {
    case Advice::kReorder: return {"reorder", "补货"};
    case Advice::kStockoutRisk: return {"stockout risk", "断货风险"};
    case Advice::kTestBatch: return {"test batch", "首批测款"};
    case Advice::kTaper: return {"taper", "季末减量"};
    case Advice::kStop: return {"stop", "停止补货"};
    case Advice::kNegotiate: return {"talk to the factory", "与工厂谈量"};
    case Advice::kEnough: return {"enough", "库存充足"};
    case Advice::kUnknown: return {"unknown", "未提供"};
  }
  return {};
}

int64_t orderable(int64_t units, std::optional<int64_t> moq, std::optional<int64_t> carton) {
  if (units <= 0) return 0;
  if (moq) units = std::max(units, *moq);
  if (carton && *carton > 1) units = (units + *carton - 1) / *carton * *carton;
  return units;
}

std::optional<Season> season_of(const account::Account& account, size_t listing, const market::Facts& facts) {
  const auto found = demand::listing_season(account, listing, facts);
  if (!found) return std::nullopt;
  const market::RestockRule& rule = facts.playbook.restock;
  const market::Event& event = *found->event;
  return Season{event.id,          event.name,    event.first_day, taper_from(event, rule), clear_from(event, rule),
                event.stock_in_by, found->guessed};
}

std::vector<EventAhead> events_ahead(const account::Account& account, const market::Facts& facts, int days) {
  const market::RestockRule& rule = facts.playbook.restock;
  std::map<std::string, std::map<std::string, int64_t>> skus;  // by marketplace and event
  for (size_t i = 0; i < account.size(); ++i) {
    auto& of = skus[account.listings[i].marketplace];
    if (const auto season = season_of(account, i, facts)) ++of[season->event];
  }
  std::vector<EventAhead> list;
  for (const auto& [marketplace, of] : skus) {
    const market::Calendar* calendar = facts.calendar(marketplace);
    if (!calendar) continue;
    for (const market::Event& event : calendar->events) {
      if (event.last_day < account.as_of || event.first_day > account.as_of + Days(days)) continue;
      const auto count = of.find(event.id);
      const Date in = event.stock_in_by.value_or(event.first_day);
      list.push_back({marketplace, &event, in - Days(rule.default_lead_time_days), taper_from(event, rule),
                      clear_from(event, rule), count == of.end() ? 0 : count->second});
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const EventAhead& a, const EventAhead& b) {
    return std::tie(a.event->first_day, a.event->id, a.marketplace) <
           std::tie(b.event->first_day, b.event->id, b.marketplace);
  });
  return list;
}

RestockLine restock_line(const account::Account& account, size_t listing, const market::Facts& facts,
                         const demand::AccountForecast& forecast, Surplus surplus) {
  const market::RestockRule& rule = facts.playbook.restock;
  const account::CostFacts& cost = account.costs[listing];
  RestockLine line;
  line.listing = listing;
  line.velocity = demand::velocity(account, listing, facts.playbook.velocity);
  for (const OpenOrder& open : open_orders(account, listing)) line.on_order += open.units;
  line.stock = account.stock[listing].total() + line.on_order;
  line.lead_time_assumed = !cost.lead_time_days;
  line.lead_time_days = cost.lead_time_days.value_or(rule.default_lead_time_days);
  line.lead = lead_time(account, listing, rule.default_lead_time_days);
  line.season = season_of(account, listing, facts);
  find_arrival(account, facts, line);
  if (!line.velocity.weighted) {
    line.reason = {"sales are unknown: import All Orders", "销量未提供：请导入所有订单报告"};
    return line;
  }
  const auto& first = account.first_seen[listing];
  const bool is_new = first && days_between(*first, account.as_of) < facts.playbook.age.new_listing_days;
  const Expected expected(forecast, listing, line.velocity);
  const bool sells = *line.velocity.weighted > 0 || line.velocity.in_stock.value_or(0) > 0;
  if (sells)
    decide(line, cost, account.as_of, rule, expected, surplus);
  else
    decide_without_sales(line, cost, is_new, rule);
  if (sells) look_at_minimum(line, cost, rule, expected);
  if (line.order_now > 0 && line.factory_closed_days > 0) {
    line.reason.en += fmt::format("; factories stand still for {} of those days: it arrives about {}",
                                  line.factory_closed_days, iso(*line.arrives));
    line.reason.zh += fmt::format("；含工厂停工 {} 天：约 {} 到货", line.factory_closed_days, iso(*line.arrives));
  }
  if (line.velocity.stockout_days > 0 && line.order_now > 0) {
    line.reason.en +=
        fmt::format("; out of stock on {} of 30 days: days without stock are not counted as days without demand",
                    line.velocity.stockout_days);
    line.reason.zh += fmt::format("；近 30 天断货 {} 天：断货日已剔除", line.velocity.stockout_days);
  }
  if (line.lead_time_assumed && line.order_now > 0) {
    line.reason.en += fmt::format("; lead time unknown: {} days assumed", line.lead_time_days);
    line.reason.zh += fmt::format("；交期未提供：按 {} 天计", line.lead_time_days);
  }
  return line;
}

}  // namespace destock::restock

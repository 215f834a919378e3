#include "restock/restock.h"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <tuple>

namespace destock::restock {
namespace {

constexpr double kMonthDays = 30;

std::string folded(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '_' && c != '-' && c != '\'')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool names(const market::Event& event, const std::string& season) {
  const std::string wanted = folded(season);
  return folded(event.id) == wanted || folded(event.name.en) == wanted || event.name.zh == season ||
         folded(event.name.en).starts_with(wanted) || event.name.zh.starts_with(season);
}

int64_t whole_up(double units) {
  return static_cast<int64_t>(std::ceil(units - 1e-9));
}

// In season: how much of the cover a reorder may still count on.
struct SeasonCut {
  bool stop = false;
  double cover_days;  // at most
};
SeasonCut season_cut(const std::optional<Season>& season, Date today, double cover_days) {
  if (!season || today < season->taper_from) return {false, cover_days};
  const auto left = static_cast<double>(days_between(today, season->clear_from));
  if (left <= 0) return {true, 0};
  return {false, std::min(cover_days, left)};
}

void decide(RestockLine& line, const account::CostFacts& cost, Date today, const market::RestockRule& rule) {
  const double per_day = *line.velocity.weighted;
  const SeasonCut cut = season_cut(line.season, today, rule.cover_months_to * kMonthDays);
  line.reorder_point = whole_up(per_day * static_cast<double>(line.lead_time_days));
  line.order_up_to = whole_up(per_day * cut.cover_days);
  const double low = per_day * std::min(rule.cover_months_from * kMonthDays, cut.cover_days);
  line.order_low = orderable(std::max<int64_t>(0, whole_up(low) - line.stock), cost.moq, cost.carton);
  line.order_high = orderable(std::max<int64_t>(0, *line.order_up_to - line.stock), cost.moq, cost.carton);
  line.days_of_supply = static_cast<double>(line.stock) / per_day;
  line.stockout_date = today + Days(static_cast<int>(*line.days_of_supply));
  const double cover = *line.days_of_supply;
  const std::string days = fmt::format("{:.0f}", cover);
  if (cut.stop) {
    line.advice = Advice::kStop;
    line.reason = {fmt::format("the season {} ends: clear from {}, order nothing", line.season->name.en,
                               iso(line.season->clear_from)),
                   fmt::format("{} 季末：自 {} 起清货，停止补货", line.season->name.zh, iso(line.season->clear_from))};
    return;
  }
  const bool tapering = line.season && today >= line.season->taper_from;
  if (cover < static_cast<double>(line.lead_time_days)) {
    line.advice = Advice::kStockoutRisk;
    line.order_now = *line.order_high;
    line.reason = {
        fmt::format("{} days of supply, a new order takes {}: it runs out about {}", days, line.lead_time_days,
                    iso(*line.stockout_date)),
        fmt::format("可售 {} 天，补货需 {} 天：约 {} 断货", days, line.lead_time_days, iso(*line.stockout_date))};
  } else if (cover<rule.cover_months_from * kMonthDays&& * line.order_high> 0) {
    line.advice = Advice::kReorder;
    line.order_now = *line.order_high;
    line.reason = {fmt::format("{} days of supply are less than {:g} months", days, rule.cover_months_from),
                   fmt::format("可售 {} 天，不足 {:g} 个月", days, rule.cover_months_from)};
  } else {
    line.advice = Advice::kEnough;
    line.reason = {fmt::format("{} days of supply", days), fmt::format("可售 {} 天", days)};
  }
  if (tapering && line.order_now > 0) {
    line.advice = Advice::kTaper;
    line.reason.en += fmt::format("; {} peaks {}: order only what sells before {}", line.season->name.en,
                                  iso(line.season->peak), iso(line.season->clear_from));
    line.reason.zh += fmt::format("；{} 旺季 {}：仅补 {} 前可售完的量", line.season->name.zh, iso(line.season->peak),
                                  iso(line.season->clear_from));
  }
}

// A minimum order above the need is how excess begins: the line says what is needed and how long the order would last.
void explain_minimum(RestockLine& line, const account::CostFacts& cost) {
  if (!cost.moq || !line.order_up_to || line.order_now <= 0) return;
  const int64_t need = *line.order_up_to - line.stock;
  if (need >= *cost.moq) return;
  const double months = static_cast<double>(line.stock + line.order_now) / (*line.velocity.weighted * kMonthDays);
  line.reason.en += fmt::format("; {} needed, the minimum order of {} would last {:.1f} months: ask for less", need,
                                *cost.moq, months);
  line.reason.zh +=
      fmt::format("；实际需要 {}，起订量 {} 可售 {:.1f} 个月：建议与工厂协商减量", need, *cost.moq, months);
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

// A day's event (Halloween) is cleared from the day after; a season of weeks from two weeks before its end.
Date clear_from(const market::Event& event, const market::RestockRule& rule) {
  const bool one_day = days_between(event.first_day, event.last_day) < 14;
  return one_day ? event.last_day + Days(1) : event.last_day - Days(7 * rule.clear_weeks_before_season_end);
}

}  // namespace

std::string_view advice_id(Advice advice) {
  switch (advice) {
    case Advice::kReorder: return "reorder";
    case Advice::kStockoutRisk: return "stockout_risk";
    case Advice::kTestBatch: return "test_batch";
    case Advice::kTaper: return "taper";
    case Advice::kStop: return "stop";
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
  const std::string& season = account.listings[listing].season;
  const market::Calendar* calendar = facts.calendar(account.listings[listing].marketplace);
  if (season.empty() || !calendar) return std::nullopt;
  const market::RestockRule& rule = facts.playbook.restock;
  const market::Event* found = nullptr;
  for (const market::Event& event : calendar->events) {
    if (!names(event, season)) continue;
    // A month after it the season is over, and the next year's counts.
    if (event.last_day + Days(30) < account.as_of) continue;
    if (!found || event.first_day < found->first_day) found = &event;
  }
  if (!found) return std::nullopt;
  return Season{found->id,         found->name, found->first_day, taper_from(*found, rule), clear_from(*found, rule),
                found->stock_in_by};
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

RestockLine restock_line(const account::Account& account, size_t listing, const market::Facts& facts) {
  const market::RestockRule& rule = facts.playbook.restock;
  const account::CostFacts& cost = account.costs[listing];
  RestockLine line;
  line.listing = listing;
  line.velocity = demand::velocity(account, listing, facts.playbook.velocity);
  line.stock = account.stock[listing].total();
  line.lead_time_assumed = !cost.lead_time_days;
  line.lead_time_days = cost.lead_time_days.value_or(rule.default_lead_time_days);
  line.season = season_of(account, listing, facts);
  if (!line.velocity.weighted) {
    line.reason = {"sales are unknown: import All Orders", "销量未知：请导入所有订单报告"};
    return line;
  }
  const auto& first = account.first_seen[listing];
  const bool is_new = first && days_between(*first, account.as_of) < facts.playbook.age.new_listing_days;
  if (*line.velocity.weighted > 0)
    decide(line, cost, account.as_of, rule);
  else
    decide_without_sales(line, cost, is_new, rule);
  explain_minimum(line, cost);
  if (line.velocity.stockout_days > 0 && line.order_now > 0) {
    line.reason.en +=
        fmt::format("; out of stock on {} of 30 days: it would have sold more", line.velocity.stockout_days);
    line.reason.zh += fmt::format("；近 30 天断货 {} 天：实际需求更高", line.velocity.stockout_days);
  }
  if (line.lead_time_assumed && line.order_now > 0) {
    line.reason.en += fmt::format("; lead time unknown: {} days assumed", line.lead_time_days);
    line.reason.zh += fmt::format("；交期未提供：按 {} 天计", line.lead_time_days);
  }
  return line;
}

}  // namespace destock::restock

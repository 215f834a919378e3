#include "app/forecast_view.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "app/demand_edits.h"
#include "demand/level_worlds.h"

namespace destock::app {
namespace {

using deliver::Cell;
using deliver::Kind;

double to_steps(double value, double steps) {
  return std::round(value * steps) / steps;
}

double mean_of_weeks(std::span<const demand::WeekForecast> weeks, size_t count) {
  double sum = 0;
  for (size_t w = 0; w < std::min(count, weeks.size()); ++w) sum += weeks[w].mean;
  return sum;
}

double sold_lately(const demand::AccountForecast& forecast, size_t listing, size_t count) {
  const size_t begin = forecast.history.panel.offsets[listing];
  double sum = 0;
  for (size_t row = forecast.history.panel.offsets[listing + 1]; row > begin && count > 0; --row, --count)
    sum += forecast.history.sold[row - 1];
  return sum;
}

const demand::Season& season_of(const demand::AccountForecast& forecast, size_t listing) {
  return forecast.seasons[static_cast<size_t>(forecast.history.panel.group[listing])];
}

std::string weeks_text(double weeks) {
  return fmt::format("{:.0f}", weeks);
}

// The season's name, how far it swings and how it was chosen.
Text season_text(const demand::AccountForecast& forecast, size_t listing) {
  const demand::Season& season = season_of(forecast, listing);
  const std::string& group = forecast.history.groups[static_cast<size_t>(forecast.history.panel.group[listing])];
  if (season.factor.empty()) return {group + ": not known", group + "：尚不可知"};
  const auto [low, high] = std::minmax_element(season.factor.begin(), season.factor.end());
  const auto ahead = high - season.factor.begin() + 1;
  const std::string peak = iso(forecast.week_start(static_cast<size_t>(ahead) - 1));
  const std::string swing = fmt::format("{:.2f}–{:.2f}", *low, *high);
  return {
      fmt::format("{}: ×{}, highest in the week of {}; public figures of such goods and {:.1f} years of its own, which "
                  "settle {:.0f} % of it",
                  group, swing, peak, season.years, season.learned * 100),
      fmt::format("{}：×{}，{} 当周最高；依据同类商品公开数据与自身 {:.1f} 年历史，后者决定其中 {:.0f}%", group, swing,
                  peak, season.years, season.learned * 100)};
}

// "one chance in six"; nothing where it is next to none.
std::optional<Text> chance_text(double chance) {
  static constexpr std::array<std::string_view, 9> kWords = {"two",   "three", "four", "five", "six",
                                                             "seven", "eight", "nine", "ten"};
  const auto in = std::lround(1 / std::max(chance, 1e-6));
  if (in > 50) return std::nullopt;
  const auto at = static_cast<size_t>(std::max(2L, in));
  const std::string word = at - 2 < kWords.size() ? std::string(kWords[at - 2]) : std::to_string(at);
  return Text{"one chance in " + word, fmt::format("约 {} 分之一的可能", at)};
}

Text total_text(const demand::AccountForecast& forecast, const demand::Total& total) {
  const std::string end = iso(forecast.as_of + Days(kWeekDays * total.weeks));
  Text text{
      fmt::format("{:.0f} units by {}; eight times in ten between {:.0f} and {:.0f}", total.mean, end, total.p10,
                  total.p90),
      fmt::format("至 {} 共 {:.0f} 件；80% 的可能在 {:.0f} 至 {:.0f} 件之间", end, total.mean, total.p10, total.p90)};
  if (const auto chance = chance_text(total.stops)) {
    text.en += "; " + chance->en + " that it all but stops by then";
    text.zh += "；" + chance->zh + "届时几乎停销";
  }
  return text;
}

Text methods_text(const demand::MethodWeights& weights) {
  std::vector<size_t> order;
  for (size_t k = 0; k < demand::kMethods; ++k)
    if (weights[k] >= 0.05) order.push_back(k);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return weights[a] > weights[b]; });
  Text text;
  for (size_t k : order) {
    const Text name = demand::method_name(static_cast<demand::Method>(k));
    text.en += fmt::format("{}{} {:.0f} %", text.en.empty() ? "" : ", ", name.en, weights[k] * 100);
    text.zh += fmt::format("{}{} {:.0f}%", text.zh.empty() ? "" : "，", name.zh, weights[k] * 100);
  }
  return text;
}

Text elasticity_text(const demand::PriceResponse& response) {
  Text text{fmt::format("{:.2f}, 90 % between {:.2f} and {:.2f}; {}", response.elasticity.mean, response.low,
                        response.high, demand::response_basis_name(response.basis).en),
            fmt::format("{:.2f}，90% 区间 {:.2f} 至 {:.2f}；{}", response.elasticity.mean, response.low, response.high,
                        demand::response_basis_name(response.basis).zh)};
  if (!std::isnan(response.own)) {
    text.en += fmt::format(" ({} price changes, by themselves {:.2f} ± {:.2f})", response.price_changes, response.own,
                           response.own_error);
    text.zh += fmt::format("（变价 {} 次，单看自身 {:.2f} ± {:.2f}）", response.price_changes, response.own,
                           response.own_error);
  }
  return text;
}

Json number_or_null(double value, double steps) {
  return std::isnan(value) ? Json(nullptr) : Json(to_steps(value, steps));
}

Json weeks_json(const demand::AccountForecast& forecast, size_t listing) {
  Json weeks = Json::array();
  const auto of = forecast.of(listing);
  for (size_t w = 0; w < of.size(); ++w)
    weeks.push_back({{"start", iso(forecast.week_start(w))},
                     {"mean", to_steps(of[w].mean, 1000)},
                     {"p10", of[w].p10},
                     {"p50", of[w].p50},
                     {"p90", of[w].p90},
                     {"variance", to_steps(of[w].variance, 1000)}});
  return weeks;
}

Json season_json(const demand::AccountForecast& forecast, size_t listing) {
  const demand::Season& season = season_of(forecast, listing);
  Json factors = Json::array();
  for (double f : season.factor) factors.push_back(to_steps(f, 1000));
  return {{"group", forecast.history.groups[static_cast<size_t>(forecast.history.panel.group[listing])]},
          {"learned", to_steps(season.learned, 1000)},
          {"years", to_steps(season.years, 100)},
          {"factors", factors}};
}

Json elasticity_json(const demand::PriceResponse& response, Lang lang) {
  return {{"mean", to_steps(response.elasticity.mean, 1000)},
          {"sd", to_steps(response.elasticity.sd, 1000)},
          {"source", demand::response_basis_id(response.basis)},
          {"low", to_steps(response.low, 1000)},
          {"high", to_steps(response.high, 1000)},
          {"price_changes", response.price_changes},
          {"own", number_or_null(response.own, 1000)},
          {"own_error", number_or_null(response.own_error, 1000)},
          {"explanation", elasticity_text(response).in(lang)}};
}

Json totals_json(const demand::AccountForecast& forecast, size_t listing) {
  Json totals = Json::array();
  for (const demand::Total& total : demand::totals_of(forecast, listing))
    totals.push_back({{"weeks", total.weeks},
                      {"mean", to_steps(total.mean, 1000)},
                      {"p10", total.p10},
                      {"p50", total.p50},
                      {"p90", total.p90},
                      {"stops", to_steps(total.stops, 1000)}});
  return totals;
}

Json events_json(const demand::AccountForecast& forecast, const std::string& marketplace) {
  Json events = Json::array();
  for (const demand::EventEffect& effect : forecast.events)
    if (effect.marketplace == marketplace)
      events.push_back({{"id", effect.event},
                        {"uplift_a_day", to_steps(effect.uplift, 1000)},
                        {"log_sd", to_steps(effect.log_sd, 1000)},
                        {"past_weeks", effect.seen}});
  return events;
}

Json history_json(const account::Account& account, const market::Facts& facts, const demand::AccountForecast& forecast,
                  size_t listing) {
  Json weeks = Json::array();
  for (const demand::FittedWeek& week : demand::fitted_weeks(account, facts, forecast, listing))
    weeks.push_back({{"start", iso(week.begin)},
                     {"sold", week.told ? Json(week.sold) : Json(nullptr)},
                     {"in_stock", week.told ? Json(to_steps(week.in_stock, 1000)) : Json(nullptr)},
                     {"fitted", number_or_null(week.fitted, 1000)},
                     {"base", number_or_null(week.base, 1000)},
                     {"promotion", to_steps(week.promotion, 1000)},
                     {"price", week.price ? Json(to_steps(*week.price, 100)) : Json(nullptr)}});
  return weeks;
}

double event_uplift(const demand::AccountForecast& forecast, const std::string& marketplace, const std::string& id) {
  for (const demand::EventEffect& effect : forecast.events)
    if (effect.marketplace == marketplace && effect.event == id) return effect.uplift;
  return 1;
}

}  // namespace

namespace {

// By what they are to sell in a quarter; those of which nothing is known last.
std::vector<size_t> best_sellers_first(const account::Account& account, const demand::AccountForecast& forecast) {
  std::vector<std::pair<double, size_t>> ranked;
  ranked.reserve(account.size());
  for (size_t i = 0; i < account.size(); ++i) {
    const auto weeks = forecast.of(i);
    ranked.emplace_back(weeks.empty() ? -1 : mean_of_weeks(weeks, 13), i);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<size_t> order;
  order.reserve(ranked.size());
  for (const auto& [mean, i] : ranked) order.push_back(i);
  return order;
}

}  // namespace

deliver::Table forecast_table(const account::Account& account, const demand::AccountForecast& forecast) {
  deliver::Table table{"forecast",
                       {"Forecast", "销量预测"},
                       {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
                        {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
                        {"title", {"Title", "商品名称"}, Kind::kText, 0, 28, false},
                        {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
                        {"tag", {"Tag", "标签"}, Kind::kText, 0, 10, false},
                        {"sold_4_weeks", {"Sold 4 weeks", "近 4 周销量"}, Kind::kUnits, 0, 10},
                        {"next_4_weeks", {"Next 4 weeks", "未来 4 周"}, Kind::kNumber, 1, 10},
                        {"next_13_weeks", {"Next 13", "未来 13 周"}, Kind::kNumber, 1, 10},
                        {"next_26_weeks", {"Next 26", "未来 26 周"}, Kind::kNumber, 1, 10, false},
                        {"week_p10", {"Week, low", "下周低值"}, Kind::kUnits, 0, 9},
                        {"week_p50", {"middle", "下周中值"}, Kind::kUnits, 0, 9},
                        {"week_p90", {"high", "下周高值"}, Kind::kUnits, 0, 9},
                        {"elasticity", {"Elasticity", "价格弹性"}, Kind::kNumber, 2, 9},
                        {"elasticity_sd", {"± sd", "标准差"}, Kind::kNumber, 2, 8},
                        {"weeks_known", {"Weeks", "历史周数"}, Kind::kUnits, 0, 7},
                        {"weeks_out_of_stock", {"Out of stock", "断货周数"}, Kind::kUnits, 0, 7, false},
                        {"method", {"Main method", "主要方法"}, Kind::kText, 0, 24},
                        {"basis", {"Rests on", "依据"}, Kind::kText, 0, 20, false},
                        {"elasticity_basis", {"Elasticity rests on", "弹性依据"}, Kind::kText, 0, 30, false}},
                       {}};
  for (const size_t i : best_sellers_first(account, forecast)) {
    const account::Listing& listing = account.listings[i];
    const demand::ListingForecast& of = forecast.listings[i];
    const auto weeks = forecast.of(i);
    const bool speaks = !weeks.empty();
    const auto said = [&](double value) { return speaks ? Cell(value) : Cell(std::monostate{}); };
    const auto units = [&](float value) { return speaks ? Cell(static_cast<int64_t>(value)) : Cell(std::monostate{}); };
    const demand::WeekForecast next = speaks ? weeks.front() : demand::WeekForecast{};
    table.rows.push_back(
        {listing.marketplace, listing.sku, listing.title, listing.owner, listing.tag,
         static_cast<int64_t>(sold_lately(forecast, i, 4)), said(mean_of_weeks(weeks, 4)),
         said(mean_of_weeks(weeks, 13)), said(mean_of_weeks(weeks, 26)), units(next.p10), units(next.p50),
         units(next.p90), said(forecast.responses[i].elasticity.mean), said(forecast.responses[i].elasticity.sd),
         static_cast<int64_t>(of.known_weeks), static_cast<int64_t>(of.censored_weeks),
         speaks ? Cell(demand::method_name(of.main_method())) : Cell(std::monostate{}),
         demand::forecast_basis_name(of.basis), demand::response_basis_name(forecast.responses[i].basis)});
  }
  return table;
}

deliver::Table forecast_weeks_table(const demand::AccountForecast& forecast, size_t listing) {
  deliver::Table table{"forecast_weeks",
                       {"Forecast by week", "逐周预测"},
                       {{"start", {"Week from", "周起始"}, Kind::kDay, 0, 12},
                        {"mean", {"Mean", "均值"}, Kind::kNumber, 1, 9},
                        {"p10", {"1 in 10 below", "低值（10%）"}, Kind::kUnits, 0, 9},
                        {"p50", {"Middle", "中值"}, Kind::kUnits, 0, 9},
                        {"p90", {"1 in 10 above", "高值（90%）"}, Kind::kUnits, 0, 9}},
                       {}};
  const auto weeks = forecast.of(listing);
  for (size_t w = 0; w < weeks.size(); ++w)
    table.rows.push_back({forecast.week_start(w), static_cast<double>(weeks[w].mean),
                          static_cast<int64_t>(weeks[w].p10), static_cast<int64_t>(weeks[w].p50),
                          static_cast<int64_t>(weeks[w].p90)});
  return table;
}

deliver::Table forecast_basis_table(const account::Account& account, const market::Facts& facts,
                                    const demand::AccountForecast& forecast, size_t listing) {
  deliver::Table table{"forecast_basis",
                       {"What it rests on", "预测依据"},
                       {{"what", {"What", "项目"}, Kind::kText, 0, 20}, {"says", {"Says", "说明"}, Kind::kText, 0, 90}},
                       {}};
  const demand::ListingForecast& of = forecast.listings[listing];
  const demand::PriceResponse& response = forecast.responses[listing];
  const std::string& category = account.listings[listing].category;
  const auto line = [&](Text what, Text says) { table.rows.push_back({std::move(what), std::move(says)}); };
  line({"History", "历史"}, {fmt::format("{} weeks, {} more out of stock and left out, {} with a promotion; {}",
                                         weeks_text(of.known_weeks), weeks_text(of.censored_weeks),
                                         weeks_text(of.promotion_weeks), demand::forecast_basis_name(of.basis).en),
                             fmt::format("{} 周，另有 {} 周断货或无销售报告，未计；{} 周有促销；{}",
                                         weeks_text(of.known_weeks), weeks_text(of.censored_weeks),
                                         weeks_text(of.promotion_weeks), demand::forecast_basis_name(of.basis).zh)});
  const Text methods = methods_text(of.weights);
  line({"Method", "方法"},
       {methods.en + fmt::format("; weights from {} past forecasts of the account", forecast.pool.forecasts_judged),
        methods.zh + fmt::format("；权重来自全店 {} 次历史预测", forecast.pool.forecasts_judged)});
  line({"Season", "季节"}, season_text(forecast, listing));
  for (const demand::Total& total : demand::totals_of(forecast, listing))
    line({fmt::format("{} weeks together", total.weeks), fmt::format("{} 周合计", total.weeks)},
         total_text(forecast, total));
  for (const account::DemandEdit& edit : account.demand_edits)
    if (edit.listing == listing) {
      Text says = demand_edit_text(edit);
      const std::string who = fmt::format("{}, {}, #{}", edit.person, edit.at.substr(0, 10), edit.event);
      line({"Decided", "人工修改"}, {says.en + " (" + who + ")" + (edit.why.empty() ? "" : ": " + edit.why),
                                     says.zh + "（" + who + "）" + (edit.why.empty() ? "" : "：" + edit.why)});
    }
  if (of.regular_price)
    line({"Price", "价格"},
         {fmt::format("forecast at {:.2f}, its regular price, without a promotion", *of.regular_price),
          fmt::format("按常规价 {:.2f}、无促销预测", *of.regular_price)});
  line({"Elasticity", "价格弹性"}, elasticity_text(response));
  const market::LogPrior& prior = facts.demand.elasticity(category);
  line({"Its prior", "弹性先验"}, {fmt::format("median −{:.2f}, from {}", prior.median, prior.source),
                                   fmt::format("中位数 −{:.2f}，来源：{}", prior.median, prior.source)});
  line({"Promotion", "促销"}, {fmt::format("units ×{:.2f} at the same price paid (± {:.0f} %)",
                                           std::exp(response.effects[0].mean), response.effects[0].sd * 100),
                               fmt::format("同等到手价下销量 ×{:.2f}（±{:.0f}%）", std::exp(response.effects[0].mean),
                                           response.effects[0].sd * 100)});
  for (const demand::EventEffect& effect : forecast.events)
    if (effect.marketplace == account.listings[listing].marketplace)
      line({"Event " + effect.event, "活动 " + effect.event},
           {fmt::format("a day of it ×{:.2f}, from {} past weeks and the prior", effect.uplift, effect.seen),
            fmt::format("活动日 ×{:.2f}，依据 {} 个历史周与先验", effect.uplift, effect.seen)});
  return table;
}

Json forecast_json(const account::Account& account, const market::Facts& facts, const demand::AccountForecast& forecast,
                   const std::vector<size_t>& listings, bool with_history, Lang lang) {
  Json json{{"as_of", iso(forecast.as_of)}, {"weeks", forecast.weeks}, {"skus", Json::array()}};
  for (size_t i : listings) {
    const account::Listing& listing = account.listings[i];
    const demand::ListingForecast& of = forecast.listings[i];
    const bool speaks = !forecast.of(i).empty();
    Json methods = Json::object();
    for (size_t k = 0; k < demand::kMethods; ++k)
      if (of.weights[k] > 0)
        methods[std::string(demand::method_id(static_cast<demand::Method>(k)))] = to_steps(of.weights[k], 1000);
    const bool seasonal = !season_of(forecast, i).factor.empty();
    Json sku{{"marketplace", listing.marketplace},
             {"sku", listing.sku},
             {"weeks", weeks_json(forecast, i)},
             {"totals", totals_json(forecast, i)},
             {"edits", demand_edits_json(account, i, lang)},
             {"method", speaks ? Json(demand::method_id(of.main_method())) : Json(nullptr)},
             {"season", seasonal ? season_json(forecast, i)["group"] : Json(nullptr)},
             {"elasticity", elasticity_json(forecast.responses[i], lang)},
             {"basis", demand::forecast_basis_id(of.basis)},
             {"weeks_known", of.known_weeks},
             {"weeks_out_of_stock", of.censored_weeks},
             {"methods", methods},
             {"season_detail", season_json(forecast, i)},
             {"regular_price", of.regular_price ? Json(to_steps(*of.regular_price, 100)) : Json(nullptr)},
             {"promotion_uplift",
              {{"mean", to_steps(std::exp(forecast.responses[i].effects[0].mean), 1000)},
               {"log_sd", to_steps(forecast.responses[i].effects[0].sd, 1000)}}},
             {"events", events_json(forecast, listing.marketplace)}};
    if (with_history) sku["history"] = history_json(account, facts, forecast, i);
    json["skus"].push_back(std::move(sku));
  }
  return json;
}

std::vector<market::Event> events_around(const market::Facts& facts, const demand::AccountForecast& forecast,
                                         const std::string& marketplace) {
  std::vector<market::Event> events;
  const market::Calendar* calendar = facts.calendar(marketplace);
  if (!calendar) return events;
  for (const market::Event& event : calendar->events)
    if (std::abs(event_uplift(forecast, marketplace, event.id) - 1) > 1e-9) events.push_back(event);
  return events;
}

}  // namespace destock::app

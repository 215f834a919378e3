#include "app/backtest.h"

#include <cmath>

namespace destock::app {
namespace {

using deliver::Cell;
using deliver::Kind;

// Evenly spread where there are more than are wanted.
std::vector<simulate::ReplayCase> some_of(std::vector<simulate::ReplayCase> cases, size_t most) {
  if (cases.size() <= most) return cases;
  std::vector<simulate::ReplayCase> some;
  for (size_t i = 0; i < most; ++i) some.push_back(std::move(cases[i * cases.size() / most]));
  return some;
}

Text shop_name() {
  return {"sports web shop, February 2018", "体育用品网店，2018 年 2 月"};
}
std::vector<Text> shop_limits() {
  return {
      {"what would have sold at another price is not known: the response learned from October to January stands for it",
       "其他价格下的销量无从得知：以 10 月至 1 月所学的价格弹性代替"},
      {"only products that sold out in February are in the data, and the day is not given: the market's level is set "
       "so "
       "that the prices asked sell the stock out",
       "数据仅含 2 月售罄的商品且无售罄日期：市场水平设为按实际价格恰好售罄"},
      {"fees, costs, returns and deliveries are not in it: revenue is compared, and what is left counts for nothing",
       "数据不含费用、成本、退货与补货：比较的是收入，剩余库存按零计"},
      {"the plan may not ask more than the price of 31 January", "方案价格不高于 1 月 31 日价格"}};
}
Text vegetables_name() {
  return {"supermarket vegetables, every evening's clearance", "超市蔬菜，每晚清仓"};
}
std::vector<Text> vegetables_limits() {
  return {
      {"what was not sold in the evening is not recorded: the stock is what was cleared, and the market's level is set "
       "so that the price asked clears it",
       "当晚未售出的数量未记录：库存取已清仓数量，市场水平设为按实际价格恰好清完"},
      {"an evening is one decision: the price, not the hour, is chosen", "每晚为一次决策：只选价格，不选时点"},
      {"the response is that of the day's sales at the regular price: evening buyers may differ",
       "价格弹性取自正价销售：晚间顾客可能不同"},
      {"kilograms in whole units of 500 g; revenue is compared, spoilage costs nothing more",
       "按 500 克为单位；比较的是收入，损耗不另计"}};
}

Json of_json(const simulate::Replayed::Of& of) {
  const auto rounded = [](double value) { return std::round(value * 100) / 100; };
  return {{"mean", rounded(of.mean)},
          {"low", rounded(of.low)},
          {"high", rounded(of.high)},
          {"unsold_share", std::round(of.left * 10'000) / 10'000}};
}

Json replayed_json(const simulate::Replayed& r) {
  const auto share = [](double value) { return std::round(value * 10'000) / 10'000; };
  return {{"asked", of_json(r.asked)},
          {"hold", of_json(r.hold)},
          {"best_price", of_json(r.best_price)},
          {"optimal", of_json(r.optimal)},
          {"gain", share(r.gain)},
          {"gain_low", share(r.gain_low)},
          {"gain_high", share(r.gain_high)},
          {"optimal_loses_share", share(r.optimal_loses)}};
}

}  // namespace

Result<std::vector<Backtest>> backtest(const std::string& folder, const BacktestOptions& options,
                                       const market::DemandPriors& priors, unsigned threads,
                                       const std::function<void(size_t, size_t)>& progress) {
  std::vector<Backtest> out;
  const auto shop = read_shop(folder);
  if (!shop) return tl::unexpected(shop.error());
  const auto vegetables = read_vegetables(folder);
  if (!vegetables) return tl::unexpected(vegetables.error());
  const auto play = [&](const char* set, Text name, std::vector<Text> limits, std::vector<simulate::ReplayCase> cases) {
    const auto some = some_of(std::move(cases), options.most_cases);
    const auto in = [&](simulate::Seen seen) {
      return simulate::replay(some, seen, options.runs, options.seed, threads, [&](size_t done) {
        if (progress) progress(done, some.size());
      });
    };
    out.push_back({set, std::move(name), std::move(limits), in(simulate::Seen::kBefore), in(simulate::Seen::kAfter)});
  };
  if (*shop) play("dmc2018", shop_name(), shop_limits(), shop_cases(**shop, priors, threads));
  if (*vegetables)
    play("vegetables", vegetables_name(), vegetables_limits(), vegetable_cases(**vegetables, priors, threads));
  if (out.empty())
    return tl::unexpected(Error{ErrorKind::kNotFound,
                                {"no history that is known lies here", "该目录中没有可识别的历史数据"},
                                folder,
                                {"dmc2018_items, _sales, _prices or vegetables_daily, .csv or .csv.gz",
                                 "需要 dmc2018_items、_sales、_prices 或 vegetables_daily（.csv 或 .csv.gz）"}});
  return out;
}

deliver::Table backtest_table(const std::vector<Backtest>& backtests) {
  deliver::Table table{"backtest",
                       {"Clearances played again", "历史清仓重演"},
                       {{"set", {"History", "历史"}, Kind::kText, 0, 30},
                        {"market", {"Market", "市场"}, Kind::kText, 0, 22},
                        {"policy", {"Prices", "定价"}, Kind::kText, 0, 20},
                        {"mean", {"A case brings", "每例收入"}, Kind::kNumber, 2, 12},
                        {"low", {"from", "下限"}, Kind::kNumber, 2, 12},
                        {"high", {"to (95 %)", "上限（95%）"}, Kind::kNumber, 2, 12},
                        {"against", {"Against as asked", "相对实际"}, Kind::kShare, 0, 12},
                        {"unsold", {"Unsold", "未售"}, Kind::kShare, 0, 8}},
                       {}};
  const auto add_all = [&](const Backtest& one, const Text& market, const simulate::Replayed& r) {
    const auto add = [&](Text policy, const simulate::Replayed::Of& of) {
      table.rows.push_back({one.name, market, std::move(policy), of.mean, of.low, of.high,
                            r.asked.mean > 0 ? Cell(of.mean / r.asked.mean - 1) : Cell(std::monostate{}), of.left});
    };
    add({"as they were asked", "实际价格"}, r.asked);
    add({"held", "维持原价"}, r.hold);
    add({"best single price", "最佳单一价格"}, r.best_price);
    add({"by the plan", "按方案"}, r.optimal);
  };
  for (const Backtest& one : backtests) {
    add_all(one, {"as believed before", "事前预期"}, one.before);
    add_all(one, {"as it sold out", "按实际售罄"}, one.after);
  }
  return table;
}

Json backtest_json(const std::vector<Backtest>& backtests, const BacktestOptions& options, Lang lang) {
  Json sets = Json::array();
  for (const Backtest& one : backtests) {
    Json limits = Json::array();
    for (const Text& limit : one.limits) limits.push_back(limit.in(lang));
    sets.push_back({{"set", one.set},
                    {"name", one.name.in(lang)},
                    {"cases", one.before.cases},
                    {"as_believed_before", replayed_json(one.before)},
                    {"as_it_sold_out", replayed_json(one.after)},
                    {"limits", limits}});
  }
  return {{"runs", options.runs}, {"seed", options.seed}, {"sets", sets}};
}

}  // namespace destock::app

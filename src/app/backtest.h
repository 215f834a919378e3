#pragma once
// `destock backtest`: clearances that happened at other shops, played again. What is known the day before makes the
// belief; what happened sets the level of the market that all prices meet.

#include <functional>

#include "app/json.h"
#include "app/retail_files.h"
#include "market/facts.h"
#include "simulate/replay.h"

namespace destock::app {

struct Backtest {
  std::string set;
  Text name;
  std::vector<Text> limits;          // what such a replay cannot know
  simulate::Replayed before, after;  // in the market believed the day before, and in the one that what happened shows
};

// Stock of 1 February 2018 to be sold by the 28th, at prices no higher than that day's.
std::vector<simulate::ReplayCase> shop_cases(const ShopFiles& files, const market::DemandPriors& priors,
                                             unsigned threads);
// Each evening's clearance: what was cleared, in one go before the shop closes.
std::vector<simulate::ReplayCase> vegetable_cases(const std::vector<VegetableDay>& days,
                                                  const market::DemandPriors& priors, unsigned threads);

struct BacktestOptions {
  size_t runs = 20;
  uint64_t seed = 1;
  size_t most_cases = 2'000;  // of a set: spread evenly over it
};
// Every known set of a folder; kNotFound where there is none. `progress`: cases done, cases in all.
Result<std::vector<Backtest>> backtest(const std::string& folder, const BacktestOptions& options,
                                       const market::DemandPriors& priors, unsigned threads,
                                       const std::function<void(size_t, size_t)>& progress);

deliver::Table backtest_table(const std::vector<Backtest>& backtests);
Json backtest_json(const std::vector<Backtest>& backtests, const BacktestOptions& options, Lang lang);

}  // namespace destock::app

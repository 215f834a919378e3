#include "simulate/play.h"

#include <cmath>

#include "base/parallel.h"
#include "clearance/fluid_bound.h"
#include "simulate/seeds.h"
#include "simulate/spread.h"

namespace destock::simulate {
namespace {

constexpr double kLoses = 1e-3;  // of the optimal's own recovery

using Values = std::array<double, kPolicies.size()>;

// `totals`: of each run, over all SKUs; `by_sku`: of each SKU, over its runs. Both divided down to a SKU and a run.
WorldOutcome outcome_of(const World& world, const std::vector<Values>& totals, const std::vector<Values>& by_sku) {
  WorldOutcome out{world, {}};
  const size_t best = kPolicies.size() - 1;
  for (size_t p = 0; p < kPolicies.size(); ++p) {
    std::vector<double> values, ahead;
    for (const Values& run : totals) {
      values.push_back(run[p]);
      ahead.push_back(run[best] - run[p]);
    }
    const Spread own = spread_of(values);
    const Spread gap = spread_of(ahead);
    size_t loses = 0;
    for (const Values& sku : by_sku) loses += sku[best] < sku[p] - kLoses * std::abs(sku[best]) ? 1 : 0;
    out.policies[p] = {own.mean,
                       own.low(),
                       own.high(),
                       gap.mean,
                       gap.low(),
                       gap.high(),
                       static_cast<double>(loses) / static_cast<double>(by_sku.size())};
  }
  return out;
}

}  // namespace

Simulation simulate(const std::vector<Stake>& stakes, const std::vector<World>& worlds, size_t runs, uint64_t seed,
                    unsigned threads, const std::function<void(size_t)>& progress) {
  Simulation out{stakes.size(), runs, 0, {}};
  std::vector<std::vector<Values>> results(stakes.size());  // of each SKU: world by world, run by run
  std::vector<double> bounds(stakes.size());
  each_in_parts(stakes.size(), threads, progress, [&](size_t i) {
    Players players(stakes[i].decision);
    bounds[i] = stakes[i].rate * clearance::fluid_bound(stakes[i].decision);
    for (const World& world : worlds)
      for (size_t run = 0; run < runs; ++run) {
        // The luck of a run is the same in every world.
        const Market market(stakes[i].decision, world, seed_of(seed, i, run));
        Values values{};
        for (size_t p = 0; p < kPolicies.size(); ++p) values[p] = stakes[i].rate * players.play(kPolicies[p], market);
        results[i].push_back(values);
      }
  });
  for (double bound : bounds) out.bound += bound / static_cast<double>(stakes.size());
  for (size_t w = 0; w < worlds.size(); ++w) {
    std::vector<Values> totals(runs, Values{});
    std::vector<Values> by_sku(stakes.size(), Values{});
    for (size_t i = 0; i < stakes.size(); ++i)
      for (size_t run = 0; run < runs; ++run)
        for (size_t p = 0; p < kPolicies.size(); ++p) {
          const double value = results[i][w * runs + run][p];
          totals[run][p] += value / static_cast<double>(stakes.size());
          by_sku[i][p] += value / static_cast<double>(runs);
        }
    out.worlds.push_back(outcome_of(worlds[w], totals, by_sku));
  }
  return out;
}

}  // namespace destock::simulate

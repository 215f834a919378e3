#include "simulate/order_year.h"

#include <cmath>
#include <numeric>
#include <set>

#include "base/parallel.h"
#include "clearance/random_decision.h"
#include "simulate/seeds.h"
#include "simulate/spread.h"

namespace destock::simulate {
namespace {

constexpr int kYearWeeks = 52;
constexpr int kLastWeeks = 13;       // that tell the level at the end
constexpr double kLearns = 0.15;     // of a week, into the level
constexpr double kNormal95 = 1.645;  // quantile of 95 %

// What all policies meet.
struct Truth {
  std::vector<int> wanted;  // by day
  std::vector<int> lead;    // by week of the order
  double end_level = 1;     // against what was believed
};

clearance::Decision believed(const restock::OrderProblem& problem) {
  clearance::Decision d;
  d.weeks = kYearWeeks;
  d.price = 1;
  d.ladder = {1};
  d.net_at = {1};
  d.base = problem.base;
  d.dispersion = problem.dispersion;
  d.elasticity = {-1};
  d.weight = {1};
  return d;
}

Truth truth_of(const restock::OrderProblem& problem, const World& world, uint64_t seed) {
  const clearance::Decision d = believed(problem);
  const Market market(d, world, seed);
  Truth truth;
  double last = 0, base = 0;
  for (int day = 0; day < kYearWeeks * kWeekDays; ++day) {
    truth.wanted.push_back(market.wanted(day, -1, 0, 1).units);
    if (day < (kYearWeeks - kLastWeeks) * kWeekDays) continue;
    last += truth.wanted.back();
    base += d.base_in(day / kWeekDays) / kWeekDays;
  }
  truth.end_level = std::max(0.02, base > 0 ? last / base : 1);
  std::mt19937_64 random(seed ^ 0x2545f4914f6cdd1dULL);
  for (int week = 0; week < kYearWeeks; ++week) {
    double place = static_cast<double>(random() >> 11) * 0x1p-53;
    size_t which = 0;
    while (which + 1 < problem.lead.size() && place > problem.lead[which].weight) place -= problem.lead[which++].weight;
    truth.lead.push_back(std::max(1, problem.lead[which].weeks));
  }
  return truth;
}

double mean_lead(const restock::OrderProblem& problem) {
  double weeks = 0;
  for (const restock::LeadWeek& lead : problem.lead) weeks += lead.weight * lead.weeks;
  return weeks;
}

struct Pending {
  int placed, arrives;
  int64_t units;
};

// A SKU's year as one policy lives it.
class Year {
public:
  Year(const OrderStake& stake, OrderPolicy policy, const Truth& truth)
      : stake_(stake), policy_(policy), truth_(truth), problem_(stake.problem), on_hand_(stake.problem.on_hand) {}

  YearFigures play() {
    for (int week = 0; week < kYearWeeks; ++week) {
      for (const Pending& pending : pending_)
        if (pending.arrives == week) on_hand_ += pending.units;
      std::erase_if(pending_, [&](const Pending& pending) { return pending.arrives <= week; });
      place_order(week);
      sell(week);
    }
    settle();
    return figures_;
  }

private:
  double later(int week) const { return std::pow(problem_.discount_a_week, week); }

  // The problem as it is seen in a week: from its stock, what is on its way and the level it has learned.
  void see(int week) {
    problem_.on_hand = on_hand_;
    problem_.inbound.clear();
    for (const Pending& pending : pending_) {
      const int due = pending.placed + static_cast<int>(std::lround(mean_lead(problem_)));
      const auto in = static_cast<size_t>(std::max(1, due - week));
      if (problem_.inbound.size() <= in) problem_.inbound.resize(in + 1, 0);
      problem_.inbound[in] += pending.units;
    }
    problem_.base.clear();
    const auto ahead = static_cast<int>(stake_.problem.base.size());
    for (int w = week; w < std::max(week + 1, ahead); ++w) {
      const auto at = std::min(static_cast<size_t>(w), stake_.problem.base.size() - 1);
      problem_.base.push_back(level_ * stake_.problem.base[at]);
    }
    problem_.left_scale = level_;
  }

  int64_t position() const {
    return std::accumulate(problem_.inbound.begin(), problem_.inbound.end(), problem_.on_hand);
  }

  void place_order(int week) {
    see(week);
    const int64_t units = wanted_order();
    if (units <= 0) return;
    pending_.push_back({week, week + truth_.lead[static_cast<size_t>(week)], units});
    figures_.profit -= later(week) * (problem_.landed * static_cast<double>(units) + stake_.order_cost);
    ++figures_.orders;
  }

  int64_t wanted_order() const {
    switch (policy_) {
      case OrderPolicy::kPlaybook: return by_playbook();
      case OrderPolicy::kService: return by_service();
      case OrderPolicy::kJoint: return restock::due_week(problem_, 0) ? restock::best_order_units(problem_, 0) : 0;
    }
    return 0;
  }

  int64_t by_playbook() const {
    const double pace = problem_.mean_in(0, 0) / kWeekDays / factor_of(0);
    const double cover = static_cast<double>(position()) / std::max(1e-9, pace);
    if (cover >= std::max(stake_.cover_from_days, kWeekDays * mean_lead(problem_))) return 0;
    const auto upto = static_cast<int64_t>(std::ceil(stake_.cover_to_days * pace));
    return restock::orderable_of(problem_, upto - position());
  }

  double factor_of(size_t way) const {
    const auto& factor = problem_.ways[way].factor;
    return factor.empty() ? 1 : factor.front();
  }

  int64_t by_service() const {
    double mean = 0, square = 0, each = 0;
    for (const restock::LeadWeek& lead : problem_.lead)
      for (size_t way = 0; way < problem_.ways.size(); ++way) {
        double of = 0, variance = 0;
        for (int w = 0; w <= lead.weeks; ++w) {
          const double here = problem_.mean_in(way, w);
          of += here;
          variance += here + problem_.dispersion * here * here;
        }
        const double weight = lead.weight * problem_.ways[way].weight;
        mean += weight * of;
        square += weight * (variance + of * of);
        for (int w = lead.weeks + 1; w <= lead.weeks + problem_.cover_weeks; ++w)
          each += weight * problem_.mean_in(way, w);
      }
    const double point = mean + kNormal95 * std::sqrt(std::max(0.0, square - mean * mean));
    if (static_cast<double>(position()) >= point) return 0;
    return restock::orderable_of(problem_, static_cast<int64_t>(std::ceil(point + each)) - position());
  }

  void sell(int week) {
    const int64_t before = on_hand_;
    int64_t sold = 0, wanted = 0;
    for (int day = week * kWeekDays; day < (week + 1) * kWeekDays; ++day) {
      const int64_t here = truth_.wanted[static_cast<size_t>(day)];
      wanted += here;
      sold += std::min(here, on_hand_);
      on_hand_ -= std::min(here, on_hand_);
    }
    const double held = static_cast<double>(before + on_hand_) / 2;
    figures_.profit +=
        later(week) * (problem_.net_in(week) * static_cast<double>(sold) - problem_.storage_in(week) * held);
    figures_.wanted += static_cast<double>(wanted);
    figures_.missed += static_cast<double>(wanted - sold);
    figures_.average_stock += held / kYearWeeks;
    figures_.short_weeks += wanted > sold ? 1 : 0;
    const double base = stake_.problem.base[std::min(static_cast<size_t>(week), stake_.problem.base.size() - 1)];
    // A week that sold out does not tell what was wanted.
    if (on_hand_ > 0 && base > 0)
      level_ = std::max(0.02, level_ + kLearns * (static_cast<double>(sold) / base - level_));
  }

  // What is left, and on its way: worth what the next order would have cost as long as that is what it saves, else as
  // it clears; the same for all policies.
  void settle() {
    double units = static_cast<double>(on_hand_);
    for (const Pending& pending : pending_) units += static_cast<double>(pending.units);
    figures_.end_stock = units;
    const auto worth = [&](double stock) {
      double value = 0;
      const int week = stake_.problem.last_lead() + stake_.problem.cover_weeks;
      for (size_t way = 0; way < stake_.problem.ways.size(); ++way)
        value += stake_.problem.ways[way].weight * truth_.end_level *
                 stake_.problem.left[way].at(week, stock / truth_.end_level);
      return value;
    };
    // The concave cover of V, its slope no more than the landed cost.
    double best = worth(units);
    const restock::LeftValue& left = stake_.problem.left.front();
    double none = worth(0);
    for (size_t point = 0; point < left.points(); ++point) {
      const double stock = left.step() * static_cast<double>(point) * truth_.end_level;
      none = std::max(none, worth(stock) - problem_.landed * stock);
      if (stock > units) best = std::max(best, worth(stock) - problem_.landed * (stock - units));
    }
    figures_.profit += later(kYearWeeks) * (best - none);
  }

  const OrderStake& stake_;
  OrderPolicy policy_;
  const Truth& truth_;
  restock::OrderProblem problem_;
  int64_t on_hand_;
  std::vector<Pending> pending_;
  double level_ = 1;
  YearFigures figures_;
};

using Years = std::array<YearFigures, kOrderPolicies.size()>;

void add(YearFigures& sum, const YearFigures& one, double share) {
  sum.profit += share * one.profit;
  sum.missed += share * one.missed;
  sum.wanted += share * one.wanted;
  sum.end_stock += share * one.end_stock;
  sum.average_stock += share * one.average_stock;
  sum.orders += share * one.orders;
  sum.short_weeks += share * one.short_weeks;
}

// `by_run`: of each run the mean over the SKUs.
YearWorld outcome_of(const World& world, const std::vector<Years>& by_run) {
  YearWorld out{world, {}};
  const size_t joint = kOrderPolicies.size() - 1;
  for (size_t p = 0; p < kOrderPolicies.size(); ++p) {
    std::vector<double> profit, ahead;
    for (const Years& run : by_run) {
      profit.push_back(run[p].profit);
      ahead.push_back(run[joint].profit - run[p].profit);
      add(out.policies[p].mean, run[p], 1 / static_cast<double>(by_run.size()));
    }
    const Spread own = spread_of(profit), gap = spread_of(ahead);
    out.policies[p].low = own.low();
    out.policies[p].high = own.high();
    out.policies[p].ahead = gap.mean;
    out.policies[p].ahead_low = gap.low();
    out.policies[p].ahead_high = gap.high();
  }
  return out;
}

}  // namespace

std::string_view order_policy_id(OrderPolicy policy) {
  switch (policy) {
    case OrderPolicy::kPlaybook: return "playbook";
    case OrderPolicy::kService: return "service_95";
    case OrderPolicy::kJoint: return "joint";
  }
  return "";
}

Text order_policy_name(OrderPolicy policy) {
  switch (policy) {
    case OrderPolicy::kPlaybook: return {"playbook", "规则补货"};
    case OrderPolicy::kService: return {"95 % service level", "固定 95% 服务水平"};
    case OrderPolicy::kJoint: return {"by its value", "经济补货"};
  }
  return {};
}

YearFigures order_year(const OrderStake& stake, OrderPolicy policy, const World& world, uint64_t seed) {
  return Year(stake, policy, truth_of(stake.problem, world, seed)).play();
}

OrderYears order_years(const std::vector<OrderStake>& stakes, const std::vector<World>& worlds, size_t runs,
                       uint64_t seed, unsigned threads, const std::function<void(size_t)>& progress) {
  std::vector<std::vector<Years>> results(stakes.size());  // of each SKU: world by world, run by run
  each_in_parts(stakes.size(), threads, progress, [&](size_t i) {
    for (const World& world : worlds)
      for (size_t run = 0; run < runs; ++run) {
        const Truth truth = truth_of(stakes[i].problem, world, seed_of(seed, i, run));
        Years years;
        for (size_t p = 0; p < kOrderPolicies.size(); ++p) years[p] = Year(stakes[i], kOrderPolicies[p], truth).play();
        results[i].push_back(years);
      }
  });
  OrderYears out{stakes.size(), runs, {}};
  for (size_t w = 0; w < worlds.size(); ++w) {
    std::vector<Years> by_run(runs);
    for (size_t i = 0; i < stakes.size(); ++i)
      for (size_t run = 0; run < runs; ++run)
        for (size_t p = 0; p < kOrderPolicies.size(); ++p) {
          YearFigures one = results[i][w * runs + run][p];
          one.profit *= stakes[i].rate;
          add(by_run[run][p], one, 1 / static_cast<double>(stakes.size()));
        }
    out.worlds.push_back(outcome_of(worlds[w], by_run));
  }
  return out;
}

std::vector<World> order_worlds() {
  std::vector<World> worlds;
  std::set<std::pair<double, double>> seen;
  for (World world : world_grid()) {
    if (world.elasticity != 1 || world.uplift != 1 || !seen.emplace(world.dispersion, world.drift).second) continue;
    worlds.push_back(std::move(world));
  }
  worlds.push_back(wandering_world());
  return worlds;
}

OrderStake random_order(std::mt19937_64& random) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  constexpr int kClearFrom = 20, kClear = 26;
  restock::OrderCase of;
  of.clearing = clearance::random_decision(random, kClearFrom + kClear, static_cast<int>(between(50, 3'000)), true);
  clearance::Decision& d = of.clearing;
  clearance::let_wander(d, between(0.2, 0.5), between(0.02, 0.15));
  d.programmes.clear();
  const clearance::Decision::Cohort held = clearance::rated_cohort(1, 0, 0, between(0.05, 0.6), d.weeks + 1);
  of.rates = held.rate;
  restock::OrderProblem& problem = of.problem;
  problem.base = d.base;
  problem.dispersion = d.dispersion;
  problem.ways = d.levels;
  problem.net = {d.net(0)};
  problem.storage = {held.rate.front()};
  problem.landed = d.net(0) * between(0.35, 0.8);
  problem.discount_a_week = d.discount_a_week;
  problem.carton = 1 + static_cast<int64_t>(between(0, 24));
  problem.moq = static_cast<int64_t>(between(0, 4) * d.base.front());
  const double days = between(25, 80), spread = between(0, 0.3) * days;
  problem.lead = restock::in_weeks(restock::lead_time_between(days - spread, days + spread, {}), 0);
  problem.on_hand = static_cast<int64_t>(std::ceil(d.base.front() * (days / kWeekDays + between(1, 5))));
  clearance::Planner planner;
  restock::find_left(of, 0, planner);
  constexpr double kMessage = 15;  // as a message costs in the plan
  return {std::move(of.problem), 60, 90, 1, kMessage};
}

}  // namespace destock::simulate

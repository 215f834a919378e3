#pragma once
// A rolling year of orders: the joint policy, the playbook's rule and a fixed service level, each looking at its stock
// every week, on the same demand and the same lead times. All learn the level of demand from their own weeks in the
// same way; none knows what the market will do.

#include <array>
#include <functional>
#include <random>
#include <string_view>

#include "restock/order_case.h"
#include "simulate/world.h"

namespace destock::simulate {

enum class OrderPolicy {
  kPlaybook,  // below two months of cover, or the lead time: up to three months
  kService,   // a reorder point that lasts through the lead time with 95 %
  kJoint,     // when waiting costs more than it saves, the order that brings the most
};
inline constexpr std::array kOrderPolicies = {OrderPolicy::kPlaybook, OrderPolicy::kService, OrderPolicy::kJoint};
std::string_view order_policy_id(OrderPolicy policy);
Text order_policy_name(OrderPolicy policy);

// A SKU's orders, with `left` found for its own level of demand; and what its money is worth in the currency of the
// sums.
struct OrderStake {
  restock::OrderProblem problem;
  double cover_from_days = 60, cover_to_days = 90;  // the playbook's
  double rate = 1;
  double order_cost = 0;  // of somebody's minutes to place one
};

struct YearFigures {
  double profit = 0;  // in today's money, what is left at the end valued as the next order would have cost it, or as it
                      // clears
  double missed = 0, wanted = 0;  // units
  double end_stock = 0;           // units on hand and on their way
  double average_stock = 0;       // units on hand
  double orders = 0;
  double short_weeks = 0;  // in which something was missed
};

struct YearOutcome {
  YearFigures mean;                                 // a SKU
  double low = 0, high = 0;                         // 95 % of the mean profit
  double ahead = 0, ahead_low = 0, ahead_high = 0;  // of the joint policy
};
struct YearWorld {
  World world;
  std::array<YearOutcome, kOrderPolicies.size()> policies;
};
struct OrderYears {
  size_t skus = 0, runs = 0;
  std::vector<YearWorld> worlds;
};

// One year of one SKU.
YearFigures order_year(const OrderStake& stake, OrderPolicy policy, const World& world, uint64_t seed);

OrderYears order_years(const std::vector<OrderStake>& stakes, const std::vector<World>& worlds, size_t runs,
                       uint64_t seed, unsigned threads, const std::function<void(size_t)>& progress);

// Of world_grid() those that differ where prices stay as they are: by dispersion and drift.
std::vector<World> order_worlds();

// A made-up SKU: price, fees and storage as random_decision() has them, a lead time between one and three months that
// varies, a level that may move.
OrderStake random_order(std::mt19937_64& random);

}  // namespace destock::simulate

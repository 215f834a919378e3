#include "simulate/world.h"

#include <fmt/format.h>
#include <cmath>
#include <random>

namespace destock::simulate {
namespace {

constexpr double kUnbelieved = 0.1;  // dispersion where none was believed and it is to be larger
constexpr double kLarge = 300;       // mean above which the normal distribution will do
constexpr double kHalfYear = 26;     // weeks
// Of a listing that dies: when that begins, what is left of it a week later each time, and at last.
constexpr int kDiesFrom = 16;
constexpr double kDiesBy = 0.75, kDiesTo = 0.05;

double uniform(std::mt19937_64& random) {
  return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

// Gamma of mean 1 and that variance, by Marsaglia and Tsang (2000); the standard library's differs between makers.
double gamma_of(std::mt19937_64& random, double variance) {
  if (variance <= 0) return 1;
  const double shape = 1 / variance;
  const double raised = shape < 1 ? shape + 1 : shape;
  const double d = raised - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    // Box and Muller.
    const double z = std::sqrt(-2 * std::log(uniform(random))) * std::cos(2 * M_PI * uniform(random));
    const double v = std::pow(1 + c * z, 3);
    if (v <= 0) continue;
    if (std::log(uniform(random)) < 0.5 * z * z + d - d * v + d * std::log(v)) {
      const double boost = shape < 1 ? std::pow(uniform(random), 1 / shape) : 1;
      return d * v * boost * variance;
    }
  }
}

// The normal quantile by bisection: for large means alone.
double normal_quantile(double u) {
  double low = -9;
  double high = 9;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < u ? low : high) = middle;
  }
  return (low + high) / 2;
}

double dying(int week, int from) {
  return std::max(kDiesTo, std::pow(kDiesBy, std::max(0, week - from)));
}

}  // namespace

World wandering_world() {
  World world{"wandering", {"levels wander and die", "销量水平漂移、部分停销"}};
  world.spread = 0.5;
  world.dies = 1.0 / 7;
  return world;
}

std::vector<World> all_worlds() {
  return {
      {"as_believed", {"as believed", "与预期一致"}, 1, 1, 1, 0},
      {"less_elastic", {"30 % less elastic", "弹性弱 30%"}, 0.7, 1, 1, 0},
      {"more_elastic", {"30 % more elastic", "弹性强 30%"}, 1.3, 1, 1, 0},
      {"dispersed", {"dispersion doubled", "离散度加倍"}, 1, 2, 1, 0},
      {"half_uplift", {"uplifts halved", "活动增量减半"}, 1, 1, 0.5, 0},
      {"falling", {"demand -30 %", "需求下降 30%"}, 1, 1, 1, -0.3},
      {"rising", {"demand +30 %", "需求上升 30%"}, 1, 1, 1, 0.3},
      {"all_worse", {"all four worse", "以上不利因素叠加"}, 0.7, 2, 0.5, -0.3},
      wandering_world(),
  };
}

std::vector<World> world_grid() {
  std::vector<World> worlds;
  for (double elasticity : {0.7, 1.0, 1.3})
    for (double dispersion : {1.0, 2.0})
      for (double uplift : {1.0, 0.5})
        for (double drift : {-0.3, 0.0, 0.3}) {
          const std::string id = fmt::format("e{:g}_d{:g}_u{:g}_{:+.0f}", elasticity, dispersion, uplift, 100 * drift);
          worlds.push_back({id,
                            {fmt::format("elasticity x {:g}, dispersion x {:g}, uplift x {:g}, demand {:+.0f} %",
                                         elasticity, dispersion, uplift, 100 * drift),
                             fmt::format("弹性 x {:g}，离散度 x {:g}，增量 x {:g}，需求 {:+.0f}%", elasticity,
                                         dispersion, uplift, 100 * drift)},
                            elasticity,
                            dispersion,
                            uplift,
                            drift});
        }
  return worlds;
}

int poisson_quantile(double mean, double u) {
  if (mean <= 0) return 0;
  if (mean > kLarge) return std::max(0, static_cast<int>(std::lround(mean + std::sqrt(mean) * normal_quantile(u))));
  double mass = std::exp(-mean);
  double sum = mass;
  int k = 0;
  const int most = static_cast<int>(mean + 12 * std::sqrt(mean) + 12);
  while (sum < u && k < most) {
    ++k;
    mass *= mean / k;
    sum += mass;
  }
  return k;
}

Market::Market(const clearance::Decision& decision, const World& world, uint64_t seed) : d_(decision), world_(world) {
  std::mt19937_64 random(seed);
  double place = uniform(random);
  size_t which = 0;
  while (which + 1 < decision.elasticity.size() && place > decision.weight[which]) place -= decision.weight[which++];
  elasticity_ = decision.elasticity[which] * world.elasticity;
  double dispersion = decision.dispersion * world.dispersion;
  if (decision.dispersion <= 0 && world.dispersion > 1) dispersion = kUnbelieved;
  for (int week = 0; week < decision.weeks; ++week) {
    level_.push_back(gamma_of(random, dispersion));
    for (int day = 0; day < kWeekDays; ++day) luck_.push_back(uniform(random));
  }
  if (world.spread > 0 || world.dies > 0) wander(seed);
}

void Market::wander(uint64_t seed) {
  std::mt19937_64 random(seed ^ 0x5851f42d4c957f2dULL);  // the week's luck is the same in every world
  const bool dies = uniform(random) < world_.dies;
  const auto from = static_cast<int>(uniform(random) * kDiesFrom);
  const double a_week = world_.spread / std::sqrt(kHalfYear);
  double log_level = 0;
  for (int week = 0; week < d_.weeks; ++week) {
    double died = 0;
    for (int start = 0; start < kDiesFrom; ++start) died += dying(week, start) / kDiesFrom;
    const double mean = 1 - world_.dies + world_.dies * died;
    level_[static_cast<size_t>(week)] *=
        std::exp(log_level - a_week * a_week * week / 2) * (dies ? dying(week, from) : 1) / mean;
    log_level += a_week * normal_quantile(uniform(random));
  }
}

Market::Wanted Market::wanted(int day, int programme, size_t level, double share) const {
  const int week = day / kWeekDays;
  const double drifted = 1 + world_.drift * day / (kWeekDays * d_.weeks);
  double factor = std::exp(elasticity_ * d_.felt(level));
  double at_level = 1;
  if (programme >= 0) {
    factor *= std::max(1.0, world_.uplift * d_.programmes[static_cast<size_t>(programme)].uplift);
    const double mixed = share * factor + (1 - share);
    at_level = share * factor / mixed;
    factor = mixed;
  }
  const double mean = d_.base_in(week) / kWeekDays * drifted * level_[static_cast<size_t>(week)] * factor;
  return {poisson_quantile(mean, luck_[static_cast<size_t>(day)]), at_level};
}

}  // namespace destock::simulate

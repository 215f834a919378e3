#include "clearance/exact_programme.h"

#include <cmath>
#include <map>

#include "clearance/fluid_bound.h"

namespace destock::clearance {
namespace {

using Cooling = std::vector<int>;  // weeks left, by programme

// P(D = k), k = 0 …, until nothing is left of it; what is left lies beyond the last.
std::vector<double> masses(const Demand& demand, int most) {
  std::vector<double> out;
  const bool poisson = demand.variance <= demand.mean * 1.0001;
  const double p = poisson ? 1 : demand.mean / demand.variance;
  const double r = poisson ? 0 : demand.mean * p / (1 - p);
  double mass = poisson ? std::exp(-demand.mean) : std::exp(r * std::log(p));
  double sum = 0;
  for (int k = 0; k < most && sum < 1 - 1e-12; ++k) {
    out.push_back(mass);
    sum += mass;
    mass *= (poisson ? demand.mean : (1 - p) * (r + k)) / (k + 1);
  }
  return out;
}

double holding(const Decision& decision, int week, int units) {
  double cost = 0;
  for (const auto& cohort : decision.cohorts) {
    if (cohort.arrives > week) continue;
    const int here = std::min(units, cohort.units);
    cost += here * cohort.rate[std::min(static_cast<size_t>(week), cohort.rate.size() - 1)];
    units -= here;
  }
  return cost;
}

class Exact {
public:
  explicit Exact(const Decision& decision) : d_(decision), end_(end_value(decision)), most_(decision.total_units()) {}

  double value() { return at(0, Cooling(d_.programmes.size(), 0))[static_cast<size_t>(d_.on_hand)]; }

private:
  // Values by stock at the start of a week, inbound of the week already in.
  const std::vector<double>& at(int week, const Cooling& cooling) {
    const auto key = std::make_pair(week, cooling);
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    return known_.emplace(key, work_out(week, cooling)).first->second;
  }

  std::vector<double> work_out(int week, const Cooling& cooling) {
    const auto points = static_cast<size_t>(most_) + 1;
    std::vector<double> value(points);
    if (week == d_.weeks) {
      for (size_t x = 0; x < points; ++x) value[x] = value_of(end_, static_cast<double>(x));
      return value;
    }
    std::fill(value.begin(), value.end(), -1e300);
    for (double price : d_.ladder) take(week, cooling, -1, price, value);
    for (size_t i = 0; i < d_.programmes.size(); ++i) {
      const Programme& programme = d_.programmes[i];
      if (cooling[i] > 0 || week < programme.weeks_until_eligible || week + programme.weeks > d_.weeks) continue;
      for (double price : d_.ladder) {
        const double discount = 1 - price / d_.price;
        if (discount >= programme.min_discount - 1e-3 && discount <= programme.max_discount + 1e-3)
          take(week, cooling, static_cast<int>(i), price, value);
      }
    }
    if (const auto exit = d_.exit_value()) {
      double best = -1e300;
      for (size_t x = 0; x < points; ++x) {
        best = std::max(best, value[x] - *exit * static_cast<double>(x));
        value[x] = best + *exit * static_cast<double>(x);
      }
    }
    return value;
  }

  void take(int week, const Cooling& cooling, int programme, double price, std::vector<double>& value) {
    const int weeks = programme < 0 ? 1 : d_.programmes[static_cast<size_t>(programme)].weeks;
    const double uplift = programme < 0 ? 1 : d_.programmes[static_cast<size_t>(programme)].uplift;
    const double fee = programme < 0 ? 0 : d_.programmes[static_cast<size_t>(programme)].fixed_fee;
    Cooling next = cooling;
    for (int& left : next) left = std::max(0, left - weeks);
    if (programme >= 0)
      next[static_cast<size_t>(programme)] = d_.programmes[static_cast<size_t>(programme)].cooldown_weeks;
    const std::vector<double>& then = at(week + weeks, next);
    const Demand demand = demand_at(d_, week, weeks, price, uplift);
    const std::vector<double> mass = masses(demand, most_ + 1);
    double paid = 0;  // mean discount of the weeks' sales
    for (int w = 0; w < weeks; ++w) paid += std::pow(d_.discount_a_week, w) / weeks;
    const double net = d_.net(price) * paid;
    const double later = std::pow(d_.discount_a_week, weeks);
    int arriving = 0;
    for (int w = 1; w <= weeks; ++w) {
      if (week + w < static_cast<int>(d_.inbound.size()) && week + w < d_.weeks)
        arriving += d_.inbound.begin()[week + w];
    }
    const auto left_value = [&](int left) { return then[static_cast<size_t>(std::min(most_, left + arriving))]; };
    for (int x = 0; x <= most_; ++x) {
      double sum = 0;
      double rest = 1;
      for (int k = 0; k < x && static_cast<size_t>(k) < mass.size(); ++k) {
        const double q = mass[static_cast<size_t>(k)];
        rest -= q;
        sum += q * (net * k + later * left_value(x - k));
      }
      sum += std::max(0.0, rest) * (net * x + later * left_value(0)) - fee;
      for (int w = 0; w < weeks; ++w) sum -= std::pow(d_.discount_a_week, w) * holding(d_, week + w, x);
      value[static_cast<size_t>(x)] = std::max(value[static_cast<size_t>(x)], sum);
    }
  }

  const Decision& d_;
  Concave end_;
  int most_;
  std::map<std::pair<int, Cooling>, std::vector<double>> known_;
};

}  // namespace

double exact_value(const Decision& decision) {
  return Exact(decision).value();
}

}  // namespace destock::clearance

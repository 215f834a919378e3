#pragma once
// What a seller learns from its own weeks: how far demand, its response to price and the programmes' uplift lie from
// what was believed. A grid of suppositions, each as likely as it made the weeks' sales.

#include <vector>

#include "clearance/planner.h"

namespace destock::simulate {

// A week as its seller saw it.
struct SeenWeek {
  int week = 0;
  int programme = -1;
  size_t level = 0;
  int sold = 0;
  bool sold_out = false;  // so that no less, perhaps more, was wanted
};

class Learner {
public:
  explicit Learner(const clearance::Decision& decision);

  void see(const SeenWeek& week);
  // Whether what is believed has moved far from what the last plan was made with.
  bool has_moved() const;
  // The decision from a week on: what is left of the horizon, at what is believed now. Marks the plan as made.
  clearance::Decision decision_from(int week, const clearance::Standing& standing, int units);

private:
  struct Supposition {
    size_t elasticity, uplift, level;  // of the lists below
    double weight;
  };
  struct Means {
    double elasticity = 0, uplift = 0, level = 0;
  };
  void wander_over_levels(const clearance::Decision& decision, std::vector<double>& chances);
  double mean_of(const Supposition& s, const SeenWeek& week) const;
  Means means() const;
  void drift();

  const clearance::Decision& d_;
  double drift_;  // a week: chance that the level is the next one up, and the next one down
  std::vector<double> elasticities_, uplifts_, levels_;
  std::vector<Supposition> all_;
  Means planned_;
};

}  // namespace destock::simulate

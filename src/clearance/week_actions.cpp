#include "clearance/week_actions.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kDiscountSlack = 1e-3;  // discounts are of rounded prices
constexpr double kThin = 5e-4;           // of the largest revenue

// The actions on the upper concave hull of revenue against mean: the others are worth less than a mix of two of these.
// The current price stays, so that holding is always among them.
void keep_hull(std::vector<Action>& actions) {
  std::sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) {
    return a.mean != b.mean ? a.mean < b.mean : a.revenue > b.revenue;
  });
  std::vector<Action> hull;
  for (const Action& action : actions) {
    if (!hull.empty() && action.revenue < hull.back().revenue - 1e-12 && action.mean <= hull.back().mean + 1e-12)
      continue;
    while (hull.size() >= 2) {
      const Action& a = hull[hull.size() - 2];
      const Action& b = hull.back();
      if ((b.revenue - a.revenue) * (action.mean - a.mean) > (action.revenue - a.revenue) * (b.mean - a.mean)) break;
      hull.pop_back();
    }
    hull.push_back(action);
  }
  // Of many levels that lie almost on a line the inner ones are worth next to nothing more.
  double most = 0;
  for (const Action& action : hull) most = std::max(most, std::abs(action.revenue));
  for (size_t i = 1; i + 1 < hull.size();) {
    const Action& a = hull[i - 1];
    const Action& b = hull[i + 1];
    const double share = (hull[i].mean - a.mean) / (b.mean - a.mean);
    const double line = a.revenue + share * (b.revenue - a.revenue);
    if (hull[i].revenue - line < kThin * most)
      hull.erase(hull.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
  actions = std::move(hull);
}

}  // namespace

void WeekActions::begin(const Decision& decision, Choose choose) {
  d_ = &decision;
  choose_ = choose;
  of_week_ = -1;
  all_.clear();
}

void WeekActions::add_level(int week, int programme, size_t level) {
  Action action{programme, static_cast<int>(level), 1, 0, 0};
  double uplift = 1;
  double fee = 0;
  if (programme >= 0) {
    const Programme& of = d_->programmes[static_cast<size_t>(programme)];
    action.weeks = of.weeks;
    uplift = of.uplift;
    fee = of.fixed_fee;
  }
  action.mean = demand_at(*d_, week, action.weeks, d_->ladder[level], uplift).mean;
  action.revenue = action.mean * d_->net(d_->ladder[level]) - fee;
  all_.push_back(action);
}

bool WeekActions::may_run(int week, const Programme& programme) const {
  return week >= programme.weeks_until_eligible && week + programme.weeks <= d_->weeks;
}

void WeekActions::add_programme(int week, size_t i) {
  const Programme& programme = d_->programmes[i];
  if (!may_run(week, programme)) return;
  for (size_t level = 0; level < d_->ladder.size(); ++level) {
    const double discount = 1 - d_->ladder[level] / d_->price;
    if (discount >= programme.min_discount - kDiscountSlack && discount <= programme.max_discount + kDiscountSlack)
      add_level(week, static_cast<int>(i), level);
  }
}

// Whether the last week looked at had the same demand and the same programmes open.
bool WeekActions::same_as_last(int week) const {
  if (of_week_ < 0) return false;
  int longest = 1;
  for (const Programme& programme : d_->programmes) {
    if (may_run(week, programme) != may_run(of_week_, programme)) return false;
    longest = std::max(longest, programme.weeks);
  }
  for (int w = 0; w < longest; ++w)
    if (d_->base_in(week + w) != d_->base_in(of_week_ + w)) return false;
  return true;
}

void WeekActions::find(int week) {
  if (week == of_week_ || same_as_last(week)) {
    of_week_ = week;
    return;
  }
  of_week_ = week;
  all_.clear();
  if (choose_ == Choose::kHoldOnly) {
    add_level(week, -1, 0);
    return;
  }
  const bool prune = choose_ == Choose::kHull;
  for (size_t level = 0; level < d_->ladder.size(); ++level) add_level(week, -1, level);
  const Action regular = all_.front();
  const auto stateless = [&](const Programme& programme) {
    return programme.weeks == 1 && programme.cooldown_weeks == 0;
  };
  for (size_t i = 0; i < d_->programmes.size(); ++i)
    if (stateless(d_->programmes[i])) add_programme(week, i);
  if (prune) {
    keep_hull(all_);
    if (std::none_of(all_.begin(), all_.end(), [](const Action& a) { return a.level == 0 && a.programme < 0; }))
      all_.push_back(regular);
  }
  std::vector<Action> all = std::move(all_);
  for (size_t i = 0; i < d_->programmes.size(); ++i) {
    if (stateless(d_->programmes[i])) continue;
    all_.clear();
    add_programme(week, i);
    if (prune) keep_hull(all_);
    all.insert(all.end(), all_.begin(), all_.end());
  }
  all_ = std::move(all);
}

}  // namespace destock::clearance

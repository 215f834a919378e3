#include "clearance/week_actions.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kThin = 5e-4;  // of the largest revenue

// The actions on the upper concave hull of revenue against mean: the others are worth less than a mix of two of these.
// The current price stays, so that holding is always among them.
void keep_hull(std::vector<Action>& actions) {
  std::sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) {
    return a.mean != b.mean ? a.mean < b.mean : a.revenue() > b.revenue();
  });
  std::vector<Action> hull;
  for (const Action& action : actions) {
    if (!hull.empty() && action.revenue() < hull.back().revenue() - 1e-12 && action.mean <= hull.back().mean + 1e-12)
      continue;
    while (hull.size() >= 2) {
      const Action& a = hull[hull.size() - 2];
      const Action& b = hull.back();
      if ((b.revenue() - a.revenue()) * (action.mean - a.mean) > (action.revenue() - a.revenue()) * (b.mean - a.mean))
        break;
      hull.pop_back();
    }
    hull.push_back(action);
  }
  // Of many levels that lie almost on a line the inner ones are worth next to nothing more.
  double most = 0;
  for (const Action& action : hull) most = std::max(most, std::abs(action.revenue()));
  for (size_t i = 1; i + 1 < hull.size();) {
    const Action& a = hull[i - 1];
    const Action& b = hull[i + 1];
    const double share = (hull[i].mean - a.mean) / (b.mean - a.mean);
    const double line = a.revenue() + share * (b.revenue() - a.revenue());
    if (hull[i].revenue() - line < kThin * most)
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
  effects_.clear();
  for (int programme = -1; programme < static_cast<int>(decision.programmes.size()); ++programme)
    for (size_t level = 0; level < decision.ladder.size(); ++level)
      effects_.push_back(effect_of(decision, programme, level));
}

Action WeekActions::action_of(int week, int programme, size_t level) const {
  const Effect& effect = effects_[static_cast<size_t>(programme + 1) * d_->ladder.size() + level];
  const Offer offer = offer_of(*d_, effect, week, programme);
  const int weeks = programme < 0 ? 1 : d_->programmes[static_cast<size_t>(programme)].weeks;
  return {programme,      static_cast<int>(level),      weeks,    offer.mean,
          offer.variance, effect.net - offer.sale_cost, offer.fee};
}

void WeekActions::add_programme(int week, size_t i) {
  for (size_t level = 0; level < d_->ladder.size(); ++level)
    if (open_at(*d_, week, i, level)) all_.push_back(action_of(week, static_cast<int>(i), level));
}

// Whether the last week looked at had the same demand, the same fees and the same programmes open.
bool WeekActions::same_as_last(int week) const {
  if (of_week_ < 0) return false;
  int longest = 1;
  for (const Programme& programme : d_->programmes) {
    const auto may_run = [&](int w) { return w >= programme.weeks_until_eligible && w + programme.weeks <= d_->weeks; };
    if (may_run(week) != may_run(of_week_)) return false;
    const Slot here = programme.slot(week);
    const Slot last = programme.slot(of_week_);
    if (here.open != last.open || here.fixed_fee != last.fixed_fee || here.min_discount != last.min_discount)
      return false;
    longest = std::max(longest, programme.weeks);
  }
  for (int w = 0; w < longest; ++w)
    if (d_->base_in(week + w) != d_->base_in(of_week_ + w) || !d_->same_sale_cost(week + w, of_week_ + w) ||
        d_->changes_in(week + w) != d_->changes_in(of_week_ + w))
      return false;
  return true;
}

void WeekActions::take(int week, const WeekActions& others) {
  of_week_ = -1;
  all_.clear();
  for (const Action& action : others.all())
    all_.push_back(action_of(week, action.programme, static_cast<size_t>(action.level)));
}

void WeekActions::find(int week) {
  if (week == of_week_ || same_as_last(week)) {
    of_week_ = week;
    return;
  }
  of_week_ = week;
  all_.clear();
  const Action regular = hold(week);
  if (choose_ == Choose::kHoldOnly || (!d_->changes_in(week) && !d_->monotone)) {
    all_.push_back(regular);
    return;
  }
  const bool prune = choose_ == Choose::kHull && !d_->monotone;
  for (size_t level = 0; level < d_->ladder.size(); ++level) all_.push_back(action_of(week, -1, level));
  const auto stateless = [&](const Programme& programme) {
    return programme.weeks == 1 && programme.cooldown_weeks == 0 && !programme.remembers;
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

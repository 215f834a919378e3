#include "portfolio/scarce.h"

#include <algorithm>
#include <cmath>

namespace destock::portfolio {
namespace {

using clearance::Decision;
using clearance::PlannedWeek;
using clearance::Programme;

bool counts(const Row& row, const Stake& stake) {
  if (row.where.empty()) return true;
  return row.where == (row.what == Scarce::kSpace ? stake.storage : stake.marketplace);
}

// Prices a problem, row by row. What is charged in a week is counted by the planner at that week's worth: divided out.
class Pricing {
public:
  Pricing(const Stake& stake, Decision& d) : stake_(stake), d_(d) {}

  void cash(const Row& row, double price) {
    if (d_.worth_of_cash.empty())
      for (int week = 0; week <= d_.weeks; ++week) d_.worth_of_cash.push_back(stake_.decision->later(0, week));
    for (int week = row.from; week <= std::min(row.to, d_.weeks); ++week) d_.worth_of_cash[at(week)] += price;
  }

  void other(const Row& row, double price) {
    for (int week = row.from; week <= std::min(row.to, d_.weeks - 1); ++week) {
      const double here = price / worth(week);
      switch (row.what) {
        case Scarce::kSpace: add_space(week, here * stake_.volume_cuft / stake_.rate); break;
        case Scarce::kDeals: add_deals(week, price); break;
        case Scarce::kFees: add_fees(week, here); break;
        case Scarce::kActions: add(d_.change_more, week, here / stake_.rate); break;
        case Scarce::kClicks: add_clicks(week, here / stake_.rate); break;
        case Scarce::kLoss: add(d_.loss_price, week, here); break;
        case Scarce::kCash: break;
      }
    }
  }

private:
  static size_t at(int week) { return static_cast<size_t>(week); }
  double worth(int week) const { return d_.worth_of_cash.empty() ? d_.later(0, week) : d_.worth_of_cash[at(week)]; }
  void add(std::vector<double>& by_week, int week, double more) const {
    by_week.resize(std::max(by_week.size(), at(d_.weeks)), 0);
    by_week[at(week)] += more;
  }
  void add_space(int week, double more) {
    for (Decision::Cohort& cohort : d_.cohorts) {
      if (cohort.rate.size() < at(d_.weeks) + 1) cohort.rate.resize(at(d_.weeks) + 1, cohort.rate.back());
      cohort.rate[at(week)] += more;
    }
  }
  clearance::Slot& slot(Programme& programme, int week) const {
    while (programme.slots.size() < at(d_.weeks))
      programme.slots.push_back({true, programme.fixed_fee, programme.min_discount});
    return programme.slots[at(week)];
  }
  // Whichever week it began in.
  void add_deals(int week, double price) {
    for (size_t i = 0; i < d_.programmes.size(); ++i) {
      if (!stake_.deals[i]) continue;
      for (int began = std::max(0, week - d_.programmes[i].weeks + 1); began <= week; ++began)
        slot(d_.programmes[i], began).fixed_fee += price / stake_.rate / worth(began);
    }
  }
  void add_fees(int week, double price) {
    for (Programme& programme : d_.programmes) {
      const double fee =
          stake_.decision->programmes[static_cast<size_t>(&programme - d_.programmes.data())].slot(week).fixed_fee;
      if (fee > 0) slot(programme, week).fixed_fee += price * fee;
    }
    add(d_.fee_price, week, price);
  }
  void add_clicks(int week, double more) {
    for (size_t i = 0; i < d_.programmes.size(); ++i)
      if (stake_.by_clicks[i]) add(d_.programmes[i].change_more, week, more);
  }

  const Stake& stake_;
  Decision& d_;
};

double paid_in_fees(const Decision& d, const PlannedWeek& step) {
  if (step.choice.programme < 0) return 0;
  const auto programme = static_cast<size_t>(step.choice.programme);
  const clearance::Effect effect =
      clearance::effect_of(d, step.choice.programme, static_cast<size_t>(step.choice.level));
  return d.programmes[programme].slot(step.week).fixed_fee + step.units * effect.fee;
}

double lost(const Decision& d, const PlannedWeek& step) {
  const clearance::Effect effect =
      clearance::effect_of(d, step.choice.programme, static_cast<size_t>(step.choice.level));
  double sum = step.units * effect.loss;
  if (step.choice.exit_units > 0)
    if (const clearance::BulkExit* exit = d.best_exit(step.week))
      sum += step.choice.exit_units * d.lost_at(Decision::exit_pays(*exit, step.week));
  return sum;
}

// Of one row, by one step.
double use_by(const Row& row, const Stake& stake, const PlannedWeek& step) {
  const Decision& d = *stake.decision;
  const int last = step.week + step.weeks - 1;
  const bool begins = step.week >= row.from && step.week <= row.to;
  const int together = std::max(0, std::min(last, row.to) - std::max(step.week, row.from) + 1);
  const auto programme = static_cast<size_t>(std::max(0, step.choice.programme));
  switch (row.what) {
    case Scarce::kSpace: return together * stake.volume_cuft * (step.stock - step.choice.exit_units);
    case Scarce::kDeals: return step.choice.programme >= 0 && stake.deals[programme] ? together : 0;
    case Scarce::kFees: return begins ? stake.rate * paid_in_fees(d, step) : 0;
    case Scarce::kActions: return begins ? step.changes : 0;
    case Scarce::kClicks:
      return begins && step.choice_changes && step.choice.programme >= 0 && stake.by_clicks[programme] ? 1 : 0;
    case Scarce::kLoss: return begins ? stake.rate * lost(d, step) : 0;
    case Scarce::kCash: {
      double cash = (step.cash - step.holding) * together / step.weeks;
      const clearance::BulkExit* exit = d.best_exit(step.week);
      if (exit && step.choice.exit_units > 0) {
        const int comes = step.week + exit->delay_weeks;
        if (comes >= row.from && comes <= row.to)
          cash += step.choice.exit_units * Decision::exit_pays(*exit, step.week);
      }
      return stake.rate * cash;
    }
  }
  return 0;
}

}  // namespace

Decision priced(const Stake& stake, const std::vector<Row>& rows, const std::vector<double>& price) {
  Decision d = *stake.decision;
  Pricing pricing(stake, d);
  // What money is worth comes first: the others are counted in it.
  for (size_t r = 0; r < rows.size(); ++r)
    if (price[r] > 0 && rows[r].what == Scarce::kCash && counts(rows[r], stake)) pricing.cash(rows[r], price[r]);
  for (size_t r = 0; r < rows.size(); ++r)
    if (price[r] > 0 && rows[r].what != Scarce::kCash && counts(rows[r], stake)) pricing.other(rows[r], price[r]);
  return d;
}

PlannedWeek unpriced(const Stake& stake, const Decision& priced, PlannedWeek step) {
  const Decision& d = *stake.decision;
  const auto level = static_cast<size_t>(step.choice.level);
  const clearance::Effect effect = clearance::effect_of(d, step.choice.programme, level);
  const clearance::Offer offer = clearance::offer_of(d, effect, step.week, step.choice.programme);
  step.cash = step.units * (effect.net - offer.sale_cost) - offer.fee;
  step.exit_cash = step.choice.exit_units * d.exit_value(step.week).value_or(0);
  const double kept = step.stock - step.choice.exit_units;
  for (int week = step.week; week < step.week + step.weeks; ++week)
    step.holding -= priced.holding(week, kept) - d.holding(week, kept);
  return step;
}

std::vector<double> use_of(const Stake& stake, const std::vector<Row>& rows, const std::vector<PlannedWeek>& path) {
  std::vector<double> use(rows.size(), 0);
  for (size_t r = 0; r < rows.size(); ++r)
    if (counts(rows[r], stake))
      for (const PlannedWeek& step : path) use[r] += use_by(rows[r], stake, step);
  return use;
}

}  // namespace destock::portfolio

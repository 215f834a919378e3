#include "demand/edits.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

using account::DemandEdit;

constexpr int kYearDays = kYearWeeks * kWeekDays;  // the same days of the week again
constexpr size_t kWeeksBeside = 4;                 // that tell what a spike stood out from

int shared_days(Date begin, Date from, Date to) {
  const Date first = std::max(begin, from);
  const Date last = std::min(begin + Days(kWeekDays - 1), to);
  return static_cast<int>(std::max<int64_t>(0, days_between(first, last) + 1));
}

// What the days sold beyond the weeks beside them.
double excess_of(const History& history, const DemandEdit& edit, Date as_of) {
  const size_t begin = history.panel.offsets[edit.listing];
  const size_t length = history.panel.length(edit.listing);
  double sold = 0, pace = 0;
  size_t beside = 0;
  int days = 0;
  for (size_t t = 0; t < length; ++t) {
    const Date start = as_of - Days(History::days_back(length, t));
    const double known = history.panel.units[begin + t];
    const int shared = shared_days(start, edit.from, edit.to);
    // The week's other days are known at their own pace: what is left of its sales was sold in the spike.
    if (shared > 0) {
      days += shared;
      sold += history.sold[begin + t] - (std::isnan(known) ? 0 : known * (kWeekDays - shared) / kWeekDays);
      continue;
    }
    const int64_t off = std::min(std::abs(days_between(start, edit.from)), std::abs(days_between(start, edit.to)));
    if (off > static_cast<int64_t>(kWeeksBeside * kWeekDays) || std::isnan(known)) continue;
    pace += known;
    ++beside;
  }
  const double usual = beside > 0 ? pace / static_cast<double>(beside) * days / kWeekDays : 0;
  return std::max(0.0, sold - usual);
}

// The same shape around another mean.
void move_mean(WeekForecast& week, double mean) {
  const double before = week.mean;
  const double dispersion = before > 0 ? std::max(0.0, (week.variance - before) / (before * before)) : 0;
  week.variance = static_cast<float>(mean + dispersion * mean * mean);
  const double far = 1.2816 * std::sqrt(week.variance);  // from the mean to one in ten, of the normal law
  const auto moved = [&](float at, double without) {
    return static_cast<float>(std::round(before > 0 ? at * mean / before : std::max(0.0, without)));
  };
  week.p10 = moved(week.p10, mean - far);
  week.p50 = moved(week.p50, mean);
  week.p90 = moved(week.p90, mean + far);
  week.mean = static_cast<float>(mean);
}

void set(WeekForecast& week, const DemandEdit& edit, int shared) {
  const double part = static_cast<double>(shared) / kWeekDays;
  const double then = edit.units_a_week ? *edit.units_a_week : week.mean * edit.times.value_or(1);
  move_mean(week, (1 - part) * week.mean + part * then);
}

}  // namespace

void apply_edits(const account::Account& account, AccountForecast& forecast) {
  // What somebody expects comes after what comes again: it is said of all of it.
  for (const bool again : {true, false})
    for (const DemandEdit& edit : account.demand_edits) {
      if (edit.kind == DemandEdit::Kind::kLeftOut || (edit.kind == DemandEdit::Kind::kAgain) != again) continue;
      const size_t begin = forecast.offsets[edit.listing];
      const size_t count = forecast.offsets[edit.listing + 1] - begin;
      const double excess = again ? excess_of(forecast.history, edit, forecast.as_of) : 0;
      const auto days = static_cast<double>(days_between(edit.from, edit.to) + 1);
      for (size_t w = 0; w < count; ++w) {
        WeekForecast& week = forecast.forecast[begin + w];
        const Date start = forecast.week_start(w);
        if (!again) {
          if (const int shared = shared_days(start, edit.from, edit.to)) set(week, edit, shared);
          continue;
        }
        for (int years = 1; years <= 2; ++years) {
          const Days later(years * kYearDays);
          if (const int shared = shared_days(start, edit.from + later, edit.to + later))
            move_mean(week, week.mean + excess * shared / days);
        }
      }
    }
}

}  // namespace destock::demand

#include "demand/history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace destock::demand {
namespace {

constexpr int kLeastDaysInStock = 3;  // a week's pace from fewer says nothing
constexpr int kTailDays = 3;
constexpr double kMoneyScale = 10'000;  // of the account's amounts
constexpr int kLaunchedAfter = 28;      // days after the first we know: earlier, and it may only seem new
constexpr size_t kPriceWeeks = 12;      // that make the regular price

struct Span {
  int64_t first, last;  // day numbers, inclusive
};

// Spans within a marketplace's of which no report of sales tells.
std::map<std::string, std::vector<Span>, std::less<>> gaps_of(const account::Account& account) {
  std::map<std::string, std::vector<Span>, std::less<>> gaps;
  for (const account::SalesSpan& gap : account.sales_gaps)
    gaps[gap.marketplace].push_back({day_number(gap.first_day), day_number(gap.last_day)});
  return gaps;
}

std::map<std::string, Span, std::less<>> spans_of(const account::Account& account) {
  std::map<std::string, Span, std::less<>> spans;
  const int64_t yesterday = day_number(account.as_of) - 1;
  for (const account::SalesSpan& span : account.sales_spans)
    spans[span.marketplace] = {day_number(span.first_day), std::min(yesterday, day_number(span.last_day))};
  return spans;
}

// One listing's days, walked once for each week.
class Weeks {
public:
  // `gaps` stays alive; nullptr: none.
  Weeks(const account::Account& account, size_t listing, const std::vector<Span>* gaps)
      : account_(account),
        gaps_(gaps),
        days_(account.sales.days.of(listing)),
        first_(account.sales.days.offsets[listing]),
        empty_(account.stockout_days.of(listing)) {
    for (const account::DemandEdit& edit : account.demand_edits)
      if (edit.listing == listing && edit.kind != account::DemandEdit::Kind::kSet) spikes_.push_back(&edit);
  }

  struct Week {
    double units = 0, tail_units = 0, promoted = 0;
    std::array<double, kWeekDays> prices{};  // paid a unit, of each day with a price
    size_t priced_days = 0;
    int stocked = 0, tail_stocked = 0;
    double all_units = 0;  // with those of days that teach nothing
    int all_stocked = 0;
    bool untold = true;  // no report tells of any of its days
    int quiet = 0;       // days in stock since the last sale, at the week's end
  };

  // Weeks must be asked for in order. Days outside [from, last] do not count.
  Week next(int64_t begin, const Span& span) {
    Week week;
    for (int64_t day = begin; day < begin + kWeekDays; ++day) {
      while (sale_ < days_.size() && days_[sale_] < day) ++sale_;
      while (stockout_ < empty_.size() && empty_[stockout_] < day) ++stockout_;
      const bool sold = sale_ < days_.size() && days_[sale_] == day;
      const bool empty = stockout_ < empty_.size() && empty_[stockout_] == day;
      if (day < span.first || day > span.last) continue;
      if (is_untold(day)) continue;
      week.untold = false;
      if (empty && !sold) continue;
      const bool in_tail = day >= begin + kWeekDays - kTailDays;
      ++week.all_stocked;
      if (sold) week.all_units += static_cast<double>(account_.sales.units[first_ + sale_]);
      if (is_spike(day)) continue;
      ++week.stocked;
      week.tail_stocked += in_tail ? 1 : 0;
      ++quiet_;
      if (!sold) continue;
      const size_t at = first_ + sale_;
      const auto units = static_cast<double>(account_.sales.units[at]);
      quiet_ = units > 0 ? 0 : quiet_;
      week.units += units;
      week.tail_units += in_tail ? units : 0;
      week.promoted += account_.sales.promo_units[at];
      const auto paid = static_cast<double>(account_.sales.revenue[at] - account_.sales.discount[at]);
      if (account_.sales.priced_units[at] > 0 && paid > 0)
        week.prices[week.priced_days++] = paid / account_.sales.priced_units[at] / kMoneyScale;
    }
    week.quiet = quiet_;
    return week;
  }

private:
  bool is_spike(int64_t day) const {
    return std::any_of(spikes_.begin(), spikes_.end(), [&](const auto* spike) { return spike->holds(day); });
  }

  bool is_untold(int64_t day) const {
    return gaps_ && std::any_of(gaps_->begin(), gaps_->end(),
                                [&](const Span& gap) { return gap.first <= day && day <= gap.last; });
  }

  const account::Account& account_;
  const std::vector<Span>* gaps_;
  std::vector<const account::DemandEdit*> spikes_;  // that somebody left out
  std::span<const int32_t> days_;
  size_t first_;
  std::span<const int32_t> empty_;
  size_t sale_ = 0, stockout_ = 0;
  int quiet_ = 0;
};

// The middle of the days' prices: one wholesale order at its own price is not a change of price.
double middle_price(Weeks::Week week) {
  const auto end = week.prices.begin() + static_cast<std::ptrdiff_t>(week.priced_days);
  std::sort(week.prices.begin(), end);
  const size_t half = week.priced_days / 2;
  return week.priced_days % 2 == 1 ? week.prices[half] : (week.prices[half - 1] + week.prices[half]) / 2;
}

void add_week(History& history, const Weeks::Week& week) {
  const bool known = week.stocked >= kLeastDaysInStock;
  const double pace = known ? week.units * kWeekDays / week.stocked : kNotKnown;
  history.panel.units.push_back(pace);
  history.panel.tail.push_back(known && week.tail_stocked > 0 ? week.tail_units * kWeekDays / week.tail_stocked : pace);
  history.panel.quiet.push_back(static_cast<float>(week.quiet));
  history.sold.push_back(static_cast<float>(week.all_units));
  history.told.push_back(!week.untold);
  history.in_stock.push_back(static_cast<float>(week.all_stocked) / kWeekDays);
  history.promotion.push_back(week.units > 0 ? static_cast<float>(std::min(1.0, week.promoted / week.units)) : 0.0f);
  history.log_price.push_back(week.priced_days > 0 ? static_cast<float>(std::log(middle_price(week)))
                                                   : static_cast<float>(kNotKnown));
}

// A week without a sale keeps the price of the week before.
void carry_prices(History& history, size_t begin) {
  for (size_t row = begin + 1; row < history.log_price.size(); ++row)
    if (std::isnan(history.log_price[row])) history.log_price[row] = history.log_price[row - 1];
}

}  // namespace

History weekly_history(const account::Account& account) {
  History history;
  const auto spans = spans_of(account);
  const auto gaps = gaps_of(account);
  const int64_t today = day_number(account.as_of);
  std::map<std::string, int32_t> groups;
  for (size_t i = 0; i < account.size(); ++i) {
    const account::Listing& listing = account.listings[i];
    std::string name = listing.marketplace + (listing.category.empty() ? "" : " · " + listing.category);
    const auto [group, fresh] = groups.emplace(std::move(name), static_cast<int32_t>(groups.size()));
    if (fresh) history.groups.push_back(group->first);
    history.panel.group.push_back(group->second);
    const auto span = spans.find(listing.marketplace);
    const size_t begin = history.panel.units.size();
    bool launched = false;
    if (span != spans.end() && span->second.last >= span->second.first) {
      Span live = span->second;
      if (const auto& seen = account.first_seen[i]; seen && day_number(*seen) > live.first) {
        launched = day_number(*seen) >= live.first + kLaunchedAfter;
        live.first = day_number(*seen);
      }
      const auto weeks = std::clamp<int64_t>((today - live.first) / kWeekDays, 0, kMostWeeks);
      const auto untold = gaps.find(listing.marketplace);
      Weeks days(account, i, untold == gaps.end() ? nullptr : &untold->second);
      for (int64_t back = weeks; back > 0; --back) add_week(history, days.next(today - back * kWeekDays, live));
    }
    carry_prices(history, begin);
    history.launched.push_back(launched);
    const account::StockPosition& stock = account.stock[i];
    history.panel.on_shelf.push_back(stock.source != account::StockSource::kNone && stock.available > 0);
    history.panel.offsets.push_back(history.panel.units.size());
  }
  return history;
}

double regular_log_price(const History& history, size_t series) {
  const size_t begin = history.panel.offsets[series];
  std::vector<float> regular, any;
  for (size_t row = history.panel.offsets[series + 1]; row-- > begin && any.size() < kPriceWeeks;) {
    if (std::isnan(history.log_price[row])) continue;
    any.push_back(history.log_price[row]);
    if (history.promotion[row] <= 0) regular.push_back(history.log_price[row]);
  }
  std::vector<float>& prices = regular.empty() ? any : regular;
  if (prices.empty()) return kNotKnown;
  std::nth_element(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2), prices.end());
  return prices[prices.size() / 2];
}

}  // namespace destock::demand

#include "demand/listing_season.h"

#include <algorithm>

#include "base/ascii.h"
#include "demand/history.h"

namespace destock::demand {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '_' && c != '-' && c != '\'') out += ascii_lower(c);
  return out;
}

// The same day in another year; 29 February becomes the 28th.
Date same_day_of_year(Date day, int years) {
  const unsigned of_month = month_of(day) == 2 && day_of_month(day) == 29 ? 28 : day_of_month(day);
  return make_date(year_of(day) + years, month_of(day), of_month);
}

bool names(const market::Event& event, const std::string& season) {
  const std::string wanted = folded(season);
  if (wanted.empty()) return false;
  return folded(event.id) == wanted || folded(event.name.en) == wanted || event.name.zh == season ||
         folded(event.name.en).starts_with(wanted) || event.name.zh.starts_with(season);
}

// The first season of which `text`, in lower case, has a word.
const market::SeasonPrior* said(const std::string& text, const market::DemandPriors& priors) {
  const auto says = [&](const std::string& word) { return text.find(word) != std::string::npos; };
  for (const market::SeasonPrior& prior : priors.seasons)
    if (std::any_of(prior.words.begin(), prior.words.end(), says)) return &prior;
  return nullptr;
}

// The season that a name says, where it does not only praise a gift.
const market::SeasonPrior* guessed(const account::Listing& listing, const market::DemandPriors& priors) {
  const std::string name = ascii_lower(listing.sku + " " + listing.title);
  for (const std::string& word : priors.season_not_with)
    if (name.find(word) != std::string::npos) return nullptr;
  return said(name, priors);
}

template <typename Wanted>
const market::Event* next_of(const market::Calendar& calendar, const market::SeasonRule& rule, Date as_of,
                             Wanted wanted) {
  const market::Event* found = nullptr;
  for (const market::Event& event : calendar.events) {
    if (!wanted(event) || event.last_day + Days(rule.over_after_days) < as_of) continue;
    if (!found || event.first_day < found->first_day) found = &event;
  }
  return found;
}

}  // namespace

std::optional<ListingSeason> listing_season(const account::Account& account, size_t listing,
                                            const market::Facts& facts) {
  const account::Listing& named = account.listings[listing];
  const market::Calendar* calendar = facts.calendar(named.marketplace);
  if (!calendar) return std::nullopt;
  if (!named.season.empty()) {
    const auto* event = next_of(*calendar, facts.demand.season_rule, account.as_of,
                                [&](const market::Event& e) { return names(e, named.season); });
    const market::SeasonPrior* prior = event ? nullptr : said(ascii_lower(named.season), facts.demand);
    if (prior)
      event = next_of(*calendar, facts.demand.season_rule, account.as_of,
                      [&](const market::Event& e) { return e.id == prior->event; });
    if (!event) return std::nullopt;
    return ListingSeason{event, facts.demand.season(event->id), false};
  }
  const market::SeasonPrior* prior = guessed(named, facts.demand);
  if (!prior) return std::nullopt;
  const auto* event = next_of(*calendar, facts.demand.season_rule, account.as_of,
                              [&](const market::Event& e) { return e.id == prior->event; });
  if (!event) return std::nullopt;
  return ListingSeason{event, prior, true};
}

SeasonWeeks::SeasonWeeks(const market::SeasonPrior& prior, const market::SeasonRule& rule,
                         const market::Calendar& calendar, Date as_of, int weeks) {
  std::vector<std::pair<Date, Date>> times;  // first and last day
  for (const market::Event& event : calendar.events)
    if (event.id == prior.event) times.emplace_back(event.first_day, event.last_day);
  std::sort(times.begin(), times.end());
  const size_t known = times.size();
  for (int year = 1; known > 0 && year <= rule.years; ++year) {
    times.emplace_back(same_day_of_year(times[0].first, -year), same_day_of_year(times[0].second, -year));
    times.emplace_back(same_day_of_year(times[known - 1].first, year), same_day_of_year(times[known - 1].second, year));
  }
  const auto count = static_cast<size_t>(kMostWeeks) + static_cast<size_t>(weeks) + 1;
  inside_.assign(count, 0);
  begun_.assign(count, 0);
  before_.assign(count, false);
  after_.assign(count, false);
  for (size_t i = 0; i < count; ++i) {
    const Date begin = as_of + Days(kWeekDays * (static_cast<int>(i) - kMostWeeks - 1));
    const Date end = begin + Days(kWeekDays - 1);
    for (const auto& [first, last] : times) {
      const Date opens = first - Days(kWeekDays * prior.lead_weeks);
      const Date from = std::max(begin, opens);
      const Date to = std::min(end, last);
      if (from <= to) {
        const double share = static_cast<double>(days_between(from, to) + 1) / kWeekDays;
        inside_[i] = std::max(inside_[i], share);
        if (opens <= as_of) begun_[i] = std::max(begun_[i], share);
      }
      if (last >= as_of) continue;
      if (end <= last && end > last - Days(kWeekDays * rule.weeks_before)) before_[i] = true;
      if (begin > last && begin <= last + Days(kWeekDays * rule.weeks_after)) after_[i] = true;
    }
  }
}

double SeasonWeeks::inside(int64_t ahead, bool again) const {
  const int64_t i = ahead + kMostWeeks;
  const std::vector<double>& weeks = again ? inside_ : begun_;
  return i >= 0 && i < static_cast<int64_t>(weeks.size()) ? weeks[static_cast<size_t>(i)] : 0;
}

bool SeasonWeeks::at(const std::vector<bool>& weeks, int64_t ahead) {
  const int64_t i = ahead + kMostWeeks;
  return i >= 0 && i < static_cast<int64_t>(weeks.size()) && weeks[static_cast<size_t>(i)];
}

}  // namespace destock::demand

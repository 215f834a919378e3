#include "app/overview.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/demand_edits.h"
#include "app/json_parts.h"
#include "economics/holding_path.h"
#include "health/trend.h"

namespace destock::app {
namespace {

constexpr int kMonthsAhead = 12;
constexpr size_t kWorst = 5;
constexpr size_t kFirstActions = 12;

class Overview {
public:
  Overview(const AccountState& state, const account::PlanRecord* plan, const Context& context, Lang lang)
      : state_(state),
        account_(state.account),
        plan_(plan),
        context_(context),
        lang_(lang),
        base_(state.health.figures.base_currency) {}

  Json json() {
    look_at_listings();
    Json bands = Json::array();
    for (const auto& [band, count] : state_.health.figures.bands)
      bands.push_back({{"id", health::band_id(band)}, {"name", health::band_name(band).in(lang_)}, {"skus", count}});
    return {{"as_of", iso(account_.as_of)},
            {"account", account_.name},
            {"base_currency", base_.str()},
            {"alarm_share", context_.facts.playbook.account.excess_share_alarm},
            {"figures", figures()},
            {"bands", bands},
            {"cohorts", cohorts()},
            {"ages_unknown_skus", ages_unknown_},
            {"holding_by_month", months()},
            {"worst", {{"excess", worst(excess_)}, {"holding", worst(holding_)}}},
            {"trend", trend()},
            {"plan", plan_json()},
            {"reports", reports()},
            {"missing", missing()},
            {"warnings", warnings()}};
  }

private:
  struct Cohort {
    int64_t units = 0;
    double value = 0, surcharge_now = 0, surcharge_next = 0;  // base currency; a month
  };
  struct Month {
    double storage = 0, surcharge = 0;
  };
  using Ranked = std::vector<std::pair<double, size_t>>;

  // What no rate joins to the base currency is in no sum, and the sums say which currencies they leave out.
  double in_base(double amount, Currency currency) {
    const auto money = Money::fitting(amount, currency);
    const auto rate = money ? account_.rates.convert(*money, base_, account_.as_of) : std::nullopt;
    if (!rate) left_out_.insert(currency.str());
    return rate ? rate->to_double() : 0;
  }
  Json money(double amount) const { return to_json(Money::fitting(amount, base_)); }

  void look_at_listings() {
    for (const health::Diagnosis& d : state_.health.diagnoses) {
      if (d.band == health::Band::kNoStock) continue;
      const Currency currency = account_.listings[d.listing].currency;
      const double unit_value = d.unit_value ? in_base(d.unit_value->to_double(), d.unit_value->currency()) : 0;
      if (d.excess_units > 0) excess_.emplace_back(unit_value * static_cast<double>(d.excess_units), d.listing);
      if (d.holding.next_month) holding_.emplace_back(in_base(d.holding.next_month->to_double(), currency), d.listing);
      const auto terms = economics::holding_terms(account_, d.listing, context_.facts, account_.as_of);
      look_at_ages(d, terms, unit_value, currency);
      const Date until = account_.as_of + Days(365);
      for (const auto& month :
           economics::holding_until(terms, account_.ages.of(d.listing),
                                    static_cast<double>(account_.stock[d.listing].on_hand()), account_.as_of, until)) {
        Month& sum = months_[first_of_month(month.first_day)];
        sum.storage += in_base(month.storage.value_or(0), currency);
        sum.surcharge += in_base(month.surcharge.value_or(0), currency);
      }
    }
  }

  void look_at_ages(const health::Diagnosis& d, const economics::HoldingTerms& terms, double unit_value,
                    Currency currency) {
    if (!d.ageing.known) {
      ++ages_unknown_;
      return;
    }
    for (size_t band = 0; band < cohorts_.size(); ++band) {
      const auto units = static_cast<double>(d.ageing.units[band]);
      cohorts_[band].units += d.ageing.units[band];
      cohorts_[band].value += units * unit_value;
      const auto a_unit = [&](size_t of) {
        return in_base(
            terms.aged_per_unit(terms.next_assessed(account_.as_of), health::kShownBandsFrom[of]).value_or(0),
            currency);
      };
      cohorts_[band].surcharge_now += units * a_unit(band);
      cohorts_[band].surcharge_next += units * a_unit(std::min(band + 1, cohorts_.size() - 1));
    }
  }

  Json figures() const {
    Json list = Json::array();
    for (const deliver::Figure& figure : deliver::account_figures(account_, state_.health))
      list.push_back({{"id", figure.id},
                      {"name", figure.name.in(lang_)},
                      {"kind", kind_id(figure.kind)},
                      {"value", cell_json(figure.value, lang_)}});
    return list;
  }

  Json cohorts() const {
    Json list = Json::array();
    for (size_t i = 0; i < cohorts_.size(); ++i)
      list.push_back({{"band", health::kShownBandIds[i]},
                      {"units", cohorts_[i].units},
                      {"value", money(cohorts_[i].value)},
                      {"surcharge_a_month", money(cohorts_[i].surcharge_now)},
                      {"surcharge_after_next_crossing", money(cohorts_[i].surcharge_next)}});
    return list;
  }

  Json months() const {
    Json list = Json::array();
    for (const auto& [month, cost] : months_)
      if (list.size() < kMonthsAhead)
        list.push_back({{"month", iso(month).substr(0, 7)},
                        {"storage", money(cost.storage)},
                        {"surcharge", money(cost.surcharge)}});
    return list;
  }

  Json trend() const {
    Json list = Json::array();
    for (const health::TrendWeek& week :
         health::trend(account_, state_.health.diagnoses, base_, context_.facts.playbook))
      list.push_back({{"day", iso(week.day)},
                      {"stock_value", to_json(week.stock_value)},
                      {"excess_value", to_json(week.excess_value)}});
    return list;
  }

  Json worst(Ranked ranked) const {
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    Json list = Json::array();
    for (size_t i = 0; i < std::min(kWorst, ranked.size()); ++i) {
      const account::Listing& listing = account_.listings[ranked[i].second];
      list.push_back({{"marketplace", listing.marketplace},
                      {"sku", listing.sku},
                      {"title", listing.title},
                      {"owner", listing.owner},
                      {"amount", money(ranked[i].first)}});
    }
    return list;
  }

  Json curves() {
    std::map<std::string, std::map<int, std::pair<Date, double>>> sums;
    for (const account::PlanCurve& curve : plan_->curves)
      for (const account::PlanCurve::Week& week : curve.weeks) {
        auto& sum = sums[curve.policy].try_emplace(week.week, week.start, 0).first->second;
        sum.second += in_base((week.cash - week.storage).to_double(), curve.currency);
      }
    Json json = Json::object();
    for (const auto& [policy, weeks] : sums) {
      double total = 0;
      Json list = Json::array();
      for (const auto& [number, week] : weeks) {
        total += week.second;
        list.push_back({{"week", number}, {"start", iso(week.first)}, {"cash_so_far", money(total)}});
      }
      json[policy] = std::move(list);
    }
    return json;
  }

  double gain_of(const account::PlanLine& line) {
    if (!line.hold_net_recovery) return 0;
    return in_base((line.net_recovery - *line.hold_net_recovery).to_double(), line.net_recovery.currency());
  }

  Json plan_json() {
    if (!plan_) return nullptr;
    const PlanTotals totals = plan_totals(*plan_, account_.rates, base_);
    struct First {
      const account::PlanLine* line;
      const account::PlanAction* action;
      double gain;  // of the whole line, over holding
    };
    std::vector<First> first;
    for (const account::PlanLine& line : plan_->lines)
      for (const account::PlanAction& action : line.actions)
        if (action.week == 0 && action.expected_cash) first.push_back({&line, &action, gain_of(line)});
    // By what the SKU's plan gains over doing nothing, not by the money that would have come anyway.
    std::stable_sort(first.begin(), first.end(), [](const First& a, const First& b) { return a.gain > b.gain; });
    Json actions = Json::array();
    for (size_t i = 0; i < std::min(kFirstActions, first.size()); ++i) {
      const market::Channel* channel = context_.facts.channel(first[i].action->channel);
      actions.push_back({{"marketplace", first[i].line->marketplace},
                         {"sku", first[i].line->sku},
                         {"owner", first[i].line->owner},
                         {"tag", first[i].line->tag},
                         {"channel", first[i].action->channel},
                         {"channel_name", channel ? channel->name.in(lang_) : first[i].action->channel},
                         {"price", to_json(first[i].action->price)},
                         {"start", iso(first[i].action->start)},
                         {"end", iso(first[i].action->end)},
                         {"expected_cash", to_json(first[i].action->expected_cash)},
                         {"gain", first[i].line->hold_net_recovery
                                      ? to_json(first[i].line->net_recovery - *first[i].line->hold_net_recovery)
                                      : Json(nullptr)},
                         {"reason", first[i].action->reason.in(lang_)}});
    }
    return {{"id", plan_->id},
            {"policy", plan_->policy},
            {"as_of", iso(plan_->as_of)},
            {"current", is_current(*plan_, account_)},
            {"lines", plan_->lines.size()},
            {"expected_net_recovery", to_json(totals.net_recovery)},
            {"expected_net_recovery_p10", to_json(totals.net_recovery_p10)},
            {"expected_net_recovery_p90", to_json(totals.net_recovery_p90)},
            {"hold_net_recovery", to_json(totals.hold_net_recovery)},
            {"playbook_net_recovery", to_json(totals.playbook_net_recovery)},
            {"upper_bound", to_json(totals.upper_bound)},
            {"gap", totals.gap() ? Json(*totals.gap()) : Json(nullptr)},
            {"curves", curves()},
            {"first_day", iso(plan_->first_day)},
            {"over_holding", over_holding_json(*plan_, totals, totals.horizon_end)},
            {"not_in_totals", totals.unplanned_skus},
            {"this_week", actions},
            {"this_week_actions", first.size()}};
  }

  Json reports() const {
    Json list = Json::array();
    for (const account::ReportAge& report : account_.reports) {
      const int64_t age = days_between(report.day, account_.as_of);
      list.push_back(
          {{"report", account::report_id(report.report)},
           {"name", account::report_name(report.report).in(lang_)},
           {"marketplace", report.marketplace},
           {"day", iso(report.day)},
           {"age_days", age},
           {"stale", account::is_weekly(report.report) && age > context_.facts.playbook.account.stale_after_days},
           {"newer_set_aside", report.newer_set_aside}});
    }
    return list;
  }

  Json missing() const {
    const health::AccountFigures& f = state_.health.figures;
    return {{"holding_unknown_skus", f.holding_unknown_skus},
            {"cost_unknown_skus", f.valued_at_price_skus + f.unvalued_skus},
            {"ages_unknown_skus", ages_unknown_},
            {"rates", f.missing_rates},
            {"shipped_rates", shipped_rates_json(f)},
            {"not_in_sums", left_out_}};
  }

  Json warnings() const { return texts(plan_ ? plan_warnings(*plan_, state_) : state_.health.warnings, lang_); }

  const AccountState& state_;
  const account::Account& account_;
  const account::PlanRecord* plan_;
  const Context& context_;
  Lang lang_;
  Currency base_;
  std::array<Cohort, health::kShownBandsFrom.size()> cohorts_{};
  int64_t ages_unknown_ = 0;
  std::map<Date, Month> months_;
  std::set<std::string> left_out_;  // currencies without a rate
  Ranked excess_, holding_;
};

}  // namespace

Json overview_json(const AccountState& state, const account::PlanRecord* plan, const Context& context, Lang lang) {
  return Overview(state, plan, context, lang).json();
}

}  // namespace destock::app

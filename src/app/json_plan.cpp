// Plans as JSON.

#include "app/json_parts.h"
#include "clearance/beside.h"

namespace destock::app {

namespace {

Json action_json(const account::PlanAction& action, Lang lang) {
  return {{"week", action.week},
          {"start", iso(action.start)},
          {"end", iso(action.end)},
          {"channel", action.channel},
          {"price", to_json(action.price)},
          {"discount", rounded(action.discount, 1e4)},
          {"expected_units", rounded(action.expected_units, 10)},
          {"expected_cash", to_json(action.expected_cash)},
          {"units_out", rounded(action.units_out, 10)},
          {"reason", action.reason.in(lang)},
          {"checks", texts(action.checks, lang)}};
}

Json unplanned_json(const account::PlanRecord& plan, Lang lang) {
  Json list = Json::array();
  for (const account::Unplanned& one : plan.unplanned)
    list.push_back({{"marketplace", one.marketplace},
                    {"sku", one.sku},
                    {"title", words(one.title)},
                    {"owner", words(one.owner)},
                    {"units", one.units},
                    {"reason", one.reason},
                    {"reason_name", without_figure_name(one.reason).in(lang)}});
  return list;
}

}  // namespace

// What the plan brings over doing nothing by a day, and what is left when its weeks are over.
Json over_holding_json(const account::PlanRecord& plan, const PlanTotals& totals, Date asked) {
  const Date day = std::min(asked, totals.horizon_end);  // beyond it no week is planned
  const auto with = totals.cash_by(plan.policy, plan.first_day, day);
  const auto without = totals.cash_by("hold", plan.first_day, day);
  Json after = Json::object();
  for (const auto& [policy, of] : totals.policies)
    after[policy] = {{"within_horizon", to_json(of.within)},
                     {"units_left", rounded(of.units_left, 10)},
                     {"value_after", to_json(of.value_after)}};
  return {{"by", iso(day)},
          {"cash", to_json(with)},
          {"cash_if_held", to_json(without)},
          {"more_than_holding", with && without ? to_json(*with - *without) : Json(nullptr)},
          {"horizon_end", iso(totals.horizon_end)},
          {"after_horizon", after}};
}

Json notes_json(const account::PlanRecord& plan, const market::Facts& facts, Lang lang) {
  Json list = Json::array();
  for (const account::PlanNote& note : plan.notes) {
    const market::Channel* channel = facts.channel(note.channel);
    list.push_back({{"channel", note.channel},
                    {"name", channel ? channel->name.in(lang) : note.channel},
                    {"how", channel ? channel->how.in(lang) : std::string()},
                    {"about", channel ? clearance::about_trying(*channel, facts).in(lang) : std::string()},
                    {"skus", note.skus},
                    {"try_on", note.try_on}});
  }
  return list;
}

Json plan_line_json(const account::PlanLine& line, Lang lang) {
  Json delays = Json::object();
  for (const auto& [weeks, cost] : line.cost_of_delay) delays[std::to_string(weeks)] = to_json(cost);
  Json actions = Json::array();
  for (const account::PlanAction& action : line.actions) actions.push_back(action_json(action, lang));
  Json weeks = Json::array();
  for (const account::PlanWeek& week : line.weeks)
    weeks.push_back({{"week", week.week},
                     {"start", iso(week.start)},
                     {"units_start", rounded(week.units_start, 10)},
                     {"units_sold", rounded(week.units_sold, 10)},
                     {"units_out", rounded(week.units_out, 10)},
                     {"cash", to_json(week.cash)},
                     {"storage", to_json(week.storage)}});
  return {{"marketplace", line.marketplace},
          {"sku", line.sku},
          {"title", words(line.title)},
          {"owner", words(line.owner)},
          {"tag", words(line.tag)},
          {"band", line.band},
          {"units", line.units},
          {"net_recovery", to_json(line.net_recovery)},
          {"net_recovery_p10", to_json(line.net_recovery_p10)},
          {"net_recovery_p90", to_json(line.net_recovery_p90)},
          {"upper_bound", to_json(line.upper_bound)},
          {"hold_net_recovery", to_json(line.hold_net_recovery)},
          {"playbook_net_recovery", to_json(line.playbook_net_recovery)},
          {"cost_of_delay", delays},
          {"half_out_by", line.half_out_by ? Json(iso(*line.half_out_by)) : Json(nullptr)},
          {"sure_out_by", line.sure_out_by ? Json(iso(*line.sure_out_by)) : Json(nullptr)},
          {"out_by_end", rounded(line.out_by_end, 1000)},
          {"elasticity", rounded(line.elasticity, 100)},
          {"turning_elasticity", rounded(line.turning_elasticity, 100)},
          {"why", line.why.in(lang)},
          {"actions", actions},
          {"weeks", weeks},
          {"next_best", line.next_best ? Json{{"channel", line.next_best->channel},
                                              {"net_recovery", to_json(line.next_best->net_recovery)}}
                                       : Json(nullptr)},
          {"gain", line.hold_net_recovery ? to_json(line.net_recovery - *line.hold_net_recovery) : Json(nullptr)},
          {"leave_alone", line.actions.empty()},
          {"if_offered", line.if_offered ? Json{{"channel", line.if_offered->channel},
                                                {"start", iso(line.if_offered->start)},
                                                {"end", iso(line.if_offered->end)},
                                                {"price", to_json(line.if_offered->price)},
                                                {"net_recovery", to_json(line.if_offered->net_recovery)}}
                                         : Json(nullptr)},
          {"assumptions", texts(line.assumptions, lang)}};
}

Json league_json(const PlanTotals& totals) {
  Json league = Json::array();
  for (const PlanTotals::FirstActions& row : totals.league)
    league.push_back({{"actions", row.actions},
                      {"skus", row.skus},
                      {"gain", to_json(row.gain)},
                      {"share", rounded(row.share, 1000)}});
  return league;
}

Json plan_head_json(const account::PlanRecord& plan, const PlanTotals& totals, const AccountState& state, Lang lang) {
  Json weeks = Json::array();
  for (const PlanTotals::Week& week : totals.weeks)
    weeks.push_back({{"week", week.week},
                     {"start", iso(week.start)},
                     {"cash", to_json(week.cash)},
                     {"storage", to_json(week.storage)}});
  return {{"plan_id", plan.id},
          {"policy", plan.policy},
          {"as_of", iso(plan.as_of)},
          {"horizon_weeks", plan.horizon_weeks},
          {"base_currency", totals.base_currency.str()},
          {"expected_net_recovery", to_json(totals.net_recovery)},
          {"expected_net_recovery_p10", to_json(totals.net_recovery_p10)},
          {"expected_net_recovery_p90", to_json(totals.net_recovery_p90)},
          {"upper_bound", to_json(totals.upper_bound)},
          {"gap", totals.gap() ? rounded(*totals.gap(), 10'000) : Json(nullptr)},
          {"more_than_playbook", to_json(totals.more_than_playbook())},
          {"playbook_net_recovery", to_json(totals.playbook_net_recovery)},
          {"hold_net_recovery", to_json(totals.hold_net_recovery)},
          {"cash_by_week", weeks},
          {"first_day", iso(plan.first_day)},
          {"league", league_json(totals)},
          {"limits", plan.limits.empty() ? Json(nullptr) : Json::parse(plan.limits, nullptr, false)},
          {"planned_anew", plan.made_anew ? Json(*plan.made_anew) : Json(nullptr)},
          {"all_actions", totals.all_actions},
          {"nothing_to_do", totals.nothing_to_do},
          {"over_holding", over_holding_json(plan, totals, totals.horizon_end)},
          {"not_in_totals", unplanned_json(plan, lang)},
          {"warnings", texts(plan_warnings(plan, state), lang)}};
}

Json plan_json(const account::PlanRecord& plan, const PlanTotals& totals, const AccountState& state, Lang lang) {
  Json json = plan_head_json(plan, totals, state, lang);
  Json lines = Json::array();
  for (const account::PlanLine& line : plan.lines) lines.push_back(plan_line_json(line, lang));
  json["lines"] = std::move(lines);
  return json;
}

}  // namespace destock::app

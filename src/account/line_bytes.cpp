#include "account/line_bytes.h"

#include "base/bytes.h"

namespace destock::account {

template <Of<PlanAction> S, typename F>
void fields_of(S& action, F&& f) {
  auto& [week, start, end, channel, price, discount, expected_units, expected_cash, units_out, reason, checks,
         held_units, held_cash] = action;
  f(week, start, end, channel, price, discount, expected_units, expected_cash, units_out, reason, checks, held_units,
    held_cash);
}

template <Of<PlanWeek> S, typename F>
void fields_of(S& of, F&& f) {
  auto& [week, start, units_start, units_sold, units_out, cash, storage] = of;
  f(week, start, units_start, units_sold, units_out, cash, storage);
}

template <Of<NextBest> S, typename F>
void fields_of(S& next, F&& f) {
  auto& [channel, net_recovery] = next;
  f(channel, net_recovery);
}

template <Of<IfOffered> S, typename F>
void fields_of(S& offered, F&& f) {
  auto& [channel, start, end, price, net_recovery] = offered;
  f(channel, start, end, price, net_recovery);
}

template <Of<PlanLine> S, typename F>
void fields_of(S& line, F&& f) {
  auto& [marketplace, sku, title, owner, tag, band, units, net_recovery, upper_bound, hold, playbook, cost_of_delay,
         why, actions, weeks, next_best, assumptions, half_out_by, sure_out_by, out_by_end, elasticity, turning,
         if_offered, p10, p90, hold_weeks, playbook_weeks, liquidate_weeks] = line;
  f(marketplace, sku, title, owner, tag, band, units, net_recovery, upper_bound, hold, playbook, cost_of_delay, why,
    actions, weeks, next_best, assumptions, half_out_by, sure_out_by, out_by_end, elasticity, turning, if_offered, p10,
    p90, hold_weeks, playbook_weeks, liquidate_weeks);
}

namespace {

const Money kUnread = Money::zero(Currency());

}  // namespace

}  // namespace destock::account

namespace destock {

template <>
account::PlanWeek blank<account::PlanWeek>() {
  return {0, {}, 0, 0, 0, account::kUnread, {}};
}
template <>
account::NextBest blank<account::NextBest>() {
  return {{}, account::kUnread};
}
template <>
account::IfOffered blank<account::IfOffered>() {
  return {{}, {}, {}, account::kUnread, account::kUnread};
}

}  // namespace destock

namespace destock::account {

std::string bytes_of(const PlanLine& line) {
  BytesOut out;
  out.put(line);
  return out.bytes();
}

std::optional<PlanLine> line_of_bytes(std::string_view bytes) {
  BytesIn in(bytes);
  PlanLine line{{}, {}, {}, {}, {}, {}, 0, kUnread, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  in.get(line);
  if (!in.at_end()) return std::nullopt;
  return line;
}

}  // namespace destock::account

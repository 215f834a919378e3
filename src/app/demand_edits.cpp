#include "app/demand_edits.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "app/decisions.h"
#include "base/number.h"
#include "desk/life.h"

namespace destock::app {
namespace {

using account::DemandEdit;
using account::DeskEvent;
using account::DeskEventKind;

constexpr double kMostTimesForecast = 100;
constexpr double kMostExpected = 1e6;
constexpr int kLongest = 366;  // days of a spike

std::optional<DemandEdit::Kind> edit_kind(DeskEventKind kind) {
  switch (kind) {
    case DeskEventKind::kForecastSet: return DemandEdit::Kind::kSet;
    case DeskEventKind::kSpikeLeftOut: return DemandEdit::Kind::kLeftOut;
    case DeskEventKind::kSpikeAgain: return DemandEdit::Kind::kAgain;
    default: return std::nullopt;
  }
}

DeskEventKind event_kind(DemandEdit::Kind kind) {
  switch (kind) {
    case DemandEdit::Kind::kLeftOut: return DeskEventKind::kSpikeLeftOut;
    case DemandEdit::Kind::kAgain: return DeskEventKind::kSpikeAgain;
    default: return DeskEventKind::kForecastSet;
  }
}

std::optional<DemandEdit> edit_of(const DeskEvent& event) {
  const auto kind = edit_kind(event.kind);
  if (!kind || !event.day || !event.until) return std::nullopt;
  DemandEdit edit{event.id, 0, *kind, *event.day, *event.until, event.units, {}, event.person, event.at, event.why};
  if (!event.value.empty()) edit.times = std::strtod(event.value.c_str(), nullptr);
  return edit;
}

Error bad(const char* field, const Text& what, const Text& next = {}) {
  return {ErrorKind::kBadUsage, what, field, next};
}

std::optional<Error> bad_figure(const DemandDecision& decision) {
  if (decision.kind != DeskEventKind::kForecastSet) return std::nullopt;
  if (decision.units_a_week.has_value() == decision.times.has_value())
    return bad("units", {"either units a week or a factor is needed", "请填写每周件数或倍数，二者选一"},
               {"--units 40, or --times 1.2", "--units 40 或 --times 1.2"});
  if (const auto& units = decision.units_a_week; units && !(*units >= 0 && *units <= kMostExpected))
    return bad("units", {"units a week are 0 or more", "每周件数应为 0 或正数"});
  if (const auto& times = decision.times; times && !(*times >= 0 && *times <= kMostTimesForecast))
    return bad("times", {"a factor is between 0 and 100: 1.2 is a fifth more", "倍数应在 0 与 100 之间：1.2 即多两成"});
  return std::nullopt;
}

// What is expected is of days to come, a spike is of the past.
std::optional<Error> bad_days(const DemandDecision& decision, Date as_of) {
  if (decision.to < decision.from)
    return bad("to", {"the last day is before the first", "结束日期早于开始日期"},
               {iso(decision.from), iso(decision.from)});
  const bool set = decision.kind == DeskEventKind::kForecastSet;
  if (set && decision.to < as_of)
    return bad("to", {"the days are past: the forecast begins on " + iso(as_of), "日期已过：预测始于 " + iso(as_of)});
  if (set) return std::nullopt;
  if (decision.to >= as_of)
    return bad("to", {"a spike is of the past: before " + iso(as_of), "异常销量须为历史日期：早于 " + iso(as_of)});
  if (days_between(decision.from, decision.to) >= kLongest)
    return bad("from", {"a spike of more than a year is none", "异常销量不应超过一年"});
  return std::nullopt;
}

DeskEvent event_of(const DemandDecision& decision, const std::string& marketplace, const std::string& person,
                   const std::string& at) {
  DeskEvent event;
  event.marketplace = marketplace;
  event.sku = decision.sku;
  event.kind = decision.kind;
  event.person = person;
  event.at = at;
  event.why = decision.why;
  event.day = decision.from;
  event.until = decision.to;
  event.units = decision.units_a_week;
  if (decision.times) event.value = fmt::format("{:g}", *decision.times);
  return event;
}

}  // namespace

Result<void> take_demand_edits(store::Store& store, int64_t id, account::Account& account) {
  const auto events = store.demand_events(id);
  if (!events) return tl::unexpected(events.error());
  const auto undone = desk::undone_of(*events);
  for (const DeskEvent& event : *events) {
    auto edit = edit_of(event);
    if (!edit || undone.contains(event.id)) continue;
    const auto found =
        std::lower_bound(account.listings.begin(), account.listings.end(), event,
                         [](const account::Listing& listing, const DeskEvent& of) {
                           return std::tie(listing.marketplace, listing.sku) < std::tie(of.marketplace, of.sku);
                         });
    if (found == account.listings.end() || found->sku != event.sku || found->marketplace != event.marketplace) continue;
    edit->listing = static_cast<account::ListingIndex>(found - account.listings.begin());
    account.demand_edits.push_back(std::move(*edit));
  }
  return {};
}

Result<std::vector<account::LineKey>> decide_demand(store::Store& store, int64_t account, const Context& context,
                                                    const DemandDecision& decision, const std::string& person) {
  const auto latest = store.latest_day(account);
  if (!latest) return tl::unexpected(latest.error());
  if (const auto error = bad_figure(decision)) return tl::unexpected(*error);
  if (*latest)
    if (const auto error = bad_days(decision, **latest)) return tl::unexpected(*error);
  const auto known = store.listings_of_sku(account, decision.sku);
  if (!known) return tl::unexpected(known.error());
  std::vector<account::LineKey> keys;
  std::vector<DeskEvent> events;
  for (const std::string& marketplace : *known) {
    if (!decision.marketplace.empty() && marketplace != decision.marketplace) continue;
    keys.emplace_back(marketplace, decision.sku);
    events.push_back(event_of(decision, marketplace, person, context.now_utc()));
  }
  if (keys.empty())
    return fail(ErrorKind::kNotFound, {"no such SKU: " + decision.sku, "没有该 SKU：" + decision.sku},
                decision.marketplace, {"destock health lists the account's SKUs", "destock health 列出账户的全部 SKU"});
  const auto done = store.add_desk_events(
      account, [&](const store::Store::Desk&) -> Result<std::vector<DeskEvent>> { return events; });
  if (!done) return tl::unexpected(done.error());
  return keys;
}

// An edit of the plan's own second counts as one after it: a plan too many is made, none too few.
bool is_current(const account::PlanRecord& plan, const account::Account& account) {
  return plan.as_of == account.as_of &&
         std::none_of(account.demand_edits.begin(), account.demand_edits.end(),
                      [&](const DemandEdit& edit) { return edit.at >= plan.created_at; });
}

Text demand_edit_text(const DemandEdit& edit) {
  const std::string days = edit.from == edit.to ? iso(edit.from) : iso(edit.from) + " – " + iso(edit.to);
  switch (edit.kind) {
    case DemandEdit::Kind::kLeftOut:
      return {days + ": left out, the forecast learns nothing from it", days + "：剔除，不参与预测"};
    case DemandEdit::Kind::kAgain:
      return {days + ": locked, it comes again a year later", days + "：锁定，次年同期重现"};
    default: break;
  }
  if (edit.units_a_week)
    return {fmt::format("{}: {:g} units a week", days, *edit.units_a_week),
            fmt::format("{}：每周 {:g} 件", days, *edit.units_a_week)};
  return {fmt::format("{}: {:g} times what was forecast", days, edit.times.value_or(1)),
          fmt::format("{}：原预测的 {:g} 倍", days, edit.times.value_or(1))};
}

Text demand_edit_text(const DeskEvent& event) {
  const auto edit = edit_of(event);
  return edit ? demand_edit_text(*edit) : Text{};
}

Json demand_edits_json(const account::Account& account, size_t listing, Lang lang) {
  Json list = Json::array();
  for (const DemandEdit& edit : account.demand_edits)
    if (edit.listing == listing)
      list.push_back({{"id", edit.event},
                      {"kind", account::desk_event_id(event_kind(edit.kind))},
                      {"from", iso(edit.from)},
                      {"to", iso(edit.to)},
                      {"units_a_week", edit.units_a_week ? Json(*edit.units_a_week) : Json(nullptr)},
                      {"times", edit.times ? Json(*edit.times) : Json(nullptr)},
                      {"says", demand_edit_text(edit).in(lang)},
                      {"person", edit.person},
                      {"at", edit.at},
                      {"why", edit.why}});
  return list;
}

}  // namespace destock::app

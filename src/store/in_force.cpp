#include "store/in_force.h"

#include <algorithm>

namespace destock::store {
namespace {

// Whether days stand before the first instant: an instant's day in UTC is the marketplace's or the one beside it.
bool begins_in_part(const Covering& covering) {
  return covering.span.told_from() > covering.span.first_day + Days(1);
}

bool covers_whole(const Covering& covering, int32_t day) {
  // A history without instants is by whole days; one with instants may begin or end in mid-day.
  if (!covering.span.first_instant) return true;
  // The marketplace's own day of the instant may be the next.
  const int64_t first =
      begins_in_part(covering) ? day_number(covering.span.told_from()) + 1 : day_number(covering.span.first_day);
  return first < day && day < day_number(covering.span.last_day);
}

bool tells_in_part_alone(const Covering& covering, int32_t day) {
  return begins_in_part(covering) && day_number(covering.span.first_day) < day &&
         day < day_number(covering.span.told_from());
}

bool apart(const Covering& a, const Covering& b) {
  if (!a.span.first_instant || !b.span.first_instant) return false;
  const auto before = [](const Covering& first, const Covering& second) {
    return *first.span.last_instant < *second.span.first_instant && !begins_in_part(second);
  };
  return before(a, b) || before(b, a);
}

std::vector<int64_t> chosen(std::vector<const Covering*> candidates, int32_t day) {
  // Orders and shipments tell the same sales: one kind speaks for a day. Orders do, but for a day that they cover in
  // part and shipments whole.
  using account::ReportKind;
  const auto has = [&](ReportKind report, bool whole) {
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const Covering* c) { return c->report == report && (!whole || covers_whole(*c, day)); });
  };
  const bool shipments_speak = has(ReportKind::kShipments, true) && !has(ReportKind::kAllOrders, true);
  if (shipments_speak || has(ReportKind::kAllOrders, false)) {
    const ReportKind silent = shipments_speak ? ReportKind::kAllOrders : ReportKind::kShipments;
    std::erase_if(candidates, [&](const Covering* c) { return c->report == silent; });
  }
  // What a report tells of days before its own counts where no other tells them.
  if (std::any_of(candidates.begin(), candidates.end(),
                  [&](const Covering* c) { return !tells_in_part_alone(*c, day); }))
    std::erase_if(candidates, [&](const Covering* c) { return tells_in_part_alone(*c, day); });
  std::sort(candidates.begin(), candidates.end(),
            [](const Covering* a, const Covering* b) { return a->import > b->import; });
  std::vector<const Covering*> parts;
  const auto take = [&](bool whole) {
    for (const Covering* candidate : candidates)
      if (covers_whole(*candidate, day) == whole && std::all_of(parts.begin(), parts.end(), [&](const Covering* part) {
            return part->beside.contains(candidate->import) || (!whole && apart(*candidate, *part));
          }))
        parts.push_back(candidate);
  };
  take(true);
  if (parts.empty()) take(false);
  std::vector<int64_t> ids;
  ids.reserve(parts.size());
  for (const Covering* part : parts) ids.push_back(part->import);
  return ids;
}

}  // namespace

bool carries_no_date(account::ReportKind report) {
  using account::ReportKind;
  return report == ReportKind::kFeePreview || report == ReportKind::kManageFba || report == ReportKind::kReserved ||
         account::completes_others(report);
}

const Covering* newest_of(const std::vector<Covering>& coverings, account::ReportKind report,
                          const std::string& marketplace, Date as_of) {
  const Covering* best = nullptr;
  const Covering* after = nullptr;
  for (const Covering& covering : coverings) {
    if (covering.report != report || covering.span.marketplace != marketplace) continue;
    const bool until = covering.span.last_day <= as_of || report == account::ReportKind::kFeePreview;
    if (until && (!best || covering.span.last_day >= best->span.last_day)) best = &covering;
    if (!until && (!after || covering.span.last_day <= after->span.last_day)) after = &covering;
  }
  const bool old = !best || days_between(best->span.last_day, as_of) > kFetchedWithinDays;
  return old && after ? after : best;
}

std::vector<account::ReportAge> not_in_force(const std::vector<Covering>& later,
                                             const std::vector<account::ReportAge>& used) {
  std::map<std::pair<account::ReportKind, std::string>, const Covering*> soonest;
  for (const Covering& covering : later) {
    const Covering*& held = soonest[{covering.report, covering.span.marketplace}];
    if (!held || covering.span.first_day < held->span.first_day) held = &covering;
  }
  std::vector<account::ReportAge> out;
  for (const auto& [key, covering] : soonest) {
    const bool serves = std::any_of(used.begin(), used.end(), [&, at = covering](const account::ReportAge& report) {
      return report.report == at->report && report.marketplace == at->span.marketplace;
    });
    if (!serves)
      out.push_back({covering->report, covering->span.marketplace, covering->span.first_day, covering->import, false});
  }
  return out;
}

std::map<int32_t, std::vector<int64_t>> imports_by_day(const std::vector<Covering>& coverings) {
  std::map<int32_t, std::vector<const Covering*>> candidates;
  for (const Covering& covering : coverings)
    for (int64_t day = day_number(covering.span.first_day); day <= day_number(covering.span.last_day); ++day)
      candidates[static_cast<int32_t>(day)].push_back(&covering);
  std::map<int32_t, std::vector<int64_t>> by_day;
  for (auto& [day, list] : candidates) by_day[day] = chosen(std::move(list), day);
  return by_day;
}

}  // namespace destock::store

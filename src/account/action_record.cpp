#include "account/action_record.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <utility>

namespace destock::account {

bool are_tiers(const std::vector<QuantityTier>& tiers) {
  QuantityTier before{1, 0};
  for (const QuantityTier& tier : tiers) {
    if (tier.units <= before.units || tier.percent <= before.percent || tier.percent > 99) return false;
    before = tier;
  }
  return true;
}

std::string tiers_text(const std::vector<QuantityTier>& tiers) {
  std::string text;
  for (const QuantityTier& tier : tiers)
    text += fmt::format("{}{}:{}", text.empty() ? "" : ",", tier.units, tier.percent);
  return text;
}

std::optional<std::vector<QuantityTier>> tiers_of(std::string_view text) {
  std::vector<QuantityTier> tiers;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    int units = 0;
    int percent = 0;
    const char* const end = one.data() + one.size();
    const auto [colon, bad] = std::from_chars(one.data(), end, units);
    if (bad != std::errc() || colon == end || *colon != ':') return std::nullopt;
    const auto [rest, bad_percent] = std::from_chars(colon + 1, end, percent);
    if (bad_percent != std::errc() || rest != end) return std::nullopt;
    tiers.push_back({units, percent});
  }
  return are_tiers(tiers) ? std::optional(std::move(tiers)) : std::nullopt;
}

std::string_view desk_event_id(DeskEventKind kind) {
  return kDeskEventIds.at(static_cast<size_t>(kind));
}

std::optional<DeskEventKind> desk_event_of(std::string_view id) {
  const auto* found = std::find(kDeskEventIds.begin(), kDeskEventIds.end(), id);
  if (found == kDeskEventIds.end()) return std::nullopt;
  return static_cast<DeskEventKind>(found - kDeskEventIds.begin());
}

DeskEvent event_of(const ActionRecord& action, DeskEventKind kind, const std::string& person, const std::string& at) {
  DeskEvent event;
  event.action = action.id;
  event.marketplace = action.marketplace;
  event.sku = action.sku;
  event.kind = kind;
  event.person = person;
  event.at = at;
  return event;
}

}  // namespace destock::account

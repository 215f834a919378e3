#include "app/line_inputs.h"

#include "app/file_marks.h"
#include "base/bytes.h"

// Each struct's fields, whole: what is left out says why.

namespace destock::market {

template <Of<PriceBound> S, typename F>
void fields_of(S& bound, F&& f) {
  auto& [at, inclusive] = bound;
  f(at, inclusive);
}

}  // namespace destock::market

namespace destock::account {

template <Of<Listing> S, typename F>
void fields_of(S& listing, F&& f) {
  auto& [marketplace, sku, asin, fnsku, title, category, season, owner, tag, currency] = listing;
  f(marketplace, sku, asin, fnsku, title, category, season, owner, tag, currency);
}

template <Of<AgeBand> S, typename F>
void fields_of(S& band, F&& f) {
  auto& [from_day, to_day, units] = band;
  f(from_day, to_day, units);
}

template <Of<StorageUse> S, typename F>
void fields_of(S& use, F&& f) {
  auto& [marketplace, size_class, volume, shipped, weeks, unknown, per_volume, months, source] = use;
  f(marketplace, size_class, volume, shipped, weeks, unknown, per_volume, months, source);
}

}  // namespace destock::account

namespace destock::economics {

// A row of the facts, which are hashed themselves: which one it is.
struct WhichRow {
  Date from;
  std::optional<Date> to;
  std::string_view source;
};
template <Of<WhichRow> S, typename F>
void fields_of(S& row, F&& f) {
  auto& [from, to, source] = row;
  f(from, to, source);
}

namespace {

std::optional<WhichRow> which(const market::Sourced* row) {
  if (!row) return std::nullopt;
  return WhichRow{row->effective_from, row->effective_to, row->source};
}

}  // namespace

template <Of<FeeStep> S, typename F>
void fields_of(S& step, F&& f) {
  auto& [below, more] = step;
  f(below, more);
}

template <Of<FeeChange> S, typename F>
void fields_of(S& change, F&& f) {
  auto& [from, more, lower] = change;
  f(from, more, lower);
}

template <Of<LowInventory> S, typename F>
void fields_of(S& low, F&& f) {
  auto& [fee, days_of_supply, source] = low;
  f(fee, days_of_supply, source);
}

template <Of<SaleTerms> S, typename F>
void fields_of(S& terms, F&& f) {
  auto& [currency, tax_in_price, referral_rate, referral_minimum, referral_known, schedule, category, tier, closing,
         closing_unknown, fulfilment, low_inventory, selling_surcharge, steps, above, return_rate, referral_source,
         fulfilment_source, closing_source, unknown] = terms;
  const auto row = which(schedule);
  f(currency, tax_in_price, referral_rate, referral_minimum, referral_known, row, category, tier, closing,
    closing_unknown, fulfilment, low_inventory, selling_surcharge, steps, above, return_rate, referral_source,
    fulfilment_source, closing_source, unknown);
}

template <Of<HoldingTerms> S, typename F>
void fields_of(S& terms, F&& f) {
  auto& [currency, volume_cuft, storage_per_unit, from_report, aged, exempt, volume_units, utilisation, storage_rate,
         young_days] = terms;
  const bool has_aged = aged != nullptr;  // the marketplace's card has one list of them
  const auto row = which(storage_rate);
  const std::string size_class = storage_rate ? storage_rate->size_class : std::string();
  const std::vector<std::string> categories = storage_rate ? storage_rate->categories : std::vector<std::string>();
  const auto use = utilisation ? std::optional<account::StorageUse>(*utilisation) : std::nullopt;
  f(currency, volume_cuft, storage_per_unit, from_report, has_aged, exempt, volume_units, use, row, size_class,
    categories, young_days);
}

template <Of<ExitValue> S, typename F>
void fields_of(S& exit, F&& f) {
  auto& [channel, per_unit, delay_days, unknown, taken_lb] = exit;
  f(channel, per_unit, delay_days, unknown, taken_lb);
}

}  // namespace destock::economics

namespace destock::clearance {

template <Of<Need::Season> S, typename F>
void fields_of(S& season, F&& f) {
  auto& [name, last_day, left, guessed] = season;
  f(name, last_day, left, guessed);
}

template <Of<Need> S, typename F>
void fields_of(S& need, F&& f) {
  // Where it stands among the account's listings changes with every other one.
  auto& [listing, band, ratio, month_units, units_per_day, charged, ages_known, oldest_at_least, dead, season] = need;
  (void)listing;
  f(band, ratio, month_units, units_per_day, charged, ages_known, oldest_at_least, dead, season);
}

template <Of<SkuCase> S, typename F>
void fields_of(S& sku, F&& f) {
  auto& [need, marketplace, currency, first_day, horizon_days, units_per_day, kept_units, on_hand, available, inbound,
         inbound_day, ages, price, sale, fee_changes, holding, exits, ladder, ending, amazon_action, days_ahead,
         assumptions] = sku;
  f(need, marketplace, currency, first_day, horizon_days, units_per_day, kept_units, on_hand, available, inbound,
    inbound_day, ages, price, sale, fee_changes, holding, exits, ladder, ending, amazon_action, days_ahead,
    assumptions);
}

template <Of<LevelPath> S, typename F>
void fields_of(S& path, F&& f) {
  auto& [weight, factor] = path;
  f(weight, factor);
}

template <Of<PaidWeek> S, typename F>
void fields_of(S& week, F&& f) {
  auto& [lowest, price, units] = week;
  f(lowest, price, units);
}

template <Of<Outlook> S, typename F>
void fields_of(S& outlook, F&& f) {
  auto& [weekly, dispersion, levels, elasticity, elasticity_sd, elasticity_basis, past, from_forecast] = outlook;
  f(weekly, dispersion, levels, elasticity, elasticity_sd, elasticity_basis, past, from_forecast);
}

template <Of<PlanWishes::Minutes> S, typename F>
void fields_of(S& minutes, F&& f) {
  auto& [row, clicks, message] = minutes;
  f(row, clicks, message);
}

template <Of<PlanWishes> S, typename F>
void fields_of(S& wishes, F&& f) {
  auto& [floor_share, floor_price, no_change, monotone, without, out_by, elasticity, assume_offers, min_gain, minutes] =
      wishes;
  f(floor_share, floor_price, no_change, monotone, without, out_by, elasticity, assume_offers, min_gain, minutes);
}

}  // namespace destock::clearance

namespace destock::app {
namespace {

// What a command or the account's own past has made of a channel.
void put_channel(const market::Channel& channel, BytesOut& out) {
  out.all(channel.id, channel.off, channel.offered, channel.placement.has_value());
  if (channel.placement) out.all(channel.placement->median, channel.placement->low, channel.placement->high);
}

// Its own rates stand before the cards'.
void put_rate(const economics::OwnRate& rate, BytesOut& out) {
  out.all(rate.marketplace, rate.fee, rate.size_class, rate.from_day, rate.to_day, rate.last_quarter, rate.rate,
          rate.first_day, rate.last_day, rate.surcharge_in, rate.used);
}

}  // namespace

LineInputs::LineInputs(const AccountState& state, const Context& context) : facts_(context.facts) {
  BytesOut out;
  out.all(program_mark(), context.facts_mark, context.facts.playbook_text);
  for (const auto& [id, channel] : context.facts.channels) put_channel(channel, out);
  for (const economics::OwnRate& rate : state.own_rates)
    if (rate.sku.empty()) put_rate(rate, out);  // a SKU's own stands in its terms
  shared_ = mark_of_bytes(out.bytes());
}

std::string LineInputs::of(const clearance::SkuCase& sku, const clearance::Outlook& outlook,
                           const account::Listing& listing, const clearance::PlanWishes& wishes) const {
  BytesOut out;
  out.all(shared_, facts_.programmes_of(listing.marketplace, listing.sku), sku, outlook, listing, wishes);
  return mark_of_bytes(out.bytes());
}

}  // namespace destock::app

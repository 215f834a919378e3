#include "market/read_rate_card.h"

#include <algorithm>

#include "base/volume.h"
#include "market/read_fulfilment.h"
#include "market/read_weights.h"

namespace destock::market {
namespace {

Currency card_currency(const FactTable& root) {
  const auto currency = Currency::parse(root.text("currency"));
  if (!currency) root.wrong("currency", {"must be a currency of three letters", "须为三个字母的币种"});
  return *currency;
}

StorageRate read_storage(const FactTable& row, Currency currency) {
  const Money low = row.money("jan_sep", currency);
  const Money high = row.money("oct_dec", currency);
  if (low.units() <= 0) row.tell("jan_sep", {"must be above nothing", "须大于 0"});
  if (high < low) row.tell("oct_dec", {"is below jan_sep", "低于 jan_sep"});
  StorageRate rate{{},
                   row.one_of("size_class", {"standard", "oversize", "any"}),
                   row.texts_or_empty("categories"),
                   {low, low, low, low, low, low, low, low, low, high, high, high},
                   {},
                   {},
                   row.flag_or("tax_in", false)};
  if (const auto days = row.whole_if("days")) rate.days = static_cast<int>(*days);
  if (row.has("per")) {
    const std::string per = row.text("per");
    if (per == "cuft")
      rate.volumes_per_cuft = 1;
    else if (per == "m3")
      rate.volumes_per_cuft = 1 / kCubicFeetPerCubicMetre;
    else if (per == "1000 cm3")
      rate.volumes_per_cuft = kCubicCentimetresPerCubicFoot / 1000;
    else
      row.wrong("per", {"must be cuft, m3 or 1000 cm3", "须为 cuft、m3 或 1000 cm3"});
  }
  row.read_source(rate);
  return rate;
}

AgedBand read_aged_band(const FactTable& band, Currency currency, const AgedBand* last) {
  AgedBand read{static_cast<int>(band.whole("from_day")),    std::nullopt,
                band.money("per_volume", currency),          band.money_if("per_volume_or", currency),
                band.money_if("per_unit_minimum", currency), band.texts_or_empty("excluded_categories")};
  if (read.per_volume.units() <= 0) band.tell("per_volume", {"must be above nothing", "须大于 0"});
  if (const auto to = band.whole_if("to_day")) read.to_day = static_cast<int>(*to);
  if (!last) return read;
  if (!last->to_day || *last->to_day + 1 != read.from_day)
    band.wrong("from_day", {"does not follow the band before it", "与前一段不衔接"});
  if (read.per_volume < last->per_volume) band.tell("per_volume", {"is below the younger band's", "低于较低库龄一段"});
  return read;
}

AgedSurcharge read_aged(const FactTable& row, Currency currency) {
  AgedSurcharge surcharge{};
  row.read_source(surcharge);
  const int64_t day = row.whole("assessed_on");
  if (day < 1 || day > 28)
    row.wrong("assessed_on", {"must be a day that every month has, 1 to 28", "须为每月都有的日期，1–28"});
  surcharge.assessed_on = static_cast<unsigned>(day);
  for (const FactTable& band : row.tables("band"))
    surcharge.bands.push_back(
        read_aged_band(band, currency, surcharge.bands.empty() ? nullptr : &surcharge.bands.back()));
  if (surcharge.bands.empty()) row.wrong("band", {"is missing", "缺少"});
  if (surcharge.bands.back().to_day)
    row.wrong("band", {"leaves out the oldest stock: the last band must be open", "未含最老库存：最后一段不得有上限"});
  return surcharge;
}

std::vector<ReferralCategory::Step> read_steps(const FactTable& row, std::string_view key, Currency currency) {
  std::vector<ReferralCategory::Step> steps;
  for (const FactRow& step : row.rows(key)) {
    const bool open = step.text(0).empty();
    steps.push_back({open ? std::nullopt : std::optional<Money>(step.money(0, currency)), step.number(1)});
    if (steps.back().rate < 0 || steps.back().rate > 1) row.wrong(key, {"rates are shares of 1", "比例须在 0–1 之间"});
    if (steps.size() > 1 && (!steps[steps.size() - 2].to || (!open && *steps.back().to <= *steps[steps.size() - 2].to)))
      row.tell(key, {"must rise, and end with the open step", "须递增，并以无上限的一档结束"});
  }
  return steps;
}

// The last word on any price: an open step of one or the other.
void check_open(const FactTable& row, const std::vector<ReferralCategory::Step>& whole,
                const std::vector<ReferralCategory::Step>& parts) {
  const auto& last = parts.empty() ? whole : parts;
  if (last.empty() || last.back().to)
    row.wrong(parts.empty() ? "whole" : "parts", {"must end with an open step", "须以无上限的一档结束"});
  if (!parts.empty() && !whole.empty() && !whole.back().to)
    row.wrong("parts", {"comes after an open step", "位于无上限的一档之后"});
}

ReferralCategory read_category(const FactTable& row, Currency currency) {
  ReferralCategory category{row.texts_or_empty("names"),           row.texts_or_empty("except"),
                            read_steps(row, "whole", currency),    read_steps(row, "parts", currency),
                            row.money_if("minimum", currency),     row.money_if("minimum_or", currency),
                            row.money_if("closing_fee", currency), row.money_if("closing_fee_or", currency),
                            row.flag_or("closing_unknown", false), read_steps(row, "whole_or", currency),
                            read_steps(row, "parts_or", currency), {}};
  if (category.names.empty()) row.wrong("names", {"is empty", "为空"});
  if (category.closing_unknown && category.closing_fee)
    row.tell("closing_unknown", {"stands beside a closing fee", "已写明结算费，不能又标为缺失"});
  if (category.closing_fee_or && !category.closing_fee)
    row.tell("closing_fee_or", {"stands without closing_fee", "缺少 closing_fee"});
  check_open(row, category.whole, category.parts);
  if (!category.whole_or.empty() || !category.parts_or.empty()) check_open(row, category.whole_or, category.parts_or);
  if (row.has("note")) category.note = row.both_languages("note");
  return category;
}

ReferralRate read_referral(const FactTable& row, Currency currency) {
  ReferralRate rate{{}, row.share("default_rate"), row.money_if("minimum", currency), {}, 0, {}, {}};
  row.read_source(rate);
  rate.tax_on_top = row.share_or("tax_on_top", 0);
  for (const FactRow& step : row.rows("low_price")) {
    rate.low_price = {step.money(0, currency), step.number(1)};
    if (rate.low_price->rate < 0 || rate.low_price->rate > 1)
      row.wrong("low_price", {"rates are shares of 1", "比例须在 0–1 之间"});
  }
  for (const FactRow& least : row.rows("minimum_of_tier"))
    rate.tier_minimums.push_back(
        {least.text(0), least.text(1).empty() ? std::nullopt : std::optional<Money>(least.money(1, currency))});
  for (const FactTable& category : row.tables("category")) rate.categories.push_back(read_category(category, currency));
  return rate;
}

RemovalFee read_removal(const FactTable& row, Currency currency) {
  RemovalFee fee{{},
                 row.one_of("size_class", {"standard", "oversize"}),
                 row.texts_or_empty("also_categories"),
                 read_weight_table(row, "band", "above", currency)};
  row.read_source(fee);
  if (fee.table.bands.empty()) row.wrong("band", {"is missing", "缺少"});
  return fee;
}

LiquidationTerms read_liquidation(const FactTable& row, Currency currency) {
  LiquidationTerms terms{{},
                         row.one_of("size_class", {"standard", "oversize"}),
                         row.share("gross_share_low"),
                         row.share("gross_share_high"),
                         row.share("referral_on_gross"),
                         read_weight_table(row, "processing", "above", currency),
                         static_cast<int>(row.whole("payout_delay_days"))};
  row.read_source(terms);
  return terms;
}

// Rows of one key must not overlap in time; where two touch, no day may lie between them.
template <typename Row, typename Key>
void check_dates(const FactTable& root, std::string_view name, std::vector<Row>& rows, Key key) {
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return std::make_pair(key(a), a.effective_from) < std::make_pair(key(b), b.effective_from);
  });
  for (size_t i = 1; i < rows.size(); ++i) {
    if (key(rows[i - 1]) != key(rows[i])) continue;
    const auto& end = rows[i - 1].effective_to;
    if (!end || *end >= rows[i].effective_from)
      root.wrong(name, {"rows overlap on " + iso(rows[i].effective_from), iso(rows[i].effective_from) + " 有重叠的行"});
    if (*end + Days(1) != rows[i].effective_from)
      root.wrong(name, {"no row is in force on " + iso(*end + Days(1)), iso(*end + Days(1)) + " 没有生效的行"});
  }
}

// Rows of one key that stand for the same days would be counted twice. Days between them are no fault: none is due.
template <typename Row, typename Key>
void check_once(const FactTable& root, std::string_view name, std::vector<Row> rows, Key key) {
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return std::make_pair(key(a), a.effective_from) < std::make_pair(key(b), b.effective_from);
  });
  for (size_t i = 1; i < rows.size(); ++i) {
    if (key(rows[i - 1]) != key(rows[i])) continue;
    const auto& end = rows[i - 1].effective_to;
    if (!end || *end >= rows[i].effective_from)
      root.wrong(name, {"rows overlap on " + iso(rows[i].effective_from), iso(rows[i].effective_from) + " 有重叠的行"});
  }
}

void check_seasons(const FactTable& root, std::vector<PeakSeason> peaks) {
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const PeakSeason& a, const PeakSeason& b) { return a.from < b.from; });
  for (size_t i = 1; i < peaks.size(); ++i)
    if (peaks[i - 1].to >= peaks[i].from)
      root.wrong("peak", {"rows overlap on " + iso(peaks[i].from), iso(peaks[i].from) + " 有重叠的行"});
}

void check_all_dates(const FactTable& root, RateCard& card) {
  const auto no_key = [](const auto&) { return 0; };
  const auto by_size = [](const auto& row) { return row.size_class; };
  check_dates(root, "storage", card.storage,
              [](const auto& row) { return std::make_pair(row.size_class, row.categories); });
  check_dates(root, "aged_surcharge", card.aged, no_key);
  check_dates(root, "referral", card.referral, no_key);
  check_dates(root, "removal", card.removal, by_size);
  check_dates(root, "liquidation", card.liquidation, by_size);
  check_dates(root, "size_tiers", card.size_tiers, [](const auto& row) { return row.group; });
  // A peak's table stands beside the ordinary one, and may skip from season to season.
  std::vector<FulfilmentTable> ordinary = card.fulfilment;
  std::erase_if(ordinary, [](const FulfilmentTable& row) { return row.peak; });
  check_dates(root, "fulfilment", ordinary, [](const auto& row) { return std::make_pair(row.group, row.programme); });
  check_dates(root, "overmax", card.overmax, no_key);
  check_dates(root, "low_inventory", card.low_inventory, [](const auto& row) { return row.programme; });
  check_dates(root, "utilisation", card.utilisation, by_size);
  check_once(root, "surcharge", card.surcharges,
             [](const auto& row) { return std::make_pair(row.name.en, row.categories); });
  check_once(root, "selling_surcharge", card.selling_surcharges,
             [](const auto& row) { return std::make_pair(row.name.en, row.programme); });
  std::vector<FulfilmentTable> programmes, seasons;
  for (const ProgrammeFee& row : card.programme_fees) {
    programmes.push_back(row.table);
    programmes.back().group = row.name.en + (row.outside ? " outside " : " ") + row.table.tiers.front().tier;
  }
  for (const FulfilmentTable& row : card.fulfilment)
    if (row.peak) seasons.push_back(row);
  const auto by_group = [](const FulfilmentTable& row) { return std::make_pair(row.group, row.programme); };
  check_once(root, "programme_fee", programmes, by_group);
  check_once(root, "fulfilment", seasons, by_group);
  check_seasons(root, card.peaks);
}

bool has_tier(const RateCard& card, const std::string& id) {
  return std::any_of(card.size_tiers.begin(), card.size_tiers.end(), [&](const SizeTiers& tiers) {
    return std::any_of(tiers.tiers.begin(), tiers.tiers.end(), [&](const SizeTier& tier) { return tier.id == id; });
  });
}

void tell_no_tier(const FactTable& row, std::string_view key, const std::string& id) {
  row.tell(key, {"no size tier has the id \"" + id + "\"", "没有尺寸分段 \"" + id + "\""});
}

// The most that a unit of a tier can weigh by shipping weight, in any of the card's lists; nothing: no limit.
std::optional<double> heaviest(const RateCard& card, const std::string& id) {
  std::optional<double> most;
  for (const SizeTiers& tiers : card.size_tiers)
    for (const SizeTier& tier : tiers.tiers) {
      if (tier.id != id) continue;
      if (!tier.max_lb && !tier.max_unit_lb) return std::nullopt;
      const double parts = std::max(tier.max_unit_lb.value_or(0), tier.max_dimensional_lb.value_or(0));
      most = std::max(most.value_or(0), tier.max_lb.value_or(parts));
    }
  return most;
}

// A row for a weight that no unit of the tier has: a slip of the row's unit of weight.
void check_weights(const FactTable& row, const RateCard& card, const FulfilmentTable& table) {
  constexpr double kTolerance = 1e-6, kOpen = 99'999;  // pounds: whatever the weight
  for (const FulfilmentTier& tier : table.tiers) {
    const auto most = heaviest(card, tier.tier);
    if (!most) continue;
    const bool bands = std::any_of(tier.bands.begin(), tier.bands.end(), [&](const FulfilmentBand& band) {
      return band.to_lb > *most + kTolerance && band.to_lb < kOpen;
    });
    if (bands || (tier.beyond && tier.beyond->from_lb > *most + kTolerance))
      row.tell("tier", {"\"" + tier.tier + "\" has a weight beyond the tier's heaviest unit: is its unit right?",
                        "“" + tier.tier + "” 的重量超过该分段上限：请核对重量单位"});
  }
}

void check_tiers(const FactTable& row, const RateCard& card, const FulfilmentTable& table) {
  if (card.size_tiers.empty()) return;
  for (const FulfilmentTier& tier : table.tiers)
    if (!has_tier(card, tier.tier)) tell_no_tier(row, "tier", tier.tier);
  check_weights(row, card, table);
}

// Tiers that other tables name.
void check_named_tiers(const FactTable& root, const RateCard& card) {
  if (card.size_tiers.empty()) return;
  size_t at = 0;
  for (const FactTable& row : root.tables("programme_fee")) check_tiers(row, card, card.programme_fees[at++].table);
  for (const FactTable& row : root.tables("overmax"))
    for (const FactTable& one : row.tables("fees"))
      if (!has_tier(card, one.text("tier"))) tell_no_tier(one, "tier", one.text("tier"));
  for (const FactTable& row : root.tables("low_inventory"))
    for (const FactTable& one : row.tables("fee"))
      if (!has_tier(card, one.text("tier"))) tell_no_tier(one, "tier", one.text("tier"));
}

// A table that no product can reach is a slip: of a tier's name, or of a group's.
void check_reach(const FactTable& root, const RateCard& card) {
  const auto ordinary = [&](const std::string& group) {
    return std::any_of(card.fulfilment.begin(), card.fulfilment.end(),
                       [&](const FulfilmentTable& one) { return one.group == group && !one.peak; });
  };
  size_t at = 0;
  for (const FactTable& row : root.tables("fulfilment")) {
    const FulfilmentTable& table = card.fulfilment[at++];
    check_tiers(row, card, table);
    const bool reached = table.group == "standard" || table.group == "low_price" || table.abroad ||
                         !table.categories.empty() || (table.peak && ordinary(table.group));
    const bool programme = !table.programme.empty() && ordinary(table.group);
    if (!reached && !programme)
      row.wrong("group",
                {"no category is of the group \"" + table.group + "\"", "没有类目属于 \"" + table.group + "\""});
  }
  at = 0;
  for (const FactTable& row : root.tables("peak"))
    for (const std::string& group : card.peaks[at++].ordinary_groups)
      if (!ordinary(group))
        row.wrong("ordinary_groups",
                  {"there is no table of the group \"" + group + "\"", "没有 \"" + group + "\" 的费率表"});
}

}  // namespace

RateCard read_rate_card(const FactTable& root) {
  const Currency currency = card_currency(root);
  RateCard card{};
  card.marketplace = root.text("marketplace");
  read_fulfilment(root, currency, card);
  for (const FactTable& row : root.tables("storage")) card.storage.push_back(read_storage(row, currency));
  for (const FactTable& row : root.tables("aged_surcharge")) card.aged.push_back(read_aged(row, currency));
  for (const FactTable& row : root.tables("referral")) {
    card.referral.push_back(read_referral(row, currency));
    for (const TierMinimum& least : card.referral.back().tier_minimums)
      if (!has_tier(card, least.tier)) tell_no_tier(row, "minimum_of_tier", least.tier);
  }
  for (const FactTable& row : root.tables("removal")) card.removal.push_back(read_removal(row, currency));
  for (const FactTable& row : root.tables("liquidation")) card.liquidation.push_back(read_liquidation(row, currency));
  for (const FactTable& row : root.tables("remark"))
    card.remarks.push_back(
        {row.text("fee"), row.both_languages("say"), row.text("source"), row.flag_or("unknown", false),
         row.has("per") ? row.one_of("per", {"unit", "volume", "returned_unit", "received_unit"}) : "unit",
         row.money_if("at_most", currency)});
  check_all_dates(root, card);
  check_reach(root, card);
  check_named_tiers(root, card);
  return card;
}

}  // namespace destock::market

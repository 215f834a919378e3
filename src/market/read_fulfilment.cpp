#include "market/read_fulfilment.h"

#include <fmt/format.h>
#include <cmath>

#include "market/read_weights.h"

namespace destock::market {
namespace {

constexpr double kInchesPerCm = 1 / 2.54;
constexpr double kCubicCmPerCubicInch = 2.54 * 2.54 * 2.54;

// A limit in pounds or kilograms.
std::optional<double> weight_limit(const FactTable& row, const std::string& name) {
  if (const auto kg = row.number_if(name + "_kg")) return *kg * kPoundsPerKg;
  return row.number_if(name + "_lb");
}

// In inches or centimetres.
std::optional<double> length_limit(const FactTable& row, const std::string& name) {
  if (const auto cm = row.number_if(name + "_cm")) return *cm * kInchesPerCm;
  return row.number_if(name + "_in");
}

SizeTier read_tier(const FactTable& row) {
  SizeTier tier{row.text("id"),
                {row.text("en"), row.text("zh")},
                weight_limit(row, "max"),
                weight_limit(row, "max_unit"),
                weight_limit(row, "max_dimensional"),
                {},
                length_limit(row, "length_plus_girth"),
                length_limit(row, "sum_of_sides"),
                row.flag_or("unit_weight", false),
                row.flag_or("bulky", false)};
  const bool metric = row.has("sides_cm");
  if (metric || row.has("sides_in")) {
    const auto sides = row.numbers(metric ? "sides_cm" : "sides_in");
    if (sides.size() != 3 || sides[0] < sides[1] || sides[1] < sides[2])
      row.wrong(metric ? "sides_cm" : "sides_in", {"must be longest, median, shortest", "须依次为最长、中间、最短边"});
    const double inch = metric ? kInchesPerCm : 1;
    tier.sides_in = {sides[0] * inch, sides[1] * inch, sides[2] * inch};
  }
  return tier;
}

SizeTiers read_tiers(const FactTable& row) {
  SizeTiers tiers{};
  row.read_source(tiers);
  tiers.group = row.text_or("group", "standard");
  // Carriers reckon with 4,000 to 6,000 cm³ a kilogram, 110 to 200 in³ a pound.
  const auto within = [&](std::string_view key, double value, double least, double most) {
    if (!(value >= least) || value > most)
      row.tell(key, {fmt::format("must be between {:g} and {:g}", least, most),
                     fmt::format("须介于 {:g} 与 {:g} 之间", least, most)});
  };
  tiers.dimensional_divisor = row.number_if("dimensional_divisor");
  if (tiers.dimensional_divisor) within("dimensional_divisor", *tiers.dimensional_divisor, 50, 400);
  if (const auto metric = row.number_if("dimensional_cm3_per_kg")) {
    within("dimensional_cm3_per_kg", *metric, 2000, 12'000);
    tiers.dimensional_divisor = *metric / kCubicCmPerCubicInch / kPoundsPerKg;
  }
  tiers.bulky_minimum_in = row.number_if("bulky_minimum_in").value_or(0);
  tiers.unit_weight_by_rule = row.flag_or("unit_weight", false);
  for (const FactTable& tier : row.tables("tier")) {
    tiers.tiers.push_back(read_tier(tier));
    for (size_t i = 0; i + 1 < tiers.tiers.size(); ++i)
      if (tiers.tiers[i].id == tiers.tiers.back().id) tier.tell("id", {"stands twice", "重复"});
    tiers.metric = tiers.metric || tier.has("sides_cm");
  }
  if (tiers.tiers.empty()) row.wrong("tier", {"is missing", "缺少"});
  return tiers;
}

using Fees = std::vector<std::optional<Money>>;

void check_not_cheaper(const FactTable& row, std::string_view key, const Fees& lighter, const Fees& heavier) {
  for (size_t i = 0; i < lighter.size(); ++i)
    if (lighter[i] && heavier[i] && *heavier[i] < *lighter[i])
      row.tell(key, {"is cheaper when heavier: " + heavier[i]->str() + " after " + lighter[i]->str(),
                     "更重而更便宜：" + lighter[i]->str() + " 之后为 " + heavier[i]->str()});
}

// "" is a figure that is not known.
std::optional<Money> known(const FactTable& row, std::string_view key, const std::string& text, Currency currency) {
  return text.empty() ? std::nullopt : std::optional(row.money_of(key, text, currency));
}

FulfilmentTier::Beyond read_beyond(const FactTable& above, double pound, Currency currency, size_t price_bands) {
  FulfilmentTier::Beyond beyond{
      above.number("from") * pound, {}, above.number_or("step", 1) * pound, {}, above.flag_or("exact", false), {}, {}};
  for (const std::string& fee : above.texts_or_empty("base"))
    beyond.base.push_back(known(above, "base", fee, currency));
  const auto steps = above.texts_of_one_or_more("per_step");
  for (const std::string& step : steps) beyond.per_step.push_back(above.money_of("per_step", step, currency));
  if (steps.size() == 1) beyond.per_step.resize(price_bands, beyond.per_step.front());
  beyond.per_step_or = above.money_if("per_step_or", currency);
  if (const auto to = above.number_if("to")) beyond.to_lb = *to * pound;
  if (beyond.base.size() != price_bands || beyond.per_step.size() != price_bands || beyond.step_lb <= 0)
    above.wrong("base", {"needs a fee and a step's fee for each price band, and a step above zero",
                         "每个价格段需有基础费与每档费用，档距须大于 0"});
  return beyond;
}

FulfilmentTier read_fee_tier(const FactTable& row, Currency currency, size_t price_bands, bool falling_allowed) {
  const double pound = pounds_per(row);
  FulfilmentTier tier{row.text("id"), {}, {}, {}};
  if (row.has("confidence")) tier.confidence = row.confidence();
  for (const FactRow& band : row.rows("band")) {
    FulfilmentBand read{band.number(0) * pound, {}};
    for (size_t i = 0; i < price_bands; ++i)
      read.fees.push_back(band.text(i + 1).empty() ? std::nullopt : std::optional(band.money(i + 1, currency)));
    if (!tier.bands.empty()) {
      if (read.to_lb <= tier.bands.back().to_lb) row.tell("band", {"weights must rise", "重量须递增"});
      check_not_cheaper(row, "band", tier.bands.back().fees, read.fees);
    }
    for (size_t i = 1; i < read.fees.size(); ++i)
      if (!falling_allowed && read.fees[i] && read.fees[i - 1] && *read.fees[i] < *read.fees[i - 1])
        row.tell("band", {"is cheaper at a higher price", "价格更高而费用更低"});
    tier.bands.push_back(std::move(read));
  }
  if (row.has("above")) {
    const FactTable above = row.table("above");
    tier.beyond = read_beyond(above, pound, currency, price_bands);
    if (!tier.bands.empty()) {
      if (std::abs(tier.bands.back().to_lb - tier.beyond->from_lb) > 1e-9)
        above.wrong("from", {"must begin where the bands end", "须从分段结束处开始"});
      check_not_cheaper(above, "base", tier.bands.back().fees, tier.beyond->base);
    }
  }
  if (tier.bands.empty() && !tier.beyond) row.wrong("band", {"is missing", "缺少"});
  return tier;
}

// "<10": below 10; "<=50": up to 50.
PriceBound read_bound(const FactTable& row, const std::string& text, Currency currency) {
  const bool inclusive = text.starts_with("<=");
  if (!inclusive && !text.starts_with("<"))
    row.wrong("price_bands", {"must be as \"<10\" or \"<=50\"", "须写成 \"<10\" 或 \"<=50\""});
  return {row.money_of("price_bands", text.substr(inclusive ? 2 : 1), currency), inclusive};
}

FulfilmentTable read_table(const FactTable& row, Currency currency) {
  FulfilmentTable table{};
  row.read_source(table);
  table.group = row.text_or("group", "standard");
  table.programme = row.text_or("programme", "");
  table.categories = row.texts_or_empty("categories");
  for (const std::string& bound : row.texts_or_empty("price_bands"))
    table.price_bounds.push_back(read_bound(row, bound, currency));
  for (size_t i = 1; i < table.price_bounds.size(); ++i)
    if (table.price_bounds[i].at <= table.price_bounds[i - 1].at) row.tell("price_bands", {"must rise", "须递增"});
  table.up_to = row.money_if("up_to", currency);
  table.up_to_special = row.money_if("up_to_special", currency);
  table.special_categories = row.texts_or_empty("special_categories");
  table.abroad = row.flag_or("abroad", false);
  if (table.abroad && table.programme.empty()) row.wrong("abroad", {"needs a programme", "需要对应计划"});
  table.unit_weight = row.flag_or("unit_weight", false);
  table.peak = row.flag_or("peak", false);
  table.rise = row.flag_or("rise", false);
  table.others_ordinary = row.flag_or("others_ordinary", false);
  if (table.peak && !table.effective_to)
    row.wrong("peak", {"needs a last day, effective_to", "需要截止日 effective_to"});
  const bool falling = row.flag_or("cheaper_at_a_higher_price", false);
  for (const FactTable& tier : row.tables("tier")) {
    if (table.tier(tier.text("id"))) tier.tell("id", {"stands twice", "重复"});
    table.tiers.push_back(read_fee_tier(tier, currency, table.price_bounds.size() + 1, falling));
  }
  if (table.tiers.empty()) row.wrong("tier", {"is missing", "缺少"});
  return table;
}

OvermaxFee read_overmax(const FactTable& row, Currency currency) {
  OvermaxFee fee{{}, row.number("longest_over_in"), row.number("length_plus_girth_over_in"), {}};
  row.read_source(fee);
  for (const FactTable& one : row.tables("fees")) fee.fees.emplace_back(one.text("tier"), one.money("fee", currency));
  return fee;
}

LowInventoryFee read_low_inventory(const FactTable& row, Currency currency) {
  LowInventoryFee fee{};
  row.read_source(fee);
  fee.programme = row.text_or("programme", "");
  fee.from_units_a_week = row.number_or("from_units_a_week", 0);
  for (double days : row.numbers("windows_days")) {
    if (days < 1) row.tell("windows_days", {"must be days, 1 or more", "须为天数，至少 1"});
    fee.windows.push_back(static_cast<int>(days));
  }
  if (fee.windows.empty()) row.wrong("windows_days", {"is empty", "为空"});
  for (double days : row.numbers("days_below")) fee.days_below.push_back(static_cast<int>(days));
  for (const FactTable& one : row.tables("fee")) {
    LowInventoryFee::Row read{one.text("tier"), one.number_if("to_lb"), {}};
    for (const std::string& amount : one.texts_or_empty("fees"))
      read.fees.push_back(one.money_of("fees", amount, currency));
    if (read.fees.size() != fee.days_below.size())
      one.wrong("fees", {"needs one for each of days_below", "须与 days_below 一一对应"});
    fee.rows.push_back(std::move(read));
  }
  return fee;
}

std::vector<unsigned> months_of(const FactTable& row, std::string_view key) {
  std::vector<unsigned> months;
  if (!row.has(key)) return months;
  for (double month : row.numbers(key)) {
    if (month < 1 || month > 12) row.wrong(key, {"must be months, 1 to 12", "须为月份，1–12"});
    months.push_back(static_cast<unsigned>(month));
  }
  return months;
}

UtilisationSurcharge read_utilisation(const FactTable& row, Currency currency) {
  UtilisationSurcharge surcharge{};
  row.read_source(surcharge);
  surcharge.size_class = row.has("size_class") ? row.one_of("size_class", {"standard", "oversize"}) : "standard";
  surcharge.applies = row.both_languages("applies");
  surcharge.least_volume = row.number_or("least_volume", 0);
  surcharge.free_days = static_cast<int>(row.whole_if("free_days").value_or(0));
  surcharge.over_days = static_cast<int>(row.whole("over_days"));
  surcharge.first_shipment_days = static_cast<int>(row.whole_if("first_shipment_days").value_or(0));
  if (surcharge.over_days < 1) row.tell("over_days", {"must be days, 1 or more", "须为天数，至少 1"});
  surcharge.months = months_of(row, "months");
  surcharge.months_or = months_of(row, "months_or");
  for (const FactTable& band : row.tables("band")) {
    UtilisationSurcharge::Band read{band.number("from_weeks"), band.number_if("to_weeks"),
                                    band.money("per_volume", currency)};
    if (!surcharge.bands.empty() && surcharge.bands.back().to_weeks != read.from_weeks)
      band.wrong("from_weeks", {"does not follow the band before it", "与前一段不衔接"});
    surcharge.bands.push_back(read);
  }
  return surcharge;
}

FulfilmentSurcharge read_surcharge(const FactTable& row, Currency currency) {
  FulfilmentSurcharge surcharge{{},
                                row.both_languages("name"),
                                row.share_or("rate", 0),
                                row.money_if("amount", currency),
                                row.texts_or_empty("categories")};
  row.read_source(surcharge);
  if ((surcharge.rate > 0) == surcharge.amount.has_value())
    row.wrong("rate", {"needs a rate, or an amount", "需要 rate 或 amount 之一"});
  return surcharge;
}

void read_programmes(const FactTable& root, Currency currency, RateCard& card) {
  for (const FactTable& row : root.tables("programme"))
    card.programmes.push_back({row.text("id"), row.both_languages("name")});
  const auto check = [&](const FactTable& row, const std::string& id) {
    if (!id.empty() && !card.programme(id))
      row.wrong("programme", {"is not one of [[programme]]: " + id, "不在 [[programme]] 之中：" + id});
  };
  for (const FactTable& row : root.tables("programme_fee")) {
    ProgrammeFee fee{row.both_languages("name"), row.flag_or("off", false), row.flag_or("outside", false),
                     read_table(row, currency)};
    check(row, fee.table.programme);
    if (fee.table.programme.empty()) row.wrong("programme", {"is missing", "缺少"});
    card.programme_fees.push_back(std::move(fee));
  }
  for (const FactTable& row : root.tables("fulfilment")) {
    card.fulfilment.push_back(read_table(row, currency));
    check(row, card.fulfilment.back().programme);
  }
  for (const FactTable& row : root.tables("selling_surcharge")) {
    SellingSurcharge surcharge{{}, row.both_languages("name"), row.text("programme"), row.number("rate")};
    row.read_source(surcharge);
    check(row, surcharge.programme);
    if (surcharge.rate <= 0 || surcharge.rate >= 1) row.tell("rate", {"must be a share of 1", "须为 0–1 之间的比例"});
    card.selling_surcharges.push_back(std::move(surcharge));
  }
}

}  // namespace

void read_fulfilment(const FactTable& root, Currency currency, RateCard& card) {
  for (const FactTable& row : root.tables("size_tiers")) {
    card.size_tiers.push_back(read_tiers(row));
    card.metric = card.metric || card.size_tiers.back().metric;
  }
  card.tax_in_fulfilment = root.share_or("tax_in_fulfilment", 0);
  read_programmes(root, currency, card);
  for (const FactTable& row : root.tables("surcharge")) card.surcharges.push_back(read_surcharge(row, currency));
  for (const FactTable& row : root.tables("overmax")) card.overmax.push_back(read_overmax(row, currency));
  for (const FactTable& row : root.tables("peak")) {
    card.peaks.push_back({row.day("from"), row.day("to"), row.text("source"), row.texts_or_empty("ordinary_groups"),
                          row.texts_or_empty("without")});
    if (card.peaks.back().to < card.peaks.back().from) row.tell("to", {"is before from", "早于 from"});
  }
  for (const FactTable& row : root.tables("low_inventory"))
    card.low_inventory.push_back(read_low_inventory(row, currency));
  for (const FactTable& row : root.tables("utilisation")) card.utilisation.push_back(read_utilisation(row, currency));
}

}  // namespace destock::market

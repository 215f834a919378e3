#include "market/read_fulfilment.h"

namespace destock::market {
namespace {

constexpr double kInchesPerCm = 1 / 2.54;
constexpr double kPoundsPerKg = 2.20462262185;

double pounds_per(const FactTable& row) {
  const std::string unit = row.text("unit");
  if (unit == "oz") return 1.0 / 16;
  if (unit == "lb") return 1;
  if (unit == "kg") return kPoundsPerKg;
  if (unit == "g") return kPoundsPerKg / 1000;
  row.wrong("unit", "must be oz, lb, kg or g");
}

// A limit in pounds or kilograms; in inches or centimetres.
std::optional<double> weight_limit(const FactTable& row) {
  if (const auto kg = row.number_if("max_kg")) return *kg * kPoundsPerKg;
  return row.number_if("max_lb");
}

SizeTier read_tier(const FactTable& row) {
  SizeTier tier{row.text("id"),
                {row.text("en"), row.text("zh")},
                weight_limit(row),
                {},
                row.number_if("length_plus_girth_in"),
                row.flag_or("unit_weight", false),
                row.flag_or("bulky", false)};
  if (const auto cm = row.number_if("length_plus_girth_cm")) tier.length_plus_girth_in = *cm * kInchesPerCm;
  const bool metric = row.has("sides_cm");
  if (metric || row.has("sides_in")) {
    const auto sides = row.numbers(metric ? "sides_cm" : "sides_in");
    if (sides.size() != 3 || sides[0] < sides[1] || sides[1] < sides[2])
      row.wrong(metric ? "sides_cm" : "sides_in", "must be longest, median, shortest");
    const double inch = metric ? kInchesPerCm : 1;
    tier.sides_in = {sides[0] * inch, sides[1] * inch, sides[2] * inch};
  }
  return tier;
}

SizeTiers read_tiers(const FactTable& row) {
  SizeTiers tiers{};
  row.read_source(tiers);
  tiers.dimensional_divisor = row.number_if("dimensional_divisor");
  tiers.bulky_minimum_in = row.number_if("bulky_minimum_in").value_or(0);
  for (const FactTable& tier : row.tables("tier")) tiers.tiers.push_back(read_tier(tier));
  if (tiers.tiers.empty()) row.wrong("tier", "is missing");
  return tiers;
}

void check_not_cheaper(const FactTable& row, std::string_view key, const std::vector<Money>& lighter,
                       const std::vector<Money>& heavier) {
  for (size_t i = 0; i < lighter.size(); ++i)
    if (heavier[i] < lighter[i])
      row.wrong(key, "is cheaper when heavier: " + heavier[i].str() + " after " + lighter[i].str());
}

FulfilmentTier read_fee_tier(const FactTable& row, Currency currency, size_t price_bands) {
  const double pound = pounds_per(row);
  FulfilmentTier tier{row.text("id"), {}, {}};
  for (const FactRow& band : row.rows("band")) {
    FulfilmentBand read{band.number(0) * pound, {}};
    for (size_t i = 0; i < price_bands; ++i) read.fees.push_back(band.money(i + 1, currency));
    if (!tier.bands.empty()) {
      if (read.to_lb <= tier.bands.back().to_lb) row.wrong("band", "weights must rise");
      check_not_cheaper(row, "band", tier.bands.back().fees, read.fees);
    }
    for (size_t i = 1; i < read.fees.size(); ++i)
      if (read.fees[i] < read.fees[i - 1]) row.wrong("band", "is cheaper at a higher price");
    tier.bands.push_back(std::move(read));
  }
  if (row.has("above")) {
    const FactTable above = row.table("above");
    FulfilmentTier::Beyond beyond{
        above.number("from") * pound, {}, above.number("step") * pound, above.money("per_step", currency)};
    for (const std::string& fee : above.texts_or_empty("base"))
      beyond.base.push_back(above.money_of("base", fee, currency));
    if (beyond.base.size() != price_bands || beyond.step_lb <= 0)
      above.wrong("base", "needs a fee for each price band, and a step above zero");
    if (!tier.bands.empty()) {
      if (tier.bands.back().to_lb > beyond.from_lb + 1e-9 || tier.bands.back().to_lb < beyond.from_lb - 1e-9)
        above.wrong("from", "must begin where the bands end");
      check_not_cheaper(above, "base", tier.bands.back().fees, beyond.base);
    }
    tier.beyond = std::move(beyond);
  }
  if (tier.bands.empty() && !tier.beyond) row.wrong("band", "is missing");
  return tier;
}

FulfilmentTable read_table(const FactTable& row, Currency currency) {
  FulfilmentTable table{{}, row.text("group"), {}, {}};
  row.read_source(table);
  for (const std::string& bound : row.texts_or_empty("price_bands"))
    table.price_bounds.push_back(row.money_of("price_bands", bound, currency));
  for (size_t i = 1; i < table.price_bounds.size(); ++i)
    if (table.price_bounds[i] <= table.price_bounds[i - 1]) row.wrong("price_bands", "must rise");
  for (const FactTable& tier : row.tables("tier"))
    table.tiers.push_back(read_fee_tier(tier, currency, table.price_bounds.size() + 1));
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
  for (double days : row.numbers("days_below")) fee.days_below.push_back(static_cast<int>(days));
  for (const FactTable& one : row.tables("fee")) {
    LowInventoryFee::Row read{one.text("tier"), one.number_if("to_lb"), {}};
    for (const std::string& amount : one.texts_or_empty("fees"))
      read.fees.push_back(one.money_of("fees", amount, currency));
    if (read.fees.size() != fee.days_below.size()) one.wrong("fees", "needs one for each of days_below");
    fee.rows.push_back(std::move(read));
  }
  return fee;
}

UtilisationSurcharge read_utilisation(const FactTable& row, Currency currency) {
  UtilisationSurcharge surcharge{};
  row.read_source(surcharge);
  surcharge.applies = row.both_languages("applies");
  for (const FactTable& band : row.tables("band")) {
    UtilisationSurcharge::Band read{band.number("from_weeks"), band.number_if("to_weeks"),
                                    band.money("per_volume", currency)};
    if (!surcharge.bands.empty() && surcharge.bands.back().to_weeks != read.from_weeks)
      band.wrong("from_weeks", "does not follow the band before it");
    surcharge.bands.push_back(read);
  }
  return surcharge;
}

}  // namespace

void read_fulfilment(const FactTable& root, Currency currency, RateCard& card) {
  for (const FactTable& row : root.tables("size_tiers")) card.size_tiers.push_back(read_tiers(row));
  for (const FactTable& row : root.tables("fulfilment")) card.fulfilment.push_back(read_table(row, currency));
  for (const FactTable& row : root.tables("surcharge")) {
    FulfilmentSurcharge surcharge{{}, row.both_languages("name"), row.number("rate")};
    row.read_source(surcharge);
    card.surcharges.push_back(std::move(surcharge));
  }
  for (const FactTable& row : root.tables("overmax")) card.overmax.push_back(read_overmax(row, currency));
  for (const FactTable& row : root.tables("peak")) {
    card.peaks.push_back({row.day("from"), row.day("to"), row.text("source")});
    if (card.peaks.back().to < card.peaks.back().from) row.wrong("to", "is before from");
  }
  for (const FactTable& row : root.tables("low_inventory"))
    card.low_inventory.push_back(read_low_inventory(row, currency));
  for (const FactTable& row : root.tables("utilisation")) card.utilisation.push_back(read_utilisation(row, currency));
}

}  // namespace destock::market

#include "market/read_rate_card.h"

#include "market/read_fulfilment.h"

#include <algorithm>

namespace destock::market {
namespace {

Currency card_currency(const FactTable& root) {
  const auto currency = Currency::parse(root.text("currency"));
  if (!currency) root.wrong("currency", "must be a currency of three letters");
  return *currency;
}

StorageRate read_storage(const FactTable& row, Currency currency) {
  const Money low = row.money("jan_sep", currency);
  const Money high = row.money("oct_dec", currency);
  if (high < low) row.wrong("oct_dec", "is below jan_sep");
  StorageRate rate{{}, row.text("size_class"), {low, low, low, low, low, low, low, low, low, high, high, high}};
  row.read_source(rate);
  return rate;
}

AgedSurcharge read_aged(const FactTable& row, Currency currency) {
  AgedSurcharge surcharge{};
  row.read_source(surcharge);
  for (const FactTable& band : row.tables("band")) {
    AgedBand read{static_cast<int>(band.whole("from_day")), std::nullopt, band.money("per_volume", currency),
                  band.money_if("per_unit_minimum", currency), band.texts_or_empty("excluded_categories")};
    if (const auto to = band.whole_if("to_day")) read.to_day = static_cast<int>(*to);
    if (!surcharge.bands.empty()) {
      const AgedBand& last = surcharge.bands.back();
      if (!last.to_day || *last.to_day + 1 != read.from_day)
        band.wrong("from_day", "does not follow the band before it");
      if (read.per_volume < last.per_volume) band.wrong("per_volume", "is below the younger band's");
    }
    surcharge.bands.push_back(std::move(read));
  }
  if (surcharge.bands.empty()) row.wrong("band", "is missing");
  if (surcharge.bands.back().to_day) row.wrong("band", "leaves out the oldest stock: the last band must be open");
  return surcharge;
}

ReferralCategory read_category(const FactTable& row, Currency currency) {
  ReferralCategory category{row.texts_or_empty("names"), row.text("by") == "part", {}};
  if (category.names.empty()) row.wrong("names", "is empty");
  if (!category.by_part && row.text("by") != "whole") row.wrong("by", "must be whole or part");
  for (const FactRow& step : row.rows("steps")) {
    const bool open = step.text(0).empty();
    category.steps.push_back({open ? std::nullopt : std::optional<Money>(step.money(0, currency)), step.number(1)});
  }
  if (category.steps.empty() || category.steps.back().to) row.wrong("steps", "must end with an open step");
  return category;
}

ReferralRate read_referral(const FactTable& row, Currency currency) {
  ReferralRate rate{{}, row.number("default_rate"), row.money_if("minimum", currency), {}};
  row.read_source(rate);
  for (const FactTable& category : row.tables("category")) rate.categories.push_back(read_category(category, currency));
  return rate;
}

std::vector<WeightBand> read_weight_bands(const FactTable& row, std::string_view key, Currency currency) {
  std::vector<WeightBand> bands;
  for (const FactTable& band : row.tables(key)) {
    WeightBand read{band.number("to_lb"), band.money("fee", currency)};
    if (!bands.empty() && (read.to_lb <= bands.back().to_lb || read.fee < bands.back().fee))
      band.wrong("to_lb", "must rise with its fee");
    bands.push_back(read);
  }
  return bands;
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
    if (!end || *end >= rows[i].effective_from) root.wrong(name, "rows overlap on " + iso(rows[i].effective_from));
    if (*end + Days(1) != rows[i].effective_from) root.wrong(name, "no row is in force on " + iso(*end + Days(1)));
  }
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
  }
  for (const FactTable& row : root.tables("removal")) {
    RemovalFee fee{{},
                   row.text("size_class"),
                   row.texts_or_empty("also_categories"),
                   read_weight_bands(row, "band", currency),
                   row.money_if("per_lb_above", currency),
                   row.money_if("above_base", currency)};
    row.read_source(fee);
    card.removal.push_back(std::move(fee));
  }
  for (const FactTable& row : root.tables("liquidation")) {
    LiquidationTerms terms{{},
                           row.text("size_class"),
                           row.number("gross_share_low"),
                           row.number("gross_share_high"),
                           row.number("referral_on_gross"),
                           read_weight_bands(row, "processing", currency),
                           row.money_if("processing_per_lb_above", currency),
                           row.money_if("processing_above_base", currency),
                           static_cast<int>(row.whole("payout_delay_days"))};
    row.read_source(terms);
    card.liquidation.push_back(std::move(terms));
  }
  const auto no_key = [](const auto&) { return 0; };
  const auto by_size = [](const auto& row) { return row.size_class; };
  check_dates(root, "storage", card.storage, by_size);
  check_dates(root, "aged_surcharge", card.aged, no_key);
  check_dates(root, "referral", card.referral, no_key);
  check_dates(root, "removal", card.removal, by_size);
  check_dates(root, "liquidation", card.liquidation, by_size);
  check_dates(root, "size_tiers", card.size_tiers, no_key);
  check_dates(root, "fulfilment", card.fulfilment, [](const auto& row) { return row.group; });
  check_dates(root, "overmax", card.overmax, no_key);
  check_dates(root, "low_inventory", card.low_inventory, no_key);
  check_dates(root, "utilisation", card.utilisation, no_key);
  return card;
}

}  // namespace destock::market

#include "market/read_rate_card.h"

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
  RateCard card{root.text("marketplace"), {}, {}, {}, {}, {}};
  for (const FactTable& row : root.tables("storage")) card.storage.push_back(read_storage(row, currency));
  for (const FactTable& row : root.tables("aged_surcharge")) card.aged.push_back(read_aged(row, currency));
  for (const FactTable& row : root.tables("referral")) {
    ReferralRate rate{{}, row.number("default_rate"), row.money_if("minimum", currency)};
    row.read_source(rate);
    card.referral.push_back(rate);
  }
  for (const FactTable& row : root.tables("removal")) {
    RemovalFee fee{
        {}, row.text("size_class"), read_weight_bands(row, "band", currency), row.money_if("per_lb_above", currency)};
    row.read_source(fee);
    card.removal.push_back(std::move(fee));
  }
  for (const FactTable& row : root.tables("liquidation")) {
    LiquidationTerms terms{{},
                           row.number("gross_share_low"),
                           row.number("gross_share_high"),
                           row.number("referral_on_gross"),
                           read_weight_bands(row, "processing", currency),
                           row.money_if("processing_per_lb_above", currency),
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
  check_dates(root, "liquidation", card.liquidation, no_key);
  return card;
}

}  // namespace destock::market

#include "economics/own_rates.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/ascii.h"
#include "base/volume.h"
#include "economics/holding.h"

namespace destock::economics {
namespace {

constexpr double kSame = 0.01;   // of a rate: volumes and averages are rounded in reports
constexpr int kNewestDays = 56;  // before the last charge
constexpr int kMonthsOfYear = 12;
constexpr unsigned kLastQuarter = 10;

struct Charge {
  double fee, volume;  // in the card's unit
  Date day;
  bool whole = false;  // with whatever came on top
};

struct Sum {
  double fee = 0, volume = 0;
  std::map<Date, double> volume_in;
  Date first_day, last_day;
  size_t rows = 0;
  bool whole = false;

  void add(const Charge& charge) {
    fee += charge.fee;
    volume += charge.volume;
    volume_in[first_of_month(charge.day)] += charge.volume;
    first_day = rows == 0 ? charge.day : std::min(first_day, charge.day);
    last_day = rows == 0 ? charge.day : std::max(last_day, charge.day);
    whole = whole || charge.whole;
    ++rows;
  }
  std::optional<Money> rate(Currency currency) const {
    return volume > 0 ? Money::fitting(fee / volume, currency) : std::nullopt;
  }
  double last_volume() const { return volume_in.empty() ? 0 : volume_in.rbegin()->second; }
};

// The day, up to `last`, from which rows of a card have said the same.
template <typename Row, typename Same>
std::optional<Date> since_the_card_changed(const std::vector<Row>& rows, Date last, Same same) {
  std::optional<Date> since;
  for (const Row& row : rows)
    if (same(row) && row.effective_from <= last && (!since || row.effective_from > *since)) since = row.effective_from;
  return since;
}

Date last_day_of(const std::vector<Charge>& charges) {
  return std::max_element(charges.begin(), charges.end(),
                          [](const Charge& a, const Charge& b) { return a.day < b.day; })
      ->day;
}

// The newest charges, that one card speaks for: rates of two years have no mean.
Sum newest(const std::vector<Charge>& charges, const std::optional<Date>& card_since) {
  Date from = last_day_of(charges) - Days(kNewestDays);
  if (card_since) from = std::max(from, *card_since);
  Sum sum;
  for (const Charge& charge : charges)
    if (charge.day >= from) sum.add(charge);
  return sum;
}

bool any_row(const market::AgedSurcharge&) {
  return true;
}

auto of_size(const std::string& size_class) {
  return [size_class](const market::StorageRate& row) {
    return row.categories.empty() && (row.size_class == size_class || row.size_class == "any");
  };
}

double per_cuft(const market::Facts& facts, const std::string& marketplace) {
  const auto found = facts.marketplaces.find(marketplace);
  return found == facts.marketplaces.end() ? 1 : volumes_per_cuft(found->second);
}

void set_against(OwnRate& own, const Sum& sum, const std::optional<Money>& card, int months) {
  own.card = card;
  own.used = !card || std::abs(own.rate.to_double() - card->to_double()) > kSame * card->to_double();
  if (!card) return;
  const double more = own.used ? own.rate.to_double() - card->to_double() : 0;
  own.a_year = Money::fitting(more * sum.last_volume() * months, own.rate.currency());
}

std::string size_class_of_row(const account::StorageFeeRow& row) {
  account::FeeFacts charged_as;
  charged_as.size_tier = row.size_tier;
  return std::string(size_class_of(charged_as));
}

// Fee ÷ volume by size class and season. A discount is no rate for all units, a surcharge no rate of storage: where the
// report splits them, the base alone is taken.
void fit_storage(const account::Account& account, const market::Facts& facts, std::vector<OwnRate>& rates) {
  std::map<std::tuple<std::string, std::string, bool>, std::vector<Charge>> charged;
  std::map<std::string, Currency> currencies;
  for (const account::StorageFeeRow& row : account.storage_fees) {
    if (!row.fee || !row.average_units || !row.volume_cuft || row.fee->units() <= 0) continue;
    const auto base = row.base();
    charged[{row.marketplace, size_class_of_row(row), month_of(row.month) >= kLastQuarter}].push_back(
        {base.value_or(*row.fee).to_double(), *row.average_units * *row.volume_cuft * per_cuft(facts, row.marketplace),
         row.month, !base});
    currencies.emplace(row.marketplace, row.fee->currency());
  }
  for (const auto& [key, charges] : charged) {
    const auto& [marketplace, size_class, last_quarter] = key;
    const market::RateCard* card = facts.rate_card(marketplace);
    const Sum sum =
        newest(charges,
               card ? since_the_card_changed(card->storage, last_day_of(charges), of_size(size_class)) : std::nullopt);
    const auto rate = sum.rate(currencies.at(marketplace));
    if (!rate || rate->units() <= 0) continue;
    OwnRate own{marketplace, "storage", size_class,    {},           last_quarter, *rate,
                {},          {},        sum.first_day, sum.last_day, sum.rows};
    own.surcharge_in = sum.whole;
    const market::StorageRate* row = card ? market::storage_in_force(*card, size_class, sum.last_day) : nullptr;
    std::optional<Money> by_card;
    if (row)
      by_card = Money::fitting(storage_of(*row, facts.marketplaces.find(marketplace)->second,
                                          1 / per_cuft(facts, marketplace), sum.last_day),
                               rate->currency());
    set_against(own, sum, by_card, last_quarter ? 3 : 9);
    rates.push_back(std::move(own));
  }
}

// The surcharge of a band, beside the card's: it is compared, and the card goes on to say when it is due.
void fit_utilisation(const account::Account& account, const market::Facts& facts, std::vector<OwnRate>& rates) {
  struct Charged {
    std::vector<Charge> charges;
    Currency currency;
    std::optional<Money> card;
  };
  std::map<std::tuple<std::string, std::string, double>, Charged> by_band;
  for (const account::StorageFeeRow& row : account.storage_fees) {
    if (!row.utilisation_fee || row.utilisation_fee->units() <= 0) continue;
    if (!row.utilisation_rate || row.utilisation_rate->units() <= 0 || !row.utilisation_weeks) continue;
    const std::string size_class = size_class_of_row(row);
    const market::UtilisationSurcharge::Band* band = nullptr;
    if (const market::RateCard* card = facts.rate_card(row.marketplace))
      for (const market::UtilisationSurcharge& known : card->utilisation)
        if (known.size_class == size_class && known.in_force_on(row.month)) band = known.band(*row.utilisation_weeks);
    Charged& charged =
        by_band
            .try_emplace(
                {row.marketplace, size_class, band ? band->from_weeks : 0},
                Charged{{}, row.utilisation_fee->currency(), band ? std::optional(band->per_volume) : std::nullopt})
            .first->second;
    charged.charges.push_back({row.utilisation_fee->to_double(),
                               row.utilisation_fee->to_double() / row.utilisation_rate->to_double(), row.month});
  }
  for (const auto& [key, charged] : by_band) {
    const Sum sum = newest(charged.charges, std::nullopt);
    const auto rate = sum.rate(charged.currency);
    if (!rate || rate->units() <= 0) continue;
    OwnRate own{std::get<0>(key), "utilisation", std::get<1>(key), {}, false, *rate, {}, {},
                sum.first_day,    sum.last_day,  sum.rows};
    set_against(own, sum, charged.card, 1);
    own.a_year = own.used ? std::nullopt : own.a_year;  // how many months it is charged in is not known
    own.used = false;
    rates.push_back(std::move(own));
  }
}

// The days in a band's name: "271-300 days", "366+ days".
std::vector<int> days_named(const std::string& tier) {
  std::vector<int> named;
  bool in_number = false;
  for (char c : tier) {
    const bool digit = is_digit(c);
    if (digit && !in_number) named.push_back(0);
    if (digit) named.back() = std::min(named.back() * 10 + (c - '0'), 100'000);
    in_number = digit;
  }
  return named;
}

const market::AgedBand* band_from(const market::RateCard* card, int day_of_age, Date day) {
  const market::AgedSurcharge* row = card ? market::in_force(card->aged, day) : nullptr;
  if (!row) return nullptr;
  for (const market::AgedBand& band : row->bands)
    if (band.from_day == day_of_age) return &band;
  return nullptr;
}

void fit_surcharge(const account::Account& account, const market::Facts& facts, std::vector<OwnRate>& rates) {
  std::map<std::pair<std::string, int>, std::vector<Charge>> charged;
  std::map<std::pair<std::string, int>, int> last_age;
  std::map<std::string, Currency> currencies;
  for (const account::AgedChargeRow& row : account.aged_charges) {
    const std::vector<int> named = days_named(row.tier);
    const auto from = named.empty() ? std::nullopt : std::optional(named.front());
    const std::string& marketplace = account.listings[row.listing].marketplace;
    const auto& volume = account.fees[row.listing].volume_cuft;
    if (!from || !row.amount || !row.units || *row.units <= 0 || !volume || row.amount->units() <= 0) continue;
    const market::AgedBand* band = band_from(facts.rate_card(marketplace), *from, row.day);
    // A fee at the minimum a unit says nothing of the rate.
    if (band && band->per_unit_minimum &&
        row.amount->to_double() / static_cast<double>(*row.units) <= band->per_unit_minimum->to_double() * (1 + kSame))
      continue;
    charged[{marketplace, *from}].push_back(
        {row.amount->to_double(), static_cast<double>(*row.units) * *volume * per_cuft(facts, marketplace), row.day});
    if (named.size() > 1 && named[1] > *from) last_age[{marketplace, *from}] = named[1];
    currencies.emplace(marketplace, row.amount->currency());
  }
  for (const auto& [key, charges] : charged) {
    const market::RateCard* card = facts.rate_card(key.first);
    const Sum sum =
        newest(charges, card ? since_the_card_changed(card->aged, last_day_of(charges), any_row) : std::nullopt);
    const auto rate = sum.rate(currencies.at(key.first));
    if (!rate || rate->units() <= 0) continue;
    OwnRate own{key.first, "aged_surcharge", "",           key.second, false, *rate, {},
                {},        sum.first_day,    sum.last_day, sum.rows};
    if (const auto to = last_age.find(key); to != last_age.end()) own.to_day = to->second;
    const market::AgedBand* band = band_from(card, key.second, sum.last_day);
    std::optional<Money> by_card;
    if (band && !band->per_volume_or) by_card = band->per_volume;
    set_against(own, sum, by_card, kMonthsOfYear);
    rates.push_back(std::move(own));
  }
}

std::string source_of(const OwnRate& own, const char* report) {
  return fmt::format("from your own reports: {} {} to {}, {} rows", report, iso(own.first_day), iso(own.last_day),
                     own.rows);
}

// A known change of the card after the last charge ends what the charges say.
template <typename Row, typename Same>
std::optional<Date> until_the_card_changes(const std::vector<Row>& rows, Date last, Same same) {
  std::optional<Date> end;
  for (const Row& row : rows)
    if (same(row) && row.effective_from > last && (!end || row.effective_from - Days(1) < *end))
      end = row.effective_from - Days(1);
  return end;
}

void put_storage(const std::vector<OwnRate>& rates, const std::string& size_class, market::RateCard& card,
                 const market::Marketplace& marketplace) {
  const OwnRate* ordinary = nullptr;
  const OwnRate* last_quarter = nullptr;
  for (const OwnRate& own : rates)
    if (own.marketplace == card.marketplace && own.fee == "storage" && own.size_class == size_class)
      (own.last_quarter ? last_quarter : ordinary) = &own;
  if (!ordinary && !last_quarter) return;
  const bool newer = ordinary && (!last_quarter || ordinary->last_day > last_quarter->last_day);
  const OwnRate& seen = newer ? *ordinary : *last_quarter;
  // The other season's was charged before the card changed: the card knows better.
  if (const auto since = since_the_card_changed(card.storage, seen.last_day, of_size(size_class)))
    for (const OwnRate** own : {&ordinary, &last_quarter})
      if (*own && (*own)->last_day < *since) *own = nullptr;
  const bool differs = (ordinary && ordinary->used) || (last_quarter && last_quarter->used);
  if (!differs) return;
  const market::StorageRate* by_card = market::storage_in_force(card, size_class, seen.last_day);
  const Money here = seen.rate;
  market::StorageRate row{{},
                          size_class,
                          {},
                          {here, here, here, here, here, here, here, here, here, here, here, here},
                          {},
                          {},
                          false,
                          true,
                          seen.surcharge_in};
  row.effective_from = std::min(ordinary ? ordinary->first_day : seen.first_day,
                                last_quarter ? last_quarter->first_day : seen.first_day);
  row.effective_to = until_the_card_changes(card.storage, seen.last_day, of_size(size_class));
  row.confidence = market::Confidence::kOwn;
  row.source = source_of(seen, "Monthly Storage Fees");
  Date month = first_of_month(seen.last_day);
  for (int i = 0; i < kMonthsOfYear; ++i, month = first_of_next_month(month)) {
    const bool late = month_of(month) >= kLastQuarter;
    const OwnRate* own = late ? last_quarter : ordinary;
    Money rate = seen.rate;
    if (own)
      rate = own->rate;
    else if (by_card)
      rate = Money::from_double(storage_of(*by_card, marketplace, 1 / volumes_per_cuft(marketplace), month),
                                seen.rate.currency());
    else
      row.unseen_months.push_back(month_of(month));
    row.per_volume_by_month[month_of(month) - 1] = rate;
  }
  if (!row.unseen_months.empty())
    row.source += ordinary ? "; October to December were not seen: at least the same"
                           : "; January to September were not seen: at most the same";
  card.storage.push_back(std::move(row));
}

// Bands of a store without a card. An age between two that were charged, or older than all, pays at least what a
// younger one does.
std::vector<market::AgedBand> bands_of(const std::vector<const OwnRate*>& own) {
  std::vector<market::AgedBand> bands;
  for (size_t i = 0; i < own.size(); ++i) {
    const auto next = i + 1 < own.size() ? std::optional(*own[i + 1]->from_day - 1) : std::nullopt;
    const auto& to = own[i]->to_day;
    const bool gap = to && (!next || *to < *next);
    bands.push_back({*own[i]->from_day, gap ? to : next, own[i]->rate, {}, {}, {}});
    if (gap) bands.push_back({*to + 1, next, own[i]->rate, {}, {}, {}, true});
  }
  return bands;
}

void put_surcharge(const std::vector<OwnRate>& rates, market::RateCard& card) {
  std::vector<const OwnRate*> own;
  for (const OwnRate& rate : rates)
    if (rate.marketplace == card.marketplace && rate.fee == "aged_surcharge") own.push_back(&rate);
  if (own.empty()) return;
  const Date last = (*std::max_element(own.begin(), own.end(), [](const OwnRate* a, const OwnRate* b) {
                      return a->last_day < b->last_day;
                    }))->last_day;
  // What was charged before the card changed, it knows better.
  if (const auto since = since_the_card_changed(card.aged, last, any_row))
    std::erase_if(own, [&](const OwnRate* rate) { return rate->last_day < *since; });
  if (std::none_of(own.begin(), own.end(), [](const OwnRate* rate) { return rate->used; })) return;
  std::sort(own.begin(), own.end(), [](const OwnRate* a, const OwnRate* b) { return *a->from_day < *b->from_day; });
  market::AgedSurcharge row{};
  const market::AgedSurcharge* by_card = market::in_force(card.aged, last);
  if (by_card) {
    row = *by_card;
    for (market::AgedBand& band : row.bands)
      for (const OwnRate* rate : own)
        if (*rate->from_day == band.from_day && rate->used) {
          band.per_volume = rate->rate;
          band.per_volume_or.reset();
        }
  } else {
    row.bands = bands_of(own);
    row.assessed_on = day_of_month(last);
  }
  row.effective_from = first_of_month(last);
  row.effective_to = until_the_card_changes(card.aged, last, any_row);
  row.confidence = market::Confidence::kOwn;
  row.source = source_of(*own.front(), "Aged Inventory Surcharge") +
               (by_card ? "; ages that were not charged: " + by_card->source
                        : "; younger ages were never charged, older ones pay at least as much");
  card.aged.insert(card.aged.begin(), std::move(row));
}

}  // namespace

std::vector<OwnRate> own_rates(const account::Account& account, const market::Facts& facts) {
  std::vector<OwnRate> rates;
  fit_storage(account, facts, rates);
  fit_utilisation(account, facts, rates);
  fit_surcharge(account, facts, rates);
  return rates;
}

void put_before_cards(const std::vector<OwnRate>& rates, market::Facts& facts) {
  if (std::none_of(rates.begin(), rates.end(), [](const OwnRate& own) { return own.used && own.sku.empty(); })) return;
  facts.public_cards = facts.rate_cards;
  for (const OwnRate& own : rates) {
    if (!own.sku.empty()) continue;  // a SKU's own stand in the account
    market::RateCard& card = facts.rate_cards[own.marketplace];
    card.marketplace = own.marketplace;
  }
  for (auto& [id, card] : facts.rate_cards) {
    const auto named = facts.marketplaces.find(id);
    if (named == facts.marketplaces.end()) continue;
    for (const char* size_class : {"standard", "oversize"}) put_storage(rates, size_class, card, named->second);
    put_surcharge(rates, card);
  }
}

}  // namespace destock::economics

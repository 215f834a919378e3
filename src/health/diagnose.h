#pragma once
// The diagnosis: every listing's band, excess, age, holding cost and flags, and the account's figures. The answer for a
// listing depends on that listing alone; threads share no state.

#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "demand/velocity.h"
#include "economics/holding.h"
#include "health/ageing.h"
#include "health/stock_to_sales.h"
#include "market/facts.h"

namespace destock::health {

enum class ValueBasis { kLandedCost, kPurchaseCost, kPrice, kRateMissing, kUnknown };
std::string_view value_basis_id(ValueBasis basis);

struct Diagnosis {
  size_t listing = 0;
  demand::Velocity velocity;
  std::optional<double> stock_to_sales;
  Band band = Band::kUnknown;
  int64_t excess_units = 0;
  std::optional<double> days_of_supply;
  std::optional<double> sell_through;  // units of 90 days ÷ average units on hand, where the report gives it
  Ageing ageing;
  economics::HoldingCost holding;
  std::optional<Money> unit_value;  // in the marketplace's currency
  ValueBasis value_basis = ValueBasis::kUnknown;
  int priority = 3;  // P0 urgent … P3
  // Goods of a season that is on: units above what sells until its event, at today's pace; nothing where none are.
  struct SeasonLeft {
    Text name;
    Date last_day;
    int64_t left = 0;
    bool guessed = false;  // from a name, not from the cost sheet
  };
  std::optional<SeasonLeft> season;
};

// A total over listings of several currencies, in the base currency; nothing where a rate is missing.
struct AccountFigures {
  Currency base_currency = currency_of("USD");
  size_t skus = 0;
  int64_t units = 0;
  int64_t excess_units = 0;
  std::optional<Money> stock_value;  // cash tied up
  std::optional<Money> excess_value;
  std::optional<double> excess_share;  // by value
  double excess_share_units = 0;
  bool alarm = false;  // excess share above the playbook's
  std::optional<Money> holding_cost_now, holding_cost_next_month, holding_cost_oct_dec;
  int64_t holding_unknown_skus = 0;    // left out of the holding costs
  int64_t surcharge_unknown_skus = 0;  // in stock, of a known age: their holding is at least what is said
  int64_t ages_unknown_skus = 0;       // in stock: their holding is storage alone, at the least
  std::optional<double> sell_through;  // units of 90 days ÷ average units on hand in them
  int64_t valued_at_price_skus = 0;    // cost unknown: units at their price
  int64_t unvalued_skus = 0;           // neither cost nor price
  std::vector<std::pair<Band, size_t>> bands;
  std::vector<std::string> missing_rates;  // "CAD→USD"
  struct ShippedRate {
    Currency from, to;
    double rate;
    Date day;
  };
  std::vector<ShippedRate> shipped_rates;  // that stand in for the seller's own
  bool too_large = false;                  // a total is unknown for an amount beyond what Money holds
};

struct HealthReport {
  std::vector<Diagnosis> diagnoses;  // in the account's order; listings without stock and sales are in it too
  AccountFigures figures;
  std::vector<Text> warnings;  // stale reports, missing rates, alarms
};

Diagnosis diagnose(const account::Account& account, size_t listing, const market::Facts& facts);
HealthReport diagnose_account(const account::Account& account, const market::Facts& facts, unsigned threads);

// The currency that totals are in: the user's choice, else the one currency there is, else USD if among them, else the
// first.
Currency base_currency_of(const account::Account& account);

}  // namespace destock::health

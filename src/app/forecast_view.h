#pragma once
// The forecast as tables and JSON: every SKU in a line, and one SKU with its history, weeks and what they rest on.

#include "app/json.h"
#include "demand/account_forecast.h"

namespace destock::app {

// A line a SKU: its next weeks, what they rest on, its price response.
deliver::Table forecast_table(const account::Account& account, const demand::AccountForecast& forecast);
// A line a week of one SKU.
deliver::Table forecast_weeks_table(const demand::AccountForecast& forecast, size_t listing);
// What one SKU's forecast rests on, a line each.
deliver::Table forecast_basis_table(const account::Account& account, const market::Facts& facts,
                                    const demand::AccountForecast& forecast, size_t listing);

// `listings`: which; `with_history`: their past weeks as well.
Json forecast_json(const account::Account& account, const market::Facts& facts, const demand::AccountForecast& forecast,
                   const std::vector<size_t>& listings, bool with_history, Lang lang);

// The events of a listing's marketplace in the weeks of its history and forecast, for the chart.
std::vector<market::Event> events_around(const market::Facts& facts, const demand::AccountForecast& forecast,
                                         const std::string& marketplace);

}  // namespace destock::app

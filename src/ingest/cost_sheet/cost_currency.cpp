#include "ingest/cost_sheet/cost_currency.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"

namespace destock::ingest {
namespace {

struct Sign {
  std::string_view text;
  std::string_view currency;
};
constexpr std::array<std::string_view, 36> kCodes = {"CNY", "USD", "EUR", "GBP", "JPY", "CAD", "MXN", "INR", "HKD",
                                                     "AUD", "SGD", "PLN", "SEK", "TRY", "AED", "SAR", "EGP", "ZAR",
                                                     "BRL", "TWD", "KRW", "CHF", "DKK", "NOK", "CZK", "VND", "THB",
                                                     "NZD", "MYR", "IDR", "RON", "HUF", "PHP", "ILS", "COP", "RUB"};
// Longer signs first.
constexpr std::array<Sign, 31> kSigns = {
    {{"US$", "USD"},  {"CN¥", "CNY"},  {"C$", "CAD"},     {"A$", "AUD"},     {"R$", "BRL"},   {"HK$", "HKD"},
     {"NT$", "TWD"},  {"JP¥", "JPY"},  {"人民币", "CNY"}, {"人民幣", "CNY"}, {"美元", "USD"}, {"美金", "USD"},
     {"日元", "JPY"}, {"日圆", "JPY"}, {"日圓", "JPY"},   {"欧元", "EUR"},   {"英镑", "GBP"}, {"加元", "CAD"},
     {"澳元", "AUD"}, {"港元", "HKD"}, {"港币", "HKD"},   {"元", "CNY"},     {"円", "JPY"},   {"€", "EUR"},
     {"£", "GBP"},    {"₹", "INR"},    {"₺", "TRY"},      {"Zł", "PLN"},     {"ZŁ", "PLN"},   {"Kč", "CZK"},
     {"KČ", "CZK"}}};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// A code among other letters is none: "vendeur".
bool stands_alone(std::string_view text, std::string_view code) {
  for (size_t at = text.find(code); at != std::string_view::npos; at = text.find(code, at + 1)) {
    const size_t end = at + code.size();
    if ((at == 0 || !is_ascii_letter(text[at - 1])) && (end == text.size() || !is_ascii_letter(text[end]))) return true;
  }
  return false;
}

}  // namespace

std::optional<Currency> currency_in(std::string_view text) {
  const std::string searched = upper(text);
  if (stands_alone(searched, "RMB")) return Currency::parse("CNY");
  for (const std::string_view code : kCodes)
    if (stands_alone(searched, code)) return Currency::parse(code);
  for (const Sign& sign : kSigns)
    if (searched.find(sign.text) != std::string::npos) return Currency::parse(sign.currency);
  if (stands_alone(searched, "TL")) return Currency::parse("TRY");
  if (stands_alone(searched, "LEI")) return Currency::parse("RON");
  if (searched.find('$') != std::string::npos) return Currency::parse("USD");
  return std::nullopt;
}

bool is_crowns(std::string_view text) {
  return stands_alone(upper(text), "KR");
}

bool contradicts(std::string_view amount, Currency currency) {
  constexpr std::array<std::string_view, 10> kDollars = {"USD", "CAD", "AUD", "MXN", "HKD",
                                                         "SGD", "TWD", "NZD", "BRL", "COP"};
  const std::string code = currency.str(), searched = upper(amount);
  if (is_yen_or_yuan(amount)) return code != "CNY" && code != "JPY";
  if (is_crowns(amount)) return code != "SEK" && code != "DKK" && code != "NOK";
  const auto named = currency_in(amount);
  if (!named || *named == currency) return false;
  const bool bare_dollar =
      named->str() == "USD" && searched.find("US") == std::string::npos && searched.find("美") == std::string::npos;
  return !bare_dollar || std::find(kDollars.begin(), kDollars.end(), code) == kDollars.end();
}

bool is_yen_or_yuan(std::string_view text) {
  return !currency_in(text) && (text.find("¥") != std::string_view::npos || text.find("￥") != std::string_view::npos);
}

}  // namespace destock::ingest

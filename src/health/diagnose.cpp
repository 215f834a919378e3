#include "health/diagnose.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "account/sales_gaps.h"
#include "base/parallel.h"
#include "demand/listing_season.h"
#include "economics/sale_terms.h"
#include "health/cost_doubts.h"
#include "health/flags.h"

namespace destock::health {
namespace {

constexpr size_t kLeastPart = 256;  // listings that are worth a thread

bool is_new_listing(const account::Account& account, size_t listing, const market::AgeRule& rule) {
  const auto& first = account.first_seen[listing];
  if (first && days_between(*first, account.as_of) >= rule.new_listing_days) return false;
  if (first) return true;
  // Every unit in the youngest band says the same, if that band is young enough.
  bool young = false;
  for (const account::AgeBand& band : account.ages.of(listing)) {
    if (band.units <= 0) continue;
    if (!band.to_day || *band.to_day > rule.new_listing_days) return false;
    young = true;
  }
  return young;
}

void value_unit(const account::Account& account, Diagnosis& diagnosis) {
  const size_t i = diagnosis.listing;
  const Currency currency = account.listings[i].currency;
  if (const auto landed = economics::landed_cost(account, i, currency, account.as_of)) {
    diagnosis.unit_value = landed->total();
    diagnosis.value_basis = landed->freight_known ? ValueBasis::kLandedCost : ValueBasis::kPurchaseCost;
  } else if (account.costs[i].unit_cost) {
    diagnosis.value_basis = ValueBasis::kRateMissing;  // the cost is there: its price is no stand-in for it
  } else if (account.fees[i].price) {
    diagnosis.unit_value = account.fees[i].price;
    diagnosis.value_basis = ValueBasis::kPrice;
  }
}

// What a season that is on leaves behind: from `lead_weeks` before its event to its last day.
std::optional<Diagnosis::SeasonLeft> season_left(const account::Account& account, const Diagnosis& diagnosis,
                                                 const market::Facts& facts) {
  const auto season = demand::listing_season(account, diagnosis.listing, facts);
  if (!season || !season->prior || !diagnosis.velocity.weighted) return std::nullopt;
  const Date from = season->event->first_day - Days(7 * season->prior->lead_weeks);
  if (account.as_of < from || account.as_of > season->event->last_day) return std::nullopt;
  const double pace = std::max(*diagnosis.velocity.weighted, diagnosis.velocity.in_stock.value_or(0));
  const auto days = static_cast<double>(days_between(account.as_of, season->event->last_day) + 1);
  const int64_t left = account.stock[diagnosis.listing].total() - std::llround(pace * days);
  if (left <= 0) return std::nullopt;
  return Diagnosis::SeasonLeft{season->event->name, season->event->last_day, left, season->guessed};
}

// A sum in the base currency that gives up once a rate is missing, or an amount is beyond what Money holds.
class Total {
public:
  Total(const account::Account& account, Currency base, std::set<std::string>& missing)
      : account_(account), missing_(missing), sum_(Money::zero(base)) {}
  void add(const Money& amount) { add(amount, 1); }
  void add(const Money& each, int64_t units) {
    any_ = true;
    if (each.is_zero() || units == 0) return;
    const Currency base = sum_.currency();
    const auto amount = each.by(units);
    const auto converted = amount ? account_.rates.convert(*amount, base, account_.as_of) : std::nullopt;
    const auto sum = converted ? sum_.plus(*converted) : std::nullopt;
    if (sum) {
      sum_ = *sum;
      return;
    }
    whole_ = false;
    if (account_.rates.rate_on(account_.as_of, each.currency(), base))
      too_large_ = true;
    else
      missing_.insert(each.currency().str() + "→" + base.str());
  }
  void lose() { whole_ = false; }  // something is in it of which no figure is known
  std::optional<Money> value() const { return whole_ && any_ ? std::optional<Money>(sum_) : std::nullopt; }
  bool too_large() const { return too_large_; }

private:
  const account::Account& account_;
  std::set<std::string>& missing_;
  Money sum_;
  bool whole_ = true;
  bool any_ = false;
  bool too_large_ = false;
};

void sell_through_of(const account::Account& account, AccountFigures& figures) {
  double shipped = 0;
  double average = 0;
  for (size_t i = 0; i < account.size(); ++i) {
    const auto& view = account.amazon[i];
    if (!view.units_t90 || !view.sell_through || *view.sell_through <= 0) continue;
    shipped += static_cast<double>(*view.units_t90);
    average += static_cast<double>(*view.units_t90) / *view.sell_through;
  }
  if (average > 0) figures.sell_through = shipped / average;
}

AccountFigures figures_of(const account::Account& account, const std::vector<Diagnosis>& diagnoses,
                          const market::Playbook& playbook) {
  AccountFigures figures;
  figures.base_currency = base_currency_of(account);
  std::set<std::string> missing;
  std::set<std::pair<Currency, Currency>> pairs;  // that figures need
  const auto total = [&] { return Total(account, figures.base_currency, missing); };
  Total value = total(), excess = total(), now = total(), next = total(), peak = total();
  std::vector<size_t> bands(static_cast<size_t>(Band::kUnknown) + 1, 0);
  for (const Diagnosis& diagnosis : diagnoses) {
    const account::StockPosition& stock = account.stock[diagnosis.listing];
    ++bands[static_cast<size_t>(diagnosis.band)];
    if (diagnosis.band == Band::kNoStock) continue;
    ++figures.skus;
    figures.units += stock.total();
    figures.excess_units += diagnosis.excess_units;
    if (stock.total() > 0) {
      const auto& cost = account.costs[diagnosis.listing].unit_cost;
      const Currency currency = account.listings[diagnosis.listing].currency;
      if (cost && !account.rates.rate_on(account.as_of, cost->currency(), currency))
        missing.insert(cost->currency().str() + "→" + currency.str());
      if (cost) pairs.emplace(cost->currency(), currency);
      pairs.emplace(currency, figures.base_currency);
      if (diagnosis.unit_value) {
        value.add(*diagnosis.unit_value, stock.total());
        excess.add(*diagnosis.unit_value, diagnosis.excess_units);
        figures.valued_at_price_skus += diagnosis.value_basis == ValueBasis::kPrice;
      } else if (diagnosis.value_basis == ValueBasis::kRateMissing) {
        value.lose();
        excess.lose();
      } else {
        ++figures.unvalued_skus;
      }
    }
    if (stock.on_hand() > 0 && !diagnosis.holding.next_month) ++figures.holding_unknown_skus;
    if (stock.on_hand() > 0 && !diagnosis.ageing.known) ++figures.ages_unknown_skus;
    if (diagnosis.ageing.known && diagnosis.holding.surcharge_unknown) ++figures.surcharge_unknown_skus;
    if (diagnosis.holding.now) now.add(*diagnosis.holding.now);
    if (diagnosis.holding.next_month) next.add(*diagnosis.holding.next_month);
    if (diagnosis.holding.oct_dec) peak.add(*diagnosis.holding.oct_dec);
  }
  figures.stock_value = value.value();
  figures.excess_value = excess.value();
  if (figures.stock_value && figures.excess_value && figures.stock_value->units() > 0)
    figures.excess_share = figures.excess_value->to_double() / figures.stock_value->to_double();
  if (figures.units > 0)
    figures.excess_share_units = static_cast<double>(figures.excess_units) / static_cast<double>(figures.units);
  figures.alarm = figures.excess_share.value_or(figures.excess_share_units) > playbook.account.excess_share_alarm;
  figures.holding_cost_now = now.value();
  figures.holding_cost_next_month = next.value();
  figures.holding_cost_oct_dec = peak.value();
  for (const Total* sum : {&value, &excess, &now, &next, &peak})
    figures.too_large = figures.too_large || sum->too_large();
  for (size_t band = 0; band < bands.size(); ++band)
    if (bands[band] > 0) figures.bands.emplace_back(static_cast<Band>(band), bands[band]);
  figures.missing_rates.assign(missing.begin(), missing.end());
  for (const auto& [from, to] : pairs)
    if (const auto since = account.rates.shipped_since(account.as_of, from, to))
      figures.shipped_rates.push_back({from, to, *account.rates.rate_on(account.as_of, from, to), *since});
  sell_through_of(account, figures);
  return figures;
}

// "A, B, C, D, E, …"
template <typename Words>
std::string first_few(const Words& words) {
  constexpr size_t kFew = 5;
  std::string text;
  size_t named = 0;
  for (const std::string& word : words) {
    if (named == kFew) return text + ", …";
    text += (named++ > 0 ? ", " : "") + word;
  }
  return text;
}

// Reports that are old, newer ones that were set aside, and those of a day that is still to come.
void warn_of_reports(const account::Account& account, const market::Playbook& playbook, std::vector<Text>& warnings) {
  for (const account::ReportAge& report : account.reports) {
    const Text name = account::report_name(report.report);
    const int64_t age = days_between(report.day, account.as_of);
    const std::string days = std::to_string(age);
    if (account::is_weekly(report.report) && age > playbook.account.stale_after_days)
      warnings.push_back(
          {name.en + " " + report.marketplace + " is " + days + " days older than " + iso(account.as_of) +
               ": download a new one",
           name.zh + " " + report.marketplace + " 比 " + iso(account.as_of) + " 早 " + days + " 天：请重新下载"});
    if (report.newer_set_aside)
      warnings.push_back({name.en + " " + report.marketplace +
                              ": a newer report was set aside as suspicious; the one of " + iso(report.day) +
                              " stays in force (destock imports)",
                          name.zh + " " + report.marketplace + "：较新的报告因可疑被搁置；仍使用 " + iso(report.day) +
                              " 的报告（destock imports）"});
  }
  for (const account::ReportAge& report : account.not_in_force) {
    const Text name = account::report_name(report.report);
    warnings.push_back({name.en + " " + report.marketplace + " of " + iso(report.day) +
                            " is not in force: it is of a later day than the snapshot, " + iso(account.as_of) +
                            "; import a newer FBA Inventory report, or import it again with --snapshot-date",
                        iso(report.day) + " 的" + name.zh + "（" + report.marketplace + "）未生效：晚于快照日期 " +
                            iso(account.as_of) + "；请导入更新的 FBA 库存报告，或用 --snapshot-date 重新导入"});
  }
}

std::vector<Text> warnings_of(const account::Account& account, const AccountFigures& figures,
                              const market::Playbook& playbook) {
  std::vector<Text> warnings;
  warn_of_reports(account, playbook, warnings);
  // Days since the last report are what its age says.
  for (const account::SalesSpan& gap : account.sales_gaps)
    if (gap.last_day < account.as_of - Days(1)) warnings.push_back(account::untold_sales(gap));
  for (const AccountFigures::ShippedRate& rate : figures.shipped_rates)
    warnings.push_back(
        {fmt::format("exchange rate {}→{}: {:.6g}, shipped with the program, of {}; give your own with destock rate "
                     "set or in Settings",
                     rate.from.str(), rate.to.str(), rate.rate, iso(rate.day)),
         fmt::format("汇率 {}→{}：暂用程序自带的 {:.6g}（{}）；请用 destock rate set 或在设置中填写您的汇率",
                     rate.from.str(), rate.to.str(), rate.rate, iso(rate.day))});
  for (const std::string& pair : figures.missing_rates)
    warnings.push_back({"no exchange rate " + pair + ": account totals stay unknown; add one with destock rate set",
                        "缺少汇率 " + pair + "：账户合计无法计算；请用 destock rate set 添加"});
  if (figures.too_large)
    warnings.push_back(
        {"prices, costs, rates or stock are so large that account totals stay unknown: look for a wrong "
         "column in the newest reports and import them again",
         "价格、成本、汇率或库存数值过大，账户合计无法计算：请检查最新报告是否错列并重新导入"});
  if (figures.alarm) {
    const auto percent = std::lround(figures.excess_share.value_or(figures.excess_share_units) * 100);
    const auto limit = std::lround(playbook.account.excess_share_alarm * 100);
    warnings.push_back(
        {"excess is " + std::to_string(percent) + "% of the stock, above the alarm of " + std::to_string(limit) + "%",
         "冗余占库存 " + std::to_string(percent) + "%，高于警戒线 " + std::to_string(limit) + "%"});
  }
  if (figures.ages_unknown_skus > 0) {
    const std::string n = std::to_string(figures.ages_unknown_skus);
    warnings.push_back(
        {n + (figures.ages_unknown_skus == 1 ? " SKU" : " SKUs") +
             " without inventory age: the aged inventory surcharge is unknown and in no figure, holding costs at least "
             "what is shown; import FBA Inventory",
         n + " 个 SKU 库龄未提供：超龄附加费未提供，未计入任何金额，持有成本至少为所示数额；请导入 FBA 库存报告"});
  }
  if (figures.surcharge_unknown_skus > 0) {
    const std::string n = std::to_string(figures.surcharge_unknown_skus);
    warnings.push_back(
        {n + (figures.surcharge_unknown_skus == 1 ? " SKU" : " SKUs") +
             " whose aged inventory surcharge is unknown, now or for some ages: it is in no figure, holding costs at "
             "least what is shown; destock facts says where",
         n + " 个 SKU 当前或部分库龄的超龄附加费未提供：未计入任何金额，持有成本至少为所示数额；destock facts 可查看"});
  }
  if (figures.valued_at_price_skus > 0) {
    const std::string n = std::to_string(figures.valued_at_price_skus);
    warnings.push_back(
        {n + " SKUs have no known cost: their units are valued at their price", n + " 个 SKU 缺少成本：按售价计值"});
  }
  if (!account.unmatched_costs.empty()) {
    const std::string some = first_few(account.unmatched_costs);
    const std::string n = std::to_string(account.unmatched_costs.size());
    warnings.push_back(
        {n + (n == "1" ? " SKU of the cost sheet matches" : " SKUs of the cost sheet match") + " no listing: " + some,
         "成本表中 " + n + " 个 SKU 无对应商品：" + some});
  }
  if (!account.unmatched_orders.empty()) {
    const std::string some = first_few(account.unmatched_orders);
    const std::string n = std::to_string(account.unmatched_orders.size());
    warnings.push_back(
        {n + (n == "1" ? " line of purchase orders is" : " lines of purchase orders are") +
             " of no listing, or of several where no marketplace is named; not counted as on their way: " + some,
         n + " 行采购单无对应商品，或未填站点而对应多个：未计入在途：" + some});
  }
  return warnings;
}

// SKUs that a spreadsheet seems to have damaged, and what they were taken for.
void warn_of_damage(const account::Account& account, std::vector<Text>& warnings) {
  if (account.doubted_skus.empty()) return;
  std::set<std::string> pairs;
  for (const account::DoubtedSku& doubted : account.doubted_skus)
    pairs.insert(doubted.sku + " → " + doubted.taken_for + (doubted.of_cost ? " (cost)" : ""));
  const std::string n = std::to_string(pairs.size()), some = first_few(pairs);
  warnings.push_back({n +
                          " SKUs are written otherwise than in other reports, damaged by a spreadsheet or typed, and "
                          "taken for the one known SKU that each can mean: " +
                          some + "; import downloaded files without Excel",
                      "有 " + n +
                          " 个 SKU 与其他报告写法不同（被表格软件损坏或手工录入），已按唯一可能的已知 SKU 处理：" +
                          some + "；下载的文件请勿用 Excel 保存后再导入"});
}

// A season of the cost sheet that is no event of the marketplace's calendar changes nothing, which is said.
void warn_of_seasons(const account::Account& account, const market::Facts& facts, std::vector<Text>& warnings) {
  std::map<std::pair<std::string_view, std::string_view>, bool> known;  // by marketplace and season: asked once each
  std::set<std::string> unknown;
  for (size_t i = 0; i < account.size(); ++i) {
    const account::Listing& listing = account.listings[i];
    if (listing.season.empty() || account.stock[i].total() <= 0) continue;
    const auto [asked, fresh] = known.try_emplace({listing.marketplace, listing.season});
    if (fresh) asked->second = demand::listing_season(account, i, facts).has_value();
    if (!asked->second) unknown.insert(listing.season);
  }
  if (unknown.empty()) return;
  const std::string some = first_few(unknown);
  warnings.push_back({"seasons of the cost sheet that are no event of the calendar, taken as none: " + some,
                      "成本表中的季节不在活动日历中，按无季节处理：" + some});
}

}  // namespace

std::string_view value_basis_id(ValueBasis basis) {
  switch (basis) {
    case ValueBasis::kLandedCost: return "landed_cost";
    case ValueBasis::kPurchaseCost: return "purchase_cost";
    case ValueBasis::kPrice: return "price";
    case ValueBasis::kRateMissing: return "rate_missing";
    case ValueBasis::kUnknown: return "unknown";
  }
  return "";
}

Currency base_currency_of(const account::Account& account) {
  if (account.base_currency) return *account.base_currency;
  std::set<std::string> codes;
  for (const account::Listing& listing : account.listings) codes.insert(listing.currency.str());
  if (codes.empty() || codes.contains("USD")) return currency_of("USD");
  return currency_of(*codes.begin());
}

Diagnosis diagnose(const account::Account& account, size_t listing, const market::Facts& facts) {
  const market::Playbook& playbook = facts.playbook;
  const account::StockPosition& stock = account.stock[listing];
  Diagnosis diagnosis;
  diagnosis.listing = listing;
  diagnosis.velocity = demand::velocity(account, listing, playbook.velocity);
  const auto month = diagnosis.velocity.units_last_month;
  diagnosis.stock_to_sales = stock_to_sales(stock.total(), month);
  diagnosis.band =
      band_of(stock.total(), month, is_new_listing(account, listing, playbook.age), playbook.stock_to_sales);
  diagnosis.excess_units = excess_units(stock.total(), month, diagnosis.band, playbook.stock_to_sales);
  if (diagnosis.velocity.weighted && *diagnosis.velocity.weighted > 0)
    diagnosis.days_of_supply = static_cast<double>(stock.total()) / *diagnosis.velocity.weighted;
  diagnosis.sell_through = account.amazon[listing].sell_through;
  const economics::HoldingTerms terms = economics::holding_terms(account, listing, facts, account.as_of);
  diagnosis.ageing = ageing(account.ages.of(listing), account.receipts.of(listing), stock.on_hand(), account.as_of,
                            playbook.age, terms.first_charged(account.as_of));
  diagnosis.holding = economics::holding_cost(account, listing, terms);
  value_unit(account, diagnosis);
  diagnosis.season = season_left(account, diagnosis, facts);
  diagnosis.priority = priority_of(diagnosis, account.as_of, playbook.account);
  return diagnosis;
}

HealthReport diagnose_account(const account::Account& account, const market::Facts& facts, unsigned threads) {
  HealthReport report;
  report.diagnoses.resize(account.size());
  in_parts(account.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) report.diagnoses[i] = diagnose(account, i, facts);
  });
  report.figures = figures_of(account, report.diagnoses, facts.playbook);
  report.warnings = warnings_of(account, report.figures, facts.playbook);
  warn_of_seasons(account, facts, report.warnings);
  warn_of_damage(account, report.warnings);
  for (Text& doubt : cost_doubts(account, facts.checks)) report.warnings.push_back(std::move(doubt));
  return report;
}

}  // namespace destock::health

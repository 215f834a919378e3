#include "economics/fee_quote.h"

#include <algorithm>

#include "base/volume.h"
#include "economics/holding.h"

namespace destock::economics {
namespace {

double cubic_feet(const PackageSize& size) {
  return size.sides_in[0] * size.sides_in[1] * size.sides_in[2] / 1728;
}

void quote_fulfilment(const market::RateCard& card, const PackageSize& size, const Money& price,
                      const std::string& category, FeeQuote& quote) {
  quote.tier = size_tier_of(card, size, quote.day);
  if (!quote.tier) {
    quote.unknown.push_back(
        {"size tier unknown: no card for that day, using Fee Preview", "尺寸分段未知：该日无费率表，请使用费用预览"});
    return;
  }
  quote.fulfilment = fulfilment_fee(card, fee_group_of(category), quote.tier->tier->id, quote.tier->shipping_weight_lb,
                                    price, quote.day, size);
  if (!quote.fulfilment)
    quote.unknown.push_back({"fulfilment fee unknown: no table for that tier, category and day, using Fee Preview",
                             "配送费未知：该分段、类目与日期无费率表，请使用费用预览"});
  else if (quote.fulfilment->peak_unknown)
    quote.unknown.push_back({"peak season: the peak table is not known, the fulfilment fee is at least this",
                             "旺季：旺季费率表未知，配送费至少为此数"});
  if (!quote.tier->table->dimensional_divisor)
    quote.unknown.push_back({"dimensional weight unknown: unit weight used", "体积重规则未知：按实重计算"});
}

void quote_storage(const market::RateCard& card, bool by_cubic_metre, const PackageSize& size, FeeQuote& quote) {
  const bool oversize = quote.tier && quote.tier->tier->bulky;
  const market::StorageRate* rate = market::storage_in_force(card, oversize ? "oversize" : "standard", quote.day);
  const double volume = by_cubic_metre ? cubic_feet(size) / kCubicFeetPerCubicMetre : cubic_feet(size);
  if (rate) {
    const auto part = [&](unsigned month) {
      return FeePart{"storage",
                     {"monthly storage", "月仓储费"},
                     rate->per_volume_by_month[month - 1].times(volume),
                     rate->source,
                     rate->confidence};
    };
    quote.storage_per_month = part(month_of(quote.day));
    quote.storage_jan_sep = part(1);
    quote.storage_oct_dec = part(10);
  } else {
    quote.unknown.push_back({"storage fee unknown: no card, using the planning report's estimate",
                             "仓储费未知：无费率表，请使用库存报告的估算"});
  }
  const market::AgedSurcharge* aged = market::in_force(card.aged, quote.day);
  if (!aged) {
    quote.unknown.push_back({"aged inventory surcharge unknown: no card", "超龄附加费未知：无费率表"});
    return;
  }
  quote.aged_source = aged->source;
  for (const market::AgedBand& band : aged->bands) {
    Money fee = band.per_volume.times(volume);
    if (band.per_unit_minimum) fee = std::max(fee, *band.per_unit_minimum);
    quote.aged.push_back({band.from_day, band.to_day, fee});
  }
}

void quote_exits(const market::RateCard& card, const market::Facts& facts, const PackageSize& size, const Money& price,
                 const std::string& category, FeeQuote& quote) {
  const bool standard = !quote.tier || !quote.tier->tier->bulky;
  const std::string_view size_class = exit_size_class(standard ? "standard" : "oversize", category, card, quote.day);
  const market::RemovalFee* removal = market::removal_in_force(card, size_class, quote.day);
  const auto fee =
      removal ? market::fee_of_weight(removal->bands, removal->per_lb_above, size.weight_lb, removal->above_base)
              : std::nullopt;
  if (fee)
    quote.removal =
        FeePart{"removal", {"removal or disposal", "移除或弃置费"}, *fee, removal->source, removal->confidence};
  else
    quote.unknown.push_back({"removal fee unknown: no table for that size", "移除费未知：该尺寸无费率表"});
  const market::LiquidationTerms* terms = market::liquidation_in_force(card, size_class, quote.day);
  const auto processing = terms ? market::fee_of_weight(terms->processing, terms->processing_per_lb_above,
                                                        size.weight_lb, terms->processing_above_base)
                                : std::nullopt;
  if (!processing) {
    quote.unknown.push_back({"liquidation unknown: no processing fee for that size", "批量清货未知：该尺寸无处理费率"});
    return;
  }
  const Money gross = price.times(facts.playbook.liquidation.recovery_of_price);
  quote.liquidation = FeePart{"liquidation",
                              {"liquidation, net of its referral and processing", "批量清货（扣除佣金与处理费后）"},
                              gross.times(1 - terms->referral_on_gross) - *processing,
                              terms->source,
                              terms->confidence};
}

}  // namespace

Result<FeeQuote> fee_quote(const market::Facts& facts, const std::string& marketplace, const PackageSize& size,
                           const Money& price, const std::string& category, Date day) {
  const auto named = facts.marketplaces.find(marketplace);
  if (named == facts.marketplaces.end())
    return fail(ErrorKind::kNotFound, {"no such marketplace: " + marketplace, "没有该站点：" + marketplace}, {},
                {"destock facts lists them", "destock facts 可列出全部"});
  FeeQuote quote{marketplace, named->second.currency, day, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  const market::RateCard* card = facts.rate_card(marketplace);
  if (!card) {
    quote.unknown.push_back(
        {"no rate card of " + marketplace + ": using Fee Preview", marketplace + " 无费率表：请使用费用预览"});
    return quote;
  }
  quote_fulfilment(*card, size, price, category, quote);
  if (const market::ReferralRate* referral = market::in_force(card->referral, day))
    quote.referral = FeePart{
        "referral", {"referral fee", "佣金"}, referral->fee(price, category), referral->source, referral->confidence};
  else
    quote.unknown.push_back({"referral fee unknown: no card for that day", "佣金未知：该日无费率表"});
  quote_storage(*card, named->second.storage_by_cubic_metre, size, quote);
  quote_exits(*card, facts, size, price, category, quote);
  return quote;
}

}  // namespace destock::economics

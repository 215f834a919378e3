#include "economics/fee_quote.h"

#include <algorithm>

#include "economics/holding.h"

namespace destock::economics {
namespace {

double cubic_feet(const PackageSize& size) {
  return size.sides_in[0] * size.sides_in[1] * size.sides_in[2] / 1728;
}

class Quoting {
public:
  Quoting(const market::Facts& facts, const market::Marketplace& marketplace, const market::RateCard& card,
          const QuoteAsked& asked, FeeQuote& quote)
      : facts_(facts), marketplace_(marketplace), card_(card), asked_(asked), quote_(quote) {}

  void all() {
    quote_.metric = card_.metric;
    quote_.tax_in_fulfilment = card_.tax_in_fulfilment;
    fulfilment();
    referral();
    selling_surcharges();
    storage();
    aged();
    removal();
    liquidation();
    may_be_due();
    for (const market::FeeRemark& remark : card_.remarks)
      (remark.unknown ? quote_.unknown : quote_.notes).push_back(remark.say);
  }

private:
  void unknown(const char* en, const char* zh) { quote_.unknown.push_back({en, zh}); }
  void dispute(const std::string& fee, const Money& one, const Money& other, const std::string& source,
               const Text& note = {}) {
    quote_.disputes.push_back({fee, one, other, source, note});
  }
  FeePart part(const char* id, const Text& name, const Money& amount, const market::Sourced& row) const {
    return {id, name, amount, row.source, row.confidence};
  }

  void fulfilment() {
    quote_.tier = size_tier_of(card_, asked_.size, asked_.day, asked_.category);
    if (!quote_.tier)
      return unknown("size tier unknown: no card for that day or size, using Fee Preview",
                     "尺寸分段未提供：该日或该尺寸无费率表，请使用费用预览");
    auto answer = fulfilment_of(
        card_, shipment_of(*quote_.tier, asked_.size, asked_.category, asked_.price, asked_.day, asked_.programmes));
    quote_.fulfilment = answer.fee;
    if (answer.one)
      dispute("fulfilment", answer.one->amount, answer.other->amount, answer.one->source);
    else if (!answer.fee)
      unknown("fulfilment fee unknown: no table for that tier, category and day, using Fee Preview",
              "配送费未提供：该分段、类目与日期无费率表，请使用费用预览");
    else if (answer.fee->peak_unknown)
      unknown("peak season: the peak table is not known, the fulfilment fee is at least this",
              "旺季：旺季费率表未提供，配送费至少为此数");
    if (!quote_.tier->table->dimensional_divisor && !quote_.tier->table->unit_weight_by_rule)
      quote_.notes.push_back({"dimensional weight unknown: unit weight used", "体积重规则未提供：按实重计算"});
  }

  void referral() {
    const market::ReferralRate* rate = market::in_force(card_.referral, asked_.day);
    if (!rate) return unknown("referral fee unknown: no card for that day", "佣金未提供：该日无费率表");
    closing(*rate);
    const std::string_view tier = quote_.tier ? quote_.tier->tier->id : std::string_view();
    if (const auto* of_tier = rate->minimum_of(tier); of_tier && !of_tier->least)
      unknown("this size tier pays a least referral fee that is not known: the fee is at least this",
              "该尺寸分段另有最低佣金，数额暂无数据：佣金至少为此数");
    const market::Priced priced = rate->priced(asked_.price, asked_.category, tier);
    const market::ReferralCategory* category = rate->category(asked_.category);
    if (priced.disputed())
      return dispute("referral", priced.fee, *priced.other, rate->source, category ? category->note : Text{});
    if (!category && !asked_.category.empty())
      quote_.notes.push_back(
          {"the card has no referral rate for \"" + asked_.category + "\": its default rate is counted",
           "费率表没有“" + asked_.category + "”的佣金率：按默认佣金率计"});
    quote_.referral = part("referral", {"referral fee", "佣金"}, priced.fee, *rate);
    if (rate->tax_on_top > 0) quote_.referral_tax = (priced.fee + closing_fee()).times(rate->tax_on_top);
  }

  Money closing_fee() const { return quote_.closing ? quote_.closing->amount : Money::zero(quote_.currency); }

  void closing(const market::ReferralRate& rate) {
    const market::ClosingFee fee = rate.closing(asked_.category);
    if (fee.other) return dispute("closing", *fee.fee, *fee.other, rate.source);
    if (fee.unknown) return unknown("closing fee of media not known: in no figure", "媒介类结算费暂无数据：未计入");
    if (fee.fee) quote_.closing = part("closing", {"closing fee", "结算费"}, *fee.fee, rate);
  }

  void selling_surcharges() {
    for (const market::SellingSurcharge& one : card_.selling_surcharges) {
      const auto& in = asked_.programmes;
      if (!one.in_force_on(asked_.day) || std::find(in.begin(), in.end(), one.programme) == in.end()) continue;
      if (!quote_.referral || !quote_.fulfilment)
        return unknown("what comes on top of referral and fulfilment is unknown, as one of them is",
                       "佣金或配送费未提供，其附加费无法计算");
      quote_.selling_surcharge =
          part("selling_surcharge", one.name,
               (quote_.referral->amount + closing_fee() + quote_.fulfilment->total).times(one.rate), one);
    }
  }

  std::string_view size_class() const { return quote_.tier && quote_.tier->tier->bulky ? "oversize" : "standard"; }

  void storage() {
    const market::StorageRate* rate = market::storage_in_force(card_, size_class(), asked_.day, asked_.category);
    if (!quote_.tier && rate != market::storage_in_force(card_, "oversize", asked_.day, asked_.category))
      return unknown("storage fee unknown: it hangs on the size tier", "仓储费未提供：取决于尺寸分段");
    if (!rate)
      return unknown("storage fee unknown: no card, using the planning report's estimate",
                     "仓储费未提供：无费率表，请使用库存报告的估算");
    const auto in_month = [&](Date month) {
      return part("storage", {"monthly storage", "月仓储费"},
                  Money::from_double(storage_of(*rate, marketplace_, cubic_feet(asked_.size), month), quote_.currency),
                  *rate);
    };
    const auto first_of = [&](unsigned month) {
      Date day = first_of_month(asked_.day);
      while (month_of(day) != month) day = first_of_next_month(day);
      return day;
    };
    quote_.storage_per_month = in_month(first_of_month(asked_.day));
    quote_.storage_jan_sep = in_month(first_of(1));
    quote_.storage_oct_dec = in_month(first_of(10));
  }

  void aged() {
    const market::AgedSurcharge* surcharge = market::in_force(card_.aged, asked_.day);
    if (!surcharge) return unknown("aged inventory surcharge unknown: no card", "超龄附加费未提供：无费率表");
    quote_.aged_source = surcharge->source;
    const double volume = cubic_feet(asked_.size) * volumes_per_cuft(marketplace_);
    for (const market::AgedBand& band : surcharge->bands) {
      if (market::names_any(asked_.category, band.excluded_categories)) continue;
      const auto charged = [&](const Money& rate) {
        const Money fee = rate.times(volume);
        return band.per_unit_minimum ? std::max(fee, *band.per_unit_minimum) : fee;
      };
      const Money fee = charged(band.per_volume);
      AgedLine line{band.from_day, band.to_day, fee, {}, {}};
      if (band.per_volume_or) {
        line = {band.from_day, band.to_day, {}, fee, charged(*band.per_volume_or)};
        dispute("aged_surcharge", *line.one, *line.other, surcharge->source,
                {"of " + std::to_string(band.from_day) + " days", std::to_string(band.from_day) + " 天起"});
      }
      quote_.aged.push_back(line);
    }
  }

  bool in_programme(const std::string& id) const {
    return std::find(asked_.programmes.begin(), asked_.programmes.end(), id) != asked_.programmes.end();
  }

  // Fees of an account, not of a product: said, and in no figure.
  void may_be_due() {
    for (const market::LowInventoryFee& row : card_.low_inventory)
      if (row.in_force_on(asked_.day) && (row.programme.empty() || in_programme(row.programme)))
        quote_.notes.push_back({"a low-inventory-level fee comes on top where days of supply are short",
                                "可售天数不足时另收低库存水平费"});
    for (const market::UtilisationSurcharge& row : card_.utilisation)
      if (row.in_force_on(asked_.day) && row.size_class == size_class())
        quote_.notes.push_back({"a storage utilisation surcharge may come on top: " + row.applies.en,
                                "可能另收库容利用率附加费：" + row.applies.zh});
  }

  void removal() {
    const std::string_view at_exit = exit_size_class(size_class(), asked_.category, card_, asked_.day);
    const market::RemovalFee* row = market::removal_in_force(card_, at_exit, asked_.day);
    const auto priced = row ? row->table.priced(asked_.size.weight_lb) : std::nullopt;
    if (!priced) return unknown("removal fee unknown: no table for that size", "移除费未提供：该尺寸无费率表");
    if (priced->disputed()) return dispute("removal", priced->fee, *priced->other, row->source);
    quote_.removal = part("removal", {"removal or disposal", "移除或弃置费"}, priced->fee, *row);
  }

  void liquidation() {
    const std::string_view at_exit = exit_size_class(size_class(), asked_.category, card_, asked_.day);
    const market::LiquidationTerms* terms = market::liquidation_in_force(card_, at_exit, asked_.day);
    const auto processing = terms ? terms->processing.priced(asked_.size.weight_lb) : std::nullopt;
    if (!processing)
      return unknown("liquidation unknown: no processing fee for that size", "批量清货未提供：该尺寸无处理费率");
    const Money gross =
        asked_.price.times(facts_.playbook.liquidation.recovery_of_price / (1 + marketplace_.tax_in_price));
    const Money brings = gross.times(1 - terms->referral_on_gross);
    if (processing->disputed())
      return dispute("liquidation", brings - processing->fee, brings - *processing->other, terms->source);
    quote_.liquidation =
        part("liquidation", {"liquidation, net of its referral and processing", "批量清货（扣除佣金与处理费后）"},
             brings - processing->fee, *terms);
  }

  const market::Facts& facts_;
  const market::Marketplace& marketplace_;
  const market::RateCard& card_;
  const QuoteAsked& asked_;
  FeeQuote& quote_;
};

}  // namespace

Result<FeeQuote> fee_quote(const market::Facts& facts, const QuoteAsked& asked) {
  const auto named = facts.marketplaces.find(asked.marketplace);
  if (named == facts.marketplaces.end())
    return fail(ErrorKind::kNotFound, {"no such marketplace: " + asked.marketplace, "没有该站点：" + asked.marketplace},
                {}, {"destock facts lists them", "destock facts 可列出全部"});
  FeeQuote quote{asked.marketplace, named->second.currency, asked.day};
  quote.programmes = asked.programmes;
  quote.tax_in_price = named->second.tax_in_price;
  const market::RateCard* card = facts.rate_card(asked.marketplace);
  for (const std::string& id : asked.programmes)
    if (!card || !card->programme(id)) {
      std::string known;
      for (size_t i = 0; card && i < card->programmes.size(); ++i) known += (i ? ", " : "") + card->programmes[i].id;
      return fail(ErrorKind::kNotFound,
                  {"no such programme in " + asked.marketplace + ": " + id, asked.marketplace + " 没有该计划：" + id},
                  {},
                  {known.empty() ? "no programme there changes a fee" : "it knows " + known,
                   known.empty() ? "该站点没有会改变费用的计划" : "可用：" + known});
    }
  if (!card)
    quote.unknown.push_back(
        {"no rate card of " + asked.marketplace + ": fees there come from your own reports alone, import Fee Preview",
         asked.marketplace + " 无费率表：该站点费用仅来自您自己的报告，请导入费用预览"});
  else
    Quoting(facts, named->second, *card, asked, quote).all();
  return quote;
}

Result<FeeQuote> fee_quote(const market::Facts& facts, const std::string& marketplace, const PackageSize& size,
                           const Money& price, const std::string& category, Date day) {
  return fee_quote(facts, {marketplace, size, price, category, day, {}});
}

}  // namespace destock::economics

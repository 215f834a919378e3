#include "app/fact_check.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "app/fact_coverage.h"
#include "app/json_parts.h"
#include "economics/exit_value.h"
#include "economics/holding.h"
#include "economics/sale_terms.h"

namespace destock::app {
namespace {

// The first day after `day` from which the rows say something else.
template <typename Row>
void note_change(const Row& row, Date day, std::optional<Date>& next) {
  const auto take = [&](Date at) {
    if (at > day && (!next || at < *next)) next = at;
  };
  take(row.effective_from);
  if (row.effective_to) take(*row.effective_to + Days(1));
}

class Changes {
public:
  Changes(Date day, std::vector<CardChange>& out) : day_(day), out_(out) {}

  template <typename Row, typename Key>
  void of(const std::string& marketplace, const std::string& kind, const std::vector<Row>& rows, Key key) {
    std::map<std::string, CardChange> by_key;
    for (const Row& row : rows) {
      const std::string id = kind + (key(row).empty() ? "" : "." + key(row));
      CardChange& change = by_key.try_emplace(id, CardChange{marketplace, id, {}, {}, {}, {}}).first->second;
      note_change(row, day_, change.next);
      if (!row.in_force_on(day_)) continue;
      change.from = row.effective_from;
      change.source = row.source;
      change.confidence = row.confidence;
      if constexpr (requires { row.table.bands; }) change.disputed = disputed(row.table);
      if constexpr (requires { row.processing.bands; }) change.disputed = disputed(row.processing);
    }
    for (auto& [id, change] : by_key) out_.push_back(std::move(change));
  }

private:
  Date day_;
  std::vector<CardChange>& out_;
};

// A fee's id, as tables in English have it, and its name in Chinese.
Text fee_name(const std::string& fee) {
  static const std::map<std::string, std::string> kChinese = {{"storage", "月仓储费"},
                                                              {"utilisation", "库容利用率附加费"},
                                                              {"aged_surcharge", "超龄附加费"},
                                                              {"fulfilment", "配送费"},
                                                              {"referral", "佣金"},
                                                              {"closing", "媒介类结算费"},
                                                              {"removal", "移除费"},
                                                              {"liquidation", "批量清货"},
                                                              {"returns_processing", "退货处理费"},
                                                              {"digital_services", "数字服务费"},
                                                              {"inbound_placement", "入库配置费"},
                                                              {"tax", "税"},
                                                              {"outlet", "Outlet 促销"},
                                                              {"woot", "Woot"},
                                                              {"grade_resell", "分级转售"},
                                                              {"wholesale", "线下批发"},
                                                              {"offsite", "站外处理"},
                                                              {"mcf", "多渠道配送"},
                                                              {"business", "企业价"}};
  const auto found = kChinese.find(fee);
  return {fee, found == kChinese.end() ? fee : found->second};
}

std::string peak_or(const market::FulfilmentTable& row) {
  return row.group + (row.programme.empty() ? "" : "." + row.programme) + (row.peak ? ".peak" : "");
}

// What a fee costs at most, where no table says what it costs.
class AtStake {
public:
  AtStake(const account::Account& account, const market::Facts& facts) : account_(account), facts_(facts) {}

  std::vector<UnknownFee> all() {
    for (size_t i = 0; i < account_.size(); ++i) look_at(i);
    for (const auto& [id, card] : facts_.rate_cards)
      for (const market::FeeRemark& remark : card.remarks)
        if (remark.unknown && remark.fee != "storage" && remark.fee != "aged_surcharge") of_remark(id, remark);
    std::vector<UnknownFee> list;
    for (auto& [key, fee] : fees_)
      if (fee.skus > 0) list.push_back(std::move(fee));
    return list;
  }

private:
  UnknownFee& fee_of(const std::string& marketplace, const std::string& fee, const Text& say) {
    return fees_.try_emplace({marketplace, fee}, UnknownFee{marketplace, fee, say, 0, {}}).first->second;
  }
  // A SKU is one, however many remarks touch it.
  void count(UnknownFee& fee, size_t listing, const std::optional<Money>& at_most) {
    const bool first = fee.listings.empty();
    fee.listings.insert(listing);
    fee.skus = fee.listings.size();
    if (!at_most || (!first && !fee.at_most))
      fee.at_most.reset();
    else
      fee.at_most = first ? at_most : std::optional(*fee.at_most + *at_most);
  }
  std::optional<Money> converted(const Money& amount, Currency to) const {
    return account_.rates.convert(amount, to, account_.as_of);
  }

  // The dearest that any card has for a cubic foot a month, in a currency.
  template <typename Rate>
  std::optional<double> dearest(Currency to, Rate rate_of) const {
    std::optional<double> most;
    for (const auto& [id, card] : facts_.rate_cards) {
      const auto named = facts_.marketplaces.find(id);
      if (named == facts_.marketplaces.end()) continue;
      const auto here = converted(Money::from_double(rate_of(card, named->second), named->second.currency), to);
      if (here) most = std::max(most.value_or(0), here->to_double());
    }
    return most;
  }

  void look_at(size_t i) {
    const account::StockPosition& stock = account_.stock[i];
    const auto units = static_cast<double>(stock.on_hand());
    if (units <= 0) return;
    const account::Listing& listing = account_.listings[i];
    const auto terms = economics::holding_terms(account_, i, facts_, account_.as_of);
    const auto& volume = account_.fees[i].volume_cuft;
    const auto by_volume = [&](const std::optional<double>& rate) -> std::optional<Money> {
      if (!rate || !volume) return std::nullopt;
      return Money::fitting(*rate * *volume * units, listing.currency);
    };
    if (!terms.storage_per_unit || (terms.storage_rate && !terms.storage_rate->unseen_months.empty()))
      count(fee_of(listing.marketplace, "storage", {"monthly storage", "月仓储费"}), i,
            by_volume(dearest(listing.currency, [this](const market::RateCard& card, const market::Marketplace& named) {
              double most = 0;
              for (const market::StorageRate& row : card.storage)
                if (row.in_force_on(account_.as_of))
                  most = std::max(most, economics::storage_of(row, named, 1, make_last_quarter(account_.as_of)));
              return most;
            })));
    const Date assessed = terms.next_assessed(account_.as_of);
    const auto ahead = static_cast<int>(days_between(account_.as_of, assessed));
    const auto ages = account_.ages.of(i);
    const bool some_at_least = std::any_of(
        ages.begin(), ages.end(), [&](const account::AgeBand& held) { return terms.at_least(assessed, held, ahead); });
    if ((!terms.aged_on(account_.as_of) && old(i)) || some_at_least)
      count(fee_of(listing.marketplace, "aged_surcharge", {"aged inventory surcharge", "超龄库存附加费"}), i,
            dearest_surcharge(i));
    look_at_utilisation(i, by_volume);
    const economics::SaleTerms sale = economics::sale_terms(account_, i, facts_, account_.as_of);
    if (!sale.fulfilment) count(fee_of(listing.marketplace, "fulfilment", {"fulfilment fee", "配送费"}), i, {});
    for (const economics::ExitValue& exit : economics::exit_values(account_, i, facts_, account_.as_of))
      if (!exit.known()) {
        const market::Channel* channel = facts_.channel(exit.channel);
        count(fee_of(listing.marketplace, exit.channel, channel ? channel->name : Text{exit.channel, exit.channel}), i,
              {});
      }
    if (!sale.referral_known) count(fee_of(listing.marketplace, "referral", {"referral fee", "佣金"}), i, {});
    if (sale.closing_unknown)
      count(fee_of(listing.marketplace, "closing", {"closing fee of media", "媒介类结算费"}), i, {});
  }

  // Due or not: nothing says how fast the stock is sold.
  template <typename ByVolume>
  void look_at_utilisation(size_t i, ByVolume by_volume) {
    const account::Listing& listing = account_.listings[i];
    const std::string_view size_class = economics::size_class_of(account_.fees[i]);
    const market::RateCard* card = facts_.rate_card(listing.marketplace);
    for (const account::StorageUse& use : account_.storage_use) {
      if (!use.unknown || !card || use.marketplace != listing.marketplace || use.size_class != size_class) continue;
      double most = 0;
      for (const market::UtilisationSurcharge& row : card->utilisation)
        if (row.size_class == size_class && row.in_force_on(account_.as_of))
          for (const auto& band : row.bands) most = std::max(most, band.per_volume.to_double());
      count(fee_of(listing.marketplace, "utilisation", {"storage utilisation surcharge", "库容利用率附加费"}), i,
            by_volume(std::optional(most)));
    }
  }

  // By the age of what is held, at the dearest that any card asks for it.
  std::optional<Money> dearest_surcharge(size_t i) const {
    const auto& volume = account_.fees[i].volume_cuft;
    const Currency currency = account_.listings[i].currency;
    const auto ages = account_.ages.of(i);
    if (!volume || ages.empty()) return std::nullopt;
    double total = 0;
    for (const account::AgeBand& band : ages) {
      const auto rate = dearest(currency, [&](const market::RateCard& card, const market::Marketplace& named) {
        const market::AgedSurcharge* row = card.aged.empty() ? nullptr : &card.aged.back();
        double most = 0;
        for (size_t at = 0; row && at < row->bands.size(); ++at)
          if (!band.to_day || row->bands[at].from_day <= *band.to_day)
            most = row->bands[at].per_volume.to_double() * economics::volumes_per_cuft(named);
        return most;
      });
      if (!rate) return std::nullopt;
      total += *rate * *volume * static_cast<double>(band.units);
    }
    return Money::fitting(total, currency);
  }

  static Date make_last_quarter(Date day) {
    Date month = first_of_month(day);
    while (month_of(month) != 12) month = first_of_next_month(month);
    return month;
  }

  // Whether some of it may be old enough for a surcharge; it is, where no age is known.
  bool old(size_t i) const {
    const auto ages = account_.ages.of(i);
    return ages.empty() || std::any_of(ages.begin(), ages.end(), [this](const account::AgeBand& band) {
             return band.units > 0 && (!band.to_day || *band.to_day >= facts_.playbook.age.aged_days);
           });
  }

  void of_remark(const std::string& marketplace, const market::FeeRemark& remark) {
    for (size_t i = 0; i < account_.size(); ++i) {
      if (account_.listings[i].marketplace != marketplace || account_.stock[i].on_hand() <= 0) continue;
      // What a remark says of goods that a table is missing for, does not touch those that have one.
      if (remark.fee == "fulfilment" && economics::sale_terms(account_, i, facts_, account_.as_of).fulfilment) continue;
      const auto units = units_of(i, remark.per);
      if (!units || *units <= 0) continue;
      UnknownFee& fee = fee_of(marketplace, remark.fee, remark.say);
      count(fee, i, remark.at_most ? std::optional(remark.at_most->times(*units)) : std::nullopt);
    }
  }

  // What a fee is charged for, a month.
  std::optional<double> units_of(size_t i, const std::string& per) const {
    constexpr int kMonth = 30;
    const Date from = account_.as_of - Days(kMonth);
    if (per == "returned_unit") {
      int64_t units = 0;
      for (const account::ReturnDay& row : account_.returns_of(i))
        if (row.day >= from) units += row.units;
      return static_cast<double>(units);
    }
    if (per == "received_unit") {
      int64_t units = 0;
      for (const account::Receipt& receipt : account_.receipts.of(i))
        if (receipt.day >= day_number(from)) units += receipt.units;
      return static_cast<double>(units) + static_cast<double>(account_.stock[i].inbound());
    }
    const auto held = static_cast<double>(account_.stock[i].on_hand());
    if (per != "volume") return held;
    const auto& volume = account_.fees[i].volume_cuft;
    const auto named = facts_.marketplaces.find(account_.listings[i].marketplace);
    if (!volume || named == facts_.marketplaces.end()) return std::nullopt;
    return held * *volume * economics::volumes_per_cuft(named->second);
  }

  const account::Account& account_;
  const market::Facts& facts_;
  std::map<std::pair<std::string, std::string>, UnknownFee> fees_;
};

}  // namespace

std::vector<CardChange> card_changes(const market::Facts& facts, Date day) {
  std::vector<CardChange> out;
  Changes changes(day, out);
  const auto none = [](const auto&) { return std::string(); };
  for (const auto& [id, card] : facts.rate_cards) {
    changes.of(id, "size_tiers", card.size_tiers, [](const auto& row) { return row.group; });
    changes.of(id, "fulfilment", card.fulfilment, peak_or);
    changes.of(id, "surcharge", card.surcharges, [](const auto& row) { return row.name.en; });
    changes.of(id, "referral", card.referral, none);
    changes.of(id, "storage", card.storage, [](const auto& row) { return row.size_class; });
    changes.of(id, "aged_surcharge", card.aged, none);
    changes.of(id, "utilisation", card.utilisation, [](const auto& row) { return row.size_class; });
    changes.of(id, "low_inventory", card.low_inventory, none);
    changes.of(id, "removal", card.removal, [](const auto& row) { return row.size_class; });
    changes.of(id, "liquidation", card.liquidation, [](const auto& row) { return row.size_class; });
  }
  return out;
}

std::vector<UnknownFee> unknown_fees(const account::Account& account, const market::Facts& facts) {
  return AtStake(account, facts).all();
}

std::vector<Text> unknown_lines(const std::vector<UnknownFee>& fees) {
  std::vector<Text> lines;
  for (size_t i = 0; i < fees.size();) {
    const std::string& marketplace = fees[i].marketplace;
    std::set<size_t> listings;
    std::optional<Money> at_most;
    bool all = true;
    std::string en, zh;
    for (; i < fees.size() && fees[i].marketplace == marketplace; ++i) {
      listings.insert(fees[i].listings.begin(), fees[i].listings.end());
      if (fees[i].at_most)
        at_most = at_most ? *at_most + *fees[i].at_most : *fees[i].at_most;
      else
        all = false;
      add_to_list(en, fees[i].fee);
      add_to_list(zh, fee_name(fees[i].fee).zh, "、");
    }
    const std::string en_money =
        !at_most ? "how much cannot be said"
                 : (all ? "at most " : "of what can be said at most ") + at_most->str() + " a month";
    const std::string zh_money =
        !at_most ? "金额无法估计" : (all ? "每月至多 " : "可估计部分每月至多 ") + at_most->str();
    lines.push_back(
        {fmt::format("{}: fees unknown ({}): affects {} SKUs, {}", marketplace, en, listings.size(), en_money),
         fmt::format("{}：费用暂无数据（{}）：影响 {} 个 SKU，{}", marketplace, zh, listings.size(), zh_money)});
  }
  return lines;
}

Json unknown_fees_json(const std::vector<UnknownFee>& fees, Lang lang) {
  Json list = Json::array();
  for (const UnknownFee& fee : fees)
    list.push_back({{"marketplace", fee.marketplace},
                    {"fee", fee.fee},
                    {"say", fee.say.in(lang)},
                    {"skus", fee.skus},
                    {"at_most_a_month", to_json(fee.at_most)}});
  return list;
}

Json own_rates_json(const std::vector<economics::OwnRate>& rates) {
  Json list = Json::array();
  for (const economics::OwnRate& own : rates)
    list.push_back({{"marketplace", own.marketplace},
                    {"fee", own.fee},
                    {"size_class", own.size_class.empty() ? Json(nullptr) : Json(own.size_class)},
                    {"from_day", own.from_day ? Json(*own.from_day) : Json(nullptr)},
                    {"to_day", own.to_day ? Json(*own.to_day) : Json(nullptr)},
                    {"sku", own.sku.empty() ? Json(nullptr) : Json(own.sku)},
                    {"units", own.sku.empty() ? Json(nullptr) : Json(own.units)},
                    {"share", own.share ? Json(*own.share) : Json(nullptr)},
                    {"months", own.fee != "storage" ? Json(nullptr) : Json(own.last_quarter ? "oct_dec" : "jan_sep")},
                    {"rate", to_json(own.rate)},
                    {"rate_exact", own.rate.to_double()},
                    {"card", to_json(own.card)},
                    {"a_year", to_json(own.a_year)},
                    {"from", iso(own.first_day)},
                    {"to", iso(own.last_day)},
                    {"rows", own.rows},
                    {"used", own.used},
                    {"source", "from your own reports"}});
  return list;
}

Json card_changes_json(const std::vector<CardChange>& changes, Date day) {
  Json list = Json::array();
  for (const CardChange& change : changes)
    list.push_back({{"marketplace", change.marketplace},
                    {"id", change.id},
                    {"known", change.from.has_value()},
                    {"effective_from", change.from ? Json(iso(*change.from)) : Json(nullptr)},
                    {"age_days", change.from ? Json(days_between(*change.from, day)) : Json(nullptr)},
                    {"next_change", change.next ? Json(iso(*change.next)) : Json(nullptr)},
                    {"confidence", change.disputed     ? Json("conflict")
                                   : change.confidence ? Json(confidence_id(*change.confidence))
                                                       : Json(nullptr)},
                    {"source", change.source.empty() ? Json(nullptr) : Json(change.source)}});
  return list;
}

deliver::Table unknown_fees_table(const std::vector<UnknownFee>& fees) {
  using deliver::Kind;
  deliver::Table table{"unknown_fees",
                       {"Fees that are in no figure", "未计入的费用"},
                       {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
                        {"fee", {"Fee", "费用"}, Kind::kText, 0, 20},
                        {"skus", {"SKUs", "SKU 数"}, Kind::kUnits, 0, 8},
                        {"at_most", {"At most a month", "每月至多"}, Kind::kMoney, 0, 14},
                        {"say", {"What is known", "说明"}, Kind::kText, 0, 60}},
                       {}};
  for (const UnknownFee& fee : fees)
    table.rows.push_back(
        {fee.marketplace, fee_name(fee.fee), static_cast<int64_t>(fee.skus), deliver::cell(fee.at_most), fee.say});
  return table;
}

deliver::Table own_rates_table(const std::vector<economics::OwnRate>& rates) {
  using deliver::Kind;
  deliver::Table table{"own_rates",
                       {"Rates from your own reports, beside the card", "来自您自己报告的费率，对照费率表"},
                       {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
                        {"fee", {"Fee", "费用"}, Kind::kText, 0, 16},
                        {"what", {"Of", "范围"}, Kind::kText, 0, 20},
                        {"rate", {"Your rate", "实际费率"}, Kind::kMoney, 0, 12},
                        {"card", {"Card", "费率表"}, Kind::kMoney, 0, 12},
                        {"a_year", {"More a year", "每年多付"}, Kind::kMoney, 0, 12},
                        {"to", {"Last seen", "最近日期"}, Kind::kDay, 0, 12},
                        {"rows", {"Rows", "行数"}, Kind::kUnits, 0, 8}},
                       {}};
  for (const economics::OwnRate& own : rates) {
    const std::string what =
        !own.sku.empty() ? own.sku
        : own.from_day   ? std::to_string(*own.from_day) + (own.to_day ? "–" + std::to_string(*own.to_day) : "+")
        : own.fee != "storage" ? own.size_class
                               : own.size_class + (own.last_quarter ? ", 10–12" : ", 1–9");
    table.rows.push_back({own.marketplace, fee_name(own.fee), what, own.rate, deliver::cell(own.card),
                          deliver::cell(own.a_year), own.last_day, static_cast<int64_t>(own.rows)});
  }
  return table;
}

deliver::Table card_changes_table(const std::vector<CardChange>& changes, Date day) {
  using deliver::Kind;
  deliver::Table table{"card_changes",
                       {"Cards: how old, and what is known to change", "费率表：时效与已知变更"},
                       {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
                        {"id", {"Fact", "内容"}, Kind::kText, 0, 28},
                        {"from", {"In force from", "生效日期"}, Kind::kDay, 0, 12},
                        {"age_days", {"Age, days", "距今天数"}, Kind::kUnits, 0, 10},
                        {"next", {"Next known change", "下次已知变更"}, Kind::kDay, 0, 16},
                        {"confidence", {"Confidence", "可信度"}, Kind::kText, 0, 12},
                        {"source", {"Source", "来源"}, Kind::kText, 0, 60}},
                       {}};
  for (const CardChange& change : changes) {
    deliver::Cell confidence = std::monostate{};
    if (change.confidence) confidence = confidence_name(*change.confidence);
    if (change.disputed) confidence = Text{"conflict", "来源不一致"};
    table.rows.push_back(
        {change.marketplace, change.id, change.from ? deliver::Cell(*change.from) : deliver::Cell(std::monostate{}),
         change.from ? deliver::Cell(days_between(*change.from, day)) : deliver::Cell(std::monostate{}),
         change.next ? deliver::Cell(*change.next) : deliver::Cell(std::string("–")), confidence, change.source});
  }
  return table;
}

}  // namespace destock::app

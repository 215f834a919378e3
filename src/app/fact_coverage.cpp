#include "app/fact_coverage.h"

#include <algorithm>

namespace destock::app {
namespace {

class Coverage {
public:
  Coverage(const market::Facts& facts, Date day) : facts_(facts), day_(day) {}

  std::vector<FactRowInForce> rows() {
    for (const auto& [id, marketplace] : facts_.marketplaces) {
      const market::RateCard* card = facts_.rate_card(id);
      static const market::RateCard kNone{};
      of_card(id, card ? *card : kNone);
      const market::Calendar* calendar = facts_.calendar(id);
      const auto ahead = calendar ? std::count_if(calendar->events.begin(), calendar->events.end(),
                                                  [&](const market::Event& event) { return event.last_day >= day_; })
                                  : 0;
      if (ahead > 0)
        rows_.push_back({id,
                         {"calendar, " + std::to_string(ahead) + " events ahead",
                          "日历，后续 " + std::to_string(ahead) + " 个节点"},
                         "calendar",
                         {},
                         {},
                         market::Confidence::kConfirmed,
                         "data/calendars"});
      else
        unknown(id, {"calendar", "日历"}, "calendar");
    }
    for (const auto& [id, channel] : facts_.channels)
      rows_.push_back({"",
                       {"channel: " + channel.name.en, "渠道：" + channel.name.zh},
                       "channel." + id,
                       {},
                       {},
                       market::Confidence::kSingle,
                       channel.source});
    for (const market::PromotionRule& rule : facts_.promotions.rules)
      rows_.push_back({"",
                       {"promotion rule: " + rule.say.en, "促销规则：" + rule.say.zh},
                       "promotion." + rule.id,
                       rule.effective_from,
                       rule.effective_to,
                       rule.confidence,
                       rule.source});
    of_demand();
    return std::move(rows_);
  }

private:
  void prior(const std::string& id, Text name, const market::LogPrior& of) {
    rows_.push_back({"", std::move(name), "demand." + id, {}, {}, of.confidence, of.source});
  }
  void of_demand() {
    const market::DemandPriors& demand = facts_.demand;
    for (const auto& row : demand.elasticities)
      prior("elasticity",
            row.category.empty() ? Text{"prior: elasticity", "先验：价格弹性"}
                                 : Text{"prior: elasticity, " + row.category, "先验：价格弹性，" + row.category},
            row.elasticity);
    prior("promotion", {"prior: promotion", "先验：促销增量"}, demand.promotion);
    for (const auto& row : demand.events)
      prior("event." + row.event, {"prior: event " + row.event, "先验：活动 " + row.event}, row.uplift);
    rows_.push_back({"",
                     {"prior: launch", "先验：新品爬坡"},
                     "demand.launch",
                     {},
                     {},
                     market::Confidence::kInferred,
                     demand.launch.source});
  }

  static Text in_conflict(Text kind, bool differs) {
    if (!differs) return kind;
    return {kind.en + ": sources differ on some weights, which are not counted",
            kind.zh + "：部分重量的来源不一致，未计入"};
  }

  void unknown(const std::string& marketplace, Text kind, std::string id) {
    rows_.push_back({marketplace, std::move(kind), std::move(id), {}, {}, {}, ""});
  }
  void known(const std::string& marketplace, Text kind, std::string id, const market::Sourced& row) {
    rows_.push_back({marketplace, std::move(kind), std::move(id), row.effective_from, row.effective_to, row.confidence,
                     row.source});
  }
  // The first row in force, or that there is none.
  template <typename Row>
  void either(const std::string& marketplace, const std::vector<Row>& rows, const Text& kind, const std::string& id) {
    if (const Row* row = market::in_force(rows, day_))
      known(marketplace, kind, id, *row);
    else
      unknown(marketplace, kind, id);
  }

  // The season's tables; unknown where there is none.
  void peak_of(const std::string& id, const market::RateCard& card) {
    bool any = false;
    for (const market::FulfilmentTable& table : card.fulfilment) {
      if (!table.peak || !table.in_force_on(day_)) continue;
      any = true;
      known(id, {"fulfilment, peak: " + table.group, "旺季配送费：" + table.group}, "peak." + table.group, table);
    }
    if (!any) unknown(id, {"fulfilment, peak table", "旺季配送费率"}, "peak");
  }

  // Of media, by the referral card of the day.
  void closing_of(const std::string& id, const market::RateCard& card) {
    const Text name{"closing fee of media", "媒介类结算费"};
    const market::ReferralRate* row = market::in_force(card.referral, day_);
    const auto has = [&](auto of) { return row && std::any_of(row->categories.begin(), row->categories.end(), of); };
    if (has([](const market::ReferralCategory& one) { return one.closing_fee.has_value(); }))
      known(id, name, "closing", *row);
    if (!row || has([](const market::ReferralCategory& one) { return one.closing_unknown || one.closing_fee_or; }))
      unknown(id, name, "closing");
  }

  void of_card(const std::string& id, const market::RateCard& card) {
    either(id, card.size_tiers, {"size tiers", "尺寸分段"}, "size_tiers");
    for (const auto& one : {std::pair<const char*, Text>{"standard", {"fulfilment, standard", "配送费（标准）"}},
                            {"apparel", {"fulfilment, apparel", "配送费（服装）"}},
                            {"dangerous_goods", {"fulfilment, dangerous goods", "配送费（危险品）"}},
                            {"low_price", {"fulfilment, low price", "配送费（低价商品）"}},
                            {"selected", {"fulfilment, selected parcels", "配送费（精选类目包裹）"}}}) {
      const bool asked = std::string_view(one.first) == "standard" ||
                         std::any_of(card.fulfilment.begin(), card.fulfilment.end(),
                                     [&](const auto& row) { return row.group == one.first; });
      if (!asked) continue;
      const std::string group = one.first;
      const Text& name = one.second;
      const auto found = std::find_if(card.fulfilment.begin(), card.fulfilment.end(), [&](const auto& row) {
        return row.group == group && !row.peak && row.in_force_on(day_);
      });
      if (found != card.fulfilment.end())
        known(id, name, "fulfilment." + group, *found);
      else
        unknown(id, name, "fulfilment." + group);
    }
    for (const market::FulfilmentSurcharge& row : card.surcharges)
      if (row.in_force_on(day_)) known(id, row.name, "surcharge", row);
    for (const market::PeakSeason& peak : card.peaks)
      if (peak.from <= day_ && day_ <= peak.to) peak_of(id, card);
    either(id, card.referral, {"referral", "佣金"}, "referral");
    closing_of(id, card);
    either(id, card.storage, {"monthly storage", "月仓储费"}, "storage");
    either(id, card.utilisation, {"storage utilisation surcharge", "库容利用率附加费"}, "utilisation");
    either(id, card.aged, {"aged inventory surcharge", "超龄库存附加费"}, "aged_surcharge");
    either(id, card.low_inventory, {"low-inventory-level fee", "低库存水平费"}, "low_inventory");
    const bool removal = std::any_of(card.removal.begin(), card.removal.end(),
                                     [&](const auto& row) { return row.in_force_on(day_) && disputed(row.table); });
    const bool liquidation = std::any_of(card.liquidation.begin(), card.liquidation.end(), [&](const auto& row) {
      return row.in_force_on(day_) && disputed(row.processing);
    });
    either(id, card.removal, in_conflict({"removal", "移除费"}, removal), "removal");
    rows_.back().disputed = removal;
    either(id, card.liquidation, in_conflict({"liquidation", "批量清货"}, liquidation), "liquidation");
    rows_.back().disputed = liquidation;
    for (const market::FeeRemark& remark : card.remarks)
      rows_.push_back({id, remark.say, "remark." + remark.fee, {}, {}, {}, remark.source});
    for (const auto& [kind, name] :
         {std::pair<const char*, Text>{"inbound_placement", {"inbound placement fee", "入库配置费"}},
          {"returns_processing", {"returns processing fee", "退货处理费"}},
          {"mcf", {"multi-channel fulfilment fees", "多渠道配送费"}}})
      unknown(id, name, kind);  // no confirmed public table was found for any marketplace
  }

  const market::Facts& facts_;
  Date day_;
  std::vector<FactRowInForce> rows_;
};

}  // namespace

std::vector<FactRowInForce> fact_coverage(const market::Facts& facts, Date day) {
  return Coverage(facts, day).rows();
}

bool disputed(const market::WeightTable& table) {
  return std::any_of(table.bands.begin(), table.bands.end(),
                     [](const market::WeightBand& band) { return band.other && *band.other != band.fee; }) ||
         (table.above && (table.above->base_or || table.above->per_step_or));
}

std::optional<Text> FactRowInForce::sure() const {
  if (!confidence) return std::nullopt;
  return disputed ? Text{"conflict", "来源不一致"} : confidence_name(*confidence);
}

std::string_view confidence_id(market::Confidence confidence) {
  switch (confidence) {
    case market::Confidence::kConfirmed: return "confirmed";
    case market::Confidence::kSingle: return "single";
    case market::Confidence::kInferred: return "inferred";
    case market::Confidence::kPlaybook: return "playbook";
    case market::Confidence::kOwn: return "own";
  }
  return "";
}

Text confidence_name(market::Confidence confidence) {
  const std::string id(confidence_id(confidence));
  switch (confidence) {
    case market::Confidence::kConfirmed: return {id, "已核实"};
    case market::Confidence::kSingle: return {id, "单一来源"};
    case market::Confidence::kInferred: return {id, "推断"};
    case market::Confidence::kPlaybook: return {id, "清仓规则"};
    case market::Confidence::kOwn: return {id, "自有数据"};
  }
  return {id, id};
}

deliver::Table facts_table(const std::vector<FactRowInForce>& rows, Date day) {
  using deliver::Kind;
  deliver::Table table{"facts",
                       {"Facts", "数据来源"},
                       {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
                        {"kind", {"Fact", "内容"}, Kind::kText, 0, 32},
                        {"from", {"In force from", "生效日期"}, Kind::kDay, 0, 12},
                        {"age_days", {"Age, days", "距今天数"}, Kind::kUnits, 0, 10},
                        {"confidence", {"Confidence", "可信度"}, Kind::kText, 0, 12},
                        {"source", {"Source", "来源"}, Kind::kText, 0, 60}},
                       {}};
  for (const FactRowInForce& row : rows) {
    deliver::Cell confidence = std::monostate{};
    if (const auto sure = row.sure()) confidence = *sure;
    table.rows.push_back({row.marketplace.empty() ? std::string("*") : row.marketplace, row.kind,
                          row.from ? deliver::Cell(*row.from) : deliver::Cell(std::string("–")),
                          row.from ? deliver::Cell(days_between(*row.from, day)) : deliver::Cell(std::string("–")),
                          confidence, row.source});
  }
  return table;
}

}  // namespace destock::app

#include "app/json_fees.h"

#include <cmath>
#include <cstdio>

#include "app/json_parts.h"

namespace destock::app {
namespace {

Json part_json(const economics::FeePart& part, Lang lang) {
  return {{"id", part.id},
          {"name", part.name.in(lang)},
          {"amount", to_json(part.amount)},
          {"source", part.source},
          {"confidence", confidence_id(part.confidence)}};
}

// Each source once, in the order in which the parts name them.
void add_source(Json& sources, const std::string& what, const std::string& source, const std::string& confidence) {
  sources.push_back({{"what", what}, {"source", source}, {"confidence", confidence}});
}

constexpr double kKgPerPound = 0.45359237;

std::string disputed_zh(const std::string& fee) {
  for (const auto& [id, zh] : {std::pair("fulfilment", "配送费"), std::pair("referral", "佣金"),
                               std::pair("closing", "结算费"), std::pair("removal", "移除或弃置费"),
                               std::pair("aged_surcharge", "超龄附加费"), std::pair("liquidation", "批量清货")})
    if (fee == id) return zh;
  return fee;
}

std::string unit_weight(const economics::FeeQuote& quote) {
  char text[32];
  const double pounds = quote.tier->shipping_weight_lb;
  std::snprintf(text, sizeof text, quote.metric ? "%.3f kg" : "%.2f lb", quote.metric ? pounds * kKgPerPound : pounds);
  return text;
}

Json weight_json(const economics::FeeQuote& quote) {
  if (!quote.tier) return nullptr;
  const double pounds = quote.tier->shipping_weight_lb;
  return {{"value", std::round((quote.metric ? pounds * kKgPerPound : pounds) * 1e4) / 1e4},
          {"unit", quote.metric ? "kg" : "lb"}};
}

Json disputes_json(const economics::FeeQuote& quote, Lang lang) {
  Json list = Json::array();
  for (const economics::Dispute& dispute : quote.disputes)
    list.push_back({{"fee", dispute.fee},
                    {"figures", Json::array({to_json(dispute.one), to_json(dispute.other)})},
                    {"source", dispute.source},
                    {"note", words(dispute.note.in(lang))}});
  return list;
}

}  // namespace

Json fee_quote_json(const economics::FeeQuote& quote, Lang lang) {
  Json sources = Json::array();
  Json json = {{"marketplace", quote.marketplace}, {"date", iso(quote.day)}};
  json["size_tier"] = quote.tier ? Json(quote.tier->tier->id) : Json(nullptr);
  json["size_tier_name"] = quote.tier ? Json(quote.tier->tier->name.in(lang)) : Json(nullptr);
  json["shipping_weight"] = weight_json(quote);
  json["programmes"] = quote.programmes;
  json["tax_in_price"] = quote.tax_in_price;
  if (quote.tier)
    add_source(sources, "size_tier", quote.tier->table->source,
               std::string(confidence_id(quote.tier->table->confidence)));
  json["fulfilment"] = quote.fulfilment ? to_json(quote.fulfilment->total) : Json(nullptr);
  Json parts = Json::array();
  if (quote.fulfilment)
    for (const economics::FeePart& part : quote.fulfilment->parts) {
      parts.push_back(part_json(part, lang));
      add_source(sources, part.id, part.source, std::string(confidence_id(part.confidence)));
    }
  json["fulfilment_parts"] = parts;
  json["fulfilment_tax_in"] = quote.tax_in_fulfilment;
  json["low_price"] = quote.fulfilment && quote.fulfilment->low_price;
  Json maybe = Json::array();
  if (quote.fulfilment)
    for (const economics::FeePart& part : quote.fulfilment->maybe) maybe.push_back(part_json(part, lang));
  json["fulfilment_may_add"] = maybe;
  json["peak_unknown"] = quote.fulfilment && quote.fulfilment->peak_unknown;
  const auto single = [&](const char* name, const std::optional<economics::FeePart>& part) {
    json[name] = part ? to_json(part->amount) : Json(nullptr);
    if (part) add_source(sources, name, part->source, std::string(confidence_id(part->confidence)));
  };
  single("referral", quote.referral);
  single("closing", quote.closing);
  json["referral_tax"] = to_json(quote.referral_tax);
  single("selling_surcharge", quote.selling_surcharge);
  single("storage_per_month", quote.storage_per_month);
  json["storage_per_month_jan_sep"] = quote.storage_jan_sep ? to_json(quote.storage_jan_sep->amount) : Json(nullptr);
  json["storage_per_month_oct_dec"] = quote.storage_oct_dec ? to_json(quote.storage_oct_dec->amount) : Json(nullptr);
  Json aged = Json::array();
  for (const economics::AgedLine& line : quote.aged)
    aged.push_back({{"from_day", line.from_day},
                    {"to_day", line.to_day ? Json(*line.to_day) : Json(nullptr)},
                    {"per_unit", to_json(line.per_unit)},
                    {"figures", line.one ? Json::array({to_json(line.one), to_json(line.other)}) : Json(nullptr)}});
  json["aged_surcharge_per_month"] = aged;
  if (!quote.aged.empty()) add_source(sources, "aged_surcharge", quote.aged_source, "");
  single("removal", quote.removal);
  single("liquidation", quote.liquidation);
  json["conflicts"] = disputes_json(quote, lang);
  json["notes"] = texts(quote.notes, lang);
  json["unknown"] = texts(quote.unknown, lang);
  json["sources"] = sources;
  return json;
}

deliver::Table fee_quote_table(const economics::FeeQuote& quote) {
  using deliver::Cell;
  using deliver::Kind;
  deliver::Table table{"fees",
                       {"Fees", "费用"},
                       {{"fee", {"Fee", "费用"}, Kind::kText, 0, 34},
                        {"amount", {"Amount", "金额"}, Kind::kMoney, 0, 12},
                        {"source", {"Source", "来源"}, Kind::kText, 0, 60}},
                       {}};
  if (quote.tier)
    table.rows.push_back({Text{"size tier: " + quote.tier->tier->name.en + ", " + unit_weight(quote),
                               "尺寸分段：" + quote.tier->tier->name.zh + "，" + unit_weight(quote)},
                          std::string("–"), quote.tier->table->source});
  if (quote.fulfilment) {
    for (const economics::FeePart& part : quote.fulfilment->parts)
      table.rows.push_back({part.name, part.amount, part.source});
    table.rows.push_back({Text{"fulfilment in all", "配送费合计"}, quote.fulfilment->total, std::string()});
  } else {
    table.rows.push_back({Text{"fulfilment fee", "配送费"}, std::monostate{}, std::string()});
  }
  const auto add = [&](const Text& name, const std::optional<economics::FeePart>& part) {
    table.rows.push_back(
        {name, part ? Cell(part->amount) : Cell(std::monostate{}), part ? part->source : std::string()});
  };
  add({"referral fee", "佣金"}, quote.referral);
  if (quote.closing) add(quote.closing->name, quote.closing);
  add({"storage a month, that month", "当月仓储费"}, quote.storage_per_month);
  add({"storage a month, October–December", "10–12 月月仓储费"}, quote.storage_oct_dec);
  for (const economics::AgedLine& line : quote.aged) {
    const std::string days = std::to_string(line.from_day) + (line.to_day ? "–" + std::to_string(*line.to_day) : "+");
    table.rows.push_back({Text{"aged surcharge a month, " + days + " days", "超龄附加费（月），" + days + " 天"},
                          deliver::cell(line.per_unit), quote.aged_source});
  }
  if (quote.aged.empty()) add({"aged surcharge a month", "超龄附加费（月）"}, {});
  add({"removal or disposal", "移除或弃置"}, quote.removal);
  add({"liquidation brings", "批量清货回款"}, quote.liquidation);
  if (quote.selling_surcharge) add(quote.selling_surcharge->name, quote.selling_surcharge);
  if (quote.referral_tax)
    table.rows.push_back({quote.closing ? Text{"tax on referral and closing fee", "佣金与结算费税"}
                                        : Text{"tax on the referral fee", "佣金税"},
                          *quote.referral_tax, std::string()});
  if (quote.fulfilment)
    for (const economics::FeePart& part : quote.fulfilment->maybe)
      table.rows.push_back(
          {Text{"may come on top: " + part.name.en, "可能另收：" + part.name.zh}, part.amount, part.source});
  for (const economics::Dispute& dispute : quote.disputes)
    for (const Money& figure : {dispute.one, dispute.other})
      table.rows.push_back(
          {Text{"in conflict, not counted: " + dispute.fee, "来源不一致，未计入：" + disputed_zh(dispute.fee)}, figure,
           dispute.source});
  return table;
}

Json fee_audit_json(const account::Account& account, const economics::FeeAudit& audit, Lang lang) {
  Json list = Json::array();
  for (const economics::FeeDifference& d : audit.differences) {
    const account::Listing& listing = account.listings[d.listing];
    list.push_back({{"marketplace", listing.marketplace},
                    {"sku", listing.sku},
                    {"what", d.what},
                    {"card", words(d.card)},
                    {"charged", words(d.charged)},
                    {"card_fee", to_json(d.card_fee)},
                    {"charged_fee", to_json(d.charged_fee)},
                    {"a_year", to_json(d.a_year)},
                    {"note", d.note.in(lang)}});
  }
  return {{"as_of", iso(account.as_of)},
          {"checked_fees", audit.checked_fees},
          {"checked_storage", audit.checked_storage},
          {"differences", list}};
}

deliver::Table fee_audit_table(const account::Account& account, const economics::FeeAudit& audit) {
  using deliver::Kind;
  deliver::Table table{"fee_audit",
                       {"Fee audit", "费用核对"},
                       {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
                        {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
                        {"what", {"What", "项目"}, Kind::kText, 0, 12},
                        {"card", {"By the card", "按费率表"}, Kind::kText, 0, 18},
                        {"charged", {"Charged as", "实际归类"}, Kind::kText, 0, 18},
                        {"card_fee", {"Card", "费率表"}, Kind::kMoney, 0, 12},
                        {"charged_fee", {"Charged", "实收"}, Kind::kMoney, 0, 12},
                        {"a_year", {"A year", "每年差额"}, Kind::kMoney, 0, 12},
                        {"note", {"Note", "说明"}, Kind::kText, 0, 40}},
                       {}};
  for (const economics::FeeDifference& d : audit.differences) {
    const account::Listing& listing = account.listings[d.listing];
    table.rows.push_back({listing.marketplace, listing.sku, d.what, d.card, d.charged, deliver::cell(d.card_fee),
                          deliver::cell(d.charged_fee), deliver::cell(d.a_year), d.note});
  }
  return table;
}

Json explanation_json(const account::Listing& listing, const economics::Explanation& e, Lang lang) {
  Json sale = Json::array();
  for (const economics::ExplainedPart& part : e.sale)
    sale.push_back({{"id", part.id},
                    {"name", part.name.in(lang)},
                    {"amount", to_json(part.amount)},
                    {"source", words(part.source.in(lang))}});
  Json holding = Json::array();
  const auto bound = [](economics::Bound of) {
    return of == economics::Bound::kExact ? Json(nullptr)
                                          : Json(of == economics::Bound::kAtLeast ? "at_least" : "at_most");
  };
  const auto money = [&](const std::optional<double>& value) {
    return value ? to_json(Money::from_double(*value, e.currency)) : Json(nullptr);
  };
  for (const economics::HoldingMonth& month : e.holding)
    holding.push_back({{"from", iso(month.first_day)},
                       {"to", iso(month.last_day)},
                       {"storage", money(month.storage)},
                       {"storage_bound", bound(month.storage_bound)},
                       {"utilisation", money(month.utilisation)},
                       {"surcharge", money(month.surcharge)},
                       {"surcharge_at_least", month.surcharge_at_least}});
  Json cohorts = Json::array();
  for (const economics::Explanation::Cohort& cohort : e.cohorts) {
    Json months = Json::array();
    for (const economics::HoldingMonth& month : cohort.months)
      months.push_back({{"from", iso(month.first_day)},
                        {"to", iso(month.last_day)},
                        {"storage", money(month.storage)},
                        {"surcharge", money(month.surcharge)}});
    cohorts.push_back({{"from_day", cohort.ages.from_day},
                       {"to_day", cohort.ages.to_day ? Json(*cohort.ages.to_day) : Json(nullptr)},
                       {"units", cohort.ages.units},
                       {"months", months}});
  }
  Json exits = Json::array();
  for (const economics::ExitValue& exit : e.exits)
    exits.push_back({{"channel", exit.channel},
                     {"per_unit", to_json(Money::from_double(exit.per_unit, e.currency))},
                     {"delay_days", exit.delay_days},
                     {"unknown", texts(exit.unknown, lang)}});
  return {{"marketplace", listing.marketplace},
          {"sku", listing.sku},
          {"as_of", iso(e.from)},
          {"until", iso(e.until)},
          {"sale", sale},
          {"net_of_sale", to_json(e.net_of_sale)},
          {"landed_cost", to_json(e.landed_cost)},
          {"break_even_price", to_json(e.break_even_price)},
          {"profit_now", to_json(e.profit_now)},
          {"profit_if_held", to_json(e.profit_held)},
          {"units_on_hand", e.units},
          {"holding", holding},
          {"holding_by_cohort", cohorts},
          {"holding_total", to_json(e.holding_total)},
          {"holding_bound", e.holding_bound == economics::Bound::kExact     ? Json(nullptr)
                            : e.holding_bound == economics::Bound::kAtLeast ? Json("at_least")
                                                                            : Json("at_most")},
          {"storage_source", words(e.storage_source.in(lang))},
          {"holding_unknown", texts(e.holding_unknown, lang)},
          {"exits", exits}};
}

namespace {

Text bound_text(const Text& name, economics::Bound bound) {
  if (bound == economics::Bound::kAtMost) return {name.en + ", at most", name.zh + "（至多）"};
  if (bound == economics::Bound::kAtLeast) return {name.en + ", at least", name.zh + "（至少）"};
  return name;
}

Text all_of(const std::vector<Text>& texts) {
  Text all;
  for (const Text& one : texts) {
    all.en += (all.en.empty() ? "" : "; ") + one.en;
    all.zh += (all.zh.empty() ? "" : "；") + one.zh;
  }
  return all;
}

// What is unknown of a sale, and so not in its net.
Text left_out(const economics::Explanation& e) {
  Text all;
  if (!e.net_of_sale) return all;
  for (const economics::ExplainedPart& part : e.sale) {
    if (part.amount) continue;
    all.en += (all.en.empty() ? "without " : ", ") + part.name.en;
    all.zh += (all.zh.empty() ? "未含" : "、") + part.name.zh;
  }
  return all.en.empty() ? all : Text{all.en + ": unknown", all.zh + "（暂无数据）"};
}

}  // namespace

deliver::Table explanation_table(const economics::Explanation& e, const market::Facts& facts) {
  using deliver::Cell;
  using deliver::Kind;
  deliver::Table table{"explain",
                       {"Economics", "经济账"},
                       {{"part", {"Part", "项目"}, Kind::kText, 0, 44},
                        {"amount", {"Amount", "金额"}, Kind::kMoney, 0, 14},
                        {"source", {"From", "来源"}, Kind::kText, 0, 60}},
                       {}};
  const auto add = [&](const Text& name, const std::optional<Money>& amount, const Text& source) {
    table.rows.push_back({name, deliver::cell(amount), source});
  };
  for (const economics::ExplainedPart& part : e.sale) add(part.name, part.amount, part.source);
  add({"= net of a sale", "= 单件净回款"}, e.net_of_sale, left_out(e));
  add({"landed cost", "到岸成本"}, e.landed_cost, {"cost sheet", "成本表"});
  add({"break-even price", "保本价"}, e.break_even_price, {});
  add({"profit of a unit sold today", "今日售出单件利润"}, e.profit_now, {});
  add({"profit of a unit held to " + iso(e.until), "不动至 " + iso(e.until) + " 的单件利润"}, e.profit_held, {});
  const Text storage =
      e.storage_own ? Text{"storage by your own reports", "仓储费（按您自己的报告）"} : Text{"storage", "仓储费"};
  const Text both{storage.en + " and surcharge of all units on hand", "全部在库的" + storage.zh + "与附加费"};
  for (const economics::HoldingMonth& month : e.holding) {
    std::optional<Money> cost;
    if (month.storage) cost = Money::from_double(*month.storage + month.surcharge.value_or(0), e.currency);
    const std::string days = iso(month.first_day) + " … " + iso(month.last_day);
    add(bound_text({"holding " + days, "持有成本 " + days}, month.storage_bound), cost,
        month.surcharge ? both
                        : Text{storage.en + " alone of all units on hand: the aged surcharge is unknown",
                               "仅全部在库的" + storage.zh + "：超龄附加费未提供"});
    if (month.utilisation > 0)
      add({"  of which storage utilisation surcharge", "  其中库容利用率附加费"},
          Money::from_double(month.utilisation, e.currency), {"estimated from stock and sales", "按库存与销量估计"});
  }
  add(bound_text({"holding in all", "持有成本合计"}, e.holding_bound), e.holding_total, all_of(e.holding_unknown));
  for (const economics::ExitValue& exit : e.exits) {
    const market::Channel* channel = facts.channel(exit.channel);
    add({"a unit by " + exit.channel, "单件处置：" + (channel ? channel->name.zh : exit.channel)},
        exit.known() ? std::optional<Money>(Money::from_double(exit.per_unit, e.currency)) : std::nullopt,
        exit.unknown.empty() ? Text{} : exit.unknown.front());
  }
  return table;
}

Json facts_json(const std::vector<FactRowInForce>& rows, Date day, Lang lang) {
  Json list = Json::array();
  for (const FactRowInForce& row : rows)
    list.push_back({{"marketplace", words(row.marketplace)},
                    {"id", row.id},
                    {"name", row.kind.in(lang)},
                    {"known", row.confidence.has_value()},
                    {"effective_from", row.from ? Json(iso(*row.from)) : Json(nullptr)},
                    {"effective_to", row.to ? Json(iso(*row.to)) : Json(nullptr)},
                    {"age_days", row.from ? Json(days_between(*row.from, day)) : Json(nullptr)},
                    {"confidence", row.sure() ? Json(row.sure()->en) : Json(nullptr)},
                    {"source", words(row.source)}});
  return {{"date", iso(day)}, {"facts", list}};
}

}  // namespace destock::app

#include "deliver/outcome_tables.h"

#include <map>

namespace destock::deliver {

Table removal_orders_table(std::span<const account::RemovalOrderRow> orders) {
  Table table{"removal_orders",
              {"Removal orders", "移除订单"},
              {{"requested_on", {"Requested", "请求日期"}, Kind::kDay},
               {"order_id", {"Order", "订单编号"}, Kind::kText, 0, 24},
               {"type", {"Type", "类型"}},
               {"status", {"Status", "状态"}},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 24},
               {"fnsku", {"FNSKU", "FNSKU"}, Kind::kText, 0, 14, false},
               {"disposition", {"Disposition", "属性"}},
               {"requested", {"Requested, units", "请求件数"}, Kind::kUnits},
               {"cancelled", {"Cancelled", "已取消"}, Kind::kUnits},
               {"disposed", {"Disposed of", "已弃置"}, Kind::kUnits},
               {"shipped", {"Shipped", "已发货"}, Kind::kUnits},
               {"in_process", {"In process", "处理中"}, Kind::kUnits},
               {"fee", {"Fee", "费用"}, Kind::kMoney},
               {"source", {"By", "来源"}, Kind::kText, 0, 10, false}},
              {}};
  for (const account::RemovalOrderRow& o : orders)
    table.rows.push_back({o.requested_on, o.order_id, o.type, o.status, o.marketplace, o.sku, o.fnsku, o.disposition,
                          cell(o.requested), cell(o.cancelled), cell(o.disposed), cell(o.shipped), cell(o.in_process),
                          cell(o.fee), o.source});
  return table;
}

Table removal_shipments_table(std::span<const account::RemovalShipmentRow> parcels) {
  Table table{"removal_shipments",
              {"Removal shipments", "移除货件"},
              {{"shipped_on", {"Shipped", "发货日期"}, Kind::kDay},
               {"order_id", {"Order", "订单编号"}, Kind::kText, 0, 24},
               {"type", {"Type", "类型"}},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 24},
               {"disposition", {"Disposition", "属性"}},
               {"units", {"Units", "件数"}, Kind::kUnits},
               {"carrier", {"Carrier", "承运人"}},
               {"tracking", {"Tracking number", "追踪编号"}, Kind::kText, 0, 20}},
              {}};
  for (const account::RemovalShipmentRow& p : parcels)
    table.rows.push_back(
        {p.shipped_on, p.order_id, p.type, p.marketplace, p.sku, p.disposition, p.units, p.carrier, p.tracking});
  return table;
}

Table settled_fees_table(std::span<const account::SettledDay> days) {
  struct Sum {
    Currency currency;
    Date first, last;
    int64_t units = 0;
    double principal = 0, promotion = 0, referral = 0, fulfilment = 0, other = 0;
  };
  std::map<std::pair<std::string, std::string>, Sum> sums;
  for (const account::SettledDay& day : days) {
    Sum& sum = sums.try_emplace({day.marketplace, day.sku}, Sum{day.currency, day.day, day.day}).first->second;
    sum.first = std::min(sum.first, day.day);
    sum.last = std::max(sum.last, day.day);
    sum.units += day.units;
    sum.principal += static_cast<double>(day.principal);
    sum.promotion += static_cast<double>(day.promotion);
    sum.referral += static_cast<double>(day.referral);
    sum.fulfilment += static_cast<double>(day.fulfilment);
    sum.other += static_cast<double>(day.other_fees);
  }
  Table table{"settled_fees",
              {"What was taken of a unit, by settlements", "结算报告中每件扣费"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 24},
               {"from", {"From", "自"}, Kind::kDay},
               {"to", {"To", "至"}, Kind::kDay},
               {"units", {"Units", "件数"}, Kind::kUnits},
               {"price", {"Price paid", "成交价"}, Kind::kMoney},
               {"promotion", {"Promotions", "促销"}, Kind::kMoney},
               {"referral", {"Referral fee", "佣金"}, Kind::kMoney},
               {"fulfilment", {"Fulfilment fee", "配送费"}, Kind::kMoney},
               {"other_fees", {"Other fees", "其他费用"}, Kind::kMoney}},
              {}};
  for (const auto& [key, sum] : sums) {
    const auto of_unit = [&, &total = sum](double amount) {
      return cell(Money::fitting(amount / Money::kUnitsPerWhole / static_cast<double>(total.units), total.currency));
    };
    table.rows.push_back({key.first, key.second, sum.first, sum.last, sum.units, of_unit(sum.principal),
                          of_unit(sum.promotion), of_unit(sum.referral), of_unit(sum.fulfilment), of_unit(sum.other)});
  }
  return table;
}

Table settled_amounts_table(std::span<const account::SettledAmount> amounts) {
  Table table{"settled_amounts",
              {"Other money of settlements", "结算报告中的其他款项"},
              {{"day", {"Day", "日期"}, Kind::kDay},
               {"settlement", {"Settlement", "结算编号"}, Kind::kText, 0, 14, false},
               {"transaction", {"Transaction", "交易类型"}, Kind::kText, 0, 18},
               {"type", {"Type", "金额类型"}, Kind::kText, 0, 18},
               {"description", {"What", "说明"}, Kind::kText, 0, 26},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"order_id", {"Order", "订单编号"}, Kind::kText, 0, 20},
               {"merchant_order_id", {"Your order", "自编订单号"}, Kind::kText, 0, 20},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 24},
               {"units", {"Units", "件数"}, Kind::kUnits},
               {"amount", {"Amount", "金额"}, Kind::kMoney}},
              {}};
  for (const account::SettledAmount& a : amounts)
    table.rows.push_back({a.day, a.settlement, a.transaction, a.type, a.description, a.marketplace, a.order_id,
                          a.merchant_order_id, a.sku, cell(a.units), a.amount});
  return table;
}

Table promotions_table(std::span<const account::PromotionRow> promotions) {
  Table table{"promotions",
              {"Promotions and coupons", "促销与优惠券"},
              {{"from", {"From", "自"}, Kind::kDay},
               {"to", {"To", "至"}, Kind::kDay},
               {"id", {"Id", "编号"}, Kind::kText, 0, 20},
               {"type", {"Type", "类型"}, Kind::kText, 0, 16},
               {"status", {"Status", "状态"}, Kind::kText, 0, 16},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"name", {"Name", "名称"}, Kind::kText, 0, 30},
               {"asins", {"ASINs", "ASIN"}, Kind::kText, 0, 30},
               {"discount_percent", {"Percent off", "折扣 %"}, Kind::kNumber},
               {"discount_amount", {"Money off", "立减"}, Kind::kMoney},
               {"units", {"Units", "件数"}, Kind::kUnits},
               {"clips", {"Clips", "领取"}, Kind::kUnits},
               {"redemptions", {"Redemptions", "使用"}, Kind::kUnits},
               {"revenue", {"Revenue", "销售额"}, Kind::kMoney},
               {"discount", {"Discount given", "折扣总额"}, Kind::kMoney},
               {"budget", {"Budget", "预算"}, Kind::kMoney},
               {"budget_spent", {"Spent", "已花费"}, Kind::kMoney}},
              {}};
  for (const account::PromotionRow& p : promotions) {
    std::string asins;
    for (const account::PromotionAsin& product : p.asins) add_to_list(asins, product.asin, ";");
    table.rows.push_back(
        {p.first_day, p.last_day, p.id, p.type, p.status.empty() ? Cell(std::monostate{}) : Cell(p.status),
         p.marketplace, p.name, asins, cell(p.discount_percent), cell(p.discount_amount), cell(p.units), cell(p.clips),
         cell(p.redemptions), cell(p.revenue), cell(p.discount), cell(p.budget), cell(p.budget_spent)});
  }
  return table;
}

Table traffic_table(std::span<const account::TrafficRow> traffic) {
  Table table{"traffic",
              {"Sales and traffic", "销售与流量"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"asin", {"ASIN", "ASIN"}},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 24},
               {"from", {"From", "自"}, Kind::kDay},
               {"to", {"To", "至"}, Kind::kDay},
               {"sessions", {"Sessions", "会话数"}, Kind::kUnits},
               {"page_views", {"Page views", "页面浏览量"}, Kind::kUnits},
               {"buy_box", {"Buy Box", "购买按钮"}, Kind::kShare},
               {"units", {"Units", "件数"}, Kind::kUnits},
               {"revenue", {"Sales", "销售额"}, Kind::kMoney}},
              {}};
  for (const account::TrafficRow& t : traffic)
    table.rows.push_back({t.marketplace, t.asin, t.sku, cell(t.first_day), t.last_day, cell(t.sessions),
                          cell(t.page_views), cell(t.buy_box), cell(t.units), cell(t.revenue)});
  return table;
}

Table stock_events_table(std::span<const account::StockEventRow> events) {
  Table table{"stock_events",
              {"Movements of stock", "库存变动"},
              {{"day", {"Day", "日期"}, Kind::kDay},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 24},
               {"event", {"Event", "事件"}, Kind::kText, 0, 18},
               {"sellable", {"Condition", "状况"}},
               {"units", {"Units", "件数"}, Kind::kUnits}},
              {}};
  for (const account::StockEventRow& e : events)
    table.rows.push_back({e.day, e.marketplace, e.sku, e.event,
                          e.sellable ? Text{"sellable", "可售"} : Text{"unsellable", "不可售"}, e.units});
  return table;
}

Table promotion_uses_table(std::span<const account::PromotionUseRow> uses) {
  Table table{"promotion_uses",
              {"Shipped under promotions", "促销下的发货"},
              {{"day", {"Day", "日期"}, Kind::kDay},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"id", {"Id", "编号"}, Kind::kText, 0, 30},
               {"description", {"Words", "说明"}, Kind::kText, 0, 30},
               {"lines", {"Lines", "行数"}, Kind::kUnits},
               {"discount", {"Discount", "折扣"}, Kind::kMoney}},
              {}};
  for (const account::PromotionUseRow& u : uses)
    table.rows.push_back({u.day, u.marketplace, u.promotion_id, u.description, u.lines, cell(u.discount)});
  return table;
}

}  // namespace destock::deliver

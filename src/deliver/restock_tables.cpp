#include "deliver/tables.h"

namespace destock::deliver {

Table calendar_table(const std::vector<restock::EventAhead>& events) {
  Table table{"calendar",
              {"Seasonal calendar", "季节日历"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"event", {"Event", "节点"}, Kind::kText, 0, 26},
               {"first_day", {"From", "开始"}, Kind::kDay, 0, 12},
               {"last_day", {"To", "结束"}, Kind::kDay, 0, 12},
               {"order_by", {"Order by", "最迟下单"}, Kind::kDay, 0, 12},
               {"stock_in_by", {"In stock by", "最迟入仓"}, Kind::kDay, 0, 12},
               {"deals_close", {"Deals close", "报名截止"}, Kind::kDay, 0, 12},
               {"taper_from", {"Order less from", "减量起始"}, Kind::kDay, 0, 12},
               {"clear_from", {"Clear from", "清仓开始"}, Kind::kDay, 0, 12},
               {"skus", {"SKUs of it", "相关 SKU"}, Kind::kUnits, 0, 10}},
              {}};
  const auto day = [](const std::optional<Date>& date) { return date ? Cell(*date) : Cell(std::string("–")); };
  // To order less and to clear is for goods of the season alone.
  const auto of_season = [&](const restock::EventAhead& ahead, Date date) {
    return ahead.skus > 0 ? Cell(date) : Cell(std::string("–"));
  };
  for (const restock::EventAhead& ahead : events)
    table.rows.push_back({ahead.marketplace, ahead.event->name, ahead.event->first_day, ahead.event->last_day,
                          ahead.order_by, day(ahead.event->stock_in_by), day(ahead.event->deals_close),
                          of_season(ahead, ahead.taper_from), of_season(ahead, ahead.clear_from), ahead.skus});
  return table;
}

namespace {

// Orders that are better not to come are said before what is to be ordered.
Text with_surplus(const restock::OrderAdvice& advice) {
  Text why;
  for (const restock::SurplusOrder& order : advice.surplus) {
    why.en += order.why.en + "; ";
    why.zh += order.why.zh + "；";
  }
  return {why.en + advice.why.en, why.zh + advice.why.zh};
}

// Before the last cell, the playbook's reason.
void add_order_cells(const restock::OrderAdvice& advice, std::vector<Cell>& row) {
  const Cell no = std::string("–");
  const auto& choice = advice.choice;
  const auto money = [&](double amount) { return choice ? Cell(restock::money_of(amount, advice)) : no; };
  const std::vector<Cell> cells = {choice           ? Cell(choice->units)
                                   : advice.known() ? Cell(int64_t{0})
                                                    : no,
                                   advice.order_by ? Cell(*advice.order_by) : no,
                                   choice && choice->units > 0 ? money(choice->too_few) : no,
                                   choice && choice->units > 0 ? money(choice->too_many) : no,
                                   choice ? Cell(choice->service) : no,
                                   money(choice ? choice->gain : 0),
                                   money(choice ? choice->if_double : 0),
                                   money(choice ? choice->if_half : 0),
                                   advice.transfer,
                                   advice.last_order_day ? Cell(*advice.last_order_day) : no,
                                   advice.first_cut ? Cell(*advice.first_cut) : no,
                                   with_surplus(advice)};
  row.insert(row.end() - 1, cells.begin(), cells.end());
}

}  // namespace

Table surplus_orders_table(const account::Account& account, const std::vector<restock::RestockLine>& lines) {
  Table table{"surplus_orders",
              {"Orders better cancelled or put off", "建议取消或推迟的采购单"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
               {"number", {"Order", "采购单号"}, Kind::kText, 0, 14},
               {"supplier", {"Supplier", "供应商"}, Kind::kText, 0, 16, false},
               {"units", {"To come", "待到货"}, Kind::kUnits, 0, 9},
               {"arrives", {"About", "预计到货"}, Kind::kDay, 0, 12},
               {"cancel", {"Cancel", "取消"}, Kind::kUnits, 0, 9},
               {"later_weeks", {"Weeks later", "推迟周数"}, Kind::kUnits, 0, 9},
               {"saves", {"Saves", "节省"}, Kind::kMoney, 0, 12},
               {"saves_before", {"Before cancelling", "扣取消费用前"}, Kind::kMoney, 0, 12},
               {"why", {"Why", "原因"}, Kind::kText, 0, 60}},
              {}};
  const Cell no = std::string("–");
  for (const restock::RestockLine& line : lines)
    for (const restock::SurplusOrder& order : line.order.surplus)
      table.rows.push_back({account.listings[line.listing].marketplace, account.listings[line.listing].sku,
                            order.number, order.supplier, order.units, order.arrives,
                            order.cancel > 0 ? Cell(order.cancel) : no,
                            order.later_weeks > 0 ? Cell(int64_t{order.later_weeks}) : no,
                            order.saves ? Cell(*order.saves) : no, cell(order.saves_before), order.why});
  return table;
}

Table restock_table(const account::Account& account, const std::vector<restock::RestockLine>& lines) {
  Table table{"restock",
              {"Restock", "补货"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
               {"title", {"Title", "商品名称"}, Kind::kText, 0, 28, false},
               {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
               {"tag", {"Tag", "标签"}, Kind::kText, 0, 10, false},
               {"advice", {"Advice", "建议"}, Kind::kText, 0, 14},
               {"order_now", {"Order now", "现在下单"}, Kind::kUnits, 0, 10},
               {"order_low", {"2 months", "补 2 个月"}, Kind::kUnits, 0, 10, false},
               {"order_high", {"3 months", "补 3 个月"}, Kind::kUnits, 0, 10, false},
               {"stock", {"Stock", "库存"}, Kind::kUnits, 0, 9},
               {"velocity", {"Expected a day", "预计日均销量"}, Kind::kNumber, 2, 9},
               {"days_of_supply", {"Days", "可售天数"}, Kind::kUnits, 0, 9},
               {"lead_time_days", {"Lead time", "交期（天）"}, Kind::kUnits, 0, 10},
               {"reorder_point", {"Reorder point", "补货点"}, Kind::kUnits, 0, 10, false},
               {"order_up_to", {"Order up to", "目标库存"}, Kind::kUnits, 0, 10, false},
               {"stockout_date", {"Runs out", "预计断货"}, Kind::kDay, 0, 12, false},
               {"season", {"Season", "季节"}, Kind::kText, 0, 14, false},
               {"clear_from", {"Clear from", "清仓开始"}, Kind::kDay, 0, 12, false},
               {"economic_order", {"By its value", "经济补货量"}, Kind::kUnits, 0, 10},
               {"economic_order_by", {"Order by", "最迟下单"}, Kind::kDay, 0, 12},
               {"too_few", {"One too few", "少一件损失"}, Kind::kMoney, 0, 11},
               {"too_many", {"One too many", "多一件损失"}, Kind::kMoney, 0, 11},
               {"service_level", {"Lasts with", "不断货概率"}, Kind::kShare, 0, 10, false},
               {"order_gain", {"Brings", "多得"}, Kind::kMoney, 0, 12, false},
               {"loss_if_double", {"Lost if twice sells", "销量翻倍的损失"}, Kind::kMoney, 0, 12, false},
               {"loss_if_half", {"Lost if half sells", "销量减半的损失"}, Kind::kMoney, 0, 12, false},
               {"transfer", {"Transfer", "调拨"}, Kind::kUnits, 0, 10, false},
               {"last_order_day", {"Last order by its value", "经济补货最后日期"}, Kind::kDay, 0, 12, false},
               {"first_cut", {"First cut by the plan", "方案首次降价"}, Kind::kDay, 0, 12, false},
               {"economic_why", {"Why by its value", "经济补货原因"}, Kind::kText, 0, 60, false},
               {"reason", {"Why", "原因"}, Kind::kText, 0, 60}},
              {}};
  for (const restock::RestockLine& line : lines) {
    const account::Listing& listing = account.listings[line.listing];
    const Cell no = std::string("–");
    std::vector<Cell> row = {listing.marketplace,
                             listing.sku,
                             listing.title,
                             listing.owner,
                             listing.tag,
                             restock::advice_name(line.advice),
                             line.order_now,
                             cell(line.order_low),
                             cell(line.order_high),
                             line.stock,
                             line.per_day > 0 ? Cell(line.per_day) : cell(line.velocity.weighted),
                             line.days_of_supply ? Cell(*line.days_of_supply) : no,
                             line.lead_time_days,
                             cell(line.reorder_point),
                             cell(line.order_up_to),
                             line.stockout_date ? Cell(*line.stockout_date) : no,
                             line.season ? Cell(line.season->name) : no,
                             line.season ? Cell(line.season->clear_from) : no,
                             line.reason};
    add_order_cells(line.order, row);
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace destock::deliver

#include "deliver/tables.h"

#include <algorithm>
#include <map>
#include <set>

#include "health/flags.h"

namespace destock::deliver {
namespace {

Text joined(const std::vector<health::Flag>& flags) {
  std::vector<Text> texts;
  texts.reserve(flags.size());
  for (const health::Flag& flag : flags) texts.push_back(flag.text);
  return in_one_line(texts);
}

Cell next_crossing(const health::Ageing& ageing) {
  if (!ageing.known) return std::monostate{};
  if (!ageing.next_charged) return std::string("–");
  const health::Crossing& crossing = *ageing.next_charged;
  const std::string days =
      crossing.exact() ? iso(crossing.earliest) : iso(crossing.earliest) + " … " + iso(crossing.latest);
  return days + " (" + std::to_string(crossing.units) + ")";
}

std::string priority_name(int priority) {
  return "P" + std::to_string(priority);
}

}  // namespace

std::vector<Figure> account_figures(const account::Account& account, const health::HealthReport& report) {
  const health::AccountFigures& f = report.figures;
  std::vector<Figure> figures = {
      {"as_of", {"Snapshot date", "快照日期"}, account.as_of, Kind::kDay},
      {"base_currency", {"Base currency", "本位币"}, f.base_currency.str(), Kind::kText},
      {"skus", {"SKUs with stock or sales", "有库存或销售的 SKU"}, static_cast<int64_t>(f.skus), Kind::kUnits},
      {"units", {"Stock, units", "库存件数"}, f.units, Kind::kUnits},
      {"stock_value", {"Cash tied up", "占用资金"}, cell(f.stock_value), Kind::kMoney},
      {"excess_units", {"Excess, units", "冗余件数"}, f.excess_units, Kind::kUnits},
      {"excess_value", {"Excess value", "冗余金额"}, cell(f.excess_value), Kind::kMoney},
      {"excess_share", {"Excess share", "冗余占比"}, cell(f.excess_share), Kind::kShare},
      {"sell_through", {"Sell-through, 90 days", "售出率（90 天）"}, cell(f.sell_through), Kind::kNumber},
      {"holding_cost_now", {"Holding cost, this month", "本月持有成本"}, cell(f.holding_cost_now), Kind::kMoney},
      {"holding_cost_next_month",
       {"Holding cost, next month", "下月持有成本"},
       cell(f.holding_cost_next_month),
       Kind::kMoney},
      {"holding_cost_oct_dec",
       {"Holding cost, a month of Oct–Dec", "10–12 月每月持有成本"},
       cell(f.holding_cost_oct_dec),
       Kind::kMoney},
      {"holding_unknown_skus",
       {"SKUs without a known holding cost", "缺持有成本的 SKU"},
       f.holding_unknown_skus,
       Kind::kUnits},
      {"surcharge_unknown_skus",
       {"SKUs whose aged surcharge is unknown", "超龄附加费未提供的 SKU"},
       f.surcharge_unknown_skus,
       Kind::kUnits},
      {"valued_at_price_skus",
       {"SKUs valued at price (cost unknown)", "按售价计值的 SKU（成本未提供）"},
       f.valued_at_price_skus,
       Kind::kUnits},
      {"unvalued_skus",
       {"SKUs with neither cost nor price", "成本与售价均未提供的 SKU"},
       f.unvalued_skus,
       Kind::kUnits},
  };
  for (const auto& [band, count] : f.bands) {
    const Text name = health::band_name(band);
    figures.push_back({"band_" + std::string(health::band_id(band)),
                       {"SKUs: " + name.en, "SKU：" + name.zh},
                       static_cast<int64_t>(count),
                       Kind::kUnits});
  }
  return figures;
}

namespace {

// Units that the aged inventory surcharge meets, by the age from which the cards in force charge it; that of most is
// the 181 days that are shown anyway.
Column surcharged(const health::HealthReport& report) {
  std::set<int> ages;
  for (const health::Diagnosis& diagnosis : report.diagnoses)
    if (diagnosis.ageing.surcharge_from) ages.insert(*diagnosis.ageing.surcharge_from);
  Column column{"charged_units", {"Surcharged", "已到附加费库龄"}, Kind::kUnits, 0, 10};
  if (ages.size() == 1) {
    const std::string age = std::to_string(*ages.begin());
    column.name = {age + "+ d", age + " 天以上"};
  }
  column.narrow = !ages.empty() && ages != std::set{health::kShownBandsFrom[2]};
  return column;
}

std::vector<Column> health_columns(const Column& surcharged) {
  return {{"priority", {"Priority", "优先级"}, Kind::kText, 0, 8},
          {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
          {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
          {"asin", {"ASIN", "ASIN"}, Kind::kText, 0, 13, false},
          {"parent_asin", {"Parent ASIN", "父 ASIN"}, Kind::kText, 0, 13, false},
          {"title", {"Title", "商品名称"}, Kind::kText, 0, 30, false},
          {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
          {"tag", {"Tag", "标签"}, Kind::kText, 0, 10, false},
          {"band", {"Band", "库存状态"}, Kind::kText, 0, 13},
          {"available", {"Available", "可售"}, Kind::kUnits, 0, 10, false},
          {"reserved", {"Reserved", "预留"}, Kind::kUnits, 0, 10, false},
          {"inbound", {"Inbound", "在途"}, Kind::kUnits, 0, 10, false},
          {"stock_total", {"Stock", "库存合计"}, Kind::kUnits, 0, 10},
          {"units_last_month", {"Month", "近 30 天销量"}, Kind::kUnits, 0, 10},
          {"velocity", {"Units a day", "日均销量"}, Kind::kNumber, 2, 9, false},
          {"stock_to_sales", {"Ratio", "库销比"}, Kind::kNumber, 2, 9},
          {"days_of_supply", {"Days of supply", "可售天数"}, Kind::kUnits, 0, 10, false},
          {"excess_units", {"Excess", "冗余件数"}, Kind::kUnits, 0, 10},
          {"age_0_90", {"0–90 d", "0–90 天"}, Kind::kUnits, 0, 9, false},
          {"age_91_180", {"91–180 d", "91–180 天"}, Kind::kUnits, 0, 9, false},
          {"age_181_270", {"181–270 d", "181–270 天"}, Kind::kUnits, 0, 9, false},
          {"age_271_365", {"271–365 d", "271–365 天"}, Kind::kUnits, 0, 9, false},
          {"age_366_plus", {"366+ d", "366 天以上"}, Kind::kUnits, 0, 9, false},
          {"aged_units_181_plus", {"181+ d", "181 天以上"}, Kind::kUnits, 0, 10},
          surcharged,
          {"next_181", {"Next to surcharge (units)", "下一批进入附加费（件）"}, Kind::kText, 0, 26, false},
          {"price", {"Price", "售价"}, Kind::kMoney, 0, 11, false},
          {"unit_cost", {"Unit cost", "采购成本"}, Kind::kMoney, 0, 11, false},
          {"unit_value", {"Landed cost", "到岸成本"}, Kind::kMoney, 0, 11, false},
          {"holding_cost_now", {"Holding now", "本月持有成本"}, Kind::kMoney, 0, 13, false},
          {"holding_cost_next_month", {"Holding next month", "下月持有成本"}, Kind::kMoney, 0, 13},
          {"holding_cost_oct_dec", {"Holding Oct–Dec", "10–12 月持有成本"}, Kind::kMoney, 0, 13, false},
          {"amazon_excess", {"Amazon's excess", "亚马逊预计冗余"}, Kind::kUnits, 0, 10, false},
          {"amazon_action", {"Amazon's action", "亚马逊建议"}, Kind::kText, 0, 18, false},
          {"differs", {"Why they differ", "差异原因"}, Kind::kText, 0, 40, false},
          {"flags", {"Notes", "备注"}, Kind::kText, 0, 50, false}};
}

std::vector<Cell> health_row(const account::Account& account, const health::Diagnosis& d,
                             const market::Playbook& playbook) {
  const account::Listing& listing = account.listings[d.listing];
  const account::StockPosition& stock = account.stock[d.listing];
  const account::AmazonView& amazon = account.amazon[d.listing];
  const auto age = [&](size_t band) { return d.ageing.known ? Cell(d.ageing.units[band]) : Cell(std::monostate{}); };
  const Cell oldest = d.ageing.known ? Cell(d.ageing.units[4] + d.ageing.units[5]) : Cell(std::monostate{});
  const Cell landed = d.value_basis == health::ValueBasis::kPrice ? Cell(std::monostate{}) : cell(d.unit_value);
  const bool reserved_unknown = (stock.flags & account::kReservedUnknown) != 0;
  const bool inbound_unknown = (stock.flags & account::kInboundUnknown) != 0;
  return {priority_name(d.priority),
          listing.marketplace,
          listing.sku,
          listing.asin,
          amazon.traffic ? amazon.traffic->parent : std::string(),
          listing.title,
          listing.owner,
          listing.tag,
          health::band_name(d.band),
          stock.available,
          reserved_unknown ? Cell(std::monostate{}) : Cell(stock.reserved()),
          inbound_unknown ? Cell(std::monostate{}) : Cell(stock.inbound()),
          stock.total(),
          cell(d.velocity.units_last_month),
          cell(d.velocity.weighted),
          d.stock_to_sales ? Cell(*d.stock_to_sales) : Cell(std::string("–")),
          d.days_of_supply ? Cell(*d.days_of_supply) : Cell(std::string("–")),
          d.excess_units,
          age(0),
          age(1),
          age(2),
          age(3),
          oldest,
          d.ageing.known ? Cell(d.ageing.aged_181_plus) : Cell(std::monostate{}),
          d.ageing.known && d.ageing.surcharge_from ? Cell(d.ageing.charged) : Cell(std::monostate{}),
          next_crossing(d.ageing),
          cell(account.fees[d.listing].price),
          cell(account.costs[d.listing].unit_cost),
          landed,
          cell(d.holding.now),
          cell(d.holding.next_month),
          cell(d.holding.oct_dec),
          cell(amazon.excess),
          amazon.recommended_action,
          health::difference_from_amazon(account, d, playbook),
          joined(health::flags_of(account, d, playbook))};
}

}  // namespace

Table health_table(const account::Account& account, const health::HealthReport& report,
                   const market::Playbook& playbook) {
  Table table{"health", {"Health", "库存健康"}, health_columns(surcharged(report)), {}};
  std::vector<const health::Diagnosis*> order;
  for (const health::Diagnosis& diagnosis : report.diagnoses)
    if (diagnosis.band != health::Band::kNoStock) order.push_back(&diagnosis);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return a->priority != b->priority ? a->priority < b->priority : a->excess_units > b->excess_units;
  });
  for (const health::Diagnosis* d : order) table.rows.push_back(health_row(account, *d, playbook));
  return table;
}

Table freshness_table(const account::Account& account) {
  Table table{"reports",
              {"Reports in use", "在用报告"},
              {{"report", {"Report", "报告"}, Kind::kText, 0, 30},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"day", {"True for", "数据日期"}, Kind::kDay, 0, 12},
               {"age_days", {"Age, days", "距今天数"}, Kind::kUnits, 0, 10}},
              {}};
  for (const account::ReportAge& report : account.reports)
    table.rows.push_back(
        {account::report_name(report.report), report.marketplace, report.day, days_between(report.day, account.as_of)});
  return table;
}

namespace {

Cell next_best_name(const account::PlanLine& line, const market::Facts& facts) {
  if (!line.next_best) return std::string("–");
  const std::string& id = line.next_best->channel;
  if (id == "sell") return Text{"the price as it is", "维持原价"};
  if (id == "hold") return Text{"holding", "不做动作"};
  if (id == "playbook") return Text{"the playbook", "清仓规则"};
  if (id == "liquidate") return Text{"liquidating now", "立即批量清货"};
  const market::Channel* channel = facts.channel(id);
  return channel ? Cell(channel->name) : Cell(id);
}

// "Outlet deal at USD 19.49, USD 42.10 more": what Amazon would have to offer.
Cell if_offered(const account::PlanLine& line, const market::Facts& facts) {
  if (!line.if_offered) return std::string("–");
  const market::Channel* channel = facts.channel(line.if_offered->channel);
  const Text name = channel ? channel->name : Text{line.if_offered->channel, line.if_offered->channel};
  const std::string price = line.if_offered->price.rounded().str();
  const std::string more = (line.if_offered->net_recovery - line.net_recovery).rounded().str();
  return Text{name.en + " at " + price + ", " + more + " more", name.zh + "（" + price + "），再多回款 " + more};
}

}  // namespace

Table plan_lines_table(const account::PlanRecord& plan, const market::Facts& facts) {
  const bool compares = plan.policy == "optimal";  // the other policies know no bound and no odds
  Table table{"plan_lines",
              {"Plan by SKU", "方案（按 SKU）"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
               {"title", {"Title", "商品名称"}, Kind::kText, 0, 28, false},
               {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
               {"tag", {"Tag", "标签"}, Kind::kText, 0, 10, false},
               {"band", {"Band", "库存状态"}, Kind::kText, 0, 10, false},
               {"units", {"Stock", "库存"}, Kind::kUnits, 0, 8},
               {"net_recovery", {"Net recovery", "净回款"}, Kind::kMoney, 0, 14},
               {"upper_bound", {"At most", "上限"}, Kind::kMoney, 0, 14, compares},
               {"hold", {"If held", "不做动作"}, Kind::kMoney, 0, 14},
               {"playbook", {"By the playbook", "按清仓规则"}, Kind::kMoney, 0, 14, compares},
               {"delay_4", {"Cost of 4 weeks' delay", "晚做 4 周的损失"}, Kind::kMoney, 0, 14},
               {"gain", {"More than holding", "比不动多回款"}, Kind::kMoney, 0, 14, compares},
               {"sure_out_by", {"90 % out by", "90% 概率清空日期"}, Kind::kDay, 0, 11, compares},
               {"next_best", {"Next best", "次优方案"}, Kind::kText, 0, 12, false},
               {"next_best_net_recovery", {"Its net recovery", "次优净回款"}, Kind::kMoney, 0, 14, false},
               {"if_offered", {"If Amazon offers it", "如亚马逊邀请"}, Kind::kText, 0, 30, false},
               {"why", {"Why", "原因"}, Kind::kText, 0, 60},
               {"assumptions", {"Assumptions", "计算前提"}, Kind::kText, 0, 50, false}},
              {}};
  for (const account::PlanLine& line : plan.lines) {
    const auto delay = line.cost_of_delay.find(4);
    table.rows.push_back(
        {line.marketplace, line.sku, line.title, line.owner, line.tag, line.band, line.units, line.net_recovery,
         cell(line.upper_bound), cell(line.hold_net_recovery), cell(line.playbook_net_recovery),
         delay == line.cost_of_delay.end() ? Cell(std::monostate{}) : Cell(delay->second),
         line.hold_net_recovery ? Cell(line.net_recovery - *line.hold_net_recovery) : Cell(std::monostate{}),
         line.sure_out_by ? Cell(*line.sure_out_by) : Cell(std::string("–")), next_best_name(line, facts),
         line.next_best ? Cell(line.next_best->net_recovery) : Cell(std::monostate{}), if_offered(line, facts),
         line.why, in_one_line(line.assumptions)});
  }
  return table;
}

Table plan_actions_table(const account::PlanRecord& plan, const market::Facts& facts) {
  Table table{"plan",
              {"Plan by week", "分周方案"},
              {{"week", {"Week", "周"}, Kind::kUnits, 0, 6},
               {"start", {"From", "开始"}, Kind::kDay, 0, 11},
               {"end", {"To", "结束"}, Kind::kDay, 0, 11},
               {"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
               {"title", {"Title", "商品名称"}, Kind::kText, 0, 28, false},
               {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
               {"tag", {"Tag", "标签"}, Kind::kText, 0, 10, false},
               {"channel", {"Channel", "渠道"}, Kind::kText, 0, 18},
               {"price", {"Price", "价格"}, Kind::kMoney, 0, 12},
               {"discount", {"Discount", "折扣"}, Kind::kShare, 0, 8},
               {"expected_units", {"Units", "预计件数"}, Kind::kUnits, 0, 9},
               {"expected_cash", {"Cash", "预计回款"}, Kind::kMoney, 0, 13},
               {"units_out", {"Bulk out", "批量清货件数"}, Kind::kUnits, 0, 9, false},
               {"reason", {"Why", "原因"}, Kind::kText, 0, 50, false},
               {"checks", {"Check first", "请先核对"}, Kind::kText, 0, 60, false}},
              {}};
  struct Entry {
    const account::PlanLine* line;
    const account::PlanAction* action;
  };
  std::vector<Entry> entries;
  for (const account::PlanLine& line : plan.lines)
    for (const account::PlanAction& action : line.actions) entries.push_back({&line, &action});
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    // What has a figure before what is only proposed.
    const bool of_a = a.action->expected_cash.has_value();
    const bool of_b = b.action->expected_cash.has_value();
    return a.action->start != b.action->start ? a.action->start < b.action->start : of_a && !of_b;
  });
  for (const auto& [line, action] : entries) {
    const market::Channel* channel = facts.channel(action->channel);
    const bool bulk = action->units_out > 0;
    const Cell no = std::string("–");
    table.rows.push_back({static_cast<int64_t>(action->week + 1), action->start, action->end, line->marketplace,
                          line->sku, line->title, line->owner, line->tag,
                          channel ? Cell(channel->name) : Cell(action->channel), bulk ? no : cell(action->price),
                          bulk || !action->discount ? no : Cell(*action->discount),
                          bulk ? no : cell(action->expected_units), cell(action->expected_cash),
                          bulk ? Cell(action->units_out) : no, action->reason, in_one_line(action->checks)});
  }
  return table;
}

Table plan_weeks_table(const account::PlanRecord& plan) {
  Table table{"cash_by_week",
              {"Cash by week", "分周回款"},
              {{"week", {"Week", "周"}, Kind::kUnits, 0, 6},
               {"start", {"From", "开始"}, Kind::kDay, 0, 11},
               {"units_sold", {"Units sold", "售出件数"}, Kind::kUnits, 0, 11},
               {"units_out", {"Bulk out", "批量清货件数"}, Kind::kUnits, 0, 11},
               {"cash", {"Cash", "回款"}, Kind::kMoney, 0, 15},
               {"storage", {"Storage", "仓储费"}, Kind::kMoney, 0, 15}},
              {}};
  // By currency: marketplaces are never added up without a rate.
  struct Sum {
    Date start;
    double sold = 0, out = 0;
    std::optional<Money> cash, storage;
  };
  std::map<std::pair<std::string, int>, Sum> sums;
  for (const account::PlanLine& line : plan.lines) {
    for (const account::PlanWeek& week : line.weeks) {
      Sum& sum = sums[{week.cash.currency().str(), week.week}];
      sum.start = week.start;
      sum.sold += week.units_sold;
      sum.out += week.units_out;
      sum.cash = sum.cash ? *sum.cash + week.cash : week.cash;
      if (week.storage) sum.storage = sum.storage ? *sum.storage + *week.storage : *week.storage;
    }
  }
  for (const auto& [key, sum] : sums)
    table.rows.push_back(
        {static_cast<int64_t>(key.second + 1), sum.start, sum.sold, sum.out, cell(sum.cash), cell(sum.storage)});
  return table;
}

Table stages_table(const std::array<economics::LadderStage, 3>& stages) {
  Table table{"ladder",
              {"Price ladder", "阶梯降价"},
              {{"stage", {"Stage", "阶段"}, Kind::kText, 0, 28},
               {"price", {"Price", "价格"}, Kind::kMoney, 0, 12},
               {"referral_fee", {"Referral fee", "佣金"}, Kind::kMoney, 0, 12},
               {"profit", {"Profit a unit", "单件利润"}, Kind::kMoney, 0, 14}},
              {}};
  for (const economics::LadderStage& stage : stages)
    table.rows.push_back({economics::stage_name(stage.stage), stage.price, stage.referral_fee, stage.profit});
  return table;
}

Table ladder_table(const account::Account& account, const std::vector<LadderRow>& rows) {
  Table table{"ladder",
              {"Ladder", "阶梯降价"},
              {{"marketplace", {"Marketplace", "站点"}, Kind::kText, 0, 8},
               {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
               {"title", {"Title", "商品名称"}, Kind::kText, 0, 28, false},
               {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
               {"tag", {"Tag", "标签"}, Kind::kText, 0, 10, false},
               {"price", {"Price now", "现价"}, Kind::kMoney, 0, 12},
               {"landed_cost", {"Landed cost", "到岸成本"}, Kind::kMoney, 0, 12},
               {"stage_1", {"1 break even", "① 保本清"}, Kind::kMoney, 0, 13},
               {"profit_1", {"Profit", "利润"}, Kind::kMoney, 0, 11, false},
               {"stage_2", {"2 purchase cost", "② 收成本"}, Kind::kMoney, 0, 13},
               {"profit_2", {"Profit", "利润"}, Kind::kMoney, 0, 11, false},
               {"stage_3", {"3 half of it", "③ 收一半成本"}, Kind::kMoney, 0, 13},
               {"profit_3", {"Profit", "利润"}, Kind::kMoney, 0, 11, false},
               {"missing", {"Missing", "缺少"}, Kind::kText, 0, 40, false}},
              {}};
  for (const LadderRow& row : rows) {
    const account::Listing& listing = account.listings[row.listing];
    std::vector<Cell> cells = {listing.marketplace,  listing.sku, listing.title,
                               listing.owner,        listing.tag, cell(account.fees[row.listing].price),
                               cell(row.landed_cost)};
    for (size_t stage = 0; stage < 3; ++stage) {
      cells.push_back(row.stages ? Cell((*row.stages)[stage].price) : Cell(std::monostate{}));
      cells.push_back(row.stages ? Cell((*row.stages)[stage].profit) : Cell(std::monostate{}));
    }
    cells.push_back(row.missing);
    table.rows.push_back(cells);
  }
  return table;
}

}  // namespace destock::deliver

#include "health/flags.h"

#include <fmt/format.h>

namespace destock::health {
namespace {

// The differences of two reports, as the account found them.
std::string differences_of(const account::StockPosition& stock) {
  std::string text;
  for (const std::string& difference : stock.differences) add_to_list(text, difference, "; ");
  return text;
}

void stock_flags(const account::StockPosition& stock, std::vector<Flag>& flags) {
  const auto add = [&](uint32_t flag, std::string_view id, Text text) {
    if ((stock.flags & flag) != 0) flags.push_back({id, std::move(text)});
  };
  add(account::kReservedNotSplit, "reserved_not_split",
      {"reserved is one figure: all of it is counted, units sold already too", "预留仅有总数：全部计入，含已售待发货"});
  add(account::kReservedUnknown, "reserved_unknown", {"reserved units are unknown", "预留数量未提供"});
  add(account::kInboundNotSplit, "inbound_not_split",
      {"inbound is one figure: shipments not yet sent are counted too", "在途仅有总数：未发出的货件也计入"});
  add(account::kInboundUnknown, "inbound_unknown", {"inbound units are unknown", "在途数量未提供"});
  add(account::kNotInPlanning, "not_in_planning",
      {"Amazon's FBA Inventory report leaves this SKU out (nothing sold in 90 days)",
       "FBA 库存报告未包含该 SKU（90 天无销售）"});
  const std::string differences = differences_of(stock);
  add(account::kReportsDiffer, "reports_differ",
      {"reports of the same day disagree: " + differences, "同日报告数据不一致：" + differences});
  add(account::kReportsOfTwoDays, "reports_of_two_days",
      {"put together from reports of different days", "由不同日期的报告拼合"});
  std::string others;
  for (const std::string& other : stock.shared_with) add_to_list(others, other);
  add(account::kSharedStock, "shared_stock",
      {"one stock with " + others + ": its units are counted here once, with the sales of all of them",
       "与 " + others + " 共享同一库存：在此只计一次，销量为各站点合计"});
  add(account::kCountedElsewhere, "counted_elsewhere",
      {"one stock with " + stock.counted_at + ": its units and sales are counted there",
       "与 " + stock.counted_at + " 共享同一库存：库存与销量在该处计入"});
  add(account::kStockFromLedger, "stock_from_ledger", {"stock from the Inventory Ledger", "库存取自库存分类账"});
}

bool is_inactive(const std::string& status) {
  return status == "Inactive" || status == "Incomplete" || status == "停售" || status == "不可售";
}

Flag is_stranded(const account::StrandedRow& stranded) {
  const std::string since = stranded.since ? " since " + iso(*stranded.since) : "";
  const std::string reason = stranded.reason.empty() ? "" : " (" + stranded.reason + ")";
  const std::string removed = stranded.removed_from ? "; Amazon removes it from " + iso(*stranded.removed_from) : "";
  return {"stranded",
          {"stranded" + since + reason + ": no listing sells it until that is mended" + removed,
           "无在售信息" + (stranded.since ? "（自 " + iso(*stranded.since) + "）" : std::string()) + reason +
               "：处理前无法售出" +
               (stranded.removed_from ? "；亚马逊将自 " + iso(*stranded.removed_from) + " 起移除" : std::string())}};
}

}  // namespace

std::vector<Flag> flags_of(const account::Account& account, const Diagnosis& diagnosis,
                           const market::Playbook& playbook) {
  std::vector<Flag> flags;
  const size_t i = diagnosis.listing;
  const account::StockPosition& stock = account.stock[i];
  if (diagnosis.ageing.aged_181_plus > 0)
    flags.push_back({"aged_181",
                     {fmt::format("{} units of {} days or more", diagnosis.ageing.aged_181_plus, kShownBandsFrom[2]),
                      fmt::format("{} 件库龄 {} 天以上", diagnosis.ageing.aged_181_plus, kShownBandsFrom[2])}});
  else if (diagnosis.ageing.aged_91_plus > 0)
    flags.push_back({"aged_91",
                     {fmt::format("{} units of {} days or more", diagnosis.ageing.aged_91_plus, playbook.age.aged_days),
                      fmt::format("{} 件库龄 {} 天以上", diagnosis.ageing.aged_91_plus, playbook.age.aged_days)}});
  if (diagnosis.season) {
    const Diagnosis::SeasonLeft& season = *diagnosis.season;
    flags.push_back({"season_ends",
                     {fmt::format("stock above what sells until {} ({}): {}{}", season.name.en, iso(season.last_day),
                                  season.left, season.guessed ? "; the season is a guess by its name" : ""),
                      fmt::format("{}（{}）前卖不完的库存：{} 件{}", season.name.zh, iso(season.last_day), season.left,
                                  season.guessed ? "（季节按名称推测）" : "")}});
  }
  if (!diagnosis.ageing.known && stock.on_hand() > 0)
    flags.push_back({"age_unknown", {"inventory age is unknown", "库龄未提供"}});
  stock_flags(stock, flags);
  switch (diagnosis.velocity.basis) {
    case demand::SalesBasis::kReport:
      flags.push_back({"sales_from_report",
                       {"sales from Amazon's own 7- and 30-day figures: no order report covers the month",
                        "销量取自报告的 7/30 天数据：无订单报告覆盖该月"}});
      break;
    case demand::SalesBasis::kOrdersPartial:
      flags.push_back({"sales_partial", {"order reports cover a part of the month", "订单报告仅覆盖部分日期"}});
      break;
    case demand::SalesBasis::kUnknown:
      if (stock.total() > 0)
        flags.push_back(
            {"sales_unknown", {"nothing says what was sold: import All Orders", "缺少销量数据：请导入所有订单报告"}});
      break;
    default: break;
  }
  if (diagnosis.velocity.stockout_days > 0)
    flags.push_back({"stockout_days",
                     {fmt::format("out of stock on {} of the month's 30 days", diagnosis.velocity.stockout_days),
                      fmt::format("近 30 天断货 {} 天", diagnosis.velocity.stockout_days)}});
  if (const std::string& status = account.amazon[i].listing_status; stock.total() > 0 && is_inactive(status))
    flags.push_back({"listing_inactive",
                     {"the listing is inactive by All Listings: nothing sells until it is active again",
                      "“全部商品”报告显示该商品已停售：恢复在售前无法售出"}});
  if (const auto& stranded = account.amazon[i].stranded; stranded && stock.total() > 0)
    flags.push_back(is_stranded(*stranded));
  if (!account.costs[i].unit_cost && stock.total() > 0)
    flags.push_back({"cost_unknown", {"unit cost is unknown", "采购成本未提供"}});
  else if (diagnosis.value_basis == ValueBasis::kPurchaseCost)
    flags.push_back({"freight_unknown",
                     {"first-leg freight is unknown: valued at purchase cost", "头程运费未提供：按采购成本计值"}});
  if (!account.fees[i].price && stock.total() > 0)
    flags.push_back({"price_unknown", {"the current price is unknown", "当前售价未提供"}});
  return flags;
}

Text difference_from_amazon(const account::Account& account, const Diagnosis& diagnosis,
                            const market::Playbook& playbook) {
  const auto& amazon = account.amazon[diagnosis.listing].excess;
  if (!amazon) return {};
  const int64_t ours = diagnosis.excess_units;
  if (*amazon == ours) return {};
  const auto month = diagnosis.velocity.units_last_month;
  const std::string kept = month ? fmt::format("{:g} × {}", playbook.stock_to_sales.healthy_to, *month) : "?";
  const int64_t inbound = account.stock[diagnosis.listing].inbound();
  if (ours > *amazon && inbound > 0)
    return {
        fmt::format(
            "ours counts {} inbound units and keeps {} units; Amazon's counts stock in its centres by its own forecast",
            inbound, kept),
        fmt::format("本系统计入在途 {} 件并保留 {} 件；亚马逊仅按其预测计算仓内库存", inbound, kept)};
  return {fmt::format("ours keeps {:g} months of sales ({} units); Amazon's weighs its forecast and the cost of "
                      "keeping against a price cut or removal",
                      playbook.stock_to_sales.healthy_to, kept),
          fmt::format("本系统保留 {:g} 个月销量（{} 件）；亚马逊按其预测比较不做动作与降价、移除的成本",
                      playbook.stock_to_sales.healthy_to, kept)};
}

int priority_of(const Diagnosis& diagnosis, Date as_of, const market::AccountRule& rule) {
  if (diagnosis.ageing.aged_181_plus > 0 || diagnosis.band == Band::kDead) return 0;
  const bool near = diagnosis.ageing.next_charged &&
                    days_between(as_of, diagnosis.ageing.next_charged->latest) <= rule.urgent_within_days;
  if (diagnosis.season) return 1;
  if (diagnosis.band == Band::kExcess &&
      (near || (diagnosis.stock_to_sales && *diagnosis.stock_to_sales > rule.urgent_above_ratio)))
    return 1;
  if (diagnosis.band == Band::kExcess || diagnosis.ageing.aged_91_plus > 0 || diagnosis.band == Band::kStockoutRisk)
    return 2;
  return 3;
}

}  // namespace destock::health

#include "ingest/cost_sheet/cost_columns.h"

namespace destock::ingest::cost_sheet {

std::vector<ColumnSpec> cost_columns() {
  return {
      {Need::kRequired,
       {"sku", "msku", "seller-sku", "merchant-sku", "SKU 或 MSKU", "卖家 SKU", "商家SKU", "平台SKU", "店铺SKU",
        "出品者SKU"}},
      {Need::kRequired,
       {"unit-cost", "采购成本", "采购价", "采购单价", "成本", "单位成本", "产品成本", "purchase-price",
        "purchase-cost", "product-cost", "cogs", "cost", "cost-per-unit", "采购成本 / unit cost", "货值"}},
      {Need::kOptional,
       {"freight", "头程", "头程运费", "头程费用", "头程单价", "first-leg-freight", "first-leg", "shipping-cost",
        "inbound-freight", "freight-per-unit", "头程 / freight"}},
      {Need::kOptional, {"currency", "币种", "货币", "cost-currency", "成本币种"}},
      {Need::kOptional, {"freight-currency", "头程币种"}},
      {Need::kOptional, {"marketplace", "站点", "country", "国家", "store"}},
      {Need::kOptional,
       {"lead-time-days", "lead-time", "采购交期", "交期", "备货天数", "备货周期", "采购周期", "交期天数",
        "交期 / lead time days"}},
      {Need::kOptional, {"moq", "起订量", "最小起订量"}},
      {Need::kOptional, {"carton-quantity", "carton", "箱规", "单箱数量", "units-per-carton", "case-pack"}},
      {Need::kOptional, {"category", "类目", "品类", "分类"}},
      {Need::kOptional, {"season", "季节", "季节性", "节日"}},
      {Need::kOptional, {"owner", "负责人", "运营", "principal"}},
      {Need::kOptional, {"tag", "tags", "标签"}},
      {Need::kOptional, {"launch-date", "上架日期", "上架时间", "开售日期", "launch"}},
      {Need::kOptional,
       {"msku", "seller-sku", "merchant-sku", "平台SKU", "店铺SKU", "销售SKU", "亚马逊SKU", "amazon-sku"}},
      {Need::kOptional, {"from-date", "valid-from", "生效日期"}},
      {Need::kOptional, {"to-date", "valid-to", "失效日期"}},
      {Need::kOptional, {"shortest-lead-time", "最短交期", "lead-time-min", "min-lead-time"}},
      {Need::kOptional, {"longest-lead-time", "最长交期", "lead-time-max", "max-lead-time"}},
      {Need::kOptional,
       {"units-elsewhere", "本地库存", "海外仓库存", "本地仓库存", "warehouse-stock", "local-stock", "3pl-stock"}},
      {Need::kOptional, {"carton-volume-m3", "单箱体积", "carton-volume", "carton-cbm", "箱体积", "cbm-per-carton"}},
      {Need::kOptional, {"supplier", "供应商", "vendor", "供应商名称"}},
      {Need::kOptional, {"supplier-minimum", "供应商起订额", "minimum-order-value", "供应商最低订货额"}},
  };
}

}  // namespace destock::ingest::cost_sheet

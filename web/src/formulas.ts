// How a table's figures come about, by column: in short here, in full in docs/methods.md and on a SKU's screen.
import { t } from './lang';

const formulas: Record<string, [string, string]> = {
  priority: ['P0: units of 181 days or more, or dead stock. P1: excess that reaches 181 days soon or is far above three months, as the settings say. P2: other excess, units of 91 days or more, stockout risk. P3: the rest.', 'P0：有 181 天以上库存或死库存；P1：冗余即将满 181 天或远超三个月（按设置）；P2：其他冗余、91 天以上库存或断货风险；P3：其余。'],
  band: ['Stock ÷ month: below 2 stockout risk, 2–3 healthy, above 3 excess; stock and no sale: dead.', '库存 ÷ 月销：低于 2 断货风险，2–3 健康，高于 3 冗余；有库存无销售为死库存。'],
  stock_total: ['Available + in transfer + in processing + shipped and receiving.', '可售 + 调拨 + 处理中 + 已发货与接收中。'],
  inbound: ['Shipped and receiving; working shipments are not counted.', '已发货与接收中；未发货不计。'],
  velocity: ['Averages of 3, 7, 14 and 30 days, weighted as the settings say.', '3、7、14、30 天日均按设置加权。'],
  units_last_month: ['Units ordered in the 30 full days before the snapshot, cancelled ones left out.', '快照日前 30 个整日的订单件数，取消除外。'],
  stock_to_sales: ['Stock ÷ units of the month.', '库存 ÷ 月销量。'],
  days_of_supply: ['Stock ÷ units a day.', '库存 ÷ 日均销量。'],
  excess_units: ['Stock − 3 × units of the month; all of it where nothing is sold.', '库存 − 3 × 月销量；无销售时为全部库存。'],
  aged_units_181_plus: ['Units of 181 days or more: they pay the aged inventory surcharge.', '库龄 181 天及以上的件数，需缴超龄附加费。'],
  next_181: ['The day on which the next units become 181 days old, and how many.', '下一批满 181 天的日期与件数。'],
  age_0_90: ['Units by age, from the planning report, else first in, first out over the ledger’s receipts.', '按库龄的件数：取自库存报告，否则按分类账入库先进先出。'],
  holding_cost_now: ['Storage of the month by volume, and the aged surcharge of the 15th.', '当月按体积的仓储费，加 15 日的超龄附加费。'],
  holding_cost_next_month: ['The same, next month, at the ages the units then have.', '下月仓储费与附加费，按届时库龄。'],
  holding_cost_oct_dec: ['The same, a month at October–December rates.', '按 10–12 月费率的每月成本。'],
  unit_value: ['Purchase cost and freight at the day’s rate; the price where no cost is known.', '采购成本与头程按当日汇率；成本未知时按售价。'],
  amazon_excess: ['Amazon’s estimated excess, from its own report.', '亚马逊报告中的预估冗余。'],
  gain: ['What the plan brings beyond holding the stock at its price.', '方案比维持原价持有多回款的金额。'],
  net_recovery: ['Expected sales and exits, all fees, storage and surcharges taken off, discounted by the cost of capital.', '预计销售与处置收入，扣除费用、仓储与附加费，按资金成本折现。'],
  upper_bound: ['No plan can bring more: the fluid bound of the same problem.', '任何方案都不可能超过：同一问题的流体上界。'],
  hold: ['The regular price kept, and nothing else done.', '维持原价、不做其他动作。'],
  playbook: ['By the playbook’s rules, on the same forecast.', '按清仓规则，使用相同预测。'],
  delay_4: ['What is lost by beginning four weeks later.', '推迟四周开始的损失。'],
  sure_out_by: ['The day before which it is sold out with nine chances in ten.', '九成把握在此日前清空。'],
  next_best: ['The first step that would be best if the plan’s own were not there.', '若不采用方案首个动作，次优的首个动作。'],
  order_now: ['Two to three months of sales less stock, in whole cartons and at least the MOQ.', '2–3 个月销量减库存，按整箱且不低于起订量。'],
  reorder_point: ['Units a day × lead time.', '日均销量 × 交期。'],
  order_up_to: ['Units a day × the longer cover.', '日均销量 × 最长备货期。'],
  stockout_date: ['Today + stock ÷ units a day.', '今日 + 库存 ÷ 日均销量。'],
  lead_time_days: ['Of the cost sheet; the settings’ where it gives none.', '取自成本表；未提供时取设置值。'],
  order_by: ['In stock by, or the first day, less the settings’ lead time.', '最迟入仓日（或首日）减设置中的交期。'],
  taper_from: ['The first day less the settings’ months of tapering.', '首日前推设置的减量月数。'],
  clear_from: ['The day after a day’s event; some weeks before a season’s end.', '单日节点为次日；季节为结束前数周。'],
  expected_cash: ['Expected units × what one brings after every fee.', '预计件数 × 扣费后单件收入。'],
  discount: ['1 − price ÷ the price now.', '1 − 活动价 ÷ 现价。'],
  cash: ['Sales and exits of the week, fees taken off.', '当周销售与处置收入，已扣费用。'],
  storage: ['Storage and surcharges of the week.', '当周仓储费与附加费。'],
};

export const formula = (column: string): string | undefined => {
  const found = formulas[column];
  return found && t(...found);
};

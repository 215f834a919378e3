// How a table's figures come about, by column: in short here, in full in docs/methods.md and on a SKU's screen.
import { said, type Words } from './lang';

const formulas: Words = {
  priority: [
    'P0: units past 180 days, or dead stock. P1: excess that reaches the surcharge soon or is many months of sales, by the settings’ limits. P2: other excess, aged units, stockout risk. P3: the rest.',
    'P0：有 181 天以上库存或滞销库存；P1：冗余即将进入附加费或库销比过高（按设置）；P2：其他冗余、超龄库存或断货风险；P3：其余。',
  ],
  band: [
    'Stock ÷ month against the settings’ healthy months: below them stockout risk, above them excess; stock and no sale: dead.',
    '库存 ÷ 月销，与设置的健康区间比较：低于为断货风险，高于为冗余；有库存无销售为滞销库存。',
  ],
  stock_total: ['Available + in transfer + in processing + shipped and receiving.', '可售 + 调拨 + 处理中 + 已发货与接收中。'],
  inbound: ['Shipped and receiving; working shipments are not counted.', '已发货与接收中；未发货不计。'],
  velocity: ['Average units a day over the windows of the settings, weighted as they say.', '按设置的统计窗口与权重计算的日均销量。'],
  units_last_month: [
    'Units ordered in the 30 full days before the snapshot, cancelled ones left out.',
    '快照日前 30 个整日的订单件数，取消除外。',
  ],
  stock_to_sales: ['Stock ÷ units of the month.', '库存 ÷ 月销量。'],
  days_of_supply: ['Stock ÷ units a day.', '库存 ÷ 日均销量。'],
  excess_units: [
    'Stock − the most healthy months of the settings × units of the month; all of it where nothing is sold.',
    '库存 − 设置的健康上限月数 × 月销量；无销售时为全部库存。',
  ],
  aged_units_181_plus: ['Units of 181 days or more.', '库龄 181 天及以上的件数。'],
  charged_units: [
    'Units that are as old as the aged inventory surcharge begins at, by the card of their store: 181 days in the United States, 241 in the United Kingdom and Germany.',
    '已达到该站点超龄附加费起收库龄的件数：美国 181 天，英国与德国 241 天。',
  ],
  next_181: ['The day on which the next units reach the age of the surcharge, and how many.', '下一批进入超龄附加费的日期与件数。'],
  age_0_90: [
    'Units by age, from the planning report, else first in, first out over the ledger’s receipts.',
    '按库龄的件数：取自库存报告，否则按分类账入库先进先出。',
  ],
  holding_cost_now: ['Storage of the month by volume, and the aged surcharge of the 15th.', '当月按体积的仓储费，加 15 日的超龄附加费。'],
  holding_cost_next_month: ['The same, next month, at the ages the units then have.', '下月仓储费与附加费，按届时库龄。'],
  holding_cost_oct_dec: ['The same, a month at October–December rates.', '按 10–12 月费率的每月成本。'],
  unit_cost: ['Purchase cost of a unit as the cost sheet has it, in its own currency.', '成本表中的单件采购成本（原币种）。'],
  unit_value: [
    'Purchase cost and freight at the day’s rate; the price where no cost is known; unknown where a cost has no rate.',
    '采购成本与头程按当日汇率；成本未提供时按售价；有成本但缺汇率时为未提供。',
  ],
  amazon_excess: ['Amazon’s estimated excess, from its own report.', '亚马逊报告中的预计冗余。'],
  gain: ['What the plan brings beyond holding the stock at its price.', '方案比不动（维持原价）多回款的金额。'],
  net_recovery: [
    'Expected sales and exits, all fees, storage and surcharges taken off, discounted by the cost of capital.',
    '预计销售与处置收入，扣除费用、仓储与附加费，按资金成本折现。',
  ],
  upper_bound: ['No plan can bring more: the fluid bound of the same problem.', '任何方案都不可能超过：同一问题的流体上界。'],
  hold: ['The regular price kept, and nothing else done.', '维持原价、不做其他动作。'],
  playbook: ['By the playbook’s rules, on the same forecast.', '按清仓规则，使用相同预测。'],
  delay_4: ['What is lost by beginning four weeks later.', '推迟四周开始的损失。'],
  if_offered: ['What would be better were Amazon to offer it: in no figure of the plan.', '如亚马逊邀请可更优：未计入方案。'],
  sure_out_by: ['The day before which it is sold out with nine chances in ten.', '90% 概率在此日前清空。'],
  next_best: ['The first step that would be best if the plan’s own were not there.', '若不采用方案首个动作，次优的首个动作。'],
  order_now: [
    'What the forecast sells over the settings’ cover less stock, in whole cartons and at least the MOQ; nothing where that minimum would last too long.',
    '预测在备货期内的销量减库存，按整箱且不低于起订量；起订量可售过久时为 0。',
  ],
  reorder_point: [
    'What the forecast sells until an order of today arrives, factory holidays included.',
    '今日下单到货前（含工厂停工）的预测销量。',
  ],
  order_up_to: ['What the forecast sells over the longer cover of the settings.', '按设置备货上限的预测销量。'],
  stockout_date: ['The day on which the forecast has sold the stock.', '按预测售完库存的日期。'],
  lead_time_days: ['Of the cost sheet; the settings’ where it gives none.', '取自成本表；未提供时取设置值。'],
  order_by: ['In stock by, or the first day, less the settings’ lead time.', '最迟入仓日（或首日）减设置中的交期。'],
  economic_order: [
    'The units that bring the most: sales until the next order can arrive, and what is left by what it clears for or saves of the next order, less landed cost, storage and capital.',
    '使净收益最大的件数：下一批到货前的销售，加剩余库存的清仓价值（或可省的下一批成本），减到岸成本、仓储与资金成本。',
  ],
  economic_order_by: [
    'The first week in which waiting one more loses more sales than it saves of capital and storage.',
    '再等一周损失的销售高于节省的资金与仓储成本的第一周。',
  ],
  too_few: ['What a unit that is missing would have brought above its landed cost.', '少一件时，本可高于到岸成本的回款。'],
  too_many: [
    'What a unit that is left over costs: capital and storage, and what it clears for less than it cost.',
    '多一件的损失：资金与仓储成本，以及清仓低于成本的部分。',
  ],
  service_level: ['The chance that stock lasts until the next order can arrive.', '库存可撑到下一批到货的概率。'],
  saves: ['What is saved by it, after what cancelling costs.', '扣除取消费用后的节省。'],
  saves_before: ['The same before what cancelling costs.', '扣除取消费用前的节省。'],
  taper_from: ['The first day less the settings’ months of tapering.', '首日前推设置的减量月数。'],
  clear_from: ['The settings’ weeks before the last day of the event or season.', '节点或季节最后一天前推设置的周数。'],
  expected_cash: ['Expected units × what one brings after every fee.', '预计件数 × 扣费后单件收入。'],
  discount: ['1 − price ÷ the price now.', '1 − 活动价 ÷ 现价。'],
  cash: ['Sales and exits of the week, fees taken off.', '当周销售与处置收入，已扣费用。'],
  storage: ['Storage and surcharges of the week.', '当周仓储费与附加费。'],
};

export const formula = (column: string): string | undefined => said(formulas, column);

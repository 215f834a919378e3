// What is scarce across the account's SKUs: asked for before a plan is made, and what it costs once it is.
import { Alert, Button, Input, InputNumber, Popover, Space } from 'antd';
import { type Money, isMoney, money, number } from '../format';
import { lang, t } from '../lang';
import Card from './Card';
import Plain from './Plain';

// As the API takes it; money is in the base currency.
export interface Limits {
  cash_by?: { day: string; amount: string }[];
  storage?: { cuft: number; type?: string }[];
  deal_slots?: number | null;
  actions?: number | null;
  clicks?: number | null;
  fees_a_month?: string | null;
  loss_a_month?: string | null;
}
interface Row {
  what: string;
  where: string;
  from: string;
  to: string;
  limit: number | Money;
  used: number | Money;
  price: Money;
  short_by: number | Money | null;
}
export interface LimitsCost {
  without: Money | null;
  within: Money | null;
  bound: Money | null;
  cost: Money | null;
  met: boolean;
  without_rate: number;
  rows: Row[];
}

// Without what was left empty; nothing where all was.
export function asked(limits: Limits): Limits | null {
  const kept: Limits = {};
  const cash = (limits.cash_by ?? []).filter((one) => one.day && one.amount);
  const storage = (limits.storage ?? []).filter((one) => one.cuft > 0);
  if (cash.length > 0) kept.cash_by = cash;
  if (storage.length > 0) kept.storage = storage;
  for (const key of ['deal_slots', 'actions', 'clicks'] as const)
    if (limits[key] !== null && limits[key] !== undefined) kept[key] = limits[key];
  for (const key of ['fees_a_month', 'loss_a_month'] as const) if (limits[key]) kept[key] = limits[key];
  return Object.keys(kept).length > 0 ? kept : null;
}

const counts = (): ['deal_slots' | 'actions' | 'clicks', string][] => [
  ['deal_slots', t('Deals at once, each marketplace', '每个站点同时进行的活动')],
  ['actions', t('Changes a week', '每周改动数')],
  ['clicks', t('of them by clicks', '其中后台点击')],
];
const amounts = (): ['fees_a_month' | 'loss_a_month', string][] => [
  ['fees_a_month', t('Promotion fees a month', '每月活动费用')],
  ['loss_a_month', t('Loss against landed cost a month', '每月相对落地成本的亏损')],
];

export function LimitsButton({ limits, set, currency }: { limits: Limits; set: (limits: Limits) => void; currency: string }) {
  const cash = limits.cash_by?.[0] ?? { day: '', amount: '' };
  const others = (limits.cash_by ?? []).slice(1);
  const all = (limits.storage ?? []).find((one) => !one.type);
  const typed = (limits.storage ?? []).filter((one) => one.type);
  const on = asked(limits) !== null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="limits">
          <label>
            {t(`Cash by a day, ${currency}`, `某日前回款（${currency}）`)}
            <Space>
              <Input
                type="date"
                value={cash.day}
                aria-label={t('Cash by', '回款截止日')}
                onChange={(e) => set({ ...limits, cash_by: [{ ...cash, day: e.target.value }, ...others] })}
              />
              <InputNumber<string>
                stringMode
                min="0"
                value={cash.amount || null}
                aria-label={t('Amount', '金额')}
                onChange={(v) => set({ ...limits, cash_by: [{ ...cash, amount: v ?? '' }, ...others] })}
              />
            </Space>
          </label>
          <label>
            {t('Storage, cubic feet', '仓储上限（立方英尺）')}
            <InputNumber
              min={0}
              value={all?.cuft ?? null}
              onChange={(v) => set({ ...limits, storage: [...(v ? [{ cuft: v }] : []), ...typed] })}
            />
          </label>
          {counts().map(([key, name]) => (
            <label key={key}>
              {name}
              <InputNumber min={0} precision={0} value={limits[key] ?? null} onChange={(v) => set({ ...limits, [key]: v })} />
            </label>
          ))}
          {amounts().map(([key, name]) => (
            <label key={key}>
              {name}
              <InputNumber<string> stringMode min="0" value={limits[key] ?? null} onChange={(v) => set({ ...limits, [key]: v })} />
            </label>
          ))}
          <Button size="small" disabled={!on} onClick={() => set({})}>
            {t('No limits', '取消全部限制')}
          </Button>
          <p className="hint">{t('They hold from the next plan on.', '自下次生成方案起生效。')}</p>
        </div>
      }
    >
      <Button type={on ? 'dashed' : 'default'}>{on ? t('Limits: on', '限制：已设') : t('Limits', '限制')}</Button>
    </Popover>
  );
}

const names = (): Record<string, string> => ({
  space: t('storage, cubic feet', '仓储（立方英尺）'),
  deals: t('deals at once', '同时进行的活动'),
  fees: t('promotion fees', '活动费用'),
  actions: t('changes', '改动'),
  clicks: t('changes by clicks', '后台点击'),
  cash: t('cash by then', '届时累计回款'),
  loss: t('loss against landed cost', '相对落地成本的亏损'),
});
const figure = (value: number | Money): string => (isMoney(value) ? money(value, lang(), true) : number(value, lang()));
const most = 24;

export function LimitsCard({ limits }: { limits: LimitsCost }) {
  const rows = [...limits.rows]
    .filter((row) => row.short_by !== null || Number(row.price.amount) >= 0.01)
    // What is missed first, then what is dear.
    .sort((a, b) => Number(b.short_by !== null) - Number(a.short_by !== null) || Number(b.price.amount) - Number(a.price.amount));
  return (
    <Card title={t('What the limits cost', '限制的代价')}>
      {!limits.met && (
        <Alert
          type="warning"
          showIcon
          title={t(
            'Not all of it can be met: this is the nearest there is, and the table says how far off each limit is.',
            '无法全部满足：已给出最接近的方案，差距见表。',
          )}
        />
      )}
      <p>
        {t('Without limits', '无限制时')} <b>{money(limits.without, lang(), true)}</b> · {t('within them', '限制内')}{' '}
        <b>{money(limits.within, lang(), true)}</b> · {t('they cost', '代价')} <b>{money(limits.cost, lang(), true)}</b>
        {limits.bound && (
          <>
            {' '}
            · {t('no plan within them brings more than', '限制内理论最高')} {money(limits.bound, lang(), true)}
          </>
        )}
      </p>
      {limits.without_rate > 0 && (
        <p>
          {t(
            `${limits.without_rate} SKUs without an exchange rate are outside these limits and figures.`,
            `${limits.without_rate} 个 SKU 缺少兑本位币汇率：未计入上述限制与数字。`,
          )}
        </p>
      )}
      {rows.length > 0 && (
        <Plain
          rows={rows.slice(0, most)}
          id={(row) => row.what + row.where + row.from}
          columns={[
            { head: t('Scarce', '限制项'), cell: (row) => names()[row.what] ?? row.what },
            { head: t('Where', '范围'), cell: (row) => row.where || '–' },
            { head: t('Days', '日期'), cell: (row) => `${row.from} – ${row.to}` },
            { head: t('Limit', '限额'), right: true, cell: (row) => figure(row.limit) },
            { head: t('Used', '已用'), right: true, cell: (row) => figure(row.used) },
            { head: t('Short by', '差额'), right: true, cell: (row) => (row.short_by === null ? '–' : figure(row.short_by)) },
            { head: t('One more is worth', '每多一单位的价值'), right: true, cell: (row) => money(row.price, lang()) },
          ]}
        />
      )}
      {rows.length > most && <p className="hint">{t(`${rows.length - most} more bind less`, `另有 ${rows.length - most} 项影响较小`)}</p>}
    </Card>
  );
}

import { Alert, Tag } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { Link } from 'wouter';
import { type Figure, type Overview as Data } from '../api';
import { type Money, money, number, share, shown } from '../format';
import { useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import OverHolding from '../parts/OverHolding';
import { Loaded, SkuLink, Title } from '../parts/Parts';
import Tile from '../parts/Tile';
import Warnings from '../parts/Warnings';
import Plain from '../parts/Plain';

const Chart = lazy(() => import('../parts/Chart'));
const CashCurves = lazy(() => import('../parts/CashCurves'));
const drawn = ['optimal', 'hold', 'playbook'];
const at = (m: Money) => Number(m.amount);
const range = (plan: NonNullable<Data['plan']>) => {
  const [low, high] = [plan.expected_net_recovery_p10, plan.expected_net_recovery_p90];
  if (!low || !high) return '';
  return t(
    `eight times in ten ${money(low, 'en', true)} to ${money(high, 'en', true)}; `,
    `80% 概率 ${money(low, 'zh', true)} 至 ${money(high, 'zh', true)}；`,
  );
};

function Tiles({ data }: { data: Data }) {
  const of = (id: string): Figure | undefined => data.figures.find((f) => f.id === id);
  const say = (id: string) => {
    const figure = of(id);
    return figure
      ? figure.kind === 'money'
        ? money(figure.value as Money | null, lang(), true)
        : shown(figure.value, figure.kind, 1, lang())
      : '–';
  };
  const base = (value: number) => money({ amount: String(value), currency: data.base_currency }, lang(), true);
  const stock = data.trend.map((w) => ({ at: w.day, value: at(w.stock_value) }));
  const excessWeeks = data.trend.flatMap((w) => (w.excess_value ? [{ at: w.day, value: at(w.excess_value) }] : []));
  const shares = data.trend.flatMap((w) =>
    w.excess_value && at(w.stock_value) > 0 ? [{ at: w.day, value: at(w.excess_value) / at(w.stock_value) }] : [],
  );
  const months = data.holding_by_month.map((m) => ({ at: m.month, value: at(m.storage) + at(m.surcharge) }));
  const weeks = (data.plan?.curves.optimal ?? []).map((w) => ({ at: w.start, value: at(w.cash_so_far) }));
  const excess = of('excess_share')?.value as number | null;
  const plan = data.plan;
  return (
    <div className="tiles">
      {plan && <OverHolding plan={plan.id} first={plan.over_holding} start={plan.first_day} />}
      <Tile
        name={t('Cash tied up', '占用资金')}
        value={say('stock_value')}
        note={t(`${say('units')} units, ${say('skus')} SKUs`, `${say('units')} 件，${say('skus')} 个 SKU`)}
        formula={t(
          'Units on hand and on their way × landed cost (price where the cost is unknown).',
          '在库与在途件数 × 到岸成本（成本未提供时按售价）。',
        )}
        trend={stock}
        say={base}
      />
      <Tile
        name={t('Excess share', '冗余占比')}
        value={say('excess_share')}
        alarm={excess !== null && excess > data.alarm_share}
        note={t(`alarm above ${share(data.alarm_share, 'en')}`, `警戒线 ${share(data.alarm_share, 'zh')}`)}
        formula={t(
          'Value of units above the healthy months of sales of the settings ÷ value of all stock.',
          '超过设置的健康月数的库存金额 ÷ 全部库存金额。',
        )}
        worst={data.worst.excess}
        trend={shares}
        say={(v) => share(v, lang())}
      />
      <Tile
        name={t('Excess value', '冗余金额')}
        value={say('excess_value')}
        note={t(`${say('excess_units')} units`, `${say('excess_units')} 件`)}
        formula={t('Excess units × landed cost.', '冗余件数 × 到岸成本。')}
        worst={data.worst.excess}
        trend={excessWeeks}
        say={base}
      />
      <Tile
        name={t('Holding, next month', '下月持有成本')}
        value={say('holding_cost_next_month')}
        note={t(`a month of Oct–Dec: ${say('holding_cost_oct_dec')}`, `10–12 月每月：${say('holding_cost_oct_dec')}`)}
        formula={t('Storage by volume and month, and the aged surcharge of the 15th.', '按体积与月份的仓储费，加每月 15 日的超龄附加费。')}
        worst={data.worst.holding}
        trend={months}
        say={base}
        ahead
      />
      <Tile
        name={t('The plan brings', '方案净回款')}
        value={plan ? money(plan.expected_net_recovery, lang(), true) : t('no plan yet', '尚无方案')}
        note={
          plan
            ? range(plan) +
              t(`in all, part of it after ${plan.over_holding.horizon_end}`, `总计，部分在 ${plan.over_holding.horizon_end} 之后`)
            : undefined
        }
        formula={t(
          'Expected sales and exits over the horizon and after it, all fees and storage taken off.',
          '规划期内外预计销售与处置收入，扣除全部费用与仓储费。',
        )}
        trend={weeks}
        say={base}
        ahead
      />
    </div>
  );
}

function Charts({ data }: { data: Data }) {
  const { dark } = useDesk();
  const holding = useMemo(
    () => ({
      option: {
        xAxis: { type: 'category', data: data.holding_by_month.map((m) => m.month) },
        yAxis: { type: 'value', name: data.base_currency, axisLabel: { formatter: (v: number) => number(v, lang()) } },
        series: [
          {
            name: t('storage', '仓储费'),
            type: 'bar',
            stack: 'cost',
            data: data.holding_by_month.map((m) => ({
              value: at(m.storage),
              itemStyle: /-1[012]$/.test(m.month) ? { borderColor: dark ? '#fff' : '#000', borderWidth: 1.5 } : {},
            })),
          },
          { name: t('aged surcharge', '超龄附加费'), type: 'bar', stack: 'cost', data: data.holding_by_month.map((m) => at(m.surcharge)) },
        ],
      },
      figures: {
        head: [t('Month', '月份'), t('Storage', '仓储费'), t('Aged surcharge', '超龄附加费')],
        rows: data.holding_by_month.map((m) => [m.month, money(m.storage, lang()), money(m.surcharge, lang())]),
      },
    }),
    [data, dark],
  );
  return (
    <div className="two">
      <Card>
        <Suspense fallback={<div style={{ height: 310 }} />}>
          {data.plan && Object.keys(data.plan.curves).length > 0 ? (
            <CashCurves curves={data.plan.curves} policies={drawn} currency={data.base_currency} after={data.plan.over_holding} />
          ) : (
            <p className="nothing">{t('A plan draws its cash here.', '生成方案后此处显示回款曲线。')}</p>
          )}
        </Suspense>
      </Card>
      <Card>
        <Suspense fallback={<div style={{ height: 310 }} />}>
          <Chart
            title={t('Holding today’s stock, by month (October–December framed)', '按月持有成本（现有库存；10–12 月加框）')}
            {...holding}
          />
        </Suspense>
      </Card>
    </div>
  );
}

function Cohorts({ data }: { data: Data }) {
  return (
    <Card title={t('Ages, and what the next crossing costs', '库龄与下一档附加费')}>
      <Plain
        rows={data.cohorts}
        id={(c) => c.band}
        columns={[
          { head: t('Days', '天数'), cell: (c) => c.band },
          { head: t('Units', '件数'), right: true, cell: (c) => number(c.units, lang()) },
          { head: t('Value', '金额'), right: true, cell: (c) => money(c.value, lang(), true) },
          { head: t('Surcharge a month', '每月附加费'), right: true, cell: (c) => money(c.surcharge_a_month, lang(), true) },
          {
            head: t('after the next crossing', '升档后每月附加费'),
            right: true,
            cell: (c) => money(c.surcharge_after_next_crossing, lang(), true),
          },
        ]}
      />
    </Card>
  );
}

function ThisWeek({ data }: { data: Data }) {
  const plan = data.plan;
  return (
    <Card
      title={t('This week', '本周清单')}
      extra={
        plan && (
          <Link href="/">
            {t(`all ${number(plan.this_week_actions, 'en')} of the week`, `本周共 ${number(plan.this_week_actions, 'zh')} 项`)}
          </Link>
        )
      }
    >
      {plan ? (
        <Plain
          rows={plan.this_week}
          id={(a) => a.marketplace + a.sku + a.channel}
          columns={[
            { head: 'SKU', cell: (a) => <SkuLink marketplace={a.marketplace} sku={a.sku} /> },
            { head: t('Site', '站点'), cell: (a) => a.marketplace },
            { head: t('Action', '动作'), cell: (a) => <span title={a.reason}>{a.channel_name}</span> },
            { head: t('Price', '价格'), right: true, cell: (a) => (a.price ? money(a.price, lang()) : '–') },
            { head: t('Gain of the SKU', '该 SKU 比不动多'), right: true, cell: (a) => money(a.gain, lang(), true) },
            { head: t('Cash', '预计回款'), right: true, cell: (a) => money(a.expected_cash, lang(), true) },
            { head: t('Owner', '负责人'), cell: (a) => a.owner || '–' },
            ...(plan.this_week.some((a) => a.tag) ? [{ head: t('Tag', '标签'), cell: (a: { tag: string }) => a.tag || '–' }] : []),
          ]}
        />
      ) : (
        <Link href="/plan">{t('Make the first plan', '生成首个方案')}</Link>
      )}
    </Card>
  );
}

export default function Overview() {
  const query = useAccount<Data>('/overview');
  return (
    <Loaded query={query} title={t('Overview', '总览')}>
      {(data) => (
        <>
          <Title text={t('Overview', '总览')} />
          {data.plan && !data.plan.current && (
            <Alert type="warning" showIcon title={t('The newest plan is of older data: plan again.', '最新方案基于旧数据：请重新生成。')} />
          )}
          <Warnings texts={data.warnings} />
          <Tiles data={data} />
          <Charts data={data} />
          <div className="two">
            <ThisWeek data={data} />
            <Cohorts data={data} />
          </div>
          <Card title={t('Data in use, and what is missing', '在用数据与缺失项')}>
            <p>
              {data.missing.cost_unknown_skus > 0 && (
                <Tag color="orange">
                  {t(`${data.missing.cost_unknown_skus} SKUs without a cost`, `${data.missing.cost_unknown_skus} 个 SKU 缺成本`)}
                </Tag>
              )}
              {data.missing.holding_unknown_skus > 0 && (
                <Tag color="orange">
                  {t(
                    `${data.missing.holding_unknown_skus} SKUs without a known holding cost`,
                    `${data.missing.holding_unknown_skus} 个 SKU 缺持有成本`,
                  )}
                </Tag>
              )}
              {data.missing.ages_unknown_skus > 0 && (
                <Tag color="orange">
                  {t(`${data.missing.ages_unknown_skus} SKUs without ages`, `${data.missing.ages_unknown_skus} 个 SKU 库龄未提供`)}
                </Tag>
              )}
              {data.missing.rates.map((r) => (
                <Tag key={r} color="red">
                  {t(`no rate ${r}`, `缺汇率 ${r}`)}
                </Tag>
              ))}
              {data.missing.shipped_rates.map((r) => (
                <Tag key={r.from + r.to} color="orange">
                  {t(
                    `${r.from}→${r.to} ${r.rate.toPrecision(5)}, shipped with the program, of ${r.day}`,
                    `${r.from}→${r.to} ${r.rate.toPrecision(5)}，程序自带（${r.day}）`,
                  )}
                </Tag>
              ))}
              {data.missing.not_in_sums.length > 0 && (
                <Tag color="red">
                  {t(
                    `in no sum for want of a rate: ${data.missing.not_in_sums.join(', ')}`,
                    `因缺汇率未计入合计：${data.missing.not_in_sums.join('、')}`,
                  )}
                </Tag>
              )}
              <Link href="/import">{t('Fill in under Import', '前往“导入”补充')}</Link>
            </p>
            <p>
              {data.reports.map((r) => (
                <Tag key={r.report + r.marketplace} color={r.stale ? 'orange' : 'default'}>
                  {r.name} {r.marketplace} · {r.day}
                </Tag>
              ))}
            </p>
          </Card>
        </>
      )}
    </Loaded>
  );
}

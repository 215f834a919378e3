import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Slider, Space, Switch, Table, Tag, Timeline } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { type Action, ask, type Line } from '../api';
import { type Money, money, number, share } from '../format';
import { useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import { Loaded, Title } from '../parts/Parts';

const Chart = lazy(() => import('../parts/Chart'));

interface Sum {
  weeks: number;
  mean: number;
  p10: number;
  p50: number;
  p90: number;
  stops: number; // the chance that it all but stops by then
}

interface Data {
  as_of: string;
  marketplace: string;
  sku: string;
  title: string;
  health: {
    band: string;
    stock_total: number;
    available: number | null;
    reserved: number | null;
    inbound: number | null;
    stock_to_sales: number | null;
    excess_units: number;
    days_of_supply: number | null;
    price: Money | null;
    unit_value: Money | null;
    value_basis: string;
    holding_cost_now: Money | null;
    holding_cost_next_month: Money | null;
    next_181: { earliest: string; latest: string; units: number } | null;
    velocity: { weighted: number | null };
    amazon: { excess_units: number | null; recommended_action: string | null; differs_because: string | null };
    priority: string;
    notes: string[];
    owner: string | null;
    tag: string | null;
  };
  cohorts: { from_day: number; to_day: number | null; units: number; surcharge_a_month: Money | null; surcharge_after: Money | null }[];
  stockout_days: string[];
  events: { id: string; name: string; from: string; to: string }[];
  forecast: {
    weeks: { start: string; mean: number; p10: number; p50: number; p90: number }[];
    totals?: Sum[];
    elasticity: { mean: number; sd: number } | null;
    history?: { start: string; sold: number; in_stock: number; price: number | null }[];
  };
  ladder: { stage: string; name: string; price: Money; referral_fee: Money; profit: Money }[] | null;
  ladder_missing: string | null;
  plan: Line | null;
  channel_names: Record<string, string>;
  explanation: { sale: { name: string; amount: Money | null; source: string }[]; net_of_sale: Money | null; break_even_price: Money | null } & Record<string, unknown>;
}

function Demand({ data }: { data: Data }) {
  const made = useMemo(() => {
    const past = (data.forecast.history ?? []).slice(-52);
    const ahead = data.forecast.weeks.slice(0, 26);
    const days = [...past.map((w) => w.start), ...ahead.map((w) => w.start)];
    const blank = past.map(() => null);
    const week = (day: string) => days.filter((d) => d <= day).at(-1);
    const events = data.events.filter((e) => e.from >= (days[0] ?? '') && e.from <= (days.at(-1) ?? '')).map((e) => ({ xAxis: week(e.from), name: e.name }));
    return {
      option: {
        xAxis: { type: 'category', data: days },
        yAxis: [
          { type: 'value', name: t('units a week', '件/周') },
          { type: 'value', max: 1, show: false },
        ],
        series: [
          // Weeks with days out of stock, shaded over the whole height; how many days is told by its tooltip.
          { name: t('out of stock', '断货'), type: 'bar', yAxisIndex: 1, barGap: '-100%', barWidth: '100%', z: 1, itemStyle: { color: 'rgba(213,94,0,0.2)' }, data: past.map((w) => (w.in_stock < 0.999 ? 1 : null)), tooltip: { valueFormatter: (value: unknown, week: number) => (value === 1 ? t(`${number(7 * (1 - (past[week]?.in_stock ?? 1)), 'en')} days`, `${number(7 * (1 - (past[week]?.in_stock ?? 1)), 'zh')} 天`) : '–') } },
          { name: t('sold', '已售'), type: 'bar', barGap: '-100%', barWidth: '60%', z: 3, data: past.map((w) => w.sold), markLine: { symbol: 'none', lineStyle: { type: 'dotted' }, label: { formatter: '{b}', position: 'insideEndTop', fontSize: 10 }, data: events } },
          { name: t('1 in 10 below', '低值 10%'), type: 'line', stack: 'fan', showSymbol: false, lineStyle: { opacity: 0.4, type: 'dashed' }, data: [...blank, ...ahead.map((w) => w.p10)] },
          { name: t('up to 1 in 10 above', '至高值 90%'), type: 'line', stack: 'fan', showSymbol: false, lineStyle: { opacity: 0.4, type: 'dashed' }, areaStyle: { opacity: 0.2 }, data: [...blank, ...ahead.map((w) => w.p90 - w.p10)] },
          { name: t('forecast', '预测'), type: 'line', showSymbol: false, lineStyle: { width: 2 }, data: [...blank, ...ahead.map((w) => w.mean)] },
        ],
      },
      figures: {
        head: [t('Week from', '周起始'), t('Sold', '已售'), t('In stock', '在库比例'), t('Low', '低值'), t('Mean', '均值'), t('High', '高值')],
        rows: [...past.map((w) => [w.start, w.sold, share(w.in_stock, lang()), '', '', '']), ...ahead.map((w) => [w.start, '', '', w.p10, number(w.mean, lang(), 1), w.p90])],
      },
    };
  }, [data]);
  return (
    <Suspense fallback={<div style={{ height: 310 }} />}>
      <Chart title={t('Sold and forecast, units a week (days out of stock shaded)', '每周销量与预测（断货期加阴影）')} {...made} />
    </Suspense>
  );
}

// What sells in all the weeks together, cumulated: between its fixed weeks the fan is drawn straight.
function Together({ totals, from }: { totals: Sum[]; from: string }) {
  const made = useMemo(() => {
    const points: Sum[] = [{ weeks: 0, mean: 0, p10: 0, p50: 0, p90: 0, stops: 0 }, ...totals];
    const end = (weeks: number) => new Date(Date.parse(from) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
    const line = (of: (p: Sum) => number) => points.map((p) => [end(p.weeks), of(p)]);
    return {
      option: {
        xAxis: { type: 'time' },
        yAxis: { type: 'value', name: t('units', '件') },
        series: [
          { name: t('1 in 10 below', '低值 10%'), type: 'line', showSymbol: false, lineStyle: { opacity: 0.4, type: 'dashed' }, data: line((p) => p.p10) },
          { name: t('middle', '中值'), type: 'line', showSymbol: true, lineStyle: { width: 2 }, data: line((p) => p.p50) },
          { name: t('1 in 10 above', '高值 90%'), type: 'line', showSymbol: false, lineStyle: { opacity: 0.4, type: 'dashed' }, data: line((p) => p.p90) },
        ],
      },
      figures: {
        head: [t('By', '截至'), t('Low', '低值'), t('Middle', '中值'), t('Mean', '均值'), t('High', '高值'), t('All but stops', '几乎停销')],
        rows: totals.map((p) => [end(p.weeks), number(p.p10, lang()), number(p.p50, lang()), number(p.mean, lang()), number(p.p90, lang()), share(p.stops, lang())]),
      },
    };
  }, [totals, from]);
  const half = totals.find((p) => p.weeks === 26);
  const chance = half && half.stops >= 0.02 ? Math.max(2, Math.round(1 / half.stops)) : null;
  if (totals.length === 0) return null;
  return (
    <Suspense fallback={<div style={{ height: 310 }} />}>
      <Chart title={t('Units sold from today on, at the regular price', '自今日起累计销量（原价）')} {...made} />
      {chance ? <p>{t(`One chance in ${chance} that it all but stops within half a year.`, `约 ${chance} 分之一的可能在半年内几乎停销。`)}</p> : null}
    </Suspense>
  );
}

export function channelName(id: string, names?: Record<string, string>): string {
  if (id === 'sell') return t('regular price', '原价');
  return names?.[id] ?? (id === 'markdown' ? t('price cut', '降价') : id);
}

export function Steps({ actions, names }: { actions: Action[]; names?: Record<string, string> }) {
  if (actions.length === 0) return <p>{t('Keep the price; nothing to do.', '维持原价，无需动作。')}</p>;
  return (
    <Timeline
      items={actions.map((a) => ({
        content: (
          <div>
            <b>
              {a.start} – {a.end}
            </b>{' '}
            {channelName(a.channel, names)} {a.price && money(a.price, lang())} {a.discount !== null && a.discount > 0 && <Tag>{share(-a.discount, lang())}</Tag>}
            {a.units_out > 0 && t(` ${number(a.units_out, 'en')} units out`, ` 批量处置 ${number(a.units_out, 'zh')} 件`)}
            <div className="hint">
              {a.reason}
              {a.expected_cash && ` · ${money(a.expected_cash, lang(), true)}`}
            </div>
            {a.checks.map((c) => (
              <div key={c} className="check">
                ? {c}
              </div>
            ))}
          </div>
        ),
      }))}
    />
  );
}

function Values({ line, names }: { line: Line; names: Record<string, string> }) {
  const items: [string, string][] = [
    [t('Net recovery', '净回款'), money(line.net_recovery, lang())],
    [t('Eight times in ten', '八成概率介于'), line.net_recovery_p10 && line.net_recovery_p90 ? `${money(line.net_recovery_p10, lang(), true)} – ${money(line.net_recovery_p90, lang(), true)}` : '–'],
    [t('No plan can bring more than', '任何方案的上限'), money(line.upper_bound, lang())],
    [t('If held', '若持有'), money(line.hold_net_recovery, lang())],
    [t('By the playbook', '按清仓规则'), money(line.playbook_net_recovery, lang())],
    [t('Next best first step', '次优第一步'), line.next_best ? `${channelName(line.next_best.channel, names)}: ${money(line.next_best.net_recovery, lang())}` : '–'],
    [t('90 % sure to be out before', '九成把握清空日'), line.sure_out_by ?? t('not within the horizon', '计划期内不能')],
  ];
  return <Descriptions size="small" column={{ xs: 1, sm: 1, lg: 2 }} items={items.map(([label, children]) => ({ key: label, label, children }))} />;
}

function Delay({ line }: { line: Line }) {
  const made = useMemo(() => {
    const weeks = Object.entries(line.cost_of_delay).map(([w, m]) => [Number(w), Number(m.amount)] as const);
    return {
      option: { grid: { left: 8, right: 40, top: 36, bottom: 28, containLabel: true }, xAxis: { type: 'value', name: t('weeks waited', '拖延周数'), nameLocation: 'middle', nameGap: 24 }, yAxis: { type: 'value', name: line.net_recovery.currency }, series: [{ name: t('cost of waiting', '拖延成本'), type: 'line', data: [[0, 0], ...weeks] }] },
      figures: { head: [t('Weeks', '周'), t('Cost of waiting', '拖延成本')], rows: Object.entries(line.cost_of_delay).map(([w, m]) => [w, money(m, lang())]) },
    };
  }, [line]);
  if (Object.keys(line.cost_of_delay).length === 0) return null;
  return (
    <Suspense fallback={<div style={{ height: 220 }} />}>
      <Chart title={t('What waiting costs', '拖延成本曲线')} height={200} {...made} />
    </Suspense>
  );
}

// Sliders: what the plan of this SKU would be. Answered by the planner as they move.
function WhatIf({ data }: { data: Data }) {
  const { account } = useDesk();
  const believed = data.plan?.elasticity ?? data.forecast.elasticity?.mean ?? -2;
  const [floor, setFloor] = useState(0);
  const [weeks, setWeeks] = useState(26);
  const [elasticity, setElasticity] = useState<number | null>(null);
  const [deadline, setDeadline] = useState(false);
  const outBy = new Date(Date.parse(data.as_of) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
  const body = { ...(floor > 0 && { floor_share: floor / 100 }), ...(elasticity !== null && { elasticity }), ...(deadline ? { out_by: outBy } : { horizon_weeks: weeks }) };
  const answer = useQuery({
    queryKey: ['what-if', account, lang(), data.marketplace, data.sku, body],
    queryFn: ({ signal }) => ask<Line>(`/accounts/${account}/skus/${encodeURIComponent(data.marketplace)}/${encodeURIComponent(data.sku)}/what-if`, 'POST', body, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title={t('What if', '假设分析')} className="what-if">
      <label id="wi-floor">{t(`No price below ${floor} % of today’s`, `最低价不低于现价的 ${floor}%`)}</label>
      <Slider min={0} max={100} step={5} value={floor} onChange={setFloor} ariaLabelledByForHandle="wi-floor" />
      <label id="wi-weeks">{deadline ? t(`Out by ${outBy}`, `${outBy} 前清空`) : t(`Plan for ${weeks} weeks`, `计划 ${weeks} 周`)}</label>
      <Slider min={2} max={26} value={weeks} onChange={setWeeks} ariaLabelledByForHandle="wi-weeks" />
      <Space>
        <Switch size="small" checked={deadline} onChange={setDeadline} aria-label={t('Everything out by then', '届时必须清空')} />
        <span>{t('everything out by then', '届时必须清空')}</span>
      </Space>
      <label id="wi-elasticity">{t(`Elasticity ${(elasticity ?? believed).toFixed(1)}${elasticity === null ? ', as believed' : ''}`, `价格弹性 ${(elasticity ?? believed).toFixed(1)}${elasticity === null ? '（估计值）' : ''}`)}</label>
      <Slider min={-6} max={-0.3} step={0.1} value={elasticity ?? believed} onChange={setElasticity} ariaLabelledByForHandle="wi-elasticity" />
      <Button
        size="small"
        onClick={() => {
          setFloor(0);
          setWeeks(26);
          setElasticity(null);
          setDeadline(false);
        }}
      >
        {t('As it was', '恢复')}
      </Button>
      <div aria-live="polite">
        {answer.error && <Alert type="error" title={answer.error.message} />}
        {answer.data && (
          <>
            <p className="what-if-value">
              {money(answer.data.net_recovery, lang())}
              {data.plan && <span className="hint"> {t('the stored plan', '已存方案')}: {money(data.plan.net_recovery, lang())}</span>}
            </p>
            <p>{answer.data.why}</p>
            <Steps actions={answer.data.actions.filter((a) => a.expected_cash)} names={data.channel_names} />
          </>
        )}
      </div>
    </Card>
  );
}

function Screen({ data }: { data: Data }) {
  const h = data.health;
  const facts: [string, string][] = [
    [t('Stock', '库存'), number(h.stock_total, lang())],
    [t('available', '可售'), number(h.available, lang())],
    [t('reserved', '预留'), number(h.reserved, lang())],
    [t('inbound', '在途'), number(h.inbound, lang())],
    [t('A day', '日均销量'), number(h.velocity.weighted, lang(), 2)],
    [t('Stock ÷ month', '库销比'), number(h.stock_to_sales, lang(), 1)],
    [t('Excess', '冗余件数'), number(h.excess_units, lang())],
    [t('Amazon says', '亚马逊口径'), number(h.amazon.excess_units, lang())],
    [t('Price', '售价'), money(h.price, lang())],
    [t('Landed cost', '到岸成本'), money(h.value_basis === 'price' ? null : h.unit_value, lang())],
    [t('Holding now, a month', '本月持有成本'), money(h.holding_cost_now, lang())],
    [t('next month', '下月'), money(h.holding_cost_next_month, lang())],
    [t('Next to 181 days', '下一批满 181 天'), h.next_181 ? `${h.next_181.earliest} … ${h.next_181.latest} (${h.next_181.units})` : '–'],
    [t('Owner, tag', '负责人、标签'), [h.owner, h.tag].filter(Boolean).join(' · ') || '–'],
  ];
  return (
    <>
      <Title text={`${data.sku} · ${data.marketplace}`} asOf={data.as_of}>
        <Tag>{h.priority}</Tag>
      </Title>
      <p>{data.title}</p>
      <Card>
        <Descriptions size="small" column={{ xs: 2, sm: 3, lg: 5 }} items={facts.map(([label, children]) => ({ key: label, label, children }))} />
        {h.amazon.differs_because && <p className="hint">{h.amazon.differs_because}</p>}
        {h.notes.map((n) => (
          <Tag key={n}>{n}</Tag>
        ))}
      </Card>
      <div className="two wide-left">
        <div>
          <Card>
            <Demand data={data} />
            <Together totals={data.forecast.totals ?? []} from={data.as_of} />
          </Card>
          <Card title={t('The plan', '方案')}>
            {data.plan ? (
              <>
                <p>{data.plan.why}</p>
                <Values line={data.plan} names={data.channel_names} />
                <Steps actions={data.plan.actions} names={data.channel_names} />
                <Delay line={data.plan} />
                {data.plan.assumptions.length > 0 && (
                  <details>
                    <summary>{t('Assumed', '假设')}</summary>
                    <ul>
                      {data.plan.assumptions.map((a) => (
                        <li key={a}>{a}</li>
                      ))}
                    </ul>
                  </details>
                )}
              </>
            ) : (
              <p>{t('The newest plan has no line for it: it is neither in excess nor aged, or there is no plan yet.', '最新方案不含此 SKU：既非冗余也未超龄，或尚无方案。')}</p>
            )}
          </Card>
        </div>
        <div>
          <WhatIf data={data} />
          <Card title={t('Cohorts', '库龄分布')}>
            <Table size="small" pagination={false} rowKey="from_day" locale={{ emptyText: t('Ages are unknown', '库龄未知') }} dataSource={data.cohorts} columns={[{ title: t('Days', '天数'), render: (_, c) => `${c.from_day}${c.to_day === null ? '+' : `–${c.to_day}`}` }, { title: t('Units', '件数'), align: 'right', render: (_, c) => number(c.units, lang()) }, { title: t('Surcharge a month', '每月附加费'), align: 'right', render: (_, c) => money(c.surcharge_a_month, lang()) }, { title: t('once older', '进入下一档后'), align: 'right', render: (_, c) => (c.to_day === null ? '–' : money(c.surcharge_after, lang())) }]} />
          </Card>
          <Card title={t('Price ladder', '三阶段价格')}>
            {data.ladder ? (
              <Table size="small" pagination={false} rowKey="stage" scroll={{ x: true }} dataSource={data.ladder} columns={[{ title: t('Stage', '阶段'), dataIndex: 'name' }, { title: t('Price', '价格'), align: 'right', render: (_, s) => money(s.price, lang()) }, { title: t('Profit', '利润'), align: 'right', render: (_, s) => money(s.profit, lang()) }]} />
            ) : (
              <p>
                {t('Not known without', '缺少以下数据，无法计算')}: {data.ladder_missing}
              </p>
            )}
          </Card>
          <Card title={t('A sale today, opened', '单件销售拆解')}>
            <Table size="small" pagination={false} rowKey="name" scroll={{ x: true }} dataSource={data.explanation.sale} columns={[{ title: t('Part', '项目'), dataIndex: 'name' }, { title: t('Amount', '金额'), align: 'right', render: (_, s) => money(s.amount, lang()) }, { title: t('From', '来源'), dataIndex: 'source' }]} />
            <p>
              {t('Left after fees', '扣费后')}: {money(data.explanation.net_of_sale, lang())} · {t('break-even price', '保本价')}: {money(data.explanation.break_even_price, lang())}
            </p>
          </Card>
        </div>
      </div>
    </>
  );
}

export default function Sku({ marketplace, sku }: { marketplace: string; sku: string }) {
  const query = useAccount<Data>(`/skus/${encodeURIComponent(marketplace)}/${encodeURIComponent(sku)}`);
  return <Loaded query={query}>{(data) => <Screen key={data.marketplace + data.sku} data={data} />}</Loaded>;
}

import { Button, Descriptions, Table, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask, type Line, type Page } from '../api';
import { money, number, raw, share, type Money } from '../format';
import { useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import Demand from '../parts/Demand';
import Know from '../parts/Know';
import { Loaded, OnAmazon, Title } from '../parts/Parts';
import { channelName, Steps } from '../parts/Steps';
import Together from '../parts/Together';
import WhatIf from '../parts/WhatIf';
import { keepPlace, type Place, placeOf } from '../place';
import { type OrderAdvice, type SkuData } from '../sku';

const Chart = lazy(() => import('../parts/Chart'));

function Values({ line, names }: { line: Line; names: Record<string, string> }) {
  const items: [string, string][] = [
    [t('Net recovery', '净回款'), money(line.net_recovery, lang())],
    [
      t('Eight times in ten', '80% 概率介于'),
      line.net_recovery_p10 && line.net_recovery_p90
        ? `${money(line.net_recovery_p10, lang(), true)} – ${money(line.net_recovery_p90, lang(), true)}`
        : '–',
    ],
    [t('No plan can bring more than', '任何方案的上限'), money(line.upper_bound, lang())],
    [t('If held', '不做动作'), money(line.hold_net_recovery, lang())],
    [t('By the playbook', '按清仓规则'), money(line.playbook_net_recovery, lang())],
    [
      t('Next best first step', '次优第一步'),
      line.next_best ? `${channelName(line.next_best.channel, names)}: ${money(line.next_best.net_recovery, lang())}` : '–',
    ],
    [t('90 % sure to be out before', '90% 概率清空日期'), line.sure_out_by ?? t('not within the horizon', '规划期内不能')],
  ];
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 1, lg: 2 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

function Delay({ line }: { line: Line }) {
  const made = useMemo(() => {
    const weeks = Object.entries(line.cost_of_delay).map(([w, m]) => [Number(w), Number(m.amount)] as const);
    return {
      option: {
        grid: { left: 8, right: 40, top: 36, bottom: 28, containLabel: true },
        xAxis: { type: 'value', name: t('weeks waited', '晚做周数'), nameLocation: 'middle', nameGap: 24 },
        yAxis: { type: 'value', name: line.net_recovery.currency },
        series: [{ name: t('cost of waiting', '晚做的损失'), type: 'line', data: [[0, 0], ...weeks] }],
      },
      figures: {
        head: [t('Weeks', '周'), t('Cost of waiting', '晚做的损失')],
        rows: Object.entries(line.cost_of_delay).map(([w, m]) => [w, money(m, lang())]),
      },
    };
  }, [line]);
  if (Object.keys(line.cost_of_delay).length === 0) return null;
  return (
    <Suspense fallback={<div style={{ height: 220 }} />}>
      <Chart title={t('What waiting costs', '晚做的损失')} height={200} {...made} />
    </Suspense>
  );
}

// Back to the list that it was opened from, and to the rows beside it there.
function Around({ data }: { data: SkuData }) {
  const { account } = useDesk();
  const [, go] = useLocation();
  const place = placeOf(data.marketplace, data.sku);
  const first = Math.max(0, (place?.index ?? 0) - 1);
  const beside = useQuery({
    queryKey: ['account', account, lang(), 'beside', place],
    queryFn: ({ signal }) =>
      ask<Page>(`/accounts/${account}/tables/${place!.table}?${place!.query}&offset=${first}&limit=3`, 'GET', undefined, signal),
    enabled: place !== null,
  });
  const rows = beside.data?.rows ?? [];
  const here = rows.findIndex((r) => r.sku === data.sku && r.marketplace === data.marketplace);
  const step = (by: number) => {
    const row = here < 0 ? undefined : rows[here + by];
    return row && place ? { ...place, index: first + here + by, marketplace: raw(row.marketplace), sku: raw(row.sku) } : undefined;
  };
  const open = (to: Place | undefined) => {
    if (!to) return;
    keepPlace(to);
    go(`/sku/${encodeURIComponent(to.marketplace)}/${encodeURIComponent(to.sku)}`);
  };
  const [before, after] = [step(-1), step(1)];
  // [ and ] go to the one before and the next.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA|SELECT/.test((event.target as HTMLElement).tagName)) return;
      if (event.key === '[') open(before);
      if (event.key === ']') open(after);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  return (
    <nav className="around" aria-label={t('Around', '前后')}>
      <Link href={place?.screen ?? '/inventory'}>← {t('the list', '返回列表')}</Link>
      <Button size="small" disabled={!before} onClick={() => open(before)} title="[">
        {t('Previous', '上一个')}
      </Button>
      <Button size="small" disabled={!after} onClick={() => open(after)} title="]">
        {t('Next', '下一个')}
      </Button>
    </nav>
  );
}

// What it costs to be wrong on either side.
function OrderValue({ advice }: { advice: OrderAdvice }) {
  const of = (value: Money | null) => money(value, lang());
  const items: [string, string][] = [
    [t('A unit too few loses', '少一件损失'), of(advice.too_few)],
    [t('A unit too many loses', '多一件损失'), of(advice.too_many)],
    [t('Lasts until the next order with', '可撑到下一批到货的概率'), share(advice.service_level, lang())],
    [t('Brings more than no order', '比不补货多得'), of(advice.gain)],
    [t('Lost if twice as much sells', '销量翻倍时的损失'), of(advice.loss_if_double)],
    [t('Lost if half as much sells', '销量减半时的损失'), of(advice.loss_if_half)],
    [t('Landed cost', '到岸成本'), of(advice.landed_cost)],
    [t('Net of a sale', '单件净回款'), of(advice.net_of_sale)],
    [t('Lead time from', '交期依据'), advice.lead_time.basis],
  ];
  return (
    <>
      <h4>{t('By what an order brings', '经济补货')}</h4>
      {advice.surplus_orders.map((order) => (
        <p key={order.number}>{order.why}</p>
      ))}
      <p>{advice.why}</p>
      {advice.known && (
        <Descriptions size="small" column={{ xs: 1, sm: 2 }} items={items.map(([label, children]) => ({ key: label, label, children }))} />
      )}
    </>
  );
}

function Restocking({ data }: { data: SkuData }) {
  const r = data.restock;
  const items: [string, string][] = [
    [t('Order now', '建议补货'), number(r.order_now, lang())],
    [t('Reorder point', '补货点'), number(r.reorder_point, lang())],
    [t('Days of supply', '可售天数'), number(r.days_of_supply, lang())],
    [t('Out of stock on', '预计断货'), r.stockout_date ?? '–'],
    [t('Lead time, days', '备货天数'), number(r.lead_time_days, lang()) + (r.lead_time_assumed ? t(' (taken to be)', '（默认值）') : '')],
    [t('Expected a day', '预计日销'), number(r.expected_per_day, lang(), 2)],
  ];
  return (
    <Card title={t('Restock', '补货')}>
      <p>{r.reason}</p>
      <Descriptions size="small" column={{ xs: 1, sm: 2 }} items={items.map(([label, children]) => ({ key: label, label, children }))} />
      <OrderValue advice={r.economic} />
    </Card>
  );
}

// Asked for when it is opened: each channel is planned once more.
function NotChosen({ data }: { data: SkuData }) {
  const { account } = useDesk();
  const [open, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: ['account', account, lang(), 'not-chosen', data.marketplace, data.sku],
    queryFn: ({ signal }) =>
      ask<{ channels: { channel: string | null; name: string | null; why: string }[] }>(
        `/accounts/${account}/skus/${encodeURIComponent(data.marketplace)}/${encodeURIComponent(data.sku)}/not-chosen`,
        'GET',
        undefined,
        signal,
      ),
    enabled: open,
  });
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('Channels that were not chosen, and why', '未采用的渠道及原因')}</summary>
      {open && (
        <Loaded query={asked}>
          {({ channels }) => (
            <ul>
              {channels.map((one) => (
                <li key={one.why + (one.channel ?? '')}>
                  {one.name && <b>{one.name}: </b>}
                  {one.why}
                </li>
              ))}
              {channels.length === 0 && <li>{t('None: all that may run, runs.', '无：可用渠道均已采用。')}</li>}
            </ul>
          )}
        </Loaded>
      )}
    </details>
  );
}

function Screen({ data }: { data: SkuData }) {
  const h = data.health;
  const facts: [string, string][] = [
    [t('Stock', '库存'), number(h.stock_total, lang())],
    [t('available', '可售'), number(h.available, lang())],
    [t('reserved', '预留'), number(h.reserved, lang())],
    [t('inbound', '在途'), number(h.inbound, lang())],
    [t('Units a day', '日均销量'), number(h.velocity.weighted, lang(), 2)],
    [t('Stock ÷ month', '库销比'), number(h.stock_to_sales, lang(), 1)],
    [t('Excess', '冗余件数'), number(h.excess_units, lang())],
    [t('Amazon’s estimated excess', '亚马逊预计冗余'), number(h.amazon.excess_units, lang())],
    [t('Price', '售价'), money(h.price, lang())],
    [t('Landed cost', '到岸成本'), money(h.value_basis === 'price' ? null : h.unit_value, lang())],
    [t('Holding now, a month', '本月持有成本'), money(h.holding_cost_now, lang())],
    [t('next month', '下月'), money(h.holding_cost_next_month, lang())],
    [t('Next to surcharge', '下一批进入附加费'), h.next_181 ? `${h.next_181.earliest} … ${h.next_181.latest} (${h.next_181.units})` : '–'],
    [t('Owner, tag', '负责人、标签'), [h.owner, h.tag].filter(Boolean).join(' · ') || '–'],
  ];
  return (
    <>
      <Title text={`${data.sku} · ${data.marketplace}`} asOf={data.as_of}>
        <Tag>{h.priority}</Tag>
      </Title>
      <Around data={data} />
      <p>
        {data.title} <OnAmazon link={data.link} name={data.asin} whole />
      </p>
      <Card>
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 3, lg: 5 }}
          items={facts.map(([label, children]) => ({ key: label, label, children }))}
        />
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
          <Know data={data} />
          <Card title={t('The plan', '方案')}>
            {data.plan ? (
              <>
                <p>{data.plan.why}</p>
                <Values line={data.plan} names={data.channel_names} />
                <Steps actions={data.plan.actions} names={data.channel_names} />
                <NotChosen data={data} />
                <Delay line={data.plan} />
                {data.plan.assumptions.length > 0 && (
                  <details>
                    <summary>{t('Assumptions', '计算前提')}</summary>
                    <ul>
                      {data.plan.assumptions.map((a) => (
                        <li key={a}>{a}</li>
                      ))}
                    </ul>
                  </details>
                )}
              </>
            ) : (
              <p>
                {t(
                  'The newest plan has no line for it: it is neither in excess nor aged, or there is no plan yet.',
                  '最新方案不含此 SKU：既非冗余也未超龄，或尚无方案。',
                )}
              </p>
            )}
          </Card>
        </div>
        <div>
          <WhatIf data={data} />
          <Restocking data={data} />
          <Card title={t('Cohorts', '库龄分布')}>
            <Table
              size="small"
              pagination={false}
              rowKey="from_day"
              locale={{ emptyText: t('Ages are unknown', '库龄未提供') }}
              dataSource={data.cohorts}
              columns={[
                { title: t('Days', '天数'), render: (_, c) => `${c.from_day}${c.to_day === null ? '+' : `–${c.to_day}`}` },
                { title: t('Units', '件数'), align: 'right', render: (_, c) => number(c.units, lang()) },
                { title: t('Surcharge a month', '每月附加费'), align: 'right', render: (_, c) => money(c.surcharge_a_month, lang()) },
                {
                  title: t('once older', '升档后每月附加费'),
                  align: 'right',
                  render: (_, c) => (c.to_day === null ? '–' : money(c.surcharge_after, lang())),
                },
              ]}
            />
          </Card>
          <Card title={t('Price ladder', '三阶段价格')}>
            {data.ladder ? (
              <Table
                size="small"
                pagination={false}
                rowKey="stage"
                scroll={{ x: true }}
                dataSource={data.ladder}
                columns={[
                  { title: t('Stage', '阶段'), dataIndex: 'name' },
                  { title: t('Price', '价格'), align: 'right', render: (_, s) => money(s.price, lang()) },
                  { title: t('Profit', '利润'), align: 'right', render: (_, s) => money(s.profit, lang()) },
                ]}
              />
            ) : (
              <p>
                {t('Not known without: ', '缺少以下数据，无法计算：')}
                {data.ladder_missing}
              </p>
            )}
          </Card>
          <Card title={t('A sale today, opened', '单件销售拆解')}>
            <Table
              size="small"
              pagination={false}
              rowKey="name"
              scroll={{ x: true }}
              dataSource={data.explanation.sale}
              columns={[
                { title: t('Part', '项目'), dataIndex: 'name' },
                { title: t('Amount', '金额'), align: 'right', render: (_, s) => money(s.amount, lang()) },
                { title: t('From', '来源'), dataIndex: 'source' },
              ]}
            />
            <p>
              {t('Left after fees: ', '扣费后：')}
              {money(data.explanation.net_of_sale, lang())} · {t('break-even price: ', '保本价：')}
              {money(data.explanation.break_even_price, lang())}
            </p>
          </Card>
        </div>
      </div>
    </>
  );
}

export default function Sku({ marketplace, sku }: { marketplace: string; sku: string }) {
  const query = useAccount<SkuData>(`/skus/${encodeURIComponent(marketplace)}/${encodeURIComponent(sku)}`);
  return <Loaded query={query}>{(data) => <Screen key={data.marketplace + data.sku} data={data} />}</Loaded>;
}

// What to order: alerts, the events ahead with what is due for each, and the list.
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ask, type Overview, type Page, type Row } from '../api';
import { number, raw } from '../format';
import { useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import DataTable from '../parts/DataTable';
import { Failed, Loaded, SkuLink, Title } from '../parts/Parts';

const day = 86_400_000;
const months = 12;

// The urgent first; as the server names them in either language.
const urgent = [
  'stockout risk',
  '断货风险',
  'reorder',
  '补货',
  'test batch',
  '首批测款',
  'taper',
  '季末减量',
  'stop',
  '停止补货',
  'enough',
  '库存充足',
];
const rank = (label: string) => (urgent.includes(label) ? urgent.indexOf(label) : urgent.length);

// One click on an alert shows its rows.
function Alerts() {
  const { account } = useDesk();
  const [query, setQuery] = useSearchParams();
  const advice = useQuery({
    queryKey: ['account', account, lang(), 'restock', 'advice'],
    queryFn: ({ signal }) => ask<Page>(`/accounts/${account}/tables/restock?limit=1&facets=advice`, 'GET', undefined, signal),
  });
  const chosen = query.get('f.advice') ?? '';
  return (
    <div className="tools" role="group" aria-label={t('Alerts', '提醒')}>
      {[...(advice.data?.facets.advice ?? [])]
        .sort((a, b) => rank(a.label) - rank(b.label))
        .map((f) => (
          <Button
            key={f.value}
            type={chosen === f.value ? 'primary' : 'default'}
            aria-pressed={chosen === f.value}
            onClick={() => setQuery(chosen === f.value ? {} : { 'f.advice': f.value }, { replace: true })}
          >
            {f.label} <b>{number(f.rows, lang())}</b>
          </Button>
        ))}
    </div>
  );
}

interface Event {
  name: string;
  first: number;
  last: number;
  rows: Row[];
}

// Twelve months across; a bar is an event, a mark what is due for it.
function Timeline({ page }: { page: Page }) {
  const start = Date.parse(`${page.as_of.slice(0, 7)}-01`);
  const first = new Date(start);
  const ends = Array.from({ length: months + 1 }, (_, m) => Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + m, 1));
  const length = ends[months]! - start;
  const at = (when: number) => `${Math.min(100, Math.max(0, ((when - start) / length) * 100))}%`;
  const events = useMemo(() => {
    const by = new Map<string, Event>();
    for (const row of page.rows) {
      const key = `${raw(row.event)} ${raw(row.first_day)} ${raw(row.last_day)}`;
      const event = by.get(key) ?? {
        name: raw(row.event),
        first: Date.parse(raw(row.first_day)),
        last: Date.parse(raw(row.last_day)),
        rows: [],
      };
      event.rows.push(row);
      by.set(key, event);
    }
    return [...by.values()];
  }, [page]);
  const mark = (row: Row, column: string, sign: string, name: string) => {
    const when = Date.parse(raw(row[column]));
    return Number.isNaN(when) || when < start || when > ends[months]! ? null : (
      <span
        key={column + raw(row.marketplace)}
        className={`mark ${column}`}
        style={{ left: at(when) }}
        title={`${name} ${raw(row[column])} (${raw(row.marketplace)})`}
      >
        {sign}
      </span>
    );
  };
  const marks: [string, string, string][] = [
    ['order_by', '◆', t('order by', '最迟下单')],
    ['stock_in_by', '▼', t('in stock by', '最迟入仓')],
    ['deals_close', '●', t('deals close', '报名截止')],
    ['clear_from', '✂', t('clear from', '清仓开始')],
  ];
  return (
    <>
      <p className="legend">
        {marks.map(([id, sign, name]) => (
          <span key={id} className={id}>
            {sign} {name}
          </span>
        ))}
        <span>{t('order by: at the lead time of the settings', '最迟下单按设置中的默认交期推算')}</span>
      </p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('Seasonal calendar', '季节日历')}>
        <div className="season-row season-head">
          <span>{t('Event', '节点')}</span>
          <span className="season-line">
            {ends.slice(0, months).map((m) => (
              <span key={m} className="month" style={{ left: at(m) }}>
                {new Date(m).toISOString().slice(0, 7)}
              </span>
            ))}
          </span>
        </div>
        {events.map((event) => (
          <div className="season-row" key={event.name + event.first}>
            <span title={event.rows.map((r) => raw(r.marketplace)).join(', ')}>
              {event.name} <span className="hint">{[...new Set(event.rows.map((r) => raw(r.marketplace)))].join(' ')}</span>
            </span>
            <span
              className="season-line"
              role="img"
              aria-label={`${event.name}: ${raw(event.rows[0]!.first_day)} – ${raw(event.rows[0]!.last_day)}; ${marks.map(([id, , name]) => `${name} ${raw(event.rows[0]![id])}`).join(', ')}`}
            >
              <i className="today" style={{ left: at(Date.parse(page.as_of)) }} />
              <i
                className="bar"
                style={{
                  left: at(event.first),
                  width: `${Math.max(0.6, ((Math.min(event.last + day, ends[months]!) - Math.max(event.first, start)) / length) * 100)}%`,
                }}
              />
              {marks.map(([id, sign, name]) => event.rows.map((row) => mark(row, id, sign, name)))}
            </span>
          </div>
        ))}
      </div>
    </>
  );
}

function Season() {
  const { account } = useDesk();
  const [tab, setTab] = useState<'line' | 'table'>('line');
  const page = useQuery({
    queryKey: ['account', account, lang(), 'calendar'],
    queryFn: ({ signal }) => ask<Page>(`/accounts/${account}/tables/calendar?limit=500`, 'GET', undefined, signal),
  });
  return (
    <Card
      className="whole"
      title={t('Seasonal calendar', '季节日历')}
      extra={
        <Segmented<'line' | 'table'>
          value={tab}
          onChange={setTab}
          options={[
            { value: 'line', label: t('Timeline', '时间线') },
            { value: 'table', label: t('Table', '表格') },
          ]}
        />
      }
    >
      {tab === 'line' ? (
        <Loaded query={page}>{(data) => <Timeline page={data} />}</Loaded>
      ) : (
        <DataTable table="calendar" screen="calendar" facets={['marketplace']} />
      )}
    </Card>
  );
}

// Purchase orders that are better cancelled or put off: the cheapest clearance is what does not come.
function Surplus() {
  const { account } = useDesk();
  const page = useQuery({
    queryKey: ['account', account, lang(), 'surplus'],
    queryFn: ({ signal }) => ask<Page>(`/accounts/${account}/tables/surplus_orders?limit=1`, 'GET', undefined, signal),
  });
  if (!page.data?.rows.length) return null;
  return (
    <Card className="whole" title={t('Orders better cancelled or put off', '建议取消或推迟的采购单')}>
      <DataTable
        table="surplus_orders"
        screen="surplus"
        facets={['marketplace', 'supplier']}
        columns={['marketplace', 'sku', 'number', 'supplier', 'units', 'arrives', 'cancel', 'later_weeks', 'saves', 'saves_before', 'why']}
        render={{ sku: (r) => <SkuLink marketplace={raw(r.marketplace)} sku={raw(r.sku)} /> }}
      />
    </Card>
  );
}

export default function Restock() {
  const overview = useAccount<Overview>('/overview');
  if (overview.error && !overview.data)
    return (
      <>
        <Title text={t('Restock', '补货')} />
        <Failed error={overview.error} retry={() => void overview.refetch()} />
      </>
    );
  return (
    <>
      <Title text={t('Restock', '补货')} />
      <Surplus />
      <Alerts />
      <DataTable
        table="restock"
        screen="restock"
        facets={['marketplace', 'advice', 'owner', 'tag']}
        columns={[
          'marketplace',
          'sku',
          'advice',
          'order_now',
          'economic_order',
          'economic_order_by',
          'too_few',
          'too_many',
          'service_level',
          'stock',
          'velocity',
          'days_of_supply',
          'lead_time_days',
          'stockout_date',
          'season',
          'owner',
          'tag',
          'economic_why',
          'reason',
        ]}
        render={{ sku: (r) => <SkuLink marketplace={raw(r.marketplace)} sku={raw(r.sku)} /> }}
      />
      <Season />
    </>
  );
}

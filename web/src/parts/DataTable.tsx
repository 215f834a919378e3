// A table of the server's, of any length: rows are fetched as they come into sight. Its filters, order and columns
// stand in the address.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Modal, Popover, Select, Space } from 'antd';
import { memo, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ask, type Column, type Page, type Row } from '../api';
import { formula } from '../formulas';
import { raw, shown } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import { keepPlace } from '../place';
import { nextSort, readView, type View, writeView } from '../view';
import { Failed } from './Parts';
import { useRows } from './rows';
import { tellProblem } from './tell';

const rowHeight = 36;

interface Props {
  table: string;
  screen: string;
  facets?: string[];
  columns?: string[]; // shown first, where the server's choice is not it
  render?: Record<string, (row: Row) => ReactNode>;
  names?: Record<string, string>; // heads in place of the server's
  widths?: Record<string, number>; // pixels, in place of the usual
  hint?: string; // of the search, where it is not of SKUs
  tools?: ReactNode;
}

const none: string[] = [];
const plain: Record<string, (row: Row) => ReactNode> = {};
const usual: Record<string, number> = {};
// Sentences: cut in a row of one line, whole where they are clicked.
const long = new Set(['why', 'reason', 'flags', 'differs', 'checks', 'says', 'notes', 'title', 'status']);

// The values of a column with their rows; what the list leaves out is said in it.
function facetOptions(page: Page | undefined, id: string) {
  const more = page?.more_facets[id] ?? 0;
  const options = (page?.facets[id] ?? []).map((f) => ({ value: f.value, label: `${f.label || '–'} (${f.rows})`, disabled: false }));
  if (more > 0) options.push({ value: '', label: t(`${more} more: use the search`, `另有 ${more} 项：请用搜索`), disabled: true });
  return options;
}

const withoutRate = (page: Page): string => {
  const list = page.without_rate.join(', ');
  return t(`no rate for ${list} to ${page.base_currency}: those come last`, `缺少 ${list} 兑 ${page.base_currency} 汇率：相关行排在最后`);
};

const width = (column: Column, own: Record<string, number>): number =>
  own[column.id] ??
  {
    week: 60,
    priority: 76,
    available: 86,
    reserved: 86,
    inbound: 86,
    stock_total: 86,
    marketplace: 112,
    band: 116,
    sku: 170,
    title: 260,
    why: 360,
    flags: 360,
    differs: 300,
    action: 150,
    reason: 300,
    checks: 320,
    says: 420,
    status: 240,
    file: 230,
    notes: 300,
    imported_at: 190,
    days: 200,
    report: 190,
    event: 190,
  }[column.id] ??
  (column.kind === 'money' ? 140 : column.kind === 'text' ? 120 : 104);

export default function DataTable({
  table,
  screen,
  facets = [],
  columns: first = none,
  render = plain,
  names = {},
  widths = usual,
  hint,
  tools,
}: Props) {
  const { account } = useDesk();
  const [query, setQuery] = useSearchParams();
  const view = readView(query);
  const change = (part: Partial<View>) => setQuery(writeView({ ...view, ...part }), { replace: true });
  const asked = new URLSearchParams(writeView({ ...view, columns: [], tab: undefined }));
  const base = `/accounts/${account}/tables/${table}`;
  const {
    head,
    count: total,
    box,
    visible,
    row,
    size,
  } = useRows<Page, Row>({
    key: ['account', account, lang(), table, asked.toString()],
    fetch: (offset, limit, signal) => {
      const search = new URLSearchParams(asked);
      search.set('limit', String(limit));
      search.set('offset', String(offset));
      if (offset === 0 && facets.length > 0) search.set('facets', facets.join(','));
      return ask<Page>(`${base}?${search}`, 'GET', undefined, signal);
    },
    total: (page) => page.total,
    rows: (page) => page.rows,
    height: rowHeight,
  });
  const all = useMemo(() => head.data?.columns ?? [], [head.data]);
  const ids = view.columns.length > 0 ? view.columns : first.length > 0 ? first : all.filter((c) => c.shown).map((c) => c.id);
  const chosen = ids.join(',');
  // The same list as long as nothing of it changes: lines that stay in sight are not drawn again.
  const columns = useMemo(
    () =>
      chosen
        .split(',')
        .map((id) => all.find((c) => c.id === id))
        .filter((c): c is Column => c !== undefined),
    [all, chosen],
  );
  const grid = columns.map((c) => `minmax(${width(c, widths)}px, ${width(c, widths)}fr)`).join(' ');
  const least = columns.reduce((sum, c) => sum + width(c, widths), 0);
  const [read, setRead] = useState<{ head: string; text: string }>();
  const order = asked.toString();
  const leave = useCallback(
    (index: number, cells: Row) =>
      keepPlace({
        table,
        screen: window.location.pathname + window.location.search,
        query: order,
        index,
        marketplace: raw(cells.marketplace),
        sku: raw(cells.sku),
      }),
    [table, order],
  );

  if (head.error && !head.data) return <Failed error={head.error} retry={() => void head.refetch()} />;
  return (
    <section className="data-table">
      <div className="tools">
        <Words value={view.words} hint={hint} onChange={(words) => change({ words })} />
        {facets.map((id) => (
          <Select
            key={id}
            mode="multiple"
            allowClear
            maxTagCount={1}
            className="facet"
            aria-label={all.find((c) => c.id === id)?.name ?? id}
            placeholder={all.find((c) => c.id === id)?.name ?? id}
            value={view.filters[id] ?? none}
            onChange={(values) => change({ filters: { ...view.filters, [id]: values } })}
            options={facetOptions(head.data, id)}
          />
        ))}
        <Ranges columns={all} currency={head.data?.base_currency} filters={view.filters} onChange={(filters) => change({ filters })} />
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <Checkbox.Group
              className="chooser"
              value={ids}
              options={all.map((c) => ({ value: c.id, label: c.name }))}
              onChange={(chosen) => change({ columns: all.map((c) => c.id).filter((id) => chosen.includes(id)) })}
            />
          }
        >
          <Button>{t('Columns', '自定义列')}</Button>
        </Popover>
        <Formulas columns={columns} names={names} />
        <SavedViews screen={screen} query={writeView(view).toString()} open={(saved) => setQuery(new URLSearchParams(saved))} />
        <Button href={`/api/v1${base}.csv?${writeView({ ...view, tab: undefined })}&lang=${lang()}`}>{t('Export CSV', '导出 CSV')}</Button>
        {tools}
        <span className="count" role="status">
          {head.data ? t(`${shown(total, 'units', 0, 'en')} rows`, `${shown(total, 'units', 0, 'zh')} 行`) : t('loading…', '加载中…')}
          {head.data && head.data.without_rate.length > 0 && ` · ${withoutRate(head.data)}`}
        </span>
      </div>
      <div
        ref={box}
        className="grid-scroll"
        tabIndex={0}
        role={columns.length > 0 ? 'table' : 'group'}
        aria-label={head.data?.name ?? table}
        aria-rowcount={columns.length > 0 ? total + 1 : undefined}
      >
        {columns.length > 0 && (
          <div style={{ minWidth: least }} role="rowgroup">
            <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: grid }}>
              {columns.map((c) => (
                <div
                  key={c.id}
                  role="columnheader"
                  className={classOf(c)}
                  aria-sort={view.sort === c.id ? 'ascending' : view.sort === `-${c.id}` ? 'descending' : 'none'}
                >
                  <button title={formula(c.id)} onClick={() => change({ sort: nextSort(view.sort, c.id) })}>
                    {names[c.id] ?? c.name}
                    {view.sort === c.id ? ' ▲' : view.sort === `-${c.id}` ? ' ▼' : ''}
                  </button>
                </div>
              ))}
            </div>
            <div role="presentation" style={{ height: size, position: 'relative' }}>
              {visible.map((item) => (
                <Line
                  key={item.key}
                  index={item.index}
                  start={item.start}
                  cells={row(item.index)}
                  columns={columns}
                  grid={grid}
                  render={render}
                  leave={leave}
                  tell={setRead}
                />
              ))}
            </div>
          </div>
        )}
        {head.data && total === 0 && <p className="nothing">{t('No row passes these filters.', '没有符合筛选条件的行。')}</p>}
      </div>
      <Modal open={!!read} title={read?.head} footer={null} onCancel={() => setRead(undefined)}>
        <p>{read?.text}</p>
      </Modal>
    </section>
  );
}

// Figures to the right; the SKU stays in sight while the others are moved.
const classOf = (c: Column): string => (c.id === 'sku' ? 'frozen' : c.kind === 'text' || c.kind === 'day' ? '' : 'right');

const Line = memo(function Line({
  index,
  start,
  cells,
  columns,
  grid,
  render,
  leave,
  tell,
}: {
  index: number;
  start: number;
  cells?: Row;
  columns: Column[];
  grid: string;
  render: Record<string, (row: Row) => ReactNode>;
  leave: (index: number, cells: Row) => void;
  tell: (read: { head: string; text: string }) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="grid-row"
      style={{ gridTemplateColumns: grid, height: rowHeight, transform: `translateY(${start}px)` }}
    >
      {columns.map((c) => {
        const text = cells ? shown(cells[c.id], c.kind, c.decimals, lang()) : '…';
        return (
          <div
            key={c.id}
            role="cell"
            title={text}
            className={long.has(c.id) ? 'sentence-cell' : classOf(c)}
            onClick={
              c.id === 'sku'
                ? () => cells && leave(index, cells)
                : long.has(c.id)
                  ? (e) => e.currentTarget.scrollWidth > e.currentTarget.clientWidth && tell({ head: c.name, text })
                  : undefined
            }
          >
            {cells && render[c.id] ? render[c.id]!(cells) : cells && cells[c.id] === null ? <span className="unknown">{text}</span> : text}
          </div>
        );
      })}
    </div>
  );
});

// How the figures in sight come about.
function Formulas({ columns, names }: { columns: Column[]; names: Record<string, string> }) {
  const known = columns.filter((c) => formula(c.id));
  if (known.length === 0) return null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <dl className="formulas">
          {known.map((c) => (
            <div key={c.id}>
              <dt>{names[c.id] ?? c.name}</dt>
              <dd>{formula(c.id)}</dd>
            </div>
          ))}
        </dl>
      }
    >
      <Button>{t('Formulas', '指标说明')}</Button>
    </Popover>
  );
}

function Words({ value, hint, onChange }: { value: string; hint?: string; onChange: (words: string) => void }) {
  const [words, setWords] = useState(value);
  useEffect(() => setWords(value), [value]);
  useEffect(() => {
    if (words === value) return;
    const later = setTimeout(() => onChange(words), 250);
    return () => clearTimeout(later);
  });
  return (
    <Input.Search
      className="words"
      allowClear
      aria-label={t('Search', '搜索')}
      placeholder={hint ?? t('SKU, title, owner…', 'SKU、名称、负责人…')}
      value={words}
      onChange={(e) => setWords(e.target.value)}
    />
  );
}

// Filters on figures: a column, from and to.
function Ranges({
  columns,
  currency,
  filters,
  onChange,
}: {
  columns: Column[];
  currency?: string;
  filters: Record<string, string[]>;
  onChange: (filters: Record<string, string[]>) => void;
}) {
  const figures = columns.filter((c) => c.kind !== 'text' && c.kind !== 'day');
  const [column, setColumn] = useState<string>();
  const chosen = figures.filter((c) => filters[c.id]?.length);
  const [from = '', to = ''] = (column ? (filters[column]?.[0] ?? '') : '').split('..');
  const set = (low: string, high: string) => column && onChange({ ...filters, [column]: low || high ? [`${low}..${high}`] : [] });
  // Amounts of several currencies are compared in one.
  const named = (c: Column) => (c.kind === 'money' && currency ? `${c.name} (${currency})` : c.name);
  return (
    <Popover
      trigger="click"
      content={
        <Space direction="vertical">
          <Select
            className="range-column"
            showSearch
            optionFilterProp="label"
            aria-label={t('Column', '列')}
            placeholder={t('Column', '列')}
            value={column}
            onChange={setColumn}
            options={figures.map((c) => ({ value: c.id, label: named(c) }))}
          />
          <Space>
            <InputNumber
              aria-label={t('from', '从')}
              placeholder={t('from', '从')}
              value={from ? Number(from) : null}
              onChange={(v) => set(v === null ? '' : String(v), to)}
              disabled={!column}
            />
            <InputNumber
              aria-label={t('to', '到')}
              placeholder={t('to', '到')}
              value={to ? Number(to) : null}
              onChange={(v) => set(from, v === null ? '' : String(v))}
              disabled={!column}
            />
          </Space>
          {chosen.map((c) => (
            <Button key={c.id} size="small" onClick={() => onChange({ ...filters, [c.id]: [] })}>
              {named(c)} {filters[c.id]?.[0]} ✕
            </Button>
          ))}
        </Space>
      }
    >
      <Button type={chosen.length > 0 ? 'primary' : 'default'}>
        {t('Figures', '数值筛选')}
        {chosen.length > 0 ? ` (${chosen.length})` : ''}
      </Button>
    </Popover>
  );
}

interface Saved {
  id: number;
  screen: string;
  name: string;
  query: string;
}

function SavedViews({ screen, query, open }: { screen: string; query: string; open: (query: string) => void }) {
  const { account } = useDesk();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const key = ['views', account];
  const views = useQuery({ queryKey: key, queryFn: () => ask<{ views: Saved[] }>(`/accounts/${account}/views`) });
  const mine = (views.data?.views ?? []).filter((v) => v.screen === screen);
  const save = async () => {
    try {
      await ask(`/accounts/${account}/views`, 'POST', { screen, name, query });
      setName('');
      await client.invalidateQueries({ queryKey: key });
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const remove = async (id: number) => {
    try {
      await ask(`/accounts/${account}/views/${id}`, 'DELETE');
      await client.invalidateQueries({ queryKey: key });
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Popover
      trigger="click"
      content={
        <Space direction="vertical">
          {mine.map((v) => (
            <Space key={v.id}>
              <Button size="small" type="link" onClick={() => open(v.query)}>
                {v.name}
              </Button>
              <Button size="small" aria-label={t(`Remove ${v.name}`, `删除 ${v.name}`)} onClick={() => void remove(v.id)}>
                ✕
              </Button>
            </Space>
          ))}
          <Space.Compact>
            <Input
              aria-label={t('Name of the view', '视图名称')}
              placeholder={t('this view’s name', '当前视图名称')}
              value={name}
              onChange={(e) => setName(e.target.value)}
            />
            <Button type="primary" disabled={!name} onClick={() => void save()}>
              {t('Save', '保存')}
            </Button>
          </Space.Compact>
        </Space>
      }
    >
      <Button>{t('Views', '保存的视图')}</Button>
    </Popover>
  );
}

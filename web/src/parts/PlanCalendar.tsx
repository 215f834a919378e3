// The plan as a calendar: weeks across, SKUs down; a bar is an action.
import { Tag } from 'antd';
import { memo, useEffect } from 'react';
import { type Action, ask, type Line, type Lines, type Plan as Data } from '../api';
import { money, number } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import { Failed } from './Parts';
import { useRows } from './rows';
import { channelName } from './Steps';

// What cuts the price, what Amazon's programmes do, what leaves in bulk.
const shades: Record<string, string> = {
  markdown: '#0072B2',
  outlet: '#009E73',
  best_deal: '#D55E00',
  lightning: '#CC79A7',
  coupon: '#E69F00',
  ped: '#56B4E9',
  sell: '#8c8c8c',
  liquidation: '#5b3f8c',
  removal: '#7a4b2a',
  disposal: '#3d3d3d',
};
const shade = (channel: string) => shades[channel] ?? '#6b6b00';

export default function Calendar({
  plan,
  query,
  open,
  counted,
}: {
  plan: Data;
  query: URLSearchParams;
  open: (line: Line) => void;
  counted: (lines: number) => void;
}) {
  const { account } = useDesk();
  const height = 34;
  const { head, count, box, visible, row, size } = useRows<Lines, Line>({
    key: ['account', account, lang(), 'plan-lines', plan.plan_id, query.toString()],
    fetch: (offset, limit, signal) => {
      const search = new URLSearchParams(query);
      search.set('limit', String(limit));
      search.set('offset', String(offset));
      return ask<Lines>(`/accounts/${account}/plans/${plan.plan_id}/lines?${search}`, 'GET', undefined, signal);
    },
    total: (page) => page.total,
    rows: (page) => page.lines,
    height,
  });
  useEffect(() => counted(count), [count, counted]);
  const weeks = Array.from({ length: plan.horizon_weeks }, (_, w) => w);
  const first = Date.parse(plan.first_day);
  const day = (w: number) => new Date(first + w * 7 * 86_400_000).toISOString().slice(5, 10);
  if (head.error && !head.data) return <Failed error={head.error} retry={() => void head.refetch()} />;
  return (
    <>
      <p className="legend">
        {plan.channels_used.map((c) => (
          <span key={c}>
            <i style={{ background: shade(c) }} /> {channelName(c, plan.channel_names)}
          </span>
        ))}
      </p>
      <div
        ref={box}
        className="grid-scroll gantt"
        tabIndex={0}
        role="table"
        aria-label={t('Plan by week and SKU', '分周方案')}
        aria-rowcount={count + 1}
      >
        <div className="gantt-row gantt-head" role="row">
          <span role="columnheader">SKU</span>
          <span role="columnheader">{t('Owner, tag', '负责人、标签')}</span>
          <span role="columnheader" className="right">
            {t('Gain', '比不动多回款')}
          </span>
          <span role="columnheader" className="gantt-weeks" aria-label={t('Weeks', '周')}>
            {weeks.map((w) => (
              <span key={w}>{w % 2 === 0 ? day(w) : ''}</span>
            ))}
          </span>
        </div>
        <div role="rowgroup" style={{ height: size, position: 'relative' }}>
          {visible.map((item) => (
            <Bars
              key={item.key}
              index={item.index}
              start={item.start}
              height={height}
              line={row(item.index)}
              plan={plan}
              first={first}
              open={open}
            />
          ))}
        </div>
        {head.data && count === 0 && <p className="nothing">{t('No line passes these filters.', '没有符合筛选条件的行。')}</p>}
      </div>
    </>
  );
}

const Bars = memo(function Bars({
  index,
  start,
  height,
  line,
  plan,
  first,
  open,
}: {
  index: number;
  start: number;
  height: number;
  line?: Line;
  plan: Data;
  first: number;
  open: (line: Line) => void;
}) {
  const choice = line?.choice;
  const who = line && [line.owner, line.tag].filter(Boolean).join(' · ');
  const span = (a: Action) => {
    const from = Math.max(0, (Date.parse(a.start) - first) / (7 * 86_400_000));
    const to = Math.min(plan.horizon_weeks, (Date.parse(a.end) - first) / (7 * 86_400_000) + 1 / 7);
    return { left: `${(from / plan.horizon_weeks) * 100}%`, width: `${Math.max(0.8, ((to - from) / plan.horizon_weeks) * 100)}%` };
  };
  const says = (a: Action) => `${channelName(a.channel, plan.channel_names)} ${a.start} – ${a.end}`;
  // What leaves in bulk does not come back: it stands above what else runs on the day, with its number.
  const leaves = (a: Action) =>
    `${channelName(a.channel, plan.channel_names)} ${a.start}: ${t(`${number(Math.round(a.units_out), 'en')} units leave, cannot be undone`, `${number(Math.round(a.units_out), 'zh')} 件出库，不可撤销`)}`;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`gantt-row grid-row ${choice?.pinned === 'excluded' ? 'excluded' : ''}`}
      style={{ transform: `translateY(${start}px)`, height }}
    >
      <span role="cell">
        {line ? (
          <>
            <button className="as-link" onClick={() => open(line)}>
              {line.sku}
            </button>{' '}
            {line.marketplace} {choice?.approved && '✓'} {choice?.pinned === 'locked' && <Tag>{t('locked', '锁定')}</Tag>}{' '}
            {choice?.needs_look && <Tag color="orange">{t('look again', '待复核')}</Tag>}
          </>
        ) : (
          '…'
        )}
      </span>
      <span role="cell" className="cut" title={who}>
        {who || '–'}
      </span>
      <span role="cell" className="right">
        {line?.leave_alone ? t('leave alone', '无需操作') : line?.gain ? money(line.gain, lang(), true) : '–'}
      </span>
      <span role="cell" className="gantt-weeks">
        {line?.actions
          .filter((a) => a.expected_cash)
          .filter((a) => a.units_out === 0)
          .map((a) => (
            <i
              key={a.start + a.channel + a.end}
              className="bar"
              style={{ ...span(a), background: shade(a.channel) }}
              role="img"
              aria-label={says(a)}
              title={`${says(a)} ${a.price ? money(a.price, lang()) : ''} ${a.reason}`}
            />
          ))}
        {line?.actions
          .filter((a) => a.units_out > 0)
          .map((a) => (
            <i
              key={'exit' + a.start + a.channel}
              className="exit"
              style={{ left: span(a).left, borderColor: shade(a.channel) }}
              role="img"
              aria-label={leaves(a)}
              title={`${leaves(a)} ${a.reason}`}
            >
              ▼ {number(Math.round(a.units_out), lang())}
            </i>
          ))}
      </span>
    </div>
  );
});

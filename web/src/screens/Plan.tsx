import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, InputNumber, Popover, Segmented, Select, Space, Tag } from 'antd';
import { lazy, memo, Suspense, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { type Action, ask, type Choice, type Line, type Lines, type Overview, type Plan as Data } from '../api';
import { type Money, money, number, share } from '../format';
import { useAccount, useDesk, useJobs } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import { tell, tellProblem } from '../parts/tell';
import DataTable from '../parts/DataTable';
import { Failed, Loaded, SkuLink, Title, useMay } from '../parts/Parts';
import Plain from '../parts/Plain';
import { useRows } from '../parts/rows';
import OverHolding from '../parts/OverHolding';
import Tile from '../parts/Tile';
import Warnings from '../parts/Warnings';
import { cashSoFar, policyName } from '../cash';
import { formula } from '../formulas';
import { channelName, Steps } from './Sku';

const CashCurves = lazy(() => import('../parts/CashCurves'));
const compared = ['optimal', 'hold', 'playbook', 'liquidate'];

// What cuts the price, what Amazon's programmes do, what leaves in bulk.
const shades: Record<string, string> = { markdown: '#0072B2', outlet: '#009E73', best_deal: '#D55E00', lightning: '#CC79A7', coupon: '#E69F00', ped: '#56B4E9', sell: '#8c8c8c', liquidation: '#5b3f8c', removal: '#7a4b2a', disposal: '#3d3d3d' };
const shade = (channel: string) => shades[channel] ?? '#6b6b00';
const lineColumns = ['marketplace', 'sku', 'units', 'gain', 'net_recovery', 'hold', 'upper_bound', 'playbook', 'delay_4', 'sure_out_by', 'if_offered', 'owner', 'tag', 'why'];
const actionColumns = ['week', 'start', 'end', 'marketplace', 'sku', 'channel', 'price', 'discount', 'expected_units', 'expected_cash', 'units_out', 'owner', 'tag', 'reason'];
type Tab = 'calendar' | 'lines' | 'actions' | 'compare';

function Totals({ plan }: { plan: Data }) {
  const counts = plan.counts;
  return (
    <div className="tiles">
      <OverHolding plan={plan.plan_id} first={plan.over_holding} start={plan.first_day} />
      <Tile name={t('Net recovery', '净回款')} value={money(plan.expected_net_recovery, lang(), true)} note={t(`${number(counts.lines, 'en')} SKUs; part of it after ${plan.over_holding.horizon_end}`, `${number(counts.lines, 'zh')} 个 SKU；部分在 ${plan.over_holding.horizon_end} 之后`)} formula={formula('net_recovery')!} />
      <Tile name={t('At most', '任何方案的上限')} value={money(plan.upper_bound, lang(), true)} note={plan.gap === null ? undefined : t(`gap ${share(plan.gap, 'en')} at most`, `差距至多 ${share(plan.gap, 'zh')}`)} formula={formula('upper_bound')!} />
      <Tile name={t('If held', '若持有')} value={money(plan.hold_net_recovery, lang(), true)} formula={formula('hold')!} />
      <Tile name={t('By the playbook', '按清仓规则')} value={money(plan.playbook_net_recovery, lang(), true)} formula={formula('playbook')!} />
      <Tile name={t('Approved', '已批准')} value={number(counts.approved, lang())} note={t(`locked ${counts.locked}, left out ${counts.excluded}`, `锁定 ${counts.locked}，排除 ${counts.excluded}`)} formula={t('Lines that somebody approved, as they stand. An approval and a lock are of the line as it was: where newer data made another of it, it waits under “To look at”. Those left out are not planned.', '按现状已批准的行。批准与锁定针对当时的内容：数据更新后内容有变的行列入“待复核”。排除的行不参与方案。')} />
    </div>
  );
}

// Weeks across, SKUs down; a bar is an action.
function Calendar({ plan, query, open, counted }: { plan: Data; query: URLSearchParams; open: (line: Line) => void; counted: (lines: number) => void }) {
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
      <div ref={box} className="grid-scroll gantt" tabIndex={0} role="table" aria-label={t('Plan by week and SKU', '分周方案')} aria-rowcount={count + 1}>
        <div className="gantt-row gantt-head" role="row">
          <span role="columnheader">SKU</span>
          <span role="columnheader">{t('Owner, tag', '负责人、标签')}</span>
          <span role="columnheader" className="right">
            {t('Gain', '多回款')}
          </span>
          <span role="columnheader" className="gantt-weeks" aria-label={t('Weeks', '周')}>
            {weeks.map((w) => (
              <span key={w}>{w % 2 === 0 ? day(w) : ''}</span>
            ))}
          </span>
        </div>
        <div role="rowgroup" style={{ height: size, position: 'relative' }}>
          {visible.map((item) => (
            <Bars key={item.key} index={item.index} start={item.start} height={height} line={row(item.index)} plan={plan} first={first} open={open} />
          ))}
        </div>
        {head.data && count === 0 && <p className="nothing">{t('No line passes these filters.', '没有符合筛选条件的行。')}</p>}
      </div>
    </>
  );
}

const Bars = memo(function Bars({ index, start, height, line, plan, first, open }: { index: number; start: number; height: number; line?: Line; plan: Data; first: number; open: (line: Line) => void }) {
  const choice = line?.choice;
  const who = line && [line.owner, line.tag].filter(Boolean).join(' · ');
  const span = (a: Action) => {
    const from = Math.max(0, (Date.parse(a.start) - first) / (7 * 86_400_000));
    const to = Math.min(plan.horizon_weeks, (Date.parse(a.end) - first) / (7 * 86_400_000) + 1 / 7);
    return { left: `${(from / plan.horizon_weeks) * 100}%`, width: `${Math.max(0.8, ((to - from) / plan.horizon_weeks) * 100)}%` };
  };
  const says = (a: Action) => `${channelName(a.channel, plan.channel_names)} ${a.start} – ${a.end}`;
  // What leaves in bulk does not come back: it stands above what else runs on the day, with its number.
  const leaves = (a: Action) => `${channelName(a.channel, plan.channel_names)} ${a.start}: ${t(`${number(Math.round(a.units_out), 'en')} units leave, cannot be undone`, `${number(Math.round(a.units_out), 'zh')} 件出库，不可撤销`)}`;
  return (
    <div role="row" aria-rowindex={index + 2} className={`gantt-row grid-row ${choice?.pinned === 'excluded' ? 'excluded' : ''}`} style={{ transform: `translateY(${start}px)`, height }}>
      <span role="cell">
        {line ? (
          <>
            <button className="as-link" onClick={() => open(line)}>
              {line.sku}
            </button>{' '}
            {line.marketplace} {choice?.approved && '✓'} {choice?.pinned === 'locked' && '🔒'} {choice?.needs_look && <Tag color="orange">{t('look again', '待复核')}</Tag>}
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
          .map((a) => <i key={a.start + a.channel + a.end} className="bar" style={{ ...span(a), background: shade(a.channel) }} role="img" aria-label={says(a)} title={`${says(a)} ${a.price ? money(a.price, lang()) : ''} ${a.reason}`} />)}
        {line?.actions
          .filter((a) => a.units_out > 0)
          .map((a) => (
            <i key={'exit' + a.start + a.channel} className="exit" style={{ left: span(a).left, borderColor: shade(a.channel) }} role="img" aria-label={leaves(a)} title={`${leaves(a)} ${a.reason}`}>
              ▼ {number(Math.round(a.units_out), lang())}
            </i>
          ))}
      </span>
    </div>
  );
});

function Decide({ plan, line, done }: { plan: Data; line: Line; done: (choice?: Choice) => void }) {
  const choice = line.choice;
  const { account } = useDesk();
  const may = useMay();
  const wishes = choice?.wishes ?? {};
  const [floor, setFloor] = useState<string>(typeof wishes.floor_price === 'string' ? wishes.floor_price : '');
  const [outBy, setOutBy] = useState<string>(typeof wishes.out_by === 'string' ? wishes.out_by : '');
  const [without, setWithout] = useState<string[]>(Array.isArray(wishes.without) ? (wishes.without as string[]) : []);
  const asked = { ...(floor && { floor_price: floor }), ...(outBy && { out_by: outBy }), ...(without.length > 0 && { without }) };
  const own = Object.keys(asked).length > 0;
  // What the wishes would make of it, before they are kept.
  const preview = useQuery({
    queryKey: ['what-if', account, line.marketplace, line.sku, lang(), asked],
    queryFn: ({ signal }) => ask<Line>(`/accounts/${account}/skus/${encodeURIComponent(line.marketplace)}/${encodeURIComponent(line.sku)}/what-if`, 'POST', asked, signal),
    enabled: own,
    placeholderData: keepPreviousData,
  });
  const change = async (part: Record<string, unknown>) => {
    try {
      const { choices } = await ask<{ choices: Choice[] }>(`/accounts/${account}/plans/${plan.plan_id}/lines`, 'PATCH', { lines: [{ marketplace: line.marketplace, sku: line.sku }], change: part });
      done(choices[0]);
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <>
      <p>{line.why}</p>
      <p>
        <SkuLink marketplace={line.marketplace} sku={line.sku} /> · {t('Net recovery', '净回款')} {money(line.net_recovery, lang())} · {t('if held', '若持有')} {money(line.hold_net_recovery, lang())}
      </p>
      {may && (
        <Space wrap>
          <Button type="primary" onClick={() => void change({ approved: !choice?.approved })}>
            {choice?.approved ? t('Take approval back', '撤回批准') : t('Approve', '批准')}
          </Button>
          <Button onClick={() => void change({ pinned: choice?.pinned === 'locked' ? 'no' : 'locked' })}>{choice?.pinned === 'locked' ? t('Unlock', '解锁') : t('Lock as it is', '锁定')}</Button>
          <Button onClick={() => void change({ pinned: choice?.pinned === 'excluded' ? 'no' : 'excluded' })}>{choice?.pinned === 'excluded' ? t('Take in again', '取消排除') : t('Leave out', '排除')}</Button>
        </Space>
      )}
      {choice?.needs_look && (
        <Alert
          type="warning"
          showIcon
          title={t('The line is not what was approved or locked any more: it was planned on newer data. Approve or lock it as it is now, or take the decision back.', '该行已按更新的数据重新生成，与当时批准或锁定的内容不同。请按现状重新批准或锁定，或撤回决定。')}
          action={
            may && choice.pinned === 'locked' ? (
              <Button size="small" onClick={() => void change({ pinned: 'locked' })}>
                {t('Lock as it is now', '按现状锁定')}
              </Button>
            ) : undefined
          }
        />
      )}
      {choice?.at && (
        <p className="hint">
          {choice.person} · {choice.at.replace('T', ' ').replace('Z', ' UTC')}
        </p>
      )}
      {may && (
        <Card title={t('Own wishes, for the next plan', '单独要求（下次生成时生效）')}>
          <Space direction="vertical">
            <label>
              {t('Lowest price', '最低价')} ({line.net_recovery.currency}) <InputNumber stringMode min="0" value={floor || null} onChange={(v) => setFloor(v === null ? '' : String(v))} aria-label={t('Lowest price', '最低价')} />
            </label>
            <label>
              {t('Out by', '清空日期')} <Input type="date" value={outBy} onChange={(e) => setOutBy(e.target.value)} aria-label={t('Out by', '清空日期')} />
            </label>
            <Select mode="multiple" className="range-column" aria-label={t('Without', '不使用渠道')} placeholder={t('Without these channels', '不使用的渠道')} value={without} onChange={setWithout} options={Object.entries(plan.channel_names).map(([value, label]) => ({ value, label }))} />
            {own && preview.data && (
              <p role="status">
                {t('With these', '按此要求')}: {t('Net recovery', '净回款')} <b>{money(preview.data.net_recovery, lang())}</b> ({t('now', '现方案')} {money(line.net_recovery, lang())}); {preview.data.actions.filter((a) => a.expected_cash).slice(0, 3).map((a) => `${channelName(a.channel, plan.channel_names)}${a.price ? ` ${money(a.price, lang())}` : ''}`).join(' → ')}
              </p>
            )}
            {preview.error && <p role="alert">{preview.error.message}</p>}
            <Button onClick={() => void change({ wishes: own ? asked : null })}>{t('Keep', '保存')}</Button>
          </Space>
        </Card>
      )}
      <Steps actions={line.actions} names={plan.channel_names} />
      {line.if_offered && <Offered line={line} names={plan.channel_names} />}
    </>
  );
}

// What only Amazon can offer: beside the plan, in no figure of it.
function Offered({ line, names }: { line: Line; names: Record<string, string> }) {
  const offered = line.if_offered!;
  const channel = channelName(offered.channel, names);
  const more = { amount: String(Number(offered.net_recovery.amount) - Number(line.net_recovery.amount)), currency: line.net_recovery.currency };
  return (
    <p className="hint">
      {t(`If Amazon offers it: ${channel} at ${money(offered.price, 'en')} from ${offered.start}, ${money(more, 'en', true)} more. It is in no figure of the plan.`, `如亚马逊邀请：${offered.start} 起${channel}（${money(offered.price, 'zh')}），再多回款 ${money(more, 'zh', true)}。未计入方案。`)}
    </p>
  );
}

// The same stock under other policies: what each brings, and when.
function Compare({ plan }: { plan: Data }) {
  const overview = useAccount<Overview>('/overview');
  const nets: Record<string, Money | null> = { optimal: plan.expected_net_recovery, playbook: plan.playbook_net_recovery, hold: plan.hold_net_recovery };
  const curves = overview.data?.plan?.curves;
  const cash = (id: string, weeks: number) => (curves?.[id] ? money({ amount: String(cashSoFar(curves[id], weeks - 1)), currency: plan.base_currency }, lang(), true) : '–');
  const ends = [4, 8, 13, plan.horizon_weeks].filter((w, i, all) => w <= plan.horizon_weeks && all.indexOf(w) === i);
  const best = Number(plan.expected_net_recovery?.amount ?? Number.NaN);
  return (
    <Loaded query={overview}>
      {() => (
        <>
          <Card title={t('Policies', '策略对比')}>
            <Plain
              rows={[...compared.map((id) => ({ id, name: policyName(id), net: nets[id] ?? null })), { id: 'bound', name: t('at most, by any plan', '任何方案的上限'), net: plan.upper_bound }]}
              id={(p) => p.id}
              columns={[
                { head: t('Policy', '策略'), cell: (p) => p.name },
                { head: t('Net recovery', '净回款'), right: true, cell: (p) => (p.net ? money(p.net, lang(), true) : '–') },
                { head: t('Plan beyond it', '方案多出'), right: true, cell: (p) => (p.net && p.id !== 'optimal' && p.id !== 'bound' ? money({ amount: String(best - Number(p.net.amount)), currency: p.net.currency }, lang(), true) : '–') },
                ...ends.map((w) => ({ head: t(`Cash in ${w} weeks`, `${w} 周回款`), right: true, cell: (p: { id: string }) => cash(p.id, w) })),
              ]}
            />
            <p className="hint">{t('Cash: sales and exits less fees and storage, within the weeks. Net recovery: discounted by the cost of capital, with what is sold after the horizon.', '回款：周期内销售与处置收入，减费用与仓储费。净回款：按资金成本折现，含计划期后的销售。')}</p>
          </Card>
          <Card>
            <Suspense fallback={<div style={{ height: 310 }} />}>
              {curves && <CashCurves curves={curves} policies={compared} currency={plan.base_currency} after={plan.over_holding} />}
            </Suspense>
          </Card>
        </>
      )}
    </Loaded>
  );
}

// Decisions that stand in no line, or in one that has become another: here they are found and changed.
function Decided({ plan, choices, name, act, change, done }: { plan: Data; choices: Choice[]; name: string; act: string; change: Record<string, unknown>; done: () => void }) {
  const { account } = useDesk();
  const may = useMay();
  const take = async (choice: Choice) => {
    try {
      await ask(`/accounts/${account}/plans/${plan.plan_id}/lines`, 'PATCH', { lines: [{ marketplace: choice.marketplace, sku: choice.sku }], change });
      done();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Popover
      trigger="click"
      content={
        <ul className="reports">
          {choices.map((choice) => (
            <li key={choice.marketplace + choice.sku}>
              <SkuLink marketplace={choice.marketplace} sku={choice.sku} /> {choice.marketplace} · {choice.person}
              {!choice.in_plan && choice.needs_look && ` · ${t('in no line any more', '已不在方案中')}`}{' '}
              {may && (
                <Button size="small" onClick={() => void take(choice)}>
                  {act}
                </Button>
              )}
            </li>
          ))}
        </ul>
      }
    >
      <Button>{name}</Button>
    </Popover>
  );
}

// What stands in no total, and what has no figure at all: said once, with the SKUs behind it.
function Apart({ plan }: { plan: Data }) {
  const out = plan.not_in_totals;
  return (
    <>
      <Warnings texts={plan.warnings} />
      {out.length > 0 && (
        <details className="notes">
          <summary>{t(`${number(out.length, 'en')} ${out.length === 1 ? 'SKU' : 'SKUs'} not in the plan and not in the totals: which ones`, `${number(out.length, 'zh')} 个 SKU 未列入方案，也未计入合计：查看`)}</summary>
          <ul className="reports">
            {out.slice(0, 200).map((one) => (
              <li key={one.marketplace + one.sku}>
                <SkuLink marketplace={one.marketplace} sku={one.sku} /> {one.marketplace}: {one.reason_name}, {t(`${number(one.units, 'en')} units`, `${number(one.units, 'zh')} 件`)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {plan.notes.length > 0 && (
        <details className="notes">
          <summary>{t(`${plan.notes.length} channels without a figure, to consider`, `${plan.notes.length} 个无法估值的渠道，可考虑尝试`)}</summary>
          <ul className="reports">
            {plan.notes.map((note) => (
              <li key={note.channel}>
                <b>{note.name}</b>: {t(`${number(note.skus, 'en')} SKUs could use it`, `${number(note.skus, 'zh')} 个 SKU 可用`)}; {note.about}. {t('Try it on', '可先试')} {note.try_on.join(', ')}. <span className="hint">{note.how}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function MakePlan({ plan }: { plan?: Data }) {
  const { account } = useDesk();
  const may = useMay();
  const { jobs, refetch } = useJobs();
  // What the plan was asked stays until it is changed here.
  const share = typeof plan?.wishes?.floor_share === 'number' ? Math.round(plan.wishes.floor_share * 100) : null;
  const [floor, setFloor] = useState<number | null>(share);
  const running = jobs.find((j) => j.kind === 'plan' && (j.state === 'running' || j.state === 'queued'));
  const make = async () => {
    try {
      await ask(`/accounts/${account}/plans`, 'POST', { policy: 'optimal', wishes: { ...plan?.wishes, floor_share: floor ? floor / 100 : null } });
      void refetch();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  if (!may) return null;
  return (
    <Space wrap>
      <InputNumber min={1} max={100} value={floor} onChange={setFloor} aria-label={t('No price below, % of today’s', '最低价占现价 %')} placeholder={t('floor, %', '底价 %')} />
      <Button type="primary" loading={!!running} onClick={() => void make()}>
        {plan ? t('Plan again', '重新生成') : t('Make a plan', '生成方案')}
      </Button>
      {running && (
        <>
          <span role="status">
            {number(running.done, lang())} / {number(running.total, lang())}
          </span>
          <Button size="small" onClick={() => void ask(`/accounts/${account}/jobs/${running.id}`, 'DELETE').catch(tellProblem)}>
            {t('Cancel', '取消')}
          </Button>
        </>
      )}
    </Space>
  );
}

function Screen({ plan }: { plan: Data }) {
  const { account } = useDesk();
  const client = useQueryClient();
  const may = useMay();
  const [tab, setTab] = useState<Tab>('calendar');
  const [, setQuery] = useSearchParams();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<Line>();
  const [count, setCount] = useState(0);
  const filter = useMemo(() => new URLSearchParams(words ? { q: words } : {}), [words]);
  const renew = () => void client.invalidateQueries({ queryKey: ['account', account] });
  const approveAll = async () => {
    try {
      const { changed } = await ask<{ changed: number }>(`/accounts/${account}/plans/${plan.plan_id}/lines?${filter}`, 'PATCH', { all: true, change: { approved: true } });
      tell(t(`${number(changed, 'en')} lines approved`, `已批准 ${number(changed, 'zh')} 行`));
      renew();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const made = plan.created_at.replace('T', ' ').replace('Z', '');
  return (
    <>
      <Title text={t('Plan', '方案')} asOf={plan.as_of}>
        <MakePlan plan={plan} />
      </Title>
      {!plan.current && <Alert type="warning" showIcon title={t('There is newer data: plan again.', '已有更新的数据：请重新生成方案。')} />}
      <Apart plan={plan} />
      <Totals plan={plan} />
      <div className="tools">
        <Segmented<Tab> value={tab} onChange={(next) => { setQuery({}, { replace: true }); setTab(next); }} options={[{ value: 'calendar', label: t('Calendar', '日历') }, { value: 'lines', label: t('By SKU', '按 SKU') }, { value: 'actions', label: t('By week', '按周') }, { value: 'compare', label: t('Compare', '对比') }]} />
        {tab === 'calendar' && <Input className="words" allowClear aria-label={t('Search', '搜索')} placeholder={t('SKU, title, owner…', 'SKU、名称、负责人…')} value={words} onChange={(e) => setWords(e.target.value)} />}
        {tab === 'calendar' && may && (
          <Button onClick={() => void approveAll()}>
            {t('Approve these', '批准以上')} ({number(count, lang())})
          </Button>
        )}
        <Button href={`/api/v1/accounts/${account}/workbook?lang=${lang()}`}>{t('Workbook', '工作簿')}</Button>
        {plan.left_out.length > 0 && <Decided plan={plan} choices={plan.left_out} name={t(`Left out (${plan.left_out.length})`, `已排除（${plan.left_out.length}）`)} act={t('Take in again', '取消排除')} change={{ pinned: 'no' }} done={renew} />}
        {plan.to_look_at.length > 0 && <Decided plan={plan} choices={plan.to_look_at} name={t(`To look at (${plan.to_look_at.length})`, `待复核（${plan.to_look_at.length}）`)} act={t('Take the decision back', '撤回决定')} change={{ pinned: 'no', approved: false }} done={renew} />}
        <Tag>{t(`plan ${plan.plan_id}, ${made} UTC`, `方案 ${plan.plan_id}，${made} UTC`)}</Tag>
      </div>
      {tab === 'calendar' && <Calendar plan={plan} query={filter} open={setOpen} counted={setCount} />}
      {tab === 'lines' && <DataTable key="lines" table="plan_lines" screen="plan" columns={lineColumns} facets={['marketplace', 'owner', 'tag']} render={{ sku: (r) => <SkuLink marketplace={String(r.marketplace)} sku={String(r.sku)} /> }} />}
      {tab === 'actions' && <DataTable key="actions" table="plan_actions" screen="plan-actions" columns={actionColumns} facets={['marketplace', 'channel', 'owner', 'tag']} render={{ sku: (r) => <SkuLink marketplace={String(r.marketplace)} sku={String(r.sku)} /> }} />}
      {tab === 'compare' && <Compare plan={plan} />}
      <Drawer title={open ? `${open.sku} · ${open.marketplace}` : ''} open={!!open} onClose={() => setOpen(undefined)} size={520}>
        {open && (
          <Decide
            key={open.marketplace + open.sku}
            plan={plan}
            line={open}
            done={(choice) => {
              setOpen({ ...open, choice });
              renew();
            }}
          />
        )}
      </Drawer>
    </>
  );
}

export default function Plan() {
  const query = useAccount<Data>('/plans/latest?lines=none');
  const overview = useAccount<Overview>('/overview');
  if (overview.error && !overview.data)
    return (
      <>
        <Title text={t('Plan', '方案')} />
        <Failed error={overview.error} retry={() => void overview.refetch()} />
      </>
    );
  if (query.error && (query.error as { status?: number }).status === 404 && !query.data)
    return (
      <>
        <Title text={t('Plan', '方案')} />
        <p>{t('There is no plan yet.', '尚无方案。')}</p>
        <MakePlan />
      </>
    );
  return <Loaded query={query}>{(plan) => <Screen plan={plan} />}</Loaded>;
}

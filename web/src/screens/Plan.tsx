import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, InputNumber, Popover, Segmented, Space, Tag } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ask, type Choice, type Line, type Overview, type Plan as Data } from '../api';
import { type Money, money, number, raw, share } from '../format';
import { useAccount, useDesk, useJobs } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import { tell, tellProblem } from '../parts/tell';
import DataTable from '../parts/DataTable';
import { Failed, Loaded, SkuLink, Title, useMay } from '../parts/Parts';
import Plain from '../parts/Plain';
import OverHolding from '../parts/OverHolding';
import Tile from '../parts/Tile';
import Warnings from '../parts/Warnings';
import { cashSoFar, policyName } from '../cash';
import { formula } from '../formulas';
import { moment } from '../zone';
import Calendar from '../parts/PlanCalendar';
import Capital from '../parts/Capital';
import Decide from '../parts/Decide';
import TryIt from '../parts/TryIt';
import { asked, type Limits, LimitsButton, LimitsCard } from '../parts/Limits';

const CashCurves = lazy(() => import('../parts/CashCurves'));
const compared = ['optimal', 'hold', 'playbook', 'liquidate'];

const lineColumns = [
  'marketplace',
  'sku',
  'units',
  'gain',
  'net_recovery',
  'hold',
  'upper_bound',
  'playbook',
  'delay_4',
  'sure_out_by',
  'if_offered',
  'owner',
  'tag',
  'why',
];
const actionColumns = [
  'week',
  'start',
  'end',
  'marketplace',
  'sku',
  'channel',
  'price',
  'discount',
  'expected_units',
  'expected_cash',
  'units_out',
  'owner',
  'tag',
  'reason',
];
type Tab = 'calendar' | 'lines' | 'actions' | 'compare';
const tabs: Tab[] = ['calendar', 'lines', 'actions', 'compare'];

// A range must fit into a tile.
const short = (amount: Money): string =>
  new Intl.NumberFormat(lang(), { notation: 'compact', maximumSignificantDigits: 3 }).format(Number(amount.amount));

function Totals({ plan }: { plan: Data }) {
  const counts = plan.counts;
  return (
    <div className="tiles">
      <OverHolding plan={plan.plan_id} first={plan.over_holding} start={plan.first_day} />
      <Tile
        name={t('Net recovery', '净回款')}
        value={money(plan.expected_net_recovery, lang(), true)}
        note={t(
          `${number(counts.lines, 'en')} SKUs; part of it after ${plan.over_holding.horizon_end}`,
          `${number(counts.lines, 'zh')} 个 SKU；部分在 ${plan.over_holding.horizon_end} 之后`,
        )}
        formula={formula('net_recovery')!}
      />
      <Tile
        name={t('Eight times in ten', '80% 概率介于')}
        value={
          plan.expected_net_recovery_p10 && plan.expected_net_recovery_p90
            ? `${short(plan.expected_net_recovery_p10)} – ${short(plan.expected_net_recovery_p90)}`
            : '–'
        }
        note={t(`net recovery in ${plan.base_currency}, 10–90 %`, `净回款区间（${plan.base_currency}，10%–90%）`)}
        formula={t(
          'Between which the net recovery comes eight times in ten: what each SKU’s demand may be is played through the plan, and the SKUs are added up, part of what they wander by in common.',
          '净回款有 80% 的概率落在此区间：按各 SKU 需求的可能走向推算后合计，并计入其共同波动。',
        )}
      />
      <Tile
        name={t('At most', '任何方案的上限')}
        value={money(plan.upper_bound, lang(), true)}
        note={plan.gap === null ? undefined : t(`gap ${share(plan.gap, 'en')} at most`, `差距至多 ${share(plan.gap, 'zh')}`)}
        formula={formula('upper_bound')!}
      />
      <Tile name={t('If held', '不做动作')} value={money(plan.hold_net_recovery, lang(), true)} formula={formula('hold')!} />
      <Tile
        name={t('By the playbook', '按清仓规则')}
        value={money(plan.playbook_net_recovery, lang(), true)}
        formula={formula('playbook')!}
      />
      <Tile
        name={t('Actions approved', '已批准任务')}
        value={number(counts.actions_approved, lang())}
        note={t(
          `SKUs approved ${counts.approved}, locked ${counts.locked}, left out ${counts.excluded}`,
          `SKU：批准 ${counts.approved}，锁定 ${counts.locked}，排除 ${counts.excluded}`,
        )}
        formula={t(
          'Actions of this plan that somebody approved, one by one under This week or with their SKU here. An approval of a SKU and a lock are of the line as it was: where newer data made another of it, it waits under “To look at”. Those left out are not planned.',
          '本方案中已批准的任务：在“本周任务”中逐项批准，或在此随 SKU 批准。对 SKU 的批准与锁定针对当时的内容：数据更新后内容有变的行列入“待复核”。排除的行不参与方案。',
        )}
      />
    </div>
  );
}

function Compare({ plan }: { plan: Data }) {
  const overview = useAccount<Overview>('/overview');
  const nets: Record<string, Money | null> = {
    optimal: plan.expected_net_recovery,
    playbook: plan.playbook_net_recovery,
    hold: plan.hold_net_recovery,
  };
  const curves = overview.data?.plan?.curves;
  const cash = (id: string, weeks: number) =>
    curves?.[id] ? money({ amount: String(cashSoFar(curves[id], weeks - 1)), currency: plan.base_currency }, lang(), true) : '–';
  const ends = [4, 8, 13, plan.horizon_weeks].filter((w, i, all) => w <= plan.horizon_weeks && all.indexOf(w) === i);
  const best = Number(plan.expected_net_recovery?.amount ?? Number.NaN);
  return (
    <Loaded query={overview}>
      {() => (
        <>
          <Card title={t('Policies', '策略对比')}>
            <Plain
              rows={[
                ...compared.map((id) => ({ id, name: policyName(id), net: nets[id] ?? null })),
                { id: 'bound', name: t('at most, by any plan', '任何方案的上限'), net: plan.upper_bound },
              ]}
              id={(p) => p.id}
              columns={[
                { head: t('Policy', '策略'), cell: (p) => p.name },
                { head: t('Net recovery', '净回款'), right: true, cell: (p) => (p.net ? money(p.net, lang(), true) : '–') },
                {
                  head: t('Plan beyond it', '方案多出'),
                  right: true,
                  cell: (p) =>
                    p.net && p.id !== 'optimal' && p.id !== 'bound'
                      ? money({ amount: String(best - Number(p.net.amount)), currency: p.net.currency }, lang(), true)
                      : '–',
                },
                ...ends.map((w) => ({
                  head: t(`Cash in ${w} weeks`, `${w} 周回款`),
                  right: true,
                  cell: (p: { id: string }) => cash(p.id, w),
                })),
              ]}
            />
            <p className="hint">
              {t(
                'Cash: sales and exits less fees and storage, within the weeks. Net recovery: discounted by the cost of capital, with what is sold after the horizon.',
                '回款：周期内销售与处置收入，减费用与仓储费。净回款：按资金成本折现，含规划期后的销售。',
              )}
            </p>
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
function Decided({
  plan,
  choices,
  name,
  act,
  change,
  done,
}: {
  plan: Data;
  choices: Choice[];
  name: string;
  act: string;
  change: Record<string, unknown>;
  done: () => void;
}) {
  const { account } = useDesk();
  const may = useMay();
  const take = async (choice: Choice) => {
    try {
      await ask(`/accounts/${account}/plans/${plan.plan_id}/lines`, 'PATCH', {
        lines: [{ marketplace: choice.marketplace, sku: choice.sku }],
        change,
      });
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
  const anew = plan.planned_anew;
  const all = plan.counts.lines;
  return (
    <>
      <Warnings texts={plan.warnings} />
      {anew !== null && anew < all && (
        <p className="hint">
          {t(
            `Planned ${number(anew, 'en')} of ${number(all, 'en')} SKUs anew; all that goes into the others is the same as before.`,
            `重新规划 ${number(all, 'zh')} 个 SKU 中的 ${number(anew, 'zh')} 个；其余 SKU 的输入没有变化，沿用原方案。`,
          )}
        </p>
      )}
      {out.length > 0 && (
        <details className="notes">
          <summary>
            {t(
              `${number(out.length, 'en')} ${out.length === 1 ? 'SKU' : 'SKUs'} not in the plan and not in the totals: which ones`,
              `${number(out.length, 'zh')} 个 SKU 未列入方案，也未计入合计：查看`,
            )}
          </summary>
          <ul className="reports">
            {out.slice(0, 200).map((one) => (
              <li key={one.marketplace + one.sku}>
                <SkuLink marketplace={one.marketplace} sku={one.sku} /> {one.marketplace}: {one.reason_name},{' '}
                {t(`${number(one.units, 'en')} units`, `${number(one.units, 'zh')} 件`)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {plan.notes.length > 0 && (
        <details className="notes">
          <summary>
            {t(`${plan.notes.length} channels without a figure, to consider`, `${plan.notes.length} 个无法估值的渠道，可考虑尝试`)}
          </summary>
          <ul className="reports">
            {plan.notes.map((note) => (
              <li key={note.channel}>
                <b>{note.name}</b>: {t(`${number(note.skus, 'en')} SKUs could use it`, `${number(note.skus, 'zh')} 个 SKU 可用`)};{' '}
                {note.about}. {t('Try it on', '可先试')} {note.try_on.join(', ')}. <span className="hint">{note.how}</span>{' '}
                <TryIt channel={note.channel} />
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
  const [limits, setLimits] = useState<Limits>((plan?.wishes?.limits as Limits | undefined) ?? {});
  const running = jobs.find((j) => j.kind === 'plan' && (j.state === 'running' || j.state === 'queued'));
  const make = async () => {
    try {
      await ask(`/accounts/${account}/plans`, 'POST', {
        policy: 'optimal',
        wishes: { ...plan?.wishes, floor_share: floor ? floor / 100 : null, limits: asked(limits) },
      });
      void refetch();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  if (!may) return null;
  return (
    <Space wrap>
      <InputNumber
        min={1}
        max={100}
        value={floor}
        onChange={setFloor}
        aria-label={t('No price below, % of today’s', '最低价占现价 %')}
        placeholder={t('floor, %', '底价 %')}
      />
      <LimitsButton limits={limits} set={setLimits} currency={plan?.base_currency ?? t('base currency', '本位币')} />
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
  const [query, setQuery] = useSearchParams();
  const tab = tabs.find((one) => one === query.get('tab')) ?? 'calendar';
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<Line>();
  const [count, setCount] = useState(0);
  const filter = useMemo(() => new URLSearchParams(words ? { q: words } : {}), [words]);
  const renew = () => void client.invalidateQueries({ queryKey: ['account', account] });
  const approveAll = async () => {
    try {
      const { changed } = await ask<{ changed: number }>(`/accounts/${account}/plans/${plan.plan_id}/lines?${filter}`, 'PATCH', {
        all: true,
        change: { approved: true },
      });
      tell(t(`${number(changed, 'en')} lines approved`, `已批准 ${number(changed, 'zh')} 行`));
      renew();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <>
      <Title text={t('Plan', '方案')} asOf={plan.as_of}>
        <MakePlan plan={plan} />
      </Title>
      {!plan.current && <Alert type="warning" showIcon title={t('There is newer data: plan again.', '已有更新的数据：请重新生成方案。')} />}
      <Apart plan={plan} />
      <Totals plan={plan} />
      {plan.limits && <LimitsCard limits={plan.limits} />}
      <div className="tools">
        <Segmented<Tab>
          value={tab}
          onChange={(next) => setQuery(next === 'calendar' ? {} : { tab: next })}
          options={[
            { value: 'calendar', label: t('Calendar', '日历') },
            { value: 'lines', label: t('By SKU', '按 SKU') },
            { value: 'actions', label: t('By week', '按周') },
            { value: 'compare', label: t('Compare', '对比') },
          ]}
        />
        {tab === 'calendar' && (
          <Input
            className="words"
            allowClear
            aria-label={t('Search', '搜索')}
            placeholder={t('SKU, title, owner…', 'SKU、名称、负责人…')}
            value={words}
            onChange={(e) => setWords(e.target.value)}
          />
        )}
        {tab === 'calendar' && may && (
          <Button onClick={() => void approveAll()}>
            {t(`Approve these ${number(count, 'en')}`, `批准当前 ${number(count, 'zh')} 行`)}
          </Button>
        )}
        <Button href={`/api/v1/accounts/${account}/workbook?lang=${lang()}`}>{t('Workbook', '工作簿')}</Button>
        {plan.left_out.length > 0 && (
          <Decided
            plan={plan}
            choices={plan.left_out}
            name={t(`Left out (${plan.left_out.length})`, `已排除（${plan.left_out.length}）`)}
            act={t('Take in again', '取消排除')}
            change={{ pinned: 'no' }}
            done={renew}
          />
        )}
        {plan.to_look_at.length > 0 && (
          <Decided
            plan={plan}
            choices={plan.to_look_at}
            name={t(`To look at (${plan.to_look_at.length})`, `待复核（${plan.to_look_at.length}）`)}
            act={t('Take the decision back', '撤回决定')}
            change={{ pinned: 'no', approved: false }}
            done={renew}
          />
        )}
        <Tag>{t(`plan ${plan.plan_id}, ${moment(plan.created_at)}`, `方案 ${plan.plan_id}，${moment(plan.created_at)}`)}</Tag>
      </div>
      {tab === 'calendar' && <Calendar plan={plan} query={filter} open={setOpen} counted={setCount} />}
      {tab === 'lines' && (
        <DataTable
          key="lines"
          table="plan_lines"
          screen="plan"
          columns={lineColumns}
          facets={['marketplace', 'owner', 'tag']}
          render={{ sku: (r) => <SkuLink marketplace={raw(r.marketplace)} sku={raw(r.sku)} /> }}
        />
      )}
      {tab === 'actions' && (
        <DataTable
          key="actions"
          table="plan_actions"
          screen="plan-actions"
          columns={actionColumns}
          facets={['marketplace', 'channel', 'owner', 'tag']}
          render={{ sku: (r) => <SkuLink marketplace={raw(r.marketplace)} sku={raw(r.sku)} /> }}
        />
      )}
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
        <Capital />
        <MakePlan />
      </>
    );
  return (
    <Loaded query={query} title={t('Plan', '方案')}>
      {(plan) => <Screen plan={plan} />}
    </Loaded>
  );
}

// Review: what was planned and what came of it, for the weekly meeting; what was learned; who decided what.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty, Select, Tag } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { ask } from '../api';
import { type Decision, type Track } from '../desk';
import { money, number } from '../format';
import { mayChange, useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import Chart from '../parts/Chart';
import { Loaded, SkuLink, Title } from '../parts/Parts';
import Plain from '../parts/Plain';
import { tellProblem } from '../parts/tell';
import Warnings from '../parts/Warnings';
import { moment } from '../zone';

function Curve({ track }: { track: Track }) {
  const made = useMemo(() => {
    const at = (of: 'planned' | 'came' | 'low' | 'high') => track.weeks.map((w) => Number(w[of].amount));
    const line = (name: string, data: number[], type: string, width = 2) => ({
      name,
      type: 'line',
      showSymbol: false,
      lineStyle: { type, width },
      data,
    });
    const names = [t('Planned', '计划'), t('Came', '实际'), t('Low', '区间下限'), t('High', '区间上限')];
    return {
      option: {
        xAxis: { type: 'category', data: track.weeks.map((w) => w.start) },
        yAxis: { type: 'value', name: track.account.base_currency, axisLabel: { formatter: (v: number) => number(v, lang()) } },
        series: [
          line(names[0]!, at('planned'), 'dashed'),
          line(names[1]!, at('came'), 'solid', 3),
          line(names[2]!, at('low'), 'dotted', 1),
          line(names[3]!, at('high'), 'dotted', 1),
        ],
      },
      figures: {
        head: [t('Week from', '周起始'), ...names],
        rows: track.weeks.map((w) => [w.start, ...[w.planned, w.came, w.low, w.high].map((m) => money(m, lang()))]),
      },
    };
  }, [track]);
  // An axis without a figure on it tells nothing.
  if (track.weeks.every((w) => [w.planned, w.came, w.low, w.high].every((m) => Number(m.amount) === 0))) return null;
  return <Chart title={t('Money of the actions so far, with the middle 80 % of the plan', '任务累计回款与计划的 80% 区间')} {...made} />;
}

// Units of a plan: of a few the tenths count.
const planned = (units: number) => number(units, lang(), units < 10 ? 1 : 0);

function Actions({ track }: { track: Track }) {
  const shown = track.actions;
  const missed = (a: Track['actions'][number]) =>
    a.planned.cash && a.actual.cash
      ? money(
          { amount: String(Number(a.actual.cash.amount) - Number(a.planned.cash.amount)), currency: a.planned.cash.currency },
          lang(),
          true,
        )
      : '–';
  return (
    <Card
      title={t('Actions', '任务')}
      extra={
        shown.length < track.total &&
        t(`the first ${shown.length} of ${number(track.total, 'en')}`, `共 ${number(track.total, 'zh')} 项，显示前 ${shown.length} 项`)
      }
    >
      <Plain
        rows={shown}
        id={(a) => a.id}
        columns={[
          { head: t('Action', '任务编号'), cell: (a) => a.id },
          { head: 'SKU', cell: (a) => <SkuLink marketplace={a.marketplace} sku={a.sku} /> },
          { head: t('Owner', '负责人'), cell: (a) => a.owner ?? '–' },
          { head: t('Did', '操作'), cell: (a) => a.channel_name },
          { head: t('State', '状态'), cell: (a) => <Tag color={a.state === 'never_seen' ? 'red' : undefined}>{a.state_name}</Tag> },
          { head: t('Seen on', '首次生效'), cell: (a) => a.seen.on ?? '–' },
          {
            head: t('Units planned', '计划件数'),
            right: true,
            cell: (a) =>
              a.band.low === null
                ? planned(a.planned.units)
                : `${planned(a.planned.units)} (${number(a.band.low, lang())}–${number(a.band.high, lang())})`,
          },
          { head: t('Came', '实际件数'), right: true, cell: (a) => (a.actual.units === null ? '–' : number(a.actual.units, lang())) },
          { head: t('Cash planned', '计划回款'), right: true, cell: (a) => (a.planned.cash ? money(a.planned.cash, lang(), true) : '–') },
          { head: t('Came', '实际回款'), right: true, cell: (a) => (a.actual.cash ? money(a.actual.cash, lang(), true) : '–') },
          { head: t('More or less', '差额'), right: true, cell: missed },
          { head: t('Why', '原因'), cell: (a) => a.cause_name },
        ]}
      />
    </Card>
  );
}

function Learned({ track }: { track: Track }) {
  if (track.learned.length === 0) return null;
  return (
    <Card title={t('What channels bring here, from runs seen live', '各渠道在本账户的实际效果（已观察到的活动）')}>
      <Plain
        rows={track.learned}
        id={(c) => c.channel}
        columns={[
          { head: t('Channel', '渠道'), cell: (c) => c.name },
          { head: t('Times what was believed', '相对原预期的倍数'), right: true, cell: (c) => number(c.factor, lang(), 2) },
          { head: t('Middle 80 %', '80% 区间'), right: true, cell: (c) => `${number(c.low, lang(), 2)} – ${number(c.high, lang(), 2)}` },
          { head: t('Runs', '次数'), right: true, cell: (c) => number(c.runs, lang()) },
        ]}
      />
    </Card>
  );
}

// What one person decided of many actions in one stroke is one row.
function strokes(decisions: Decision[]): (Decision & { more: number })[] {
  const rows: (Decision & { more: number })[] = [];
  for (const one of decisions) {
    const last = rows[rows.length - 1];
    if (
      last &&
      last.at === one.at &&
      last.kind === one.kind &&
      last.person === one.person &&
      last.undone === one.undone &&
      last.why === one.why &&
      one.kind !== 'undone'
    )
      last.more += 1;
    else rows.push({ ...one, more: 0 });
  }
  return rows;
}

function Log() {
  const { account, session } = useDesk();
  const client = useQueryClient();
  const log = useAccount<{ decisions: Decision[] }>('/decisions');
  const back = async (id: number) => {
    try {
      await ask(`/accounts/${account}/decisions/${id}`, 'DELETE');
      await client.invalidateQueries({ queryKey: ['account', account] });
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Card title={t('Decisions', '决策记录')}>
      <Loaded query={log}>
        {({ decisions }) =>
          decisions.length === 0 ? (
            <Empty description={t('Nothing was decided yet.', '暂无决策。')} />
          ) : (
            <Plain
              rows={strokes(decisions).slice(0, 100)}
              id={(d) => String(d.id)}
              columns={[
                { head: '#', right: true, cell: (d) => d.id },
                { head: t('When', '时间'), cell: (d) => moment(d.at) },
                { head: t('Who', '决策人'), cell: (d) => d.person ?? t('a report', '报表') },
                { head: t('Decided', '决定'), cell: (d) => (d.undone ? <s>{d.name}</s> : d.name) },
                {
                  head: t('Of', '对象'),
                  cell: (d) => (d.action ?? d.sku) + (d.more ? t(` and ${d.more} more`, ` 等 ${d.more + 1} 项`) : ''),
                },
                { head: t('Why', '原因'), cell: (d) => d.why ?? '–' },
                {
                  head: t('Review on', '复盘日期'),
                  cell: (d) => (d.review_due ? <Tag color="orange">{d.review_on}</Tag> : (d.review_on ?? '–')),
                },
                {
                  head: t('Undo', '撤销'),
                  cell: (d) =>
                    mayChange(session) &&
                    !d.undone &&
                    !['undone', 'written', 'line_withdrawn'].includes(d.kind) &&
                    d.person &&
                    d.more === 0 ? (
                      <Button size="small" onClick={() => void back(d.id)}>
                        {t('Take back', '撤回')}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

export default function Review() {
  const [query, setQuery] = useSearchParams();
  const weeks = query.get('weeks') ?? '8';
  const track = useAccount<Track>(`/track?weeks=${weeks}&limit=200`);
  return (
    <>
      <Title text={t('Review', '复盘')}>
        <Select
          aria-label={t('Weeks back', '回看周数')}
          value={weeks}
          onChange={(value: string) => setQuery({ weeks: value })}
          options={['4', '8', '13', '26'].map((value) => ({ value, label: t(`${value} weeks`, `${value} 周`) }))}
        />
      </Title>
      <Loaded query={track}>
        {(data) => (
          <>
            <Warnings texts={data.notes} />
            <Card>
              <p className="sentence">{data.account.sentence}</p>
            </Card>
            {data.actions.length > 0 && (
              <Card>
                <Curve track={data} />
              </Card>
            )}
            {data.actions.length > 0 && <Actions track={data} />}
            <Learned track={data} />
          </>
        )}
      </Loaded>
      <Log />
    </>
  );
}

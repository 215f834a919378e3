// This week: what is due, by programme, with where to click; approved, put off, left out, ticked and written from here.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Empty, Input, Modal, Select, Space, Tag } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { ask } from '../api';
import { type Programme, programmes, readWeek, type Todo, type TodoAction, type WeekView, writeWeek } from '../desk';
import { money, number } from '../format';
import { mayChange, useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import Files from '../parts/Files';
import MondayList, { usePrinting } from '../parts/MondayList';
import Reviews from '../parts/Reviews';
import { Loaded, SkuLink, Title } from '../parts/Parts';
import { tell, tellProblem } from '../parts/tell';
import Warnings from '../parts/Warnings';

type Decide = (decision: string, ids: string[], more?: Record<string, unknown>) => Promise<void>;

const colour: Partial<Record<TodoAction['state'], string>> = {
  approved: 'blue',
  written: 'geekblue',
  live: 'green',
  refused: 'red',
  never_seen: 'red',
  put_off: 'gold',
};

function units(action: TodoAction): string {
  if (action.units === null) return '–';
  const count = number(Math.round(action.units), lang());
  return action.leaves ? t(`${count} leave`, `处置 ${count} 件`) : count;
}

function Row({
  action,
  chosen,
  choose,
  decide,
  focus,
  here,
}: {
  action: TodoAction;
  chosen: boolean;
  choose: (id: string, on: boolean) => void;
  decide: Decide;
  focus: (id: string) => void;
  here: boolean;
}) {
  const may = mayChange(useDesk().session);
  return (
    <tr id={action.id} className={here ? 'here' : ''} onClick={() => focus(action.id)}>
      <td className="tick">
        {may && (
          <Checkbox
            checked={chosen}
            onChange={(e) => choose(action.id, e.target.checked)}
            aria-label={t(`Choose ${action.id}`, `选择 ${action.id}`)}
          />
        )}
        <span className="print-only">☐</span>
      </td>
      <td>
        <SkuLink marketplace={action.marketplace} sku={action.sku} />
        {action.asin && (
          <>
            {' '}
            <a href={action.link ?? undefined} target="_blank" rel="noreferrer" className="hint">
              {action.asin}
            </a>
          </>
        )}
        <div className="hint">
          {[action.title, action.owner].filter(Boolean).join(' · ')} <span className="id">{action.id}</span>
        </div>
      </td>
      <td className="right">
        {action.price ? money(action.price, lang()) : '–'}
        {action.price_now && action.price && (
          <div className="hint">{t(`now ${money(action.price_now, 'en')}`, `现价 ${money(action.price_now, 'zh')}`)}</div>
        )}
      </td>
      <td>
        {action.from === action.to ? action.from : `${action.from} – ${action.to}`}
        {!action.late && action.by !== action.from && <div className="hint">{t(`hand in by ${action.by}`, `最晚 ${action.by} 提交`)}</div>}
        {action.late && <Tag color="orange">{t(`due ${action.by}`, `应于 ${action.by} 前`)}</Tag>}
      </td>
      <td className="right">{units(action)}</td>
      <td className="right">{action.gain ? money(action.gain, lang()) : '–'}</td>
      <td>
        <Tag color={colour[action.state]}>{action.state_name}</Tag>
        {!action.in_plan && <Tag color="orange">{t('not in the newest plan', '最新方案已不要求')}</Tag>}
        {action.refusal && <div className="alarm-text">{action.refusal}</div>}
        {action.file && <div className="hint">{action.file}</div>}
      </td>
      <td>
        <div>{action.why}</div>
        <ul className="checks">
          {action.checks.map((check, i) => (
            <li key={check.text}>
              <Checkbox
                checked={check.checked}
                disabled={!may}
                onChange={() => void decide(check.checked ? 'unchecked' : 'checked', [action.id], { check: i })}
              >
                <span className="print-only">☐ </span>
                {check.text}
              </Checkbox>
            </li>
          ))}
        </ul>
      </td>
      <td className="no-print">{may && <RowButtons action={action} decide={decide} />}</td>
    </tr>
  );
}

// What comes next for an action, and no more.
function RowButtons({ action, decide }: { action: TodoAction; decide: Decide }) {
  const on = (decision: string) => () => void decide(decision, [action.id]);
  if (action.state === 'proposed')
    return (
      <Button size="small" onClick={on('approved')}>
        {t('Approve', '批准')}
      </Button>
    );
  if (action.state === 'put_off' || action.state === 'left_out')
    return (
      <Button size="small" onClick={on('taken_in')}>
        {t('Take in again', '取消')}
      </Button>
    );
  if (action.state === 'written' || action.state === 'never_seen')
    return (
      <Button size="small" onClick={on('not_done')}>
        {t('Not done', '未执行')}
      </Button>
    );
  if (action.state !== 'approved' && action.state !== 'refused') return null;
  return (
    <Space direction="vertical" size={4}>
      {action.irreversible && !action.confirmed && (
        <Button
          size="small"
          className="alarm-text"
          onClick={() =>
            Modal.confirm({
              title: t('This cannot be undone at Amazon', '此操作在亚马逊端不可撤销'),
              content: `${action.channel_name} · ${action.sku} · ${units(action)}`,
              okText: t('Yes, do it', '确认执行'),
              cancelText: t('No', '取消'),
              onOk: on('confirmed'),
            })
          }
        >
          {t('Second yes', '二次确认')}
        </Button>
      )}
      <Button size="small" onClick={on('done')}>
        {t('Done', '已执行')}
      </Button>
      <Button size="small" type="text" onClick={on('withdrawn')}>
        {t('Take back', '撤回批准')}
      </Button>
    </Space>
  );
}

function Group({
  group,
  chosen,
  choose,
  decide,
  focus,
  at,
}: {
  group: Programme;
  chosen: Set<string>;
  choose: (ids: string[], on: boolean) => void;
  decide: Decide;
  focus: (id: string) => void;
  at: string;
}) {
  const ids = group.actions.map((a) => a.id);
  const all = ids.every((id) => chosen.has(id));
  const gain = Object.entries(group.gain).map(([currency, amount]) => money({ amount: String(amount), currency }, lang(), true));
  return (
    <Card
      title={`${group.name} (${number(group.actions.length, lang())})`}
      extra={gain.length > 0 && t(`gain ${gain.join(' + ')}`, `比不动多回款 ${gain.join(' + ')}`)}
    >
      <p className="hint">{group.screen}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={group.name}>
        <table className="plain week">
          <thead>
            <tr>
              <th scope="col" className="tick">
                <Checkbox
                  checked={all}
                  indeterminate={!all && ids.some((id) => chosen.has(id))}
                  onChange={(e) => choose(ids, e.target.checked)}
                  aria-label={t(`Choose all of ${group.name}`, `选择全部：${group.name}`)}
                />
              </th>
              <th scope="col">SKU</th>
              <th scope="col" className="right">
                {t('Price', '价格')}
              </th>
              <th scope="col">{t('Days', '日期')}</th>
              <th scope="col" className="right">
                {t('Units', '件数')}
              </th>
              <th scope="col" className="right">
                {t('Gain', '比不动多回款')}
              </th>
              <th scope="col">{t('State', '状态')}</th>
              <th scope="col">{t('Why, and what to check', '原因与核对项')}</th>
              <th scope="col" className="no-print">
                {t('Next', '下一步')}
              </th>
            </tr>
          </thead>
          <tbody>
            {group.actions.map((action) => (
              <Row
                key={action.id}
                action={action}
                chosen={chosen.has(action.id)}
                choose={(id, on) => choose([id], on)}
                decide={decide}
                focus={focus}
                here={action.id === at}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function PutOff({ ids, close, decide }: { ids: string[]; close: () => void; decide: Decide }) {
  const [until, setUntil] = useState('');
  const [why, setWhy] = useState('');
  return (
    <Modal
      open
      title={t(`Put ${ids.length} off`, `推迟 ${ids.length} 项`)}
      okText={t('Put off', '推迟')}
      cancelText={t('Cancel', '取消')}
      okButtonProps={{ disabled: !until || !why.trim() }}
      onCancel={close}
      onOk={() => void decide('put_off', ids, { until, why }).then(close)}
    >
      <Space direction="vertical">
        <label>
          {t('Until', '推迟至')} <Input type="date" value={until} onChange={(e) => setUntil(e.target.value)} />
        </label>
        <label>
          {t('Why', '原因')} <Input value={why} onChange={(e) => setWhy(e.target.value)} maxLength={200} />
        </label>
      </Space>
    </Modal>
  );
}

function Filters({ list, view, set }: { list: Todo; view: WeekView; set: (view: WeekView) => void }) {
  const [words, setWords] = useState(view.q);
  const pick = (field: 'owner' | 'marketplace' | 'kind' | 'state', name: string) => (
    <Select
      className="pick"
      allowClear
      aria-label={name}
      placeholder={name}
      value={view[field] || undefined}
      onChange={(value: string | undefined) => set({ ...view, [field]: value ?? '' })}
      options={list.facets[field].map((one) => ({ value: one.value, label: `${one.label} (${number(one.count, lang())})` }))}
    />
  );
  return (
    <Space wrap className="no-print">
      <Input.Search
        allowClear
        aria-label={t('Search', '搜索')}
        placeholder={t('SKU, title, action', 'SKU、名称、任务编号')}
        value={words}
        onChange={(e) => setWords(e.target.value)}
        onSearch={(value) => set({ ...view, q: value })}
      />
      {pick('owner', t('Owner', '负责人'))}
      {pick('marketplace', t('Store', '站点'))}
      {pick('kind', t('How', '执行方式'))}
      {pick('state', t('State', '状态'))}
    </Space>
  );
}

const kMostShown = 500;

function Screen({ list, view, set }: { list: Todo; view: WeekView; set: (view: WeekView) => void }) {
  const { account, session } = useDesk();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [putOff, setPutOff] = useState<string[]>();
  const [files, setFiles] = useState(false);
  const [at, setAt] = useState('');
  const [reviewOn, setReviewOn] = useState('');
  const printing = usePrinting();
  const shown = list.actions;
  const groups = useMemo(() => programmes(shown), [shown]);
  const order = useMemo(() => groups.flatMap((g) => g.actions.map((a) => a.id)), [groups]);
  const may = mayChange(session);
  const renew = () => client.invalidateQueries({ queryKey: ['account', account] });
  const decide: Decide = async (decision, ids, more = {}) => {
    try {
      const answer = await ask<{ done: string[]; not_done: { id: string; why: string }[] }>(`/accounts/${account}/todo`, 'POST', {
        decision,
        ...(ids.length > 0 ? { ids } : { all: true, filter: view }),
        ...more,
      });
      await renew();
      if (answer.not_done.length > 0) tell(answer.not_done.map((one) => `${one.id}: ${one.why}`).join('; '), true);
      else if (ids.length !== 1) tell(t(`${answer.done.length} done. Undo takes it back.`, `已处理 ${answer.done.length} 项，可撤销。`));
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const undo = async () => {
    try {
      await ask(`/accounts/${account}/decisions/newest`, 'DELETE');
      await renew();
      tell(t('Taken back', '已撤回'));
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const choose = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setChosen(next);
  };
  const picked = shown.filter((a) => chosen.has(a.id)).map((a) => a.id);
  const proposed = list.states.proposed ?? 0;
  // j and k go down and up, x chooses, a approves, d says done, u takes back.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA|SELECT/.test(target.tagName)) return;
      const place = order.indexOf(at);
      const to = event.key === 'j' ? Math.min(order.length - 1, place + 1) : event.key === 'k' ? Math.max(0, place - 1) : -1;
      const id = order[to];
      if (id) {
        setAt(id);
        document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
      }
      if (event.key === 'x' && at) choose([at], !chosen.has(at));
      if (event.key === 'a' && at && may) void decide('approved', [at]);
      if (event.key === 'd' && at && may) void decide('done', [at]);
      if (event.key === 'u' && may) void undo();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  if (printing) return <MondayList list={list} />;
  return (
    <>
      <Title text={t(`This week, ${list.week} – ${list.to}`, `本周任务 ${list.week} – ${list.to}`)}>
        {may && (
          <Space wrap className="no-print">
            <Button type="primary" disabled={proposed === 0} onClick={() => void decide('approved', [])}>
              {proposed > shown.length
                ? t(`Approve all ${number(proposed, 'en')}`, `批准全部 ${number(proposed, 'zh')} 项`)
                : t(`Approve ${number(proposed, 'en')} shown`, `批准当前 ${number(proposed, 'zh')} 项`)}
            </Button>
            <Button onClick={() => setFiles(true)}>{t('Write files', '生成文件')}</Button>
            <Button onClick={() => window.print()}>{t('Print', '打印')}</Button>
            <Button href={`/api/v1/accounts/${account}/workbook?lang=${lang()}`}>{t('Workbook', '工作簿')}</Button>
            <Button onClick={() => void undo()}>{t('Undo', '撤销')}</Button>
          </Space>
        )}
      </Title>
      <Warnings texts={list.notes} />
      <Reviews reviews={list.reviews} decide={decide} />
      <Filters list={list} view={view} set={set} />
      {picked.length > 0 && may && (
        <Space wrap className="no-print" role="toolbar" aria-label={t('Chosen', '已选')}>
          <span role="status">{t(`${picked.length} chosen`, `已选 ${picked.length} 项`)}</span>
          <Button onClick={() => void decide('approved', picked, reviewOn ? { review_on: reviewOn } : {})}>{t('Approve', '批准')}</Button>
          <label>
            {t('look again on', '复盘日期')}{' '}
            <Input type="date" className="by-day" value={reviewOn} onChange={(e) => setReviewOn(e.target.value)} />
          </label>
          <Button onClick={() => setPutOff(picked)}>{t('Put off', '推迟')}</Button>
          <Button onClick={() => void decide('left_out', picked)}>{t('Leave out', '排除')}</Button>
          <Button onClick={() => void decide('done', picked)}>{t('Done', '已执行')}</Button>
          <Button type="text" onClick={() => setChosen(new Set())}>
            {t('Clear', '清除')}
          </Button>
        </Space>
      )}
      {list.total > shown.length && (
        <Alert
          type="info"
          showIcon
          title={t(
            `The ${shown.length} with the most gain of ${number(list.total, 'en')} are shown: filter for the rest`,
            `共 ${number(list.total, 'zh')} 项，仅显示比不动多回款最多的 ${shown.length} 项：其余请筛选`,
          )}
        />
      )}
      {shown.length === 0 && <Empty description={t('Nothing is due by this filter.', '当前筛选下没有到期任务。')} />}
      {groups.map((group) => (
        <Group key={group.key} group={group} chosen={chosen} choose={choose} decide={decide} focus={setAt} at={at} />
      ))}
      <p className="hint no-print">
        {t('Keys: j k down and up · x choose · a approve · d done · u undo', '快捷键：j k 上下移动 · x 选择 · a 批准 · d 已执行 · u 撤销')}
      </p>
      {putOff && <PutOff ids={putOff} close={() => setPutOff(undefined)} decide={decide} />}
      {files && <Files close={() => setFiles(false)} done={() => void renew()} />}
    </>
  );
}

export default function Week() {
  const { account } = useDesk();
  const [query, setQuery] = useSearchParams();
  const view = useMemo(() => readWeek(query), [query]);
  const asked = writeWeek(view);
  asked.set('limit', String(kMostShown));
  // The list stays while another filter's is fetched.
  const todo = useQuery({
    queryKey: ['account', account, lang(), 'todo', asked.toString()],
    queryFn: ({ signal }) => ask<Todo>(`/accounts/${account}/todo?${asked.toString()}`, 'GET', undefined, signal),
    placeholderData: keepPreviousData,
  });
  const overview = useAccount<{ plan: unknown }>('/overview', todo.error !== null);
  // Reports are there and no plan: the next step is to make one.
  if (todo.error && overview.data)
    return (
      <Empty description={todo.error.message}>
        <Link href="/plan">
          <Button type="primary">{t('Make a plan', '生成方案')}</Button>
        </Link>
      </Empty>
    );
  return (
    <Loaded query={todo} title={t('This week', '本周任务')}>
      {(list) => <Screen list={list} view={view} set={(next) => setQuery(writeWeek(next))} />}
    </Loaded>
  );
}

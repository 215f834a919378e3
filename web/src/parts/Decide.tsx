// What a person decides of one line: approve, lock, exclude, constraints.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { ask, type Choice, type Line, type Plan as Data } from '../api';
import { money, share } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import { moment } from '../zone';
import Card from './Card';
import { tellProblem } from './tell';
import { SkuLink, useMay } from './Parts';
import { channelName, Steps } from './Steps';

const keptWords = (wishes: Record<string, unknown>): string =>
  [
    typeof wishes.floor_share === 'number' &&
      t(`no price below ${share(wishes.floor_share, 'en')} of today’s`, `最低售价为现价的 ${share(wishes.floor_share, 'zh')}`),
    typeof wishes.elasticity === 'number' && t(`elasticity ${wishes.elasticity}`, `价格弹性 ${wishes.elasticity}`),
    Array.isArray(wishes.no_change) && t('days without a change', '不改价日期'),
  ]
    .filter(Boolean)
    .join(t(', ', '，'));

export default function Decide({ plan, line, done }: { plan: Data; line: Line; done: (choice?: Choice) => void }) {
  const choice = line.choice;
  const { account } = useDesk();
  const may = useMay();
  const wishes = choice?.wishes ?? {};
  const [floor, setFloor] = useState<string>(typeof wishes.floor_price === 'string' ? wishes.floor_price : '');
  const [outBy, setOutBy] = useState<string>(typeof wishes.out_by === 'string' ? wishes.out_by : '');
  const [without, setWithout] = useState<string[]>(Array.isArray(wishes.without) ? (wishes.without as string[]) : []);
  const [falls, setFalls] = useState(wishes.monotone === true);
  // What is not asked for here, a lowest share or an elasticity that was tried and kept, stays.
  const others = Object.fromEntries(
    Object.entries(wishes).filter(([key]) => !['floor_price', 'floor_currency', 'out_by', 'without', 'monotone'].includes(key)),
  );
  const asked = {
    ...others,
    ...(falls && { monotone: true }),
    ...(floor && { floor_price: floor }),
    ...(outBy && { out_by: outBy }),
    ...(without.length > 0 && { without }),
  };
  const shown = Object.fromEntries(Object.entries(asked).filter(([key]) => !(key in others)));
  const own = Object.keys(asked).length > 0;
  // What the wishes would make of it, before they are kept.
  const preview = useQuery({
    queryKey: ['what-if', account, line.marketplace, line.sku, lang(), asked],
    queryFn: ({ signal }) =>
      ask<Line>(
        `/accounts/${account}/skus/${encodeURIComponent(line.marketplace)}/${encodeURIComponent(line.sku)}/what-if`,
        'POST',
        asked,
        signal,
      ),
    enabled: own,
    placeholderData: keepPreviousData,
  });
  const change = async (part: Record<string, unknown>) => {
    try {
      const { choices } = await ask<{ choices: Choice[] }>(`/accounts/${account}/plans/${plan.plan_id}/lines`, 'PATCH', {
        lines: [{ marketplace: line.marketplace, sku: line.sku }],
        change: part,
      });
      done(choices[0]);
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <>
      <p>{line.why}</p>
      <p>
        <SkuLink marketplace={line.marketplace} sku={line.sku} /> · {t('Net recovery', '净回款')} {money(line.net_recovery, lang())} ·{' '}
        {t('if held', '不做动作')} {money(line.hold_net_recovery, lang())}
      </p>
      {may && (
        <Space wrap>
          <Button type="primary" onClick={() => void change({ approved: !choice?.approved })}>
            {choice?.approved ? t('Take approval back', '撤回批准') : t('Approve', '批准')}
          </Button>
          <Button onClick={() => void change({ pinned: choice?.pinned === 'locked' ? 'no' : 'locked' })}>
            {choice?.pinned === 'locked' ? t('Unlock', '解锁') : t('Lock as it is', '锁定')}
          </Button>
          <Button onClick={() => void change({ pinned: choice?.pinned === 'excluded' ? 'no' : 'excluded' })}>
            {choice?.pinned === 'excluded' ? t('Take in again', '取消排除') : t('Leave out', '排除')}
          </Button>
        </Space>
      )}
      {choice?.needs_look && (
        <Alert
          type="warning"
          showIcon
          title={t(
            'The line is not what was approved or locked any more: it was planned on newer data. Approve or lock it as it is now, or take the decision back.',
            '该行已按更新的数据重新生成，与当时批准或锁定的内容不同。请按现状重新批准或锁定，或撤回决定。',
          )}
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
          {choice.person} · {moment(choice.at)}
        </p>
      )}
      {may && (
        <Card title={t('Constraints of this SKU, for the next plan', '单品限制（下次生成时生效）')}>
          <Space direction="vertical">
            <label>
              {t(`Lowest price (${line.net_recovery.currency})`, `最低售价（${line.net_recovery.currency}）`)}{' '}
              <InputNumber
                stringMode
                min="0"
                value={floor || null}
                onChange={(v) => setFloor(v === null ? '' : String(v))}
                aria-label={t('Lowest price', '最低价')}
              />
            </label>
            <label>
              {t('Out by', '清空日期')}{' '}
              <Input type="date" value={outBy} onChange={(e) => setOutBy(e.target.value)} aria-label={t('Out by', '清空日期')} />
            </label>
            <Select
              mode="multiple"
              className="range-column"
              aria-label={t('Without', '禁用渠道')}
              placeholder={t('Without these channels', '禁用渠道')}
              value={without}
              onChange={setWithout}
              optionFilterProp="label"
              options={Object.entries(plan.channel_names).map(([value, label]) => ({ value, label }))}
            />
            <Checkbox checked={falls} onChange={(e) => setFalls(e.target.checked)}>
              {t('Prices only fall', '价格只降不升')}
            </Checkbox>
            {Object.keys(others).length > 0 && (
              <p className="hint">
                {t('Also kept: ', '另有限制：')}
                {keptWords(others)}{' '}
                <Button size="small" onClick={() => void change({ wishes: Object.keys(shown).length > 0 ? shown : null })}>
                  {t('Drop it', '取消')}
                </Button>
              </p>
            )}
            {own && preview.data && (
              <p role="status">
                {t('With these: net recovery', '按此限制：净回款')} <b>{money(preview.data.net_recovery, lang())}</b> ({t('now', '现方案')}{' '}
                {money(line.net_recovery, lang())});{' '}
                {preview.data.actions
                  .filter((a) => a.expected_cash)
                  .slice(0, 3)
                  .map((a) => `${channelName(a.channel, plan.channel_names)}${a.price ? ` ${money(a.price, lang())}` : ''}`)
                  .join(' → ')}
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
export function Offered({ line, names }: { line: Line; names: Record<string, string> }) {
  const offered = line.if_offered!;
  const channel = channelName(offered.channel, names);
  const more = {
    amount: String(Number(offered.net_recovery.amount) - Number(line.net_recovery.amount)),
    currency: line.net_recovery.currency,
  };
  return (
    <p className="hint">
      {t(
        `If Amazon offers it: ${channel} at ${money(offered.price, 'en')} from ${offered.start}, ${money(more, 'en', true)} more. It is in no figure of the plan.`,
        `如亚马逊邀请：${offered.start} 起${channel}（${money(offered.price, 'zh')}），再多回款 ${money(more, 'zh', true)}。未计入方案。`,
      )}
    </p>
  );
}

// The same stock under other policies: what each brings, and when.

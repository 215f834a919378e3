// What a plan brings over doing nothing by a day that the reader picks, and what is left when its weeks are over: the
// same figure on the overview, on the plan, in the terminal and in the workbook.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { ask, type OverHolding as Data, type Plan } from '../api';
import { money, number } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import { policyName } from '../cash';
import Card from './Card';
import Plain from './Plain';

export default function OverHolding({ plan, first, start }: { plan: number; first: Data; start: string }) {
  const { account } = useDesk();
  const [by, setBy] = useState(first.by);
  const asked = useQuery({
    queryKey: ['account', account, lang(), 'over-holding', plan, by],
    queryFn: ({ signal }) => ask<Plan>(`/accounts/${account}/plans/${plan}?lines=none&by=${by}`, 'GET', undefined, signal),
    enabled: by !== first.by,
    placeholderData: keepPreviousData,
  });
  const over = by === first.by ? first : (asked.data?.over_holding ?? first);
  const more = over.more_than_holding;
  const rows = ['optimal', 'hold', 'playbook'].flatMap((id) => (over.after_horizon[id] ? [{ id, ...over.after_horizon[id] }] : []));
  return (
    <Card className="tile over-holding">
      <label className="tile-name">
        {t('More than doing nothing by', '比不动多回款，截至')}{' '}
        <Input
          className="by-day"
          type="date"
          size="small"
          min={start}
          max={first.horizon_end}
          value={by}
          onChange={(e) => e.target.value && setBy(e.target.value)}
          aria-label={t('by this day', '截至日期')}
        />
      </label>
      <span className="tile-value" role="status">
        {money(more, lang(), true)}
      </span>
      <span className="tile-note">
        {t(
          `plan ${money(over.cash, 'en', true)}, doing nothing ${money(over.cash_if_held, 'en', true)}`,
          `方案 ${money(over.cash, 'zh', true)}，不做动作 ${money(over.cash_if_held, 'zh', true)}`,
        )}
      </span>
      <details>
        <summary>{t(`After ${over.horizon_end}: what is left`, `${over.horizon_end} 之后：剩余部分`)}</summary>
        <Plain
          rows={rows}
          id={(r) => r.id}
          columns={[
            { head: t('Policy', '策略'), cell: (r) => policyName(r.id) },
            { head: t('Cash by then', '届时回款'), right: true, cell: (r) => money(r.within_horizon, lang(), true) },
            { head: t('Units left', '剩余件数'), right: true, cell: (r) => number(Math.round(r.units_left), lang()) },
            { head: t('Taken to be worth', '估算价值'), right: true, cell: (r) => money(r.value_after, lang(), true) },
          ]}
        />
        <p className="hint">
          {t(
            'Units that are left are taken to be sold on at the regular price, with money of exits still to come, at present value: an assumption, not cash.',
            '剩余库存按原价继续销售估算，加上未到账的处置款，按现值计：属估算，不是现金。',
          )}
        </p>
      </details>
    </Card>
  );
}

// The cash of policies by week, each with the same colour and dashes wherever it is drawn.
import { useMemo } from 'react';
import { type OverHolding } from '../api';
import { cashSoFar, type Curve, policyName } from '../cash';
import { money, number } from '../format';
import { lang, t } from '../lang';
import Chart from './Chart';

const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]];

export default function CashCurves({
  curves,
  policies,
  currency,
  after,
}: {
  curves: Record<string, Curve>;
  policies: string[];
  currency: string;
  after?: OverHolding;
}) {
  const made = useMemo(() => {
    const order = policies.filter((id) => curves[id]);
    const weeks = curves[order[0] ?? ''] ?? [];
    const at = (id: string, week: number) => cashSoFar(curves[id]!, week);
    return {
      option: {
        xAxis: { type: 'category', data: weeks.map((w) => w.start) },
        yAxis: { type: 'value', name: currency, axisLabel: { formatter: (v: number) => number(v, lang()) } },
        series: order.map((id, i) => ({
          name: policyName(id),
          type: 'line',
          showSymbol: false,
          lineStyle: { type: dashes[i], width: 2 },
          data: weeks.map((w) => at(id, w.week)),
        })),
      },
      figures: {
        head: [t('Week from', '周起始'), ...order.map(policyName)],
        rows: weeks.map((w) => [w.start, ...order.map((id) => money({ amount: String(at(id, w.week)), currency }, lang()))]),
      },
    };
  }, [curves, policies, currency]);
  return (
    <>
      <Chart title={t('Cash so far, storage taken off', '累计回款（已扣仓储费）')} {...made} />
      {after && (
        <p className="hint">
          {t(`After ${after.horizon_end}, in no line above: `, `${after.horizon_end} 之后（不含在曲线内）：`)}
          {policies
            .filter((id) => after.after_horizon[id])
            .map((id) => {
              const left = after.after_horizon[id]!;
              return t(
                `${policyName(id)} ${number(Math.round(left.units_left), 'en')} units left, taken to be worth ${money(left.value_after, 'en', true)}`,
                `${policyName(id)}剩余 ${number(Math.round(left.units_left), 'zh')} 件，估算价值 ${money(left.value_after, 'zh', true)}`,
              );
            })
            .join(t('; ', '；'))}
        </p>
      )}
    </>
  );
}

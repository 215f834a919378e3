// The cash of policies by week, each with the same colour and dashes wherever it is drawn.
import { useMemo } from 'react';
import { cashSoFar, type Curve, policyName } from '../cash';
import { money, number } from '../format';
import { lang, t } from '../lang';
import Chart from './Chart';

const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]];

export default function CashCurves({ curves, policies, currency }: { curves: Record<string, Curve>; policies: string[]; currency: string }) {
  const made = useMemo(() => {
    const order = policies.filter((id) => curves[id]);
    const weeks = curves[order[0] ?? ''] ?? [];
    const at = (id: string, week: number) => cashSoFar(curves[id]!, week);
    return {
      option: {
        xAxis: { type: 'category', data: weeks.map((w) => w.start) },
        yAxis: { type: 'value', name: currency, axisLabel: { formatter: (v: number) => number(v, lang()) } },
        series: order.map((id, i) => ({ name: policyName(id), type: 'line', showSymbol: false, lineStyle: { type: dashes[i], width: 2 }, data: weeks.map((w) => at(id, w.week)) })),
      },
      figures: { head: [t('Week from', '周起始'), ...order.map(policyName)], rows: weeks.map((w) => [w.start, ...order.map((id) => money({ amount: String(at(id, w.week)), currency }, lang()))]) },
    };
  }, [curves, policies, currency]);
  return <Chart title={t('Cash so far, storage taken off', '累计回款（已扣仓储费）')} {...made} />;
}

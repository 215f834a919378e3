// What sells in all the weeks together, cumulated: between its fixed weeks the fan is drawn straight.
import { lazy, Suspense, useMemo } from 'react';
import { number, share } from '../format';
import { lang, t } from '../lang';

const Chart = lazy(() => import('./Chart'));

export interface Sum {
  weeks: number;
  mean: number;
  p10: number;
  p50: number;
  p90: number;
  stops: number; // the chance that it all but stops by then
}

export default function Together({ totals, from }: { totals: Sum[]; from: string }) {
  const made = useMemo(() => {
    const points: Sum[] = [{ weeks: 0, mean: 0, p10: 0, p50: 0, p90: 0, stops: 0 }, ...totals];
    const end = (weeks: number) => new Date(Date.parse(from) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
    const line = (of: (p: Sum) => number) => points.map((p) => [end(p.weeks), of(p)]);
    return {
      option: {
        xAxis: { type: 'time' },
        yAxis: { type: 'value', name: t('units', '件') },
        series: [
          {
            name: t('1 in 10 below', '下限（10%）'),
            type: 'line',
            showSymbol: false,
            lineStyle: { opacity: 0.4, type: 'dashed' },
            data: line((p) => p.p10),
          },
          { name: t('middle', '中值'), type: 'line', showSymbol: true, lineStyle: { width: 2 }, data: line((p) => p.p50) },
          {
            name: t('1 in 10 above', '上限（90%）'),
            type: 'line',
            showSymbol: false,
            lineStyle: { opacity: 0.4, type: 'dashed' },
            data: line((p) => p.p90),
          },
        ],
      },
      figures: {
        head: [
          t('By', '截至'),
          t('Low', '下限（10%）'),
          t('Middle', '中值'),
          t('Mean', '均值'),
          t('High', '上限（90%）'),
          t('All but stops', '几乎停销'),
        ],
        rows: totals.map((p) => [
          end(p.weeks),
          number(p.p10, lang()),
          number(p.p50, lang()),
          number(p.mean, lang()),
          number(p.p90, lang()),
          share(p.stops, lang()),
        ]),
      },
    };
  }, [totals, from]);
  const half = totals.find((p) => p.weeks === 26);
  const chance = half && half.stops >= 0.02 ? Math.max(2, Math.round(1 / half.stops)) : null;
  if (totals.length === 0) return null;
  return (
    <Suspense fallback={<div style={{ height: 310 }} />}>
      <Chart title={t('Units sold from today on, at the regular price', '自今日起累计销量（原价）')} {...made} />
      {chance ? (
        <p>{t(`One chance in ${chance} that it all but stops within half a year.`, `约 ${chance} 分之一的可能在半年内几乎停销。`)}</p>
      ) : null}
    </Suspense>
  );
}

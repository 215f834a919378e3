// What a SKU sold and will sell, week by week; and what people know of it that its history does not tell.
import { lazy, Suspense, useMemo } from 'react';
import { number, share } from '../format';
import { lang, t } from '../lang';
import { type DemandEdit, type SkuData } from '../sku';

const Chart = lazy(() => import('./Chart'));

export const editName = (kind: DemandEdit['kind']): string =>
  kind === 'forecast_set' ? t('changed', '人工修改') : kind === 'spike_left_out' ? t('left out', '已剔除') : t('locked', '已锁定');

export default function Demand({ data }: { data: SkuData }) {
  const made = useMemo(() => {
    const past = (data.forecast.history ?? []).slice(-52);
    const ahead = data.forecast.weeks.slice(0, 26);
    const days = [...past.map((w) => w.start), ...ahead.map((w) => w.start)];
    const blank = past.map(() => null);
    const week = (day: string) => days.filter((d) => d <= day).at(-1);
    const events = data.events
      .filter((e) => e.from >= (days[0] ?? '') && e.from <= (days.at(-1) ?? ''))
      .map((e) => ({ xAxis: week(e.from), name: e.name }));
    // What people know of it, as bands over their weeks.
    const known = data.forecast.edits
      .filter((e) => e.to >= (days[0] ?? '') && e.from <= (days.at(-1) ?? ''))
      .map((e) => [{ xAxis: week(e.from) ?? days[0], name: editName(e.kind) }, { xAxis: week(e.to) ?? days.at(-1) }]);
    return {
      option: {
        xAxis: { type: 'category', data: days },
        yAxis: [
          { type: 'value', name: t('units a week', '件/周') },
          { type: 'value', max: 1, show: false },
        ],
        series: [
          // Weeks with days out of stock, shaded over the whole height; how many days is told by its tooltip.
          {
            name: past.some((w) => w.sold === null) ? t('out of stock or no report', '断货或无报告') : t('out of stock', '断货'),
            type: 'bar',
            yAxisIndex: 1,
            barGap: '-100%',
            barWidth: '100%',
            z: 1,
            itemStyle: { color: 'rgba(213,94,0,0.2)' },
            data: past.map((w) => (w.in_stock !== null && w.in_stock < 0.999 ? 1 : null)),
            tooltip: {
              valueFormatter: (value: unknown, week: number) =>
                value === 1
                  ? t(
                      `${number(7 * (1 - (past[week]?.in_stock ?? 1)), 'en')} days`,
                      `${number(7 * (1 - (past[week]?.in_stock ?? 1)), 'zh')} 天`,
                    )
                  : '–',
            },
          },
          // Weeks of which no report of sales tells.
          {
            name: t('no report', '无销售报告'),
            type: 'bar',
            yAxisIndex: 1,
            barGap: '-100%',
            barWidth: '100%',
            z: 1,
            itemStyle: { color: 'rgba(120,120,120,0.25)' },
            data: past.map((w) => (w.sold === null ? 1 : null)),
            tooltip: { valueFormatter: (value: unknown) => (value === 1 ? t('not known', '未提供') : '–') },
          },
          {
            name: t('sold', '已售'),
            type: 'bar',
            barGap: '-100%',
            barWidth: '60%',
            z: 3,
            data: past.map((w) => w.sold),
            markLine: {
              symbol: 'none',
              lineStyle: { type: 'dotted' },
              label: { formatter: '{b}', position: 'insideEndTop', fontSize: 10 },
              data: events,
            },
            markArea: {
              itemStyle: { color: 'rgba(0,114,178,0.16)' },
              label: { position: 'insideTop', fontSize: 10 },
              data: known,
            },
          },
          {
            name: t('1 in 10 below', '下限（10%）'),
            type: 'line',
            stack: 'fan',
            showSymbol: false,
            lineStyle: { opacity: 0.4, type: 'dashed' },
            data: [...blank, ...ahead.map((w) => w.p10)],
          },
          {
            name: t('up to 1 in 10 above', '预测区间（10%–90%）'),
            type: 'line',
            stack: 'fan',
            showSymbol: false,
            lineStyle: { opacity: 0.4, type: 'dashed' },
            areaStyle: { opacity: 0.2 },
            data: [...blank, ...ahead.map((w) => w.p90 - w.p10)],
          },
          {
            name: t('forecast', '预测'),
            type: 'line',
            showSymbol: false,
            lineStyle: { width: 2 },
            data: [...blank, ...ahead.map((w) => w.mean)],
          },
        ],
      },
      figures: {
        head: [
          t('Week from', '周起始'),
          t('Sold', '已售'),
          t('In stock', '在库比例'),
          t('Low', '下限（10%）'),
          t('Mean', '均值'),
          t('High', '上限（90%）'),
        ],
        rows: [
          ...past.map((w) => [
            w.start,
            w.sold ?? t('no report', '无销售报告'),
            w.in_stock === null ? '' : share(w.in_stock, lang()),
            '',
            '',
            '',
          ]),
          ...ahead.map((w) => [w.start, '', '', w.p10, number(w.mean, lang(), 1), w.p90]),
        ],
      },
    };
  }, [data]);
  return (
    <Suspense fallback={<div style={{ height: 310 }} />}>
      <Chart title={t('Sold and forecast, units a week (days out of stock shaded)', '每周销量与预测（断货期加阴影）')} {...made} />
    </Suspense>
  );
}

// A chart with a table of the same figures behind it: for readers without eyes for colour, and for screen readers.
import { Button } from 'antd';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../hooks';
import { t } from '../lang';

register([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

// Okabe and Ito's colours, told apart by the colour-blind; lines differ by their dashes as well.
export const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'];

export interface Figures {
  head: string[];
  rows: (string | number)[][];
}

export default function Chart({
  title,
  option,
  figures,
  height = 280,
}: {
  title: string;
  option: EChartsCoreOption;
  figures: Figures;
  height?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { dark } = useDesk();
  const [table, setTable] = useState(false);
  useEffect(() => {
    if (table || !box.current) return;
    const chart = init(box.current, dark ? 'dark' : undefined);
    chart.setOption({
      color: colours,
      backgroundColor: 'transparent',
      animation: false,
      grid: { left: 8, right: 40, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0 },
      // Drawn on the canvas: a tooltip of HTML would need styles that the page does not let in.
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      ...option,
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option, dark, table]);
  return (
    <figure className="chart">
      <figcaption>
        <span>{title}</span>
        <Button size="small" type="link" onClick={() => setTable(!table)}>
          {table ? t('Chart', '图表') : t('Table', '表格')}
        </Button>
      </figcaption>
      {table ? (
        <div key="table" className="scroll" style={{ maxHeight: height }} tabIndex={0} role="region" aria-label={title}>
          <table className="plain">
            <thead>
              <tr>
                {figures.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {figures.rows.map((row, i) => (
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td key={j}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        // Another element than the table's: what the chart has drawn into its own goes with it.
        <div key="chart" ref={box} style={{ height }} role="img" aria-label={title} />
      )}
    </figure>
  );
}

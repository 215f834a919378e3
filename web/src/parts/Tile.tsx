// A figure with its trend; how it comes about, its past and the five largest one click away.
import { Popover } from 'antd';
import { type Worst } from '../api';
import { money, number } from '../format';
import { lang, t } from '../lang';
import Card from './Card';
import { SkuLink } from './Parts';

export interface Point {
  at: string;
  value: number;
}

// A trend as a line a word high; its first and last figures in words for those who do not see it.
function Spark({ points, say, ahead }: { points: Point[]; say: (value: number) => string; ahead?: boolean }) {
  if (points.length < 2) return null;
  const values = points.map((p) => p.value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (i: number) => (i / (points.length - 1)) * 116 + 2;
  const y = (value: number) => 20 - ((value - low) / span) * 18;
  const first = points[0]!;
  const last = points[points.length - 1]!;
  const words = `${first.at}: ${say(first.value)} → ${last.at}: ${say(last.value)}`;
  return (
    <svg className={ahead ? 'spark ahead' : 'spark'} viewBox="0 0 120 22" preserveAspectRatio="xMinYMid" role="img" aria-label={words}>
      <title>{words}</title>
      <polyline points={points.map((p, i) => `${x(i).toFixed(1)},${y(p.value).toFixed(1)}`).join(' ')} />
      <circle cx={x(points.length - 1)} cy={y(last.value)} r="2" />
    </svg>
  );
}

export default function Tile({
  name,
  value,
  note,
  alarm,
  formula,
  worst,
  trend,
  say = (v) => number(v, lang()),
  ahead,
}: {
  name: string;
  value: string;
  note?: string;
  alarm?: boolean;
  formula: string;
  worst?: Worst[];
  trend?: Point[];
  say?: (value: number) => string;
  ahead?: boolean;
}) {
  return (
    <Card className={alarm ? 'tile alarm' : 'tile'}>
      <Popover
        trigger={['hover', 'focus']}
        placement="bottomLeft"
        content={
          <div className="formula">
            <p>{formula}</p>
            {trend && trend.length > 1 && (
              <table className="plain">
                <caption>
                  {ahead ? t('Ahead', '未来') : t('The past weeks, from the ledger at today’s unit values', '近几周（分类账，按当前单价）')}
                </caption>
                <tbody>
                  {trend.map((p) => (
                    <tr key={p.at}>
                      <td>{p.at}</td>
                      <td className="right">{say(p.value)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {worst && worst.length > 0 && (
              <>
                <b>{t('The five largest', '金额最高的 5 个 SKU')}</b>
                <ul>
                  {worst.map((w) => (
                    <li key={w.marketplace + w.sku}>
                      <SkuLink marketplace={w.marketplace} sku={w.sku} /> {w.marketplace} · {money(w.amount, lang(), true)}{' '}
                      {w.owner && `· ${w.owner}`}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        }
      >
        <button className="tile-button">
          <span className="tile-name">{name}</span>
          <span className="tile-value">{value}</span>
          <span className="tile-note">{note ?? '\u00a0'}</span>
          {trend && <Spark points={trend} say={say} ahead={ahead} />}
        </button>
      </Popover>
    </Card>
  );
}

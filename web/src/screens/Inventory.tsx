import { type Row } from '../api';
import { number } from '../format';
import { lang, t } from '../lang';
import DataTable from '../parts/DataTable';
import { Band, SkuLink, Title } from '../parts/Parts';

const ages = ['age_0_90', 'age_91_180', 'age_181_270', 'age_271_365', 'age_366_plus'];
const shades = ['#9ecae1', '#4a90c2', '#e6a13a', '#d5652b', '#8c2d04'];

// The units of each age as parts of a bar; what it says in words beside it for those who do not see it.
function AgeBar({ row }: { row: Row }) {
  const units = ages.map((id) => (typeof row[id] === 'number' ? (row[id] as number) : 0));
  const all = units.reduce((a, b) => a + b, 0);
  if (row['age_0_90'] === null || all === 0) return <span className="unknown">{row['age_0_90'] === null ? t('unknown', '未知') : '–'}</span>;
  const words = units.map((n, i) => `${ages[i]!.replace('age_', '').replace('_plus', '+').replace('_', '–')}: ${number(n, lang())}`).join(', ');
  return (
    <span className="age-bar" role="img" aria-label={words} title={words}>
      {units.map((n, i) => n > 0 && <span key={ages[i]} style={{ flexGrow: n, background: shades[i] }} />)}
    </span>
  );
}

const columns = ['priority', 'marketplace', 'sku', 'band', 'stock_total', 'available', 'reserved', 'inbound', 'age_0_90', 'velocity', 'stock_to_sales', 'excess_units', 'aged_units_181_plus', 'holding_cost_next_month', 'action', 'gain', 'owner', 'tag'];
const english: Record<string, string> = { 断货风险: 'stockout risk', 健康: 'healthy', 冗余: 'excess', 死库存: 'dead stock' };

export default function Inventory() {
  return (
    <>
      <Title text={t('Inventory', '库存')} />
      <DataTable
        table="inventory"
        screen="inventory"
        facets={['priority', 'marketplace', 'band', 'owner', 'tag']}
        columns={columns}
        names={{ age_0_90: t('Ages', '库龄') }}
        render={{
          sku: (row) => <SkuLink marketplace={String(row.marketplace)} sku={String(row.sku)} />,
          band: (row) => <Band en={english[String(row.band)] ?? String(row.band)} label={String(row.band)} />,
          age_0_90: (row) => <AgeBar row={row} />,
        }}
      />
    </>
  );
}

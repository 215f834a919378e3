import { type Row } from '../api';
import { number, raw } from '../format';
import { lang, t } from '../lang';
import DataTable from '../parts/DataTable';
import { Band, OnAmazon, SkuLink, Title } from '../parts/Parts';

const ages = ['age_0_90', 'age_91_180', 'age_181_270', 'age_271_365', 'age_366_plus'];
const shades = ['#9ecae1', '#4a90c2', '#e6a13a', '#d5652b', '#8c2d04'];

// The units of each age as parts of a bar; what it says in words beside it for those who do not see it.
function AgeBar({ row }: { row: Row }) {
  const units = ages.map((id) => (typeof row[id] === 'number' ? row[id] : 0));
  const all = units.reduce((a, b) => a + b, 0);
  if (row['age_0_90'] === null || all === 0)
    return <span className="unknown">{row['age_0_90'] === null ? t('unknown', '未提供') : '–'}</span>;
  const words = units
    .map((n, i) => `${ages[i]!.replace('age_', '').replace('_plus', '+').replace('_', '–')}: ${number(n, lang())}`)
    .join(', ');
  return (
    <span className="age-bar" role="img" aria-label={words} title={words}>
      {units.map((n, i) => n > 0 && <span key={ages[i]} style={{ flexGrow: n, background: shades[i] }} />)}
    </span>
  );
}

// What it is, how much of it, what it costs, what to do and what that brings: in sight on a screen of 1440 pixels.
const columns = [
  'priority',
  'sku',
  'title',
  'marketplace',
  'band',
  'stock_total',
  'stock_to_sales',
  'excess_units',
  'holding_cost_next_month',
  'action',
  'gain',
  'owner',
  'aged_units_181_plus',
  'charged_units',
  'age_0_90',
  'velocity',
  'available',
  'reserved',
  'inbound',
  'tag',
];
const widths = {
  priority: 52,
  sku: 176,
  title: 180,
  marketplace: 70,
  band: 104,
  stock_total: 76,
  stock_to_sales: 82,
  excess_units: 84,
  holding_cost_next_month: 130,
  action: 140,
  gain: 136,
  owner: 90,
};
const english = new Map([
  ['断货风险', 'stockout risk'],
  ['健康', 'healthy'],
  ['冗余', 'excess'],
  ['滞销库存', 'dead stock'],
]);

// On a phone what decides.
const few = ['sku', 'band', 'stock_total', 'action', 'gain'];
const narrow = { sku: 126, band: 84, stock_total: 60, action: 110, gain: 104 };

export default function Inventory() {
  const phone = window.innerWidth < 600;
  return (
    <>
      <Title text={t('Inventory', '库存')} />
      <DataTable
        table="inventory"
        screen="inventory"
        facets={['priority', 'marketplace', 'band', 'owner', 'tag']}
        columns={phone ? few : columns}
        names={{
          age_0_90: t('Ages', '库龄'),
          marketplace: t('Site', '站点'),
          priority: t('Pri.', '优先'),
          holding_cost_next_month: t('Holding, next month', '下月持有成本'),
          action: t('First step', '首个动作'),
          gain: t('Over holding', '比不动多回款'),
        }}
        widths={phone ? narrow : widths}
        render={{
          sku: (row) => (
            <>
              <SkuLink marketplace={raw(row.marketplace)} sku={raw(row.sku)} />
              <OnAmazon link={raw(row.link)} name={raw(row.asin)} />
            </>
          ),
          band: (row) => <Band en={english.get(raw(row.band)) ?? raw(row.band)} label={raw(row.band)} />,
          age_0_90: (row) => <AgeBar row={row} />,
        }}
      />
    </>
  );
}

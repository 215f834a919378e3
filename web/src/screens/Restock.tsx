import { useAccount } from '../hooks';
import { t } from '../lang';
import DataTable from '../parts/DataTable';
import { SkuLink, Title } from '../parts/Parts';
import { type Overview } from '../api';

export default function Restock() {
  const overview = useAccount<Overview>('/overview');
  return (
    <>
      <Title text={t('Restock', '补货')} asOf={overview.data?.as_of} />
      <DataTable table="restock" screen="restock" facets={['marketplace', 'advice', 'owner', 'tag']} render={{ sku: (r) => <SkuLink marketplace={String(r.marketplace)} sku={String(r.sku)} /> }} />
    </>
  );
}

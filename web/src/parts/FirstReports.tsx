// What to download for a start and where it is in Seller Central; and what comes after an import.
import { Alert, Button } from 'antd';
import { Link } from 'wouter';
import { type Overview } from '../api';
import { useAccount } from '../hooks';
import { t } from '../lang';
import Card from './Card';
import Plain from './Plain';

interface Wanted {
  report: string; // as the server names it; empty: the seller's own
  name: string;
  where: string;
  what: string;
}
const fba = (en: string, zh: string): string => t(`Reports → Fulfillment by Amazon → ${en}`, `数据报告 → 库存和销售报告 → ${zh}`);
const wanted = (): Wanted[] => [
  {
    report: 'fba_inventory',
    name: t('FBA Inventory', 'FBA 库存'),
    where: fba('Inventory → FBA Inventory', '库存 → FBA 库存'),
    what: t('stock, ages, prices', '库存、库龄、售价'),
  },
  {
    report: 'all_orders',
    name: t('All Orders', '所有订单'),
    where: fba('Sales → All Orders, the last months, the longer the better', '销售 → 所有订单，近数月，越长越好'),
    what: t('what sells, and what a price does', '销量与价格影响'),
  },
  {
    report: 'fee_preview',
    name: t('Fee Preview', '费用预览'),
    where: fba('Payments → Fee Preview', '付款 → 费用预览'),
    what: t('what is left of a sale', '单件扣费'),
  },
  {
    report: 'manage_fba_inventory',
    name: t('Manage FBA Inventory', '管理亚马逊库存'),
    where: fba('Inventory → Manage FBA Inventory', '库存 → 管理亚马逊库存'),
    what: t('SKUs that FBA Inventory leaves out', 'FBA 库存未列出的 SKU'),
  },
  {
    report: 'inventory_ledger',
    name: t('Inventory Ledger (summary)', '库存分类账（汇总）'),
    where: fba('Inventory → Inventory Ledger, summary by day', '库存 → 库存分类账，按日汇总'),
    what: t('receipts and days without stock', '入库与断货日'),
  },
  {
    report: 'cost_sheet',
    name: t('Your cost sheet', '成本表'),
    where: t('your own, xlsx or csv: SKU, unit cost, freight, currency, lead time', '自备 xlsx 或 csv：SKU、采购成本、头程、币种、交期'),
    what: t('what it cost, and what to reorder', '成本与补货'),
  },
];

export default function FirstReports({ but = [] }: { but?: string[] }) {
  return (
    <Card title={t('Six reports to begin with, for each marketplace', '首次使用：每个站点准备这 6 份报告')}>
      <Plain
        rows={wanted().filter((one) => !but.includes(one.report))}
        id={(one) => one.report}
        columns={[
          { head: t('Report', '报告'), cell: (one) => <b>{one.name}</b> },
          { head: t('Where in Seller Central', '卖家平台路径'), cell: (one) => one.where },
          { head: t('What it tells', '用途'), cell: (one) => one.what },
        ]}
      />
      <p className="hint">
        {t(
          'As they are: .txt, .csv, .xlsx, .gz, or a .zip of them, in any encoding. What each is, is found out from its headers.',
          '原样上传即可：.txt、.csv、.xlsx、.gz 或其 .zip 压缩包，任意编码；系统按表头自动识别。',
        )}
      </p>
    </Card>
  );
}

// After an import: the plan, unless it is of this data already; then what the account still lacks.
export function Next({ done }: { done: boolean }) {
  const overview = useAccount<Overview>('/overview').data;
  if (!overview) return null;
  const have = overview.reports.map((one) => one.report);
  const lacking = wanted().filter((one) => !have.includes(one.report) && !(one.report === 'manage_fba_inventory' && have.length > 3));
  const plan = overview.plan;
  const fresh = plan?.current === true;
  return (
    <>
      {(done || !fresh) && (
        <Alert
          type={fresh ? 'success' : 'info'}
          showIcon
          title={
            fresh
              ? t('The plan is of this data. Next: this week’s list.', '方案已基于最新数据。下一步：查看本周任务。')
              : plan
                ? t('Next: plan again, the newest plan is of older data.', '下一步：重新生成方案，当前方案基于旧数据。')
                : t('Next: make the first plan.', '下一步：生成首个方案。')
          }
          action={
            <Link href={fresh ? '/' : '/plan'}>
              <Button type="primary">{fresh ? t('This week', '本周任务') : t('To the plan', '前往方案')}</Button>
            </Link>
          }
        />
      )}
      {lacking.length > 0 && (
        <details className="notes">
          <summary>
            {t('Not there yet: ', '尚缺：')}
            {lacking.map((one) => one.name).join(t(', ', '、'))}
          </summary>
          <FirstReports but={have} />
        </details>
      )}
    </>
  );
}

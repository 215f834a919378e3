// SKUs without a cost, the most excess first.
import { Button, Input, Select, Space, Table } from 'antd';
import { useState } from 'react';
import { ask, type Page, type Row } from '../api';
import { raw } from '../format';
import { useAccount, useDesk } from '../hooks';
import { t } from '../lang';
import Card from './Card';
import { tellProblem } from './tell';

const skuOf = (r: Row): string => `${raw(r.marketplace)} ${raw(r.sku)}`;

// Costs typed in where they are missing: imported as a sheet like any other.
export default function Costs({ started }: { started: () => void }) {
  const { account } = useDesk();
  const ladder = useAccount<Page>('/tables/inventory?limit=1000&columns=marketplace,sku,title,unit_cost,excess_units&sort=-excess_units');
  const missing = (ladder.data?.rows ?? []).filter((r: Row) => r.unit_cost === null).slice(0, 50);
  const [costs, setCosts] = useState<Record<string, string>>({});
  const [currency, setCurrency] = useState('CNY');
  const save = async () => {
    const rows = missing
      .filter((r) => costs[skuOf(r)])
      .map((r) => ({ marketplace: r.marketplace, sku: r.sku, unit_cost: costs[skuOf(r)], currency }));
    try {
      await ask(`/accounts/${account}/costs`, 'POST', { costs: rows });
      setCosts({});
      started();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Card
      title={t('SKUs without a cost', '缺成本的 SKU')}
      extra={
        <Button size="small" href={`/api/v1/accounts/${account}/cost-sheet`}>
          {t('Sheet to fill in', '下载成本表模板')}
        </Button>
      }
    >
      {missing.length === 0 ? (
        <p>{t('Every SKU with stock has a cost.', '所有有库存的 SKU 均有成本。')}</p>
      ) : (
        <>
          <Table
            size="small"
            pagination={false}
            scroll={{ y: 260 }}
            rowKey={(r) => skuOf(r)}
            dataSource={missing}
            columns={[
              { title: 'SKU', dataIndex: 'sku' },
              { title: t('Site', '站点'), dataIndex: 'marketplace' },
              {
                title: t('Unit cost', '采购成本'),
                render: (_, r) => (
                  <Input
                    size="small"
                    inputMode="decimal"
                    aria-label={`${t('Unit cost', '采购成本')} ${raw(r.sku)}`}
                    value={costs[skuOf(r)] ?? ''}
                    onChange={(e) => setCosts({ ...costs, [skuOf(r)]: e.target.value })}
                  />
                ),
              },
            ]}
          />
          <Space>
            <Select
              aria-label={t('Currency', '币种')}
              value={currency}
              onChange={setCurrency}
              options={['CNY', 'USD', 'EUR', 'GBP', 'JPY', 'CAD'].map((value) => ({ value, label: value }))}
            />
            <Button type="primary" disabled={Object.values(costs).every((c) => !c)} onClick={() => void save()}>
              {t('Take these over', '保存成本')}
            </Button>
          </Space>
        </>
      )}
    </Card>
  );
}

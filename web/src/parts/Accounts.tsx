// Every account that one may see, side by side and together in one currency; owners make and rename them.
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space, Table } from 'antd';
import { useState } from 'react';
import { ask } from '../api';
import { money, type Money, number, unknown } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from './Card';
import { Loaded } from './Parts';
import { tellProblem } from './tell';

interface Figures {
  stock_value: Money | null;
  excess_value: Money | null;
  holding_cost_next_month: Money | null;
  expected_net_recovery: Money | null;
  over_holding: Money | null;
}
interface Row extends Figures {
  id: number;
  name: string;
  as_of: string | null;
  units: number | null;
  excess_units: number | null;
}
interface Answer {
  currency: string;
  accounts: Row[];
  together: Figures;
  counted: Record<keyof Figures, number>;
  notes: string[];
}

const figures = (): [keyof Figures, string][] => [
  ['stock_value', t('Cash tied up', '占用资金')],
  ['excess_value', t('Excess value', '冗余金额')],
  ['holding_cost_next_month', t('Holding, next month', '下月持有成本')],
  ['expected_net_recovery', t('Plan brings back', '方案预计净回款')],
  ['over_holding', t('Over doing nothing', '比不做动作多')],
];
const currencies = ['USD', 'CNY', 'EUR', 'GBP', 'JPY', 'CAD', 'MXN', 'AUD'];

function Rename({ account }: { account: Row }) {
  const [name, setName] = useState<string>();
  if (name === undefined)
    return (
      <Button size="small" aria-label={t(`Rename ${account.name}`, `重命名 ${account.name}`)} onClick={() => setName(account.name)}>
        {t('Rename', '重命名')}
      </Button>
    );
  const keep = async () => {
    try {
      await ask(`/accounts/${account.id}`, 'PATCH', { name });
      window.location.reload();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Space>
      <Input
        size="small"
        autoFocus
        aria-label={t('New name', '新名称')}
        value={name}
        onChange={(e) => setName(e.target.value)}
        onPressEnter={() => void keep()}
        onKeyDown={(e) => e.key === 'Escape' && setName(undefined)}
      />
      <Button size="small" type="primary" onClick={() => void keep()}>
        {t('Keep', '保存')}
      </Button>
    </Space>
  );
}

export default function Accounts() {
  const { session } = useDesk();
  const owner = session.role === 'owner';
  const [currency, setCurrency] = useState('');
  const [added, setAdded] = useState('');
  const query = useQuery({
    queryKey: ['together', lang(), currency],
    queryFn: ({ signal }) => ask<Answer>(`/accounts/together?currency=${currency}`, 'GET', undefined, signal),
  });
  const add = async () => {
    try {
      await ask('/accounts', 'POST', { name: added });
      window.location.reload();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Loaded query={query}>
      {(data) => (
        <Card
          title={t('Accounts', '账户')}
          extra={
            <Select
              size="small"
              aria-label={t('Currency of the sums', '合计币种')}
              value={currency || data.currency}
              onChange={setCurrency}
              options={[...new Set([data.currency, ...currencies])].map((value) => ({ value, label: value }))}
            />
          }
        >
          <Table
            size="small"
            pagination={false}
            scroll={{ x: true }}
            rowKey="id"
            dataSource={data.accounts}
            columns={[
              { title: t('Account', '账户'), dataIndex: 'name' },
              { title: t('Snapshot', '快照日期'), render: (_, a) => a.as_of ?? t('nothing imported yet', '尚未导入') },
              {
                title: t('Stock', '库存'),
                align: 'right',
                render: (_, a) => (a.units === null ? unknown(lang()) : number(a.units, lang())),
              },
              {
                title: t('Excess', '冗余件数'),
                align: 'right',
                render: (_, a) => (a.excess_units === null ? unknown(lang()) : number(a.excess_units, lang())),
              },
              ...figures().map(([id, title]) => ({
                title,
                align: 'right' as const,
                render: (_: unknown, a: Row) => money(a[id], lang(), true),
              })),
              ...(owner ? [{ title: '', render: (_: unknown, a: Row) => <Rename account={a} /> }] : []),
            ]}
            summary={() =>
              data.accounts.length > 1 && (
                <Table.Summary.Row>
                  <Table.Summary.Cell index={0} colSpan={4}>
                    <b>{t('Together', '合计')}</b>
                  </Table.Summary.Cell>
                  {figures().map(([id], i) => (
                    <Table.Summary.Cell key={id} index={4 + i} align="right">
                      <b>{money(data.together[id], lang(), true)}</b>
                      {data.counted[id] < data.accounts.length && (
                        <div>
                          {t(`${data.counted[id]} of ${data.accounts.length}`, `${data.counted[id]} / ${data.accounts.length} 个账户`)}
                        </div>
                      )}
                    </Table.Summary.Cell>
                  ))}
                  {owner && <Table.Summary.Cell index={9} />}
                </Table.Summary.Row>
              )
            }
          />
          {data.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {owner && (
            <Space wrap>
              <Input
                aria-label={t('Name of a new account', '新账户名称')}
                placeholder={t('Name of a new account', '新账户名称')}
                value={added}
                onChange={(e) => setAdded(e.target.value)}
                onPressEnter={() => added.trim() && void add()}
              />
              <Button disabled={!added.trim()} onClick={() => void add()}>
                {t('Make an account', '创建账户')}
              </Button>
            </Space>
          )}
        </Card>
      )}
    </Loaded>
  );
}

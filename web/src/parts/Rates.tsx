// Exchange rates: which are wanted, which are known, and one's own.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { ask, type Overview } from '../api';
import { useAccount, useDesk } from '../hooks';
import { t } from '../lang';
import Card from './Card';
import { tellProblem } from './tell';
import { useMay } from './Parts';
import Plain from './Plain';

// A rate that figures need and nobody has given: asked for here, with one box. The seller's own way round (7.1 yuan a
// dollar) is taken too.
function Wanted({ pair, now }: { pair: string; now: string }) {
  const { account } = useDesk();
  const client = useQueryClient();
  const [from = '', to = ''] = pair.split('→');
  const [rate, setRate] = useState<number | null>(null);
  const keep = async () => {
    try {
      await ask(`/accounts/${account}/rates`, 'POST', { from: to, to: from, rate });
      await client.invalidateQueries({ queryKey: ['account', account] });
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <p className={now ? 'hint' : 'check'}>
      <Space wrap>
        {now ? t(`Your own rate? ${now}.`, `您的汇率？${now}。`) : t(`Costs are there, a rate is missing:`, `成本已有，缺少汇率：`)} 1 {to}{' '}
        = <InputNumber aria-label={t(`one ${to} in ${from}`, `1 ${to} 合 ${from}`)} min={0} value={rate} onChange={setRate} /> {from}
        <Button size="small" disabled={!rate} onClick={() => void keep()}>
          {t('Keep', '保存')}
        </Button>
      </Space>
    </p>
  );
}

export default function Rates() {
  const { account } = useDesk();
  const client = useQueryClient();
  const may = useMay();
  const rates = useAccount<{ rates: { day: string; from: string; to: string; rate: number }[] }>('/rates');
  const [from, setFrom] = useState('USD');
  const [to, setTo] = useState('CNY');
  const [rate, setRate] = useState<number | null>(null);
  const add = async () => {
    try {
      await ask(`/accounts/${account}/rates`, 'POST', { from, to, rate });
      setRate(null);
      await client.invalidateQueries({ queryKey: ['account', account] });
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const needed = useAccount<Overview>('/overview').data?.missing;
  const wanted = [
    ...(needed?.rates ?? []).map((pair) => ({ pair, now: '' })),
    ...(needed?.shipped_rates ?? []).map((r) => ({
      pair: `${r.from}→${r.to}`,
      now: t(
        `now 1 ${r.to} = ${(1 / r.rate).toPrecision(5)} ${r.from}, shipped with the program, of ${r.day}`,
        `现用 1 ${r.to} = ${(1 / r.rate).toPrecision(5)} ${r.from}（${r.day}，程序自带）`,
      ),
    })),
  ];
  return (
    <Card title={t('Exchange rates', '汇率')}>
      {may && wanted.map(({ pair, now }) => <Wanted key={pair} pair={pair} now={now} />)}
      <Plain
        rows={[...(rates.data?.rates ?? [])].reverse()}
        id={(r) => r.day + r.from + r.to + r.rate}
        columns={[
          { head: t('Day', '日期'), cell: (r) => r.day },
          { head: t('One', '1 单位'), cell: (r) => r.from },
          { head: t('is', '等于'), right: true, cell: (r) => `${r.rate} ${r.to}` },
        ]}
      />
      {may && (
        <Space wrap>
          1{' '}
          <Input
            className="currency"
            aria-label={t('from', '从')}
            maxLength={3}
            value={from}
            onChange={(e) => setFrom(e.target.value.toUpperCase())}
          />{' '}
          = <InputNumber aria-label={t('rate', '汇率')} min={0} value={rate} onChange={setRate} />{' '}
          <Input
            className="currency"
            aria-label={t('to', '到')}
            maxLength={3}
            value={to}
            onChange={(e) => setTo(e.target.value.toUpperCase())}
          />
          <Button disabled={!rate} onClick={() => void add()}>
            {t('Add', '添加')}
          </Button>
        </Space>
      )}
    </Card>
  );
}

// What was imported, to be used or put aside; and the rows that were refused.

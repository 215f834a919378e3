// What money costs, asked for before the first plan: it decides more than any other figure whether stock is held or
// cleared.
import { useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { ask, type Settings } from '../api';
import { share } from '../format';
import { useAccount, useDesk } from '../hooks';
import { lang, t } from '../lang';
import Card from './Card';
import { tell, tellProblem } from './tell';

export default function Capital() {
  const { account, session } = useDesk();
  const may = session.role === 'owner';
  const client = useQueryClient();
  const settings = useAccount<Settings>('/settings');
  const rule = (id: string) => settings.data?.rules.find((one) => one.id === `plan.${id}`);
  const [typed, setTyped] = useState<number | null>(null);
  const now = rule('cost_of_capital_per_year');
  const dear = rule('dear_capital_per_year');
  if (!now || typeof now.value !== 'number') return null;
  const shown = typed ?? Math.round(now.value * 1000) / 10;
  const percent = (value: unknown) => (typeof value === 'number' ? share(value, lang()) : '–');
  const keep = async () => {
    try {
      await ask(`/accounts/${account}/settings`, 'PATCH', { rules: { [now.id]: shown / 100 } });
      await client.invalidateQueries({ queryKey: ['account', account] });
      tell(t('Kept. The next plan goes by it.', '已保存，下次生成方案时生效。'));
    } catch (problem) {
      tellProblem(problem);
    }
  };
  return (
    <Card title={t('What does your money cost a year?', '您的资金成本（年）是多少？')}>
      <p>
        {t(
          `It decides more than any other figure whether stock is held or cleared: a SKU may be held at ${percent(now.default)} and cleared at ${percent(dear?.value)}; such lines say so. Taken to be ${percent(now.default)} unless you say otherwise: about a bank’s line to a small firm, the house’s own figure from no source. A cash advance on sales costs about ${percent(dear?.value)}.`,
          `它比其他任何参数都更能决定库存是留是清：同一 SKU 按 ${percent(now.default)} 可能维持原价，按 ${percent(dear?.value)} 则会降价清仓，方案会注明。默认 ${percent(now.default)}：大致相当于小企业银行授信，为本系统估计，无公开来源；销售预支类资金约 ${percent(dear?.value)}。`,
        )}
      </p>
      {may && (
        <Space>
          <InputNumber
            min={0}
            max={200}
            step={1}
            value={shown}
            onChange={setTyped}
            suffix="%"
            aria-label={t('Cost of capital a year, %', '年资金成本，%')}
          />
          <Button disabled={shown / 100 === now.value} onClick={() => void keep()}>
            {t('Keep', '保存')}
          </Button>
          <span className="hint">{t('Later under Settings, Plan.', '之后可在“设置 → 方案”修改。')}</span>
        </Space>
      )}
    </Card>
  );
}

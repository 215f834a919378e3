// What the plan of a SKU would be under other assumptions; what is liked is kept as its constraints.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Slider, Space, Switch } from 'antd';
import { useState } from 'react';
import { ask, type Line, type Lines } from '../api';
import { money } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import { type SkuData } from '../sku';
import Card from './Card';
import { useMay } from './Parts';
import { Steps } from './Steps';
import { tell, tellProblem } from './tell';

// Sliders: what the plan of this SKU would be. Answered by the planner as they move.
export default function WhatIf({ data }: { data: SkuData }) {
  const { account } = useDesk();
  const believed = data.plan?.elasticity ?? data.forecast.elasticity?.mean ?? -2;
  const [floor, setFloor] = useState(0);
  const [weeks, setWeeks] = useState(26);
  const [elasticity, setElasticity] = useState<number | null>(null);
  const [deadline, setDeadline] = useState(false);
  const [falls, setFalls] = useState(false);
  const may = useMay();
  const client = useQueryClient();
  const outBy = new Date(Date.parse(data.as_of) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
  const wishes = {
    ...(floor > 0 && { floor_share: floor / 100 }),
    ...(elasticity !== null && { elasticity }),
    ...(falls && { monotone: true }),
    ...(deadline && { out_by: outBy }),
  };
  const body = { ...wishes, ...(!deadline && { horizon_weeks: weeks }) };
  const keep = async () => {
    try {
      // Beside what was asked of the SKU before.
      const list = await ask<Lines>(`/accounts/${account}/plans/${data.plan_id}/lines?q=${encodeURIComponent(data.sku)}&limit=1000`);
      const line = list.lines.find((one) => one.sku === data.sku && one.marketplace === data.marketplace);
      await ask(`/accounts/${account}/plans/${data.plan_id}/lines`, 'PATCH', {
        lines: [{ marketplace: data.marketplace, sku: data.sku }],
        change: { wishes: { ...line?.choice?.wishes, ...wishes } },
      });
      await client.invalidateQueries({ queryKey: ['account', account] });
      tell(t('Kept as constraints of this SKU; plan again for them to count.', '已保存为单品限制；重新生成方案后生效。'));
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const answer = useQuery({
    queryKey: ['what-if', account, lang(), data.marketplace, data.sku, body],
    queryFn: ({ signal }) =>
      ask<Line>(
        `/accounts/${account}/skus/${encodeURIComponent(data.marketplace)}/${encodeURIComponent(data.sku)}/what-if`,
        'POST',
        body,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title={t('What if', '推演')} className="what-if">
      <label id="wi-floor">
        {floor === 0 ? t('No lowest price', '最低售价：不限') : t(`No price below ${floor} % of today’s`, `最低售价：现价的 ${floor}%`)}
      </label>
      <Slider min={0} max={100} step={5} value={floor} onChange={setFloor} ariaLabelledByForHandle="wi-floor" />
      <label id="wi-weeks">{deadline ? t(`Out by ${outBy}`, `${outBy} 前清空`) : t(`Plan for ${weeks} weeks`, `规划期 ${weeks} 周`)}</label>
      <Slider min={2} max={26} value={weeks} onChange={setWeeks} ariaLabelledByForHandle="wi-weeks" />
      <Space>
        <Switch size="small" checked={deadline} onChange={setDeadline} aria-label={t('Everything out by then', '届时必须清空')} />
        <span>{t('everything out by then', '届时必须清空')}</span>
      </Space>
      <br />
      <Space>
        <Switch size="small" checked={falls} onChange={setFalls} aria-label={t('Prices only fall', '价格只降不升')} />
        <span>{t('prices only fall', '价格只降不升')}</span>
      </Space>
      <label id="wi-elasticity">
        {t(
          `Elasticity ${(elasticity ?? believed).toFixed(1)}${elasticity === null ? ', as believed' : ''}`,
          `价格弹性 ${(elasticity ?? believed).toFixed(1)}${elasticity === null ? '（估计值）' : ''}`,
        )}
      </label>
      <Slider
        min={-6}
        max={-0.3}
        step={0.1}
        value={elasticity ?? believed}
        onChange={setElasticity}
        ariaLabelledByForHandle="wi-elasticity"
      />
      <Space>
        <Button
          size="small"
          onClick={() => {
            setFloor(0);
            setWeeks(26);
            setElasticity(null);
            setDeadline(false);
            setFalls(false);
          }}
        >
          {t('Reset', '重置')}
        </Button>
        {may && data.plan && (
          <Button size="small" type="primary" disabled={Object.keys(wishes).length === 0} onClick={() => void keep()}>
            {t('Keep as constraints', '保存为单品限制')}
          </Button>
        )}
      </Space>
      <div aria-live="polite">
        {answer.error && <Alert type="error" title={answer.error.message} />}
        {answer.data && (
          <>
            <p className="what-if-value">
              {money(answer.data.net_recovery, lang())}
              {data.plan && (
                <span className="hint">
                  {' '}
                  {t('current plan: ', '当前方案：')}
                  {money(data.plan.net_recovery, lang())}
                </span>
              )}
            </p>
            <p>{answer.data.why}</p>
            <details>
              <summary>{t('Its steps', '分步方案')}</summary>
              <Steps actions={answer.data.actions.filter((a) => a.expected_cash)} names={data.channel_names} short />
            </details>
          </>
        )}
      </div>
    </Card>
  );
}

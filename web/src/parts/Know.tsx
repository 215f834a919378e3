// What a person knows of a SKU's demand: units expected, spikes left out or locked. Each is a row of the log of
// decisions, and taken back there or here.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { ask } from '../api';
import { useDesk } from '../hooks';
import { t } from '../lang';
import { type DemandEdit, type SkuData } from '../sku';
import { moment } from '../zone';
import Card from './Card';
import { useMay } from './Parts';
import { tell, tellProblem } from './tell';

type Way = 'units' | 'times' | 'spike_left_out' | 'spike_again';
const ways = (): { value: Way; label: string }[] => [
  { value: 'units', label: t('expect so many units a week', '预计每周件数') },
  { value: 'times', label: t('expect so many times the forecast', '预计为原预测的倍数') },
  { value: 'spike_left_out', label: t('a past spike: leave it out', '历史异常销量：剔除') },
  { value: 'spike_again', label: t('a past spike: lock it, it comes again next year', '历史异常销量：锁定，次年同期重现') },
];

function Edit({ edit, back }: { edit: DemandEdit; back: (id: number) => void }) {
  const may = useMay();
  return (
    <li>
      {edit.says}
      {edit.why && ` · ${edit.why}`}{' '}
      <span className="hint">
        {edit.person} · {moment(edit.at)} · #{edit.id}
      </span>{' '}
      {may && (
        <Button size="small" onClick={() => back(edit.id)}>
          {t('Take back', '撤回')}
        </Button>
      )}
    </li>
  );
}

export default function Know({ data }: { data: SkuData }) {
  const { account } = useDesk();
  const may = useMay();
  const client = useQueryClient();
  const [way, setWay] = useState<Way>('units');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [figure, setFigure] = useState<number | null>(null);
  const [why, setWhy] = useState('');
  const spike = way === 'spike_left_out' || way === 'spike_again';
  const act = async (work: () => Promise<unknown>) => {
    try {
      await work();
      setFigure(null);
      setWhy('');
      await client.invalidateQueries({ queryKey: ['account', account] });
      tell(t('Kept. Plan again for the plan to go by it.', '已保存。请重新生成方案以按此计算。'));
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const keep = () =>
    act(() =>
      ask(`/accounts/${account}/skus/${encodeURIComponent(data.marketplace)}/${encodeURIComponent(data.sku)}/demand`, 'POST', {
        kind: spike ? way : 'forecast_set',
        from,
        to: to || from,
        ...(way === 'units' && { units_a_week: figure }),
        ...(way === 'times' && { times: figure }),
        why,
      }),
    );
  const back = (id: number) => void act(() => ask(`/accounts/${account}/decisions/${id}`, 'DELETE'));
  if (!may && data.forecast.edits.length === 0) return null;
  return (
    <Card title={t('What you know of its demand', '人工修改预测')}>
      {data.forecast.edits.length > 0 && (
        <ul className="reports">
          {data.forecast.edits.map((edit) => (
            <Edit key={edit.id} edit={edit} back={back} />
          ))}
        </ul>
      )}
      {may && (
        <Space wrap>
          <Select<Way> className="way" aria-label={t('What is known', '修改方式')} value={way} onChange={setWay} options={ways()} />
          <Input
            type="date"
            className="by-day"
            aria-label={t('First day', '开始日期')}
            value={from}
            onChange={(e) => setFrom(e.target.value)}
          />
          <Input type="date" className="by-day" aria-label={t('Last day', '结束日期')} value={to} onChange={(e) => setTo(e.target.value)} />
          {!spike && (
            <InputNumber
              min={0}
              value={figure}
              onChange={setFigure}
              aria-label={way === 'units' ? t('Units a week', '每周件数') : t('Times the forecast', '倍数')}
              placeholder={way === 'units' ? t('units a week', '件/周') : t('1.2', '1.2')}
            />
          )}
          <Input
            value={why}
            onChange={(e) => setWhy(e.target.value)}
            maxLength={200}
            aria-label={t('Why', '原因')}
            placeholder={t('why', '原因')}
          />
          <Button type="primary" disabled={!from || (!spike && figure === null)} onClick={() => void keep()}>
            {t('Keep', '保存')}
          </Button>
        </Space>
      )}
    </Card>
  );
}

// What somebody wanted to look at again, on its day.
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { type Decision } from '../desk';
import { t } from '../lang';
import { SkuLink, useMay } from './Parts';

type Decide = (decision: string, ids: string[], more?: Record<string, unknown>) => Promise<void>;

function Review({ of, decide }: { of: Decision; decide: Decide }) {
  const may = useMay();
  const [again, setAgain] = useState('');
  return (
    <li>
      <b>{of.review_on}</b> · <SkuLink marketplace={of.marketplace} sku={of.sku} /> {of.action} · {of.name}
      {of.person && ` · ${of.person}`}
      {of.why && ` · ${of.why}`}{' '}
      {may && of.action && (
        <span className="no-print">
          <Button
            size="small"
            onClick={() => void decide('note', [of.action!], { why: t('looked at', '已复盘'), ...(again && { review_on: again }) })}
          >
            {again ? t('Looked at, again then', '已复盘，届时再看') : t('Looked at', '已复盘')}
          </Button>{' '}
          <Input
            type="date"
            size="small"
            className="by-day"
            aria-label={t('Look again on', '再次复盘日期')}
            value={again}
            onChange={(e) => setAgain(e.target.value)}
          />
        </span>
      )}
    </li>
  );
}

export default function Reviews({ reviews, decide }: { reviews: Decision[]; decide: Decide }) {
  if (reviews.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t(`To be looked at again (${reviews.length})`, `到复盘日（${reviews.length}）`)}
      description={
        <ul className="reports">
          {reviews.map((one) => (
            <Review key={one.id} of={one} decide={decide} />
          ))}
        </ul>
      }
    />
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { ask } from '../api';
import { useDesk } from '../hooks';
import { t } from '../lang';
import { useMay } from './Parts';
import { tell, tellProblem } from './tell';

// Puts the channel in on the SKUs that the plan names: approved, in this week's list, for a person to carry out.
export default function TryIt({ channel }: { channel: string }) {
  const { account } = useDesk();
  const may = useMay();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!may) return null;
  const put = async () => {
    setBusy(true);
    try {
      const made = await ask<{ put_in: string[]; not_put_in: { sku: string; why: string }[] }>(`/accounts/${account}/trials`, 'POST', {
        channel,
      });
      await client.invalidateQueries({ queryKey: ['account', account] });
      const not = made.not_put_in.map((one) => `${one.sku}: ${one.why}`).join('; ');
      if (made.put_in.length > 0)
        tell(
          t(`${made.put_in.length} actions in This week, approved`, `已加入本周任务 ${made.put_in.length} 项（已批准）`) +
            (not ? `. ${not}` : ''),
        );
      else tell(not);
    } catch (error) {
      tellProblem(error);
    }
    setBusy(false);
  };
  return (
    <Button size="small" loading={busy} onClick={() => void put()} aria-label={`${t('Try it', '试用')} ${channel}`}>
      {t('Try it', '试用')}
    </Button>
  );
}

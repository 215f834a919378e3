// The files that carry out what is approved: looked at first, then written; each to be downloaded. Amazon's answer to
// one of them is taken here too.
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { ask } from '../api';
import { type CarriedOut, type WrittenFile } from '../desk';
import { number } from '../format';
import { useDesk } from '../hooks';
import { lang, t } from '../lang';
import Plain from './Plain';
import { tell, tellProblem } from './tell';

// One line a reason.
function HeldBack({ held }: { held: CarriedOut['held_back'] }) {
  const reasons = new Map<string, string[]>();
  for (const one of held) reasons.set(one.why, [...(reasons.get(one.why) ?? []), one.id]);
  return (
    <>
      {[...reasons].map(([why, ids]) => (
        <Alert
          key={why}
          type="warning"
          showIcon
          title={t(`${ids.length} held back: ${why}`, `暂缓 ${ids.length} 项：${why}`)}
          description={ids.slice(0, 8).join(', ') + (ids.length > 8 ? ' …' : '')}
        />
      ))}
    </>
  );
}

function List({ files, account }: { files: WrittenFile[]; account: number }) {
  return (
    <Plain
      rows={files}
      id={(f) => f.name}
      columns={[
        {
          head: t('File', '文件'),
          cell: (f) => (f.id ? <a href={`/api/v1/accounts/${account}/files/${f.id}`}>{f.name}</a> : f.name),
        },
        { head: t('Actions', '任务'), right: true, cell: (f) => number(f.actions.length, lang()) },
        { head: 'SHA-256', cell: (f) => <code>{f.sha256.slice(0, 12)}</code> },
      ]}
    />
  );
}

export default function Files({ close, done }: { close: () => void; done: () => void }) {
  const { account } = useDesk();
  const [written, setWritten] = useState<CarriedOut>();
  const [busy, setBusy] = useState(false);
  const [templates, setTemplates] = useState<{ name: string; content: string }[]>([]);
  const preview = useQuery({
    queryKey: ['files', account, lang(), templates.map((one) => one.name)],
    queryFn: () => ask<CarriedOut>(`/accounts/${account}/files`, 'POST', { dry_run: true, templates }),
    gcTime: 0,
    retry: false,
  });
  const fill = async (files: FileList | null) => {
    const read = async (file: File) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
      return { name: file.name, content: btoa(text) };
    };
    setTemplates(await Promise.all([...(files ?? [])].map(read)));
  };
  const write = async () => {
    setBusy(true);
    try {
      setWritten(await ask<CarriedOut>(`/accounts/${account}/files`, 'POST', { templates }));
      done();
    } catch (problem) {
      tellProblem(problem);
    }
    setBusy(false);
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      const answer = await ask<{ refused: { id: string }[]; unmatched: string[] }>(`/accounts/${account}/processing-reports`, 'POST', {
        text: await file.text(),
      });
      tell(t(`${answer.refused.length} actions refused by Amazon`, `亚马逊未受理 ${answer.refused.length} 项`), answer.refused.length > 0);
      done();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const shown = written ?? preview.data;
  return (
    <Modal
      open
      width={760}
      title={t('Files of what is approved and due', '已批准且到期任务的文件')}
      onCancel={close}
      footer={
        <Space>
          <Button onClick={close}>{t('Close', '关闭')}</Button>
          {!written && (
            <Button type="primary" loading={busy} disabled={!shown || shown.files.length === 0} onClick={() => void write()}>
              {t('Write them', '生成')}
            </Button>
          )}
        </Space>
      }
    >
      <Space direction="vertical" className="wide">
        {preview.error && <Alert type="error" title={preview.error.message} />}
        {shown?.notes.map((note) => (
          <Alert key={note} type="info" title={note} />
        ))}
        {shown && shown.files.length > 0 && <List files={shown.files} account={account} />}
        {shown && <HeldBack held={shown.held_back} />}
        {!written && (
          <label>
            {t(
              'Your own template to be filled in, if you have one: a listing template (sale prices with dates), a sheet of price discounts',
              '自备模板（可选）：商品模板（填入带日期的促销价）、价格折扣表',
            )}{' '}
            <input type="file" multiple accept=".xlsx,.xlsm" onChange={(e) => void fill(e.target.files)} />
          </label>
        )}
        <label>
          {t('Amazon’s processing report of an upload: each error lands on its action', '亚马逊上传处理报告：错误将落到对应任务')}{' '}
          <input type="file" onChange={(e) => void take(e.target.files?.[0])} />
        </label>
      </Space>
    </Modal>
  );
}

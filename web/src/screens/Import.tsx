import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Progress, Segmented, Select, Space, Table, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ask, type Job, type Overview, type Row, type Upload } from '../api';
import { money, number, raw, type Money } from '../format';
import { useAccount, useDesk, useJobs } from '../hooks';
import { lang, t } from '../lang';
import Card from '../parts/Card';
import Costs from '../parts/Costs';
import FirstReports, { Next } from '../parts/FirstReports';
import { tellProblem } from '../parts/tell';
import DataTable from '../parts/DataTable';
import { Title, useMay } from '../parts/Parts';
import Plain from '../parts/Plain';
import Rates from '../parts/Rates';
import { fileState } from '../words';
import { moment } from '../zone';

const part = 8 << 20;

async function upload(account: number, file: File, tell: (share: number) => void): Promise<string> {
  const { upload: id } = await ask<{ upload: string }>(`/accounts/${account}/uploads`, 'POST', { name: file.name });
  for (let at = 0; at < file.size; at += part) {
    await ask(`/accounts/${account}/uploads/${id}?offset=${at}`, 'PUT', file.slice(at, at + part));
    tell(Math.min(1, (at + part) / file.size));
  }
  return id;
}

// Files of what was dropped, folders opened.
async function filesOf(items: DataTransferItemList): Promise<File[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((e): e is FileSystemEntry => e !== null);
  const open = async (entry: FileSystemEntry): Promise<File[]> => {
    if (entry.isFile) return [await new Promise<File>((ok, no) => (entry as FileSystemFileEntry).file(ok, no))];
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    const all: FileSystemEntry[] = [];
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((ok, no) => reader.readEntries(ok, no));
      if (some.length === 0) break;
      all.push(...some);
    }
    return (await Promise.all(all.map(open))).flat();
  };
  return (await Promise.all(entries.map(open))).flat();
}

interface FileOutcome {
  path: string;
  sheet: string | null; // of a workbook with several, or a day of a file with several
  status: string;
  report: string | null;
  report_name?: string;
  rows_read: number;
  rows_imported: number;
  rows_refused: number;
  refused: { line: number; column: string | null; value: string | null; reason: string; fix: string }[];
  notes?: string[];
  coverage?: { marketplace: string; first_day: string; last_day: string; units: number }[];
  money?: Money[]; // that the report tells of, by currency
  error: { what: string; next: string | null } | null;
}

// Which days a report speaks for.
function days(f: FileOutcome): string {
  const spans = f.coverage ?? [];
  if (spans.length === 0) return '–';
  const first = spans.map((c) => c.first_day).sort()[0]!;
  const last = spans
    .map((c) => c.last_day)
    .sort()
    .at(-1)!;
  return first === last ? first : `${first} – ${last}`;
}
const sites = (f: FileOutcome): string => (f.coverage ?? []).map((c) => c.marketplace).join(', ') || '–';
const units = (f: FileOutcome): string =>
  f.coverage?.length
    ? number(
        f.coverage.reduce((sum, c) => sum + c.units, 0),
        lang(),
      )
    : '–';
const fileName = (f: FileOutcome): string => f.path + (f.sheet ? ` [${f.sheet}]` : '');

const states: Record<string, [string, string, string]> = {
  queued: ['waiting', '排队中', 'default'],
  running: ['running', '进行中', 'blue'],
  done: ['done', '完成', 'green'],
  failed: ['failed', '失败', 'red'],
  cancelled: ['cancelled', '已取消', 'orange'],
  interrupted: ['interrupted by a restart', '因重启中断', 'orange'],
};

function JobCard({ job, again }: { job: Job; again: () => void }) {
  const { account } = useDesk();
  const [en, zh, colour] = states[job.state]!;
  const files = (job.result?.files as FileOutcome[] | undefined) ?? [];
  const compared = (job.result?.compared as string[] | undefined) ?? [];
  const answers = (job.result?.answers as { path: string; said: string }[] | undefined) ?? [];
  const open = job.state === 'running' || job.state === 'queued';
  return (
    <Card
      title={
        <>
          <Tag color={colour}>{t(en, zh)}</Tag> {job.person} · {moment(job.created_at)}
        </>
      }
      extra={
        open ? (
          <Button size="small" onClick={() => void ask(`/accounts/${account}/jobs/${job.id}`, 'DELETE').catch(tellProblem)}>
            {t('Cancel', '取消')}
          </Button>
        ) : (
          job.state === 'interrupted' &&
          !!job.request?.files && (
            <Button size="small" onClick={again}>
              {t('Run again', '重新运行')}
            </Button>
          )
        )
      }
    >
      {open && (
        <>
          <span role="status">{job.step}</span>
          <Progress percent={job.total > 0 ? Math.round((job.done / job.total) * 100) : 0} aria-label={t('progress', '进度')} />
        </>
      )}
      {job.state === 'failed' && <Alert type="error" title={typeof job.result?.error === 'string' ? job.result.error : ''} />}
      {job.state === 'interrupted' && (
        <p>{t('Files that were read whole are kept; nothing is half imported.', '已完整读取的文件均已保留；不存在半导入的数据。')}</p>
      )}
      {files.length > 0 && (
        <Table
          size="small"
          pagination={false}
          rowKey={fileName}
          scroll={{ x: true }}
          dataSource={files}
          expandable={{
            defaultExpandedRowKeys: files.filter((f) => f.error).map(fileName),
            rowExpandable: (f) => f.refused.length > 0 || !!f.error || (f.notes ?? []).length > 0,
            expandedRowRender: (f) => (
              <>
                {f.error && <Alert type="error" title={f.error.what} description={f.error.next} />}
                {(f.notes ?? []).map((n) => (
                  <p key={n}>{n}</p>
                ))}
                {f.refused.slice(0, 100).map((r, i) => (
                  <p key={i}>
                    {t('line', '行')} {r.line} {r.column && `· ${r.column}`} {r.value !== null && `· “${r.value}”`}: {r.reason}
                    {r.fix && ` — ${r.fix}`}
                  </p>
                ))}
              </>
            ),
          }}
          columns={[
            { title: t('File', '文件'), render: (_, f) => fileName(f) },
            { title: t('What it is', '识别为'), render: (_, f) => f.report_name ?? f.report ?? '–' },
            { title: t('Site', '站点'), render: (_, f) => sites(f) },
            { title: t('Days', '数据日期'), render: (_, f) => days(f) },
            {
              title: t('State', '状态'),
              render: (_, f) => (
                <Tag
                  color={
                    f.status === 'imported' ? 'green' : f.status === 'failed' ? 'red' : f.status === 'set_aside' ? 'orange' : 'default'
                  }
                >
                  {fileState(f.status)}
                </Tag>
              ),
            },
            { title: t('Read', '读取行'), align: 'right', render: (_, f) => number(f.rows_read, lang()) },
            { title: t('Imported', '导入行'), align: 'right', render: (_, f) => number(f.rows_imported, lang()) },
            { title: t('Units', '件数'), align: 'right', render: (_, f) => units(f) },
            { title: t('Money', '金额'), align: 'right', render: (_, f) => f.money?.map((m) => money(m, lang())).join('; ') || '–' },
            { title: t('Refused', '未导入的行'), align: 'right', render: (_, f) => number(f.rows_refused, lang()) },
          ]}
        />
      )}
      {answers.map((one) => (
        <p key={one.path}>
          {one.path}: {one.said}
        </p>
      ))}
      {compared.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Card>
  );
}

function Drop({ begin }: { begin: (files: File[]) => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        void filesOf(e.dataTransfer.items).then(begin);
      }}
    >
      <p>
        {t(
          'Drop reports or a folder of them here: what each is, is found out from its headers.',
          '将报告或整个文件夹拖到此处：系统按表头自动识别类型。',
        )}
      </p>
      <Button type="primary" onClick={() => input.current?.click()}>
        {t('Choose files', '选择文件')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('Files', '文件')}
        onChange={(e) => void begin([...(e.target.files ?? [])])}
      />
    </div>
  );
}

interface Told {
  upload: string;
  modified: number; // seconds: the file's own time
  marketplace?: string;
  snapshot_date?: string;
}
interface Asked {
  file: File;
  told: Told;
  says: Upload;
}

// What a report does not say of itself: its marketplace, its day.
function AskAbout({
  asked,
  change,
  go,
  leave,
}: {
  asked: Asked[];
  change: (upload: string, part: Partial<Told>) => void;
  go: () => void;
  leave: () => void;
}) {
  const settings = useAccount<{ price_endings: { marketplace: string; name: string }[] }>('/settings');
  const marketplaces = (settings.data?.price_endings ?? []).map((m) => ({ value: m.marketplace, label: `${m.marketplace} ${m.name}` }));
  return (
    <Modal
      open={asked.length > 0}
      title={t('These reports do not say everything', '以下报告信息不全')}
      okText={t('Import', '导入')}
      cancelText={t('Leave it', '取消')}
      onOk={go}
      onCancel={leave}
      width={720}
    >
      <p>
        {t(
          'Left empty: the marketplace is told from the SKUs that other reports have, the day is the snapshot’s that is imported with it, else the file’s own.',
          '留空时：站点按其他报告中的 SKU 判断；日期取同批导入的库存快照日期，否则取文件自身的日期。',
        )}
      </p>
      <Plain
        rows={asked}
        id={(a) => a.told.upload}
        columns={[
          { head: t('File', '文件'), cell: (a) => `${a.file.name} · ${a.says.report_name ?? '–'}` },
          {
            head: t('Site', '站点'),
            cell: (a) =>
              a.says.needs_marketplace ? (
                <Select
                  allowClear
                  className="currency"
                  aria-label={`${t('Site of', '站点：')} ${a.file.name}`}
                  value={a.told.marketplace}
                  onChange={(marketplace: string | undefined) => change(a.told.upload, { marketplace })}
                  options={marketplaces}
                  showSearch
                />
              ) : (
                '–'
              ),
          },
          {
            head: t('Day', '日期'),
            cell: (a) =>
              a.says.needs_day ? (
                <Input
                  type="date"
                  aria-label={`${t('Day of', '日期：')} ${a.file.name}`}
                  value={a.told.snapshot_date ?? ''}
                  onChange={(e) => change(a.told.upload, { snapshot_date: e.target.value || undefined })}
                />
              ) : (
                '–'
              ),
          },
        ]}
      />
    </Modal>
  );
}

function Kept() {
  const { account } = useDesk();
  const may = useMay();
  const client = useQueryClient();
  const [query, setQuery] = useSearchParams();
  const tab = query.get('tab') === 'refused' ? 'refused' : 'imports';
  const set = async (row: Row, status: string) => {
    try {
      await ask(`/accounts/${account}/imports/${raw(row.id)}`, 'PATCH', { status });
      await client.invalidateQueries({ queryKey: ['account', account] });
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const status = (r: Row) => (
    <Space size={4}>
      {raw(r.status)}
      {r.status_id !== 'in_force' && (
        <Button size="small" onClick={() => void set(r, 'in_force')}>
          {t('use', '启用')}
        </Button>
      )}
      {r.status_id !== 'discarded' && (
        <Button size="small" onClick={() => void set(r, 'discarded')}>
          {t('discard', '停用')}
        </Button>
      )}
    </Space>
  );
  return (
    <>
      <Segmented<'imports' | 'refused'>
        value={tab}
        onChange={(next) => setQuery(next === 'refused' ? { tab: next } : {})}
        options={[
          { value: 'imports', label: t('All imports', '全部导入') },
          { value: 'refused', label: t('Refused rows', '未导入的行') },
        ]}
      />
      {tab === 'imports' ? (
        <DataTable
          key="imports"
          table="imports"
          screen="imports"
          hint={t('File, report…', '文件、报告…')}
          render={may ? { status } : undefined}
        />
      ) : (
        <DataTable key="refused" table="refused" screen="refused" hint={t('File, column, value…', '文件、列、值…')} />
      )}
    </>
  );
}

export default function Import() {
  const { account } = useDesk();
  const may = useMay();
  const { jobs, refetch } = useJobs();
  const [sending, setSending] = useState<string>();
  const [waiting, setWaiting] = useState<Asked[]>([]);
  const start = async (files: Told[]) => {
    setWaiting([]);
    try {
      if (files.length > 0) await ask(`/accounts/${account}/imports`, 'POST', { files });
      void refetch();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const begin = async (files: File[]) => {
    const sent: Asked[] = [];
    try {
      for (const file of files) {
        const id = await upload(account, file, (s) => setSending(`${file.name} ${Math.round(s * 100)} %`));
        const says = await ask<Upload>(`/accounts/${account}/uploads/${id}`);
        sent.push({ file, says, told: { upload: id, modified: Math.floor(file.lastModified / 1000) } });
      }
    } catch (problem) {
      tellProblem(problem);
      return;
    } finally {
      setSending(undefined);
    }
    if (sent.some((a) => a.says.needs_day || a.says.needs_marketplace)) setWaiting(sent);
    else await start(sent.map((a) => a.told));
  };
  const again = async (job: Job) => {
    try {
      await ask(`/accounts/${account}/imports`, 'POST', { files: job.request?.files });
      void refetch();
    } catch (problem) {
      tellProblem(problem);
    }
  };
  const imports = jobs.filter((j) => j.kind === 'import');
  const there = useAccount<Overview>('/overview').data !== undefined;
  return (
    <>
      <Title text={t('Import', '导入')} />
      {may && <Drop begin={begin} />}
      {sending && <Alert type="info" title={sending} role="status" />}
      <AskAbout
        asked={waiting.filter((a) => a.says.needs_day || a.says.needs_marketplace)}
        change={(id, part) => setWaiting(waiting.map((a) => (a.told.upload === id ? { ...a, told: { ...a.told, ...part } } : a)))}
        go={() => void start(waiting.map((a) => a.told))}
        leave={() => setWaiting([])}
      />
      {imports.slice(0, 3).map((job) => (
        <JobCard key={job.id} job={job} again={() => void again(job)} />
      ))}
      {there ? <Next done={imports[0]?.state === 'done'} /> : <FirstReports />}
      <div className="two">
        {may && there && <Costs started={() => void refetch()} />}
        <Rates />
      </div>
      {there && <Kept />}
    </>
  );
}

import { Alert, Button, Empty, Popover, Skeleton } from 'antd';
import { type ReactNode } from 'react';
import { Link } from 'wouter';
import { type Overview, Problem } from '../api';
import { useAccount, useDesk } from '../hooks';
import { t } from '../lang';
import FirstReports from './FirstReports';

export function Failed({ error, retry }: { error: Error; retry?: () => void }) {
  if (error instanceof Problem && error.status === 404 && error.code === 'not_found')
    return (
      <>
        <Empty description={error.message}>
          <Link href="/import">
            <Button type="primary">{t('Import reports', '导入报告')}</Button>
          </Link>
        </Empty>
        <FirstReports />
      </>
    );
  return (
    <Alert
      type="error"
      showIcon
      title={error.message}
      description={error instanceof Problem ? error.next : t('Is the server running?', '服务是否在运行？')}
      action={retry && <Button onClick={retry}>{t('Again', '重试')}</Button>}
    />
  );
}

// Loading, failed, or what there is.
// `title`: of a screen whose own needs the data; it stands there before they come, and where none do.
export function Loaded<T>({
  query,
  title,
  children,
}: {
  query: { data?: T; error: Error | null; refetch: () => unknown };
  title?: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return (
    <>
      {title && (
        <header className="title">
          <h1>{title}</h1>
        </header>
      )}
      {query.error ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} aria-label={t('loading', '加载中')} />
      )}
    </>
  );
}

// A screen's title with how old its data is: the newest snapshot's day, the reports one click away.
export function Title({ text, asOf, children }: { text: string; asOf?: string; children?: ReactNode }) {
  const overview = useAccount<Overview>('/overview');
  const data = overview.data;
  const day = asOf ?? data?.as_of;
  const old = (data?.reports ?? []).filter((r) => r.stale);
  return (
    <header className="title">
      <h1>{text}</h1>
      {day && (
        <Popover
          trigger={['click', 'focus']}
          content={
            <ul className="reports">
              {(data?.reports ?? []).map((r) => (
                <li key={r.report + r.marketplace} className={r.stale ? 'stale' : ''}>
                  {r.name} {r.marketplace} · {r.day} {r.stale && t(`(${r.age_days} days older)`, `（早 ${r.age_days} 天）`)}
                </li>
              ))}
            </ul>
          }
        >
          <button className="as-of">
            {t('data of', '数据日期')} {day}
            {old.length > 0 && (
              <b className="stale">
                {' '}
                · {t(`${old.length} ${old.length === 1 ? 'report is' : 'reports are'} out of date`, `${old.length} 份报告已过期`)}
              </b>
            )}
          </button>
        </Popover>
      )}
      <span className="grow" />
      {children}
    </header>
  );
}

const bandColours: Record<string, string> = { 'stockout risk': 'red', healthy: 'green', excess: 'blue', 'dead stock': 'purple' };
export function Band({ en, label }: { en: string; label: string }) {
  return <span className={`band ${bandColours[en] ?? ''}`}>{label}</span>;
}

export function SkuLink({ marketplace, sku }: { marketplace: string; sku: string }) {
  return <Link href={`/sku/${encodeURIComponent(marketplace)}/${encodeURIComponent(sku)}`}>{sku}</Link>;
}

// The listing as buyers see it.
export function OnAmazon({ link, name, whole }: { link?: string | null; name?: string | null; whole?: boolean }) {
  if (!link) return null;
  const label = t(`${name ?? ''} on Amazon`, `${name ?? ''} 亚马逊商品页`);
  return (
    <a href={link} target="_blank" rel="noreferrer" className="amazon" aria-label={label} title={label}>
      {whole ? `${name ?? ''} ↗` : '↗'}
    </a>
  );
}

export function useMay(): boolean {
  return useDesk().session.role !== 'viewer';
}

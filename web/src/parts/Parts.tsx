import { Alert, Button, Empty, Skeleton, Tag, Tooltip } from 'antd';
import { type ReactNode } from 'react';
import { Link } from 'wouter';
import { Problem } from '../api';
import { useDesk } from '../hooks';
import { t } from '../lang';

export function Failed({ error, retry }: { error: Error; retry?: () => void }) {
  if (error instanceof Problem && error.status === 404 && error.code === 'not_found')
    return (
      <Empty description={error.message}>
        <Link href="/import">
          <Button type="primary">{t('Import reports', '导入报告')}</Button>
        </Link>
      </Empty>
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
export function Loaded<T>({ query, children }: { query: { data?: T; error: Error | null; refetch: () => unknown }; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton active paragraph={{ rows: 8 }} aria-label={t('loading', '加载中')} />;
}

// A screen's title with how old its data is.
export function Title({ text, asOf, children }: { text: string; asOf?: string; children?: ReactNode }) {
  return (
    <header className="title">
      <h1>{text}</h1>
      {asOf && (
        <Tooltip title={t('The newest snapshot that was imported', '已导入的最新快照')}>
          <span className="as-of">
            {t('data of', '数据日期')} {asOf}
          </span>
        </Tooltip>
      )}
      <span className="grow" />
      {children}
    </header>
  );
}

const bandColours: Record<string, string> = { 'stockout risk': 'red', healthy: 'green', excess: 'blue', 'dead stock': 'purple' };
export function Band({ en, label }: { en: string; label: string }) {
  return <Tag color={bandColours[en] ?? 'default'}>{label}</Tag>;
}

export function SkuLink({ marketplace, sku }: { marketplace: string; sku: string }) {
  return <Link href={`/sku/${encodeURIComponent(marketplace)}/${encodeURIComponent(sku)}`}>{sku}</Link>;
}

export function useMay(): boolean {
  return useDesk().session.role !== 'viewer';
}

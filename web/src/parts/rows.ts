// Rows of the server's, of any number: pages are fetched as they come into sight.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useRef } from 'react';

const chunk = 100;

export function useRows<P, R>({
  key,
  fetch,
  total,
  rows,
  height,
  enough = 12,
}: {
  key: unknown[];
  fetch: (offset: number, limit: number, signal: AbortSignal) => Promise<P>;
  total: (page: P) => number;
  rows: (page: P) => R[];
  height: number;
  enough?: number;
}) {
  const page = (offset: number) => ({
    queryKey: [...key, offset],
    queryFn: ({ signal }: { signal: AbortSignal }) => fetch(offset, chunk, signal),
  });
  const head = useQuery({ ...page(0), placeholderData: keepPreviousData });
  const count = head.data ? total(head.data) : 0;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => height, overscan: enough });
  const visible = virtual.getVirtualItems();
  const wanted = useDeferredValue([...new Set(visible.map((row) => Math.floor(row.index / chunk)))].filter((n) => n > 0).join(','));
  const numbers = wanted.split(',').filter(Boolean).map(Number);
  const more = useQueries({ queries: numbers.map((n) => page(n * chunk)) });
  const row = (index: number): R | undefined => {
    const n = Math.floor(index / chunk);
    const data = n === 0 ? head.data : more[numbers.indexOf(n)]?.data;
    return data && rows(data)[index % chunk];
  };
  return { head, count, box, visible, row, size: virtual.getTotalSize() };
}

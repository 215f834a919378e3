// A table's view: its words, filters, order and columns, as they stand in the address.
export interface View {
  words: string;
  filters: Record<string, string[]>; // ["excess", "dead"], ["100.."]: a value may hold a comma, so each has its own parameter
  sort: string; // "-excess_units"
  columns: string[]; // none: those the server shows first
  tab?: string; // of a screen with several
}

export function readView(query: URLSearchParams): View {
  const filters: Record<string, string[]> = {};
  for (const [key, value] of query) if (key.startsWith('f.') && value) (filters[key.slice(2)] ??= []).push(value);
  return {
    words: query.get('q') ?? '',
    filters,
    sort: query.get('sort') ?? '',
    columns: (query.get('columns') ?? '').split(',').filter(Boolean),
    tab: query.get('tab') ?? undefined,
  };
}

export function writeView(view: View): URLSearchParams {
  const query = new URLSearchParams();
  if (view.tab) query.set('tab', view.tab);
  if (view.words) query.set('q', view.words);
  for (const [key, values] of Object.entries(view.filters)) for (const value of values) if (value) query.append(`f.${key}`, value);
  if (view.sort) query.set('sort', view.sort);
  if (view.columns.length > 0) query.set('columns', view.columns.join(','));
  return query;
}

// A click on a column's head: largest first, smallest first, as it came.
export function nextSort(sort: string, column: string): string {
  if (sort === `-${column}`) return column;
  return sort === column ? '' : `-${column}`;
}

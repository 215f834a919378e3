// Figures as people read them, by language and currency. Unknown stays a word.
import { type Lang } from './lang';

export interface Money {
  amount: string;
  currency: string;
}
export type Kind = 'text' | 'units' | 'number' | 'money' | 'share' | 'day';
export type Cell = string | number | Money | null;

const locale = (lang: Lang) => (lang === 'zh' ? 'zh-CN' : 'en-US');

// Making one is slow; a table needs a thousand of the same.
const made = new Map<string, Intl.NumberFormat>();
function formatter(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  let found = made.get(key);
  if (!found) made.set(key, (found = new Intl.NumberFormat(locale(lang), options)));
  return found;
}

export const unknown = (lang: Lang): string => (lang === 'zh' ? '未提供' : 'unknown');

export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

// A cell for keys, links and addresses, not for people.
export function raw(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return isMoney(cell) ? cell.amount : String(cell);
}

export function money(value: Money | null | undefined, lang: Lang, whole = false): string {
  if (!value) return unknown(lang);
  const digits = whole ? 0 : value.currency === 'JPY' ? 0 : 2;
  return formatter(lang, {
    style: 'currency',
    currency: value.currency,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(Number(value.amount))
    .replace(/\u00a0/g, ' ');
}

export function number(value: number | null | undefined, lang: Lang, decimals = 0): string {
  if (value === null || value === undefined) return unknown(lang);
  return formatter(lang, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

export function share(value: number | null | undefined, lang: Lang): string {
  if (value === null || value === undefined) return unknown(lang);
  return formatter(lang, { style: 'percent', maximumFractionDigits: 1 }).format(value);
}

export function shown(value: Cell | undefined, kind: Kind, decimals: number, lang: Lang): string {
  if (value === null || value === undefined) return unknown(lang);
  if (isMoney(value)) return money(value, lang);
  if (typeof value === 'string') return value;
  if (kind === 'share') return share(value, lang);
  return number(value, lang, kind === 'number' ? decimals : 0);
}

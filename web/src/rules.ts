// A rule as it is typed: shares in per cent, lists with commas between.
import { type Setting } from './api';

type Value = Setting['value'];

// 0.07 × 100 is 7.000000000000001.
const tidy = (n: number): number => Number(n.toPrecision(12));

export function typed(value: Value, unit: Setting['unit']): string {
  const one = (n: number) => String(unit === 'share' ? tidy(n * 100) : n);
  return Array.isArray(value) ? value.map(one).join(', ') : one(value);
}

// Nothing where it is no figure, or another number of them than a list of one needs.
export function readTyped(text: string, unit: Setting['unit'], list: boolean): Value | null {
  const parts = text
    .split(/[,，、;\s]+/)
    .map((part) => part.replace(/%$/, ''))
    .filter(Boolean);
  const figures = parts.map(Number);
  if (figures.length === 0 || figures.some((n) => !Number.isFinite(n))) return null;
  const values = figures.map((n) => (unit === 'share' ? tidy(n / 100) : n));
  if (list) return values;
  return values.length === 1 ? values[0]! : null;
}

export const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

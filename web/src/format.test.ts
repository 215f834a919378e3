import { describe, expect, it } from 'vitest';
import { money, number, share, shown } from './format';

describe('figures', () => {
  it('names the currency and groups by thousands', () => {
    expect(money({ amount: '1075450.25', currency: 'USD' }, 'en')).toBe('USD 1,075,450.25');
    expect(money({ amount: '1980', currency: 'JPY' }, 'en')).toBe('JPY 1,980');
    expect(money({ amount: '-20.69', currency: 'USD' }, 'en', true)).toBe('-USD 21');
  });
  it('keeps the unknown unknown', () => {
    expect(money(null, 'en')).toBe('unknown');
    expect(number(undefined, 'zh')).toBe('未提供');
    expect(shown(null, 'units', 0, 'en')).toBe('unknown');
    expect(shown(0, 'units', 0, 'en')).toBe('0');
  });
  it('shows shares and numbers with their decimals', () => {
    expect(share(0.5768, 'en')).toBe('57.7%');
    expect(shown(2.345, 'number', 2, 'en')).toBe('2.35');
    expect(shown(1234.4, 'units', 0, 'en')).toBe('1,234');
    expect(shown('2026-01-05', 'day', 0, 'zh')).toBe('2026-01-05');
  });
});

import { expect, it } from 'vitest';
import { cashSoFar } from './cash';

it('holds the cash of the last week that had any', () => {
  const curve = [
    { week: 0, start: '2026-01-05', cash_so_far: { amount: '10.50', currency: 'USD' } },
    { week: 3, start: '2026-01-26', cash_so_far: { amount: '-2', currency: 'USD' } },
  ];
  expect([-1, 0, 2, 3, 9].map((week) => cashSoFar(curve, week))).toEqual([0, 10.5, 10.5, -2, -2]);
  expect(cashSoFar([], 5)).toBe(0);
});

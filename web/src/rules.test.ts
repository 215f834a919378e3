import { expect, it } from 'vitest';
import { readTyped, same, typed } from './rules';

it('shows shares in per cent and lists with commas, and reads them back', () => {
  for (const [value, unit, text] of [
    [0.07, 'share', '7'],
    [0.075, 'share', '7.5'],
    [[0.1, 0.4, 0.3, 0.2], 'share', '10, 40, 30, 20'],
    [[14, 7, 14, 7], 'days', '14, 7, 14, 7'],
    [-2, 'number', '-2'],
  ] as const) {
    expect(typed(value as number | number[], unit)).toBe(text);
    expect(readTyped(text, unit, Array.isArray(value))).toEqual(value);
  }
  expect(readTyped('12 %', 'share', false)).toBe(0.12);
  expect(readTyped('3，7、14', 'days', true)).toEqual([3, 7, 14]);
});

it('takes nothing for a figure that is none', () => {
  for (const text of ['', 'abc', '1 2', '--1', 'Infinity']) expect(readTyped(text, 'days', false)).toBeNull();
  expect(readTyped(' , ', 'days', true)).toBeNull();
});

it('tells whether a rule was changed', () => {
  expect(same([1, 2], [1, 2])).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(same(1, 1)).toBe(true);
});

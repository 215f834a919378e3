import { expect, it } from 'vitest';
import { nextSort, readView, writeView } from './view';

it('goes into the address and comes back the same', () => {
  const view = {
    words: 'garden hose',
    filters: { band: ['excess', 'dead'], tag: ['Q4,slow'], excess_units: ['100..'] },
    sort: '-excess_units',
    columns: ['sku', 'band'],
    tab: 'lines',
  };
  expect(readView(new URLSearchParams(writeView(view).toString()))).toEqual(view);
});

it('leaves what is not asked for out of the address', () => {
  expect(writeView({ words: '', filters: { band: [], tag: [''] }, sort: '', columns: [] }).toString()).toBe('');
});

it('turns the order with each click', () => {
  expect(nextSort('', 'sku')).toBe('-sku');
  expect(nextSort('-sku', 'sku')).toBe('sku');
  expect(nextSort('sku', 'sku')).toBe('');
  expect(nextSort('-band', 'sku')).toBe('-sku');
});

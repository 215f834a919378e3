import { expect, test } from 'vitest';
import { programmes, readWeek, type TodoAction, writeWeek } from './desk';

const action = (over: Partial<TodoAction>): TodoAction =>
  ({
    id: 'DSK-2026W49-0001',
    marketplace: 'US',
    sku: 'A-1',
    asin: null,
    title: 'Lamp',
    owner: null,
    channel: 'outlet',
    channel_name: 'Outlet deal',
    gain: { amount: '10.50', currency: 'USD' },
    how: 'clicks',
    state: 'proposed',
    screen: 'Inventory',
    ...over,
  }) as TodoAction;

test('the address holds the view', () => {
  const view = { owner: '王强', kind: 'file', marketplace: 'US', state: 'approved', q: 'lamp' };
  expect(readWeek(writeWeek(view))).toEqual(view);
  expect(writeWeek(readWeek(new URLSearchParams('x=1'))).toString()).toBe('');
});

test('one programme of one store is one group, money by currency', () => {
  const groups = programmes([
    action({}),
    action({ id: '2', gain: null }),
    action({ id: '3', marketplace: 'UK', gain: { amount: '3', currency: 'GBP' } }),
  ]);
  expect(groups.map((g) => [g.key, g.actions.length, g.gain])).toEqual([
    ['outlet US', 2, { USD: 10.5 }],
    ['outlet UK', 1, { GBP: 3 }],
  ]);
});

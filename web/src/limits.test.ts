import { expect, it } from 'vitest';
import { asked } from './parts/Limits';

it('asks for what was filled in, and for nothing where nothing was', () => {
  expect(asked({})).toBeNull();
  expect(asked({ cash_by: [{ day: '2026-12-31', amount: '' }], storage: [], actions: null, fees_a_month: '' })).toBeNull();
  // 0 is a limit.
  expect(asked({ actions: 0 })).toEqual({ actions: 0 });
  expect(
    asked({
      cash_by: [
        { day: '2026-12-31', amount: '50000' },
        { day: '', amount: '1' },
      ],
      storage: [{ cuft: 1200 }, { cuft: 300, type: 'oversize' }],
      clicks: 15,
      loss_a_month: '2000.50',
    }),
  ).toEqual({
    cash_by: [{ day: '2026-12-31', amount: '50000' }],
    storage: [{ cuft: 1200 }, { cuft: 300, type: 'oversize' }],
    clicks: 15,
    loss_a_month: '2000.50',
  });
});

import { expect, test } from 'vitest';
import { moment } from './zone';

test('a time is shown in the zone that is asked for', () => {
  expect(moment('2026-11-30T16:05:00Z', 'Asia/Shanghai')).toBe('2026-12-01 00:05');
  expect(moment('2026-11-30T16:05:00Z', 'UTC')).toBe('2026-11-30 16:05');
});
test('what is no time stays as it is', () => expect(moment('–', 'UTC')).toBe('–'));

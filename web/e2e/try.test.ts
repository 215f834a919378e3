// What no figure is known for, put in from the Plan: it stands in the week, and its file is written.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Product } from './product';

const product = new Product();

beforeAll(() => product.sample());
afterAll(() => product.close());

it('tries a business price on the SKUs that the plan names', async () => {
  const page = await product.begun();
  await page.getByRole('link', { name: 'Plan', exact: true }).click();
  await page.getByText(/channels without a figure/).click();
  if (process.env.DESTOCK_SHOTS) await page.screenshot({ path: join(process.env.DESTOCK_SHOTS, 'try.png'), fullPage: false });
  await page.getByRole('button', { name: 'Try it business' }).click();
  await page.getByText(/actions in This week, approved/).waitFor();
  await page.getByRole('link', { name: 'This week', exact: true }).click();
  await page.getByText('Business price and quantity tiers').first().waitFor();
  if (process.env.DESTOCK_SHOTS) await page.screenshot({ path: join(process.env.DESTOCK_SHOTS, 'try-week.png'), fullPage: false });
  await page.getByRole('button', { name: /中\s*文/ }).click();
  await page.getByText('企业价格与数量折扣').first().waitFor();
  if (process.env.DESTOCK_SHOTS) await page.screenshot({ path: join(process.env.DESTOCK_SHOTS, 'try-week-zh.png'), fullPage: false });
  expect(product.faults).toEqual([]);
}, 120_000);

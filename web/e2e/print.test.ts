// The week on paper: what a browser prints is counted.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Product } from './product';

const product = new Product();

beforeAll(() => product.sample());
afterAll(() => product.close());

it('prints one page an owner, each with his name above it', async () => {
  const page = await product.begun();
  await page.getByText('DSK-').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.locator('.paper').first().waitFor();
  const owners = await page.locator('.paper h1').allInnerTexts();
  expect(owners.length).toBeGreaterThan(2);
  expect(new Set(owners).size).toBe(owners.length);
  const paper = await page.pdf({ preferCSSPageSize: true });
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBe(owners.length);
  expect(product.faults).toEqual([]);
});

// The week on paper: what a browser prints is counted.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, Product } from './product';

const product = new Product();

beforeAll(async () => {
  await product.run('demo', join(product.folder, 'sample'), '--db', product.database);
  await product.start();
});
afterAll(() => product.close());

it('prints one page an owner, each with his name above it', async () => {
  const page = await product.page();
  await page.goto(product.link);
  await page.getByLabel('Name').fill('owner');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: /^This week/ }).waitFor();
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

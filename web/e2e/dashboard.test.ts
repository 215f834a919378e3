import { writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Page, type Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, Product } from './product';

const product = new Product('2026-11-30T12:00:00Z');
let page: Page;
let lines = 0; // of the first plan
const shots = process.env.DESTOCK_SHOTS; // a folder: every screen is kept there as a picture

beforeAll(async () => {
  await product.run('demo', join(product.folder, 'sample'), '--db', join(product.folder, 'other.db'));
  await product.start();
  page = await product.page();
  page.on('request', (asked) => !asked.url().includes('/events') && under.add(asked));
  page.on('requestfinished', (asked) => under.delete(asked));
  page.on('requestfailed', (asked) => under.delete(asked));
});
afterAll(() => product.close());

async function reports(): Promise<string[]> {
  const folder = join(product.folder, 'sample', 'reports');
  return (await readdir(folder)).map((name) => join(folder, name));
}

// What a page asks for has come. The stream of the account's jobs stays open and does not count.
const under = new Set<Request>();
async function quiet(): Promise<void> {
  await page.waitForLoadState('load');
  for (let still = 0; still < 5; still = under.size === 0 ? still + 1 : 0) await page.waitForTimeout(100);
}

async function jobEnds(at: Page): Promise<void> {
  await at.getByText('done', { exact: true }).first().waitFor({ timeout: 60_000 });
}

it('begins with a link that serves once', async () => {
  expect(product.link).toContain('/setup#');
  await page.goto(product.link);
  await page.getByLabel('Name').fill('owner');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Too short').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('There is no account yet.').waitFor();
  const again = await product.page();
  await again.goto(product.link);
  await again.getByLabel('Name').fill('thief');
  await again.getByLabel('Password', { exact: true }).fill(password);
  await again.getByRole('button', { name: 'Begin' }).click();
  await again
    .getByText('The link was used already', { exact: false })
    .or(again.getByText('the link was used already', { exact: false }))
    .waitFor();
  await again.context().close();
});

it('imports the sample account from a folder of files', async () => {
  await page.getByRole('button', { name: 'Make an account' }).click();
  await page.getByText('nothing is imported yet').first().waitFor();
  for (const path of ['/', '/overview', '/inventory', '/plan', '/restock']) {
    await page.goto(product.address + path);
    await page.getByText('nothing is imported yet').first().waitFor();
  }
  await page.goto(`${product.address}/import`);
  await page.locator('input[type=file]').setInputFiles(await reports());
  await jobEnds(page);
  await page.getByText('exchange_rates.csv').first().waitFor();
});

it('diagnoses: the same figures as the command line', async () => {
  await page.goto(`${product.address}/overview`);
  const health = JSON.parse(
    await product.run('health', '--db', join(product.folder, 'other.db'), '--account', 'sample', '--format', 'json'),
  );
  const value = Math.round(Number(health.summary.excess_value.amount)).toLocaleString('en-US');
  await page.getByText(`USD ${value}`).first().waitFor();
  await page.goto(`${product.address}/inventory?f.band=excess&sort=-excess_units`);
  const most = Math.max(
    ...health.skus.filter((s: { band: string }) => s.band === 'excess').map((s: { excess_units: number }) => s.excess_units),
  );
  await page
    .getByRole('cell', { name: most.toLocaleString('en-US'), exact: true })
    .first()
    .waitFor();
});

it('shows the figures behind a chart, and the chart again', async () => {
  for (const chart of await page.locator('.chart').all()) {
    await chart.getByRole('button', { name: 'Table' }).click();
    expect(await chart.locator('tbody tr').count()).toBeGreaterThan(5);
    await chart.getByRole('button', { name: 'Chart' }).click();
    await chart.locator('canvas').waitFor();
  }
});

it('makes a plan as a job', async () => {
  await page.goto(`${product.address}/plan`);
  await page.getByRole('button', { name: 'Make a plan' }).click();
  await page.getByText('Net recovery').first().waitFor({ timeout: 60_000 });
  const plan = JSON.parse(
    await product.run('plan', '--db', join(product.folder, 'other.db'), '--account', 'sample', '--format', 'json', '--dry-run'),
  );
  await page
    .getByText(`USD ${Math.round(Number(plan.expected_net_recovery.amount)).toLocaleString('en-US')}`)
    .first()
    .waitFor();
});

it('approves, locks and leaves out lines; the next plan keeps to it', async () => {
  const all = page.getByRole('button', { name: /^Approve these [\d,]+/ });
  lines = Number((await all.innerText()).match(/\d+/)![0]);
  expect(lines).toBeGreaterThan(200);
  await all.click();
  await page.getByText(`${lines} lines approved`).waitFor();
  const first = page.locator('.gantt-row.grid-row').first();
  const sku = (await first.getByRole('button').innerText()).trim();
  await first.getByRole('button').click();
  await page.getByRole('button', { name: 'Leave out' }).click();
  await page.getByRole('button', { name: 'Take in again' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Plan again' }).click();
  await page.getByText(`${lines - 1} SKUs;`, { exact: false }).waitFor({ timeout: 60_000 });
  await expect.poll(() => page.locator('.gantt-row.grid-row').first().innerText()).not.toContain(sku);
  await page.getByRole('button', { name: 'Left out (1)' }).click();
  await page.getByRole('link', { name: sku, exact: true }).waitFor();
  await page.keyboard.press('Escape');
});

it('compares policies, and shows what a wish would do before it is kept', async () => {
  await page.getByText('Compare', { exact: true }).click();
  await page.getByRole('cell', { name: 'all out in bulk now' }).waitFor();
  const plan = await page.evaluate(
    async () => (await (await fetch('/api/v1/accounts/1/plans/latest')).json()) as { expected_net_recovery: { amount: string } },
  );
  await page
    .getByRole('cell', { name: `USD ${Math.round(Number(plan.expected_net_recovery.amount)).toLocaleString('en-US')}` })
    .first()
    .waitFor();
  if (shots) await page.screenshot({ path: join(shots, 'en-plan-compare.png') });
  await page.getByText('Calendar', { exact: true }).click();
  await page.locator('.gantt-row.grid-row').first().getByRole('button').click();
  await page.getByLabel('Lowest price').fill('15');
  await page.getByText('With these').waitFor();
  await page.keyboard.press('Escape');
});

it('plans within limits, says what they cost, and does without them again', async () => {
  await page.goto(`${product.address}/plan`);
  await page.getByRole('button', { name: 'Limits', exact: true }).click();
  await page.getByLabel('Changes a week').fill('20');
  await page.getByRole('button', { name: 'Plan again' }).click();
  await page.getByRole('heading', { name: 'What the limits cost' }).waitFor({ timeout: 110_000 });
  expect(await page.locator('table.plain').getByText('changes', { exact: true }).count()).toBeGreaterThan(0);
  // They stand for the next plan too, until they are taken away.
  await page.reload();
  await page.getByRole('button', { name: 'Limits: on' }).click();
  expect(await page.getByLabel('Changes a week').inputValue()).toBe('20');
  await page.getByRole('button', { name: 'No limits' }).click();
  await page.getByRole('button', { name: 'Plan again' }).click();
  await page.getByRole('heading', { name: 'What the limits cost' }).waitFor({ state: 'detached', timeout: 110_000 });
});

it('restocks: an alert filters the list, and the calendar says what is due', async () => {
  await page.goto(`${product.address}/restock`);
  const alert = page.getByRole('group', { name: 'Alerts' }).getByRole('button').first();
  const count = /\d[\d,]*$/.exec(await alert.innerText())![0];
  await alert.click();
  await page.getByText(`${count} rows`).waitFor();
  await page.getByText('Seasonal calendar').waitFor();
  await page.locator('.season-row').nth(3).waitFor();
});

it('keeps settings: a changed rule is in force, and goes back', async () => {
  await page.goto(`${product.address}/settings`);
  const capital = page.getByLabel('Plan: cost of capital a year');
  await capital.fill('abc');
  expect(await page.getByRole('button', { name: 'Keep rules' }).isDisabled()).toBe(true);
  await capital.fill('30');
  await page.getByRole('button', { name: 'Keep rules (1)' }).click();
  await page.getByText('Kept.').waitFor();
  const value = () =>
    page.evaluate(
      async () =>
        ((await (await fetch('/api/v1/accounts/1/settings')).json()) as { rules: { id: string; value: number }[] }).rules.find(
          (r) => r.id === 'plan.cost_of_capital_per_year',
        )!.value,
    );
  expect(await value()).toBe(0.3);
  await page.getByRole('switch', { name: 'Use Woot' }).click();
  await expect.poll(() => page.getByRole('switch', { name: 'Use Woot' }).getAttribute('aria-checked')).toBe('false');
  if (shots) await page.screenshot({ path: join(shots, 'en-settings-changed.png') });
  await page.getByRole('switch', { name: 'Use Woot' }).click();
  await page.getByRole('button', { name: 'cost of capital a year: back to 12 %' }).click();
  await page.getByRole('button', { name: 'Keep rules (1)' }).click();
  await expect.poll(value).toBe(0.12);
});

it('answers what if within 200 ms at the middle of twenty', async () => {
  const line = await page.evaluate(async () => (await (await fetch('/api/v1/accounts/1/plans/latest')).json()).lines[0]);
  await page.goto(`${product.address}/sku/${line.marketplace}/${encodeURIComponent(line.sku)}`);
  await page.getByText('What if').waitFor();
  const before = await page.locator('.what-if-value').innerText();
  await page.getByRole('slider').first().focus();
  for (let i = 0; i < 19; ++i) await page.keyboard.press('ArrowRight');
  await page.getByText('No price below 95 % of today’s').waitFor();
  await expect.poll(() => page.locator('.what-if-value').innerText()).not.toBe(before);
  const times = await page.evaluate(
    async ([marketplace, sku]) => {
      const csrf = (await (await fetch('/api/v1/session')).json()).csrf;
      const times: number[] = [];
      for (let i = 1; i <= 20; ++i) {
        const from = performance.now();
        const answer = await fetch(`/api/v1/accounts/1/skus/${marketplace}/${encodeURIComponent(sku)}/what-if`, {
          method: 'POST',
          headers: { 'X-CSRF-Token': csrf },
          body: JSON.stringify({ floor_share: i / 25 }),
        });
        await answer.json();
        times.push(performance.now() - from);
      }
      return times.sort((a, b) => a - b);
    },
    [line.marketplace, line.sku],
  );
  expect(times[10]).toBeLessThan(200);
});

it('exports what the filters show, and the workbook', async () => {
  await page.goto(`${product.address}/inventory?f.band=excess`);
  const rows = Number((await page.getByText(/^\d+ rows$/).innerText()).split(' ')[0]);
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
  expect((await readFile(await csv.path(), 'utf8')).trim().split('\r\n').length).toBe(rows + 1);
  await page.goto(`${product.address}/plan`);
  const [book] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Workbook' }).click()]);
  expect((await readFile(await book.path())).subarray(0, 2).toString()).toBe('PK');
});

it('says line, column, value and reason of a file that cannot be imported', async () => {
  const bad = join(product.folder, 'nonsense.csv');
  writeFileSync(bad, 'this is,no report\n1,2\n');
  await page.goto(`${product.address}/import`);
  await page.locator('input[type=file]').setInputFiles(bad);
  await page.getByRole('cell', { name: 'nonsense.csv' }).waitFor();
  await page.getByText('not read', { exact: true }).first().waitFor();
  await page.locator('.ant-table-expanded-row').getByRole('alert').first().waitFor();
});

it('carries out: approves this week, writes its files, takes back', async () => {
  await page.goto(product.address);
  await page.getByRole('heading', { name: /^This week/ }).waitFor();
  // Lines that were approved on the Plan screen are approved here, action by action.
  await page.getByRole('button', { name: 'Take back' }).first().click();
  await page.getByRole('button', { name: 'Approve 1 shown' }).click();
  await page.getByRole('button', { name: 'Approve 0 shown' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Approve 1 shown' }).click();
  await page.getByRole('button', { name: 'Approve 0 shown' }).waitFor();
  await page.getByRole('button', { name: 'Write files' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/prices_US_/).waitFor();
  await dialog.getByText('asks for a second yes', { exact: false }).first().waitFor();
  await dialog.getByRole('button', { name: 'Write them' }).click();
  const link = dialog.getByRole('link', { name: /^prices_US_/ });
  await link.waitFor();
  const [got] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const text = await readFile(await got.path(), 'utf8');
  expect(text.split('\r\n')[0]).toBe(
    'sku\tprice\tminimum-seller-allowed-price\tmaximum-seller-allowed-price\tquantity\thandling-time\tfulfillment-channel',
  );
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('handed over').first().waitFor();
  await page.getByPlaceholder('SKU, title, action').fill('zzz');
  await page.getByPlaceholder('SKU, title, action').press('Enter');
  await page.getByText('Nothing is due by this filter.').waitFor();
  expect(page.url()).toContain('q=zzz');
});

it('speaks Chinese, and keeps to it', async () => {
  await page.goto(`${product.address}/overview`);
  await page
    .getByRole('button', { name: '中文' })
    .or(page.getByRole('button', { name: '中 文' }))
    .click();
  await page.getByText('占用资金').waitFor();
  await page.reload();
  await page.getByText('本周清单').waitFor();
  if (shots) await keep('zh');
  await page.goto(`${product.address}/overview`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Cash tied up').waitFor();
});

const screens = ['/', '/overview', '/review', '/inventory', '/plan', '/restock', '/import', '/settings'];

async function keep(name: string): Promise<void> {
  const line = await page.evaluate(async () => (await (await fetch('/api/v1/accounts/1/plans/latest')).json()).lines[0]);
  for (const path of [...screens, `/sku/${line.marketplace}/${line.sku}`]) {
    await page.goto(product.address + path);
    await quiet();
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(shots!, `${name}-${path.split('/')[1] || 'week'}.png`), fullPage: true });
  }
}

it('has no serious finding of axe', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const line = await page.evaluate(async () => (await (await fetch('/api/v1/accounts/1/plans/latest')).json()).lines[0]);
  const found: string[] = [];
  for (const path of [...screens, `/sku/${line.marketplace}/${line.sku}`]) {
    await page.goto(product.address + path);
    await quiet();
    await page.evaluate(axe);
    const result = await page.evaluate(async () =>
      (
        window as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }
      ).axe.run(),
    );
    for (const v of result.violations)
      if (v.impact === 'serious' || v.impact === 'critical')
        found.push(
          `${path} ${v.id}: ${v.nodes
            .map((n) => n.html.slice(0, 160))
            .slice(0, 3)
            .join(' | ')}`,
        );
  }
  expect(found).toEqual([]);
  if (shots) await keep('en');
});

it('lets a second person in with less, at the same time', async () => {
  await page.goto(`${product.address}/settings`);
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page.locator('code.link').innerText();
  const other = await product.page({ width: 420, height: 900 });
  await other.goto(link);
  await other.getByLabel('Name').fill('operator');
  await other.getByLabel('Password', { exact: true }).fill(password);
  await other.getByRole('button', { name: 'Begin' }).click();
  await other.getByRole('heading', { name: /^This week/ }).waitFor();
  const denied = await other.evaluate(async () => (await fetch('/api/v1/people')).status);
  expect(denied).toBe(403);
  const wide = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.goto(`${product.address}/plan`);
  await page.getByText(`${lines - 1} SKUs;`, { exact: false }).waitFor();
  await other.context().close();
});

it('survives a kill in the middle of an import: nothing half done, and it says so', async () => {
  // A file large enough that the kill comes before its end.
  const head =
    'amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\n';
  const lines: string[] = [];
  for (let i = 0; i < 400_000; ++i)
    lines.push(
      `111-${i}\t\t2025-11-${String(1 + (i % 28)).padStart(2, '0')}T10:00:00+00:00\t2025-11-28T10:00:00+00:00\tShipped\tAmazon\tAmazon.com\t\tStandard\tThing\tBIG-${i % 500}\tB0${i % 500}\tShipped\t1\tUSD\t10.00`,
    );
  const big = join(product.folder, 'big_orders.txt');
  writeFileSync(big, head + lines.join('\n'));
  await page.goto(`${product.address}/import`);
  const count = () => page.evaluate(async () => (await (await fetch('/api/v1/accounts/1/imports')).json()).imports.length as number);
  const before = await count();
  const begun = page.waitForResponse((answer) => answer.url().endsWith('/imports') && answer.request().method() === 'POST', {
    timeout: 60_000,
  });
  await page.locator('input[type=file]').setInputFiles(big);
  expect((await begun).status()).toBe(202);
  const port = Number(new URL(product.address).port);
  await product.end('SIGKILL');
  await product.start(port);
  await page.reload();
  await page.getByText('interrupted by a restart').waitFor();
  expect(await count()).toBe(before);
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect.poll(count, { timeout: 60_000 }).toBe(before + 1);
});

it('has had no fault on any page', () => {
  expect(product.faults).toEqual([]);
});

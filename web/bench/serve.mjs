// The server with many SKUs: first page of Inventory under load, idle connections, script of the first load, scrolling.
// node bench/serve.mjs FOLDER SKUS
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, skus] = [process.argv[2], Number(process.argv[3])];
const program = resolve(process.env.DESTOCK_PROGRAM ?? '../build/destock');
const database = join(folder, 'serve.db');
const run = (...words) => {
  try {
    execFileSync(program, words, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error.status !== 3) throw error; // done, some rows refused: the sample has faulty ones
  }
};

// The sample's reports, each row as often as it takes.
run('demo', join(folder, 'sample'), '--as-of', '2026-01-05', '--db', join(folder, 'small.db'));
const reports = join(folder, 'sample', 'reports');
const many = join(folder, 'many');
mkdirSync(many);
const planning = readdirSync(reports).find((name) => name.startsWith('fba_inventory_US'));
const [head, ...rows] = readFileSync(join(reports, planning), 'utf8').trim().split(/\r?\n/);
const sku = head.split(/[\t,]/).findIndex((name) => name.replaceAll('"', '').replace('\ufeff', '') === 'sku');
const mark = head.includes('\t') ? '\t' : ',';
const out = [head];
for (let copy = 0; out.length <= skus; ++copy)
  for (const row of rows) {
    if (out.length > skus) break;
    const cells = row.split(mark);
    cells[sku] = `${cells[sku].replaceAll('"', '')}-${copy}`;
    out.push(cells.join(mark));
  }
writeFileSync(join(many, planning), out.join('\n'));
run('import', many, '--db', database);

const server = spawn(program, ['serve', '--db', database, '--port', '0']);
let said = '';
await new Promise((ok) => server.stdout.on('data', (text) => (said += text).includes('Ctrl+C') && ok()));
const address = /http:\S+/.exec(said)[0];
const setup = await fetch(`${address}/api/v1/setup`, { method: 'POST', body: JSON.stringify({ token: /setup#(\S+)/.exec(said)[1], name: 'bench', password: 'a long enough password' }) });
const cookie = setup.headers.get('set-cookie').split(';')[0];
const account = (await setup.json()).accounts[0].id;
const url = `${address}/api/v1/accounts/${account}/tables/inventory?limit=100&sort=-excess_units&facets=priority,marketplace,band,owner,tag`;
const first = await (await fetch(url, { headers: { cookie } })).json();
console.log(`SKUs in Inventory                       ${first.total}`);

const wrk = (connections) => execFileSync('wrk', [`-t${Math.min(2, connections)}`, `-c${connections}`, '-d10s', '--latency', '-H', `Cookie: ${cookie}`, url], { encoding: 'utf8' });
const line = (text, name) => new RegExp(`${name}\\s+(\\S+)`).exec(text)?.[1];
const alone = wrk(1);
const loaded = wrk(50);
console.log(`first page, 1 client, 99 %              ${line(alone, '99%')}   ${line(alone, 'Requests/sec:')} a second`);
console.log(`first page, 50 clients, 99 %            ${line(loaded, '99%')}   ${line(loaded, 'Requests/sec:')} a second   (asked: 50 ms)`);

const idle = await Promise.all(
  Array.from({ length: 1000 }, () => new Promise((ok, no) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1', () => ok(socket));
    socket.on('error', no);
  })),
);
await new Promise((ok) => setTimeout(ok, 2000));
const held = idle.filter((socket) => !socket.destroyed && socket.readyState === 'open').length;
const from = performance.now();
await fetch(url, { headers: { cookie } }).then((answer) => answer.arrayBuffer());
console.log(`idle connections held                   ${held}   a page beside them ${(performance.now() - from).toFixed(1)} ms`);
idle.forEach((socket) => socket.destroy());

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const context = await browser.newContext({ viewport: { width: 1400, height: 950 } });
await context.addCookies([{ name: cookie.split('=')[0], value: cookie.split('=')[1], url: address }]);
const page = await context.newPage();
let script = 0;
const network = await context.newCDPSession(page);
await network.send('Network.enable');
const scripts = new Set();
network.on('Network.responseReceived', (event) => event.type === 'Script' && scripts.add(event.requestId));
network.on('Network.loadingFinished', (event) => scripts.has(event.requestId) && (script += event.encodedDataLength));
await page.goto(address);
await page.locator('.tile').first().waitFor({ timeout: 60_000 });
await page.waitForLoadState('networkidle');
console.log(`script of the Overview's first load     ${(script / 1000).toFixed(0)} kB compressed   (asked: 400)`);
await page.goto(`${address}/inventory`);
await page.locator('.grid-row').first().waitFor();
const frames = await page.evaluate(async () => {
  const box = document.querySelector('.grid-scroll');
  const times = [];
  let last = performance.now();
  for (let i = 0; i < 200; ++i) {
    box.scrollTop += 700;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b);
});
console.log(`scrolling 200 times by 20 rows: longest frame ${frames.at(-1).toFixed(0)} ms, middle ${frames[100].toFixed(0)} ms   (asked: none over 100)`);
await browser.close();
server.kill();

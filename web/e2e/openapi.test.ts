// Every answer of the API is what openapi.yaml says of it, and every route stands there.
import Ajv from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { password, Product } from './product';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
const description = parse(readFileSync('../src/server/openapi.yaml', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: object;
};
const ajv = new Ajv({ strict: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/, binary: true } });
ajv.addSchema({ $id: 'api', ...description });

const product = new Product();
let cookie = '';
let csrf = '';
const seen = new Set<string>();

async function call(
  operation: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: Record<string, unknown> | null; headers: Headers }> {
  const [template, method] = find(operation);
  const answer = await fetch(`${product.address}/api/v1${path}`, {
    method: method.toUpperCase(),
    headers: { cookie, 'X-CSRF-Token': csrf, ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  seen.add(operation);
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  const json = type.includes('json') && text ? (JSON.parse(text) as Record<string, unknown>) : null;
  const at = (parts: string[]) => parts.map((p) => p.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  if (answer.status >= 400) check('api#/components/schemas/Problem', json, operation);
  else {
    const response = description.paths[template]![method]!.responses[String(answer.status)];
    expect(response, `${operation} answered ${answer.status}: ${text}`).toBeDefined();
    if (response!.content?.['application/json'] && !(type.startsWith('text/csv') && response!.content['text/csv']))
      check(
        `api#/${at(['paths', template, method, 'responses', String(answer.status), 'content', 'application/json', 'schema'])}`,
        json,
        operation,
      );
  }
  return { status: answer.status, json, headers: answer.headers };
}

// Beside it a cookie that tells the browser apart from others.
function session(headers: Headers): string {
  return headers
    .getSetCookie()
    .find((c) => c.startsWith('destock_session='))!
    .split(';')[0]!;
}

function find(operation: string): [string, string] {
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, of] of Object.entries(methods)) if (of.operationId === operation) return [path, method];
  throw new Error(`openapi.yaml does not know ${operation}`);
}

function check(schema: string, json: unknown, operation: string): void {
  const good = ajv.validate({ $ref: schema }, json);
  expect(good, `${operation}: ${ajv.errorsText()}`).toBe(true);
}

async function jobEnds(id: unknown): Promise<Record<string, unknown>> {
  for (;;) {
    const { json } = await call('getJob', `/accounts/1/jobs/${String(id)}`);
    if (json!.state !== 'queued' && json!.state !== 'running') return json!;
    await new Promise((ok) => setTimeout(ok, 100));
  }
}

beforeAll(async () => {
  await product.run('demo', join(product.folder, 'sample'), '--db', product.database);
  await product.start();
  const { headers, json } = await call('acceptInvitation', '/setup', { token: product.link.split('#')[1], name: 'owner', password });
  cookie = session(headers);
  csrf = String(json!.csrf);
});
afterAll(() => product.close());

it('answers as described', async () => {
  const line = ((await call('getPlan', '/accounts/1/plans/latest')).json!.lines as { marketplace: string; sku: string }[])[0]!;
  const sku = `/accounts/1/skus/${line.marketplace}/${line.sku}`;
  await call('openapi', '/openapi.yaml');
  await call('getSession', '/session');
  await call('listAccounts', '/accounts');
  await call('getTogether', '/accounts/together?currency=USD');
  await call('getOverview', '/accounts/1/overview');
  await call('getHealth', '/accounts/1/health');
  for (const table of [
    'inventory',
    'plan_lines',
    'plan_actions',
    'plan_weeks',
    'restock',
    'ladder',
    'forecast',
    'reports',
    'facts',
    'imports',
    'refused',
    'calendar',
  ]) {
    await call('getTable', `/accounts/1/tables/${table}?limit=5`);
    await call('getTable', `/accounts/1/tables/${table}.csv`);
  }
  await call('getSku', sku);
  await call('getNotChosen', `${sku}/not-chosen`);
  await call('decideDemand', `${sku}/demand`, { kind: 'forecast_set', from: '2026-02-02', to: '2026-02-15', times: 1.1, why: 'a try' });
  expect((await call('decideDemand', `${sku}/demand`, { kind: 'forecast_set', from: '2026-02-02', to: '2026-02-15' })).status).toBe(400);
  await call('whatIf', `${sku}/what-if`, { floor_share: 0.8, out_by: '2026-04-01', elasticity: -1.5 });
  const head = (await call('getPlan', '/accounts/1/plans/latest?lines=none')).json!;
  expect(head.lines).toBeUndefined();
  const page = (await call('listLines', '/accounts/1/plans/latest/lines?limit=5&offset=2&sort=-net_recovery')).json! as {
    total: number;
    lines: { net_recovery: { amount: string; currency: string } }[];
  };
  expect(page.total).toBe((head.counts as { lines: number }).lines);
  expect(page.lines).toHaveLength(5);
  expect((await call('listLines', '/accounts/1/plans/latest/lines?sort=nonsense')).status).toBe(400);
  const some = (await call('changeLines', '/accounts/1/plans/latest/lines?f.marketplace=UK', { all: true, change: { approved: true } }))
    .json!.changed;
  expect(some).toBe((await call('listLines', '/accounts/1/plans/latest/lines?f.marketplace=UK&limit=1')).json!.total);
  expect(((await call('getPlan', '/accounts/1/plans/latest?lines=none')).json!.counts as { approved: number }).approved).toBe(some);
  await call('changeLines', '/accounts/1/plans/latest/lines?f.marketplace=UK', { all: true, change: { approved: false } });
  await call('listPlans', '/accounts/1/plans');
  const change = { approved: true, wishes: { floor_price: '9.99' } };
  await call('changeLines', '/accounts/1/plans/latest/lines', { lines: [{ marketplace: line.marketplace, sku: line.sku }], change });
  const plan = await call('makePlan', '/accounts/1/plans', { wishes: { floor_share: 0.9 } });
  expect((await jobEnds(plan.json!.job)).state).toBe('done');
  await call('listenToJob', `/accounts/1/jobs/${String(plan.json!.job)}/events`);
  const stream = await fetch(`${product.address}/api/v1/accounts/1/events`, { headers: { cookie } });
  expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  await stream.body!.cancel();
  seen.add('listenToAccount');
  const kept = (await call('getPlan', '/accounts/1/plans/latest')).json!.choices as { sku: string; wishes: unknown }[];
  expect(kept.filter((c) => c.wishes)).toMatchObject([{ sku: line.sku }]);
  await call('getRestock', '/accounts/1/restock');
  await call('getFacts', '/accounts/1/facts');
  await call('getWorkbook', '/accounts/1/workbook');
  await call('addRate', '/accounts/1/rates', { from: 'USD', to: 'CNY', rate: 7.1, day: '2026-01-03' });
  await call('listRates', '/accounts/1/rates');
  const upload = await call('beginUpload', '/accounts/1/uploads', { name: '../../rates.csv' });
  expect(upload.json!.name).toBe('rates.csv');
  const id = String(upload.json!.upload);
  expect((await call('addPart', `/accounts/1/uploads/${id}?offset=5`, 'x')).status).toBe(409);
  await call('addPart', `/accounts/1/uploads/${id}?offset=0`, 'date,from,to,rate\n2026-01-04,USD,CNY,7.05\n');
  expect((await call('getUpload', `/accounts/1/uploads/${id}`)).json).toMatchObject({
    report: 'exchange_rates',
    needs_day: false,
    needs_marketplace: false,
  });
  const job = await call('beginImport', '/accounts/1/imports', { files: [{ upload: id, modified: 1_767_571_200 }] });
  expect((await jobEnds(job.json!.job)).state).toBe('done');
  const imports = (await call('listImports', '/accounts/1/imports')).json!.imports as { id: number; report: string }[];
  expect((await call('setImportStatus', `/accounts/1/imports/${imports.at(-1)!.id}`, { status: 'discarded' })).status).toBe(204);
  await call('getCostSheet', '/accounts/1/cost-sheet');
  const costs = await call('addCosts', '/accounts/1/costs', {
    costs: [{ sku: line.sku, marketplace: line.marketplace, unit_cost: '42.67', currency: 'CNY' }],
  });
  const outcome = (await jobEnds(costs.json!.job)).result as { files: { rows_imported: number }[] };
  expect(outcome.files[0]!.rows_imported).toBe(1);
  const todo = (await call('getTodo', '/accounts/1/todo')).json as unknown as { actions: { id: string; how: string; state: string }[] };
  const first = todo.actions.find((a) => a.how === 'file' && a.state === 'proposed')!.id;
  expect((await call('decideActions', '/accounts/1/todo', { decision: 'approved', ids: [first] })).json!.done).toEqual([first]);
  expect((await call('decideActions', '/accounts/1/todo', { decision: 'put_off', ids: [first] })).status).toBe(400);
  expect((await call('decideActions', '/accounts/1/todo', { decision: 'approved', ids: ['DSK-1'] })).status).toBe(404);
  expect((await call('decideActions', '/accounts/1/todo', { decision: 'seen', ids: [first] })).status).toBe(400);
  const log = (await call('listDecisions', '/accounts/1/decisions')).json as unknown as { decisions: { id: number }[] };
  await call('undoDecision', `/accounts/1/decisions/${log.decisions[0]!.id}`);
  expect((await call('undoDecision', `/accounts/1/decisions/${log.decisions[0]!.id}`)).status).toBe(409);
  await call('decideActions', '/accounts/1/todo', { decision: 'approved', all: true, filter: { kind: 'file' } });
  await call('decideActions', '/accounts/1/todo', { decision: 'confirmed', all: true });
  const trial = { channel: 'business', off: 0.03, tiers: [{ from_units: 3, off: 0.05 }] };
  expect((await call('putInTrials', '/accounts/1/trials', trial)).json!.put_in).not.toEqual([]);
  expect((await call('putInTrials', '/accounts/1/trials', { channel: 'outlet' })).status).toBe(400);
  const wrote = (await call('writeFiles', '/accounts/1/files', {})).json as unknown as { files: { id: number; name: string }[] };
  expect(wrote.files.length).toBeGreaterThan(1);
  await call('listFiles', '/accounts/1/files');
  await call('getFile', `/accounts/1/files/${wrote.files[0]!.id}`);
  expect((await call('getFile', '/accounts/1/files/999999')).status).toBe(404);
  expect((await call('takeProcessingReport', '/accounts/1/processing-reports', { text: 'no report' })).status).toBe(422);
  await call('takeProcessingReport', '/accounts/1/processing-reports', { text: 'sku\terror-code\terror-type\terror-message\n' });
  await call('getTrack', '/accounts/1/track?weeks=4');
  await call('listJobs', '/accounts/1/jobs');
  expect((await call('cancelJob', '/accounts/1/jobs/999')).status).toBe(404);
  const view = await call('saveView', '/accounts/1/views', { screen: 'inventory', name: 'mine', query: 'q=hose' });
  await call('listViews', '/accounts/1/views');
  await call('removeView', `/accounts/1/views/${String(view.json!.id)}`);
  const settings = (await call('getSettings', '/accounts/1/settings')).json as unknown as {
    rules: { id: string; value: unknown; default: unknown }[];
    channels: { id: string; on: boolean }[];
  };
  expect(settings.rules.find((r) => r.id === 'plan.cost_of_capital_per_year')!.value).toBe(0.12);
  const set = (
    await call('changeSettings', '/accounts/1/settings', {
      rules: { 'plan.cost_of_capital_per_year': 0.3, 'velocity.weights': [0.1, 0.2, 0.3, 0.4] },
      channels: { outlet: false },
      price_endings: { US: 'x.99' },
      base_currency: 'CNY',
    })
  ).json as unknown as typeof settings;
  expect(set.rules.find((r) => r.id === 'plan.cost_of_capital_per_year')).toMatchObject({ value: 0.3, default: 0.12 });
  expect(set.channels.find((c) => c.id === 'outlet')!.on).toBe(false);
  expect((await call('getOverview', '/accounts/1/overview')).json!.base_currency).toBe('CNY');
  for (const wrong of [
    { rules: { 'plan.nonsense': 1 } },
    { rules: { 'velocity.weights': [1] } },
    { rules: { 'outlet.discount': 3 } },
    { rules: { 'plan.horizon_weeks': [1, 2] } },
    { channels: { markdown: false } },
    { channels: { nowhere: false } },
    { price_endings: { XX: 'x.99' } },
    { price_endings: { US: 'x.5' } },
    { base_currency: 'TALER' },
    { rules: { 'plan.horizon_weeks': 20 }, base_currency: '?' },
  ])
    expect((await call('changeSettings', '/accounts/1/settings', wrong)).status, JSON.stringify(wrong)).toBe(400);
  const back = (
    await call('changeSettings', '/accounts/1/settings', {
      rules: { 'plan.cost_of_capital_per_year': null, 'velocity.weights': null },
      channels: { outlet: true },
      price_endings: { US: null },
      base_currency: null,
    })
  ).json;
  expect(back).toEqual(settings);
  await call('listPeople', '/people');
  await call('invitePerson', '/people', { role: 'viewer', accounts: [1] });
  expect((await call('changePerson', '/people/1', { role: 'viewer' })).status).toBe(409);
  const second = (await call('addAccount', '/accounts', { name: 'second' })).json!.id;
  expect((await call('renameAccount', `/accounts/${String(second)}`, { name: 'shop/2' })).status).toBe(400);
  await call('renameAccount', `/accounts/${String(second)}`, { name: 'shop 2' });
  const token = await call('addToken', '/tokens', { name: 'erp', role: 'viewer' });
  const secret = String(token.json!.token);
  const bearer = { cookie: '', Authorization: `Bearer ${secret}` };
  expect((await call('getOverview', '/accounts/1/overview', undefined, bearer)).status).toBe(200);
  expect((await call('makePlan', '/accounts/1/plans', {}, bearer)).status).toBe(403);
  const tokens = (await call('listTokens', '/tokens')).json!.tokens as { id: number }[];
  await call('removeToken', `/tokens/${tokens[0]!.id}`);
  expect((await call('getOverview', '/accounts/1/overview', undefined, bearer)).status).toBe(401);
  await call('listAudit', '/audit');
  await call('changePassword', '/password', { old: password, new: `${password}!` });
  await call('signOut', '/session');
  await call('signIn', '/session', { name: 'owner', password: `${password}!` });
  const all = Object.values(description.paths)
    .flatMap((methods) => Object.values(methods).map((m) => m.operationId))
    .filter(Boolean);
  expect(all.filter((operation) => !seen.has(operation))).toEqual([]);
});

it('refuses what it must, and lives on', async () => {
  const signed = await call('signIn', '/session', { name: 'owner', password: `${password}!` });
  cookie = session(signed.headers);
  csrf = String(signed.json!.csrf);
  const raw = (path: string, init: RequestInit = {}) => fetch(product.address + path, init).then((answer) => answer.status);
  expect(await raw('/api/v1/accounts')).toBe(401);
  expect(await raw('/api/v1/accounts', { headers: { cookie: 'destock_session=00' } })).toBe(401);
  expect(await raw('/api/v1/accounts', { method: 'POST', headers: { cookie }, body: '{"name":"x"}' })).toBe(403); // no CSRF token
  expect(
    await raw('/api/v1/accounts', {
      method: 'POST',
      headers: { cookie, 'X-CSRF-Token': csrf, Origin: 'http://evil.example' },
      body: '{"name":"x"}',
    }),
  ).toBe(403);
  expect(await raw('/api/v1/accounts/7/overview', { headers: { cookie } })).toBe(404);
  expect(await raw('/api/v1/accounts/1/tables/inventory?sort=nonsense', { headers: { cookie } })).toBe(400);
  expect(await raw('/api/v1/accounts/1/tables/inventory?limit=-1', { headers: { cookie } })).toBe(400);
  expect(
    await raw('/api/v1/accounts/1/uploads/..%2F..%2Fetc?offset=0', { method: 'PUT', headers: { cookie, 'X-CSRF-Token': csrf }, body: 'x' }),
  ).toBe(404);
  for (const body of ['', '[]', '{', '{"name":1,"password":{}}', '\u0000', '"'.repeat(1000)])
    expect(await raw('/api/v1/session', { method: 'POST', body })).toBe(400);
  expect(await raw('/api/v1/../../etc/passwd')).toBeLessThan(500);
  for (let i = 0; i < 5; ++i)
    await raw('/api/v1/session', { method: 'POST', body: JSON.stringify({ name: 'owner', password: 'wrong wrong wrong' }) });
  const throttled = await call('signIn', '/session', { name: 'owner', password: `${password}!` });
  expect(throttled.status).toBe(429);
  expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await raw('/api/v1/accounts', { headers: { cookie } })).toBe(200);
  const page = await fetch(product.address);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  const tagged = await call('getOverview', '/accounts/1/overview');
  const again = await fetch(`${product.address}/api/v1/accounts/1/overview`, {
    headers: { cookie, 'If-None-Match': tagged.headers.get('etag')! },
  });
  expect(again.status).toBe(304);
});

it('ends in good order while a job runs and somebody listens', async () => {
  for (let i = 0; i < 3; ++i) {
    const job = await call('makePlan', '/accounts/1/plans', {});
    const events = await fetch(`${product.address}/api/v1/accounts/1/jobs/${String(job.json!.job)}/events`, { headers: { cookie } });
    expect(events.status).toBe(200);
    await events.body!.getReader().read();
    expect(await product.end()).toBe(0);
    await product.start();
    const cut = await call('getJob', `/accounts/1/jobs/${String(job.json!.job)}`);
    expect(['interrupted', 'done']).toContain(cut.json!.state);
  }
});

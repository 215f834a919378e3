// The listings feed that carry-out writes is what Amazon's own schema says of it. The models lie beside the project, not
// in it: without them the test is skipped, and says so.
import Ajv from 'ajv';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Product } from './product';

const models = process.env.DESTOCK_SPAPI_MODELS ?? '../../shared/data/spapi-models';
const there = existsSync(join(models, 'listings-feed-schema-v2.json'));
const product = new Product('2026-11-30T12:00:00Z');

beforeAll(async () => {
  if (there) await product.run('demo', join(product.folder, 'sample'), '--db', product.database);
});
afterAll(() => product.close());

it.skipIf(!there)('is valid by the schema of the feed, and by that of its messages', async () => {
  const read = (name: string) => JSON.parse(readFileSync(join(models, name), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, logger: false });
  const message = ajv.compile(read('listings-feed-message-schema-v2.json'));
  const feed = ajv.compile(read('listings-feed-schema-v2.json'));
  await product.run('approve', '--all', '--db', product.database, '--account', 'sample');
  const folder = join(product.folder, 'week');
  try {
    await product.run('carry-out', folder, '--seller', 'A1EXAMPLE', '--db', product.database, '--account', 'sample');
  } catch {
    // What is held back is told by the exit code; the files are there.
  }
  const names = readdirSync(folder).filter((name) => name.startsWith('listings_feed'));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const json = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { messages: object[] };
    expect(feed(json), JSON.stringify(feed.errors)).toBe(true);
    expect(json.messages.length).toBeGreaterThan(0);
    for (const one of json.messages) expect(message(one), JSON.stringify(message.errors)).toBe(true);
    // A wrong word is told apart: the schema is not one that lets all pass.
    expect(message({ ...json.messages[0], operationType: 'REPLACE' })).toBe(false);
  }
});

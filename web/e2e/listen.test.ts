// Where the server may listen: this machine, or with TLS, or behind a proxy; and what it says where it may not.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Product, program } from './product';

const product = new Product();
afterAll(() => product.close());

const refused = (...words: string[]) => {
  const ran = spawnSync(program, ['serve', '--db', product.database, '--port', '0', ...words], { encoding: 'utf8', timeout: 20_000 });
  return { code: ran.status, said: ran.stderr };
};

it('refuses an open network without TLS, and half a certificate', () => {
  const open = refused('--listen', '0.0.0.0');
  expect(open.code).toBe(1);
  expect(open.said).toContain('--tls-cert');
  expect(refused('--tls-cert', '/nowhere.pem').code).toBe(2);
  const none = refused('--tls-cert', '/nowhere.pem', '--tls-key', '/nowhere.pem');
  expect(none.code).toBe(1);
  expect(none.said).toContain('PEM');
});

it('speaks TLS with a certificate, and asks for it in later visits', async () => {
  const [key, certificate] = [join(product.folder, 'key.pem'), join(product.folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  );
  const server = spawn(
    program,
    ['serve', '--db', product.database, '--port', '0', '--listen', '0.0.0.0', '--tls-cert', certificate, '--tls-key', key],
    { env: { ...process.env, LC_ALL: 'C' } },
  );
  let said = '';
  await new Promise<void>((ok) => server.stdout.on('data', (text: Buffer) => (said += text.toString()).includes('Ctrl+C') && ok()));
  const port = Number(/https:\S+?:(\d+)/.exec(said)![1]);
  const answer = await new Promise<{ status?: number; headers: Record<string, unknown> }>((ok, no) =>
    request({ host: '127.0.0.1', port, path: '/api/v1/session', rejectUnauthorized: false }, (got) => {
      got.resume();
      ok({ status: got.statusCode, headers: got.headers });
    })
      .on('error', no)
      .end(),
  );
  expect(answer.status).toBe(200);
  expect(answer.headers['strict-transport-security']).toContain('max-age');
  await expect(fetch(`http://127.0.0.1:${port}/api/v1/session`)).rejects.toThrow();
  server.kill();
  expect(await new Promise((ok) => server.on('exit', ok))).toBe(0);
});

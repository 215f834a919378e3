// The product as a user has it: the real program on a database of its own, and Debian's Chromium.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';

export const program = resolve(process.env.DESTOCK_PROGRAM ?? '../build/destock');
export const password = 'a long enough password';

// What the sample account is told to do this week depends on the day: the clock of the product, not of the browser, is
// set to one and goes on from there. Not beside sanitizers, which bear no other library before them.
function clock(moment: string): NodeJS.ProcessEnv {
  const libraries = readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`);
  const library = libraries.find((path) => existsSync(path));
  if (!library) throw new Error('libfaketime is not installed: ./dev test installs it');
  return {
    LD_PRELOAD: library,
    FAKETIME: String(Math.round((Date.parse(moment) - Date.now()) / 1000)),
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  };
}

export class Product {
  readonly folder = mkdtempSync(join(tmpdir(), 'destock-e2e-'));
  readonly database = join(this.folder, 'destock.db');
  address = '';
  link = '';
  readonly faults: string[] = []; // of every page
  private readonly environment: NodeJS.ProcessEnv;
  private server?: ChildProcess;
  private browser?: Browser;

  // `moment`: as "2026-11-30T12:00:00Z"; none: the machine's.
  constructor(moment?: string) {
    this.environment = { ...process.env, LC_ALL: 'C', ...(moment ? clock(moment) : {}) };
  }

  // Beside the test's own loop: a program with sanitizers takes minutes, and the test's runner asks whether it lives.
  async run(...words: string[]): Promise<string> {
    const ran = await promisify(execFile)(program, words, {
      encoding: 'utf8',
      maxBuffer: 256 << 20,
      env: this.environment,
    });
    return ran.stdout;
  }

  async start(port = 0): Promise<void> {
    const server = spawn(program, ['serve', '--db', this.database, '--port', String(port)], { env: this.environment });
    this.server = server;
    let said = '';
    await new Promise<void>((ok, no) => {
      server.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('Ctrl+C')) ok();
      });
      server.stderr.on('data', (text: Buffer) => (said += text.toString()));
      server.on('exit', () => no(new Error(`the server ended: ${said}`)));
    });
    this.address = /http:\S+/.exec(said)?.[0] ?? '';
    this.link = /http:\S+setup#\S+/.exec(said)?.[0] ?? '';
  }

  // Its exit code; null where a signal ended it.
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const server = this.server;
    if (!server) return null;
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode;
    server.removeAllListeners('exit');
    return new Promise<number | null>((ok) => {
      server.on('exit', (code) => ok(code));
      server.kill(signal);
    });
  }

  // The sample account under `folder`, served.
  async sample(): Promise<void> {
    await this.run('demo', join(this.folder, 'sample'), '--db', this.database);
    await this.start();
  }

  // A page on which the first owner begins by the one-time link, in this week.
  async begun(): Promise<Page> {
    const page = await this.page();
    await page.goto(this.link);
    await page.getByLabel('Name').fill('owner');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: /^This week/ }).waitFor();
    return page;
  }

  async page(size = { width: 1400, height: 950 }): Promise<Page> {
    this.browser ??= await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    const context = await this.browser.newContext({ viewport: size, locale: 'en-US', acceptDownloads: true });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(error.message));
    // What the page's policy turns away is told as an error; so is every answer of 4xx, which tests ask for.
    page.on(
      'console',
      (said) => said.type() === 'error' && !said.text().startsWith('Failed to load resource') && this.faults.push(said.text()),
    );
    return page;
  }

  async signIn(page: Page, name: string): Promise<void> {
    await page.goto(this.address);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation').waitFor();
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

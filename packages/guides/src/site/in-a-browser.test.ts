import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildGuide } from './build-guide.ts';

const PROGRAM = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** As long as a book: what is drawn there is drawn elsewhere too. */
const LONG = 'reference/commands.html';

let folder: string;
let server: ChildProcess;
let browser: Browser;
let home: string;
let pages: readonly string[];

/** The guide as it is now, served by the program as it serves the page of a yard. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gityard-guide-'));
  const files = await buildGuide();
  pages = [...files.keys()].filter((path) => path.endsWith('.html'));
  for (const [path, text] of files) {
    const place = join(folder, 'docs/guide', path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  const env = { PATH: process.env.PATH, HOME: folder, GITYARD_PAGES: join(folder, 'docs') };
  execFileSync(process.execPath, [PROGRAM, 'init', 'yard.git'], { cwd: folder, env, stdio: 'ignore' });
  server = spawn(process.execPath, [PROGRAM, 'serve', '--yard', 'yard.git', '--port', '0'], { cwd: folder, env });
  home = await addressTold(server);
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});

afterAll(async () => {
  await browser?.close();
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

describe('the guide in a browser', () => {
  it('breaks no rule of WCAG 2.2 AA, in light or dark, and no rule of its own policy', async () => {
    const { page, trouble } = await open({ viewport: { width: 1280, height: 900 } });
    const broken: string[] = [];
    for (const path of pages.filter((it) => it !== LONG)) {
      await page.goto(home + path);
      broken.push(...(await brokenRules(page, LEVELS)).map((it) => `${path} ${it}`));
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    broken.push(...(await brokenRules(page, ['color-contrast'])).map((it) => `dark ${it}`));

    expect(broken).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it('fits onto a phone, and its menu begins folded there', async () => {
    const { page } = await open({ viewport: { width: 320, height: 700 }, isMobile: true, hasTouch: true });
    const wide: string[] = [];
    for (const path of pages) {
      await page.goto(home + path);
      if ((await page.evaluate(() => document.documentElement.scrollWidth)) > 320) wide.push(path);
    }

    expect(wide).toEqual([]);
    expect(await page.locator('.menu a').first().isVisible()).toBe(false);
    await page.getByText('Pages', { exact: true }).click();
    expect(await page.locator('.menu a').first().isVisible()).toBe(true);
  });

  it('finds by words, from the keyboard alone', async () => {
    const { page } = await open();
    await page.goto(`${home}faq.html`);

    await page.keyboard.press('/');
    await page.keyboard.type('lock run');
    await page.locator('#found a').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await page.waitForURL(`${home}reference/commands.html#gityard-lock-run`);
  });

  it('copies what is to be typed, and not what is printed', async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${home}five-minute-start.html`);

    const block = page.locator('figure.code', { hasText: 'made refs/heads/yard' });
    await block.hover();
    await block.getByRole('button', { name: 'Copy' }).click();

    await block.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'gityard init yard.git\nexport GITYARD_YARD="$PWD/yard.git"',
    );
  });

  it('keeps the theme that was chosen, on the page of the yard as well', async () => {
    const { page } = await open();
    await page.goto(`${home}faq.html`);

    await page.locator('.theme').click();
    await page.goto(`${home}limits.html`);

    expect(await page.evaluate(() => [document.documentElement.dataset.theme, localStorage['gityard-theme']])).toEqual([
      'light',
      'light',
    ]);
  });
});

async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && trouble.push(message.text())));
  page.on('pageerror', ({ message }) => void trouble.push(message));
  page.on('request', (request) => {
    if (!/^(?:data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) trouble.push(request.url());
  });
  return { page, trouble };
}

async function brokenRules(page: Page, runOnly: readonly string[]): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return await page.evaluate(
    async (rules) => {
      const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<Judged> } };
      const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
    },
    [...runOnly],
  );
}

interface Judged {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** What it prints when it answers. */
async function addressTold({ stdout }: ChildProcess): Promise<string> {
  let told = '';
  for await (const chunk of stdout ?? []) {
    told += chunk;
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0];
    if (origin) return `${origin}/guide/`;
  }
  throw new Error(`the server told no address: ${told}`);
}

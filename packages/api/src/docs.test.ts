import { chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiOf } from './testing/world.ts';

describe('docs', () => {
  it('shows the description and tries it out in a browser, under its policy and without asking anybody else', async () => {
    const api = await apiOf({});
    const page = await browserPage();
    const [foreign, broken]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(api.url) && !url.startsWith('data:')) foreign.push(url);
    });
    page.on('requestfailed', (request) => broken.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && broken.push(message.text())));
    await page.addInitScript(() => {
      const reports: string[] = [];
      document.addEventListener(
        'securitypolicyviolation',
        ({ violatedDirective: directive, blockedURI, sourceFile }) => {
          reports.push(`${directive} ${blockedURI} ${sourceFile}`);
        },
      );
      Object.assign(globalThis, { reports });
    });

    await page.goto(`${api.url}/docs`);
    await page.locator('#operations-page-hello button').first().click();
    await page.locator('#operations-page-hello .try-out__btn').click();
    await page.locator('#operations-page-hello .execute').click();

    await page.locator('#operations-page-hello .live-responses-table .response').first().waitFor();
    expect(await page.locator('#operations-page-hello .live-responses-table').first().innerText()).toContain('gityard');
    expect(await page.title()).toBe('Gityard API');
    expect(await page.evaluate('globalThis.reports')).toEqual([]);
    expect({ foreign, broken }).toEqual({ foreign: [], broken: [] });
  });

  it('is for everybody, as the description is', async () => {
    const api = await apiOf({ open: false });

    for (const path of ['/docs', '/docs/static/swagger-ui.css', '/docs/json'])
      expect((await fetch(`${api.url}${path}`)).status, path).toBe(200);
    expect((await fetch(`${api.url}/docs`)).headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

async function browserPage() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(180_000);
  return page;
}

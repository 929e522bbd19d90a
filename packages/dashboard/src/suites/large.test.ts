import { after, type ReadModel } from '@gityard/domain';
import { expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { largeYard } from '../testing/large-yard.ts';
import { memoryRepository } from '../testing/memory-repository.ts';
import { launchBrowser, serveYard } from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { nodesOf, settled } from './settled.ts';
import { visit } from './visit.ts';

const MOST_NODES = 6_000;
const NOW = new Date().toISOString();

it('a yard of 100 servers and 1,000 jobs is drawn with at most 6,000 elements, on every page', async () => {
  const model: ReadModel = largeYard(NOW);
  const [browser, yard] = await Promise.all([launchBrowser(), serveYardOnGithub(await builtPages(), { model })]);
  onTestFinished(async () => {
    await browser.close();
    await yard.close();
  });
  const { page, go } = await visit(browser, { url: yard.url });

  const tooMany: string[] = [];
  for (const address of ADDRESSES) {
    await go(address);
    const nodes = await nodesOf(page);
    if (nodes > MOST_NODES) tooMany.push(`${address} ${nodes}`);
  }

  expect(tooMany).toEqual([]);
});

it('ten thousand messages are read in as few requests as there are batches, and no more of them are drawn than are seen', async () => {
  const files = messageFiles(10_000);
  const newest = [...files.values()].slice(1, 51).map((text) => JSON.parse(text));
  const model = sampleYard(NOW, { messages: newest.map((it) => ({ ...it, readBy: 0, ackedBy: 0, missingAcks: 0 })) });
  const asked: string[] = [];
  const mount = ({ url = '' }: { url?: string }): boolean => {
    asked.push(url);
    return false;
  };
  const [browser, yard] = await Promise.all([
    launchBrowser(),
    serveYard(await builtPages(), model, { repository: memoryRepository(files), mount }),
  ]);
  onTestFinished(async () => {
    await browser.close();
    await yard.goAway();
  });
  const { page } = await visit(browser, { url: `${yard.url}#/messages` });
  const rows = page.locator('messages-page li[data-key]');
  const older = page.getByRole('button', { name: 'Read older messages' });
  const all = page.getByText('These are all messages that the yard keeps: 10000.');
  await rows.first().waitFor();

  while (!(await all.isVisible())) {
    await older.click();
    await older.or(all).waitFor();
  }

  expect(asked.filter((url) => url.startsWith('/api/v1/blobs')).length).toBeLessThanOrEqual(75);
  expect(asked.filter((url) => url.startsWith('/api/v1/trees'))).toHaveLength(2);
  expect(await rows.first().getAttribute('aria-setsize')).toBe('10000');
  const last = page.getByText('message 9999');
  for (const go of [() => Promise.resolve(), () => page.evaluate(() => scrollTo(0, document.body.scrollHeight))]) {
    await go();
    await settled(page);
    expect(await nodesOf(page)).toBeLessThan(2_000);
    expect(await rows.count()).toBeLessThan(60);
  }
  await last.waitFor();
  await page.getByRole('searchbox').fill('of a hundred');
  await page.getByRole('status').getByText('100 of 10000 messages').waitFor();
});

/** The newest first, as far as the order of a map goes. */
function messageFiles(count: number): ReadonlyMap<string, string> {
  const files = Array.from({ length: count }, (_, at) => {
    const id = `01k${String(count - at).padStart(8, '0')}`;
    const subject = `message ${at}${at % 100 === 7 ? ' of a hundred' : ''}`;
    const message = { id, from: 'build1', to: 'all', subject, body: `${subject}.`, sentAt: after(NOW, -at * 60_000) };
    return [`shared/messages/${id.slice(-2)}/${id}.json`, JSON.stringify(message)] as const;
  });
  return new Map([['yard.json', '{}'], ...files]);
}

import type { ReadModel } from '@gityard/domain';
import { expect, it, onTestFinished } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { largeYard } from '../testing/large-yard.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { serveYardOnGithub } from '../testing/yard-on-github.ts';
import { ADDRESSES } from './addresses.ts';
import { nodesOf } from './settled.ts';
import { visit } from './visit.ts';

const MOST_NODES = 6_000;

it('a yard of 100 servers and 1,000 jobs is drawn with at most 6,000 elements, on every page', async () => {
  const model: ReadModel = largeYard(new Date().toISOString());
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

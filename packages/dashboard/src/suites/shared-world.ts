/** One browser and one yard with all its files, for all cases of a suite that change neither. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { builtPages } from '../testing/built-pages.ts';
import { launchBrowser } from '../testing/real-page.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { serveYardOnGithub, type YardOnGithub } from '../testing/yard-on-github.ts';

export interface SharedWorld {
  readonly browser: Browser;
  readonly yard: YardOnGithub;
}

/** To be looked into by the cases alone: it is made before the first. */
export function sharedWorld(now: string): SharedWorld {
  const world = {} as { -readonly [K in keyof SharedWorld]: SharedWorld[K] };
  beforeAll(async () => {
    const model = sampleYard(now);
    const pages = await builtPages();
    [world.browser, world.yard] = await Promise.all([
      launchBrowser(),
      serveYardOnGithub(pages, { model, ...sampleFiles(model, now) }),
    ]);
    // A suite goes to more pages than a person does in an hour.
    world.yard.github.rules.limit = 5_000;
  });
  afterAll(async () => {
    await world.browser?.close();
    await world.yard?.close();
  });
  return world;
}

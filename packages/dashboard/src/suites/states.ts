/** Every state in which the page can be (research: dashboard §3.5), how it is reached, and the words that tell it from the others. */
import { after, type Time } from '@gityard/domain';
import type { BrowserContext, Page } from 'playwright-core';
import { isRemembered } from '../testing/real-page.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import type { YardOnGithub } from '../testing/yard-on-github.ts';

interface Scene {
  readonly yard: YardOnGithub;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly now: () => Time;
}

export interface PageState {
  readonly name: string;
  /** Stands on the page in this state and in no other. */
  readonly words: RegExp;
  /** What is known of servers is on the page. */
  readonly isKnown: boolean;
  /** Another time is shown than now; in every other state servers stand as they stood. */
  readonly isOtherTime?: true;
  /** What the page asks for never comes. */
  readonly isUnanswered?: true;
  /** Before the page is opened. */
  readonly before?: (scene: Scene) => unknown;
  /** On the page, which has drawn the yard by then. */
  readonly reach?: (scene: Scene) => unknown;
}

const EMPTY = { agents: [], jobs: [], finished: [], locks: [], messages: [], needsYou: [], history: [], totals: {} };
const BROKEN = {
  path: 'shared/jobs/3f/x.json',
  line: 3,
  code: 'INVALID_DATA',
  reason: 'expected status',
  author: 'ada',
  restored: false,
};
const HANGING = /\/api\/v3\//;

const rules =
  (change: object) =>
  ({ yard }: Scene) =>
    Object.assign(yard.github.rules, change);
const shows =
  (changes: object) =>
  ({ yard, now }: Scene) =>
    yard.show(sampleYard(now(), changes));
/** Neither an answer nor an end. */
const hangs = ({ context }: Scene) => context.route(HANGING, () => undefined);

/** The clock of the page goes on while nobody looks: so many times the interval that it has set itself. */
const unseenFor = (intervals: number) => async (scene: Scene) => {
  const { page } = scene;
  // The next look is by the clock of the worker, and would find all as it was.
  await hangs(scene);
  const now = await page.evaluate((times) => {
    const shell = document.querySelector('app-shell') as unknown as { shown(): { connection: Looked } };
    interface Looked {
      readonly lookedAt: number;
      readonly nextLookAt: number;
    }
    const { lookedAt, nextLookAt } = shell.shown().connection;
    return lookedAt + times * Math.max(15_000, nextLookAt - lookedAt);
  }, intervals);
  await page.clock.setFixedTime(now);
};

export const STATES: readonly PageState[] = [
  { name: 'loading', words: /Looking for the yard/, isKnown: false, isUnanswered: true, before: hangs },
  {
    name: 'remembered',
    words: /From .*, checking/,
    isKnown: true,
    isUnanswered: true,
    reach: async (scene) => {
      await isRemembered(scene.page);
      await hangs(scene);
      await scene.page.reload();
    },
  },
  { name: 'empty', words: /No server has joined this yard/, isKnown: false, before: shows(EMPTY) },
  { name: 'fresh', words: /2 things need you/, isKnown: true },
  { name: 'late', words: /The data are late/, isKnown: true, isOtherTime: true, reach: unseenFor(2) },
  { name: 'stale', words: /What you see is old/, isKnown: true, reach: unseenFor(5) },
  { name: 'dead', words: /Nothing new for a long time/, isKnown: true, reach: unseenFor(20) },
  { name: 'limited', words: /wants a pause/, isKnown: false, before: rules({ limit: 0 }) },
  { name: 'limited-later', words: /wants a pause/, isKnown: true, reach: looked(rules({ limit: 0 })) },
  {
    name: 'limited-for-long',
    words: /wants a pause/,
    isKnown: true,
    reach: async (scene) => {
      await looked(rules({ limit: 0 }))(scene);
      await scene.page.getByText(/wants a pause/).waitFor();
      await scene.page.clock.setFixedTime(Date.parse(scene.now()) + 3_000_000);
    },
  },
  { name: 'down', words: /GitHub does not answer/, isKnown: false, before: rules({ outage: 502 }) },
  { name: 'down-later', words: /GitHub does not answer/, isKnown: true, reach: looked(rules({ outage: 502 })) },
  {
    name: 'offline',
    words: /No network/,
    isKnown: true,
    reach: looked(({ context }) => context.setOffline(true)),
  },
  { name: 'absent', words: /Private, or misspelt/, isKnown: false, before: rules({ isPrivate: true }) },
  { name: 'absent-later', words: /Private, or misspelt/, isKnown: true, reach: looked(rules({ isPrivate: true })) },
  {
    name: 'unreadable',
    words: /The answer cannot be read/,
    isKnown: false,
    before: ({ yard }) => yard.show('<<<<<<<'),
  },
  {
    name: 'unreadable-later',
    words: /The answer cannot be read/,
    isKnown: true,
    reach: looked(({ yard }) => yard.show('<<<<<<<')),
  },
  {
    name: 'bad-file',
    words: /1 file of the yard cannot be read/,
    isKnown: true,
    before: shows({ quarantined: [BROKEN] }),
  },
  {
    name: 'newer',
    words: /This page is older than the yard/,
    isKnown: true,
    reach: looked(({ yard }) => yard.show('{"schemaVersion":999}')),
  },
  {
    name: 'rewritten',
    words: /History was rewritten/,
    isKnown: true,
    // Later, and yet of an earlier number.
    reach: looked(({ yard, now }) =>
      yard.show(sampleYard(now(), { sequence: 3, yard: 'acme-again', at: after(now(), 1_000) })),
    ),
  },
  {
    name: 'quiet',
    words: /The servers are quiet/,
    isKnown: true,
    before: ({ yard, now }) => yard.show(sampleYard(now(), { at: after(now(), -3_600_000) })),
  },
  {
    name: 'past',
    words: /As of/,
    isKnown: true,
    isOtherTime: true,
    reach: async ({ page, yard }) => {
      const commit = await yard.github.repository.head('yard');
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/?at=${commit}`);
    },
  },
];

/** The worker looks again, by the key of the frame, which listens only after the first painting. */
function looked(act: (scene: Scene) => unknown): (scene: Scene) => Promise<void> {
  return async (scene) => {
    await act(scene);
    await scene.page.keyboard.press('r');
  };
}

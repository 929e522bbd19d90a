/** What looking costs, and how old is what people see: each pattern of watching over six hours of a clock that is not real. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf } from '../../testing/mock-browser.ts';
import { GithubMock } from '../../testing/mock-github.ts';
import { MockRepository } from '../../testing/mock-repository.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import { VirtualClock } from '../../testing/virtual-clock.ts';
import { NOTHING_KEPT } from '../keeping/keeping.ts';
import { Looking } from '../looking.ts';
import type { GithubAddress } from '../sources/github-client.ts';
import { githubSource } from '../sources/github-source.ts';
import { READ_MODEL_PATH } from '../sources/source.ts';
import { DEFAULT_REFS, sourceAddressOf } from '../sources/source-address.ts';
import { REAL } from '../sources/wiring.ts';

const HOURS = 6;
const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-01T12:00:00.000Z');
const PAGE = 'https://acme.github.io/yard/';

let repository: MockRepository;
beforeAll(async () => {
  repository = await MockRepository.make();
  const model = sampleYard('2026-03-01T12:00:00.000Z');
  await repository.commit('yard-live', { [READ_MODEL_PATH]: JSON.stringify(model) }, { at: START });
});
afterAll(() => repository.remove());

// What is written down in the research on this page: requests in each hour, and the ages of what is seen, in seconds.
const TABLE = [
  [
    'glances of three minutes every ten',
    { seen: (minute) => minute % 10 < 3 },
    { most: 50, mean: 11, p95: 22, max: 29 },
  ],
  [
    'one session of 20 minutes an hour',
    { seen: (minute) => minute % 60 < 20 },
    { most: 31, mean: 23, p95: 50, max: 59 },
  ],
  ['a wallboard', { seen: () => true }, { most: 54, mean: 35, p95: 66, max: 102 }],
  ['two wallboards behind one address', { seen: () => true, viewers: 2 }, { most: 54, mean: 75, p95: 140, max: 240 }],
  [
    'three wallboards behind one address',
    { seen: () => true, viewers: 3 },
    { most: 54, mean: 115, p95: 220, max: 400 },
  ],
  ['a wallboard with a token', { seen: () => true, token: 'reads' }, { most: 360, mean: 5, p95: 9, max: 9 }],
] as const satisfies [string, Pattern, object][];

describe('looking at a host that counts, over six hours', () => {
  it.each(TABLE)('keeps what is seen young in %s, without a request too many', async (_, pattern, expected) => {
    const { perHour, charged, asked, refused, ages, whileHidden } = await watch(pattern);

    expect(Math.max(...perHour)).toBeLessThanOrEqual(expected.most);
    expect(charged).toBe('token' in pattern ? 1 : asked);
    expect(ages.mean).toBeLessThanOrEqual(expected.mean);
    expect(ages.p95).toBeLessThanOrEqual(expected.p95);
    expect(ages.max).toBeLessThanOrEqual(expected.max);
    expect({ whileHidden, refused }).toEqual({ whileHidden: 0, refused: 0 });
  });
});

interface Pattern {
  readonly seen: (minute: number) => boolean;
  readonly viewers?: number;
  readonly token?: string;
}

async function watch({ seen, viewers = 1, token }: Pattern) {
  let underWay = 0;
  const clock = new VirtualClock(START, () => underWay === 0);
  const github = new GithubMock(repository, { now: clock.now });
  const lookedAt: (number | null)[] = [];
  const open = (_: unknown, index: number): Looking => {
    const browser = browserOf(github);
    const fetch: typeof browser.fetch = async (url, init) => {
      underWay++;
      return await browser.fetch(url, init).finally(() => underWay--);
    };
    const address = sourceAddressOf('github:acme/yard', PAGE) as GithubAddress;
    return new Looking({
      source: githubSource(address, { refs: DEFAULT_REFS, wiring: { ...REAL, fetch, now: clock.now } }),
      page: PAGE,
      tell: (told) => {
        if (told.kind === 'connection') lookedAt[index] = told.connection.lookedAt;
      },
      keeping: NOTHING_KEPT,
      locks: undefined,
      clock,
      random: () => 0.5,
      askHome: async () => ({ isThere: true, skewMs: 0 }),
      isOnline: () => true,
    });
  };
  const all = Array.from({ length: viewers }, open);
  for (const it of all) void it.begin();
  // It is in use before anybody sees the page: to work out what it opens takes real time.
  if (token) await Promise.all(all.map((it) => it.useToken(token)));
  await clock.pass(1);

  const ages: number[] = [];
  let whileHidden = 0;
  for (let second = 0; second < HOURS * 3600; second++) {
    const visible = seen(Math.floor(second / 60));
    if (second % 60 === 0 && (second === 0 || visible !== seen(second / 60 - 1)))
      for (const it of all) it.see({ visible });
    const before = github.requests.length;
    await clock.pass(1_000);
    if (visible) for (const at of lookedAt) ages.push(Math.floor((clock.now() - (at ?? clock.now())) / 1000));
    else whileHidden += github.requests.length - before;
  }
  ages.sort((a, b) => a - b);
  const looks = github.requests.filter(({ method, path }) => method === 'GET' && path.includes('/contents/'));
  const inHour = (hour: number) => looks.filter(({ at }) => Math.floor((at - START) / HOUR_MS) === hour);
  return {
    perHour: Array.from({ length: HOURS }, (_, hour) => inHour(hour).length),
    /** With a token "as before" is free. */
    charged: looks.filter((it) => it.charged).length,
    asked: looks.length,
    refused: github.requests.filter(({ status }) => status >= 400).length,
    whileHidden,
    ages: {
      mean: Math.round(ages.reduce((sum, age) => sum + age, 0) / ages.length),
      p95: ages[Math.floor(ages.length * 0.95)] ?? 0,
      max: ages.at(-1) ?? 0,
    },
  };
}

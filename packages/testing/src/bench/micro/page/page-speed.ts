/**
 * The built page over 100 servers, 1,000 jobs and 10,000 messages in Chromium, at this machine's speed and at a quarter of it:
 * online and without a network, and beside it a page that draws everything at once. Nothing without the built page or Chromium.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { median } from '../../figures.ts';
import { type Micro, type MicroResult, summarise } from '../micro.ts';
import { type LogVisit, measureLog } from './log-visit.ts';
import { BUILT_PAGE, type ServedPage, servePage } from './page-server.ts';
import { measureOffline, measureVisit, type Visit } from './visit.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SIZE = { servers: 100, jobs: 1_000, messages: 10_000, logBytes: 30_000_000 };
const SLOWER = [1, 4];
const RUNS = { quick: 2, usual: 5, full: 9 };
const NAIVE_RUNS = 2;

export const pageSpeed: Micro = async ({ size }) => {
  if (!existsSync(CHROMIUM) || !existsSync(BUILT_PAGE)) return [];
  const served = await servePage(SIZE);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const results: MicroResult[] = [];
    for (const slower of SLOWER) results.push(...(await atSpeed(browser, { served, slower, runs: RUNS[size] })));
    const logs = await times(RUNS[size], () => measureLog(browser, served));
    return [...results, ...logRows(logs)];
  } finally {
    await browser.close();
    await served.close();
  }
};

interface Measuring {
  readonly served: ServedPage;
  readonly slower: number;
  readonly runs: number;
}

async function atSpeed(browser: Browser, { served, slower, runs }: Measuring): Promise<MicroResult[]> {
  const own = { url: served.url, slower, toSearch: 'Control+k' };
  const naive = { url: served.naiveUrl, slower, toSearch: 'Tab' };
  const visits = await times(runs, () => measureVisit(browser, own));
  const offline = await times(runs, () => measureOffline(browser, { served, slower }));
  const naives = await times(NAIVE_RUNS, () => measureVisit(browser, naive));
  const row = (key: string, what: string, values: readonly number[], unit?: MicroResult['unit']) =>
    summarise(
      { key: `page-${key}-${slower}x`, what: `page: ${what}${speedWords(slower)}`, ...(unit && { unit }) },
      values,
    );
  const of = (name: keyof Visit) => visits.map((it) => it[name]);
  const more = (name: keyof Visit) => naives.map((it) => it[name] / median(of(name)));
  return [
    row('paint', 'until the data are painted', of('paintMs')),
    row('offline', 'until the last state is painted, offline', offline),
    row('tick', 'work of a second', of('tickMs')),
    row('search', 'from a key in the search to its frame', of('searchMs')),
    row('elements', 'elements', of('elements'), 'count'),
    row('heap', 'memory of its script', of('heapMB'), 'MB'),
    row(
      'shift',
      'moved, in thousandths of the window',
      of('shift').map((it) => it * 1_000),
      'count',
    ),
    row('long', 'tasks of more than 50 ms', of('longTasks'), 'count'),
    row('naive-paint', 'all drawn at once, until painted', more('paintMs'), '×'),
    row('naive-tick', 'all drawn at once, work of a second', more('tickMs'), '×'),
    row('naive-search', 'all drawn at once, key to frame', more('searchMs'), '×'),
    row('naive-elements', 'all drawn at once, elements', more('elements'), '×'),
  ];
}

const logRows = (logs: readonly LogVisit[]): MicroResult[] => [
  summarise(
    { key: 'page-log-tail', what: 'page: 30 MB log, from its last bytes to its end on the screen' },
    logs.map((it) => it.tailMs),
  ),
  summarise(
    { key: 'page-log-find', what: 'page: 30 MB log, from words to how often they stand there' },
    logs.map((it) => it.findMs),
  ),
];

const speedWords = (slower: number): string => (slower === 1 ? '' : `, at 1/${slower} of the speed`);

async function times<T>(count: number, measure: () => Promise<T>): Promise<readonly T[]> {
  const measured: T[] = [];
  for (let turn = 0; turn < count; turn++) measured.push(await measure());
  return measured;
}

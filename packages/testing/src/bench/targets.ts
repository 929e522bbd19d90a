/**
 * What we promised ourselves, held against what was measured. Ratios to the shell loop of the same run, so that a
 * slow machine changes nothing; whoever is missing from a run leaves its targets unjudged.
 */
import type { Figures } from './figures.ts';
import type { MicroResult } from './micro/micro.ts';
import { BASELINE } from './variants/list.ts';

export interface Target {
  readonly text: string;
  readonly found: string;
  readonly verdict: 'met' | 'NOT MET' | 'not measured';
  /** Missing it fails `--assert`; the others are what we aim at. */
  readonly isPromise: boolean;
}

export interface Measured {
  readonly rows: readonly Figures[];
  readonly micro: readonly MicroResult[];
}

export function judge({ rows, micro }: Measured): Target[] {
  const leastDelayMs = Math.min(...rows.map((it) => it.delayMs));
  const near = rows.filter((it) => it.delayMs === leastDelayMs);
  const row = (variant: string, writers: number) => near.find((it) => it.variant === variant && it.writers === writers);
  const single = (key: string) => micro.find((it) => it.key === key)?.median;
  const speed = (variant: string, writers: number) =>
    ratio(row(variant, writers)?.operationsPerSecond, row(BASELINE, writers)?.operationsPerSecond);
  const cpu = ratio(row(BASELINE, 1)?.clientCpuMs, row('store', 1)?.clientCpuMs);
  const start = ratio(single('first-commit-store'), single(`first-commit-${BASELINE}`));
  const history = ratio(single('history-20000'), single('history-1000'));
  const fairness = (writers: number) => row('store', writers)?.fairness;

  return [
    target('one writer lands ≥ 10 × as many operations a second', times(speed('store', 1)), { atLeast: 10 }),
    target('16 writers land ≥ 5 × as many', times(speed('store', 16)), { atLeast: 5 }),
    aim('16 writers land ≥ 10 × as many (aim)', times(speed('store', 16)), { atLeast: 10 }),
    target('groups of 100 land ≥ 300 × as many, one writer', times(speed('group-100', 1)), { atLeast: 300 }),
    target('1 request per uncontended commit', plain(row('store', 1)?.requestsPerOperation, 'requests'), { atMost: 1 }),
    target('≤ 1.1 KB sent per uncontended commit', plain(row('store', 1)?.bytesUpPerOperation, 'B'), { atMost: 1126 }),
    target("≤ 1/30 of the shell's client CPU per operation", plain(cpu, 'times less'), { atLeast: 30 }),
    aim('≤ 2.5 requests per commit with 4 writers', plain(row('store', 4)?.requestsPerOperation, 'requests'), {
      atMost: 2.5,
    }),
    aim("start to first commit ≤ 1.3 × the shell's", times(start), { atMost: 1.3 }),
    aim('fairness ≥ 0.9 with 4 writers', plain(fairness(4), '(Jain)'), { atLeast: 0.9 }),
    aim('fairness ≥ 0.9 with 16 writers', plain(fairness(16), '(Jain)'), { atLeast: 0.9 }),
    aim('client CPU of a push: 20,000 commits ≤ 1.2 × 1,000', times(history), { atMost: 1.2 }),
    target('heartbeats leave nothing: tidied ≤ 1.05 × after 50', times(single('growth-ratio')), { atMost: 1.05 }),
    aim('≤ 700 bytes of a tidied repository per operation', plain(perOperation(single('growth-job')), 'bytes'), {
      atMost: 700,
    }),
    target('packed, --help is there in ≤ 150 ms of a processor', plain(single('start-help-packed'), 'ms'), {
      atMost: 150,
    }),
    target('the next of 100,000 jobs picked in ≤ 50 ms', plain(single('pick-100000'), 'ms'), { atMost: 50 }),
    target('a build costs ≤ 1 s on top of its commands', plain(single('build-overhead'), 'ms'), { atMost: 1000 }),
    target('and ≤ 1.2 s in the sandbox', plain(single('build-overhead-sandbox'), 'ms'), { atMost: 1200 }),
    aim('a cache hit is ≥ 2 × as fast as to build again', times(single('cache-speed-up')), { atLeast: 2 }),
    aim('five agents sleep ≥ 3 × as fast as one', times(single('distributed-speed-up')), { atLeast: 3 }),
    target('why one of 100,000 jobs waits in ≤ 50 ms', plain(single('why-100000'), 'ms'), { atMost: 50 }),
    ...pageTargets(single),
  ];
}

/** Times are aims, because a machine shared with others cannot promise them; what is counted is promised. */
function pageTargets(single: (key: string) => number | undefined): Target[] {
  const ms = (text: string, key: string, atMost: number) =>
    aim(`page: ${text} ≤ ${atMost} ms`, plain(single(`page-${key}`), 'ms'), { atMost });
  return [
    ms('data painted', 'paint-1x', 250),
    ms('data painted, 4 times slower', 'paint-4x', 1_000),
    ms('last state painted offline', 'offline-1x', 250),
    ms('work of a second', 'tick-1x', 10),
    ms('work of a second, 4 times slower', 'tick-4x', 40),
    ms('key to frame', 'search-1x', 50),
    ms('key to frame, 4 times slower', 'search-4x', 100),
    ms('end of a 30 MB log', 'log-tail', 300),
    ms('words in a 30 MB log', 'log-find', 500),
    target('page: ≤ 6,000 elements', plain(single('page-elements-1x'), 'elements'), { atMost: 6_000 }),
    target('page: ≤ 30 MB of memory', plain(single('page-heap-1x'), 'MB'), { atMost: 30 }),
    target('page: nothing moves', plain(single('page-shift-1x'), '/1,000'), { atMost: 0 }),
  ];
}

/** A job is three: submitted, claimed, finished. */
const perOperation = (bytesPerJob: number | undefined) => (bytesPerJob === undefined ? undefined : bytesPerJob / 3);

interface Found {
  readonly value: number | undefined;
  readonly text: string;
}
type Limit = { readonly atLeast: number } | { readonly atMost: number };

const target = (text: string, found: Found, limit: Limit): Target => judged(text, found, limit, true);
const aim = (text: string, found: Found, limit: Limit): Target => judged(text, found, limit, false);

function judged(text: string, found: Found, limit: Limit, isPromise: boolean): Target {
  if (found.value === undefined) return { text, found: '–', verdict: 'not measured', isPromise };
  const isMet = 'atLeast' in limit ? found.value >= limit.atLeast : found.value <= limit.atMost;
  return { text, found: found.text, verdict: isMet ? 'met' : 'NOT MET', isPromise };
}

/** Undefined when one side is missing; endless when the baseline landed nothing at all. */
function ratio(value: number | undefined, base: number | undefined): number | undefined {
  if (value === undefined || base === undefined || Number.isNaN(value) || Number.isNaN(base)) return undefined;
  return value / base;
}

const times = (value: number | undefined): Found => ({ value, text: value === undefined ? '' : `${short(value)} ×` });
const plain = (value: number | undefined, unit: string): Found => ({
  value,
  text: value === undefined ? '' : `${short(value)} ${unit}`,
});
const short = (value: number): string => (value < 10 && !Number.isInteger(value) ? value.toFixed(2) : value.toFixed(0));

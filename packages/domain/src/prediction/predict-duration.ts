/**
 * How long a build will take, by the builds that were most like it: the same branch on the same agent, if there were enough,
 * else the same branch, the same project, and at last all of them; and by what the agent, the hour and the day make of it. The
 * answer says what it went by, and by how many; where nothing is known it is null, and never a guess.
 */
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { type Time, toMs } from '../time.ts';
import { type History, type Past, timeOfDay } from './history.ts';
import { quantiles } from './quantile.ts';
import { timeFactors } from './time-factors.ts';

/** What is left out does not matter. */
export interface DurationQuestion {
  readonly repository?: string | undefined;
  readonly branch?: string | undefined;
  readonly toolchain?: AttemptRecord['toolchain'] | undefined;
  readonly strategy?: AttemptRecord['strategy'] | undefined;
  readonly agent?: string | undefined;
  /** When it starts; left out: the time of day does not matter. */
  readonly at?: Time | undefined;
}

export interface Prediction {
  /** In seconds: half of such builds take no longer, and nine of ten no longer than that. */
  readonly p50: number;
  readonly p90: number;
  /** Builds that it rests on. */
  readonly n: number;
  readonly basis: string;
  /** Of builds like it, those that failed; null: too few to say. */
  readonly failureShare: number | null;
}

type Facet = 'repository' | 'branch' | 'toolchain' | 'strategy' | 'agent';

const SAME_BUILD: readonly Facet[] = ['repository', 'branch', 'toolchain', 'strategy'];
/** From what is most like it to what is least. */
const GROUPS: readonly (readonly Facet[])[] = [
  [...SAME_BUILD, 'agent'],
  SAME_BUILD,
  ['repository', 'branch'],
  ['repository', 'toolchain', 'strategy'],
  ['repository'],
  ['toolchain', 'strategy'],
  [],
];
const ENOUGH = 8;
/** Of all builds together fewer will do, because there is nothing better. */
const ENOUGH_OF_ALL = 3;
const MOST = 200;

export function predictDuration(history: History, question: DurationQuestion): Prediction | null {
  const facets = facetsFor(history, question);
  if (!facets) return null;
  const group = like(history.succeeded, question, facets);
  const factors = factorsOf(history, question, { facets, group });
  const scale = factors.reduce((product, it) => product * it.factor, 1);
  const seconds = comparable(group, question);
  const [p50 = 0, p90 = 0] = quantiles(seconds, [0.5, 0.9]).map((it) => rounded(it * scale));
  const words = factors.filter((it) => it.factor !== 1).map((it) => `, × ${it.factor.toFixed(2)} ${it.words}`);
  const basis = [basisOf(question, facets, group.length), ...words].join('');
  return { p50, p90, n: group.length, basis, failureShare: failureShareOf(like(history.all, question, facets)) };
}

function facetsFor(history: History, question: DurationQuestion): readonly Facet[] | undefined {
  const isAsked = (facet: Facet): boolean => question[facet] !== undefined;
  const wanted = GROUPS.filter((group) => isAsked('agent') || !group.includes('agent'));
  const found = wanted.find((group) => {
    const enough = group.length === 0 ? ENOUGH_OF_ALL : ENOUGH;
    return like(history.succeeded, question, group.filter(isAsked)).length >= enough;
  });
  return found?.filter(isAsked);
}

/** The newest that are alike in all of this. */
function like(past: readonly Past[], question: DurationQuestion, facets: readonly Facet[]): readonly Past[] {
  const found: Past[] = [];
  for (const it of past) {
    if (!facets.every((facet) => it.record[facet] === question[facet])) continue;
    if (found.push(it) >= MOST) break;
  }
  return found;
}

/** In seconds, as if all of them had been built at the time that is asked about. */
function comparable(group: readonly Past[], { at }: DurationQuestion): number[] {
  if (at === undefined) return group.map((it) => it.record.seconds);
  const { hour, day } = timeFactors(group);
  return group.map((it) => it.record.seconds / (hour(it) * day(it)));
}

interface Factor {
  readonly factor: number;
  readonly words: string;
}

function factorsOf(
  history: History,
  { agent, at }: DurationQuestion,
  { facets, group }: { facets: readonly Facet[]; group: readonly Past[] },
): readonly Factor[] {
  const speed = facets.includes('agent') || agent === undefined ? undefined : history.speedOf(agent);
  const ofAgent = speed ? [{ factor: speed.factor, words: `for ${agent} (by ${speed.n} builds)` }] : [];
  if (at === undefined) return ofAgent;
  const time = timeOfDay(toMs(at));
  const { hour, day } = timeFactors(group);
  const hours = `between ${(time.hour + 23) % 24}:00 and ${(time.hour + 2) % 24}:00 UTC`;
  return [...ofAgent, { factor: hour(time), words: hours }, { factor: day(time), words: `on ${DAYS[time.day]}s` }];
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

function failureShareOf(group: readonly Past[]): number | null {
  const judged = group.filter(({ record: { status } }) => status === 'succeeded' || status === 'failed');
  if (judged.length < ENOUGH) return null;
  const failed = judged.filter((it) => it.record.status === 'failed').length;
  return Math.round((failed / judged.length) * 1000) / 1000;
}

/** "24 builds of branch main, Incremental, on build1". */
function basisOf(question: DurationQuestion, facets: readonly Facet[], count: number): string {
  const words: Readonly<Record<Facet, string>> = {
    repository: `of ${question.repository}`,
    branch: `of branch ${question.branch}`,
    toolchain: question.toolchain ?? 'any toolchain',
    strategy: `${question.strategy}`,
    agent: `on ${question.agent}`,
  };
  const builds = `${count} ${count === 1 ? 'build' : 'builds'}`;
  if (facets.length === 0) return `${builds} of any kind`;
  return `${builds} ${facets.map((it) => words[it]).join(', ')}`;
}

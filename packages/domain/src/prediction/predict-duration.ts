/**
 * How long a build will take, by the builds that were most like it: the same branch on the same agent at that time of day, if
 * there were enough, else the same branch, the same project, and at last all of them. The answer says which it went by, and by
 * how many; where nothing is known it is null, and never a guess.
 */
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { type Time, toMs } from '../time.ts';
import { type History, type Past, timeOfDay } from './history.ts';
import { medianOf, quantiles } from './quantile.ts';

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

type Facet = 'repository' | 'branch' | 'toolchain' | 'strategy' | 'agent' | 'hour' | 'day';

const SAME_BUILD: readonly Facet[] = ['repository', 'branch', 'toolchain', 'strategy'];
/** From what is most like it to what is least. */
const GROUPS: readonly (readonly Facet[])[] = [
  [...SAME_BUILD, 'agent', 'hour'],
  [...SAME_BUILD, 'agent', 'day'],
  [...SAME_BUILD, 'agent'],
  [...SAME_BUILD, 'hour'],
  [...SAME_BUILD, 'day'],
  SAME_BUILD,
  ['repository', 'branch'],
  ['repository', 'toolchain', 'strategy'],
  ['repository'],
  ['toolchain', 'strategy'],
  [],
];
const ENOUGH = 8;
/** A time of day is worth a group of its own only when it makes a difference that is no accident. */
const ENOUGH_OF_A_TIME = 20;
const LEAST_DIFFERENCE = 0.1;
/** Of all builds together fewer will do, because there is nothing better. */
const ENOUGH_OF_ALL = 3;
const MOST = 200;

export function predictDuration(history: History, question: DurationQuestion): Prediction | null {
  const asked = GROUPS.map((facets) => facets.filter((it) => isAsked(question, it)));
  const facets = asked.find((it, at) => isGood(history, question, it, GROUPS[at] ?? []));
  if (!facets) return null;
  const group = like(history.succeeded, question, facets);
  const speed = facets.includes('agent') || question.agent === undefined ? undefined : history.speedOf(question.agent);
  const [p50 = 0, p90 = 0] = quantiles(secondsOf(group), [0.5, 0.9]).map((it) => rounded(it * (speed?.factor ?? 1)));
  const words = basisOf(question, facets, group.length);
  const onAgent = `, × ${speed?.factor.toFixed(2)} for ${question.agent} (by ${speed?.n} builds)`;
  const failureShare = failureShareOf(like(history.all, question, facets));
  return { p50, p90, n: group.length, basis: speed ? words + onAgent : words, failureShare };
}

const isTime = (facet: Facet): boolean => facet === 'hour' || facet === 'day';
const isAsked = ({ at, ...question }: DurationQuestion, facet: Facet): boolean =>
  facet === 'hour' || facet === 'day' ? at !== undefined : question[facet as keyof typeof question] !== undefined;

function isGood(
  history: History,
  question: DurationQuestion,
  asked: readonly Facet[],
  whole: readonly Facet[],
): boolean {
  // Without what makes it special, it is another group of the list.
  if (whole.some((it) => (isTime(it) || it === 'agent') && !asked.includes(it))) return false;
  const group = like(history.succeeded, question, asked);
  if (!asked.some(isTime)) return group.length >= (whole.length === 0 ? ENOUGH_OF_ALL : ENOUGH);
  if (group.length < ENOUGH_OF_A_TIME) return false;
  const wider = like(
    history.succeeded,
    question,
    asked.filter((it) => !isTime(it)),
  );
  const [own, usual] = [medianOf(secondsOf(group)), medianOf(secondsOf(wider))];
  return usual > 0 && Math.abs(own / usual - 1) > LEAST_DIFFERENCE;
}

/** The newest that are alike in all of this. */
function like(past: readonly Past[], question: DurationQuestion, facets: readonly Facet[]): readonly Past[] {
  const time = timeOfDay(question.at === undefined ? 0 : toMs(question.at));
  const found: Past[] = [];
  for (const it of past) {
    if (!facets.every((facet) => isAlike(it, question, facet, time))) continue;
    if (found.push(it) >= MOST) break;
  }
  return found;
}

type TimeOfDay = ReturnType<typeof timeOfDay>;

function isAlike(past: Past, question: DurationQuestion, facet: Facet, time: TimeOfDay): boolean {
  if (facet === 'day') return past.day === time.day;
  if (facet !== 'hour') return past.record[facet] === question[facet];
  const apart = Math.abs(past.hour - time.hour);
  return Math.min(apart, 24 - apart) <= 1;
}

const secondsOf = (group: readonly Past[]): number[] => group.map((it) => it.record.seconds);
const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

function failureShareOf(group: readonly Past[]): number | null {
  const judged = group.filter(({ record: { status } }) => status === 'succeeded' || status === 'failed');
  if (judged.length < ENOUGH) return null;
  const failed = judged.filter((it) => it.record.status === 'failed').length;
  return Math.round((failed / judged.length) * 1000) / 1000;
}

/** "24 builds of branch main, Incremental, on build1, between 8:00 and 11:00 UTC". */
function basisOf(question: DurationQuestion, facets: readonly Facet[], count: number): string {
  const { hour } = timeOfDay(question.at === undefined ? 0 : toMs(question.at));
  const words: Readonly<Record<Facet, string>> = {
    repository: `of ${question.repository}`,
    branch: `of branch ${question.branch}`,
    toolchain: `${question.toolchain ?? 'any toolchain'}`,
    strategy: `${question.strategy}`,
    agent: `on ${question.agent}`,
    hour: `between ${(hour + 23) % 24}:00 and ${(hour + 2) % 24}:00 UTC`,
    day: `on the same day of the week`,
  };
  const builds = `${count} ${count === 1 ? 'build' : 'builds'}`;
  if (facets.length === 0) return `${builds} of any kind`;
  return `${builds} ${facets.map((it) => words[it]).join(', ')}`;
}

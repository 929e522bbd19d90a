/** Records made ready to be asked many questions: newest first, with the time of day, and how fast each agent is. */
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { toMs } from '../time.ts';
import { medianOf } from './quantile.ts';

export interface Past {
  readonly record: AttemptRecord;
  readonly startedMs: number;
  /** Of the day, in UTC. */
  readonly hour: number;
  /** Of the week, in UTC; 0 = Sunday. */
  readonly day: number;
}

export interface History {
  readonly all: readonly Past[];
  /** Only these say how long a build takes: one that failed may have ended in its first second. */
  readonly succeeded: readonly Past[];
  /** How long an agent takes compared with all of them, 2 = twice as long; undefined: too little is known. */
  speedOf(agent: string): { readonly factor: number; readonly n: number } | undefined;
}

export function historyOf(records: readonly AttemptRecord[]): History {
  const all = records
    .map((record) => ({ record, startedMs: toMs(record.startedAt), ...timeOfDay(toMs(record.startedAt)) }))
    .filter((it) => Number.isFinite(it.startedMs))
    .sort((a, b) => b.startedMs - a.startedMs);
  const succeeded = all.filter((it) => it.record.status === 'succeeded');
  let speeds: ReadonlyMap<string, readonly number[]> | undefined;
  return {
    all,
    succeeded,
    speedOf: (agent) => {
      speeds ??= ratiosByAgent(succeeded);
      const ratios = speeds.get(agent) ?? [];
      return ratios.length < ENOUGH_FOR_SPEED ? undefined : { factor: medianOf(ratios), n: ratios.length };
    },
  };
}

export function timeOfDay(ms: number): Pick<Past, 'hour' | 'day'> {
  const date = new Date(ms);
  return { hour: date.getUTCHours(), day: date.getUTCDay() };
}

const ENOUGH_FOR_SPEED = 8;
const MOST_OF_A_GROUP = 200;

/** How each build compares with the usual one of its kind, newest first. */
function ratiosByAgent(succeeded: readonly Past[]): ReadonlyMap<string, readonly number[]> {
  const kinds = new Map<string, number[]>();
  for (const { record } of succeeded) put(kinds, kindOf(record), record.seconds);
  const usual = new Map([...kinds].map(([kind, seconds]) => [kind, medianOf(seconds)]));
  const ratios = new Map<string, number[]>();
  for (const { record } of succeeded) {
    const seconds = usual.get(kindOf(record)) ?? 0;
    if (seconds > 0) put(ratios, record.agent, record.seconds / seconds);
  }
  return ratios;
}

function put(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (!list) lists.set(key, [value]);
  else if (list.length < MOST_OF_A_GROUP) list.push(value);
}

const kindOf = ({ repository, branch, strategy, toolchain }: AttemptRecord): string =>
  JSON.stringify([repository, branch, strategy, toolchain]);

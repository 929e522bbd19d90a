/**
 * A long past that never was: weeks of a fleet at work, written by the yard and the store as they are, on a clock of its own.
 * What a page, a report or a demonstration needs much history for. The same seed makes the same yard.
 */
import { after, type Time } from '@gityard/domain';
import { MemoryRemote, type Transport } from '@gityard/store';
import type { CreateYard } from '@gityard/yard';
import { Desk } from './desk.ts';
import { editing } from './editor.ts';
import { exported } from './exported.ts';
import { fleetOf, SERVERS } from './fleet.ts';
import { OF_MONTHS, OF_WEEKS } from './pace.ts';
import { locking, maintaining, planning, submitting, talking } from './people.ts';
import { ServerLife } from './server-life.ts';
import { Timeline } from './timeline.ts';
import { beats, cutting, rounds, tagging, tidying } from './upkeep.ts';

export interface SyntheticYard {
  readonly days: number;
  /** When it stands still. */
  readonly until: Time;
  readonly jobsPerDay?: number;
  /** Days after its beginning on which its history is cut. */
  readonly cuts?: readonly number[];
  readonly brokenEveryDays?: number;
  readonly seed?: number;
  /** How many servers; left out: a few slow ones. */
  readonly fleet?: number | undefined;
  readonly config?: CreateYard['config'];
  readonly onDay?: (day: number) => void;
  readonly signal?: AbortSignal;
}

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];

/** Writes it into an empty repository. Throws what any part of it threw: a yard that is not whole is none. */
export async function makeSyntheticYard(target: Transport, options: SyntheticYard): Promise<void> {
  const { days, until, jobsPerDay = 30, cuts = [], brokenEveryDays = 11, seed = 1, fleet, onDay, signal } = options;
  const remote = new MemoryRemote();
  const clock = new Timeline();
  const servers = fleet === undefined ? SERVERS : fleetOf(fleet);
  const pace = fleet === undefined ? OF_MONTHS : OF_WEEKS;
  const beginsAt = after(until, -days * DAY_MS);
  const open = () => remote.transport();
  let broken: unknown;
  const onFailure = (error: unknown): void => {
    broken ??= error;
  };
  const desk = new Desk({ beginsAt, clock, isReal: false, open, seed: `${seed}`, servers, pace, onFailure });
  await desk.begin({ name: 'acme', push: { perMinute: 0 }, ...options.config });
  await planning(desk);
  const lives = servers.map((server) => new ServerLife(desk, server));
  for (const life of lives) desk.going(life.run());
  desk.going(rounds(desk, lives));
  for (const work of [talking, locking, maintaining, tidying, tagging]) desk.going(work(desk));
  desk.going(submitting(desk, jobsPerDay));
  desk.going(cutting(desk, cuts));
  desk.going(editing(desk, { everyMs: brokenEveryDays * DAY_MS, forMs: 3 * HOUR_MS }));
  for (let day = 1; day <= days; day++) {
    await clock.runUntil(() => broken !== undefined, { untilMs: day * DAY_MS });
    signal?.throwIfAborted();
    if (broken !== undefined) throw broken;
    onDay?.(day);
  }
  await beats(desk, lives, 'with a model');
  await exported(remote, target);
}

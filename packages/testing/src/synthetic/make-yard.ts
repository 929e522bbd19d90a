/**
 * A long past that never was: weeks of a fleet at work, written by the yard and the store as they are, on a clock of its own.
 * What a page, a report or a demonstration needs much history for. The same seed makes the same yard.
 */
import { after, type Time } from '@gityard/domain';
import { Desk } from './desk.ts';
import { editing } from './editor.ts';
import { exported } from './exported.ts';
import { SERVERS } from './fleet.ts';
import { locking, maintaining, planning, submitting, talking } from './people.ts';
import { ServerLife } from './server-life.ts';
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
  readonly name?: string;
  readonly onDay?: (day: number) => void;
}

const DAY_MS = 86_400_000;

/** Writes it into a new bare repository. Throws what any part of it threw: a yard that is not whole is none. */
export async function makeSyntheticYard(folder: string, options: SyntheticYard): Promise<void> {
  const { days, until, jobsPerDay = 30, cuts = [], brokenEveryDays = 11, seed = 1, name = 'acme', onDay } = options;
  const desk = new Desk({ beginsAt: after(until, -days * DAY_MS), seed, name });
  let broken: unknown;
  const going = (work: Promise<void>): void =>
    void work.catch((error: unknown) => {
      broken ??= error;
    });
  await desk.begin();
  await planning(desk);
  const lives = SERVERS.map((server) => new ServerLife(desk, server));
  for (const life of lives) going(life.run());
  going(rounds(desk, lives));
  for (const work of [talking, locking, maintaining, tidying, tagging]) going(work(desk));
  going(submitting(desk, jobsPerDay));
  going(cutting(desk, cuts));
  going(editing(desk, brokenEveryDays));
  for (let day = 1; day <= days; day++) {
    await desk.timeline.runUntil(() => broken !== undefined, { untilMs: day * DAY_MS });
    if (broken !== undefined) throw broken;
    onDay?.(day);
  }
  await beats(desk, lives, 'with a model');
  await exported(desk.remote, folder);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../entities/attempt.ts';
import { isFinished } from '../entities/job.ts';
import { attempt } from '../spec/audited.ts';
import { story, type Throws } from '../spec/story.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { after, DAY_MS, isBefore, type Time } from '../time.ts';
import { attemptRecords } from './attempt-records.ts';
import { type BuildTick, BuildWatch } from './build-watch.ts';
import { recordKey } from './metrics-file.ts';

interface Moment {
  readonly state: State;
  readonly now: Time;
}

const run = fc.array(fc.array(fc.nat(999), { minLength: 14, maxLength: 14 }), {
  minLength: 30,
  maxLength: 60,
  size: 'max',
});
const momentsOf = (throws: readonly Throws[]): readonly Moment[] =>
  [...story(throws)].map(({ after: state, now }) => ({ state, now }));

function watched(moments: readonly Moment[]): BuildTick[] {
  const watch = new BuildWatch();
  let latest: Time = noon;
  return moments.flatMap(({ state, now }) => {
    // Our own clock goes on, whatever we look at.
    latest = isBefore(latest, now) ? now : latest;
    return [...watch.look(state, latest)];
  });
}

/** Some of the moments, here and there one that was seen before. */
function looks(moments: readonly Moment[], chances: readonly number[]): readonly Moment[] {
  const seen: Moment[] = [];
  for (const [at, moment] of moments.entries()) {
    const chance = chances[at % chances.length] ?? 0;
    if (at > 0 && chance % 3 !== 0) continue;
    seen.push(moment);
    const older = seen[chance % seen.length] ?? moment;
    if (chance % 4 === 0) seen.push(older, moment, moment);
  }
  return seen;
}

interface Known {
  readonly begun: readonly { readonly key: string; readonly afterSplit: string | null }[];
  readonly ended: readonly string[];
}

/** What a state knows of, by itself. */
function knownTo({ state }: Moment): Known {
  const jobs = [...state.jobs].filter((it) => it.parent === null);
  const keyOf = (job: string, it: Attempt | undefined): string => recordKey({ job, attempt: it?.number ?? 0 });
  const tries = jobs.flatMap(({ id, attempts }) =>
    attempts.map((it, at) => {
      const before = attempts[at - 1];
      return { key: keyOf(id, it), afterSplit: before?.status === 'split' ? keyOf(id, before) : null };
    }),
  );
  const splits = jobs.filter((it) => isFinished(it) && it.attempts.at(-1)?.status === 'split');
  const records = attemptRecords(state).records.map(recordKey);
  return {
    begun: [
      ...tries,
      ...records.filter((key) => !tries.some((it) => it.key === key)).map((key) => ({ key, afterSplit: null })),
    ],
    ended: [...records, ...splits.map((it) => keyOf(it.id, it.attempts.at(-1)))],
  };
}

describe('watching builds', () => {
  it('tells once each begin and each end that it could see since its first look, however often it looks, and no other', () => {
    let ends = 0;
    fc.assert(
      fc.property(run, (throws) => {
        const seen = looks(momentsOf(throws), throws.flat());
        const [first, ...others] = seen.map(knownTo);
        const before = new Set([...(first?.begun ?? []).map((it) => it.key), ...(first?.ended ?? [])]);
        const endedBefore = new Set(first?.ended);
        const ended = new Set(others.flatMap((it) => it.ended).filter((key) => !endedBefore.has(key)));
        const begun = new Set(
          others
            .flatMap((it) => it.begun)
            .filter((it) => !before.has(it.key))
            // Else the build only goes on.
            .filter(({ afterSplit: it }) => it === null || ended.has(it) || endedBefore.has(it))
            .map((it) => it.key),
        );

        const ticks = watched(seen);

        const ofEnds = ticks.filter((it) => it.kind === 'ended');
        expect([ofEnds.length, ticks.length - ofEnds.length]).toEqual([ended.size, begun.size]);
        ends += ofEnds.length;
      }),
      { numRuns: 200 },
    );
    // Else all of it would hold of nothing.
    expect(ends).toBeGreaterThan(50);
  });
});

const started = { number: 1, startedAt: minutesAfterNoon(2), endedAt: null, status: 'running' } as const;
const stage = { name: 'Build', status: 'Succeeded', warnings: 0, errors: 0, message: null } as const;
const stages = [{ ...stage, startedAt: minutesAfterNoon(3), endedAt: minutesAfterNoon(5) }];
const ended = { ...started, endedAt: minutesAfterNoon(5), status: 'succeeded', stages } as const;
const at = (minutes: number, { state }: World): Moment => ({ state, now: minutesAfterNoon(minutes) });
const job = (fields: object, before: World = world()) => before.job('b1', { token: 1, ...fields });
const done = job({ status: 'succeeded', attempts: [attempt(1, ended)], endedAt: ended.endedAt });
const SUCCEEDED = {
  kind: 'ended',
  strategy: 'Incremental',
  agent: 'mac',
  outcome: 'succeeded',
  cause: null,
  seconds: 120,
  stages: [{ name: 'Build', seconds: 120 }],
};
const STARTED = { kind: 'started', strategy: 'Incremental', agent: 'mac', waitedSeconds: 120 };

describe('a watch of builds', () => {
  it('tells how long a build waited and took, and its stages, also when it comes late', () => {
    const running = job({ status: 'running', attempts: [attempt(1, started)] });

    expect(watched([at(0, world()), at(3, running), at(6, done)])).toEqual([STARTED, SUCCEEDED]);
    expect(watched([at(0, world()), at(6, done)])).toEqual([STARTED, SUCCEEDED]);
    expect(watched([at(3, running), at(6, done)])).toEqual([SUCCEEDED]);
  });

  it('counts each try, and what its parts ended', () => {
    const lost = { ...ended, status: 'lost', cause: 'lost' } as const;
    const again = attempt(2, { ...started, number: 2, startedAt: minutesAfterNoon(6) });
    const split = { ...ended, status: 'split' } as const;
    const parts = { kind: 'distributed', at: noon, children: ['p1'] } as never;
    const failed = job({
      status: 'failed',
      attempts: [attempt(1, split)],
      split: parts,
      endedAt: minutesAfterNoon(12),
    });
    const waiting = job({ status: 'queued', attempts: [attempt(1, split)], split: parts });

    const retried = watched([
      at(0, world()),
      at(7, job({ status: 'running', attempts: [attempt(1, lost), again], token: 2 })),
    ]);
    const ofParts = watched([at(0, world()), at(7, waiting), at(12, failed)]);

    expect(retried).toMatchObject([
      STARTED,
      { kind: 'ended', outcome: 'lost', cause: 'lost' },
      { ...STARTED, waitedSeconds: 60 },
    ]);
    expect(ofParts).toMatchObject([STARTED, { kind: 'ended', outcome: 'failed', cause: 'code', seconds: 600 }]);
  });

  it('finds in the archive what was asked for, built and archived since it looked', () => {
    const line = attemptRecords(done.state)
      .records.map((it) => JSON.stringify(it))
      .join('\n');
    const file = { id: '2026-03', sizeBytes: line.length, text: () => line };
    const archived = { ...world().state, metrics: world().state.metrics.with(file.id, file) };

    const ticks = watched([
      at(0, world()),
      { state: archived, now: minutesAfterNoon(9) },
      { state: archived, now: minutesAfterNoon(10) },
    ]);

    expect(ticks).toEqual([{ ...STARTED }, { ...SUCCEEDED, stages: [] }]);
  });

  it('takes for no news what ended long before, such as an import, or a history that was put back', () => {
    const now = after(noon, DAY_MS);

    expect(
      watched([
        { ...at(0, world()), now },
        { ...at(0, done), now: after(now, 1000) },
      ]),
    ).toEqual([]);
    expect(watched([at(6, done), at(7, world()), at(8, done)])).toEqual([]);
  });
});

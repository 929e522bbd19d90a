import { noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { Sightings } from './sightings.ts';

const minute = 60_000;
const gapMs = 3 * minute;
const yard = world()
  .yard({ lease: { seconds: 600 } })
  .agent('mac')
  .job('b1', { status: 'running', token: 2, agent: 'mac' });
const beating = (beat: number) => yard.beat('mac', { beat }).state;

/** Looks once a minute from `from` to `to`, at what the yard was then. */
function look(
  sightings: Sightings,
  { from, to, at }: { from: number; to: number; at: (minute: number) => typeof yard.state },
) {
  for (let now = from; now <= to; now++) sightings.observe(at(now), { nowMs: now * minute, gapMs });
}

describe('sightings', () => {
  it('find a holder overdue a quarter after its lease, not before', () => {
    const sightings = new Sightings();

    look(sightings, { from: 0, to: 12, at: () => beating(1) });
    expect(sightings.overdue(beating(1))).toEqual([]);
    look(sightings, { from: 13, to: 13, at: () => beating(1) });

    expect(sightings.overdue(beating(1))).toMatchObject([{ job: { id: 'b1' }, quietMs: 13 * minute }]);
  });

  it('count from the last beat that came', () => {
    const sightings = new Sightings();

    look(sightings, { from: 0, to: 10, at: () => beating(1) });
    look(sightings, { from: 11, to: 20, at: () => beating(2) });

    expect(sightings.overdue(beating(2))).toEqual([]);
  });

  it('give everybody a whole lease again after a time in which nothing could be read', () => {
    const sightings = new Sightings();

    look(sightings, { from: 0, to: 10, at: () => beating(1) });
    look(sightings, { from: 60, to: 70, at: () => beating(1) });

    expect(sightings.overdue(beating(1))).toEqual([]);
  });

  it('take no sign of life for a renewal that does not name the job', () => {
    const sightings = new Sightings();
    const forgetful = (beat: number) => yard.beat('mac', { beat, jobs: [] }).state;

    look(sightings, { from: 0, to: 13, at: forgetful });

    expect(sightings.overdue(forgetful(13))).toHaveLength(1);
  });

  it('never look at the stamps: a clock that is hours off changes nothing', () => {
    const sightings = new Sightings();
    const skewed = (beat: number) =>
      yard.beat('mac', { beat, at: '2026-03-01T01:00:00.000Z', nextBeatBy: '2026-03-01T01:01:00.000Z' }).state;

    look(sightings, { from: 0, to: 30, at: skewed });

    expect(sightings.overdue(skewed(30))).toEqual([]);
  });

  it('give what is held by hand the time that a build may take', () => {
    const byHand = world()
      .yard({ lease: { seconds: 600 } })
      .agent('mac')
      .job('b1', { status: 'claimed', token: 1, timeoutSeconds: 1800 });
    const job = byHand.state.jobs.get('b1');
    const attempts = (job?.attempts ?? []).map((it) => ({ ...it, boot: null, startedAt: noon }));
    const state = world(byHand.state).job('b1', { ...job, attempts }).state;
    const sightings = new Sightings();

    look(sightings, { from: 0, to: 30, at: () => state });
    expect(sightings.overdue(state)).toEqual([]);
    look(sightings, { from: 31, to: 31, at: () => state });

    expect(sightings.overdue(state)).toHaveLength(1);
  });

  it('find a claim that is renewed and does not begin, unless a heartbeat tells of a stage', () => {
    const claimed = world()
      .yard({ jobs: { ...yard.state.yard.jobs, startTimeoutSeconds: 300 } })
      .agent('mac')
      .job('b1', { status: 'claimed', token: 2, agent: 'mac' });
    const idle = (beat: number) => claimed.beat('mac', { beat }).state;
    const jobs = [{ id: 'b1', token: 2, stage: 'Fetch', progress: null }];
    const sightings = new Sightings();

    look(sightings, { from: 0, to: 5, at: idle });
    expect(sightings.notStarted(idle(5))).toEqual([]);
    look(sightings, { from: 6, to: 6, at: idle });
    expect(sightings.notStarted(idle(6))).toMatchObject([{ job: { id: 'b1' }, quietMs: 6 * minute }]);
    expect(sightings.overdue(idle(6))).toEqual([]);
    look(sightings, { from: 7, to: 7, at: (beat) => claimed.beat('mac', { beat, jobs }).state });
    expect(sightings.notStarted(idle(7))).toEqual([]);
  });
});

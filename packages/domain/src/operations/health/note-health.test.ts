import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { auditStep } from '../../audit/audit.ts';
import { anAttempt } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { historyPoints } from '../../views/history-points.ts';
import { diskTrendGBPerDay, uptimePercent } from '../../views/uptime.ts';
import { workRecord } from '../../views/work-record.ts';
import { noteHealth } from './note-health.ts';

/** A fleet at a minute after noon, seen with these beats. */
const beating = (state: State, beats: Record<string, number>): State =>
  Object.entries(beats).reduce(
    (it, [id, at]) => world(it).beat(id, { at: minutesAfterNoon(at), nextBeatBy: minutesAfterNoon(at + 1) }).state,
    state,
  );

function noted(state: State, minute: number): State {
  const answer = noteHealth(state, { now: minutesAfterNoon(minute) });
  if (!answer.ok) return state;
  const after = applyChanges(state, answer.changes);
  const operations = [
    {
      operation: 'note-health',
      agent: 'a',
      job: null,
      lock: null,
      message: null,
      token: null,
      transaction: 't',
      actor: null,
    },
  ];
  const changed = answer.changes.map(({ id }) => ({ kind: 'history', id }) as const);
  expect(auditStep(state, after, operations, changed)).toEqual([]);
  return after;
}
const changesOf = (state: State) =>
  [...state.history].flatMap((it) => it.changes.map(({ agent, from, to }) => `${agent}: ${from} to ${to}`));
const built = (agent: string, from: number, to: number, status: 'succeeded' | 'failed' = 'succeeded') => ({
  status,
  endedAt: minutesAfterNoon(to),
  submittedAt: minutesAfterNoon(from - 1),
  attempts: [anAttempt({ agent, token: 1, status, startedAt: minutesAfterNoon(from), endedAt: minutesAfterNoon(to) })],
});
const fleet = (): World => world().agent('mac').agent('pc');

describe('note-health', () => {
  it('notes who joined, who fell silent and who came back, once each', () => {
    let state = noted(beating(fleet().state, { mac: 0, pc: 0 }), 1);
    state = noted(beating(state, { mac: 19 }), 20);
    state = noted(beating(state, { mac: 24 }), 25);
    state = noted(beating(state, { mac: 29, pc: 29 }), 30);

    expect(changesOf(state)).toEqual([
      'mac: null to fresh',
      'pc: null to fresh',
      'pc: fresh to silent',
      'pc: silent to fresh',
    ]);
    expect(state.history.get('2026-03-02/12')?.agents).toEqual({
      mac: { presence: 'fresh', since: noon },
      pc: { presence: 'fresh', since: minutesAfterNoon(29) },
    });
  });

  it('refuses to note a thousand beats that say nothing new', () => {
    const state = noted(beating(fleet().state, { mac: 0, pc: 0 }), 1);

    for (let beat = 1; beat <= 1000; beat++) {
      const minute = 1 + beat / 20;
      const later = beating(state, { mac: minute, pc: minute });
      expect(noteHealth(later, { now: minutesAfterNoon(minute) })).toMatchObject({ ok: false, code: 'NOTHING_TO_DO' });
    }
  });

  it('knows a server that was stopped, taken into maintenance or struck off from one that is missing', () => {
    let state = noted(beating(fleet().state, { mac: 0, pc: 0 }), 1);
    state = noted(world(state).agent('pc', { mode: 'maintenance' }).beat('mac', { stopped: true }).state, 30);
    state = noted({ ...state, agents: state.agents.without('pc') }, 31);

    expect(changesOf(state).slice(2)).toEqual([
      'mac: fresh to stopped',
      'pc: fresh to maintenance',
      'pc: maintenance to removed',
    ]);
    expect(Object.keys(state.history.get('2026-03-02/12')?.agents ?? {})).toEqual(['mac']);
  });

  it('says nothing of an agent that was never heard of, nor when the heartbeats are lost', () => {
    const known = noted(beating(fleet().state, { mac: 0 }), 1);

    expect(changesOf(known)).toEqual(['mac: null to fresh']);
    expect(noteHealth({ ...known, heartbeats: fleet().state.heartbeats }, { now: minutesAfterNoon(30) }).ok).toBe(
      false,
    );
  });

  it('notes a server that comes and goes now and then, and at last how it stands', () => {
    let state = beating(fleet().state, { pc: 0 });
    for (let minute = 1; minute < 59; minute += 6) {
      state = noted(beating(state, { pc: minute }), minute + 0.5);
      state = noted(state, minute + 5.9);
    }
    state = noted(state, 100);

    expect(changesOf(state).length).toBeLessThan(8);
    expect(changesOf(state).at(-1)).toBe('pc: fresh to silent');
  });

  it('closes the hours in which something happened, and no others', () => {
    const scene = fleet()
      .job('a', built('mac', 1, 5))
      .job('b', built('pc', 2, 4, 'failed'))
      .job('c', built('mac', 190, 200))
      .job('waiting', { submittedAt: minutesAfterNoon(30) });
    const state = noted(beating(scene.state, { mac: 299 }), 300);

    expect([...state.history.entries()].map(([id]) => id).sort()).toEqual([
      '2026-03-02/12',
      '2026-03-02/15',
      '2026-03-02/17',
    ]);
    expect(state.history.get('2026-03-02/12')).toMatchObject({
      figures: { succeeded: 1, failed: 1, queued: 1, running: 0, p50Seconds: 120, oldestWaitSeconds: 1800 },
      builds: { mac: { succeeded: 1, failed: 0, seconds: 240 }, pc: { succeeded: 0, failed: 1, seconds: 120 } },
    });
    expect(noteHealth(beating(state, { mac: 358 }), { now: minutesAfterNoon(359) }).ok).toBe(false);
    expect(noted(beating(state, { mac: 359 }), 360).history.get('2026-03-02/17')?.figures).toMatchObject({
      succeeded: 0,
      agentsFresh: 1,
    });
  });

  it('lets the oldest hours go, and never the one that says how the agents stand', () => {
    const state = noted(beating(fleet().state, { mac: 0 }), 1);
    const month = 40 * 24 * 60;

    const later = noted(beating(state, { mac: month, pc: month }), month);

    expect([...later.history.entries()].map(([id]) => id)).not.toContain('2026-03-02/12');
    expect(changesOf(later)).toEqual(['pc: null to fresh']);
    expect(noteHealth(later, { now: minutesAfterNoon(2 * month) })).toMatchObject({ ok: true });
  });

  it('is what the history may be changed by alone', () => {
    const before = noted(beating(fleet().job('a', built('mac', 1, 5)).state, { mac: 119 }), 120);
    const hour = before.history.get('2026-03-02/12');
    if (!hour?.figures) throw new Error('the hour is closed');
    const byHand = (value: typeof hour | null, operations: string[] = []) =>
      auditStep(
        before,
        applyChanges(before, [{ kind: 'history', id: '2026-03-02/12', value }]),
        operations.map((operation) => ({
          operation,
          agent: null,
          job: null,
          lock: null,
          message: null,
          token: null,
          transaction: 't',
          actor: null,
        })),
        [{ kind: 'history', id: '2026-03-02/12', removed: value === null }],
      ).map((it) => it.rule);
    const better = { ...hour, figures: { ...hour.figures, succeeded: 100 } };

    expect(byHand(better)).toEqual(['history-noted']);
    expect(byHand(null)).toEqual(['history-noted']);
    expect(byHand(better, ['note-health'])).toEqual(['history-noted']);
  });
});

describe('what is drawn from the history', () => {
  it('gives a point for each hour and day that is known, and the hour that runs', () => {
    const scene = fleet()
      .job('a', built('mac', 1, 5))
      .job('b', built('mac', 130, 140))
      .job('w', { submittedAt: minutesAfterNoon(100) });
    const state = noted(beating(scene.state, { mac: 119, pc: 119 }), 120);

    const points = historyPoints(beating(state, { mac: 179, pc: 179 }), minutesAfterNoon(179));

    expect(points.map((it) => [it.span, it.at.slice(11, 16), it.succeeded, it.queued, it.agentsFresh])).toEqual([
      ['hour', '12:00', 1, 0, 0],
      // Noted only in the next hour, and there before it.
      ['hour', '13:00', 0, 1, 2],
      ['hour', '14:00', 1, 1, 2],
      ['day', '00:00', 2, 1, 0],
    ]);
  });

  it('counts what ended in an hour that is over and was not noted yet', () => {
    const scene = fleet()
      .job('a', built('mac', 1, 5))
      .job('b', built('mac', 70, 80));
    const state = noted(beating(scene.state, { mac: 61 }), 61);

    const points = historyPoints(beating(state, { mac: 121 }), minutesAfterNoon(122));

    expect(points.map((it) => [it.span, it.at.slice(11, 16), it.succeeded])).toEqual([
      ['hour', '12:00', 1],
      ['hour', '13:00', 1],
      ['hour', '14:00', 0],
      ['day', '00:00', 2],
    ]);
  });

  it('never gives more than a day of hours and a month of days', () => {
    let state = beating(fleet().state, { mac: 0 });
    for (let hour = 0; hour < 1000; hour += 5)
      state = noted(
        beating(world(state).job(`j${hour}`, built('mac', hour * 60, hour * 60 + 5)).state, { mac: hour * 60 + 61 }),
        hour * 60 + 61,
      );

    const points = historyPoints(state, minutesAfterNoon(60_000));

    expect(points.filter((it) => it.span === 'hour')).toHaveLength(24);
    expect(points.filter((it) => it.span === 'day')).toHaveLength(30);
  });

  it('counts each build once, whether an hour was closed or not', () => {
    const scene = fleet()
      .job('a', built('mac', 1, 5))
      .job('b', built('pc', 2, 4, 'failed'))
      .job('c', built('mac', 61, 65));
    const open = scene.state;
    const closed = noted(beating(open, { mac: 66 }), 66);

    for (const state of [open, closed]) {
      expect(workRecord(state, minutesAfterNoon(70))).toEqual({
        buildsToday: 3,
        averageSeconds: 200,
        success: { day: { percent: 66.7, of: 3 }, week: { percent: 66.7, of: 3 }, month: { percent: 66.7, of: 3 } },
      });
      expect(workRecord(state, minutesAfterNoon(70), 'mac')).toMatchObject({
        buildsToday: 2,
        averageSeconds: 240,
        success: { week: { percent: 100, of: 2 } },
      });
    }
    const archived = { ...closed, jobs: fleet().state.jobs };
    expect(workRecord(archived, minutesAfterNoon(70)).success.month.of).toBe(2);
  });

  it('tells the share of the time that an agent was there, of when it was wanted', () => {
    let state = noted(beating(fleet().state, { pc: 0 }), 1);
    state = noted(state, 70);
    state = noted(beating(state, { pc: 90 }), 90);

    expect(uptimePercent(state, 'pc', minutesAfterNoon(180)).day).toBe(50);
    expect(uptimePercent(state, 'pc', minutesAfterNoon(3 * 24 * 60)).day).toBe(100);
    expect(uptimePercent(state, 'mac', minutesAfterNoon(180)).day).toBeNull();
  });

  it('tells how fast a disk fills, once there is half a day of it', () => {
    const at = (hour: number, free: number) =>
      [`2026-03-0${2 + Math.floor(hour / 24)}/${String(hour % 24).padStart(2, '0')}`, free, hour] as const;
    const state = [at(0, 100), at(12, 90), at(24, 80)].reduce<State>(
      (before, [id, free]) =>
        applyChanges(before, [
          {
            kind: 'history',
            id,
            value: {
              schemaVersion: 1,
              hour: `${id.replace('/', 'T')}:00:00.000Z`,
              agents: {},
              changes: [],
              figures: null,
              builds: {},
              disks: { mac: free },
            },
          },
        ]),
      fleet().state,
    );

    expect(diskTrendGBPerDay(state, 'mac', minutesAfterNoon(24 * 60))).toBe(-20);
    expect(diskTrendGBPerDay(state, 'pc', minutesAfterNoon(24 * 60))).toBeNull();
  });
});

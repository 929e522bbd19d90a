import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { expectedDurationMs, usualDurationMs } from './durations.ts';
import { explain } from './explain.ts';

const app = { repository: 'https://example/app', branch: 'main' };
const dev = { ...app, branch: 'dev' };
const lib = { repository: 'https://example/lib', branch: 'main' };
const built = (scene: World, fields: Partial<Job>, ...minutes: number[]) =>
  minutes.reduce((it, took) => {
    const attempt = { agent: 'mac', token: 1, startedAt: noon, endedAt: minutesAfterNoon(took) };
    const attempts = [anAttempt({ ...attempt, status: 'succeeded' })];
    return it.job(`d${it.state.jobs.size}`, { ...fields, status: 'succeeded', attempts });
  }, scene);
const expected = (scene: World, fields: Partial<Job>) => {
  const state = scene.job('b1', fields).state;
  const duration = expectedDurationMs(state, state.jobs.get('b1'));
  return duration && [duration.p50 / 60_000, duration.p90 / 60_000, duration.count];
};

describe('durations', () => {
  it('come from the same work where there is enough of it, else from the repository, else from all', () => {
    const some = built(built(built(world(), app, 10, 10, 30), dev, 2, 4), lib, 1, 1);

    expect(expected(some, app)).toEqual([10, 30, 3]);
    expect(expected(some, dev)).toEqual([10, 30, 5]);
    expect(expected(some, lib)).toEqual([4, 30, 7]);
    expect(expected(built(world(), app, 5, 5), app)).toBeNull();
  });

  it('make no job a slow one by what other work took', () => {
    const some = built(built(world(), { command: ['true'] }, 1, 1, 1), lib, 2, 2, 2);
    const usual = (fields: Partial<Job>) => {
      const { state } = some.job('b1', fields);
      const job = state.jobs.get('b1');
      return job && usualDurationMs(state, job);
    };

    expect(usual({ command: ['true'] })).toMatchObject({ p50: 60_000, count: 3 });
    expect(usual({ command: ['make', 'all'] })).toBeNull();
    expect(usual({ ...lib, branch: 'next' })).toMatchObject({ p50: 120_000 });
    expect(usual(app)).toBeNull();
  });

  it('tell when a waiting job may end, and a running one no earlier than now', () => {
    const scene = built(world().agent('mac').beat('mac'), app, 10, 10, 30).job('b1', app);
    const running = scene.job('b1', { ...app, status: 'running' });
    const end = ({ state }: World, minutes: number) => {
      const job = state.jobs.get('b1');
      return job && explain(state, job, minutesAfterNoon(minutes)).expectedEnd;
    };

    expect(end(scene, 5)).toEqual({ p50: minutesAfterNoon(15), p90: minutesAfterNoon(35) });
    expect(end(running, 5)).toEqual({ p50: minutesAfterNoon(10), p90: minutesAfterNoon(30) });
    expect(end(running, 20)).toEqual({ p50: minutesAfterNoon(20), p90: minutesAfterNoon(30) });
  });
});

import { describe, expect, it } from 'vitest';
import { anAttempt, theYard } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { slowJobs } from './slow-jobs.ts';

const fleet = () =>
  world()
    .agent('mac')
    .beat('mac', { at: minutesAfterNoon(100) });
const seen = ({ state }: World, minutes: number) => slowJobs(state, minutesAfterNoon(minutes));
const warnings = (scene: World, fields: Partial<ReturnType<typeof theYard>['warnings']>) =>
  scene.yard({ warnings: { ...theYard().warnings, ...fields } });
const running = (scene: World) => scene.job('b1', { status: 'running' });
const done = (scene: World, minutes: number) =>
  ['d1', 'd2', 'd3'].reduce((it, id) => {
    const times = { startedAt: noon, endedAt: minutesAfterNoon(minutes) };
    return it.job(id, {
      status: 'succeeded',
      attempts: [anAttempt({ agent: 'mac', token: 1, status: 'succeeded', ...times })],
    });
  }, scene);

describe('slow-jobs', () => {
  it('names the oldest wait once, with how many wait too long as well', () => {
    const scene = fleet()
      .job('young', { submittedAt: minutesAfterNoon(50) })
      .job('old', { submittedAt: noon })
      .job('older', { submittedAt: minutesAfterNoon(-5) });

    expect(seen(scene, 61)).toEqual([
      {
        code: 'oldest-wait',
        text: `job older waits for an agent since ${minutesAfterNoon(-5)}, and 1 more wait longer than 60 minutes`,
        refs: ['older'],
      },
    ]);
    expect(seen(scene, 54)).toEqual([]);
  });

  it('leaves alone what waits for something else than an agent', () => {
    const scene = fleet()
      .job('r1', { status: 'running' })
      .job('need', { needs: ['r1'] })
      .job('later', { notBefore: minutesAfterNoon(400) })
      .job('stuck', { labels: ['gpu'] });

    expect(seen(warnings(scene, { runningMinutes: 0 }), 300)).toEqual([]);
  });

  it('is silent where nobody wants to be told', () => {
    expect(seen(warnings(running(fleet()).job('b2'), { queuedMinutes: 0, runningMinutes: 0 }), 999)).toEqual([]);
  });

  it('names a build that runs longer than the yard allows', () => {
    const scene = warnings(running(fleet()), { runningMinutes: 30 });

    expect(seen(scene, 30)).toEqual([]);
    expect(seen(scene, 31)).toEqual([
      { code: 'job-runs-long', text: `job b1 runs on mac since ${noon}, longer than 30 minutes`, refs: ['b1', 'mac'] },
    ]);
  });

  it('else judges it by what others took, and not by too few of them', () => {
    const scene = running(fleet());

    expect(seen(scene, 999)).toEqual([]);
    expect(seen(done(scene, 10), 20)).toEqual([]);
    expect(seen(done(scene, 10), 21).map((it) => it.code)).toEqual(['job-runs-long']);
  });
});

import { describe, expect, it } from 'vitest';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { explain } from './explain.ts';
import { taskStats } from './task-stats.ts';
import { tasksWith, taskView } from './task-view.ts';

const task = { text: 'Build it', parameters: { url: 'u' }, notify: false, message: null };
const ended = (agent: string, minutes: number) => ({
  endedAt: minutesAfterNoon(minutes),
  attempts: [anAttempt({ agent, token: 1, startedAt: noon, endedAt: minutesAfterNoon(minutes), status: 'succeeded' })],
});
const aYard = (): World =>
  world()
    .agent('w1', { tasks: true, labels: ['build', 'npm'] })
    .job('b1')
    .job('t1', { command: null, task, labels: ['build', 'npm'] })
    .job('t2', { command: null, task, labels: ['build', 'dotnet'], priority: 1 })
    .job('t3', { command: null, task, labels: ['build'], status: 'succeeded', ...ended('w1', 3) })
    .job('t4', { command: null, task, labels: ['build'], status: 'failed', ...ended('w1', 6) })
    .job('t5', { command: null, task, labels: [], status: 'running', agent: 'w1', token: 1 });

const idsWith = (...tags: string[]) => tasksWith(aYard().state, tags, noon).map((it) => it.id);

describe('task-view', () => {
  it('shows what runs, then what waits in its order, then what ended last, and no builds', () => {
    expect(idsWith()).toEqual(['t5', 't2', 't1', 't4', 't3']);
    expect(idsWith('Build', 'npm')).toEqual(['t1']);
  });

  it('tells a task in its own words', () => {
    const { state } = aYard();
    const viewOf = (id: string) => {
      const job = state.jobs.get(id);
      return job && taskView(job);
    };

    expect(viewOf('t3')).toMatchObject({ id: 't3', tags: ['build'], worker: 'w1', parameters: { url: 'u' } });
    expect(viewOf('b1')).toBeNull();
  });

  it('says why a task waits: nobody takes tasks, or nobody has all of its tags', () => {
    const why = (of: World, id = 't1') => {
      const job = of.state.jobs.get(id);
      return job && explain(of.state, job, noon).reasons[0]?.text;
    };

    expect(why(aYard(), 't2')).toBe('no agent fits build, dotnet; nearest is w1, which lacks label dotnet');
    expect(
      why(
        world()
          .agent('a1')
          .job('t1', { command: null, task, labels: ['build'] }),
      ),
    ).toBe('no agent takes tasks; start one with gityard task receive --tags build --processor ./build-task.sh');
    expect(why(world().agent('w1', { tasks: true }).job('b1'), 'b1')).toContain('which takes nothing but tasks');
  });
});

describe('task-stats', () => {
  it('counts, and averages what ran, in minutes', () => {
    const { state } = aYard();

    expect(taskStats(tasksWith(state, [], noon))).toEqual({
      TotalBuilds: 5,
      SuccessfulBuilds: 1,
      FailedBuilds: 1,
      WaitingBuilds: 2,
      RunningBuilds: 1,
      AverageBuildTime: 4.5,
      since: noon,
    });
    expect(taskStats([])).toMatchObject({ TotalBuilds: 0, AverageBuildTime: null, since: null });
  });
});

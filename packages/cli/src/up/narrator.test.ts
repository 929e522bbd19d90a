import { after, type Job } from '@gityard/domain';
import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { Narrator } from './narrator.ts';

const stage = (name: string, status: 'Running' | 'Succeeded' | 'Failed') => ({
  name,
  status,
  startedAt: noon,
  endedAt: status === 'Running' ? null : after(noon, 1_500),
  warnings: 0,
  errors: 0,
  message: null,
});

describe('narrator', () => {
  it('tells each step once', () => {
    const narrator = new Narrator(world().state, minutesAfterNoon(-1));
    const { state } = world().job('j1', { branch: 'main' });

    expect(narrator.lines(state, noon)).toEqual(['job …j1 is queued (main), id j1']);
    expect(narrator.lines(state, noon)).toEqual([]);
  });

  it('tells why nothing will come of a job, once there are agents', () => {
    const narrator = new Narrator(world().state, minutesAfterNoon(-1));
    const alone = world().job('j1', { labels: ['gpu'] });
    const { state } = alone.agent('mac').beat('mac');

    expect(narrator.lines(alone.state, noon)).toEqual(['job …j1 is queued, id j1']);
    expect(narrator.lines(state, noon)).toEqual([
      'job …j1 is stuck: no agent fits gpu; nearest is mac, which lacks label gpu',
    ]);
    expect(narrator.lines(state, noon)).toEqual([]);
  });

  it('takes what an earlier run left for an old story', () => {
    const { state } = world()
      .agent('mac')
      .beat('mac', { takesNoJobs: 'it was stopped' })
      .job('j0', { status: 'failed' });
    const narrator = new Narrator(state, noon);

    expect(narrator.lines(state, noon)).toEqual([]);
    expect(narrator.lines(world(state).job('j1').state, noon)).toEqual(['job …j1 is queued, id j1']);
  });

  it('tells the stages before the end that they led to', () => {
    const narrator = new Narrator(world().state, minutesAfterNoon(-1));
    const failed = world().agent('mac').job('j1', { status: 'failed' }).state.jobs.get('j1') as Job;
    const attempts = failed.attempts.map((it) => ({
      ...it,
      stages: [stage('Build', 'Failed')],
      reason: 'make ended with exit code 2',
    }));
    const { state } = world()
      .agent('mac')
      .job('j1', { ...failed, attempts });

    expect(narrator.lines(state, noon)).toEqual([
      'job …j1   Build    failed 1.5 s',
      'job …j1 has failed on mac: make ended with exit code 2',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { explain } from '../../views/explain.ts';
import { fleetStatus } from '../../views/fleet-status.ts';
import { claimJob } from '../jobs/claim-job.ts';
import { type PauseFleet, pauseFleet, resumeFleet } from './pause-fleet.ts';

const { state: open } = world()
  .agent('mac', { pool: 'MacOS' })
  .beat('mac')
  .agent('pc', { pool: 'Windows' })
  .beat('pc')
  .job('running', { status: 'running' })
  .job('b1', { labels: ['MacOS'] });
const wish = { pool: null, by: 'ann', reason: 'code freeze', until: null, now: noon } as const;
const paused = (fields: Partial<PauseFleet> = {}) => stateAfter(open, pauseFleet(open, { ...wish, ...fields }));
const claim = (state: State, agentId: string, now = noon) => claimJob(state, { agentId, boot: null, now });
const slots = (state: State): State => world(state).agent('mac', { pool: 'MacOS', slots: 2 }).beat('mac').state;
const why = (state: State) => {
  const job = state.jobs.get('b1');
  return job && explain(state, job, noon);
};

describe('pause-fleet', () => {
  it('lets nobody claim, tells every claimer who paused it and why, and leaves what runs alone', () => {
    const state = slots(paused());

    expect(claim(state, 'mac')).toMatchObject(refusal('AGENT_NOT_ACTIVE'));
    expect(claim(state, 'mac')).toMatchObject({ reason: expect.stringContaining('paused by ann: code freeze') });
    expect(state.jobs.get('running')?.status).toBe('running');
  });

  it('pauses one pool and no other', () => {
    const state = world(slots(paused({ pool: 'Windows' }))).job('b2').state;

    expect(claim(state, 'pc')).toMatchObject(refusal('AGENT_NOT_ACTIVE'));
    expect(claim(state, 'mac').ok).toBe(true);
  });

  it('is the reason that a job of that pool waits, and one that somebody has to end', () => {
    expect(why(paused({ pool: 'MacOS' }))).toMatchObject({
      canEverRun: false,
      reasons: [
        {
          code: 'all-matching-paused',
          class: 'stuck',
          text: 'could run on mac, but pool MacOS is paused by ann: code freeze; gityard pool resume MacOS lets it',
        },
      ],
    });
  });

  it('ends by itself at its time', () => {
    const state = slots(paused({ until: minutesAfterNoon(5) }));

    expect(why(state)).toMatchObject({ canEverRun: true, reasons: [{ class: 'will-run' }] });
    expect(claim(state, 'mac', minutesAfterNoon(4)).ok).toBe(false);
    expect(claim(state, 'mac', minutesAfterNoon(5)).ok).toBe(true);
  });

  it('stands in the status once, not once for each job that it keeps', () => {
    const many = ['b2', 'b3', 'b4'].reduce((scene, id) => scene.job(id), world(paused())).state;
    const connection = {
      state: 'live',
      lastContactAt: noon,
      pushBudget: { perMinute: null, used: 0, left: null },
      spool: 0,
    } as const;
    const status = fleetStatus(many, noon, { head: 'c0ffee', connection });

    expect(status.paused).toEqual([{ pool: null, by: 'ann', at: noon, reason: 'code freeze', until: null }]);
    expect(status.needsYou.map((it) => it.code)).toEqual(['queue-paused']);
    expect(status.jobs).toMatchObject({ queued: 4, stuck: 4 });
  });

  it('commits nothing when it is said again or was not so, and refuses a pool that no agent is of', () => {
    expect(pauseFleet(paused(), { ...wish, by: 'bob' })).toMatchObject(nothingToCommit);
    expect(resumeFleet(open, { pool: null, reason: null, now: noon })).toMatchObject(nothingToCommit);
    expect(pauseFleet(open, { ...wish, pool: 'constructor' })).toMatchObject(refusal('NOT_FOUND'));
    expect(resumeFleet(open, { pool: 'constructor', reason: null, now: noon })).toMatchObject(refusal('NOT_FOUND'));
  });

  it('resumes what it paused, and nothing else', () => {
    const both = stateAfter(paused(), pauseFleet(paused(), { ...wish, pool: 'MacOS' }));
    const fleet = stateAfter(both, resumeFleet(both, { pool: null, reason: null, now: noon }));

    expect(fleet.yard.paused).toMatchObject({ fleet: null, pools: { MacOS: { by: 'ann' } } });
    const none = stateAfter(fleet, resumeFleet(fleet, { pool: 'MacOS', reason: null, now: noon }));
    expect(none.yard.paused).toEqual({ fleet: null, pools: {} });
  });
});

import { describe, expect, it } from 'vitest';
import { auditState } from '../audit/audit.ts';
import { JOB_STATUSES } from '../entities/job.ts';
import { world } from './world.ts';

describe('world', () => {
  it('builds jobs of every status that no rule objects to', () => {
    const { state } = JOB_STATUSES.reduce((scene, status) => scene.job(status, { status }), world().agent('mac'));

    expect(auditState(state)).toEqual([]);
  });

  it('lets an agent beat for what it holds', () => {
    const { state } = world().agent('mac').job('b1', { status: 'running', token: 3 }).beat('mac');

    expect(state.heartbeats.get('mac')).toMatchObject({ boot: 'mac-boot', jobs: [{ id: 'b1', token: 3 }] });
  });

  it('refuses to build what no schema admits', () => {
    expect(() => world().job('b1', { priority: 99 })).toThrow(
      'a spec asks for an impossible job: priority must be at most 10',
    );
  });
});

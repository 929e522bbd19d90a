import { describe, expect, it } from 'vitest';
import { type Approval, NO_GATE } from '../entities/approval.ts';
import type { Job } from '../entities/job.ts';
import { approveJob } from '../operations/jobs/approve-job.ts';
import { broken, operation } from '../spec/audited.ts';
import { resultOf } from '../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';

const APPROVED = [operation('approve')];
const CLAIMED = [operation('claim', { token: 1 })];
const scene = (fields: Partial<Job> = {}) =>
  world()
    .agent('mac')
    .yard({ people: { bob: { roles: ['BuildMaster'], names: ['robert'] } } })
    .job('b1', { approval: { ...NO_GATE, validHours: 1 }, ...fields });

const [good] = resultOf(approveJob(scene().state, { jobId: 'b1', by: 'bob', reason: null, now: noon })).approvals;
const by = (name: string, fields: Partial<Approval> = {}): Job['approvals'] =>
  good ? [{ ...good, by: name, ...fields }] : [];
const waiting = (approvals: Job['approvals']) => scene({ approvals });
const held = (approvals: Job['approvals']) => scene({ approvals, status: 'claimed' });

describe('the audit of approvals', () => {
  it('finds one that came by hand, or with another operation', () => {
    expect(broken(waiting([]), waiting(by('bob')))).toEqual(['approval-given']);
    expect(broken(world(), waiting(by('bob')), [operation('submit')])).toEqual(['approval-given']);
    expect(broken(waiting([]), waiting(by('bob')), [operation('prioritise')])).toEqual(['approval-given']);
    expect(broken(waiting([]), waiting(by('bob')), [operation('approve', { job: 'b2' })])).toEqual(['approval-given']);
  });

  it('finds one of somebody who may not give it, and a second one of the same person', () => {
    expect(broken(waiting([]), waiting(by('eve')), APPROVED)).toEqual(['approval-given']);
    expect(broken(waiting([]), waiting(by('ann')), APPROVED)).toEqual(['approval-given']);
    expect(broken(waiting(by('bob')), waiting([...by('bob'), ...by('robert')]), APPROVED)).toEqual(['approval-given']);
  });

  it('finds a claim without them: with none, with one that is over, with one of another work', () => {
    expect(broken(waiting([]), held([]), CLAIMED)).toEqual(['approved-first']);
    const late = by('bob', { at: minutesAfterNoon(-61) });
    expect(broken(waiting(late), held(late), CLAIMED)).toEqual(['approved-first']);
    const other = by('bob', { of: 'a'.repeat(64) });
    expect(broken(waiting(other), held(other), CLAIMED)).toEqual(['approved-first']);
  });

  it('lets pass what operations do, and that a person takes one away', () => {
    expect(broken(waiting([]), waiting(by('bob')), APPROVED)).toEqual([]);
    expect(broken(waiting([]), waiting(by('bob')), [operation('take-up', { job: null })])).toEqual([]);
    expect(broken(waiting(by('bob')), held(by('bob')), CLAIMED)).toEqual([]);
    expect(broken(waiting([]), held(by('bob')), [...APPROVED, ...CLAIMED])).toEqual([]);
    expect(broken(waiting(by('bob')), waiting([]))).toEqual([]);
  });
});

import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { JobRow } from '../rows.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { failureGroups, signatureOf } from './failures.ts';

const noon = '2026-03-01T12:00:00.000Z';
const [some] = sampleYard(noon).finished as [JobRow];
const failed = (changes: object): JobRow => ({ ...some, status: 'failed', endedAt: noon, ...changes });

describe('failures', () => {
  it('puts failures together that differ in lines, ids and times alone', () => {
    const jobs = [
      failed({ id: 'a', agent: 'build1', reason: 'Vnf.java:88: cannot find symbol' }),
      failed({ id: 'b', agent: 'build2', reason: 'tests: FirewallIT' }),
      failed({ id: 'c', agent: 'build2', reason: 'Vnf.java:91: cannot  find symbol\nmore' }),
    ];

    expect(failureGroups(jobs, noon)).toMatchObject([
      { text: 'Vnf.java:88: cannot find symbol', jobs: [{ id: 'a' }, { id: 'c' }], servers: ['build1', 'build2'] },
      { jobs: [{ id: 'b' }] },
    ]);
  });

  it('leaves out what did not fail, and what failed longer ago than a day', () => {
    const jobs = [failed({ status: 'succeeded' }), failed({ endedAt: after(noon, -25 * 3_600_000) })];

    expect(failureGroups(jobs, noon)).toEqual([]);
  });

  it('knows a failure without a reason by its exit code', () => {
    expect(signatureOf({ reason: null, exitCode: 3, status: 'failed' })).toBe('exit code 3');
    expect(signatureOf({ reason: ' \n', exitCode: null, status: 'expired' })).toBe('expired');
  });

  it('takes ids for what they are, and words for words', () => {
    const of = (reason: string) => signatureOf({ reason, exitCode: 1, status: 'failed' });

    expect(of('commit d8e22ab94f0c not found')).toBe(of('commit 9f3c2a7be1d0 not found'));
    expect(of('disk is full')).not.toBe(of('memory is full'));
  });
});

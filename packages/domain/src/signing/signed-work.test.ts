import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { blockers } from '../scheduling/blockers.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { payloadOf, signatureProblem, type Validity, workIn } from './signed-work.ts';

const validity: Validity = {
  yard: 'acme-1',
  notBefore: minutesAfterNoon(-1),
  expires: minutesAfterNoon(60),
  nonce: 'n1',
};
const asked: Partial<Job> = {
  repository: '/srv/app',
  command: null,
  branch: 'main',
  commit: 'c'.repeat(40),
  strategy: 'Distributed',
  secrets: ['TOKEN'],
  labels: ['linux'],
  needs: ['b0'],
};

function signed(id: string, fields: Partial<Job> = {}, more: Partial<Validity> = {}): Partial<Job> {
  const job = world()
    .job(id, { ...asked, ...fields })
    .state.jobs.get(id);
  if (!job) throw new Error('it was just made');
  const payload = payloadOf(job, { ...validity, ...more });
  return { ...asked, ...fields, signature: { payload, signature: 'armoured', key: 'SHA256:x' } };
}

function problem(job: Partial<Job>, now = noon): string | null {
  const { state } = world().job('b1', job);
  const found = state.jobs.get('b1');
  return found ? signatureProblem(state, found, now) : 'gone';
}

describe('signed-work', () => {
  it('finds nothing wrong with a job that is as it was signed, whatever its turn', () => {
    expect(problem(signed('b1'))).toBeNull();
    expect(problem({ ...signed('b1'), priority: 1, assignedTo: 'mac', notBefore: noon })).toBeNull();
    expect(problem(asked)).toBeNull();
  });

  it.each([
    ['command', { command: ['id'] }],
    ['commit', { commit: 'd'.repeat(40) }],
    ['branch', { branch: 'release' }],
    ['repository', { repository: '/srv/other' }],
    ['labels', { labels: [] }],
    ['secrets', { secrets: ['TOKEN', 'OTHER'] }],
    ['parameters', { parameters: { target: 'prod' } }],
    ['strategy', { strategy: 'Clean' }],
    ['needs', { needs: [] }],
  ] as const)('tells that its %s was changed', (field, edit) => {
    expect(problem({ ...signed('b1'), ...(edit as Partial<Job>) })).toBe(`its ${field} is not what was signed`);
  });

  it('tells of another job, another time, and of what is no job', () => {
    expect(problem(signed('b2'))).toBe('its signature is of job b2');
    expect(problem(signed('b1'), minutesAfterNoon(60))).toContain('was good until');
    expect(problem(signed('b1'), minutesAfterNoon(-2))).toContain('is good from');
    const { payload = '' } = signed('b1').signature ?? {};
    for (const bad of [
      '',
      '{}',
      'null',
      ` ${payload}`,
      payload.replace('"version":1', '"version":2'),
      '['.repeat(50_000),
    ])
      expect(workIn(bad)).toBeUndefined();
  });

  it('keeps such a job from being claimed by anyone, and says why', () => {
    const { state } = world().job('b1', { ...signed('b1', { needs: [] }), command: ['id'] });
    const job = state.jobs.get('b1');

    expect(job && blockers(state, job, noon)).toMatchObject([{ code: 'signature', class: 'stuck' }]);
  });

  it('lets the parts of a job do what the job may, and nothing else', () => {
    const split = { kind: 'distributed', at: noon, children: ['p1', 'p2'] } as unknown as Job['split'];
    const parent = { ...signed('b1'), needs: ['b0', 'p1', 'p2'], split };
    const part = {
      ...asked,
      parent: 'b1',
      strategy: 'Cached',
      toolchain: 'npm',
      requires: ['cache=x'],
    } as Partial<Job>;
    const at = (id: string, fields: Partial<Job>) => {
      const { state } = world().job('b1', parent).job(id, fields);
      const job = state.jobs.get(id);
      return job && signatureProblem(state, job, noon);
    };

    expect(problem(parent)).toBeNull();
    expect(at('p1', part)).toBeNull();
    expect(at('p1', { ...part, secrets: ['OTHER'] })).toBe('its secrets is not what was signed');
    expect(at('p1', { ...part, command: ['id'] })).toBe('its command is not what was signed');
    expect(problem({ ...parent, needs: ['p1', 'p2', 'x1'] })).toBe('its needs is not what was signed');
  });
});

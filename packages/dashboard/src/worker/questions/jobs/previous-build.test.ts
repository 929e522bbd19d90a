import { describe, expect, it } from 'vitest';
import { memoryReading } from '../../../testing/memory-reading.ts';
import { previousBuild } from './previous-build.ts';

const REPOSITORY = 'https://git.example/acme/engine';
const JOB = { id: '01k9', repository: REPOSITORY, branch: 'main', submittedAt: '2026-03-09T00:00:00Z' };

describe('previous-build', () => {
  it('finds it among the jobs that have a file, the youngest first', async () => {
    const reading = memoryReading({
      ...job('01k3'),
      ...job('01k5'),
      ...job('01k6', { status: 'failed' }),
      ...job('01k7', { branch: 'other' }),
      ...job('01k8', { result: { artifacts: 0 } }),
      ...job('01kz'),
    });

    expect(await previousBuild(reading, { job: JOB, at: null })).toBe('01k5');
  });

  it('finds it in the records of what was archived', async () => {
    const reading = memoryReading({
      'shared/metrics/2026-02.jsonl': [record('01a1', '2026-02-01'), record('01a2', '2026-02-03')].join('\n'),
      'shared/metrics/2026-03.jsonl': [
        record('01a3', '2026-03-01', { branch: 'other' }),
        record('01a4', '2026-03-02', { artifacts: 0 }),
        record('01a5', '2026-03-20'),
        'not json',
      ].join('\n'),
    });

    expect(await previousBuild(reading, { job: JOB, at: null })).toBe('01a2');
  });

  it('finds none where there is none', async () => {
    expect(await previousBuild(memoryReading(job('01k7', { branch: 'other' })), { job: JOB, at: null })).toBeNull();
  });
});

const job = (id: string, changes: object = {}) => ({
  [`shared/jobs/00/${id}.json`]: JSON.stringify({
    ...{ id, repository: REPOSITORY, branch: 'main', status: 'succeeded', token: 1 },
    ...{ submittedAt: '2026-03-01T00:00:00Z', submittedBy: 'ada', result: { artifacts: 2 } },
    ...changes,
  }),
});

const record = (id: string, day: string, changes: object = {}) =>
  JSON.stringify({
    ...{ job: id, attempt: 1, agent: 'mac', repository: REPOSITORY, branch: 'main' },
    ...{ startedAt: `${day}T00:00:00Z`, seconds: 60, status: 'succeeded', artifacts: 2 },
    ...changes,
  });

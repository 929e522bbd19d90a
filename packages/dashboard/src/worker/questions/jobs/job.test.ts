import { describe, expect, it } from 'vitest';
import { FAILED, FAILED_LOG, sampleJobFiles } from '../../../testing/sample-job-files.ts';
import { sampleRepository, shardOf } from '../../../testing/sample-repository.ts';
import { sampleYard } from '../../../testing/sample-yard.ts';
import { job } from './job.ts';
import { jobArtifacts } from './job-artifacts.ts';
import { jobChanges } from './job-changes.ts';
import { jobRecord } from './job-record.ts';

const now = '2026-03-01T12:00:00.000Z';
const model = sampleYard(now);
const TRIED = [{ number: 1, agent: 'build2', startedAt: now }];
const open = (id: string) => `shared/jobs/${shardOf(id)}/${id}.json`;
const file = (id: string, changes: object = {}) =>
  JSON.stringify({ id, status: 'queued', submittedAt: now, ...changes });

describe('job', () => {
  it('is read from its folder by its id, or by a beginning that the snapshot knows, in one request', async () => {
    for (const id of [FAILED, '01kar7fail']) {
      const repository = sampleJobFiles(now);

      const answer = await job(repository.reading(model), { id, at: null });

      expect(answer).toMatchObject({
        kind: 'found',
        isArchived: false,
        job: { id: FAILED, attempts: [{}, { agent: 'build2' }] },
      });
      expect(answer.link).toBe(`https://git.example/${model.head}/${open(FAILED)}`);
      expect(repository.asked).toHaveLength(1);
    }
  });

  it('is found in the archive by its id alone where it ended on the day on which it was asked for', async () => {
    const id = '01m70v9ahpjhs2h3wxvzhg2bg7';
    const repository = sampleRepository();
    repository.put('state', `shared/archive/jobs/2026/11/09/${id}.json`, file(id, { status: 'failed' }));

    expect(await job(repository.reading(), { id, at: null })).toMatchObject({ isArchived: true, job: { id } });
    expect(repository.asked.filter((it) => it.startsWith('tree'))).toEqual([]);
  });

  it('has the changes of a job in the archive from before it went there', async () => {
    const asked: (string | undefined)[] = [];
    const commits = async (_: unknown, { path }: { readonly path?: string }) => {
      asked.push(path);
      return [];
    };
    const archived = 'shared/archive/jobs/2026/11/09/old1.json';

    await jobChanges({ ...sampleRepository().reading(), commits }, { id: 'old1', path: archived, at: null });

    expect(asked).toEqual([archived, open('old1')]);
  });

  it('is found in the archive, by the day it ended or by the tree, with a shard and without', async () => {
    const repository = sampleRepository();
    repository.put('state', 'shared/archive/jobs/2026/02/28/old1.json', file('old1', { status: 'failed' }));
    repository.put(
      'state',
      `shared/archive/jobs/2026/02/27/${shardOf('old2')}/old2.json`,
      file('old2', { status: 'failed' }),
    );
    const finished = {
      ...model,
      finished: sampleYard(now, {
        finished: [{ id: 'old1', status: 'failed', priority: 5, submittedAt: now, endedAt: '2026-02-28T10:00:00Z' }],
      }).finished,
    };

    expect(await job(repository.reading(finished), { id: 'old1', at: null })).toMatchObject({ isArchived: true });
    expect(repository.asked).not.toContain('tree shared/jobs');
    expect(await job(repository.reading(), { id: 'old2', at: null })).toMatchObject({
      isArchived: true,
      job: { id: 'old2' },
    });
    expect(await job(repository.reading(), { id: 'old', at: null })).toMatchObject({
      kind: 'ambiguous',
      ids: ['old1', 'old2'],
    });
    expect(await job(repository.reading(), { id: 'none', at: null })).toMatchObject({ kind: 'none' });
    expect(await job(repository.reading(), { id: '../../x', at: null })).toMatchObject({ kind: 'none' });
  });

  it('says what is wrong with a file that cannot be read', async () => {
    const repository = sampleRepository();
    repository.put('state', open('bad'), file('bad', { status: 'exploded' }));

    await expect(job(repository.reading(), { id: 'bad', at: null })).rejects.toThrow(
      /bad\.json cannot be read: status must be one of/,
    );
  });

  it('has artifacts, changes and a record of its tests', async () => {
    const repository = sampleJobFiles(now);
    const reading = repository.reading(model);

    expect((await jobArtifacts(reading, { id: FAILED, at: null, endedAt: null }))?.artifacts).toHaveLength(2);
    expect(await jobArtifacts(reading, { id: 'other', at: null, endedAt: null })).toBeNull();
    expect((await jobChanges(reading, { id: FAILED, path: open(FAILED), at: null })).map(({ said }) => said)).toEqual([
      'finish: failed',
      'claim for agent build2',
    ]);
    expect(await jobRecord(reading, { id: FAILED, attempts: TRIED })).toMatchObject({
      failed: [{ name: 'FirewallIT.opensPort', line: 41 }, { name: 'FirewallIT.dropsPort' }],
      slow: [{ durationMs: 31_200 }, {}],
    });
  });

  it('takes of a record only what it can be', async () => {
    const repository = sampleJobFiles(now);
    repository.put('logs', `${FAILED_LOG}.json`, '{"testCases": {"failed": [{"name": 7}, null], "slow": "x"}}');

    expect(await jobRecord(repository.reading(model), { id: FAILED, attempts: TRIED })).toMatchObject({
      failed: [{ name: '', line: null }, { name: '' }],
      slow: [],
    });
  });
});

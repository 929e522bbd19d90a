import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropResult, type Finish, keepResult, keptResults } from './unfinished.ts';

const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: 'none' };
const finish: Finish = {
  jobId: 'b1',
  agentId: 'mac',
  token: 2,
  status: 'succeeded',
  cause: null,
  exitCode: 0,
  signal: null,
  reason: null,
  stages: [],
  result,
  now: '2026-03-02T12:00:00.000Z',
};

describe('unfinished', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('keeps a result until it is dropped', async () => {
    await keepResult(folder.path, finish);
    await keepResult(folder.path, { ...finish, jobId: 'b2' });
    expect(await keptResults(folder.path)).toEqual([finish, { ...finish, jobId: 'b2' }]);

    await dropResult(folder.path, finish);

    expect((await keptResults(folder.path)).map((it) => it.jobId)).toEqual(['b2']);
  });

  it('knows of none in a folder that is new', async () => {
    expect(await keptResults(folder.path)).toEqual([]);
  });

  it('leaves alone what is no result, and leaves nothing half written', async () => {
    await keepResult(folder.path, finish);
    await writeFile(join(folder.path, 'unfinished', 'b9-1.json'), '{"jobId": "b9"');

    expect(await keptResults(folder.path)).toEqual([finish]);
    expect(await readdir(join(folder.path, 'unfinished'))).toEqual(['b1-2.json', 'b9-1.json']);
  });
});

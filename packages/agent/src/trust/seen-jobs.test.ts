import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinnedYard, rememberEnd, rememberRun, seenJob } from './seen-jobs.ts';

const now = '2026-03-02T12:00:00.000Z';
const until = '2026-03-03T12:00:00.000Z';

describe('seen-jobs', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('remembers every job of those that begin at the same time, and the yard that they are of', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `b${at}`);
    const home = folder.path;

    await Promise.all([
      ...ids.map((jobId) => rememberRun(home, { jobId, token: 2, until, now })),
      pinnedYard(home, 'https://example.org/yard', 'acme-1'),
    ]);

    expect(await Promise.all(ids.map((id) => seenJob(home, id)))).toEqual(ids.map(() => ({ token: 2, until })));
    expect(await pinnedYard(home, 'https://example.org/yard', 'acme-2')).toBe('acme-1');
  });

  it('runs an attempt once, whoever else asks at the same time', async () => {
    const run = { jobId: 'b1', token: 2, until, now };

    const answers = await Promise.all([rememberRun(folder.path, run), rememberRun(folder.path, run)]);

    expect(answers).toEqual([true, false]);
    expect(await rememberRun(folder.path, { ...run, token: 3 })).toBe(true);
  });

  it('remembers how a job ended that ran here, and that it succeeded for good', async () => {
    const home = folder.path;
    await rememberRun(home, { jobId: 'b1', token: 2, until, now });

    await rememberEnd(home, { jobId: 'b1', status: 'succeeded', token: 2 });
    await rememberEnd(home, { jobId: 'b1', status: 'failed', token: 3 });
    await rememberEnd(home, { jobId: 'b2', status: 'failed', token: 1 });

    expect(await seenJob(home, 'b1')).toEqual({ token: 2, until, ended: { status: 'succeeded', token: 2 } });
    expect(await seenJob(home, 'b2')).toBeUndefined();
  });

  it('forgets a job once its signature is good no more, in whatever zone that time is written', async () => {
    const home = folder.path;
    await rememberRun(home, { jobId: 'open', token: 1, until: '2026-03-02T09:30:00.000-03:00', now });
    await rememberRun(home, { jobId: 'over', token: 1, until: '2026-03-02T12:30:00.000+03:00', now });
    await rememberRun(home, { jobId: 'next', token: 1, until, now });

    expect(await seenJob(home, 'open')).toMatchObject({ token: 1 });
    expect(await seenJob(home, 'over')).toBeUndefined();
  });
});

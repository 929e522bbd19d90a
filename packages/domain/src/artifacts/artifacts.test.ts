import { describe, expect, it } from 'vitest';
import { aPoint } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { after, DAY_MS } from '../time.ts';
import { artifactType, artifactTypeNamed } from './artifact-type.ts';
import { type CleanupWish, planCleanup, type StoredBuild } from './plan-cleanup.ts';
import { planOrphans } from './plan-orphans.ts';

describe('artifact-type', () => {
  it.each([
    ['out/app_1.0_amd64.deb', 'debs'],
    ['Acme.1.0.0.nupkg', 'nupkg'],
    ['app.tar.gz', 'tar'],
    ['app.tgz', 'tar'],
    ['app.war', 'jar'],
    ['setup.EXE', 'exe'],
    ['README', 'other'],
  ])('of %s is %s', (path, type) => {
    expect(artifactType(path)).toBe(type);
  });

  it.each([
    ['debs', 'debs'],
    ['deb', 'debs'],
    ['ZIPs', 'zip'],
    ['war', 'jar'],
    ['all', 'all'],
    ['nonsense', undefined],
  ])('knows what is meant by %s', (word, type) => {
    expect(artifactTypeNamed(word)).toBe(type);
  });
});

const stored = (job: string, token = 1): StoredBuild => ({
  job,
  token,
  storedAt: noon,
  files: [
    { path: 'app.deb', sizeBytes: 100 },
    { path: 'notes.txt', sizeBytes: 1 },
  ],
});
const wish: CleanupWish = { type: 'debs', keep: 1, olderThanMs: 0, gainBytes: null, now: after(noon, DAY_MS) };
const done = (minute: number, branch = 'main') =>
  ({ status: 'succeeded', branch, endedAt: minutesAfterNoon(minute) }) as const;
const three = world().job('a', done(1)).job('b', done(2)).job('c', done(3));
const plan = ({ state }: World, changes: Partial<CleanupWish> = {}, builds = ['a', 'b', 'c'].map((id) => stored(id))) =>
  planCleanup(state, builds, { ...wish, ...changes });
const jobs = ({ remove }: ReturnType<typeof plan>) => remove.map((it) => it.job);

describe('plan-cleanup', () => {
  it('lets the oldest of a branch go, and of them only what is of that sort', () => {
    expect(plan(three)).toMatchObject({
      remove: [{ job: 'a', paths: ['app.deb'] }, { job: 'b' }],
      sizeBytes: 200,
      needed: [],
    });
    expect(plan(three, { keep: 3 }).remove).toEqual([]);
    expect(plan(three, { type: 'zip' }).remove).toEqual([]);
    expect(plan(three, { type: 'all' }).remove[0]?.paths).toEqual(['app.deb', 'notes.txt']);
  });

  it('counts each branch for itself', () => {
    expect(jobs(plan(three.job('a', done(1, 'dev'))))).toEqual(['b']);
  });

  it('leaves what is younger, and stops when enough is free', () => {
    expect(jobs(plan(three, { olderThanMs: DAY_MS - 90_000 }))).toEqual(['a']);
    expect(jobs(plan(three, { gainBytes: 50 }))).toEqual(['a']);
    expect(jobs(plan(three, { gainBytes: 0 }))).toEqual([]);
  });

  it('never touches what somebody may still ask for, and says who', () => {
    const needed = three
      .rollback('main', { points: [aPoint('a', noon)] })
      .job('next', { needs: ['b'] })
      .job('c', { status: 'running', token: 2 });

    expect(plan(needed, { keep: 0 }, [stored('a'), stored('b'), stored('c', 2)])).toMatchObject({
      remove: [],
      needed: [
        { job: 'c', reason: 'its job is running' },
        { job: 'a', reason: 'a rollback may go back to it' },
        { job: 'b', reason: 'a job that has not ended needs it' },
      ],
    });
  });

  it('takes the bytes of an attempt whose result did not count', () => {
    const { remove } = plan(three.manifest('a', { token: 2 }).rollback('main', { points: [aPoint('a', noon)] }), {}, [
      stored('c'),
      stored('a', 1),
      stored('a', 2),
    ]);

    expect(remove).toMatchObject([{ job: 'a', token: 1 }]);
  });
});

describe('plan-orphans', () => {
  const files = [{ path: 'app.deb', sizeBytes: 3 }];
  const old = (job: string): StoredBuild => ({ job, token: 1, storedAt: noon, files });
  const now = after(noon, 2 * DAY_MS);

  it('names what neither a job, a manifest nor the archive knows', () => {
    const { state } = world().job('a').manifest('b');
    const stored = ['a', 'b', 'archived', 'nobody'].map(old);

    const orphans = planOrphans(state, stored, { isArchived: (job) => job === 'archived', now });

    expect(orphans).toMatchObject([{ job: 'nobody', token: 1, paths: ['app.deb'], sizeBytes: 3 }]);
  });

  it('leaves alone what may be on its way', () => {
    const wish = { isArchived: () => false, now: after(noon, DAY_MS - 1) };

    expect(planOrphans(world().state, [old('new')], wish)).toEqual([]);
  });
});

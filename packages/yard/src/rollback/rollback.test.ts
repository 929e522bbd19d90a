/** Against the server in memory, whose rules are those of Git: what is named must be there. */
import type { Manifest } from '@gityard/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditYard } from '../history/audit.ts';
import { readTag, readTags } from '../refs/tags.ts';
import { type Scene, scene } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { cleanUpPoints } from './clean-up-points.ts';
import { tagBuild } from './tag-build.ts';
import { ROLLBACK_TAGS } from './tag-words.ts';

const noon = '2026-03-02T12:00:00.000Z';
const FOREIGN = 'c'.repeat(40);
let here: Scene;
let yard: Yard;
beforeEach(async () => {
  here = await scene();
  yard = await here.start('ada');
});
afterEach(() => here.close());

async function published(job: string, createdAt = noon): Promise<Manifest> {
  const artifact = {
    name: 'a',
    path: 'a',
    sizeBytes: 1,
    contentType: 'x',
    md5: null,
    sha256: 'a'.repeat(64),
    sha512: null,
  };
  const manifest = { job, agent: 'build1', branch: 'main', commit: FOREIGN, createdAt, artifacts: [artifact] };
  const done = await yard.perform('publish-manifest', { manifest, now: noon });
  if (!done.ok) throw new Error(done.reason);
  return done.result;
}
const wishFor = (manifest: Manifest) => ({ branch: 'main', commit: manifest.commit, manifest, job: null, by: 'ada' });
async function tagged(manifest: Manifest, by = yard) {
  const done = await tagBuild(by, wishFor(manifest));
  if (!done.ok) throw new Error(done.reason);
  return done.result;
}
const tags = async () => [...(await readTags(yard.transport, ROLLBACK_TAGS)).keys()];

describe('tag-build', () => {
  it('names the commit that was built where the repository has it, and else the one that holds the result', async () => {
    const { point, made } = await tagged(await published('b1'));
    const own = { ...(await published('b2', '2026-03-02T13:00:00Z')), commit: yard.head };

    expect([point.tag, point.targetIs, made]).toEqual(['build-success-main-20260302T120000Z', 'state-commit', true]);
    expect(await readTag(yard.transport, point.tag)).toMatchObject({
      object: point.target,
      tagger: { name: 'ada', atSeconds: Date.parse(noon) / 1000 },
      message: expect.stringContaining(`\nManifest: sha256:${point.manifestSha256}\n`),
    });
    const built = await tagBuild(yard, {
      ...wishFor(own),
      manifest: yard.state.manifests.get('b2') ?? own,
      commit: own.commit,
    });
    expect(built).toMatchObject({ ok: true, result: { point: { target: own.commit, targetIs: 'built-commit' } } });
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('is one tag and one record, however often it is told', async () => {
    const manifest = await published('b1');
    const first = await tagged(manifest);
    await published('b2');

    const second = await tagged(manifest, await here.start('bob'));

    expect(second).toEqual({ point: first.point, made: false });
    expect(await tags()).toHaveLength(1);
  });

  it('goes on where somebody was stopped between the tag and the record', async () => {
    const manifest = await published('b1');
    const stopped = await here.start('bob');
    stopped.perform = async () => {
      throw new Error('the power is gone');
    };
    await expect(tagBuild(stopped, wishFor(manifest))).rejects.toThrow('power');
    expect(await tags()).toHaveLength(1);
    await published('meanwhile');

    const { point, made } = await tagged(manifest);

    expect(made).toBe(false);
    expect(await readTags(yard.transport, ROLLBACK_TAGS)).toEqual(new Map([[point.tag, point.tagObject]]));
    expect([...yard.state.rollbacks].flatMap((it) => it.points.map(({ job }) => job))).toEqual(['b1']);
  });

  it('knows after a lost reply that the tag is there', async () => {
    const manifest = await published('b1');
    here.remote.faults.next = 'lose-reply';

    const done = await tagBuild(yard, { ...wishFor(manifest), commit: yard.head });

    expect(done).toMatchObject({ ok: true, result: { point: { job: 'b1' } } });
    expect(await tags()).toHaveLength(1);
  });

  it('makes a tag again that was taken away, the very same', async () => {
    const manifest = await published('b1');
    const { point } = await tagged(manifest);
    here.remote.refs.delete(`refs/tags/${point.tag}`);

    expect(await tagged(manifest)).toEqual({ point, made: true });
    expect(here.remote.refs.get(`refs/tags/${point.tag}`)).toBe(point.tagObject);
  });

  it('gives builds that ended together names of their own', async () => {
    await tagged(await published('b1'));
    await tagged(await published('b2'));

    expect(await tags()).toEqual(['build-success-main-20260302T120000Z', 'build-success-main-20260302T120001Z']);
  });

  it('makes no tag for what is refused', async () => {
    const manifest = await published('b1');

    expect(await tagBuild(yard, { ...wishFor(manifest), branch: 'dev' })).toMatchObject({
      ok: false,
      code: 'CONFLICT',
    });
    expect(await tags()).toEqual([]);
  });

  it('says so where the remote makes commits itself', async () => {
    const manifest = await published('b1');
    Object.assign(yard.transport, { makesCommits: true });

    await expect(tagBuild(yard, wishFor(manifest))).rejects.toMatchObject({ code: 'DENIED' });
  });
});

describe('clean-up-points', () => {
  it('gives up the oldest, tag and record, and leaves a tag that somebody moved', async () => {
    for (const hour of [10, 11, 12, 13]) await tagged(await published(`b${hour}`, `2026-03-02T${hour}:00:00.000Z`));
    const moved = 'refs/tags/build-success-main-20260302T110000Z';
    here.remote.refs.set(moved, yard.head);

    const done = await cleanUpPoints(yard, { keep: 2 });

    expect(done).toEqual({
      removed: ['build-success-main-20260302T100000Z'],
      kept: [{ tag: moved.slice('refs/tags/'.length), reason: 'somebody has moved it' }],
    });
    expect([...yard.state.rollbacks].flatMap((it) => it.points.map(({ job }) => job))).toEqual(['b13', 'b12', 'b11']);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('goes on where somebody was stopped between the tags and the record', async () => {
    for (const hour of [10, 11]) await tagged(await published(`b${hour}`, `2026-03-02T${hour}:00:00.000Z`));
    here.remote.refs.delete('refs/tags/build-success-main-20260302T100000Z');

    expect(await cleanUpPoints(yard, { keep: 1 })).toEqual({
      removed: ['build-success-main-20260302T100000Z'],
      kept: [],
    });
  });
});

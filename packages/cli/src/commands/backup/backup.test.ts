import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

interface Made {
  readonly id: string;
  readonly made: boolean;
  readonly parent: string | null;
  readonly removed: readonly string[];
}

let world: World;
let place: string;
beforeEach(async () => {
  world = await makeWorld();
  place = join(world.folder, 'backups');
  await world.ok('job', 'add', '--', 'make');
});
afterEach(() => world.remove());

const back = (...words: string[]) => world.json<Made>(['backup', '--to', place, ...words]);
const listed = () =>
  world.json<{ id: string; ok: boolean; parent: string | null }[]>(['backup', 'list', '--from', place]);
const restore = (...words: string[]) => world.run(['restore', 'latest', '--from', place, '--into', into(), ...words]);
const into = () => join(world.folder, 'new.git');
const addJob = () => world.ok('job', 'add', '--', 'make', 'again');

async function backAgain(...words: string[]): Promise<Made> {
  await addJob();
  return back(...words);
}

describe('backup', () => {
  it('makes a yard that can be made again, with the same jobs and a history that is whole', async () => {
    const { id } = await back('--verify');
    const jobs = await world.json<{ id: string }[]>(['job', 'list']);

    const done = await world.json(['restore', id.slice(0, 12), '--from', place, '--into', into()]);

    expect(await world.json(['backup', 'verify', 'latest', '--from', place])).toMatchObject({
      id,
      ok: true,
      chain: [id],
    });
    expect(done).toMatchObject({ backup: id, tokensAbove: 1_000, held: [], replaced: [] });
    expect(await world.json(['job', 'list', '--yard', into()])).toMatchObject(jobs.map((it) => ({ id: it.id })));
    expect(await world.json(['audit', '--yard', into()])).toMatchObject({ ok: true, operations: 2 });
    expect(await world.json(['log', '--yard', into()])).toMatchObject([{ operation: 'note-restore' }, {}, {}]);
    expect(await git(['fsck', '--strict'], { cwd: into() })).not.toMatch(/error|missing/);
  });

  it('writes what came since, nothing when nothing did, and is a bundle that plain Git reads', async () => {
    const first = await back();
    const same = await back();
    const second = await backAgain();

    expect(same).toMatchObject({ id: first.id, made: false });
    expect(second).toMatchObject({ made: true, parent: first.id });
    expect((await listed()).map(({ id, parent }) => [id, parent])).toEqual([
      [second.id, first.id],
      [first.id, null],
    ]);
    const clone = join(world.folder, 'by-hand');
    await git(['clone', '--quiet', '--bare', join(place, first.id, 'state.bundle'), clone], { cwd: world.folder });
    await git(['fetch', '--quiet', join(place, second.id, 'state.bundle'), 'yard:newer'], { cwd: clone });
    expect(await git(['rev-parse', 'newer'], { cwd: clone })).toBe(
      await git(['rev-parse', 'yard'], { cwd: world.yard }),
    );
  });

  it('keeps as many as it is told, with those that they rest on', async () => {
    const first = await back();
    const second = await backAgain('--keep', '1');
    const full = await backAgain('--keep', '1', '--full');

    expect(second.removed).toEqual([]);
    expect([...full.removed].sort()).toEqual([first.id, second.id].sort());
    expect((await listed()).map(({ id }) => id)).toEqual([full.id]);
    expect(await readdir(place)).toEqual([full.id]);
  });

  it('is believed in nothing: a changed byte, a missing link, a changed word and a file that grew are told of', async () => {
    const first = await back();
    const second = await backAgain();
    const bundle = join(place, first.id, 'state.bundle');
    const manifest = join(place, second.id, 'manifest.json');
    const [bytes, words] = [await readFile(bundle), await readFile(manifest, 'utf8')];
    const flipped = Buffer.from(bytes);
    flipped[bytes.length - 40] = (flipped[bytes.length - 40] ?? 0) ^ 1;
    const attempts: [string, string | Buffer, RegExp][] = [
      [bundle, flipped, /state.bundle in .* is not what was put there.*INVALID_DATA/],
      [bundle, Buffer.concat([bytes, Buffer.alloc(1_000_000)]), /is not what was put there/],
      [manifest, words.replace('"jobs": 2', '"jobs": 3'), /manifest of backup .* is damaged/],
    ];

    for (const [path, content, told] of attempts) {
      const before = await readFile(path);
      await writeFile(path, content);
      expect(await restore()).toMatchObject({ code: 7, stderr: expect.stringMatching(told) });
      await writeFile(path, before);
    }
    await writeFile(bundle, flipped);
    // Nothing was written since, and yet what is there stands for nothing.
    expect(await world.run(['backup', '--to', place, '--verify'])).toMatchObject({ code: 7 });
    await rm(join(place, first.id), { recursive: true });
    expect(await restore()).toMatchObject({
      code: 7,
      stderr: expect.stringMatching(/rests on .*, which is not there/),
    });
    expect(await readdir(world.folder)).not.toContain('new.git');
    // The next one stands alone again.
    expect(await backAgain()).toMatchObject({ made: true, parent: null });
  });

  it('is none before its manifest is there, and what was never ended goes after a day', async () => {
    const half = join(place, '20200101T000000000Z-0123abcd');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'state.bundle'), 'half of it');
    await writeFile(join(place, 'notes.txt'), 'of a person');
    expect(await listed()).toEqual([]);

    await back();
    expect(await readdir(place)).toContain('20200101T000000000Z-0123abcd');
    await utimes(join(half, 'state.bundle'), 0, 0);
    await back();

    expect((await readdir(place)).filter((it) => /^2020|notes/.test(it))).toEqual(['notes.txt']);
  });

  it('lets one at a time write, and passes over one that died', async () => {
    const lock = join(place, 'locks', '0123456789abcdef');
    await mkdir(join(place, 'locks'), { recursive: true });
    await writeFile(lock, 'somebody');

    expect(await world.run(['backup', '--to', place])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('LOCK_HELD'),
    });
    await utimes(lock, 0, 0);

    expect(await back()).toMatchObject({ made: true });
    expect(await readdir(place)).not.toContain('locks');
  });

  it('says what it would do, and mixes no two yards', async () => {
    expect(await back('--dry-run')).toMatchObject({ made: true, dryRun: true });
    expect(await readdir(world.folder)).not.toContain('backups');
    await back();
    const other = join(world.folder, 'other.git');
    await world.ok('init', other);

    expect(await world.run(['backup', '--to', place, '--yard', other])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('holds backups of another yard, acme'),
    });
  });

  it('tells when it was made', async () => {
    await back('--metrics-file', world.folder);

    expect(await readFile(join(world.folder, 'gityard-backup.prom'), 'utf8')).toMatch(
      /gityard_backup_timestamp_seconds 1\.\d+e\+?09|gityard_backup_timestamp_seconds 1\d{9}/,
    );
  });
});

describe('restore', () => {
  it('leaves a yard that is there alone, unless a person says why not; then its heads are kept', async () => {
    await back();
    const { id: job } = await world.json<{ id: string }>(['job', 'add', '--', 'make', 'again']);
    const lost = (await git(['rev-parse', 'yard'], { cwd: world.yard })).trim();
    const over = (...words: string[]) =>
      world.run(['restore', 'latest', '--from', place, '--into', world.yard, ...words]);

    expect(await over()).toMatchObject({ code: 4, stderr: expect.stringContaining('has refs/heads/yard') });
    expect(await over('--force')).toMatchObject({ code: 1, stderr: expect.stringContaining('REASON_REQUIRED') });
    expect(await over('--force', '--reason', 'a disk burnt')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`is not in it: 1 commit, about 1 job: ${job}`),
    });
    expect(await restore()).toMatchObject({ code: 0, stdout: expect.stringMatching(/only a newer clone or an agent/) });

    expect(await world.json(['job', 'list'])).toHaveLength(1);
    expect(
      await git(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/gityard/replaced'], { cwd: world.yard }),
    ).toMatch(new RegExp(`${lost} refs/gityard/replaced/.*/heads/yard`));
    expect(await world.json(['log'])).toMatchObject([{ operation: 'note-restore', reason: 'a disk burnt' }, {}, {}]);
  });

  it('gives back what only a clone knows that is newer than the last backup, by a backup of the clone', async () => {
    await back();
    const { id: job } = await world.json<{ id: string }>(['job', 'add', '--', 'make', 'again']);
    const [clone, newer] = [join(world.folder, 'clone'), join(world.folder, 'newer.git')];
    await git(['clone', '--quiet', '--branch', 'yard', world.yard, clone], { cwd: world.folder });
    await rm(world.yard, { recursive: true });

    await git(['init', '--quiet', '--bare', newer], { cwd: world.folder });
    const branches = ['yard', 'yard-logs'].map((it) => `refs/remotes/origin/${it}:refs/heads/${it}`);
    await git(['push', '--quiet', newer, ...branches], { cwd: clone });
    await back('--yard', newer);
    await world.ok('restore', 'latest', '--from', place, '--into', world.yard);

    expect((await world.json<{ id: string }[]>(['job', 'list'])).map((it) => it.id)).toContain(job);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('says what is missing before it looks anywhere', async () => {
    expect(await world.run(['restore', 'latest', '--from', place])).toMatchObject({ code: 2 });
    expect(await world.run(['restore', 'latest', '--into', into()])).toMatchObject({ code: 2 });
    expect(await restore()).toMatchObject({ code: 3, stderr: expect.stringContaining('there is no backup latest') });
  });
});

/** Where the bytes of an artifact come from: disks and a store that are real, with manifests that are not to be trusted. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ObjectStore, openStore, uploadArtifacts } from '@gityard/builder';
import { noon, world } from '@gityard/domain/spec';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { artifactBytes } from './artifact-bytes.ts';

const TEXT = 'line\n'.repeat(5_000);
const FILES = { 'log.txt': TEXT, 'app.bin': 'binary' };
const TYPES: Readonly<Record<string, string>> = { 'log.txt': 'text/plain' };

let folder: string;
let store: ObjectStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gityard-bytes-'));
  store = await openStore({ address: join(folder, 'store') }, {});
});
afterEach(() => rm(folder, { recursive: true }));

const artifacts = Object.entries(FILES).map(([path, text]) => ({
  ...{ name: path, path, sizeBytes: text.length, contentType: TYPES[path] ?? 'application/octet-stream' },
  ...{ md5: null, sha512: null, sha256: createHash('sha256').update(text).digest('hex') },
}));
const [log, app] = artifacts as [(typeof artifacts)[0], (typeof artifacts)[0]];

function manifestWith(fields: object = {}) {
  const manifest = world()
    .manifest('b1', { artifacts, ...fields })
    .state.manifests.get('b1');
  if (!manifest) throw new Error('the world has what it was given');
  return manifest;
}

async function put(root: string, files: Readonly<Record<string, string>> = FILES): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, root, 'b1', '1', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

const uploaded = async () => {
  await put('build');
  const files = artifacts.map((it) => ({ ...it, file: join(folder, 'build', 'b1', '1', it.path) }));
  const place = await uploadArtifacts(
    store,
    { job: 'b1', token: 1 },
    { artifacts: files, temporary: join(folder, 'up') },
  );
  return manifestWith({ store: place });
};

const places = (it: ObjectStore | null = null) => ({
  folders: async () => [join(folder, 'nowhere'), join(folder, 'home')],
  store: async () => it,
  temporary: join(folder, 'downloads'),
});

async function textOf(bytes: Awaited<ReturnType<typeof artifactBytes>>, from = 0): Promise<string | undefined> {
  if (!bytes || 'redirect' in bytes) return bytes?.redirect;
  const chunks: Buffer[] = [];
  for await (const chunk of bytes.read(from, bytes.sizeBytes - 1)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

it('come from the disk of an agent of this machine, from anywhere in them', async () => {
  await put('home');

  expect(await textOf(await artifactBytes(places(), manifestWith(), app), 2)).toBe('nary');
});

it('are none where the disk has another file, a link, or what lies outside', async () => {
  await put('home', { 'app.bin': 'binary and more' });
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(join(folder, 'secret'), join(folder, 'home', 'b1', '1', 'link'));
  const hostile = (path: string) => ({ ...app, path });

  expect(await artifactBytes(places(), manifestWith(), app)).toBeUndefined();
  for (const path of ['link', '../../../secret', join(folder, 'secret')])
    expect(await artifactBytes(places(), manifestWith(), hostile(path))).toBeUndefined();
});

it('come out of a store as they were made, and leave nothing behind', async () => {
  const manifest = await uploaded();

  expect(await textOf(await artifactBytes(places(store), manifest, log))).toBe(TEXT);
  const unread = await artifactBytes(places(store), manifest, app);
  if (unread && !('redirect' in unread)) await unread.close();

  await expect.poll(() => readdir(join(folder, 'downloads'))).toEqual([]);
});

it('come by a link where the store gives one, but never packed, and not where it has them no more', async () => {
  const manifest = await uploaded();
  const linking: ObjectStore = {
    ...store,
    link: async (key, _seconds, said) => `https://bucket.example/${key}?${said}`,
  };

  expect(await textOf(await artifactBytes(places(linking), manifest, app))).toBe(
    `https://bucket.example/b1/1/app.bin?attachment; filename="app.bin"; filename*=UTF-8''app.bin`,
  );
  expect(await textOf(await artifactBytes(places(linking), manifest, log))).toBe(TEXT);
  await store.remove('b1/1/app.bin');
  expect(await artifactBytes(places(linking), manifest, app)).toBeUndefined();
});

it('of others are not had by naming their place', async () => {
  const { store: place } = await uploaded();
  const stolen = (fields: object) =>
    artifactBytes(places(store), manifestWith({ token: 2, createdAt: noon, store: { ...place, ...fields } }), app);

  expect(await stolen({ prefix: 'b1/1' })).toBeUndefined();
  expect(await stolen({ name: 'folder /elsewhere', prefix: 'b1/2' })).toBeUndefined();
  expect(await artifactBytes(places(null), await uploaded(), app)).toBeUndefined();
});

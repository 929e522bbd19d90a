import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleOf, openBundle, openBundles } from './bundle.ts';
import { bareRepository, git, temporaryFolder } from './git.fixture.ts';
import { readHistory } from './history.ts';
import { linesOf, newLedger, openLedger, REF } from './ledger.fixture.ts';
import { openTransport } from './transports/list.ts';
import { MemoryRemote } from './transports/memory.ts';

describe('a bundle', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function filled(options: { filter?: boolean } = {}) {
    const transport = openTransport(await bareRepository(folder.path, options));
    const ledger = openLedger(transport);
    await ledger.create({
      edits: [{ path: 'large.bin', content: new Uint8Array(1_500_000).fill(7) }],
      message: 'begin',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
    for (const id of ['a', 'b', 'c']) await ledger.perform({ id });
    return transport;
  }

  it('is what Git itself verifies and clones, files that are too large for a state included', async () => {
    const transport = await filled({ filter: true });
    const bundled = await bundleOf(transport, REF, { others: ['HEAD'] });
    await writeFile(join(folder.path, 'yard.bundle'), bundled?.bytes ?? '');
    await git(['init', '--quiet', 'empty'], { cwd: folder.path });

    await git(['bundle', 'verify', '../yard.bundle'], { cwd: join(folder.path, 'empty') });
    await git(['clone', '--quiet', 'yard.bundle', 'clone'], { cwd: folder.path });

    const cwd = join(folder.path, 'clone');
    expect(await git(['rev-list', '--count', 'HEAD'], { cwd })).toBe('4');
    expect(await git(['show', 'HEAD:ledger/lines.txt'], { cwd })).toBe('a\nb\nc');
    expect(await git(['cat-file', '-s', 'HEAD:large.bin'], { cwd })).toBe('1500000');
    await transport.close();
  });

  it('is read like a remote, and written by none', async () => {
    const transport = await filled();
    const bundle = await openBundle((await bundleOf(transport, REF))?.bytes ?? new Uint8Array(), 'yard.bundle');

    const { commits, snapshotOf } = await readHistory(bundle, REF);

    expect(commits.map((it) => linesOf(snapshotOf(it.oid)).join(''))).toEqual(['', 'a', 'ab', 'abc']);
    await expect(bundle.push({ updates: [], objects: [] })).rejects.toMatchObject({ code: 'DENIED' });
    await transport.close();
  });

  it('is written from a remote that has no packs, too', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    await ledger.perform({ id: 'a' });

    const bundle = await openBundle((await bundleOf(remote.transport(), REF))?.bytes ?? new Uint8Array(), 'it');

    expect((await readHistory(bundle, REF)).commits).toHaveLength(2);
    expect(await bundleOf(remote.transport(), 'refs/heads/none')).toBeUndefined();
  });

  it('that was damaged, cut, or rests on others is told of', async () => {
    const transport = await filled();
    const bytes = Buffer.from((await bundleOf(transport, REF))?.bytes ?? []);
    const damaged = Buffer.from(bytes);
    damaged[bytes.length - 100] = (damaged[bytes.length - 100] ?? 0) ^ 1;
    const resting = Buffer.concat([Buffer.from('# v2 git bundle\n-'), bytes.subarray('# v2 git bundle\n'.length)]);

    for (const bad of [damaged, bytes.subarray(0, -50), resting, Buffer.from('hello'), new Uint8Array()])
      await expect(openBundle(bad, 'it')).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
    await transport.close();
  });

  it('that lacks what its refs lead to is told of', async () => {
    const transport = await filled();
    const shallow = { fetchRef: () => transport.fetchRef({ ref: REF, have: [], depth: 1 }) };

    const { bytes } = (await bundleOf(shallow, REF)) ?? { bytes: new Uint8Array() };

    await expect(openBundle(bytes, 'it')).rejects.toThrow(/lacks the object/);
    await transport.close();
  });

  it('may hold what came since a commit alone, and is read together with what holds that one', async () => {
    const transport = await filled();
    const first = await bundleOf(transport, REF);
    const ledger = openLedger(transport);
    await ledger.perform({ id: 'd' });
    const next = await bundleOf(transport, REF, { since: [first?.head ?? ''] });
    const files = [first, next].map((it, at) => ({ bytes: it?.bytes ?? new Uint8Array(), name: `${at}.bundle` }));
    for (const { name, bytes } of files) await writeFile(join(folder.path, name), bytes);
    await git(['clone', '--quiet', '--bare', '0.bundle', 'clone'], { cwd: folder.path });

    const { commits, snapshotOf } = await readHistory(await openBundles(files, 'both'), REF);
    await git(['fetch', '--quiet', '../1.bundle', `${REF}:refs/heads/next`], { cwd: join(folder.path, 'clone') });

    expect(next?.since).toBe(first?.head);
    expect(next?.bytes.length).toBeLessThan((first?.bytes.length ?? 0) / 2);
    expect([commits.length, linesOf(snapshotOf(commits.at(-1)?.oid ?? ''))]).toEqual([5, ['a', 'b', 'c', 'd']]);
    expect(await git(['rev-parse', 'next'], { cwd: join(folder.path, 'clone') })).toBe(next?.head);
    await expect(openBundles(files.slice(1), 'the last')).rejects.toThrow(/needs commits that are elsewhere/);
    await transport.close();
  });

  it('holds everything again where the ref goes on from nothing that the reader has', async () => {
    const transport = await filled();
    const stranger = 'a'.repeat(40);

    const bundled = await bundleOf(transport, REF, { since: [stranger] });

    expect(bundled?.since).toBeNull();
    expect((await readHistory(await openBundle(bundled?.bytes ?? new Uint8Array(), 'it'), REF)).commits).toHaveLength(
      4,
    );
    await transport.close();
  });
});

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildAttempt } from '../attempt.ts';
import { bareRepository, git, temporaryFolder } from '../git.fixture.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Edit } from '../tree-edit.ts';
import { decodeCommit, encodeCommit } from './commit.ts';
import { applyDelta, makeDelta } from './delta.ts';
import { type GitObject, makeObject } from './object.ts';
import { readPack } from './pack-reader.ts';
import { writePack } from './pack-writer.ts';
import { decodeTree, encodeTree } from './tree.ts';

const author = { name: 'Ada', email: 'ada@example.com', atSeconds: 1_700_000_000 };
const LIMIT = { limitBytes: 1_000_000 };

// Few letters, so that names collide, nest, and end where another goes on with a dot or a dash ("a", "a.b", "a/b").
const first = fc.constantFrom('a', 'b', '0', 'é', '😀', '\ufb01');
const rest = fc.stringMatching(/^[ab.\-0]{0,3}$/);
const name = fc.tuple(first, rest).map((parts) => parts.join(''));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const files = fc.dictionary(path, fc.uint8Array({ maxLength: 300 }), { minKeys: 1, maxKeys: 30 }).map(withoutClashes);

describe('deltas', () => {
  it('give the target back, whatever the two have in common', () => {
    const bytes = fc.uint8Array({ max: 3, maxLength: 400 });
    const pair = fc
      .tuple(bytes, bytes, bytes, bytes)
      .map(([a, b, c, d]) => [Buffer.concat([a, b, c]), Buffer.concat([c, d, a, b])]);
    fc.assert(
      fc.property(pair, ([base = Buffer.alloc(0), target = Buffer.alloc(0)]) => {
        expect(Buffer.from(applyDelta(base, makeDelta(base, target), LIMIT)).equals(target)).toBe(true);
      }),
    );
  });

  it('copy runs that are longer than one instruction can say', () => {
    const base = Buffer.alloc(300_000, 'abcdefgh');
    const target = Buffer.concat([base, Buffer.from('!'), base]);

    const delta = makeDelta(base, target);

    expect(delta.length).toBeLessThan(200);
    expect(Buffer.from(applyDelta(base, delta, LIMIT)).equals(target)).toBe(true);
  });

  it('are small for a tree of which a few rows changed', () => {
    const rows = Array.from({ length: 256 }, (_, index) => row(index, 'a'));
    const changed = rows.map((it, index) => (index % 50 === 7 ? row(index, 'b') : it));

    const delta = makeDelta(encodeTree(rows), encodeTree(changed));

    expect(delta.length).toBeLessThan(300);
  });

  it.each([
    ['a base of another size', [5, 1, 0x90, 1]],
    ['a copy from beyond the base', [4, 3, 0x91, 2, 3]],
    ['a target of another size', [4, 9, 0x90, 4]],
    ['an instruction that does not exist', [4, 1, 0]],
    ['a size without an end', [4, 0x80]],
    ['a target larger than allowed', [4, 0xff, 0xff, 0xff, 0x7f, 0x90, 4]],
  ])('refuse %s', (_, delta) => {
    expect(() => applyDelta(Buffer.from('base'), Uint8Array.from(delta), LIMIT)).toThrow('does not fit');
  });
});

describe('trees and commits', () => {
  it('sort folders as Git does', () => {
    const oid = '1'.repeat(40);
    const rows = ['foo', 'foo.json', 'foo-bar', 'foo0'].map((it) => ({
      mode: it === 'foo' ? '40000' : '100644',
      name: it,
      oid,
    }));

    expect(decodeTree(encodeTree(rows)).map((it) => it.name)).toEqual(['foo-bar', 'foo.json', 'foo', 'foo0']);
  });

  it('keep a name that is not UTF-8', () => {
    const body = Buffer.concat([Buffer.from('100644 caf\xe9\0', 'latin1'), Buffer.alloc(20, 1)]);

    expect(Buffer.from(encodeTree(decodeTree(body))).equals(body)).toBe(true);
  });

  it('read a commit back, and its message to the last line', () => {
    const fields = {
      tree: '1'.repeat(40),
      parents: ['2'.repeat(40)],
      author,
      committer: author,
      message: 'a\n\nb: c\n',
    };

    expect(decodeCommit(encodeCommit(fields))).toEqual(fields);
  });

  it('let no name break the lines of a commit', () => {
    const hostile = { name: 'Eve <x>\nparent 0', email: 'e>\n@x', atSeconds: 0 };

    const commit = encodeCommit({
      tree: '1'.repeat(40),
      parents: [],
      author: hostile,
      committer: hostile,
      message: 'm',
    });

    expect(decodeCommit(commit)).toMatchObject({ parents: [], author: { name: 'Eve xparent 0', email: 'e@x' } });
  });
});

describe('packs, judged by Git itself', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let repository: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    repository = await bareRepository(folder.path);
  });
  afterAll(() => folder.remove());

  it('are accepted by index-pack and fsck, and name the trees as mktree does', async () => {
    await fc.assert(
      fc.asyncProperty(files, files, async (before, after) => {
        const first = attempt(before);
        const second = attempt(edited(before, after), first.snapshot);

        await indexPack(repository, writePack(first.objects));
        await indexPack(repository, writePack(second.objects));

        await git(['fsck', '--strict', '--no-dangling', second.snapshot.commit], { cwd: repository });
        expect(await listed(repository, second.snapshot.commit)).toEqual(ours(second.snapshot));
        const rows = await git(['ls-tree', '-z', second.snapshot.tree], { cwd: repository });
        expect(await git(['mktree', '-z'], { cwd: repository, input: rows })).toBe(second.snapshot.tree);
      }),
      { numRuns: 12 },
    );
  });

  it('of Git are read whole, differences and all', async () => {
    const place = join(folder.path, 'work');
    await mkdir(place, { recursive: true });
    await git(['init', '--quiet'], { cwd: place });
    const texts = Array.from({ length: 40 }, (_, index) => `${'a line that stays\n'.repeat(100)}${index}\n`);
    const oids = [];
    for (const text of texts) oids.push(await git(['hash-object', '-w', '--stdin'], { cwd: place, input: text }));
    for (const flags of [['--delta-base-offset'], []]) {
      const pack = await packOf(place, [...flags, '--window=40', '--depth=40'], oids);

      const { objects, missingBases } = await readPack(pack);

      expect(missingBases).toEqual([]);
      expect(objects.map((it) => it.oid).sort()).toEqual([...oids].sort());
    }
  });

  it('are refused when one bit is wrong, or the end is missing', async () => {
    const pack = Buffer.from(writePack([blob('content')]));
    const flipped = Buffer.from(pack);
    flipped[14] = (flipped[14] ?? 0) ^ 1;

    await expect(readPack(flipped)).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
    await expect(readPack(pack.subarray(0, -5))).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
  });

  it('say which bases are missing, and use those that the caller has', async () => {
    const base = blob('a text that is long enough to be worth a difference to it, '.repeat(4));
    const target = { ...blob(`${Buffer.from(base.body)}and more`), base };
    const pack = writePack([target]);

    expect(await readPack(pack)).toMatchObject({ objects: [], missingBases: [base.oid] });
    const { objects } = await readPack(pack, { lookup: (oid) => (oid === base.oid ? base : undefined) });
    expect(objects.map((it) => it.oid)).toEqual([target.oid]);
  });

  it('lose only the object that is too large', async () => {
    const pack = writePack([blob('small'), blob('x'.repeat(5_000)), blob('also small')]);

    const { objects } = await readPack(pack, { objectLimitBytes: 1_000 });

    expect(objects.map((it) => Buffer.from(it.body).toString())).toEqual(['small', 'also small']);
    await expect(readPack(pack, { totalLimitBytes: 1_000 })).rejects.toThrow('too large');
  });
});

type Files = Record<string, Uint8Array>;

function attempt(content: Record<string, Uint8Array | null>, base?: Snapshot) {
  const edits = Object.entries(content).map(([path, bytes]): Edit => ({ path, content: bytes }));
  return buildAttempt({ edits, message: 'm', author }, { base, history: 'kept', wallMs: 0, quick: () => undefined });
}

/** What makes the second set of files out of the first. */
function edited(before: Files, after: Files): Record<string, Uint8Array | null> {
  const fits = withoutClashes({ ...after, ...before });
  const removed = Object.keys(before).filter((it) => !(it in after));
  // A file that becomes a folder in one commit is no edit that anybody makes: it is refused as a contradiction.
  const below = (path: string) => removed.some((file) => path.startsWith(`${file}/`));
  const kept = Object.entries(fits).filter(([it]) => it in after && !removed.includes(it) && !below(it));
  const left = kept.length > 0 ? removed : removed.slice(1);
  return { ...Object.fromEntries(left.map((it) => [it, null])), ...Object.fromEntries(kept) };
}

function withoutClashes(all: Files): Files {
  const paths = Object.keys(all);
  const clashes = (path: string) => paths.some((other) => other.startsWith(`${path}/`));
  return Object.fromEntries(Object.entries(all).filter(([path]) => !clashes(path)));
}

function indexPack(repository: string, pack: Uint8Array): Promise<string> {
  return git(['index-pack', '--fix-thin', '--strict', '--stdin'], { cwd: repository, input: pack });
}

async function listed(repository: string, commit: string): Promise<string[]> {
  const lines = await git(['ls-tree', '-r', '-z', commit], { cwd: repository });
  return lines.split('\0').filter(Boolean);
}

function ours(snapshot: Snapshot): string[] {
  return [...snapshot.list()].map(({ path, mode, oid }) => `${mode} blob ${oid}\t${path}`);
}

function packOf(cwd: string, flags: readonly string[], oids: readonly string[]): Promise<Buffer> {
  const file = join(cwd, `pack-${flags.length}`);
  return git(['pack-objects', '--quiet', ...flags, file], { cwd, input: `${oids.join('\n')}\n` }).then(async (hash) => {
    const { readFile } = await import('node:fs/promises');
    return readFile(`${file}-${hash}.pack`);
  });
}

function blob(text: string): GitObject {
  return makeObject('blob', Buffer.from(text));
}

function row(index: number, digit: string) {
  return {
    mode: '100644',
    name: `${index.toString(16).padStart(2, '0')}`,
    oid: digit.repeat(20) + index.toString(16).padStart(20, '0'),
  };
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  linkSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, temporaryFolder, writeFiles } from '../specs/world.ts';
import { collect } from './collect.ts';

async function collected({
  staging = {},
  source = {},
  patterns = [],
}: {
  staging?: Files;
  source?: Files;
  patterns?: string[];
}) {
  const folders = { staging: temporaryFolder(), source: temporaryFolder() };
  writeFiles(folders.staging, staging);
  writeFiles(folders.source, source);
  const target = join(temporaryFolder(), 'b1', '1');
  return { ...(await collect({ ...folders, patterns, target, check: () => undefined })), target, folders };
}

const paths = (artifacts: readonly { path: string }[]) => artifacts.map(({ path }) => path);

describe('collect', () => {
  it('copies what lies in the artifacts folder and what is declared, with three digests from one reading', async () => {
    const { artifacts, notes, target } = await collected({
      staging: { 'app.tgz': 'packed', 'sub/notes.txt': '' },
      source: { 'dist/a.js': 'a', 'dist/node_modules/x.js': 'x', 'other.js': 'o' },
      patterns: ['dist'],
    });

    expect(paths(artifacts)).toEqual(['app.tgz', 'dist/a.js', 'sub/notes.txt']);
    expect(notes).toEqual([]);
    const hash = (name: string) => createHash(name).update('packed').digest('hex');
    expect(artifacts[0]).toEqual({
      name: 'app.tgz',
      path: 'app.tgz',
      sizeBytes: 6,
      contentType: 'application/gzip',
      md5: hash('md5'),
      sha256: hash('sha256'),
      sha512: hash('sha512'),
      file: join(target, 'app.tgz'),
    });
    expect(readFileSync(join(target, 'app.tgz'), 'utf8')).toBe('packed');
    expect(statSync(join(target, 'app.tgz')).mode & 0o222).toBe(0);
  });

  it('writes sums that sha256sum accepts', async () => {
    const { target } = await collected({ staging: { 'a b.txt': '1', 'ä/c.txt': '2' } });

    expect(execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: target, encoding: 'utf8' })).toContain('a b.txt: OK');
  });

  it('leaves links behind, wherever they lead and however they are reached', async () => {
    const secret = join(temporaryFolder(), 'secret');
    writeFileSync(secret, 'secret');

    const { artifacts, notes, target } = await collected({
      staging: { 'stolen.txt': { link: secret }, folder: { link: join(secret, '..') } },
      source: { 'here.txt': { link: 'real.txt' }, 'real.txt': 'r', out: { link: join(secret, '..') } },
      patterns: ['*.txt', 'out', 'out/secret', 'out/*'],
    });

    expect(paths(artifacts)).toEqual(['real.txt']);
    expect(notes.filter((note) => note.includes('was not collected')).length).toBeGreaterThanOrEqual(4);
    expect(existsSync(join(target, 'stolen.txt'))).toBe(false);
  });

  it('does not wait for a pipe', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);

    const { artifacts, notes } = await collect({
      staging: folder,
      source: folder,
      patterns: [],
      target: join(folder, 'out'),
      check: () => undefined,
    });

    expect({ artifacts: artifacts.length, notes: notes.length }).toEqual({ artifacts: 0, notes: 1 });
  });

  it('copies of a file that grows without end what was there when it began, under the digest of just that', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'log.txt'), 'x'.repeat(3_000_000));
    const growing = setInterval(() => appendFileSync(join(folder, 'log.txt'), 'y'.repeat(1_000_000)), 1);
    const target = join(temporaryFolder(), 'out');

    const { artifacts } = await collect({
      staging: folder,
      source: folder,
      patterns: [],
      target,
      check: () => undefined,
    });
    clearInterval(growing);

    const stored = readFileSync(join(target, 'log.txt'));
    expect(artifacts[0]?.sizeBytes).toBe(stored.length);
    expect(artifacts[0]?.sha256).toBe(createHash('sha256').update(stored).digest('hex'));
  });

  it('takes no hard link to a file of another user, and no holes that would fill the disk', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('only root can give a file to another user');
    const [staging, elsewhere] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(elsewhere, 'key'), 'secret');
    chownSync(join(elsewhere, 'key'), 12_345, 12_345);
    linkSync(join(elsewhere, 'key'), join(staging, 'key'));
    writeFileSync(join(staging, 'holes'), '');
    truncateSync(join(staging, 'holes'), 2 ** 43);

    const target = join(temporaryFolder(), 'out');
    const { artifacts, notes } = await collect({
      staging,
      source: staging,
      patterns: [],
      target,
      check: () => undefined,
    });

    expect(artifacts).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('mostly holes'), expect.stringContaining('hard link')]);
  });

  it.each(['a\nb.txt', '-rf', 'SHA256SUMS', 'a\\b', 'a\u202eb', 'con:x'])(
    'leaves the name %j behind and says so',
    async (name) => {
      const { artifacts, notes } = await collected({ staging: { [name]: 'x' } });

      expect(artifacts).toEqual([]);
      expect(notes).toHaveLength(1);
    },
  );

  it('ignores patterns that lead out, and tells of what was declared but is missing', async () => {
    const { artifacts, notes } = await collected({ patterns: ['../x', '/etc/passwd', 'missing.txt', '*.none'] });

    expect(artifacts).toEqual([]);
    expect(notes).toEqual([
      '"../x" leads out of the repository and was ignored',
      '"/etc/passwd" leads out of the repository and was ignored',
      '"missing.txt" was not collected: it is missing, or not a plain file inside the workspace',
    ]);
  });

  it.each([
    ['more files', Object.fromEntries(Array.from({ length: 1_501 }, (_, at) => [`${at}.txt`, '']))],
    ['longer names', Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}-${'x'.repeat(200)}.txt`, '']))],
  ])('refuses %s than a manifest holds, and says what helps', async (_, staging) => {
    await expect(collected({ staging })).rejects.toThrow('pack them into an archive');
  });

  it('keeps the first of two with the same path', async () => {
    const { artifacts, notes, target } = await collected({
      staging: { 'a.txt': 'staged' },
      source: { 'a.txt': 'built' },
      patterns: ['a.txt'],
    });

    expect(readFileSync(join(target, 'a.txt'), 'utf8')).toBe('staged');
    expect([artifacts.length, notes.length]).toEqual([1, 1]);
  });
});

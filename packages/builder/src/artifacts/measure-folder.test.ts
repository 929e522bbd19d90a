/** What is written is read by the real `sha256sum`, whose rules of escaping are the only ones that count. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, temporaryFolder, writeFiles } from '../specs/world.ts';
import { measureFolder } from './measure-folder.ts';
import { withoutSums } from './sums.ts';
import { verifyFolder } from './verify-folder.ts';
import { writeSums } from './write-sums.ts';

function folderOf(files: Files): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}
const odd = [
  'a b.txt',
  'back\\slash',
  'new\nline',
  'carriage\rreturn',
  ' lead',
  '-',
  '-rf',
  'ä/ö.txt',
  '*star',
  '\\\\n',
];

describe('measure-folder', () => {
  it('gives three digests and the size of every file, in the order of their names', async () => {
    const { artifacts, notes } = await measureFolder(
      folderOf({ 'z.deb': 'zz', 'a/x': '', 'a.txt': 'a', SHA256SUMS: 'old' }),
    );

    expect(notes).toEqual([]);
    expect(artifacts.map(({ path }) => path)).toEqual(['a.txt', 'a/x', 'z.deb']);
    const hash = (name: string) => createHash(name).update('zz').digest('hex');
    expect(artifacts[2]).toMatchObject({
      sizeBytes: 2,
      md5: hash('md5'),
      sha256: hash('sha256'),
      sha512: hash('sha512'),
    });
  });

  it('writes sums that sha256sum accepts, whatever the names are, and for none of them twice', async () => {
    const folder = folderOf(Object.fromEntries(odd.map((name) => [name, `of ${name}`])));
    const { artifacts } = await measureFolder(folder);
    await writeSums(folder, artifacts);

    const check = () => execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    expect(check().match(/: OK$/gm)).toHaveLength(odd.length);
    const text = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
    const left = withoutSums(text, ['new\nline', 'a b.txt', '-']);
    expect(left.split('\n')).toHaveLength(text.split('\n').length - 3);
    expect(left).not.toContain('new\\nline');
    expect(withoutSums(text, odd)).toBe('');
    expect((await measureFolder(folder)).artifacts).toEqual(artifacts);
  });

  it('leaves links and pipes out, and says so', async () => {
    const folder = folderOf({ 'a.txt': 'a', link: { link: 'a.txt' }, away: { link: '/etc' } });
    execFileSync('mkfifo', [join(folder, 'pipe')]);

    writeFiles(folder, { '.SHA256SUMS.gityard-17.part': 'half' });

    const { artifacts, notes } = await measureFolder(folder);

    expect(artifacts.map(({ path }) => path)).toEqual(['a.txt']);
    expect(await verifyFolder({ artifacts }, folder)).toMatchObject({ ok: true });
    expect([...notes].sort()).toEqual([
      '"away" was left out: it is a link',
      '"link" was left out: it is a link',
      '"pipe" was left out: it is no plain file',
    ]);
  });

  it('has no digest of a file that changes while it is read', async () => {
    const folder = folderOf({});
    const path = join(folder, 'growing');
    writeFileSync(path, '');
    truncateSync(path, 64 << 20);
    const growing = createWriteStream(path, { flags: 'a' });
    const writing = setInterval(() => growing.write('x'), 1);
    try {
      await expect(measureFolder(folder)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: '"growing" changed while it was read',
      });
    } finally {
      clearInterval(writing);
      await new Promise((resolve) => growing.end(resolve));
    }
  });
});

describe('verify-folder', () => {
  it('is content with what the manifest says', async () => {
    const folder = folderOf({ 'a.txt': 'a', 'b/c': 'c', SHA256SUMS: 'x' });
    const manifest = await measureFolder(folder);

    expect(await verifyFolder(manifest, folder)).toEqual({ ok: true, verified: 2, differences: [] });
  });

  it('names each difference: missing, extra, size, digest, no file, a path that leads out', async () => {
    const folder = folderOf({ gone: 'x', size: 'x', bytes: 'x', link: 'x' });
    const { artifacts } = await measureFolder(folder);
    const [first] = artifacts;
    if (!first) throw new Error('no artifact');
    for (const name of ['gone', 'link']) rmSync(join(folder, name));
    symlinkSync('bytes', join(folder, 'link'));
    writeFiles(folder, { size: 'xx', bytes: 'y', more: '' });

    const { ok, differences } = await verifyFolder(
      { artifacts: [...artifacts, { ...first, path: '../outside' }, { ...first, path: '/etc/passwd' }] },
      folder,
    );

    expect(ok).toBe(false);
    expect(differences.map(({ path, what, digests }) => [path, what, ...digests])).toEqual([
      ['bytes', 'checksum', 'md5', 'sha256', 'sha512'],
      ['gone', 'missing'],
      ['link', 'not-a-file'],
      ['size', 'size'],
      ['../outside', 'unsafe-path'],
      ['/etc/passwd', 'unsafe-path'],
      ['more', 'extra'],
    ]);
    expect(existsSync(join(folder, 'bytes'))).toBe(true);
  });
});

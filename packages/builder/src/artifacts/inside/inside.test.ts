/** Archives are made by the real programs, and looked into by ours. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Files, temporaryFolder, writeFiles } from '../../specs/world.ts';
import { LIMITS } from './entry.ts';
import { whyDifferent } from './why-different.ts';

/** Makes the same artifact in two folders, by what each `make` does there, and asks why they differ. */
async function asked(path: string, make: readonly ((folder: string) => void)[], limits = LIMITS) {
  const [left = '', right = ''] = make.map((it) => {
    const folder = temporaryFolder();
    it(folder);
    return folder;
  });
  return (await whyDifferent(path, { left, right }, limits)).map(({ path: of, code, text }) => ({ of, code, text }));
}

const run = (cwd: string, program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd, stdio: 'ignore', env: { ...process.env, TZ: 'UTC' } });
const files: Files = { 'in/a.txt': 'a', 'in/b.txt': 'b' };

interface Making {
  readonly files?: Files;
  readonly atSeconds?: number;
}
function filled(folder: string, { files: wanted = files, atSeconds = 1_700_000_000 }: Making = {}): void {
  writeFiles(folder, wanted);
  for (const name of Object.keys(wanted)) utimesSync(join(folder, name), atSeconds, atSeconds);
  utimesSync(join(folder, 'in'), atSeconds, atSeconds);
}
const zipped = (making?: Making) => (folder: string) => {
  filled(folder, making);
  run(folder, 'zip', '-X', '-r', 'app.nupkg', 'in');
};
const tarred =
  (flags: readonly string[], making?: Making) =>
  (folder: string): void => {
    filled(folder, making);
    run(folder, 'tar', ...flags, '-cf', 'app.tar', '--format=gnu', '--sort=name', '--owner=1', '--group=1', 'in');
  };
const later = { atSeconds: 1_700_009_000 };

describe('looking inside', () => {
  it.each([
    ['zip', 'app.nupkg', zipped()],
    ['tar', 'app.tar', tarred([])],
    ['tar.gz', 'app.tar', tarred(['--gzip'])],
    ['tar.xz', 'app.tar', tarred(['--xz'])],
    ['tar.zst', 'app.tar', tarred(['--zstd'])],
  ])('sees that two of %s hold the same, packed at another time', async (sort, path, first) => {
    const packings: Record<string, string> = { 'tar.gz': '--gzip', 'tar.xz': '--xz', 'tar.zst': '--zstd' };
    const flag = packings[sort];
    const second = sort === 'zip' ? zipped(later) : tarred(flag === undefined ? [] : [flag], later);

    expect(await asked(path, [first, second])).toEqual([
      { of: path, code: 'timestamps-only', text: 'holds the same 3 entries, and differs only in timestamps' },
    ]);
  });

  it('looks into both halves of a Debian package', async () => {
    const deb =
      (packing: string, { content, atSeconds }: { content: string; atSeconds: number }) =>
      (folder: string) => {
        const control = 'Package: app\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: a\n';
        filled(folder, { files: { 'in/DEBIAN/control': control, 'in/usr/bin/app': content }, atSeconds });
        execFileSync('dpkg-deb', [`-Z${packing}`, '--root-owner-group', '--build', 'in', 'app.deb'], {
          cwd: folder,
          stdio: 'ignore',
          env: { ...process.env, SOURCE_DATE_EPOCH: String(atSeconds) },
        });
      };
    const first = { content: 'built 2026-01-01', atSeconds: 1_700_000_000 };

    const [times] = await asked('app.deb', [deb('xz', first), deb('xz', { ...first, ...later })]);
    const contents = await asked('app.deb', [
      deb('zstd', first),
      deb('zstd', { ...first, content: 'built 2026-01-02' }),
    ]);

    expect(times).toMatchObject({ code: 'timestamps-only' });
    expect(contents).toEqual([
      { of: 'app.deb', code: 'entries-differ', text: 'other content: data.tar/./usr/bin/app' },
      { of: 'app.deb!data.tar/./usr/bin/app', code: 'embedded-date', text: 'differs only in dates' },
    ]);
  });

  it('names the entries that are other ones, or on one side alone', async () => {
    const other = { files: { 'in/a.txt': 'A', 'in/c.txt': 'c' } };

    expect(await asked('app.nupkg', [zipped(), zipped(other)])).toEqual([
      {
        of: 'app.nupkg',
        code: 'entries-differ',
        text: 'other content: in/a.txt; only on the left: in/b.txt; only on the right: in/c.txt',
      },
    ]);
  });

  it('sees another order and other owners', async () => {
    const packed =
      (...args: string[]) =>
      (folder: string) => {
        filled(folder);
        run(folder, 'tar', '--format=gnu', '--mtime=@1700000000', '-cf', 'app.tar', ...args);
      };
    const first = packed('--owner=1', '--group=1', 'in/a.txt', 'in/b.txt');

    const hints = await asked('app.tar', [first, packed('--owner=2', '--group=1', 'in/b.txt', 'in/a.txt')]);

    expect(hints.map((it) => it.code)).toEqual(['entry-order', 'entry-owner']);
  });

  it('sees the time in the header of a gzip', async () => {
    const packed = (stamp: number) => (folder: string) => {
      const bytes = gzipSync('the same');
      bytes.writeUInt32LE(stamp, 4);
      writeFileSync(join(folder, 'log.gz'), bytes);
    };

    expect(await asked('log.gz', [packed(1), packed(2)])).toMatchObject([{ code: 'gzip-time' }]);
  });

  it.each([
    ['embedded-date', 'built on Nov 21 2026 12:00:01\n', 'built on Nov  3 2026 12:00:02\n', 'differs only in dates'],
    ['embedded-date', 'at 2026-11-21T18:00:00Z', 'at 2025-01-02T03:04:05Z', 'differs only in dates'],
    ['embedded-date', 'stamp 1763752705000000001', 'stamp 1763752799000000002', 'differs only in dates'],
    ['embedded-path', 'src=/home/ann/app/x.c', 'src=/tmp/b/app/x.c', 'differs only in paths'],
    ['embedded-path', 'C:\\agents\\1\\x.cs', 'D:\\w\\2\\x.cs', 'differs only in paths'],
    [
      'embedded-guid',
      'id 12345678-9abc-def0-1234-56789abcdef0',
      'id 02345678-9abc-def0-1234-56789abcdef1',
      'differs only in ids',
    ],
    ['line-endings', 'a\r\nb\r\n', 'a\nb\n', 'differs only in line endings'],
    ['embedded-date', 'x 2026-01-01', 'y 2026-01-02', 'differs, among other things, in dates'],
  ])('finds %s in what is no archive', async (code, left, right, text) => {
    const file = (content: string) => (folder: string) => writeFileSync(join(folder, 'app'), content);

    expect(await asked('app', [file(left), file(right)])).toEqual([{ of: 'app', code, text }]);
  });

  it('finds the time and the module id of a .NET program', async () => {
    const first = { stamp: 0x11223344, id: 'aaaaaaaaaaaaaaaa' };
    const made = (marks: typeof first) => (folder: string) => writeFileSync(join(folder, 'app.dll'), program(marks));

    expect(await asked('app.dll', [made(first), made({ ...first, stamp: 0x55667788 })])).toEqual([
      { of: 'app.dll', code: 'pe-timestamp', text: 'has nothing different but another time in its header' },
    ]);
    expect(await asked('app.dll', [made(first), made({ ...first, id: 'bbbbbbbbbbbbbbbb' })])).toMatchObject([
      { code: 'dotnet-mvid' },
    ]);
  });

  it.each([
    ['too many entries', { entries: 2 }, 'holds more than 2 entries'],
    ['too many bytes', { bytes: 1 }, 'unpacks to more than 1 bytes'],
  ])('gives up on %s', async (_, limits, text) => {
    for (const [path, make] of [
      ['app.nupkg', zipped()],
      ['app.tar', tarred(['--xz'])],
    ] as const)
      expect(await asked(path, [make, make], { ...LIMITS, ...limits })).toEqual([
        { of: path, code: 'not-looked-at', text },
      ]);
  });

  it.each([
    ['zip', Buffer.from('PK\u0003\u0004 and no more')],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3])],
    ['xz', Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), Buffer.from('nonsense')])],
    ['ar', Buffer.from('!<arch>\nnonsense that is longer than the sixty bytes of a header, surely')],
    ['tar', Buffer.concat([Buffer.alloc(257, 65), Buffer.from('ustar'), Buffer.alloc(4000, 66)])],
  ])('tells of a broken %s, and goes on', async (_, bytes) => {
    const broken = (folder: string) => writeFileSync(join(folder, 'x'), bytes);

    expect(await asked('x', [broken, broken])).toMatchObject([{ code: 'not-looked-at' }]);
  });

  it('follows no link, and waits for no pipe', async () => {
    const linked = (folder: string) => writeFiles(folder, { x: { link: '/etc/passwd' } });
    const piped = (folder: string) => run(folder, 'mkfifo', 'x');
    const folder = (at: string) => mkdirSync(join(at, 'x'));

    for (const make of [linked, piped, folder])
      expect(await asked('x', [make, make])).toMatchObject([{ code: 'not-looked-at' }]);
  });
});

/** As little of a .NET program as has a header and a heap of ids. */
function program({ stamp, id }: { stamp: number; id: string }): Buffer {
  const bytes = Buffer.alloc(600);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt32LE(stamp, 0x88);
  const root = 300;
  bytes.write('BSJB', root, 'latin1');
  bytes.writeUInt32LE(12, root + 12);
  bytes.write('v4.0.30319\0\0', root + 16, 'latin1');
  bytes.writeUInt16LE(1, root + 30);
  bytes.writeUInt32LE(100, root + 32);
  bytes.writeUInt32LE(16, root + 36);
  bytes.write('#GUID\0', root + 40, 'latin1');
  bytes.write(id, root + 100, 'latin1');
  return bytes;
}

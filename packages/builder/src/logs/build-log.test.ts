import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { openBuildLog } from './build-log.ts';
import { CHUNK_BYTES, chunkEnd } from './chunks.ts';
import { openIndexBook } from './log-index.ts';

async function logged(chunks: readonly (string | Uint8Array)[], tickMs = 0) {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const file = join(temporaryFolder(), 'a.log');
  const seen: Uint8Array[] = [];
  const book = openIndexBook(() => {
    now += tickMs;
    return new Date(now);
  });
  const log = await openBuildLog(file, { maxBytes: 10_000_000, book, onWrite: (piece) => seen.push(piece) });
  for (const chunk of chunks) await log.write(Buffer.from(chunk));
  const { index } = await log.close();
  const bytes = readFileSync(file);
  expect(Buffer.concat(seen).equals(bytes)).toBe(true);
  return { bytes, index };
}

const inBytes = (text: string) => [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));

describe('build-log', () => {
  it('breaks a line that does not end, between characters, and leaves all others as they are', async () => {
    const text = `short\n${'ü'.repeat(20_000)}\nshort again\n`;

    for (const chunks of [[text], inBytes(text)]) {
      const lines = (await logged(chunks)).bytes.toString('utf8').split('\n');

      expect(lines.map((it) => it.length)).toEqual([5, 8192, 8192, 3616, 11, 0]);
      expect(lines.join('')).toBe(text.replaceAll('\n', ''));
    }
  });

  it('keeps colours, zeros and what is no text, byte for byte', async () => {
    const bytes = Buffer.from([0x1b, 0x5b, 0x33, 0x31, 0x6d, 0, 0xff, 0xfe, 0xc3, 0x0d, 0x31, 0x0d, 0x0a, 0x80]);

    expect((await logged([bytes])).bytes.equals(bytes)).toBe(true);
    expect((await logged([Buffer.alloc(100_000, 0x80)])).bytes.length).toBe(100_006);
  });

  it('finds groups, of both conventions, wherever chunks are cut', async () => {
    const text =
      '[gityard] Build: make\n::group::One\na\nb\n::endgroup::\nbetween\n--- :rocket: Two\nc\n+++ Three\n--- FAIL: TestX\n[gityard] Test: make test\nd\n::group::\u001b[1mFour\u001b[0m';
    const groups = [
      { title: 'One', line: 2, lines: 3 },
      { title: ':rocket: Two', line: 7, lines: 2 },
      { title: 'Three', line: 9, lines: 2 },
      { title: 'Four', line: 13, lines: 1 },
    ];

    expect((await logged([text])).index.groups).toEqual(groups);
    expect((await logged(inBytes(text))).index.groups).toEqual(groups);
  });

  it('knows when lines were printed, with fewer and fewer entries the longer it goes', async () => {
    const few = await logged(['a\nbb\n', 'c\n'], 600);
    const many = await logged([Array.from({ length: 20_000 }, () => 'x\n').join('')], 1_000);

    expect(few.index.times).toEqual([
      { line: 1, byte: 0, at: '2026-01-01T00:00:00.600Z' },
      { line: 3, byte: 5, at: '2026-01-01T00:00:01.800Z' },
    ]);
    expect(many.index.times.length).toBeLessThan(1_000);
    expect(many.index.times.at(-1)?.line).toBeGreaterThan(19_900);
  });
});

describe('chunks', () => {
  it('are cut in the same way while the log still grows', () => {
    const log = Buffer.from(Array.from({ length: 60_000 }, (_, row) => `line ${row}\n`).join(''));
    const cut = chunkEnd(log);

    expect(cut).toBeLessThanOrEqual(CHUNK_BYTES);
    expect(log[cut - 1]).toBe(0x0a);
    for (const seen of [CHUNK_BYTES, CHUNK_BYTES + 1, CHUNK_BYTES * 2])
      expect(chunkEnd(log.subarray(0, seen))).toBe(cut);
  });
});

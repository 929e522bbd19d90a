import { CHUNK_BYTES } from '@gityard/builder';
import { LIVE_LOG_END } from '@gityard/yard';
import { expect, it } from 'vitest';
import { GrowingLog } from './growing-log.ts';

const STEM = 'build1/logs/b1_20260302T120000Z';
const line = Buffer.from(`${'x'.repeat(99)}\n`);

it('gives what comes in small pieces in the chunks of the final files, the last of them again and longer', () => {
  const growing = new GrowingLog();
  const seen = new Map<string, Buffer>();
  const rows = Math.ceil((2.5 * CHUNK_BYTES) / line.length);
  for (let row = 0; row < rows; row++) {
    growing.add(line, STEM);
    if (row % 1_000 === 0) for (const { path, content } of growing.take()) seen.set(path, Buffer.from(content));
  }
  for (const { path, content } of growing.take()) seen.set(path, Buffer.from(content));

  expect([...seen.keys()]).toEqual([1, 2, 3].map((number) => `${STEM}.${number}.log`));
  expect(Buffer.concat([...seen.values()]).equals(Buffer.concat(Array(rows).fill(line)))).toBe(true);
  expect(growing.hasMore).toBe(false);
});

it('gives again what did not come through', () => {
  const growing = new GrowingLog();
  growing.add(line, STEM);
  const files = growing.take();

  growing.putBack(files);
  growing.add(line, STEM);

  expect(growing.hasGrown).toBe(true);
  expect(growing.take().map(({ content }) => content.length)).toEqual([2 * line.length]);
});

it('that is long goes on for a while, and then says that the rest comes at the end', () => {
  const growing = new GrowingLog();
  const piece = Buffer.from(`${'x'.repeat(99_999)}\n`);
  const seen = new Map<string, string>();
  for (let count = 0; count < 200; count++) {
    growing.add(piece, 'log');
    for (const { path, content } of growing.take()) seen.set(path, Buffer.from(content).toString());
  }

  const text = [...seen.values()].join('');
  expect(growing.isDone).toBe(true);
  expect(text.endsWith(LIVE_LOG_END)).toBe(true);
  expect(text.split(LIVE_LOG_END)).toHaveLength(2);
  expect(text.length).toBeGreaterThan(8 * 1024 ** 2);
  expect(text.length).toBeLessThan(9 * 1024 ** 2);
});

import { LIVE_LOG_END } from '@gityard/yard';
import { expect, it } from 'vitest';
import { GrowingLog } from './growing-log.ts';

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

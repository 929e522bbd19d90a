import { LIVE_LOG_END } from '@gityard/yard';
import { expect, it } from 'vitest';
import { NewLines } from './new-lines.ts';

const log = (text: string, stem = 'mac/logs/j1_1') => ({
  ...{ stem, files: [], page: null, record: null },
  bytes: Buffer.from(text),
});
const GROWS = { isWhole: false };

it('tells whole lines as they come, with their numbers, and the last one when the log is whole', () => {
  const lines = new NewLines();

  expect(lines.upTo(log('one\ntw'), GROWS)).toEqual({ first: 1, lines: ['one'] });
  expect(lines.upTo(log('one\ntwo'), GROWS)).toEqual({ first: 2, lines: [] });
  expect(lines.upTo(log('one\ntwo\n\nfour'), GROWS)).toEqual({ first: 2, lines: ['two', ''] });
  expect(lines.upTo(log('one\ntwo\n\nfour'), { isWhole: true })).toEqual({ first: 4, lines: ['four'] });
});

it('begins anew with the log of another try', () => {
  const lines = new NewLines();
  lines.upTo(log('one\ntwo\n'), GROWS);

  expect(lines.upTo(log('again\n', 'mac/logs/j1_2'), GROWS)).toEqual({ first: 1, lines: ['again'] });
});

it('leaves out the word that the rest comes later, and goes on behind it', () => {
  const lines = new NewLines();

  expect(lines.upTo(log(`one\n${LIVE_LOG_END}`), GROWS).lines).toEqual(['one']);
  expect(lines.isCut).toBe(true);
  expect(lines.upTo(log('one\ntwo\n'), { isWhole: true })).toEqual({ first: 2, lines: ['two'] });
});

it('tells a long log a little at a time: no piece holds more than its share, and none is cut within a line', () => {
  const text = Array.from({ length: 50_000 }, (_, at) => `line ${at + 1} – ü`).join('\n');
  const pieces = [...new NewLines().piecesUpTo(log(text), { isWhole: true })];

  expect(Math.max(...pieces.map(({ lines }) => lines.join('\n').length))).toBeLessThan(70_000);
  expect(pieces.flatMap(({ lines }) => lines).join('\n')).toBe(text);
  for (const { first, lines } of pieces) expect(lines[0]).toBe(`line ${first} – ü`);
});

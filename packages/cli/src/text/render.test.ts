import { describe, expect, it } from 'vitest';
import { bad, line } from './lines.ts';
import { render, wantedColour } from './render.ts';
import { table } from './table.ts';
import { agoText, durationText } from './words.ts';

describe('render', () => {
  it('colours only where colour is wanted, and says the word either way', () => {
    expect(render([line('a ', bad('failed'))], 'plain')).toBe('a failed\n');
    expect(render([line('a ', bad('failed'))], 'colour')).toBe('a \u001b[31mfailed\u001b[39m\n');
  });

  it('lets no escape sequence of others through', () => {
    expect(render([line(bad('x\u001b[2J'), '\u001b]0;t\u0007y')], 'plain')).toBe('xy\n');
  });

  it.each([
    [{}, true, 'colour'],
    [{}, false, 'plain'],
    [{ NO_COLOR: '1' }, true, 'plain'],
    [{ NO_COLOR: '', CI: '' }, true, 'colour'],
    [{ CI: 'true' }, true, 'plain'],
    [{ TERM: 'dumb' }, true, 'plain'],
    [{ FORCE_COLOR: '1' }, false, 'colour'],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, 'plain'],
  ])('under %j on a terminal (%s) is %s', (env, isTerminal, colour) => {
    expect(wantedColour(env, isTerminal)).toBe(colour);
  });

  it('aligns the columns of a table and leaves out empty ones', () => {
    const lines = table({
      heads: ['job', 'agent', 'status'],
      rows: [
        ['b1', '', bad('failed')],
        ['b100', '', 'queued'],
      ],
    });

    expect(render(lines, 'plain')).toBe('job   status\nb1    failed\nb100  queued\n');
  });
});

describe('words', () => {
  it.each([
    [0, '0s'],
    [59_400, '59s'],
    [60_000, '1m'],
    [3_725_000, '1h 2m'],
    [90_000_000, '1d 1h'],
    [-5_000, '0s'],
  ])('says %i ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('says nothing of a time that is not known', () => {
    expect(agoText(null, '2026-01-01T00:00:00Z')).toBe('');
  });
});

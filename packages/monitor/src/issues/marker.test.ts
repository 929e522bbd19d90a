import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markerOf, memoryIn, newMemory, withMemory } from './marker.ts';

const now = '2026-03-02T12:00:00.000Z';
const memory = newMemory('bad-file:shared/x.json', 'broken', now);

describe('the memory in an issue', () => {
  it('is read as it was written, whatever stands in the key', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 100 }), (subject) => {
        const written = newMemory(`bad-file:${subject}`, 'broken', now);
        expect(memoryIn(markerOf(written))).toEqual(written);
        expect(markerOf(written).slice(4, -3)).not.toContain('--');
      }),
    );
  });

  it('is found when people have written around it, with the lines of another system', () => {
    const body = `I look into this.\r\n\r\n${markerOf(memory)}\r\nwhat it said\r\n\r\n> no, me`;

    expect(memoryIn(body)).toEqual(memory);
  });

  it('is changed, and nothing else with it', () => {
    const body = `mine $& $1\n${markerOf(memory)}\nyours`;

    const changed = withMemory(body, { ...memory, says: 'over' });

    expect(memoryIn(changed)?.says).toBe('over');
    expect(changed.replace(/<!--.*-->/, '')).toBe('mine $& $1\n\nyours');
  });

  it.each([
    'nothing',
    '<!-- gityard:{"key":"x"} -->',
    '<!-- gityard:{broken} -->',
    `<!-- gityard:{"key":"a:b","says":"${'x'.repeat(5_000)}"} -->`,
    '<!-- gityard:[] -->',
  ])('is none in %s', (body) => {
    expect(memoryIn(body)).toBeUndefined();
  });

  it('forgets what is no time', () => {
    const body =
      '<!-- gityard:{"key":"a:b","says":"x","told":["yesterday",7,"2026-03-02T12:00:00.000Z"],"wellSince":"?"} -->';

    expect(memoryIn(body)).toEqual({ key: 'a:b', yard: null, says: 'x', told: [now], wellSince: null });
  });
});

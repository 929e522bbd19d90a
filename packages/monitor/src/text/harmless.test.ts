import { array, assert, oneof, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryIn } from '../issues/marker.ts';
import { fenced, harmless, inlineCode, oneLine } from './harmless.ts';

/** Rich in what Markdown, HTML and workflows read. */
const hostile = array(
  oneof(string({ unit: 'binary', maxLength: 8 }), stringMatching(/^[`~<>!@${}#\n\-_*[\]()/a-z: ]{0,12}$/)),
  { maxLength: 20 },
).map((parts) => parts.join(''));

describe('words of others', () => {
  it('call nobody, are no HTML, no comment, and no expression of a workflow', () => {
    assert(
      property(hostile, (text) => {
        expect(harmless(text)).not.toMatch(/@[A-Za-z0-9]|<[!/?a-z]|\$\{\{|[\u202a-\u202e\u2066-\u2069]/i);
      }),
    );
  });

  it('cannot leave the block or the span that they stand in', () => {
    assert(
      property(hostile, (text) => {
        const [first = '', ...lines] = fenced(text).split('\n');
        const fence = /^`+/.exec(first)?.[0] ?? '';
        expect(lines.at(-1)).toBe(fence);
        expect(lines.slice(0, -1).filter((it) => it.trim().startsWith(fence))).toEqual([]);
        const span = inlineCode(text);
        const quote = /^`+/.exec(span)?.[0] ?? '–';
        expect(span.endsWith(quote)).toBe(true);
        expect(span).not.toContain('\n');
        expect(span.split(new RegExp(`(?<!\`)${quote}(?!\`)`)).length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('cannot forge what the monitor hides', () => {
    const forged = '<!-- gityard:{"key":"agent-silent:mac","says":"over","told":[],"wellSince":null} -->';

    expect(memoryIn(forged)).toBeDefined();
    expect(memoryIn(fenced(forged))).toBeUndefined();
    expect(memoryIn(inlineCode(forged))).toBeUndefined();
  });

  it('are cut to a length, and never in the middle of a character', () => {
    expect(oneLine('x'.repeat(500), 100)).toHaveLength(100);
    expect(oneLine(`${'x'.repeat(98)}😀😀`, 100)).toBe(`${'x'.repeat(98)}…`);
    expect(fenced('y'.repeat(10_000)).length).toBeLessThan(4_100);
  });

  it('stay as they are where there is nothing in them', () => {
    expect(harmless('branch main: job b1 failed: exit code 2')).toBe('branch main: job b1 failed: exit code 2');
    expect(inlineCode('a `b` c')).toBe('``a `b` c``');
  });
});

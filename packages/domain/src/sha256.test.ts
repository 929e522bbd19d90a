import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256.ts';

const asNode = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('sha256', () => {
  it('says what Node says, at every length about the edges of its blocks', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'ä'.repeat(length >> 1) + 'x'.repeat(length & 1);
      expect(sha256(text)).toBe(asNode(text));
    }
  });

  it('says what Node says of any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 1 }), fc.constantFrom('\ud83d', '\udc00')),
        }),
        (text) => sha256(text) === asNode(text),
      ),
    );
  });
});

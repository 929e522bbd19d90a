import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRecord, type SpoolRecord, scan } from './record.ts';

const record = (number: number, text: string): SpoolRecord => ({ number, body: Buffer.from(text) });
const three = [record(1, 'first'), record(2, ''), record(3, 'a third one that is longer than the others')];
const encoded = three.map(encodeRecord);
const whole = Buffer.concat(encoded);

const numbers = (bytes: Buffer): number[] => scan(bytes).records.map((it) => it.number);

describe('records', () => {
  it('are read as they were written', () => {
    expect(scan(whole)).toEqual({ records: three, endBytes: whole.length, condition: 'whole' });
  });

  it('are read up to the last whole one, at whatever byte the last was torn', () => {
    const before = whole.length - (encoded[2]?.length ?? 0);

    for (let end = before + 1; end < whole.length; end++) {
      const torn = scan(whole.subarray(0, end));
      expect(torn).toEqual({ records: three.slice(0, 2), endBytes: before, condition: 'torn' });
    }
  });

  it('are torn where a power cut left a length and no bytes', () => {
    expect(scan(Buffer.concat([whole, Buffer.alloc(500)]))).toMatchObject({
      endBytes: whole.length,
      condition: 'torn',
    });
  });

  it('are damaged, and never quietly fewer, whichever bit of them was turned', () => {
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const { records, condition } = scan(bytes);
      expect(condition).toBe('damaged');
      expect(records).toHaveLength(2);
    }
  });

  it('are found again behind a damaged place', () => {
    const bytes = Buffer.from(whole);
    bytes.fill(0xff, 10, 25);

    expect(numbers(bytes)).toEqual([2, 3]);
  });

  it('are none in what never was a log', () => {
    expect(scan(Buffer.from('somebody wrote a letter here'))).toMatchObject({ records: [], condition: 'damaged' });
  });

  it('are not taken from the inside of another, whatever that says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 50 }), (body, rest) => {
        const outer = encodeRecord({ number: 7, body: Buffer.concat([encodeRecord(record(9, 'inner')), body]) });
        expect(numbers(Buffer.concat([outer, rest]))).toEqual([7]);
      }),
    );
  });

  it('count once when a writer that was thought dead used a number again', () => {
    const again = encodeRecord(record(3, 'another'));

    expect(scan(Buffer.concat([whole, again])).records).toEqual(three);
  });
});

import { describe, expect, it } from 'vitest';
import { answerTo, QUESTION, seal, unseal } from './letter.ts';
import { lockOf, siteOf } from './site.ts';

const { secret } = siteOf('correct horse battery staple');
const sealed = seal(secret, { about: QUESTION, value: { kind: 'beat' } });

describe('a letter', () => {
  it('is read by whoever has the key of the site', () => {
    expect(unseal(siteOf('correct horse battery staple').secret, { about: QUESTION, bytes: sealed })).toEqual({
      value: { kind: 'beat' },
    });
  });

  it('is nothing to another site, and shows nothing of what it says', () => {
    expect(unseal(siteOf('correct horse battery stable').secret, { about: QUESTION, bytes: sealed })).toBeUndefined();
    expect(sealed.includes('beat')).toBe(false);
  });

  it('cannot be changed in any byte', () => {
    const changed = Array.from(sealed, (byte, at) => Buffer.from(sealed).fill(byte ^ 1, at, at + 1));

    expect(changed.filter((bytes) => unseal(secret, { about: QUESTION, bytes }))).toEqual([]);
  });

  it('answers its own question and no other', () => {
    const other = seal(secret, { about: QUESTION, value: 'another' });
    const answer = seal(secret, { about: answerTo(sealed), value: 'landed' });

    expect(unseal(secret, { about: answerTo(sealed), bytes: answer })).toEqual({ value: 'landed' });
    expect(unseal(secret, { about: answerTo(other), bytes: answer })).toBeUndefined();
    expect(unseal(secret, { about: QUESTION, bytes: answer })).toBeUndefined();
  });

  it('is never readable when it is cut', () => {
    const cut = Array.from({ length: sealed.length }, (_, length) => sealed.subarray(0, length));

    expect(cut.filter((bytes) => unseal(secret, { about: QUESTION, bytes }))).toEqual([]);
  });
});

it('a site has a name that says nothing of its key', () => {
  expect(lockOf(siteOf('correct horse battery staple'))).toMatch(/^relay-[0-9a-f]{10}$/);
  expect(lockOf(siteOf('a key of another site'))).not.toBe(lockOf(siteOf('correct horse battery staple')));
});

import { describe, expect, it } from 'vitest';

import { isLocalCaller } from './caller.ts';

describe('caller', () => {
  it.each(['127.0.0.1', '127.0.0.1:7420', 'localhost:7420', 'LOCALHOST', '[::1]:7420', '127.8.8.8'])(
    'is local when it asks for %s',
    (host) => {
      expect(isLocalCaller({ host })).toBe(true);
    },
  );

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:80',
    '10.0.0.1',
    '',
    '127.0.0.1@evil.example',
  ])('is foreign when it asks for %j', (host) => {
    expect(isLocalCaller({ host })).toBe(false);
  });

  it('is foreign when a page of another site sent it, and local for a page of this machine', () => {
    expect(isLocalCaller({ host: 'localhost', origin: 'https://evil.example' })).toBe(false);
    expect(isLocalCaller({ host: 'localhost', origin: 'null' })).toBe(false);
    expect(isLocalCaller({ host: 'localhost', origin: 'http://127.0.0.1:7420' })).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';

import { graphqlFailure, statusFailure } from './failures.ts';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const reading = { name: 'github:acme/yard', nowMs, changes: false };
const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

const reply = (status: number, headers: Record<string, string> = {}, message = '') => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify({ message })),
});
const resetIn = (seconds: number) => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': `${nowMs / 1000 + seconds}`,
});

describe('a limit', () => {
  it.each([
    ['asks for a pause in its header', reply(429, { 'retry-after': '7' }), 7_000],
    ['says so with 403', reply(403, { 'retry-after': '30' }, SECONDARY), 30_000],
    ['gives no time, and then it is a minute', reply(403, { 'x-ratelimit-remaining': '4000' }, SECONDARY), 60_000],
    ['lasts until all is there again', reply(403, resetIn(120), 'API rate limit exceeded for user ID 1.'), 120_000],
    ['is over already by the clock of the host', reply(429, resetIn(-5)), 0],
  ])('that %s', (_, limited, retryAfterMs) => {
    expect(statusFailure(limited, { ...reading, changes: true })).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs,
      mayHaveLanded: false,
    });
  });

  it.each(['RATE_LIMITED', 'RATE_LIMIT'])('that comes as a "200 OK" of the type %s', (type) => {
    const failure = graphqlFailure([{ type, message: 'API rate limit exceeded' }], reply(200, resetIn(90)), reading);

    expect(failure).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 90_000 });
  });
});

describe('a failure', () => {
  it.each([
    [401, 'DENIED'],
    [403, 'DENIED'],
    [404, 'REMOTE_INVALID'],
    [301, 'REMOTE_INVALID'],
    [502, 'REMOTE_UNREACHABLE'],
  ])('of status %i means %s, with the words of the host', (status, code) => {
    const failure = statusFailure(reply(status, {}, 'its words'), reading);

    expect(failure).toMatchObject({ code, mayHaveLanded: false, message: expect.stringContaining('its words') });
  });

  it('leaves open what became of a change only where a gateway may stand before the host', () => {
    const landed = [200, 403, 422, 502].map((it) => statusFailure(reply(it), { ...reading, changes: true }));

    expect(landed.map((it) => it.mayHaveLanded)).toEqual([true, false, false, true]);
  });

  it('that nobody gave a sort is the trouble of the host, and leaves open what became of a change', () => {
    const failure = graphqlFailure([{ type: '', message: 'Something went wrong' }], reply(200), {
      ...reading,
      changes: true,
    });

    expect(failure).toMatchObject({ code: 'REMOTE_UNREACHABLE', mayHaveLanded: true });
  });
});

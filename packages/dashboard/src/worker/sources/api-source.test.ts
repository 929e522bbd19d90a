import { describe, expect, it } from 'vitest';
import { ApiSession } from './api-session.ts';
import { apiSource } from './api-source.ts';
import { REAL } from './wiring.ts';

const PAGE = 'https://acme.example/';
const signal = new AbortController().signal;

describe('api-source', () => {
  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [400, 'invalid'],
    [503, 'unavailable'],
  ])('takes a %d of the server for %s, and says why', async (status, kind) => {
    const detail = 'because of the rule';
    const wiring = { ...REAL, fetch: async () => new Response(JSON.stringify({ detail }), { status }) };
    const source = apiSource(PAGE, { session: new ApiSession(PAGE, { key: null, wiring }), wiring });

    await expect(source.look(null, signal)).rejects.toMatchObject({ failure: { kind, reason: detail } });
  });
});

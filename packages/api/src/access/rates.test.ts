import { describe, expect, it } from 'vitest';
import { apiOf, ask } from '../testing/world.ts';

const KEY = 'a-key-that-was-printed';

describe('rates', () => {
  it('lets a caller read and write so often a minute, and says when to come again', async () => {
    const desk = { prepare: () => async () => ({ state: 'applied', commit: null }) as const };
    const api = await apiOf({ desk, key: KEY, rates: { reads: 3, writes: 2 } });
    const page = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };
    const enter = async () => {
      const { headers } = await ask(api, '/api/v1/session', {
        method: 'POST',
        headers: page,
        body: `{"key":"${KEY}"}`,
      });
      return { ...page, cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
    };
    const [first, second] = [await enter(), await enter()];
    const read = (headers: Record<string, string>) => ask(api, '/api/v1/hello', { headers });
    const write = (headers: Record<string, string>) =>
      ask(api, '/api/v1/commands', { method: 'POST', headers, body: '{"op":"cancel","target":"j1"}' });

    expect([await statusOf(3, () => read(first)), await statusOf(2, () => write(first))]).toEqual([200, 200]);
    const [late, lateToo] = [await read(first), await write(first)];

    expect([late.status, lateToo.status]).toEqual([429, 429]);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.parse(late.body)).toMatchObject({
      code: 'RATE_LIMITED',
      detail: expect.stringContaining('3 requests'),
    });
    expect((await read(second)).status).toBe(200);
    expect((await ask(api, '/healthz')).status).toBe(200);
  });

  it('counts tokens and keys that are not good by address, and keeps nobody out who has a good one', async () => {
    const tokens = { read: async () => undefined, list: () => [], issue: refused, revoke: refused };
    const api = await apiOf({ tokens, key: KEY, rates: { failedLogins: 4 } });
    const page = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };
    const guess = () => ask(api, '/api/v1/hello', { headers: { authorization: 'Bearer x.y.z' } });
    const enter = (key: string) =>
      ask(api, '/api/v1/session', { method: 'POST', headers: page, body: JSON.stringify({ key }) });

    expect([await statusOf(2, guess), await statusOf(2, () => enter('guessed'))]).toEqual([401, 401]);
    const [token, key] = [await guess(), await enter('guessed')];

    expect([token.status, key.status]).toEqual([429, 429]);
    expect(Number(token.headers['retry-after'])).toBeGreaterThan(0);
    expect((await enter(KEY)).status).toBe(204);
    expect((await ask(api, '/api/v1/hello')).status).toBe(200);
  });
});

const refused = async () => ({ ok: false, code: 'NOT_FOUND', reason: 'there is none here' }) as const;

/** Of so many requests, all alike. */
async function statusOf(times: number, request: () => Promise<{ status: number }>): Promise<number | string> {
  const statuses = new Set<number>();
  for (let time = 0; time < times; time++) statuses.add((await request()).status);
  const [status, ...others] = statuses;
  return others.length === 0 && status !== undefined ? status : [...statuses].join(', ');
}

import { describe, expect, it } from 'vitest';
import type { Commander, CommandOutcome } from '../desks.ts';
import { apiOf, ask } from '../testing/world.ts';

const KEY = 'a-key-that-was-printed';
const cancel = { op: 'cancel', target: '01job', if: { status: 'queued' } };
const applied: CommandOutcome = { state: 'applied', commit: 'c'.repeat(40) };

async function world({ outcomes = [] as CommandOutcome[] } = {}) {
  const done: unknown[] = [];
  const desk = {
    prepare:
      (wish: object, { name: by }: Commander) =>
      async () => {
        done.push({ wish, by });
        return outcomes.shift() ?? applied;
      },
  };
  const api = await apiOf({ desk, key: KEY });
  const page = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };
  const post = (path: string, body: unknown, headers: Record<string, string> = page) =>
    ask(api, `/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const enter = async (body: object = { key: KEY }) => {
    const { headers } = await post('session', body);
    return { ...page, cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
  };
  return { api, page, post, enter, done };
}

describe('commands', () => {
  it('are done at once for whoever had the key, in the name of the dashboard', async () => {
    const { post, enter, done } = await world();

    const answer = await post('commands', cancel, await enter());

    expect(JSON.parse(answer.body)).toEqual(applied);
    expect(done).toEqual([{ wish: { ...cancel, args: {} }, by: 'dashboard' }]);
  });

  it('bear the name of a session that gave one', async () => {
    const { post, enter, done } = await world();

    await post('commands', { command: ['make'] }, await enter({ key: KEY, name: 'ada' }));

    expect(done).toMatchObject([{ wish: { command: ['make'] }, by: 'ada' }]);
  });

  it('are refused with the reason of the rule, which is no error', async () => {
    const refused = { state: 'refused', code: 'CONFLICT', reason: 'status is running, not queued' } as const;
    const { post, enter } = await world({ outcomes: [refused] });

    const answer = await post('commands', cancel, await enter());

    expect({ status: answer.status, receipt: JSON.parse(answer.body) }).toEqual({ status: 200, receipt: refused });
  });

  it('are not done for pages of others, nor without a session', async () => {
    const { api, page, post, enter, done } = await world();
    const entered = await enter();
    const { origin: _, ...nowhere } = entered;
    const { 'x-gityard-page': __, ...form } = entered;
    const statusWith = async (headers: Record<string, string>) => (await post('commands', cancel, headers)).status;

    expect(await statusWith({ ...entered, origin: 'https://evil.example' })).toBe(403);
    expect(await statusWith({ ...entered, origin: 'null' })).toBe(403);
    expect(await statusWith({ ...entered, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await statusWith({ ...entered, host: 'rebound.example' })).toBe(403);
    expect(await statusWith(nowhere)).toBe(403);
    expect(await statusWith(form)).toBe(403);
    expect(await statusWith({ ...form, 'content-type': 'text/plain' })).toBe(403);
    expect(await statusWith(page)).toBe(401);
    expect(await statusWith({ ...page, cookie: `${entered.cookie}x` })).toBe(401);
    expect(await statusWith({ ...page, cookie: 'gityard-1=; x' })).toBe(401);
    expect((await ask(api, '/api/v1/commands', { method: 'DELETE', headers: entered })).headers.allow).toBe('POST');
    expect((await ask(api, '/api/v1/commands', { headers: entered })).status).toBeGreaterThanOrEqual(404);
    expect(done).toEqual([]);
  });

  it('are JSON, and no deeper than anybody means', async () => {
    const { api, enter, done } = await world();
    const headers = await enter();
    const sent = (body: string, type = 'application/json') =>
      ask(api, '/api/v1/commands', { method: 'POST', headers: { ...headers, 'content-type': type }, body });
    const nested = (depth: number) =>
      `{"op":"cancel","target":"j1","args":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

    expect((await sent(nested(40))).status).toBe(200);
    const deep = await sent(nested(100_000));
    expect({ status: deep.status, body: deep.body }).toEqual({ status: 400, body: expect.stringContaining('nests') });
    const form = await sent(nested(1), 'text/plain');
    expect({ status: form.status, body: form.body }).toEqual({
      status: 415,
      body: expect.stringContaining('application/json'),
    });
    expect((await sent('{"op":"cancel","target":"j1","__proto__":{"x":1}}')).status).toBe(400);
    expect(done).toHaveLength(1);
  });

  it('open a session for nobody who has not the key', async () => {
    const { post, page } = await world();
    const statusOf = async (body: unknown, headers: Record<string, string> = page) =>
      (await post('session', body, headers)).status;

    expect(await statusOf({ key: `${KEY}x` })).toBe(401);
    expect(await statusOf({ key: '' })).toBe(401);
    expect(await statusOf({ key: [KEY] })).toBe(400);
    expect(await statusOf({ key: KEY, name: 'Ada <ada@example>' })).toBe(400);
    expect(await statusOf(null)).toBe(400);
    expect(await statusOf({ key: KEY }, { ...page, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf({ key: KEY }, { origin: page.origin, 'content-type': 'application/json' })).toBe(403);
  });

  it('give the session in a cookie that no script reads and no other site sends', async () => {
    const { api, post } = await world();

    const [cookie = ''] = (await post('session', { key: KEY })).headers['set-cookie'] ?? [];

    expect(cookie).toMatch(/^gityard-\d+=[\w-]{43}; Path=\/api\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).toContain(`gityard-${new URL(api.url).port}=`);
  });

  it('put a job into the trace of their caller, unless its author names another', async () => {
    const { post, enter, done } = await world();
    const session = await enter();
    const [caller, named] = ['a', 'b'].map((digit) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`);
    const given = (wish: object, traceparent = '') => post('commands', wish, { ...session, traceparent });

    await given({ command: ['make'] }, caller);
    await given({ command: ['make'], traceparent: named }, caller);
    await given({ command: ['make'] }, 'no trace');

    const traceparents = (done as { wish: { traceparent: unknown } }[]).map((it) => it.wish.traceparent);
    expect(traceparents).toEqual([caller, named, null]);
  });

  it('say at the door whether they are taken', async () => {
    const { api, enter } = await world();
    const commandsFor = async (headers: Record<string, string>) =>
      JSON.parse((await ask(api, '/api/v1/hello', { headers })).body).commands;

    expect(await commandsFor({})).toBe('no');
    expect(await commandsFor(await enter())).toBe('direct');
  });

  it('are checked like files of the inbox', async () => {
    const { post, enter, done } = await world();
    const session = await enter();

    for (const wish of [
      null,
      [],
      'cancel',
      { op: 'destroy', target: 'x' },
      { op: 'cancel' },
      { command: 'make' },
      [cancel],
    ]) {
      const answer = await post('commands', wish, session);
      expect({ wish, status: answer.status }).toEqual({ wish, status: 400 });
    }
    const detailOf = async (wish: object) => JSON.parse((await post('commands', wish, session)).body).detail;
    expect(await detailOf({ repo: 'ext::sh -c id' })).toContain('repo must be on one line a path');
    expect(await detailOf({ priority: 'hihg' })).toContain('priority must be one of 1, 2, 3');
    expect(await detailOf({ priority: 'hihg' })).toContain('did you mean High?');
    expect((await post('commands', { op: 'cancel', target: 'x'.repeat(300_000) }, session)).status).toBe(413);
    expect(done).toEqual([]);
  });

  it('are done once under one key, and answered again alike', async () => {
    const { post, enter, done } = await world();
    const session = { ...(await enter()), 'idempotency-key': 'click-1' };

    const answers = await Promise.all([post('commands', cancel, session), post('commands', cancel, session)]);
    const other = await post('commands', { ...cancel, target: '02job' }, session);
    const stranger = await post('commands', cancel, { ...(await enter()), 'idempotency-key': 'click-1' });

    expect(answers.map((it) => it.body)).toEqual([JSON.stringify(applied), JSON.stringify(applied)]);
    expect(other.status).toBe(409);
    expect(stranger.status).toBe(200);
    expect(done).toHaveLength(2);
    expect((await post('commands', cancel, { ...session, 'idempotency-key': 'two words' })).status).toBe(400);
  });

  it('may be tried again under their key when the world was in the way', async () => {
    const failed = { state: 'failed', code: 'REMOTE_UNREACHABLE', reason: 'the remote is away' } as const;
    const { post, enter, done } = await world({ outcomes: [failed] });
    const session = { ...(await enter()), 'idempotency-key': 'click-1' };

    const first = await post('commands', cancel, session);
    const second = await post('commands', cancel, session);

    expect(first).toMatchObject({ status: 503 });
    expect(JSON.parse(first.body)).toMatchObject({ code: 'REMOTE_UNREACHABLE', detail: 'the remote is away' });
    expect(second.status).toBe(200);
    expect(done).toHaveLength(2);
  });

  it('are taken by nobody where there is no desk', async () => {
    const api = await apiOf({ key: KEY });
    const headers = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };

    expect((await ask(api, '/api/v1/commands', { method: 'POST', headers, body: '{}' })).status).toBe(405);
  });
});

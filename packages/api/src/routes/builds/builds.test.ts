/** Builds over HTTP, without Git: what is taken, what is answered, and that every answer is as it is described. */
import { applyChanges, type State } from '@gityard/domain';
import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { LogPiece } from '../../desks.ts';
import { artifactOf, handBuilds } from '../../testing/builds.ts';
import { apiOf, ask, type RawAnswer } from '../../testing/world.ts';
import { ENDPOINTS } from '../list.ts';

const KEY = 'a-key-that-was-printed';
const LONG = {
  job: {
    ...{ projectName: 'Shop', repositoryUrl: 'https://git.example/shop.git', gitRef: 'main' },
    ...{ solutionPath: 'src/Shop.sln', requesterEmail: 'ada@example.org', buildProperties: { Version: '2.0' } },
  },
  ...{ targetPool: 'Linux', priority: 'High', requesterEmail: 'ada@example.org' },
};
const SHORT = { repositoryUrl: 'https://git.example/shop.git' };

/** With words of the answer. */
const WRONG: readonly (readonly [unknown, string])[] = [
  [{}, 'lacks "repositoryUrl"'],
  [{ ...SHORT, repositoryUrl: 'ext::sh -c id' }, 'repositoryUrl must be on one line a path'],
  [{ ...SHORT, gitRef: 'a..b' }, 'gitRef must be a branch'],
  [{ ...SHORT, colour: 'red' }, 'has the unknown field "colour"'],
  [{ ...SHORT, solutionPath: '../x.sln' }, 'solutionPath must be a path below'],
  [{ ...SHORT, targetPool: 'BeOS' }, 'targetPool must be one of Linux, Windows'],
  [{ ...SHORT, requesterEmail: 'ada' }, 'requesterEmail must be an e-mail address'],
  [{ ...SHORT, timeoutMinutes: '5' }, 'timeoutMinutes must be a whole number'],
  [{ ...SHORT, executionId: 'b1' }, 'executionId must be a GUID'],
  [{ ...SHORT, buildProperties: { 'a b': 'c' } }, 'buildProperties'],
  [{ ...LONG, job: { ...LONG.job, projectName: undefined } }, 'job lacks "projectName"'],
  [{ ...LONG, job: { ...LONG.job, gitRef: 'a b' } }, 'job.gitRef must be a branch'],
  [{ ...LONG, requesterEmail: undefined }, 'lacks "requesterEmail"'],
  [{ ...LONG, strategy: 'Hope' }, 'strategy must be one of Incremental'],
  [{ ...LONG, strategy: 'clena' }, 'Canary; did you mean Clean?'],
  [{ job: SHORT, extra: 1 }, 'lacks'],
  [{ repositoryUrl: '' }, 'repositoryUrl must not be empty'],
  [[SHORT], 'the request must be a JSON object'],
  [null, 'the request must be a JSON object'],
];

async function theApi(given: Parameters<typeof handBuilds>[0] = {}) {
  const hand = handBuilds(given);
  const { builds, look, desk } = hand;
  const api = await apiOf({ builds, look, desk, key: KEY, heartbeatMs: 20 });
  const page = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };
  const entered = await ask(api, '/api/v1/session', {
    method: 'POST',
    headers: page,
    body: JSON.stringify({ key: KEY }),
  });
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const get = async (path: string, headers = {}) => asDescribed('GET', path, await ask(api, path, { headers }));
  const post = async (path: string, body?: unknown, headers: object = {}) => {
    const { 'content-type': _, ...bare } = page;
    const sent = { ...(body === undefined ? bare : page), cookie, ...headers };
    const text = body === undefined ? '' : JSON.stringify(body);
    return asDescribed('POST', path, await ask(api, path, { method: 'POST', headers: sent, body: text }));
  };
  return { ...hand, hand, api, get, post, cookie };
}

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);

/** An answer of a status that is not described, or of another shape than it is described with, fails the spec. */
function asDescribed(method: string, path: string, answer: RawAnswer) {
  const bare = path.split('?')[0] ?? '';
  const it = ENDPOINTS.find(
    (one) => one.method === method && new RegExp(`^${one.url.replace(/:\w+/g, '[^/]+')}$`).test(bare),
  );
  const { status, headers, body } = answer;
  const described = it?.answers[status];
  if (status >= 400) expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  else expect({ path, status, described: described !== undefined }).toEqual({ path, status, described: true });
  const json = /json/.test(headers['content-type'] ?? '') ? JSON.parse(body) : undefined;
  if (described?.schema) {
    const isFit = ajv.validate(described.schema, json);
    expect({ path, faults: isFit ? [] : ajv.errors }).toEqual({ path, faults: [] });
  }
  return { status, headers, body, json };
}

describe('a build that is asked for', () => {
  it('is in the queue, at the address that the answer names', async () => {
    const { post, get } = await theApi();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

    const { status, headers, json } = await post('/api/v1/builds', LONG, { traceparent });

    expect({ status, json }).toEqual({
      status: 202,
      json: {
        executionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...{ status: 'Queued', queuePosition: 1, estimatedStartTime: null, estimatedDuration: null },
        links: {
          self: headers.location,
          logs: `${headers.location}/logs`,
          trace: `https://traces.example/${'a'.repeat(32)}`,
        },
      },
    });
    const build = (await get(headers.location ?? '')).json;
    expect(build).toMatchObject({
      ...{ projectName: 'Shop', status: 'Queued', priority: 'High', requester: 'dashboard', gitRef: 'main' },
      request: {
        solutionPath: 'src/Shop.sln',
        buildProperties: { Version: '2.0' },
        targetPool: 'Linux',
        runTests: true,
      },
      ...{ success: null, startTime: null, traceId: 'a'.repeat(32), artifacts: [], logUrl: null },
    });
  });

  it('needs no more than its repository', async () => {
    const { post, get } = await theApi();

    const { json } = await post('/api/v1/builds', SHORT);

    const { request, traceId } = (await get(`/api/v1/builds/${json.executionId}`)).json;
    expect(request).toMatchObject({ projectName: 'shop', gitRef: null, configuration: 'Release', timeoutMinutes: 60 });
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is refused in words when it says what it should not', async () => {
    const { post, hand } = await theApi();

    for (const [body, detail] of WRONG) {
      const { status, json } = await post('/api/v1/builds', body);
      expect({ body, status, detail: json.detail }).toEqual({
        body,
        status: 400,
        detail: expect.stringContaining(detail),
      });
    }
    expect(hand.state.jobs.size).toBe(0);
  });

  it('is told in words when it is no JSON, or its key is none', async () => {
    const { post } = await theApi();
    const detailOf = async (headers: object, body?: unknown) =>
      (await post('/api/v1/builds', body, headers)).json.detail;

    expect(await detailOf({ 'content-type': 'application/x-yaml' }, SHORT)).toContain('content-type: application/json');
    expect(await detailOf({ 'content-type': 'text/plain' }, SHORT)).toContain('content-type: application/json');
    expect(await detailOf({ 'content-type': 'application/json' })).toBe('the request must be a JSON object');
    expect(await detailOf({ 'idempotency-key': 'a b' }, SHORT)).toBe(
      'idempotency-key must be 1 to 200 visible ASCII characters',
    );
  });

  it('is read as UTF-8 alone, uncompressed, and not beyond what a body may have', async () => {
    const { api, cookie, hand } = await theApi();
    const send = async (type: string, body: string | Uint8Array, more = {}) => {
      const headers = { origin: api.url, 'x-gityard-page': '1', cookie, 'content-type': type, ...more };
      const { status, body: text } = await ask(api, '/api/v1/builds', { method: 'POST', headers, body });
      const { code, detail } = JSON.parse(text);
      return [status, code, detail];
    };
    const asked = JSON.stringify({ ...SHORT, projectName: 'Bücher' });
    const json = 'application/json';

    const unread = [415, 'USAGE', expect.stringContaining('UTF-8')];
    expect(await send(json, Buffer.from(asked, 'latin1'))).toEqual([400, 'USAGE', 'the body is not JSON in UTF-8']);
    expect(await send(`${json}; charset=latin1`, asked)).toEqual(unread);
    expect(await send(json, asked, { 'content-encoding': 'gzip' })).toEqual(unread);
    expect(await send(json, 'x'.repeat(300_000))).toEqual([413, 'TOO_LARGE', expect.stringContaining('262144 bytes')]);
    expect(hand.state.jobs.size).toBe(0);
    expect((await send(`${json}; charset="UTF-8"`, asked))[0]).toBe(202);
  });

  it('is one build under one key, or one executionId, with one content', async () => {
    const { post, hand } = await theApi();
    const key = { 'idempotency-key': 'nightly-7' };
    const executionId = '6F9619FF-8B86-D011-B42D-00C04FC964FF';

    const first = await post('/api/v1/builds', SHORT, key);
    const again = await post('/api/v1/builds', SHORT, key);
    const other = await post('/api/v1/builds', { ...SHORT, gitRef: 'next', runTests: false }, key);
    const named = await post('/api/v1/builds', { ...SHORT, executionId });
    const twin = await post('/api/v1/builds', { ...SHORT, executionId: executionId.toLowerCase() });
    const clash = await post('/api/v1/builds', { ...LONG, executionId });

    expect([first.status, again.status, other.status, named.status, twin.status, clash.status]).toEqual([
      ...[202, 202, 409, 202, 202, 409],
    ]);
    expect(again.json.executionId).toBe(first.json.executionId);
    expect(named.json.executionId).toBe(executionId.toLowerCase());
    expect(hand.state.jobs.size).toBe(2);
  });
});

describe('builds in a list', () => {
  const three = ['b1', 'b2', 'b3'].reduce((it, id, at) => it.job(id, { submittedAt: minutesAfterNoon(at) }), world());

  it('come a page after another, in the list as it was at first', async () => {
    const { get, change } = await theApi({ state: three.state });
    const ids = (json: { builds: { executionId: string }[] }) => json.builds.map((it) => it.executionId);

    const first = (await get('/api/v1/builds?limit=2')).json;
    change((state) => world(without(state, 'b1')).job('b9', { submittedAt: minutesAfterNoon(9) }).state);
    const second = (await get(`/api/v1/builds?limit=2&cursor=${first.nextCursor}`)).json;

    expect([ids(first), ids(second), second.nextCursor]).toEqual([['b3', 'b2'], ['b1'], null]);
    expect(ids((await get('/api/v1/builds')).json)).toEqual(['b9', 'b3', 'b2']);
  });

  it('are not sent again to one who has them, until the yard moves', async () => {
    const { get, change } = await theApi({ state: three.state });
    const { etag = '' } = (await get('/api/v1/builds')).headers;

    expect((await get('/api/v1/builds', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/api/v1/builds/b1', { 'if-none-match': etag })).status).toBe(304);
    change((state) => world(state).job('b4').state);
    expect((await get('/api/v1/builds', { 'if-none-match': etag })).status).toBe(200);
  });

  it('are those that were asked for, and what is asked wrongly is said', async () => {
    const { get } = await theApi({ state: three.job('r1', { status: 'running', branch: 'next' }).agent('mac').state });
    const found = async (query: string) =>
      (await get(`/api/v1/builds?${query}`)).json.builds?.map((it: { executionId: string }) => it.executionId);

    expect(await found('status=Running&branch=next&agent=mac')).toEqual(['r1']);
    expect(await found('requester=ANN&limit=1')).toEqual(['b3']);
    expect(await found('status=Failed')).toEqual([]);
    const madeUp = [
      ['h', 'never', 'b1'],
      ['h', '', 'b1', '../..'],
    ].map((it) => `cursor=${Buffer.from(JSON.stringify(it)).toString('base64url')}`);
    for (const wrong of [
      'status=Lost',
      'limit=0',
      'limit=999',
      'limit=x',
      'cursor=WzFd',
      'cursor=%00',
      'branch=',
      ...madeUp,
    ])
      expect([wrong, (await get(`/api/v1/builds?${wrong}`)).status]).toEqual([wrong, 400]);
  });

  it('are found by the beginning of their ids, where that is one', async () => {
    const { get } = await theApi({ state: three.state });

    expect((await get('/api/v1/builds/b1')).json).toMatchObject({ executionId: 'b1' });
    expect((await get('/api/v1/builds/b')).json).toMatchObject({
      ...{ status: 409, code: 'AMBIGUOUS_ID', detail: expect.stringMatching(/b1, b2, b3$/) },
    });
    expect((await get('/api/v1/builds/x')).json).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await get(`/api/v1/builds/${'x'.repeat(101)}`)).status).toBe(400);
  });
});

describe('a build that is changed', () => {
  const { state } = world().agent('mac').job('q1').job('r1', { status: 'running' }).job('f1', { status: 'failed' });

  it('is cancelled, with a reason or without', async () => {
    const { post, get } = await theApi({ state });
    const answer = { status: 'Cancelling', message: 'Build cancellation requested' };

    const sayingNothing = await post('/api/v1/builds/q1/cancel', undefined, { 'content-type': 'application/json' });
    expect(sayingNothing.json).toEqual({ executionId: 'q1', ...answer });
    expect((await post('/api/v1/builds/q1/cancel')).json).toEqual({ executionId: 'q1', ...answer });
    expect((await post('/api/v1/builds/r1/cancel', { reason: 'wrong branch' })).json).toEqual({
      executionId: 'r1',
      ...answer,
    });
    expect((await post('/api/v1/builds/f1/cancel', {})).json).toMatchObject({ status: 409, code: 'ALREADY_FINISHED' });
    expect((await post('/api/v1/builds/x/cancel', {})).status).toBe(404);
    expect((await post('/api/v1/builds/q1/cancel', { why: 'x' })).status).toBe(400);
    const [q1, r1] = [await get('/api/v1/builds/q1'), await get('/api/v1/builds/r1')];
    expect([q1.json.status, q1.json.success, r1.json.status]).toEqual(['Cancelled', false, 'Cancelling']);
  });

  it('is tried again once under one key, and not while it waits', async () => {
    const { post, hand } = await theApi({ state });
    const key = { 'idempotency-key': 'again' };

    const [first, second] = [
      await post('/api/v1/builds/f1/retry', {}, key),
      await post('/api/v1/builds/f1/retry', {}, key),
    ];

    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.json).toMatchObject({ executionId: 'f1', status: 'Queued', queuePosition: 1 });
    expect((await post('/api/v1/builds/f1/retry')).json).toMatchObject({ status: 409, code: 'NOT_FINISHED' });
    expect((await post('/api/v1/builds/q1/retry', {}, key)).status).toBe(409);
    expect(hand.state.jobs.get('q1')?.status).toBe('queued');
  });

  it('gets a priority by its name', async () => {
    const { post, hand } = await theApi({ state });

    const { json } = await post('/api/v1/builds/q1/priority', { priority: 'Critical' });

    expect(json).toEqual({ executionId: 'q1', priority: 'Critical' });
    expect(hand.state.jobs.get('q1')?.priority).toBe(1);
    expect((await post('/api/v1/builds/q1/priority', { priority: 1 })).status).toBe(400);
  });

  it('says why it waits', async () => {
    const { get } = await theApi({
      state: world()
        .job('q1', { labels: ['gpu'] })
        .agent('mac')
        .beat('mac').state,
    });

    const { json } = await get('/api/v1/builds/q1/why');

    expect(json).toMatchObject({ id: 'q1', canEverRun: false, reasons: [{ code: 'no-agent-with', class: 'stuck' }] });
  });
});

describe('the log of a build', () => {
  const log: readonly LogPiece[] = [
    { log: 'mac/logs/r1_1', first: 1, lines: ['[2026-03-02 12:00:00] INFO: one', '[2026-03-02 12:00:01] ERROR: two'] },
    { log: 'mac/logs/r1_1', first: 3, lines: ['[2026-03-02 12:00:02] INFO: three'] },
  ];
  const { state } = world().agent('mac').job('r1', { status: 'running' }).job('s1', { status: 'succeeded' });
  const EVENTS = { accept: 'text/event-stream' };

  it('is text, a line each', async () => {
    const { get, api } = await theApi({ state, log });

    const { headers, body } = await get('/api/v1/builds/r1/logs');

    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body.split('\n')).toEqual([...log.flatMap((it) => it.lines), '']);
    expect((await get('/api/v1/builds/x/logs')).status).toBe(404);
    const head = (id: string) => ask(api, `/api/v1/builds/${id}/logs?follow=true`, { method: 'HEAD' });
    expect([(await head('r1')).status, (await head('r1')).body, (await head('x')).status]).toEqual([200, '', 404]);
  });

  it('is events that can be taken up where they were left, and end', async () => {
    const { get } = await theApi({ state: without(state, 'r1'), log });
    const eventsOf = async (id?: string) =>
      (await get('/api/v1/builds/s1/logs', { ...EVENTS, ...(id && { 'last-event-id': id }) })).body
        .split('\n\n')
        .filter((it) => it !== '' && !it.startsWith(':'));

    const all = await eventsOf();
    const rest = await eventsOf('mac/logs/r1_1#2');

    expect(all).toHaveLength(4);
    expect(all[1]).toBe('event: log\nid: mac/logs/r1_1#2\ndata: [2026-03-02 12:00:01] ERROR: two');
    expect(all[3]).toBe('event: end\nid: mac/logs/r1_1#3#end\ndata: {"status":"Succeeded"}');
    expect(rest).toEqual(all.slice(2));
    expect(await eventsOf('mac/logs/another#2')).toEqual(all);
    expect(await eventsOf('nonsense')).toEqual(all);
    expect((await get('/api/v1/builds/s1/logs', { ...EVENTS, 'last-event-id': 'mac/logs/r1_1#3#end' })).status).toBe(
      204,
    );
  });

  it('goes on while the build runs, with signs of life, until the reader has left', async () => {
    let reading: AbortSignal | undefined;
    const hand = handBuilds({ state, log });
    const builds: typeof hand.builds = {
      ...hand.builds,
      log: (id, asked) => {
        reading = asked.signal;
        return hand.builds.log(id, asked);
      },
    };
    const api = await apiOf({ builds, heartbeatMs: 20 });
    const leaving = new AbortController();
    const answer = await fetch(`${api.url}/api/v1/builds/r1/logs`, { headers: EVENTS, signal: leaving.signal });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array);
      if (text.includes(': beat')) break;
    }

    expect(text).toContain('INFO: three');
    expect(text).not.toContain('event: end');
    leaving.abort();
    await expect.poll(() => reading?.aborted).toBe(true);
  });

  it('does not say that the build has ended when only the answer does', async () => {
    const hand = handBuilds({ state, log });
    const builds = { ...hand.builds, log: (id: string) => hand.builds.log(id, CUT_OFF) };
    const api = await apiOf({ builds });

    const { body } = await ask(api, '/api/v1/builds/r1/logs', { headers: EVENTS });

    expect(body).toContain('INFO: three');
    expect(body).not.toContain('event: end');
  });

  it('is followed by no more than the server serves', async () => {
    const { builds } = handBuilds({ state, log });
    const api = await apiOf({ builds, maxFollowers: 0 });

    expect((await ask(api, '/api/v1/builds/r1/logs', { headers: EVENTS })).status).toBe(503);
    expect((await ask(api, '/api/v1/builds/r1/logs')).status).toBe(200);
  });
});

describe('what a build made', () => {
  const bytes = Buffer.from('the bytes of an artifact');
  const made = (name?: string) =>
    world()
      .job('b1', { status: 'succeeded' })
      .manifest('b1', { artifacts: [artifactOf(bytes, name)] });
  const addressIn = async ({ get, cookie }: Awaited<ReturnType<typeof theApi>>): Promise<string> =>
    (await get('/api/v1/builds/b1/artifacts', { cookie })).json.artifacts[0].downloadUrl;

  it('is listed for one who is known with addresses that need no token, and for others with those that do', async () => {
    const asked = await theApi({ state: made().state, bytes });
    const closed = await apiOf({ builds: asked.builds, look: asked.look, open: false });
    const signed = await addressIn(asked);
    const [{ downloadUrl, ...artifact }] = (await asked.get('/api/v1/builds/b1/artifacts')).json.artifacts;
    const statuses = (path: string, headers = {}) =>
      Promise.all([asked.api, closed].map(async (api) => (await ask(api, path, { headers })).status));

    expect(artifact).toEqual({
      artifactId: 'b1.1.1',
      ...{ name: 'app.zip', path: 'out/app.zip', sizeBytes: bytes.length, contentType: 'application/zip' },
      ...{ sha256Hash: artifactOf(bytes).sha256, createdAt: noon },
    });
    expect(downloadUrl).toBe(signed.split('?')[0]);
    expect((await asked.get('/api/v1/builds/b1')).json.artifacts[0].downloadUrl).toBe(downloadUrl);
    expect(await ask(closed, signed)).toMatchObject({ status: 200, body: bytes.toString() });
    expect(await statuses(downloadUrl)).toEqual([401, 401]);
    expect((await asked.get(downloadUrl, { cookie: asked.cookie })).body).toBe(bytes.toString());
    expect(await statuses(`${signed}x`)).toEqual([403, 403]);
    expect(await statuses(signed.replace('b1.1.1', 'b1.1.2'))).toEqual([403, 403]);
  });

  it('comes as a file that no browser takes for a page, with its digest, whole or in part', async () => {
    const asked = await theApi({ state: made('naïve "report".html').state, bytes });
    const { api, get } = asked;
    const address = await addressIn(asked);

    const { status, headers, body } = await get(address);
    const part = await get(address, { range: 'bytes=4-8' });
    const head = await ask(api, address, { method: 'HEAD' });

    expect({ status, body }).toEqual({ status: 200, body: bytes.toString() });
    expect(headers).toMatchObject({
      ...{ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes' },
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="na_ve _report_.html"; filename*=UTF-8''na%C3%AFve%20%22report%22.html`,
      'repr-digest': `sha-256=:${Buffer.from(artifactOf(bytes).sha256, 'hex').toString('base64')}:`,
    });
    expect([part.status, part.body, part.headers['content-range']]).toEqual([
      206,
      'bytes',
      `bytes 4-8/${bytes.length}`,
    ]);
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(bytes.length)]);
    const beyond = await get(address, { range: 'bytes=999-' });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`]);
    expect((await get(address, { 'if-none-match': headers.etag })).status).toBe(304);
  });

  it('never arrives whole when it is damaged where it lies', async () => {
    const damaged = Buffer.from(bytes);
    damaged[0] = 0;
    const asked = await theApi({ state: made().state, bytes: damaged });

    await expect(fetch(asked.api.url + (await addressIn(asked))).then((it) => it.text())).rejects.toThrow(
      /terminated|fetch failed/,
    );
  });

  it('comes from elsewhere, or is said not to be there', async () => {
    const link = 'https://bucket.example/b1?X-Amz-Signature=1';
    const [elsewhere, nowhere] = [await theApi({ state: made().state, link }), await theApi({ state: made().state })];

    const { status, headers } = await elsewhere.get(await addressIn(elsewhere));
    const missing = await nowhere.get(await addressIn(nowhere));

    expect([status, headers.location]).toEqual([302, link]);
    expect(missing.json).toMatchObject({ status: 404, detail: expect.stringContaining('made by mac') });
    expect((await nowhere.get('/api/v1/artifacts/nothing/download', { cookie: nowhere.cookie })).status).toBe(404);
    expect((await nowhere.get('/api/v1/builds/x/artifacts')).status).toBe(404);
  });
});

const CUT_OFF = { follow: false, signal: new AbortController().signal };
const without = (state: State, job: string): State => applyChanges(state, [{ kind: 'job', id: job, value: null }]);

/** The monitor against a pretended GitHub that keeps state, where every exchange is held against GitHub's own description. */

import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { contractProblems, type PretendedIssues, pretendIssues, STRANGER } from '@gityard/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { markerOf, memoryIn, newMemory } from '../issues/marker.ts';
import { planMonitor, runMonitor } from '../run-monitor.ts';
import { type ClientOptions, openClient } from './client.ts';
import { dialectOf } from './dialect.ts';
import { RestHost } from './rest-host.ts';

const mask = (text: string): Promise<string> => Promise.resolve(text);
const late = minutesAfterNoon(30);
const quiet = world().agent('mac').beat('mac', { at: noon }).agent('pc').beat('pc', { at: noon });
const silent = quiet.state;
const well = quiet.beat('mac', { at: minutesAfterNoon(60) }).beat('pc', { at: minutesAfterNoon(60) }).state;
const KEYS = ['agent-silent:mac', 'agent-silent:pc'];

let issues: PretendedIssues;
afterEach(() => expect(issues.problems).toEqual([]));

async function hostOf(options: Partial<ClientOptions> & { workflow?: string } = {}): Promise<RestHost> {
  const { apiUrl, fetch, tracker } = issues;
  const client = await openClient({ apiUrl, fetch, token: tracker.rules.token, secondMs: 0, ...options });
  return new RestHost({
    client,
    owner: 'acme',
    repo: 'app',
    dialect: dialectOf(apiUrl),
    workflow: options.workflow ?? null,
  });
}

const run = async (host: RestHost, state = silent, now = late) => {
  issues.tracker.now = now;
  return runMonitor({ state, now, host, mask });
};
const open = () => issues.tracker.issues.filter((it) => it.state === 'open' && !it.isPull);
const openKeys = () =>
  open()
    .map(({ body }) => memoryIn(body)?.key)
    .sort();
const writes = () => issues.requests.filter((it) => !it.asked.startsWith('GET')).map((it) => it.asked);

describe.each(['github', 'gitea'] as const)('the monitor at %s', (flavour) => {
  const begin = async () => {
    issues = pretendIssues({ flavour, now: late });
    return hostOf();
  };

  it('opens, leaves alone, closes, and opens again', async () => {
    const host = await begin();

    await run(host);
    expect(openKeys()).toEqual(KEYS);
    expect(issues.tracker.issues[0]).toMatchObject({
      title: '[yard] agent mac is silent',
      labels: ['automated', 'health-alert', 'priority-high'],
    });
    const { length } = writes();
    await run(host, silent, minutesAfterNoon(45));
    expect(writes()).toHaveLength(length);

    await run(host, well, minutesAfterNoon(61));
    expect(openKeys()).toEqual([]);
    expect(issues.tracker.issues.map((it) => it.comments.length)).toEqual([1, 1]);
    expect(issues.tracker.issues[0]?.reason).toBe('completed');

    await run(host, silent, minutesAfterNoon(90));
    expect(openKeys()).toEqual(KEYS);
    expect(issues.tracker.issues).toHaveLength(2);
  });

  it('makes no duplicate where two begin together', async () => {
    const host = await begin();

    await Promise.all([run(host), run(await hostOf())]);

    expect(openKeys()).toEqual(KEYS);
    await run(host);
    expect(openKeys()).toEqual(KEYS);
  });

  it('finds its issues again among hundreds, with other titles and words of people around', async () => {
    const host = await begin();
    await run(host);
    for (const it of issues.tracker.issues) {
      it.title = 'we are on it';
      it.body = `I look into this.\r\n${it.body}\r\nmine`;
    }
    for (let at = 0; at < 250; at++)
      issues.tracker.open({ title: `other ${at}`, body: 'x', labels: at % 2 ? ['automated'] : [] });
    issues.tracker.open({ title: 'a pull request', body: 'y', isPull: true });

    await run(host);
    expect(issues.tracker.issues).toHaveLength(253);

    await run(host, well, minutesAfterNoon(61));
    const [first] = issues.tracker.issues;
    expect([first?.state, first?.body.startsWith('I look into this.'), first?.body.endsWith('mine')]).toEqual([
      'closed',
      true,
      true,
    ]);
    expect(issues.requests.some((it) => it.asked.includes('page=2'))).toBe(true);
  });
});

describe('the monitor at GitHub', () => {
  const begin = async (options: Parameters<typeof hostOf>[0] = {}) => {
    issues = pretendIssues({ now: late });
    return hostOf(options);
  };

  it('asks for nothing twice that is as it was', async () => {
    const host = await begin({ known: new Map() });
    await run(host);
    const { length } = issues.requests;
    await run(host);
    const { remaining } = issues.tracker.rules;

    await run(host);

    expect(issues.requests.slice(length).map((it) => it.status)).toEqual([200, 200, 304, 304, 304, 304]);
    expect(issues.tracker.rules.remaining).toBe(remaining);
  });

  it('makes the labels that are missing, once', async () => {
    const host = await begin();
    issues.tracker.label('Automated');

    await run(host);

    const made = writes().filter((it) => it === 'POST /labels');
    expect(made).toHaveLength(2);
    expect([...issues.tracker.labels.keys()].sort()).toEqual(['automated', 'health-alert', 'priority-high']);
  });

  it.each([
    [
      'issues',
      { issues: 'read' },
      /lacks the permission issues=write \(or pull_requests=write\)/,
      /permissions: \{ issues: write \}/,
    ],
    ['issues', { issues: 'none' }, /lacks the permission issues=read/, /permissions: \{ issues: write \}/],
    ['a token', { token: 'another' }, /does not accept the token/, /GITHUB_TOKEN/],
    ['the switch', { hasIssues: false }, /switched off/, /settings/],
    ['the archive', { archived: true }, /Repository was archived/, /name another/],
  ])('says exactly what is missing: %s %j', async (_, rules, message, hint) => {
    const host = await begin();
    Object.assign(issues.tracker.rules, rules);

    const failure = await run(host).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 'DENIED',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    expect(issues.tracker.issues).toEqual([]);
  });

  it('takes no issue of a stranger for its own', async () => {
    const host = await begin();
    const forged = markerOf({ ...newMemory('agent-silent:mac', 'agent-silent', noon) });
    issues.tracker.open({ title: 'nothing to see', body: forged, labels: ['automated'], by: STRANGER });

    await run(host);

    expect(issues.tracker.issues.map((it) => it.state)).toEqual(['open', 'open', 'open']);
    await run(host, well, minutesAfterNoon(61));
    expect(issues.tracker.issues.map((it) => it.state)).toEqual(['open', 'closed', 'closed']);
  });

  it('takes no pull request for its own into which somebody copied its issue', async () => {
    const host = await begin();
    await run(host);
    const [first] = issues.tracker.issues;
    const by = { login: 'ann', type: 'User', association: 'MEMBER' } as const;
    issues.tracker.open({ title: 'mends it', body: `${first?.body}`, isPull: true, by });

    await run(host, well, minutesAfterNoon(61));

    expect(issues.tracker.issues.map((it) => it.state)).toEqual(['closed', 'closed', 'open']);
  });

  it('opens an issue after the newest ones were deleted', async () => {
    const host = await begin();
    const { tracker } = issues;
    for (const title of ['a', 'b']) tracker.open({ title, body: 'x' });
    tracker.rules.deleted.add(2);

    await run(host);

    expect(openKeys().slice(0, 2)).toEqual(KEYS);
    expect(issues.requests.map((it) => `${it.asked} ${it.status}`)).toContain('GET /issues/2 410');
  });

  it('closes an issue that somebody locked, without words', async () => {
    const host = await begin();
    await run(host);
    const [first, second] = issues.tracker.issues;
    if (first) first.locked = true;

    await run(host, well, minutesAfterNoon(61));

    expect([first, second].map((it) => [it?.state, it?.comments.length])).toEqual([
      ['closed', 0],
      ['closed', 1],
    ]);
  });

  it('does for all others what the host refuses for one', async () => {
    const host = await begin();
    await run(host);
    issues.tracker.rules.unchangeable.add(2);

    const { done } = await run(host, well, minutesAfterNoon(61));

    expect(issues.tracker.issues.map((it) => it.state)).toEqual(['closed', 'open']);
    expect(done.map((it) => [it.issue, it.refused?.status])).toEqual([
      [2, 422],
      [1, undefined],
    ]);
  });

  it('finds an issue whose label somebody took off, and puts it back', async () => {
    const host = await begin();
    await run(host);
    for (const it of issues.tracker.issues) it.labels = [];

    await run(host);

    expect(issues.tracker.issues.map((it) => it.labels)).toEqual([
      ['automated', 'health-alert'],
      ['automated', 'health-alert'],
    ]);
  });

  it('says so where its labels are dropped, and leaves no issue behind that it would not find', async () => {
    const host = await begin();
    issues.tracker.rules.dropsLabels = true;

    await expect(run(host)).rejects.toMatchObject({ code: 'DENIED', message: expect.stringContaining('dropped') });

    expect(issues.tracker.issues.map((it) => it.state)).toEqual(['closed']);
  });

  it('opens an issue for nobody rather than none for one who is gone', async () => {
    const host = await begin();
    const { monitor } = silent.yard;
    const state = { ...silent, yard: { ...silent.yard, monitor: { ...monitor, assignees: ['ann', 'gone'] } } };

    await run(host, state);

    expect(issues.tracker.issues.map((it) => it.assignees)).toEqual([[], []]);
  });

  it('waits where it is told to, and goes on', async () => {
    const host = await begin({ secondMs: 1 });
    for (const it of ['automated', 'health-alert', 'priority-high']) issues.tracker.label(it);
    issues.tracker.rules.secondary = { left: 1, retryAfter: 20 };
    issues.tracker.rules.outage = { left: 1, status: 502 };

    await run(host, world().agent('mac').beat('mac', { at: noon }).state);

    expect(openKeys()).toEqual(['agent-silent:mac']);
    expect(issues.requests.slice(0, 3).map((it) => it.status)).toEqual([502, 403, 200]);
  });

  it.each([
    [{ secondary: { left: 9, retryAfter: 3_600 } }, 'RATE_LIMITED', 3_600_000],
    [{ outage: { left: 9, status: 503 } }, 'REMOTE_UNREACHABLE', undefined],
  ] as const)('gives up where it would take too long: %j', async (rules, code, retryAfterMs) => {
    const host = await begin({ secondMs: 1 });
    Object.assign(issues.tracker.rules, structuredClone(rules));

    await expect(run(host)).rejects.toMatchObject({ code, retryAfterMs });
  });

  it('does no write a second time whose answer was lost, and finds it done in the next run', async () => {
    const host = await begin();
    const { fetch } = issues;
    let lost = 0;
    const lossy: typeof globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const isNew = init?.method === 'POST' && `${input}`.endsWith('/issues');
      return isNew && lost++ === 0 ? new Response('{"message":"Bad Gateway"}', { status: 502 }) : answer;
    };

    await expect(run(await hostOf({ fetch: lossy }))).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
    expect(issues.tracker.issues).toHaveLength(1);
    await run(host);

    expect(openKeys()).toEqual(KEYS);
    expect(issues.tracker.issues).toHaveLength(2);
  });

  it('tells that it did not run for long, by the record of the host, where it may read that', async () => {
    const host = await begin({ workflow: 'health-monitor.yml' });
    issues.tracker.runs.push({ at: minutesAfterNoon(-200), conclusion: 'success' });
    issues.tracker.runs.push({ at: minutesAfterNoon(20), conclusion: 'failure' });

    await run(host);
    expect(openKeys()).toEqual([...KEYS, 'monitor-late:workflow']);

    issues.tracker.runs.push({ at: late, conclusion: 'success' });
    await run(host, silent, minutesAfterNoon(35));
    expect(openKeys()).toEqual(KEYS);
    issues.tracker.rules.actions = 'none';
    await run(host, silent, minutesAfterNoon(40));
    expect(openKeys()).toEqual(KEYS);
  });

  it('changes nothing where it only plans', async () => {
    const host = await begin();

    const { actions } = await planMonitor({ state: silent, now: late, host, mask });

    expect(actions.map((it) => it.does)).toEqual(['open', 'open']);
    expect(writes()).toEqual([]);
  });

  it('speaks to a real server as well', async () => {
    issues = pretendIssues({ now: late });
    const server = await issues.listen();
    const host = await hostOf({ apiUrl: server.apiUrl, fetch: globalThis.fetch });

    await run(host);
    await server.close();

    expect(openKeys()).toEqual(KEYS);
  });
});

describe('the description that all of this is held against', () => {
  const asked = { method: 'GET', path: '/repos/acme/app/issues/1', sent: undefined, status: 200 };
  const answered = async (): Promise<Record<string, unknown>> => {
    issues = pretendIssues({ now: late });
    issues.tracker.open({ title: 'a', body: 'b', labels: ['x'] });
    const { apiUrl, fetch, tracker } = issues;
    const headers = { authorization: `Bearer ${tracker.rules.token}` };
    return (await (await fetch(`${apiUrl}${asked.path}`, { headers })).json()) as Record<string, unknown>;
  };

  it('takes what is right', async () => {
    expect(contractProblems({ ...asked, received: await answered() })).toEqual([]);
  });

  it.each(['number', 'state', 'title', 'user', 'labels', 'closed_at', 'created_at'])(
    'notices that %s is missing',
    async (field) => {
      const { [field]: _, ...received } = await answered();

      expect(contractProblems({ ...asked, received })).toEqual([
        expect.stringContaining(`required property '${field}'`),
      ]);
    },
  );

  it.each([
    ['a field of another type', { received: { number: 'one' } }],
    ['an unknown endpoint', { path: '/repos/acme/app/issues/1/wishes' }],
    ['an unknown method', { method: 'DELETE' }],
    ['an unknown status', { status: 418 }],
    ['an unknown parameter', { path: '/repos/acme/app/issues?limit=5' }],
    ['a value that is none of the known ones', { path: '/repos/acme/app/issues?state=shut' }],
    ['an unknown field that was sent', { method: 'PATCH', sent: { stat: 'open' } }],
    ['a missing field that was to be sent', { method: 'POST', path: '/repos/acme/app/issues', sent: { body: 'x' } }],
    ['a value in the wrong place', { method: 'PATCH', sent: { state: 'shut' } }],
  ])('notices %s', async (_, change) => {
    const received = { ...(await answered()), ...(change as { received?: object }).received };

    expect(contractProblems({ ...asked, ...change, received })).not.toEqual([]);
  });
});

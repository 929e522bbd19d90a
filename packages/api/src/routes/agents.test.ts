import { describe, expect, it } from 'vitest';
import { answerProblems } from '../testing/answers.ts';
import { apiOf, ask } from '../testing/world.ts';
import { realYard } from '../testing/yard.ts';

const KEY = 'a-key-that-was-printed';
const tools = { dotnet: '10.0.401', git: '2.39.5' };
const capabilities = { os: 'linux', arch: 'x64', cores: 8, memoryGB: 16, diskGB: 500, tools };
const ALL = { repositories: ['*'], commands: true };
const machine = {
  ...{ cpuPercent: 45, memoryPercent: 60, diskPercent: 30, diskFreeGB: 120 },
  ...{ load1: 1, uptimeSeconds: 259_200, temperatureC: null },
};
const longAgo = { at: '2026-03-01T12:00:00.000Z', nextBeatBy: '2026-03-01T12:01:00.000Z' };

/** Build1 is heard of and builds, build2 was never heard of, old is silent. */
async function world() {
  const real = await realYard();
  await real.register('build1', { capabilities, allows: ALL });
  await real.register('build2', { capabilities, pool: 'Docker' });
  await real.register('old', { capabilities });
  await real.job('j1', 'build1');
  await real.beat('build1', { machine, before: machine });
  await real.beat('old', longAgo);
  const api = await apiOf({ look: real.look, desk: real.desk, key: KEY });
  const page = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };
  const body = JSON.stringify({ key: KEY, name: 'ada' });
  const session = await ask(api, '/api/v1/session', { method: 'POST', headers: page, body });
  const headers = { ...page, cookie: String(session.headers['set-cookie']).split(';')[0] ?? '' };
  const get = (path: string, more: Record<string, string> = {}) => ask(api, `/api/v1/${path}`, { headers: more });
  const act = (method: string, path: string, wish?: object, more: Record<string, string> = {}) =>
    ask(api, `/api/v1/agents/${path}`, {
      method,
      headers: { ...headers, ...more },
      ...(wish !== undefined && { body: JSON.stringify(wish) }),
    });
  return { ...real, get, act };
}

describe('agents', () => {
  it('are listed with what they can do and do, as described', async () => {
    const { get } = await world();

    const answer = await get('agents');

    expect(await answerProblems('listAgents', answer)).toEqual([]);
    expect(JSON.parse(answer.body).agents).toMatchObject([
      {
        ...{ agentId: 'build1', hostname: 'build1.example', targetType: 'Linux', status: 'Building', currentJob: 'j1' },
        ...{ cpuUsage: 45, memoryUsage: 60 },
        capabilities: {
          ...{ installedSdks: ['dotnet 10.0.401'], installedTools: ['git 2.39.5'], maxConcurrentBuilds: 1 },
          ...{ availableDiskSpaceGB: 120, cpuCores: 8, totalMemoryGB: 16 },
        },
      },
      { agentId: 'build2', targetType: 'Docker', status: 'Idle', health: 'unknown', cpuUsage: null },
      { agentId: 'old', status: 'Offline', health: 'silent' },
    ]);
    expect(await get('agents', { 'if-none-match': String(answer.headers.etag) })).toMatchObject({
      status: 304,
      body: '',
    });
  });

  it('are listed by what they are, where that is asked for', async () => {
    const { get } = await world();
    const idsOf = async (query: string) =>
      JSON.parse((await get(`agents?${query}`)).body).agents.map((it: { agentId: string }) => it.agentId);

    expect(await idsOf('status=Offline')).toEqual(['old']);
    expect(await idsOf('pool=Docker')).toEqual(['build2']);
    expect(await idsOf('pool=none')).toEqual([]);
    expect((await get('agents?status=Sleepy')).status).toBe(400);
  });

  it('are shown one by one, by the beginning of a name as well, with how well they are', async () => {
    const { get } = await world();
    const [one, health] = [await get('agents/o'), await get('agents/build1/health')];

    expect(await answerProblems('showAgent', one)).toEqual([]);
    expect(await answerProblems('checkAgent', health)).toEqual([]);
    expect(JSON.parse(one.body).agentId).toBe('old');
    expect(JSON.parse(health.body)).toMatchObject({ healthy: true, status: 'Building', uptime: 'PT72H' });
    expect(JSON.parse((await get('agents/build2/health')).body)).toMatchObject({ healthy: null, status: 'Idle' });
    const ambiguous = await get('agents/build');
    expect([ambiguous.status, JSON.parse(ambiguous.body).detail]).toEqual([
      409,
      expect.stringContaining('build1, build2'),
    ]);
    for (const path of ['agents/none', 'agents/none/health', 'agents/%20'])
      expect((await get(path)).status, path).toBe(404);
  });

  it('are counted pool by pool', async () => {
    const { get } = await world();

    const answer = await get('pools');

    expect(await answerProblems('listPools', answer)).toEqual([]);
    expect(JSON.parse(answer.body).pools).toMatchObject([
      { pool: 'Docker', totalAgents: 1, healthyAgents: 0, idleAgents: 0, unknownAgents: 1 },
      { pool: 'Linux', totalAgents: 2, healthyAgents: 1, busyAgents: 1, offlineAgents: 1 },
    ]);
  });

  it('rest, are mended and work again, in the name of whoever asked', async () => {
    const { act, yard } = await world();
    const until = new Date(Date.now() + 3_600_000).toISOString();

    const mended = await act('POST', 'build2/maintenance', { reason: 'new disk', until });
    expect(await answerProblems('maintainAgent', mended)).toEqual([]);
    expect(JSON.parse(mended.body)).toMatchObject({ status: 'Maintenance', modeReason: 'new disk', modeUntil: until });
    expect(yard.state.agents.get('build2')?.modeBy).toBe('ada');

    const drained = await act('POST', 'build2/drain');
    expect(await answerProblems('drainAgent', drained)).toEqual([]);
    expect(JSON.parse(drained.body)).toMatchObject({ mode: 'draining', modeReason: null });

    const resumed = await act('POST', 'build2/resume', {});
    expect(await answerProblems('resumeAgent', resumed)).toEqual([]);
    expect(JSON.parse(resumed.body)).toMatchObject({ mode: 'active' });
  });

  it('are not steered by what does not fit', async () => {
    const { act, yard } = await world();
    const { head } = yard;

    for (const wish of [{ until: 'tomorrow' }, { until: '2020-01-01T00:00:00Z' }, { reason: 1 }, { why: 'x' }, []])
      expect((await act('POST', 'build2/maintenance', wish)).status, JSON.stringify(wish)).toBe(400);
    expect((await act('POST', 'none/drain')).status).toBe(404);
    expect(yard.head).toBe(head);
  });

  it('are steered once under one key', async () => {
    const { act, yard } = await world();
    const key = { 'idempotency-key': 'click-1' };
    const first = await act('POST', 'build2/drain', { reason: 'a' }, key);
    const { head } = yard;

    expect((await act('POST', 'build2/drain', { reason: 'a' }, key)).status).toBe(first.status);
    expect((await act('POST', 'build2/drain', { reason: 'b' }, key)).status).toBe(409);
    expect(yard.head).toBe(head);
  });

  it('are struck off when nobody will miss them, else by force, and their jobs wait for others', async () => {
    const { act, yard } = await world();

    // Many clients name the type of a body that they do not send.
    expect((await act('DELETE', 'old', undefined, { 'content-type': 'text/plain' })).status).toBe(200);
    const refused = await act('DELETE', 'build1');
    expect(await answerProblems('removeAgent', refused)).toEqual([]);
    expect({ status: refused.status, problem: JSON.parse(refused.body) }).toMatchObject({
      status: 409,
      problem: { code: 'CONFLICT', detail: expect.stringContaining('holds j1') },
    });

    const removed = await act('DELETE', 'build1?force=true&reason=sold');
    expect(await answerProblems('removeAgent', removed)).toEqual([]);
    expect(JSON.parse(removed.body)).toEqual({ agentId: 'build1', removed: true, releasedJobs: ['j1'] });
    expect([...yard.state.agents].map((it) => it.id)).toEqual(['build2']);
    expect(yard.state.jobs.get('j1')).toMatchObject({ status: 'queued', agent: null });
    expect((await act('DELETE', 'build1')).status).toBe(404);
  });

  it('are none where the yard is not shown in full', async () => {
    expect((await ask(await apiOf({}), '/api/v1/agents')).status).toBe(404);
    expect((await ask(await apiOf({ look: () => undefined }), '/api/v1/agents')).status).toBe(503);
  });
});

/** A whole server as `gityard serve` starts it, over a yard in memory that has a bit of everything, and whoever may call it. */
import { request } from 'node:http';
import { heartbeatFrom, ROLES } from '@gityard/domain';
import { MemoryRemote } from '@gityard/store';
import { temporaryFolder } from '@gityard/testing';
import { createYard, newId, openYard, type Yard } from '@gityard/yard';
import { serveYard } from '../serve-yard.ts';
import type { Answer, Description } from './description.fixture.ts';
import type { Asked } from './requests.fixture.ts';

export interface FuzzedServer {
  readonly description: Description;
  /** Of agents, jobs and others that there are. The same in every run, so that a seed asks for the same: see STAND_INS. */
  readonly known: readonly string[];
  /** By who it is. */
  readonly callers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What goes on for ever is ended as soon as it has begun. */
  ask(asked: Asked, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly yard: Yard;
  /** What failed inside. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Whether a name fits a pattern decides what else is drawn: what is made anew in each run has one of its sort here. */
const STAND_INS = {
  blob: '1c'.repeat(20),
  head: '2d'.repeat(20),
  key: 'Stand-in_for_the_key_of_the_page',
  token: '01stand7n4f0rth3t0k3nspare',
};

export async function startFuzzed(): Promise<FuzzedServer> {
  const home = await temporaryFolder();
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder', config: { name: 'acme', yardId: newId() } });
  const yard = openYard({ address: remote.transport(), actor: 'server' });
  await yard.refresh();
  const there = await populate(yard);
  const faults: string[] = [];
  const served = await serveYard({
    ...{ yard, env: { HOME: home.path } },
    tell: ({ level, text, facts }) => {
      if (level !== 'debug') faults.push(String(facts?.stack ?? text));
    },
    // Who shows a bad token now and then still meets its limit.
    rates: { reads: 1_000_000, writes: 1_000_000 },
  });
  const real = new Map<string, string>();
  const ask: FuzzedServer['ask'] = (asked, headers) => askAt(served.url, withNames(asked, real), headers);
  const page = { origin: served.url, 'x-gityard-page': '1' };
  const session = { ...page, cookie: await sessionOf(served.page, page) };
  const json = { 'content-type': 'application/json' };
  const described = await ask({ method: 'GET', target: '/openapi.json', headers: {}, body: undefined });
  const callers: Record<string, Record<string, string>> = { nobody: {}, page, session, stranger: bearer('x.y.z') };
  const tokenFor = async (role: string): Promise<{ token: string; record: { id: string } }> => {
    const body = JSON.stringify({ subject: 'fuzz', role });
    const issued = await ask({ method: 'POST', target: '/api/v1/tokens', headers: json, body }, session);
    return JSON.parse(issued.body);
  };
  for (const role of ROLES) callers[role] = bearer((await tokenFor(role)).token);
  const key = new URL(served.page).hash.replace('#key=', '');
  const spare = await tokenFor('Developer');
  real.set(STAND_INS.blob, yard.snapshot.entry('yard.json')?.oid ?? '').set(STAND_INS.head, yard.head);
  real.set(STAND_INS.key, key).set(STAND_INS.token, spare.record.id);
  const known = [...there, ...real.keys()];
  return {
    ...{ description: JSON.parse(described.body), known, callers, ask, yard, faults },
    close: async () => {
      await served.close();
      await yard.close();
      await home.remove();
    },
  };
}

function withNames({ target, body, ...asked }: Asked, real: ReadonlyMap<string, string>): Asked {
  const named = (text: string) => [...real].reduce((all, [standIn, name]) => all.replaceAll(standIn, name), text);
  return { ...asked, target: named(target), body: body === undefined ? undefined : named(body) };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function sessionOf(page: string, headers: Record<string, string>): Promise<string> {
  const { origin, hash } = new URL(page);
  const body = JSON.stringify({ key: hash.replace('#key=', '') });
  const opened = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  return opened.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Agents of every state, jobs that wait, run and have ended, a message and a lock. */
async function populate(yard: Yard): Promise<readonly string[]> {
  const now = yard.now();
  const capabilities = { os: 'linux', tools: { dotnet: '10.0.401', git: '2.39.5' } };
  const agents = Array.from({ length: 12 }, (_, at) => `mac${at}`);
  const jobs = Array.from({ length: 24 }, (_, at) => `b${at}`);
  for (const id of agents) {
    const agent = {
      id,
      host: `${id}.example`,
      boot: 'boot',
      capabilities,
      allows: { repositories: ['*'], commands: true },
    };
    good(await yard.perform('register', { agent: agent as never, replaces: null, now }));
  }
  for (const [at, id] of jobs.entries()) {
    const assignedTo = agents[at % agents.length] ?? null;
    good(await yard.perform('submit', { id, job: { command: ['make'], branch: 'main', assignedTo }, by: 'ann', now }));
  }
  for (const agentId of agents.slice(0, 8)) good(await yard.perform('claim', { agentId, boot: 'boot', now }));
  const held = [...yard.state.jobs].filter((job) => job.agent !== null);
  for (const [at, { id, token, agent }] of held.slice(0, 4).entries()) {
    const status = at === 0 ? 'failed' : 'succeeded';
    const told = { cause: null, exitCode: 0, signal: null, reason: null, stages: [], result: {} };
    good(await yard.perform('finish', { jobId: id, token, agentId: agent ?? '', status, ...told, now }));
  }
  good(await yard.perform('send', { id: 'm1', message: { from: 'ann', to: 'all', subject: 'hello' }, now }));
  await yard.live.refresh();
  for (const agent of agents.slice(0, 4)) await beat(yard, agent);
  return [...agents, ...jobs, 'm1', 'state', 'live', 'yard.json'];
}

function good(done: { readonly ok: boolean; readonly reason?: string }): void {
  if (!done.ok) throw new Error(done.reason);
}

async function beat(yard: Yard, agent: string): Promise<void> {
  const nowMs = Date.now();
  const made = heartbeatFrom({
    ...{ schemaVersion: 1, agent, boot: 'boot', beat: 1, host: `${agent}.example`, pid: 1 },
    ...{ at: new Date(nowMs).toISOString(), nextBeatBy: new Date(nowMs + 60_000).toISOString() },
    machine: { cpuPercent: 10, memoryPercent: 20, diskFreeGB: 30, uptimeSeconds: 3600 },
  });
  if (!made.ok) throw new Error(made.reason);
  await yard.live.beat({ heartbeat: () => made.value, model: () => null });
}

function askAt(url: string, { method, target, headers, body }: Asked, more: object = {}): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const all = { ...headers, ...more, ...(body === undefined && method !== 'GET' && { 'content-length': '0' }) };
    const asked = request({ hostname, port, path: target, method, headers: all }, (response) => {
      const type = response.headers['content-type']?.split(';', 1)[0] ?? '';
      const status = response.statusCode ?? 0;
      const goesOn = type === 'text/event-stream' || /[?&]follow=true/.test(target);
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      if (goesOn && status === 200) asked.destroy();
      const done = (): void => resolve({ status, type, body: text });
      response.on('end', done).on('close', done).on('error', done);
    });
    asked.on('error', reject).end(body);
  });
}

/**
 * A yard on a real Git server, agents that run in this process, and a person who asks for builds. Short leases, so that what
 * takes minutes in life takes seconds here.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Heartbeat, InputOf, Job, State, YardConfig } from '@gityard/domain';
import { startGitServer } from '@gityard/gitserver';
import { startFaultProxy, temporaryFolder, waitFor } from '@gityard/testing';
import {
  type CreateYard,
  createYard,
  newId,
  openSpool,
  openYard,
  type Spool,
  spoolPlace,
  type Yard,
} from '@gityard/yard';
import type { AgentEvent } from './events.ts';
import type { AgentOptions } from './options.ts';
import { allow } from './policy/change-policy.ts';
import { runAgent } from './run-agent.ts';

const QUICK = {
  heartbeat: { intervalSeconds: 1 },
  lease: { seconds: 6 },
  poll: { seconds: 0.2 },
  push: { perMinute: 0 },
} satisfies Partial<YardConfig>;

/** Where nobody falls silent: on a busy machine a lease of seconds may end though its holder lives. */
export const UNHURRIED = { lease: { seconds: 60 } } satisfies Partial<YardConfig>;

/** Where pushes are counted: nobody writes down how the agents are, or that an hour is over. */
export const UNNOTED = { upkeep: { health: { schedule: 'off', timeZone: 'Etc/UTC' } } } satisfies Partial<YardConfig>;

export type TestYard = Awaited<ReturnType<typeof testYard>>;

export async function testYard(config: NonNullable<CreateYard['config']> = {}) {
  const folder = await temporaryFolder();
  const server = await startGitServer({ root: join(folder.path, 'git') });
  const repository = await server.createRepository('yard');
  const address = server.urlOf('yard');
  const proxy = await startFaultProxy({ target: server.url });
  await createYard({ address, actor: 'spec', config: { ...QUICK, ...config } });
  const person = openYard({ address, actor: 'person' });
  await person.refresh();
  const agents: TestAgent[] = [];
  return {
    address,
    repository,
    /** The same yard, over a network that can fail. */
    shakyAddress: proxy.urlOf('yard'),
    proxy,
    person,
    homeOf: (name: string) => join(folder.path, name),
    /** What a build waits at until it is opened, so that it is under way for as long as a spec needs that. Nobody waits for ever. */
    gate(name = 'gate') {
      const path = join(folder.path, name);
      const wait = `for i in $(seq 3000); do [ -e ${path} ] && break; sleep 0.1; done`;
      return { wait, open: () => writeFile(path, '') };
    },
    async configure(config: InputOf<'configure'>['config']): Promise<void> {
      const answer = await person.perform('configure', { config, reason: null, now: new Date().toISOString() });
      if (!answer.ok) throw new Error(answer.reason);
    },
    /** What an agent of that name keeps for the yard, or did. */
    spoolOf(name: string, of = address): Pick<Spool, 'accept' | 'count' | 'waiting' | 'refused'> {
      const place = spoolPlace(join(folder.path, name), { address: of, refs: person.refs });
      const open = () => openSpool({ place, identity: name });
      return {
        accept: async (items) => (await open()).accept(items),
        count: async () => (await open()).count(),
        waiting: async () => (await open()).waiting(),
        refused: async () => (await open()).refused(),
      };
    },
    async start(id: string, options: Partial<AgentOptions> = {}): Promise<TestAgent> {
      const agent = await startAgent({ address, home: join(folder.path, id), id, ...options });
      agents.push(agent);
      return agent;
    },
    add: (command: readonly string[], fields: Partial<InputOf<'submit'>['job']> = {}) =>
      addJob(person, { command: [...command], ...fields }),
    until: <T>(what: string, fact: (state: State) => T | undefined | false) =>
      waitFor(async () => fact(await person.refresh()), { what }),
    untilStatus: (job: string, status: Job['status']) =>
      waitFor(async () => jobWith(await person.refresh(), job, status), {
        what: `job ${job} is ${status}`,
      }),
    /** The last sign of life of an agent, as soon as it is such a one. */
    beat: (id: string, fits: (heartbeat: Heartbeat) => boolean = () => true) =>
      waitFor(
        async () => {
          await person.live.refresh();
          const heartbeat = person.state.heartbeats.get(id);
          return heartbeat && fits(heartbeat) ? heartbeat : undefined;
        },
        { what: `a beat of ${id}` },
      ),
    async close() {
      for (const agent of agents) agent.cancel();
      await Promise.all(agents.map((it) => it.exit));
      await person.close();
      await proxy.close();
      await server.close();
      await folder.remove();
    },
  };
}

export type TestAgent = Awaited<ReturnType<typeof startAgent>>;

/**
 * Whatever a job brings, and without a sandbox: builds of these specs talk to them through files that no sandbox shows. Those
 * that are about one have a policy of their own.
 */
export async function letCommandsRun(home: string): Promise<void> {
  await allow(home, { commands: true, unsandboxed: true, sandbox: 'none' });
}

async function startAgent(options: Omit<AgentOptions, 'drain' | 'cancel'>) {
  const [drain, cancel] = [new AbortController(), new AbortController()];
  const events: AgentEvent[] = [];
  await letCommandsRun(options.home);
  const exit = runAgent({
    graceMs: 500,
    ...options,
    drain: drain.signal,
    cancel: cancel.signal,
    onEvent: (event) => events.push(event),
  });
  return {
    events,
    exit,
    drain: () => drain.abort(),
    cancel: () => cancel.abort(),
    /** The first event of a kind, as soon as it was told. */
    told: <K extends AgentEvent['kind']>(
      kind: K,
      fits: (event: Extract<AgentEvent, { kind: K }>) => boolean = () => true,
    ) =>
      waitFor(() => events.filter((it): it is Extract<AgentEvent, { kind: K }> => it.kind === kind).find(fits), {
        what: `the agent told of ${kind}`,
      }),
  };
}

async function addJob(person: Yard, job: InputOf<'submit'>['job']): Promise<string> {
  const answer = await person.perform('submit', { id: newId(), job, by: 'ada', now: new Date().toISOString() });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.result.id;
}

/** Throws as long as it is another one: who waits in vain for it is told what was there instead. */
function jobWith(state: State, id: string, status: Job['status']): Job {
  const job = state.jobs.get(id);
  if (job?.status === status) return job;
  throw new Error(`it is ${job?.status}: ${JSON.stringify(job?.attempts)}`);
}

/** For specs that need an agent to be a process of its own. Plain JavaScript: a loader would cost each start as much as the agent. */
export const programFile = new URL('./agent-program.fixture.mjs', import.meta.url).pathname;

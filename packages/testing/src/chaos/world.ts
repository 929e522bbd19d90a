/**
 * The place of a run: a Git server in a process of its own, a yard with short leases, and for each agent a home and a network
 * of its own that can fail. Whatever is opened here is closed here, in whatever state it is then.
 */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { YardConfig } from '@gityard/domain';
import { createYard } from '@gityard/yard';

import { type FaultProxy, startFaultProxy } from '../fault-proxy.ts';
import { type NodeProcess, startNode } from '../processes.ts';
import { AgentProcess } from './agent-process.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { Timeline } from './timeline.ts';

export interface WorldOptions {
  readonly folder: string;
  readonly agents: number;
  readonly slots: number;
  readonly leaseSeconds: number;
}

export interface World {
  readonly folder: string;
  /** The yard for who is spared all faults: the judge, the person with plain git. */
  readonly address: string;
  /** The bare repository on the disk. */
  readonly repository: string;
  /** Where jobs and holders of locks leave their marks. */
  readonly effects: string;
  readonly agents: readonly [AgentProcess, ...AgentProcess[]];
  /** By the name of the agent; `people` is that of the commands. */
  readonly networks: ReadonlyMap<string, FaultProxy>;
  /** The home of the last agent, where it could be mounted. */
  readonly disk: SmallDisk | undefined;
  readonly timeline: Timeline;
  /** For every program that is started: nothing of it is left outside of the folder. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export const PEOPLE = 'people';

const configOf = (leaseSeconds: number): Partial<YardConfig> => ({
  heartbeat: { intervalSeconds: 1 },
  lease: { seconds: leaseSeconds },
  poll: { seconds: 0.5 },
  push: { perMinute: 0 },
});

export async function makeWorld(options: WorldOptions): Promise<World> {
  const open: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of open.splice(0).reverse()) await end();
  };
  try {
    return { ...(await makeParts(options, (end) => void open.push(end))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type AtEnd = (end: () => Promise<unknown>) => void;

async function makeParts(options: WorldOptions, atEnd: AtEnd): Promise<Omit<World, 'close'>> {
  const { folder, leaseSeconds } = options;
  const [effects, temporary] = [join(folder, 'effects'), join(folder, 'temporary')];
  for (const it of [effects, temporary]) await mkdir(it, { recursive: true });
  const { url, repository } = await startServer(folder, atEnd);
  const address = `${url}/yard.git`;
  await createYard({ address, actor: 'founder', config: configOf(leaseSeconds) });

  const names = Array.from({ length: options.agents }, (_, index) => `build${index + 1}`);
  const networks = new Map<string, FaultProxy>();
  for (const name of [...names, PEOPLE]) {
    const proxy = await startFaultProxy({ target: url });
    atEnd(() => proxy.close());
    networks.set(name, proxy);
  }
  const disk = await mountSmallDisk(join(folder, names.at(-1) ?? ''));
  if (disk) atEnd(() => disk.unmount());
  const env = { HOME: folder, TMPDIR: temporary, GIT_CONFIG_NOSYSTEM: '1' };
  const timeline = new Timeline();
  const agents = names.map((name) => {
    const at = networks.get(name)?.urlOf('yard') ?? address;
    const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
    atEnd(async () => void log.end());
    const onWord: AgentProcess['setup']['onWord'] = (agent, word) => timeline.heard(agent, word);
    const onLine = (line: string) => void log.write(`${new Date().toISOString()} ${line}\n`);
    return new AgentProcess({ name, home: join(folder, name), address: at, slots: options.slots, env, onWord, onLine });
  });
  atEnd(() => Promise.all(agents.map((agent) => agent.kill())));
  for (const agent of agents) await agent.prepare();
  const [first, ...others] = agents;
  if (!first) throw new Error('a run needs at least one agent');
  return { folder, address, repository, effects, agents: [first, ...others], networks, disk, timeline, env };
}

async function startServer(folder: string, atEnd: AtEnd): Promise<{ url: string; repository: string }> {
  // Built, the program is .js; from the sources, where Node was told how to load them, its built twin is used as well.
  const program = fileURLToPath(new URL('../../dist/chaos/server-program.js', import.meta.url));
  const server: NodeProcess = startNode(program, [join(folder, 'server')], { endsWithUs: true });
  atEnd(() => server.dispose());
  const [line] = await server.waitForLine(/^\{.*\}$/);
  return JSON.parse(line);
}

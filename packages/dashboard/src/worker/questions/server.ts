/** One server: what it registered as, and what its last sign of life said. Two requests. */
import { type Agent, agentFrom, type Heartbeat, heartbeatFrom, type Validated } from '@gityard/domain';
import type { Place } from '../sources/source.ts';
import { jsonIn } from './json-in.ts';
import type { Reading } from './question.ts';

export interface ServerAsked {
  readonly id: string;
  readonly place: Place;
}

export interface ServerAnswer {
  /** null: there is no such registration, or one that cannot be read. */
  readonly agent: Agent | null;
  /** null besides: signs of life are kept of now alone. */
  readonly heartbeat: Heartbeat | null;
  /** What could not be read, as sentences. */
  readonly problems: readonly string[];
}

/** As names of files are; an address may hold anything. */
export const isServerId = (id: string): boolean => /^[a-z0-9][a-z0-9._-]{0,99}$/.test(id);

export async function server(reading: Reading, { id, place }: ServerAsked): Promise<ServerAnswer> {
  if (!isServerId(id)) return { agent: null, heartbeat: null, problems: [] };
  const agentPath = `shared/agents/${id}.json`;
  const beatPath = `heartbeats/${id}.json`;
  const [agentFile, beatFile] = await Promise.all([
    reading.file(place, agentPath),
    'ref' in place ? reading.file({ ref: 'live' }, beatPath) : undefined,
  ]);
  const agent = agentFile && agentFrom(jsonIn(agentFile.bytes));
  const heartbeat = beatFile && heartbeatFrom(jsonIn(beatFile.bytes));
  return {
    agent: agent?.ok ? agent.value : null,
    heartbeat: heartbeat?.ok ? heartbeat.value : null,
    problems: [problemOf(agentPath, agent), problemOf(beatPath, heartbeat)].filter((it) => it !== null),
  };
}

const problemOf = (path: string, read: Validated<unknown> | undefined): string | null =>
  read === undefined || read.ok ? null : `${path} cannot be read: ${read.reason}`;

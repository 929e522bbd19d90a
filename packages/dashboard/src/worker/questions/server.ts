/** One server as it registered: where it runs, what it can and what it may. */
import { type Agent, agentFrom } from '@gityard/domain';
import type { Place } from '../sources/source.ts';
import { jsonIn } from './json-in.ts';
import type { Reading } from './question.ts';
import { isServerId } from './server-id.ts';

export interface ServerAsked {
  readonly id: string;
  readonly place: Place;
}
export interface ServerAnswer {
  /** null: there is no such registration, or one that cannot be read. */
  readonly agent: Agent | null;
  /** Why it cannot be read, as a sentence. */
  readonly problem: string | null;
}

export async function server(reading: Reading, { id, place }: ServerAsked): Promise<ServerAnswer> {
  const path = `shared/agents/${id}.json`;
  const file = isServerId(id) ? await reading.file(place, path) : undefined;
  if (!file) return { agent: null, problem: null };
  const agent = agentFrom(jsonIn(file.bytes));
  return agent.ok
    ? { agent: agent.value, problem: null }
    : { agent: null, problem: `${path} cannot be read: ${agent.reason}` };
}

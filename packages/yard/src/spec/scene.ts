/** For specs: a yard in memory, programs that open it whenever a spec says so, a person, and jobs that end on a day. */
import type { InputOf } from '@gityard/domain';
import { MemoryRemote } from '@gityard/store';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import type { Yard } from '../yard.ts';
import { type Person, personOf } from './person.ts';

export interface Scene {
  readonly remote: MemoryRemote;
  readonly person: Person;
  /** Opened and looked at. */
  start(actor: string): Promise<Yard>;
  close(): Promise<void>;
}

export async function scene(): Promise<Scene> {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder', config: { name: 'acme' } });
  const open: Yard[] = [];
  return {
    remote,
    person: personOf(remote),
    start: async (actor) => {
      const yard = openYard({ address: remote.transport(), actor });
      open.push(yard);
      await yard.refresh();
      return yard;
    },
    close: async () => {
      for (const yard of open) await yard.close();
    },
  };
}

export async function submitted(yard: Yard, id: string, now: string, fields: Partial<InputOf<'submit'>['job']> = {}) {
  const done = await yard.perform('submit', { id, job: { command: ['true'], ...fields }, by: 'ada', now });
  if (!done.ok) throw new Error(done.reason);
}

/** A job that somebody asked for and cancelled on that day. */
export async function ended(yard: Yard, id: string, now: string): Promise<void> {
  await submitted(yard, id, now);
  const done = await yard.perform('cancel', { jobId: id, by: 'ada', reason: null, now });
  if (!done.ok) throw new Error(done.reason);
}

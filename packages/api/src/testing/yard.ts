/** A real yard in memory, with the desk that a server has for it: what specs ask for is decided by its rules, and kept. */
import { type Agent, type Heartbeat, heartbeatFrom } from '@gityard/domain';
import { MemoryRemote } from '@gityard/store';
import { createYard, newId, openYard, performWish, type Yard } from '@gityard/yard';
import { onTestFinished } from 'vitest';
import type { CommandDesk } from '../desks.ts';
import type { SeenYard } from '../options.ts';

export interface RealYard {
  readonly yard: Yard;
  readonly look: () => SeenYard;
  readonly desk: CommandDesk;
  register(id: string, fields?: Partial<Agent>): Promise<void>;
  /** A sign of life. */
  beat(id: string, fields?: Partial<Heartbeat>): Promise<void>;
  /** Claimed by that agent. */
  job(id: string, agentId: string): Promise<void>;
}

export async function realYard(): Promise<RealYard> {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder', config: { name: 'acme' } });
  const yard = openYard({ address: remote.transport(), actor: 'server' });
  onTestFinished(() => yard.close());
  await yard.refresh();
  return {
    yard,
    look: () => ({ state: yard.state, head: yard.head, live: yard.live.snapshot?.commit ?? null, now: yard.now() }),
    desk: {
      prepare: (wish, { name: by }) => {
        const id = newId();
        return async () => {
          const done = await performWish(yard, { wish, id, by });
          return done.ok ? { state: 'applied', ...done } : { state: 'refused', ...done };
        };
      },
    },
    register: async (id, fields = {}) => {
      const agent = { id, host: `${id}.example`, boot: `${id}-boot`, ...fields };
      good(await yard.perform('register', { agent, replaces: null, now: yard.now() }));
    },
    beat: async (id, fields = {}) => {
      const now = Date.now();
      const beat = heartbeatFrom({
        ...{ schemaVersion: 1, agent: id, boot: `${id}-boot`, beat: 1, host: `${id}.example`, pid: 1 },
        ...{ at: new Date(now).toISOString(), nextBeatBy: new Date(now + 60_000).toISOString() },
        ...fields,
      });
      if (!beat.ok) throw new Error(beat.reason);
      await yard.live.refresh();
      await yard.live.beat({ heartbeat: () => beat.value, model: () => null });
    },
    job: async (id, agentId) => {
      const now = yard.now();
      good(await yard.perform('submit', { id, job: { command: ['make'], assignedTo: agentId }, by: 'ann', now }));
      good(await yard.perform('claim', { agentId, boot: `${agentId}-boot`, now }));
    },
  };
}

function good(done: { readonly ok: boolean; readonly reason?: string }): void {
  if (!done.ok) throw new Error(done.reason);
}

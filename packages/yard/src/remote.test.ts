import { world } from '@gityard/domain/spec';
import { MemoryRemote, type Ports } from '@gityard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createYard } from './create-yard.ts';
import { newId } from './ids.ts';
import { openYard } from './open-yard.ts';
import type { YardOptions } from './options.ts';
import type { Yard } from './yard.ts';

/** A clock on which nobody waits: it is later then. */
function impatientClock(): Ports & { readonly sleptMs: number } {
  let nowMs = Date.now();
  let sleptMs = 0;
  return {
    get sleptMs() {
      return sleptMs;
    },
    monotonicMs: () => nowMs,
    wallMs: () => nowMs,
    random: () => 0.5,
    // Nothing hangs here, so no time limit is ever needed.
    alarm: () => () => undefined,
    sleep: async (ms) => {
      sleptMs += ms;
      nowMs += ms;
    },
  };
}

describe('the remote of a yard', () => {
  let remote: MemoryRemote;
  let ports: ReturnType<typeof impatientClock>;
  const open: Yard[] = [];
  beforeEach(async () => {
    remote = new MemoryRemote();
    ports = impatientClock();
    await createYard({ address: remote.transport(), actor: 'founder', config: { push: { perMinute: 8 } } });
  });
  afterEach(async () => {
    for (const yard of open.splice(0)) await yard.close();
  });

  async function yardOf(options: Partial<YardOptions> = {}): Promise<Yard> {
    const yard = openYard({ address: remote.transport(), actor: 'mac', role: 'agent', ports, ...options });
    open.push(yard);
    await yard.refresh();
    return yard;
  }

  async function hearOf(agents: readonly string[]): Promise<void> {
    const yard = await yardOf({ actor: 'herald', role: 'person' });
    for (const agent of agents) {
      const heartbeat = world().agent(agent).beat(agent, { at: yard.now() }).state.heartbeats.get(agent);
      await yard.live.beat({ heartbeat: heartbeat ? () => heartbeat : null, model: () => null });
    }
  }

  async function submit(yard: Yard, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await yard.perform('submit', { id: newId(), job: { command: ['true'] }, by: 'ada', now: yard.now() });
    }
  }

  it('lets an agent push its share of the budget, and a person the whole of it', async () => {
    await hearOf(['mac', 'rack', 'attic', 'cellar']);
    const agent = await yardOf();
    await agent.live.refresh();
    const person = await yardOf({ actor: 'ada', role: 'person' });

    const beforePersonMs = ports.sleptMs;
    await submit(person, 7);
    expect(ports.sleptMs - beforePersonMs).toBe(0);

    const beforeAgentMs = ports.sleptMs;
    await submit(agent, 7);
    // Four at once; three more at two a minute, each up to three seconds later than it must.
    expect(ports.sleptMs - beforeAgentMs).toBeGreaterThanOrEqual(89_000);
    expect(ports.sleptMs - beforeAgentMs).toBeLessThanOrEqual(99_000);
  });

  it('counts the pushes of both threads of an agent', async () => {
    const main = await yardOf();
    const heart = await yardOf({ boot: main.boot, shared: main.shared });

    await submit(main, 2);

    expect(heart.connection().pushBudget).toEqual({ perMinute: 8, used: 2, left: 6 });
  });

  it('has no budget where yard.json says so', async () => {
    const yard = await yardOf();

    await yard.perform('configure', { config: { push: { perMinute: 0 } }, reason: null, now: yard.now() });
    await submit(yard, 30);

    expect(yard.connection().pushBudget).toMatchObject({ perMinute: null, left: null });
  });

  it('is offline while it cannot be reached, and remembers when it was', async () => {
    const yard = await yardOf();
    const { lastContactAt } = yard.connection();
    expect(yard.connection()).toMatchObject({ state: 'live', spool: 0 });

    remote.faults.reads = 'unreachable';
    await yard.refresh().catch(() => undefined);
    expect(yard.connection()).toMatchObject({ state: 'offline', lastContactAt });

    remote.faults.reads = undefined;
    await yard.refresh();
    expect(yard.connection().state).toBe('live');
  });
});

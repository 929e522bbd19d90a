import { beforeEach, describe, expect, it } from 'vitest';
import { author, linesOf, newLedger, openLedger } from '../ledger.fixture.ts';
import { openStore } from '../store.ts';
import { MemoryRemote } from '../transports/memory.ts';
import type { PushOutcome, Transport } from '../transports/transport.ts';
import { type VirtualClock, virtualClock } from '../virtual-clock.fixture.ts';
import { PushBudget } from './push-budget.ts';
import { RIDES } from './turn.ts';

const MINUTE_MS = 60_000;
const LIVE = 'refs/heads/yard-live';

let clock: VirtualClock;
let remote: MemoryRemote;
let budget: PushBudget;
/** When each push reached the remote, and which refs it was for. */
let pushes: { atMs: number; refs: string[] }[];

beforeEach(() => {
  clock = virtualClock();
  remote = new MemoryRemote({ latencyMs: 20, ports: clock });
  budget = new PushBudget({ ports: clock });
  pushes = [];
});

function watched(transport = remote.transport()): Transport {
  return {
    name: 'watched',
    readRefs: (prefixes) => transport.readRefs(prefixes),
    fetchRef: (request) => transport.fetchRef(request),
    push: (request): Promise<PushOutcome> => {
      pushes.push({ atMs: clock.monotonicMs(), refs: request.updates.map((it) => it.ref.slice('refs/heads/'.length)) });
      return transport.push(request);
    },
    close: () => transport.close(),
  };
}

/** A ledger within the budget. Its ref is made by somebody else, so that nothing is spent yet. */
async function ledgerOf() {
  await clock.run(newLedger(remote, { ports: clock }));
  return openLedgerWithin(budget);
}

const openLedgerWithin = (its: PushBudget, transport = watched()) =>
  openLedger(transport, { ports: clock, budget: its });

/** Somebody who writes to the ledger all the time, for a while, and is not counted. */
async function rivals(): Promise<void> {
  const rival = openLedger(remote.transport(), { ports: clock });
  for (let index = 0; index < 30; index += 1) await rival.perform({ id: `r${index}` });
  await rival.close();
}

async function liveRef() {
  const options = { ref: LIVE, ports: clock, history: 'none' } as const;
  const compose = (_: unknown, beats: readonly string[]) => ({
    edits: [{ path: 'beat', content: Buffer.from(beats.join()) }],
    message: `beat ${beats.join()} ${clock.monotonicMs()}`,
    author,
    answers: beats,
  });
  const other = openStore<string, string>({ ...options, compose, transport: remote.transport() });
  await clock.run(other.create({ edits: [], message: 'begin', author }));
  return { other, live: openStore<string, string>({ ...options, compose, transport: watched(), budget }) };
}

const mostInAMinute = () =>
  Math.max(...pushes.map(({ atMs }) => pushes.filter((it) => it.atMs >= atMs && it.atMs < atMs + MINUTE_MS).length));

describe('a push budget', () => {
  it('is never exceeded in any minute, and whoever waits shares the next commit', async () => {
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 6, share: 1 };
    const asking = Array.from({ length: 300 }, async (_, index) => {
      await clock.sleep(index * 1_000);
      return ledger.perform({ id: `${index}` });
    });

    await clock.run(Promise.all(asking));

    expect(linesOf(ledger.snapshot)).toHaveLength(300);
    expect(mostInAMinute()).toBeLessThanOrEqual(6);
    expect(budget.use).toMatchObject({ perMinute: 6, used: expect.any(Number) });
    await ledger.close();
  });

  it('makes nobody’s deadline pass by waiting', async () => {
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 1, share: 0.1 };
    await clock.run(ledger.perform({ id: 'first' }));

    await clock.run(ledger.perform({ id: 'second' }));

    expect(clock.monotonicMs()).toBeGreaterThan(9 * MINUTE_MS);
    expect(linesOf(ledger.snapshot)).toEqual(['first', 'second']);
    await ledger.close();
  });

  it('lets the most urgent go first, whichever store asks, and decides only then', async () => {
    const ledger = await ledgerOf();
    const { live } = await liveRef();
    budget.allowance = { perMinute: 1, share: 1 };
    await clock.run(ledger.perform({ id: 'spent' }));
    const decided: string[] = [];

    await clock.run(
      Promise.all([
        live.perform('beat', { priority: 2 }).then(() => decided.push('beat')),
        clock.sleep(5_000).then(() => ledger.perform({ id: 'talk' }, { priority: 2 })),
        clock.sleep(9_000).then(() => ledger.perform({ id: 'claim' }, { priority: 0 })),
      ]),
    );

    expect(linesOf(ledger.snapshot)).toEqual(['spent', 'claim', 'talk']);
    expect(pushes).toMatchObject([{ refs: ['yard'] }, { refs: ['yard', 'yard-live'] }]);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('counts what is tried again after a lost race', async () => {
    const ledger = await ledgerOf();
    await clock.run(ledger.refresh());
    budget.allowance = { perMinute: 2, share: 1 };

    await clock.run(Promise.all([ledger.perform({ id: 'mine' }, { priority: 0 }), rivals()]));

    expect(ledger.counters.conflicts).toBeGreaterThan(0);
    expect(pushes).toHaveLength(ledger.counters.conflicts + 1);
    expect(mostInAMinute()).toBeLessThanOrEqual(2);
    await ledger.close();
  });

  it('gives a push back that nobody needed', async () => {
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 1, share: 1 };

    await clock.run(ledger.perform({ id: 'a', only: 'what is not there' }));
    expect(budget.use).toEqual({ perMinute: 1, used: 0, left: 1 });

    await clock.run(ledger.perform({ id: 'b' }));
    expect(budget.use).toEqual({ perMinute: 1, used: 1, left: 0 });
    await ledger.close();
  });

  it('lets those go who have waited long enough where people ask, and says so once', async () => {
    const waits: number[] = [];
    budget = new PushBudget({ ports: clock, patienceMs: 5_000, onWait: (perMinute) => waits.push(perMinute) });
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 1, share: 1 };
    await clock.run(ledger.perform({ id: 'a' }));
    const sinceMs = clock.monotonicMs();

    await clock.run(ledger.perform({ id: 'b' }));

    expect(clock.monotonicMs() - sinceMs).toBeLessThan(6_000);
    expect(waits).toEqual([1]);
    await ledger.close();
  });

  it('is one for all threads that share its memory', async () => {
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 2, share: 1 };
    const other = new PushBudget({ ports: clock, shared: budget.shared });
    other.allowance = { perMinute: 2, share: 1 };
    const neighbour = openLedgerWithin(other);
    const asking = [ledger, neighbour].flatMap((it, place) =>
      [0, 1, 2, 3].map((index) => clock.sleep(index * 40_000).then(() => it.perform({ id: `${place}-${index}` }))),
    );

    await clock.run(Promise.all(asking));

    expect(mostInAMinute()).toBeLessThanOrEqual(2);
    expect(other.use).toEqual(budget.use);
    await Promise.all([ledger.close(), neighbour.close()]);
  });

  it('is halved when the host complains', async () => {
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 6, share: 1 };
    budget.slowDown();
    const asking = Array.from({ length: 60 }, (_, index) =>
      clock.sleep(index * 1_000).then(() => ledger.perform({ id: `${index}` }, { priority: 0 })),
    );

    await clock.run(Promise.all(asking));

    expect(pushes.filter((it) => it.atMs < MINUTE_MS).length).toBeLessThanOrEqual(3);
    await ledger.close();
  });

  it('ends the wait of a store that is closed', async () => {
    const ledger = await ledgerOf();
    budget.allowance = { perMinute: 1, share: 1 };
    await clock.run(ledger.perform({ id: 'a' }));

    const waiting = ledger.perform({ id: 'b' }).catch((error: { code?: string }) => error.code);
    await clock.run(ledger.close());

    expect(await waiting).toBe('TIMEOUT');
  });
});

describe('what rides along', () => {
  it('shares a push that is made anyway, and causes none', async () => {
    const ledger = await ledgerOf();
    const { live } = await liveRef();
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = live.perform('beat', { priority: RIDES });
    await clock.run(clock.sleep(MINUTE_MS));
    expect(pushes).toEqual([]);

    await clock.run(ledger.perform({ id: 'claim' }, { priority: 0 }));

    expect(await beat).toMatchObject({ answer: 'beat' });
    expect(pushes).toMatchObject([{ refs: ['yard', 'yard-live'] }]);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('stays behind when its ref moved, and the claim lands all the same', async () => {
    const ledger = await ledgerOf();
    const { live, other } = await liveRef();
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = live.perform('mine', { priority: RIDES }).catch((error: { code?: string }) => error.code);
    // Between the look of the one who rides and its push.
    const rival = (async () => {
      for (let index = 0; index < 20; index += 1) await other.perform(`theirs ${index}`);
    })();

    const [claimed] = await clock.run(Promise.all([ledger.perform({ id: 'claim' }, { priority: 0 }), rival]));

    expect(claimed.answer).toBe('added');
    expect(await beat).toBe('CONFLICT');
    expect(pushes).toHaveLength(1);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('lands although the operation it rides with lost its race', async () => {
    const ledger = await ledgerOf();
    const { live } = await liveRef();
    await clock.run(ledger.refresh());
    budget.allowance = { perMinute: 6, share: 1 };

    const beat = live.perform('mine', { priority: RIDES });
    await clock.run(Promise.all([ledger.perform({ id: 'claim' }, { priority: 0 }), rivals()]));

    expect(ledger.counters.conflicts).toBeGreaterThan(0);
    expect(await beat).toMatchObject({ answer: 'mine' });
    await Promise.all([ledger.close(), live.close()]);
  });

  it('does not take the claim with it when a hook turns both away for its sake', async () => {
    await clock.run(newLedger(remote, { ports: clock }));
    const { live } = await liveRef();
    const refusal = { ok: false, sort: 'refused', reason: 'pre-receive hook declined' } as const;
    const guardedLive = watched({
      ...remoteTransport(),
      push: async (request) =>
        request.updates.some((it) => it.ref === LIVE)
          ? { kind: 'answered', refs: new Map(request.updates.map((it) => [it.ref, refusal])) }
          : remote.transport().push(request),
    });
    const ledger = openLedgerWithin(budget, guardedLive);
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = live.perform('beat', { priority: RIDES }).catch((error: { code?: string }) => error.code);

    const claim = await clock.run(ledger.perform({ id: 'claim' }, { priority: 0 }));

    expect(claim.answer).toBe('added');
    expect(await beat).toBe('DENIED');
    expect(budget.use.used).toBe(2);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('goes back to the line when there is nothing to ride with after all', async () => {
    const ledger = await ledgerOf();
    const { live } = await liveRef();
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = live.perform('beat', { priority: RIDES });

    await clock.run(ledger.perform({ id: 'claim', only: 'what is not there' }, { priority: 0 }));
    await clock.run(clock.sleep(MINUTE_MS));
    expect(pushes).toEqual([]);

    await clock.run(ledger.perform({ id: 'start' }, { priority: 1 }));
    expect(await beat).toMatchObject({ answer: 'beat' });
    await Promise.all([ledger.close(), live.close()]);
  });

  it('is left behind when it takes too long, so that the claim need not wait for it', async () => {
    const ledger = await ledgerOf();
    await liveRef();
    budget.allowance = { perMinute: 6, share: 1 };
    const slow = watched({ ...remoteTransport(), fetchRef: async () => clock.sleep(MINUTE_MS).then(nothing) });
    const compose = () => ({ edits: [], message: '', author, answers: [] });
    const live = openStore<string, string>({ transport: slow, ref: LIVE, ports: clock, budget, compose });
    const beat = live.perform('beat', { priority: RIDES }).catch((error: { code?: string }) => error.code);
    const sinceMs = clock.monotonicMs();

    const claim = ledger.perform({ id: 'claim' }, { priority: 0 });
    await clock.run(claim);

    expect(clock.monotonicMs() - sinceMs).toBeLessThan(5_000);
    expect(await clock.run(beat)).toBe('BRANCH_MISSING');
    await Promise.all([ledger.close(), live.close()]);
  });

  it('waits for ever where nothing limits pushes: there every beat may go by itself', async () => {
    const ledger = await ledgerOf();
    const { live } = await liveRef();
    const stop = new AbortController();
    const beat = live.perform('beat', { priority: RIDES, signal: stop.signal }).catch(() => 'left');

    await clock.run(ledger.perform({ id: 'claim' }, { priority: 0 }));
    stop.abort();

    expect(await beat).toBe('left');
    expect(pushes).toMatchObject([{ refs: ['yard'] }]);
    await Promise.all([ledger.close(), live.close()]);
  });
});

function remoteTransport(): Transport {
  const transport = remote.transport();
  return {
    name: 'memory',
    readRefs: (prefixes) => transport.readRefs(prefixes),
    fetchRef: (request) => transport.fetchRef(request),
    push: (request) => transport.push(request),
    close: () => transport.close(),
  };
}

const nothing = () => ({ head: null, objects: [] });

describe('a fleet', () => {
  /** Each agent beats as often as four sixths of the pushes allow, and now and then has a claim and its end to write. */
  async function hourOf(agents: number): Promise<void> {
    await liveRef();
    await clock.run(newLedger(remote, { ports: clock }));
    const endMs = clock.monotonicMs() + 60 * MINUTE_MS;
    const beatMs = Math.max(MINUTE_MS, (agents * MINUTE_MS) / 4);
    const lives = Array.from({ length: agents }, async (_, number) => {
      const its = new PushBudget({ ports: clock });
      its.allowance = { perMinute: 6, share: 1 / agents };
      const [ledger, live] = [openLedgerWithin(its), beatingWithin(its)];
      const stop = new AbortController();
      const rides = rideUntil(stop.signal, live);
      await clock.sleep(beatMs * clock.random());
      while (clock.monotonicMs() < endMs) {
        await live.perform(`beat of ${number}`, { priority: 2 });
        if (clock.random() < 0.1)
          await ledger.perform({ id: `claim ${number} ${clock.monotonicMs()}` }, { priority: 0 });
        await clock.sleep(beatMs * (0.95 + 0.1 * clock.random()));
      }
      stop.abort();
      await rides;
      await Promise.all([ledger.close(), live.close()]);
    });
    await clock.run(Promise.all(lives));
  }

  async function rideUntil(signal: AbortSignal, live: ReturnType<typeof beatingWithin>): Promise<void> {
    while (!signal.aborted) await live.perform('ride', { priority: RIDES, signal }).catch(() => undefined);
  }

  function beatingWithin(its: PushBudget) {
    return openStore<string, string>({
      transport: watched(),
      ref: LIVE,
      ports: clock,
      history: 'none',
      budget: its,
      compose: (_, beats) => ({
        edits: [{ path: 'beat', content: Buffer.from(`${beats.join()} ${clock.monotonicMs()} ${clock.random()}`) }],
        message: beats.join(),
        author,
        answers: beats,
      }),
    });
  }

  it.each([4, 20, 50])('of %i agents makes no more than six pushes a minute over an hour', async (agents) => {
    await hourOf(agents);

    const minutes = (pushes.at(-1)?.atMs ?? 0) / MINUTE_MS;
    expect(pushes.length / minutes).toBeLessThanOrEqual(6);
    expect(pushes.length / minutes).toBeGreaterThan(3);
    expect(pushes.filter((it) => it.refs.length > 1).length).toBeGreaterThan(0);
  });
});

/**
 * A remote, a clock on which nothing takes time that need not, and stores that share a push budget: a ledger, and a live ref
 * that is always one commit. Notes when each push reached the remote, and for which refs.
 */
import { author, type Ledger, newLedger, openLedger } from '../ledger.fixture.ts';
import { openStore, type Store } from '../store.ts';
import { MemoryRemote } from '../transports/memory.ts';
import type { Transport } from '../transports/transport.ts';
import { virtualClock } from '../virtual-clock.fixture.ts';
import { PushBudget, type PushBudgetOptions } from './push-budget.ts';

export const MINUTE_MS = 60_000;
export const LIVE = 'refs/heads/yard-live';

export type Beating = Store<string, string>;
export type BudgetWorld = ReturnType<typeof budgetWorld>;

export function budgetWorld() {
  const clock = virtualClock();
  const remote = new MemoryRemote({ latencyMs: 20, ports: clock });
  const pushes: { atMs: number; refs: string[] }[] = [];
  const founded = new Set<string>();

  /** `faults` replace what the remote would do. */
  function watched(faults: Partial<Transport> = {}): Transport {
    const transport = remote.transport();
    const { push = (request) => transport.push(request), fetchRef = (request) => transport.fetchRef(request) } = faults;
    return {
      name: 'watched',
      readRefs: (prefixes) => transport.readRefs(prefixes),
      fetchRef,
      push: (request) => {
        const refs = request.updates.map((it) => it.ref.slice('refs/heads/'.length));
        pushes.push({ atMs: clock.monotonicMs(), refs });
        return push(request);
      },
      close: () => transport.close(),
    };
  }

  const beating = (transport: Transport, budget?: PushBudget): Beating =>
    openStore({
      transport,
      ref: LIVE,
      ports: clock,
      history: 'none',
      budget,
      compose: (_, beats) => ({
        edits: [{ path: 'beat', content: Buffer.from(`${beats.join()} ${clock.monotonicMs()} ${clock.random()}`) }],
        message: beats.join(),
        author,
        answers: beats,
      }),
    });

  /** Refs are made by somebody who is not counted. */
  async function found(ref: string, make: () => Promise<unknown>): Promise<void> {
    if (founded.has(ref)) return;
    founded.add(ref);
    await clock.run(make());
  }

  return {
    clock,
    remote,
    pushes,
    budgetOf: (options: PushBudgetOptions = {}) => new PushBudget({ ports: clock, ...options }),
    async ledger(budget: PushBudget, faults?: Partial<Transport>): Promise<Ledger> {
      await found('ledger', () => newLedger(remote, { ports: clock }));
      return openLedger(watched(faults), { ports: clock, budget });
    },
    async live(budget: PushBudget, faults?: Partial<Transport>): Promise<Beating> {
      await found(LIVE, () => beating(remote.transport()).create({ edits: [], message: 'begin', author }));
      return beating(watched(faults), budget);
    },
    /** Somebody else who writes all the time, for a while, and is not counted. */
    async rivalOfLedger(): Promise<void> {
      const rival = openLedger(remote.transport(), { ports: clock });
      for (let index = 0; index < 30; index += 1) await rival.perform({ id: `r${index}` });
      await rival.close();
    },
    async rivalOfLive(): Promise<void> {
      const rival = beating(remote.transport());
      for (let index = 0; index < 30; index += 1) await rival.perform(`theirs ${index}`);
      await rival.close();
    },
    mostInAMinute: () =>
      Math.max(...pushes.map((from) => pushes.filter(({ atMs }) => isWithin(atMs, from.atMs)).length)),
  };
}

const isWithin = (atMs: number, fromMs: number): boolean => atMs >= fromMs && atMs < fromMs + MINUTE_MS;

/** What a promise was rejected with: its code, as errors of the store have one. */
export const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: { code?: unknown }) => error.code ?? error,
  );

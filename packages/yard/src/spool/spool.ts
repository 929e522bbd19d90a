/**
 * What was accepted on this machine for one yard, and is committed when its remote answers. Accepted: it is on this disk, and
 * ends as a commit or as a refusal that is told of, whatever process dies in between. Committed: it stands in the history.
 */
import { randomBytes } from 'node:crypto';
import type { Refused } from '@gityard/domain';
import { openSpoolLog, type SpoolLog, type SpoolLogOptions, StoreError, systemFiles } from '@gityard/store';
import { newId } from '../ids.ts';
import { screen } from '../secrets/screen.ts';
import { SecretFound } from '../secrets/secret-found.ts';
import type { Operation } from '../writing/compose.ts';
import type { Yard } from '../yard.ts';
import type { EndListener, Settled } from './ends.ts';
import { notePlace, type SpoolPlace } from './place.ts';
import { forgetRefused, type RefusedRow, refusedRows } from './refused.ts';
import { type Replayed, replayAll } from './replay.ts';
import { decodeWaiting, encodeWaiting, type Spooled, type Waiting } from './waiting.ts';

/** `disk` and so on: a simulated machine. */
export interface SpoolOptions extends Partial<Omit<SpoolLogOptions, 'folder'>> {
  readonly place: SpoolPlace;
  /** Who writes: the first one to do so gives the spool the name that its operations are counted under. */
  readonly identity: string;
}

export interface Acceptance {
  readonly id: string;
  /** When and how it ended, as far as this process lives to see it. Never rejects. */
  readonly settled: Promise<Settled>;
}

export interface Spool {
  readonly place: SpoolPlace;
  /** Why an operation that waits is not taken although the remote answers; undefined: nothing of that kind is known. */
  readonly held: Refused | undefined;
  /** All of them or none; resolves once they are on the disk. */
  accept(items: readonly Spooled[], options?: { readonly because?: string }): Promise<readonly Acceptance[]>;
  /**
   * Hands in what waits, to a yard that was looked at before. Undefined when another process is just doing that. Throws
   * StoreError when the remote is away.
   */
  replay(yard: Yard, options?: { readonly signal?: AbortSignal }): Promise<Replayed | undefined>;
  /** Oldest first. */
  waiting(): Promise<readonly Waiting[]>;
  count(): Promise<number>;
  refused(): Promise<readonly RefusedRow[]>;
  forgetRefused(): Promise<void>;
  /** Files that were set aside because they could not be read whole. */
  damaged(): Promise<readonly string[]>;
}

/** However much was printed in an outage, there is room left for results. */
const SHARE_OF_LOGS = 0.5;

export async function openSpool({ place, identity, ...options }: SpoolOptions): Promise<Spool> {
  const { folder } = place;
  const { disk = systemFiles } = options;
  const newName = () => `${identity.slice(0, 90)}.spool.${randomBytes(5).toString('hex')}`;
  const log = await openSpoolLog({ newName, ...options, folder });
  await notePlace(place, disk);
  const endings = new Endings();
  let held: Refused | undefined;

  return {
    place,
    get held() {
      return held;
    },
    async accept(items, { because = null } = {}) {
      for (const it of items) if ('operation' in it) await refuseSecrets(it.operation);
      const since = new Date().toISOString();
      const waiting = items.map((it): Waiting => ({ ...it, id: newId(), since, because, returns: 0 }));
      const share = items.some((it) => 'log' in it) ? SHARE_OF_LOGS : 1;
      await log.append(waiting.map(encodeWaiting), { share });
      return waiting.map(({ id }) => ({ id, settled: endings.of(id) }));
    },
    async replay(yard, { signal } = {}) {
      const done = await log.replaying(() => replayAll({ log, folder, disk, yard, signal, listener: endings }));
      if (done) held = done.result.held;
      await endings.settleMissing(log);
      return done?.result;
    },
    waiting: () => waitingIn(log),
    count: () => log.count(),
    refused: () => refusedRows({ folder, disk }),
    forgetRefused: () => forgetRefused({ folder, disk }),
    damaged: () => log.damaged(),
  };
}

/** What would be refused when it is handed in must not lie on this disk until then either. */
async function refuseSecrets(operation: Operation): Promise<void> {
  const { refused } = await screen(operation);
  if (refused) throw new SecretFound(refused.reason);
}

async function waitingIn(log: SpoolLog): Promise<Waiting[]> {
  const all = (await log.waiting()).map(({ body }) => decodeWaiting(body));
  return all.filter((it): it is Waiting => !('unreadable' in it));
}

/** Failures that time alone may mend, so that what was to be written may wait. */
export function mayComeBack(error: unknown): boolean {
  const code = error instanceof StoreError ? error.code : undefined;
  return code === 'REMOTE_UNREACHABLE' || code === 'RATE_LIMITED' || code === 'TIMEOUT';
}

/** Who waits here for what. An operation that another process handed in ends for us when it is gone from the log. */
class Endings implements EndListener {
  private readonly open = new Map<string, (settled: Settled) => void>();

  of(id: string): Promise<Settled> {
    return new Promise((resolve) => this.open.set(id, resolve));
  }

  settle(id: string, settled: Settled): void {
    this.open.get(id)?.(settled);
    this.open.delete(id);
  }

  goesOnAs(id: string, next: { readonly id: string; readonly reason: string }): void {
    const resolve = this.open.get(id);
    this.open.delete(id);
    if (resolve) this.open.set(next.id, () => resolve({ kind: 'late', reason: next.reason }));
  }

  async settleMissing(log: SpoolLog): Promise<void> {
    const asked = [...this.open.keys()];
    if (asked.length === 0) return;
    const there = new Set((await waitingIn(log)).map((it) => it.id));
    for (const id of asked) if (!there.has(id)) this.settle(id, { kind: 'elsewhere' });
  }
}

/**
 * What this agent is doing right now: a line for each loop and an entry for each job it holds. The heartbeats carry it, so
 * every face can show it. Knows how soon a change is worth telling, not how it is told.
 */
import type { CacheUse, Heartbeat } from '@gityard/domain';
import { monotonicMs, nowTime } from './pause.ts';

export type LoopState = Heartbeat['loops'][number];
export type HeldJob = Heartbeat['jobs'][number];
export type UpkeepDone = Heartbeat['upkeep'][number];
export interface Doings {
  readonly jobs: readonly HeldJob[];
  readonly loops: readonly LoopState[];
  /** The tasks of the upkeep that it did. */
  readonly upkeep: readonly UpkeepDone[];
  /** What it can reach: of notifications, and of hosts that hear how builds of their commits go. */
  readonly channels: readonly string[];
  /** What its builds found in the cache. */
  readonly cache: CacheUse;
  /** Why it takes none; null while it does. */
  readonly takesNoJobs: string | null;
  /** Jobs that it does not trust. */
  readonly refuses: readonly Refusal[];
}
export type Refusal = NonNullable<Heartbeat['refuses']>[number];
/** `job`: one more is held, which no beat has named yet. `stage`: one moved on, or ended. `text`: it can wait for the next beat. */
export type Urgency = 'job' | 'stage' | 'text';

export interface LoopLine {
  /** Said after something went well: it also takes back the last error. `quietMs`: how long it may say nothing more. */
  doing(text: string, quietMs?: number): void;
  /** `againInMs`: when it is tried again; it may say nothing more until then. */
  failed(text: string, againInMs: number): void;
}

const MOST_REFUSALS = 20;

export const keyOf = ({ id, token }: { id: string; token: number }): string => `${id}/${token}`;

export class StatusBoard {
  private readonly loops = new Map<string, LoopState>();
  /** When each loop is to say something again, by the clock that never goes back. */
  private readonly dueMs = new Map<string, number>();
  private readonly upkeep = new Map<string, UpkeepDone>();
  private readonly jobs = new Map<string, HeldJob>();
  private none: string | null = null;
  private channels: readonly string[] = [];
  private distrusted: readonly Refusal[] = [];
  private cache: CacheUse = { hits: 0, misses: 0 };
  private readonly listeners = new Set<(urgency: Urgency) => void>();

  doings(): Doings {
    return {
      jobs: [...this.jobs.values()],
      loops: [...this.loops.values()],
      upkeep: [...this.upkeep.values()],
      channels: this.channels,
      cache: this.cache,
      takesNoJobs: this.none,
      refuses: this.distrusted,
    };
  }

  line(name: string): LoopLine {
    return {
      doing: (text, quietMs = 0) => {
        this.dueMs.set(name, monotonicMs() + quietMs);
        this.setLoop(name, { doing: text, error: null });
      },
      failed: (text, againInMs) => {
        this.dueMs.set(name, monotonicMs() + againInMs);
        this.setLoop(name, { doing: 'waiting to begin again', error: text.slice(0, 1000) });
      },
    };
  }

  /** How long ago the loop should have said something; less than 0 while it need not, and when it never did. */
  overdueMs(name: string): number {
    return monotonicMs() - (this.dueMs.get(name) ?? Number.POSITIVE_INFINITY);
  }

  putJob(job: HeldJob): void {
    const before = this.jobs.get(keyOf(job));
    this.jobs.set(keyOf(job), { ...job, progress: job.progress?.slice(0, 300) ?? null });
    this.tell(!before ? 'job' : before.stage === job.stage ? 'text' : 'stage');
  }

  dropJob(job: Pick<HeldJob, 'id' | 'token'>): void {
    if (this.jobs.delete(keyOf(job))) this.tell('stage');
  }

  didUpkeep(done: UpkeepDone): void {
    const error = done.error?.slice(0, 1000) ?? null;
    this.upkeep.set(done.task, { ...done, did: done.did.slice(0, 300), error });
    this.tell('text');
  }

  takesNoJobs(why: string | null): void {
    const before = this.none;
    this.none = why?.slice(0, 200) ?? null;
    if (this.none === before) return;
    // Whether it takes jobs concerns everybody who waits; that the reason reads a little differently does not.
    this.tell((this.none === null) === (before === null) ? 'text' : 'stage');
  }

  /** The others have to know who can tell what, to agree on who does. */
  serves(channels: readonly string[]): void {
    if (channels.join() === this.channels.join()) return;
    this.channels = channels;
    this.tell('stage');
  }

  /** Who waits for one of them wants to know why. */
  refuses(refusals: readonly Refusal[]): void {
    const told = refusals.slice(0, MOST_REFUSALS).map(({ job, reason }) => ({ job, reason: reason.slice(0, 500) }));
    if (JSON.stringify(told) === JSON.stringify(this.distrusted)) return;
    this.distrusted = told;
    this.tell('stage');
  }

  usedCache({ hits, misses }: CacheUse): void {
    this.cache = { hits: this.cache.hits + hits, misses: this.cache.misses + misses };
    this.tell('text');
  }

  onChange(listener: (urgency: Urgency) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private setLoop(name: string, { doing, error }: Pick<LoopState, 'doing' | 'error'>): void {
    const before = this.loops.get(name);
    if (before?.doing === doing && before.error === error) return;
    this.loops.set(name, { name, doing: doing.slice(0, 300), since: nowTime(), error });
    this.tell('text');
  }

  private tell(urgency: Urgency): void {
    for (const listener of this.listeners) listener(urgency);
  }
}

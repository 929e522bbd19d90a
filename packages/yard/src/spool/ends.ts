/**
 * How the records of one batch end, gathered until all are known and then written down in an order that a crash may cut at
 * any point: first what was refused, then what is to come instead, and last that the batch is done.
 */
import type { Refused } from '@gityard/domain';
import type { SpoolLog } from '@gityard/store';
import { newId } from '../ids.ts';
import type { Operation } from '../writing/compose.ts';
import type { Outcome, Yard } from '../yard.ts';
import { meaningOf } from './meaning.ts';
import { addRefused, type RefusedPlace, type RefusedRow, refusedRow } from './refused.ts';
import { encodeWaiting, type Unreadable, type Waiting } from './waiting.ts';

export interface Replaying extends RefusedPlace {
  readonly log: SpoolLog;
  readonly yard: Yard;
  readonly signal: AbortSignal | undefined;
  readonly listener: EndListener;
}

/** Whoever waits for the end of something that this process accepted. */
export interface EndListener {
  settle(id: string, settled: Settled): void;
  /** From now on the second tells how the first ends, as something that came too late. */
  goesOnAs(id: string, next: { readonly id: string; readonly reason: string }): void;
}

export type Settled =
  | { readonly kind: 'done'; readonly commit: string | null }
  /** A result that came after its job had been given to somebody else: it stands as a note, if at all. */
  | { readonly kind: 'late'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  /** Another process handed it in, and knows how it ended. */
  | { readonly kind: 'elsewhere' };

export class Ends {
  private readonly replaying: Replaying;
  private readonly instead: Waiting[] = [];
  private readonly rows: RefusedRow[] = [];
  private readonly tells: (() => void)[] = [];
  private committed = 0;

  constructor(replaying: Replaying) {
    this.replaying = replaying;
  }

  answered(waiting: Waiting & { readonly operation: Operation }, answer: Outcome<unknown>): void {
    if (answer.ok) this.done(waiting, answer.commit);
    else this.denied(waiting, answer);
  }

  private denied(waiting: Waiting & { readonly operation: Operation }, refusal: Refused): void {
    const meaning = meaningOf(this.replaying.yard.state, waiting.operation, refusal);
    if (meaning.kind === 'done') this.done(waiting);
    if (meaning.kind === 'later') this.later(waiting);
    if (meaning.kind === 'refused') this.refused(waiting, refusal);
    if (meaning.kind === 'instead') this.replaced(waiting, { operation: meaning.operation, reason: refusal.reason });
  }

  private replaced(waiting: Waiting, { operation, reason }: { operation: Operation; reason: string }): void {
    const next = { ...waiting, id: newId(), operation };
    this.instead.push(next);
    this.tells.push(() => this.replaying.listener.goesOnAs(waiting.id, { id: next.id, reason }));
  }

  done({ id }: Waiting, commit: string | null = null): void {
    this.committed += 1;
    this.tells.push(() => this.replaying.listener.settle(id, { kind: 'done', commit }));
  }

  /** Behind all others, so that those need not wait for it. */
  later(waiting: Waiting): void {
    this.instead.push({ ...waiting, returns: waiting.returns + 1 });
  }

  refused(waiting: Waiting, { code, reason }: { code: string; reason: string }): void {
    this.rows.push(refusedRow(waiting, { code, reason, refusedAt: this.replaying.yard.now() }));
    this.tells.push(() => this.replaying.listener.settle(waiting.id, { kind: 'refused', code, reason }));
  }

  unreadable({ unreadable }: Unreadable): void {
    const now = this.replaying.yard.now();
    const reason = 'another version of gityard wrote it, and this one cannot read it';
    const what = { id: newId(), name: 'unknown', about: '', code: 'INVALID_DATA', reason, input: unreadable };
    this.rows.push({ ...what, since: now, refusedAt: now });
  }

  async write(through: number): Promise<{ readonly committed: number; readonly refused: readonly RefusedRow[] }> {
    const { log } = this.replaying;
    await addRefused(this.replaying, this.rows);
    await log.done(through, this.instead.map(encodeWaiting));
    for (const tell of this.tells) tell();
    return { committed: this.committed, refused: this.rows };
  }
}

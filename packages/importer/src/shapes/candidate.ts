/** What was made of one entry of the predecessor: an entity of ours that lacks only its id, and what has to be said of it. */
import { createHash } from 'node:crypto';
import type { Agent, BranchProfile, Job, Lock, Message, Time } from '@gityard/domain';
import type { Item } from '../reading/items-in.ts';

interface Common {
  /** As it was there; null: it had none. */
  readonly sourceId: string | null;
  /** When it began, for the order. */
  readonly at: Time;
  /** Of what never changes about it. */
  readonly digest: string;
  /** What was assumed, mapped or left out, in words that are counted over all. */
  readonly notes: readonly string[];
  /** What it speaks of, in the ids that those had there: the message that it answers, or the jobs that it needs. */
  readonly refers: readonly string[];
}

export type Candidate = Common &
  (
    | { readonly kind: 'agent'; readonly value: Agent }
    | { readonly kind: 'branch'; readonly value: BranchProfile }
    | { readonly kind: 'lock'; readonly value: Lock }
    | { readonly kind: 'job'; readonly value: Job }
    | { readonly kind: 'message'; readonly value: Message }
  );
export type CandidateKind = Candidate['kind'];
export const CANDIDATE_KINDS: readonly CandidateKind[] = ['agent', 'branch', 'lock', 'job', 'message'];

/** `dropped`: nothing is lost by it. `quarantined`: somebody should look at it. */
export type Shaped =
  | { readonly outcome: 'taken'; readonly candidate: Candidate }
  | { readonly outcome: 'dropped' | 'quarantined'; readonly reason: string };

export interface Shaping {
  readonly now: Time;
  /** The name of the source's record, for marks and reasons. */
  readonly source: string;
  /** What is taken for the time of something that says none: that of its commit, or of its file. */
  readonly fileTime: Time | null;
  /** The folder of the server that the file lies in. */
  readonly server: string | null;
}

/** What breaks its schema, told with what is wrong. */
export const unfit = (reason: string): Shaped => ({ outcome: 'quarantined', reason: `does not fit: ${reason}` });

export type Shape = (item: Item, shaping: Shaping) => Shaped;

export const digestOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

/** What may lie too deep to be written. */
export function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value, null, 2) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What an agent tells whoever started it: a small closed set of facts, each with what a sentence about it needs. */
import type { JobStatus } from '@gityard/domain';

export type JobEndStatus =
  | Extract<JobStatus, 'succeeded' | 'failed' | 'cancelled'>
  | 'released'
  | 'late'
  | 'kept'
  | 'split';

interface OfJob {
  readonly job: string;
  readonly token: number;
}

export type AgentEvent =
  | { readonly kind: 'registered'; readonly agent: string; readonly address: string; readonly allows: number }
  | ({ readonly kind: 'claimed' } & OfJob)
  | ({ readonly kind: 'stage'; readonly stage: string; readonly status: string } & OfJob)
  /** The holder stops its build, and why. */
  | ({ readonly kind: 'stopping'; readonly why: StopReason['kind']; readonly text: string } & OfJob)
  | ({ readonly kind: 'ended'; readonly status: JobEndStatus; readonly text: string } & OfJob)
  | ({ readonly kind: 'log-lost'; readonly text: string } & OfJob)
  /** What was accepted here, by us or by a command of this machine, and refused by the yard. */
  | { readonly kind: 'refused'; readonly id: string; readonly text: string }
  /** A part of what was accepted here could not be read any more. */
  | { readonly kind: 'spool-damaged'; readonly text: string }
  | ({ readonly kind: 'requeued'; readonly text: string } & OfJob)
  | { readonly kind: 'expired'; readonly job: string; readonly text: string }
  | { readonly kind: 'taken-up'; readonly path: string; readonly jobs: readonly string[]; readonly text: string }
  /** A command that a message held was carried out. */
  | {
      readonly kind: 'answered';
      readonly message: string;
      readonly from: string;
      readonly task: string | null;
      readonly text: string;
    }
  | { readonly kind: 'quarantined'; readonly path: string; readonly text: string }
  | { readonly kind: 'auto-replied'; readonly message: string; readonly rule: string; readonly text: string }
  /** A cache or a store is away, or holds what is damaged; builds go on. */
  | { readonly kind: 'storage-trouble'; readonly text: string }
  | { readonly kind: 'upkeep'; readonly task: string; readonly text: string }
  | { readonly kind: 'upkeep-failed'; readonly task: string; readonly text: string }
  | { readonly kind: 'loop-failed'; readonly loop: string; readonly text: string; readonly againInMs: number }
  | { readonly kind: 'loop-recovered'; readonly loop: string }
  /** What was known of the yard before is forgotten, because a person asked for it. */
  | { readonly kind: 'rewrite-accepted'; readonly text: string }
  /** A job waits that could run here, if the owner allowed what it asks for: `allow` is the word that would. */
  | { readonly kind: 'not-allowed'; readonly job: string; readonly text: string; readonly allow: string }
  /** Why no more jobs are taken; null when they are again. */
  | { readonly kind: 'takes-jobs'; readonly not: string | null }
  /** The program that had taken its place died too often, and it runs again. */
  | { readonly kind: 'program-returned'; readonly text: string }
  | { readonly kind: 'draining'; readonly running: number }
  | { readonly kind: 'stopped'; readonly text: string };

/** Where an event belongs, for those who look for all that has to do with it. */
export interface EventPlace {
  /** Which try of the job it is. */
  readonly attempt: number | null;
  /** The span that it happened in, or that stands for its attempt. */
  readonly traceparent: string | null;
}

/** Why a build that runs has to stop. */
export type StopReason =
  | { readonly kind: 'cancel-requested'; readonly text: string }
  | { readonly kind: 'lease-lost'; readonly text: string }
  | { readonly kind: 'taken'; readonly text: string }
  | { readonly kind: 'agent-stopped'; readonly text: string };

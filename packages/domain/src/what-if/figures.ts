/** What a course of jobs comes to: waits, the time that all took, and how busy the fleet was. All times in seconds. */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { toMs } from '../time.ts';
import type { Span } from './course.ts';

export interface Quantiles {
  /** null: there was nothing to measure. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly longest: number | null;
}

export interface Figures {
  readonly agents: number;
  readonly slots: number;
  readonly jobs: number;
  /** Those that no agent of the fleet could run, the first of them by name. */
  readonly neverStarted: { readonly count: number; readonly jobs: readonly string[] };
  /** From its submission to its first claim. */
  readonly waitSeconds: Quantiles;
  /** From the first submission to the last end. */
  readonly makespanSeconds: number;
  /** Share of the slots' time in which they were busy, 0 to 1. */
  readonly utilisation: number;
}

const MOST_NAMES = 20;

export interface Played {
  readonly jobs: readonly Job[];
  readonly agents: readonly Agent[];
  readonly spans: readonly Span[];
}

export function figuresOf({ jobs, agents, spans }: Played): Figures {
  const starts = new Map(spans.map((it) => [it.job, it.startMs]));
  const never = jobs.filter((it) => !starts.has(it.id)).map((it) => it.id);
  const waits = jobs.flatMap((it) => {
    const startMs = starts.get(it.id);
    return startMs === undefined ? [] : [startMs - toMs(it.submittedAt)];
  });
  const slots = agents.reduce((sum, it) => sum + it.slots, 0);
  const busyMs = spans.reduce((sum, it) => sum + it.endMs - it.startMs, 0);
  const makespanMs = lastOf(spans) - firstOf(jobs);
  return {
    agents: agents.length,
    slots,
    jobs: jobs.length,
    neverStarted: { count: never.length, jobs: never.slice(0, MOST_NAMES) },
    waitSeconds: quantilesOf(waits),
    makespanSeconds: spans.length === 0 ? 0 : inSeconds(makespanMs),
    utilisation:
      slots * makespanMs > 0 && spans.length > 0 ? Math.round((1000 * busyMs) / (slots * makespanMs)) / 1000 : 0,
  };
}

/** Of lengths in milliseconds. */
export function quantilesOf(lengthsMs: readonly number[]): Quantiles {
  const sorted = lengthsMs.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number): number | null => {
    const ms = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return ms === undefined ? null : inSeconds(ms);
  };
  return { p50: at(0.5), p90: at(0.9), longest: at(1) };
}

const inSeconds = (ms: number): number => Math.round(ms / 1000);
const firstOf = (jobs: readonly Job[]): number =>
  jobs.reduce((first, it) => Math.min(first, toMs(it.submittedAt)), Number.POSITIVE_INFINITY);
const lastOf = (spans: readonly Span[]): number =>
  spans.reduce((last, it) => Math.max(last, it.endMs), Number.NEGATIVE_INFINITY);

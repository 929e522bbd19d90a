/** How far a running job is, as half of its like would be. The estimate is never earlier than the snapshot, so one that has come is over. Pure. */
import { elapsedMs, isBefore, type Time } from '@gityard/domain';
import { durationWords } from '../format.ts';
import type { JobRow } from '../rows.ts';

export interface TimeLeft {
  readonly words: string;
  readonly isOver: boolean;
  /** Of its usual time; null: nothing like it is known. */
  readonly percent: number | null;
}

const ROUND_MS = 60_000;

export function timeLeft({ startedAt, endsAt }: JobRow, { made, now }: { made: Time; now: Time }): TimeLeft {
  if (startedAt === null || endsAt === null) return { words: 'no estimate yet', isOver: false, percent: null };
  const latest = isBefore(made, now) ? now : made;
  const leftMs = elapsedMs(latest, endsAt);
  if (leftMs <= 0) return { words: 'longer than usual', isOver: true, percent: 100 };
  const wholeMs = elapsedMs(startedAt, endsAt);
  const percent = Math.min(100, Math.max(0, (elapsedMs(startedAt, latest) / wholeMs) * 100));
  return { words: leftWords(leftMs), isOver: false, percent };
}

/** Seconds of an estimate would only pretend to be known. */
const leftWords = (ms: number): string =>
  ms < ROUND_MS ? 'less than 1 min left' : `about ${durationWords(Math.round(ms / ROUND_MS) * ROUND_MS)} left`;

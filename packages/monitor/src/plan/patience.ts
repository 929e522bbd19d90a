/**
 * How the monitor keeps from telling people the same thing over and over. What comes back within a day must be well for longer
 * each time before its issue is closed, so that a thing that comes and goes costs a few words a day, however often it does.
 */
import { DAY_MS, elapsedMs, type Time, type YardConfig } from '@gityard/domain';
import type { Finding } from '../finding.ts';
import type { Memory } from '../issues/marker.ts';

type Patience = YardConfig['monitor'];

export const lasted = ({ since }: Finding, now: Time, { graceMinutes }: Patience): boolean =>
  since === null || elapsedMs(since, now) >= graceMinutes * 60_000;

/** How long it must have been well. What happened once is over as soon as it is. */
export function settleMs(memory: Memory, now: Time, { settleMinutes }: Patience): number {
  const times = toldLately(memory, now);
  return times <= 1 ? 0 : Math.min(DAY_MS, settleMinutes * 60_000 * 2 ** (times - 2));
}

/** Whether another state of it is told now, or waits: it may be the old one again by then. */
export function mayTellChange(memory: Memory, now: Time, patience: Patience): boolean {
  const last = memory.told.at(-1);
  return last === undefined || apartMs(last, now) >= settleMs(memory, now, patience);
}

export const toldLately = ({ told }: Memory, now: Time): number =>
  told.filter((it) => apartMs(it, now) < DAY_MS).length;

/** One run on a machine with a wrong clock must not make all others wait until its time has come. */
const apartMs = (time: Time, now: Time): number => Math.abs(elapsedMs(time, now));

export const soFar = (time: Time | null, now: Time): Time | null =>
  time === null || elapsedMs(time, now) < 0 ? null : time;

/** Whether the clock of this machine can be right, where nobody is there to ask. */
import { stat } from 'node:fs/promises';
import { type Finding, fine, wrong } from '../doctor/check.ts';
import { MANIFEST } from '../place.ts';

const DAY_MS = 86_400_000;

/** Nobody can have a program before it was put there. A day of slack: files may come from another time zone's archive. */
export async function checkClock(nowMs = Date.now()): Promise<Finding> {
  const { mtimeMs } = await stat(MANIFEST);
  const now = new Date(nowMs).toISOString();
  return nowMs >= mtimeMs - DAY_MS
    ? fine(now)
    : wrong(`it is ${now} here, which is before this program was installed`, 'let this machine keep its time with NTP');
}

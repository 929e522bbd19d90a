/** Whether there is room for what the program puts down for a moment, and whether the clock can be right. */
import { stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finding, fine, wrong } from '../doctor/check.ts';
import { sizeText } from '../text/words.ts';
import { packageFolder } from './package-folder.ts';

const LEAST_BYTES = 100e6;

export async function checkTemporary(folder = tmpdir()): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const text = `${folder}, ${sizeText(bavail * bsize)} free`;
  return bavail * bsize >= LEAST_BYTES
    ? fine(text)
    : wrong(text, 'free some space there, or set TMPDIR to another folder');
}

const DAY_MS = 86_400_000;

/** Nobody can have a program before it was put there. A day of slack: files may come from another time zone's archive. */
export async function checkClock(nowMs = Date.now()): Promise<Finding> {
  const { mtimeMs } = await stat(join(await packageFolder(), 'package.json'));
  const now = new Date(nowMs).toISOString();
  return nowMs >= mtimeMs - DAY_MS
    ? fine(now)
    : wrong(`it is ${now} here, which is before this program was installed`, 'let this machine keep its time with NTP');
}

/** Which lines of a log take more than one row where so many columns fit, and how many. */
import type { Reading } from '../question.ts';
import { type LogAsked, theLog } from './open-log.ts';

export async function logWrapped(
  reading: Reading,
  { log, columns }: { readonly log: LogAsked; readonly columns: number },
): Promise<readonly (readonly [number, number])[]> {
  return (await theLog(reading, log))?.text.wrapped(Math.max(10, columns)) ?? [];
}

/** Where words stand in a log, counted to the last. */
import type { Reading } from '../question.ts';
import type { Finds } from './log-text.ts';
import { type LogAsked, theLog } from './open-log.ts';

export async function logSearch(
  reading: Reading,
  { log, words }: { readonly log: LogAsked; readonly words: string },
): Promise<Finds> {
  return (await theLog(reading, log))?.text.find(words) ?? { hits: 0, lines: [] };
}

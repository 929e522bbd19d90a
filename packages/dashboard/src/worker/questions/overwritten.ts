/** What was known of the yard before its history was rewritten, for whoever wants to compare. */
import type { ReadModel } from '@gityard/domain';
import type { Reading } from './question.ts';

export async function overwritten(reading: Reading, _asked: null): Promise<ReadModel | null> {
  return reading.overwritten;
}

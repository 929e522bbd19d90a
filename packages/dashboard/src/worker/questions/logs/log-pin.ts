/** The commit of the logs as they are now: a link that names it means the same lines for as long as they are kept. */
import type { Reading } from '../question.ts';

export async function logPin(reading: Reading, _: null): Promise<string | null> {
  const [newest] = await reading.commits({ ref: 'logs' }, { count: 1 });
  return newest?.commit ?? null;
}

/**
 * Finds the descendants of a build that left its process group (a daemon detaches itself, a hostile script does so on
 * purpose) by what every one of them inherited in its environment, and kills them. Needs /proc: elsewhere it finds
 * nothing.
 */
import { environmentEntries, processIds } from './proc.ts';

const ROUNDS = 10;

export async function killMarked(marker: string): Promise<void> {
  // A process may fork while we look, so look until a whole round finds nobody.
  for (let round = 0; round < ROUNDS; round++) {
    const found = await findMarked((entries) => entries.includes(marker));
    if (found.length === 0) return;
    for (const id of found) sendSignal(id, 'SIGKILL');
  }
}

export async function findMarked(fits: (entries: readonly string[]) => boolean): Promise<number[]> {
  const ids = await processIds();
  const marked = await Promise.all(ids.map(async (id) => fits(await environmentEntries(id))));
  return ids.filter((id, index) => marked[index] && id !== process.pid);
}

/** To a process, or to a whole group by its negative id. */
export function sendSignal(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    // ESRCH: gone between our look and our signal. EPERM: what is left belongs to somebody else.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

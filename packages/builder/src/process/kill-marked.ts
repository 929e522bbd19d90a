/**
 * Finds the descendants of a build that left its process group (a daemon detaches itself, a hostile script does so on
 * purpose) by a line that every one of them inherited in its environment, and kills them. Needs /proc: elsewhere it
 * finds nothing.
 */
import { readdir, readFile } from 'node:fs/promises';

const ROUNDS = 10;

export async function killMarked(marker: string): Promise<void> {
  // A process may fork while we look, so look until a whole round finds nobody.
  for (let round = 0; round < ROUNDS; round++) {
    const found = await findMarked(marker);
    if (found.length === 0) return;
    found.forEach(kill);
  }
}

async function findMarked(marker: string): Promise<number[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const marked = await Promise.all(ids.map((id) => carries(id, marker)));
  return ids.filter((id, index) => marked[index] && id !== process.pid);
}

async function carries(id: number, marker: string): Promise<boolean> {
  // Unreadable: it ended meanwhile, or belongs to another user; a zombie reads as empty. None of them is ours to kill.
  const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
  return environment.split('\0').includes(marker);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // Gone between our look and our signal.
  }
}

/**
 * What the kernel tells of processes in /proc. Where there is none, nothing is known: whoever asks finds nobody, and has
 * to be content with what it knows of its own children.
 */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

export async function processIds(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

export interface ProcessFacts {
  /** Z and X are dead already, and only wait to be collected. */
  readonly state: string;
  readonly group: number;
  /** In ticks of the kernel since it started. */
  readonly started: string;
}

export async function factsOf(id: number): Promise<ProcessFacts | undefined> {
  return factsFrom(await readFile(`/proc/${id}/stat`, 'utf8').catch(() => ''));
}

/** Empty when it ended meanwhile, belongs to another user, or is dead and not collected yet. */
export async function environmentEntries(id: number): Promise<readonly string[]> {
  return (await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '')).split('\0');
}

/**
 * When a process started, in words that no other process of any time has under the same id: ids are given out again, and
 * ticks begin anew with each start of the machine. Null where it cannot be told. Asked right after a start, hence at once.
 */
export function startOf(id: number): string | null {
  try {
    const facts = factsFrom(readFileSync(`/proc/${id}/stat`, 'utf8'));
    return facts ? `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${facts.started}` : null;
  } catch {
    // No /proc here, or the process is gone already.
    return null;
  }
}

/** "12 (any name) S 1 12 …": the third field follows the last parenthesis, since a name may hold some too. */
function factsFrom(stat: string): ProcessFacts | undefined {
  const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const started = rest[16];
  return state && group && started ? { state, group: Number(group), started } : undefined;
}

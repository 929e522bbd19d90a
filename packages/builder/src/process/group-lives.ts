/**
 * Whether anybody in a process group is still alive. Dead processes that nobody has collected yet do not count: in a
 * container without an init they stay for ever, and every cancelled build would wait out its whole grace for them.
 */
import { readdir, readFile } from 'node:fs/promises';

export async function groupLives(group: number): Promise<boolean> {
  if (!isKnown(group)) return false;
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  // Without /proc the kernel's word is all there is.
  if (ids.length === 0) return true;
  return (await Promise.all(ids.map((id) => livesIn(id, group)))).some(Boolean);
}

function isKnown(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    // ESRCH: nobody is left. EPERM: whoever is left is not ours to wait for.
    return false;
  }
}

async function livesIn(id: string, group: number): Promise<boolean> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // "12 (any name) S 1 12 …": state, parent and group follow the last parenthesis, since a name may hold some too.
  const [state, , member] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(member) === group && state !== 'Z' && state !== 'X';
}

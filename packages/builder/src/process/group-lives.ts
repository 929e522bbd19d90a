/**
 * Whether anybody in a process group is still alive. Dead processes that nobody has collected yet do not count: in a
 * container without an init they stay for ever, and every cancelled build would wait out its whole grace for them.
 */
import { factsOf, processIds } from './proc.ts';

export async function groupLives(group: number): Promise<boolean> {
  if (!isKnown(group)) return false;
  // Without /proc the kernel's word is all there is.
  if ((await processIds()).length === 0) return true;
  return (await membersOf(group)).length > 0;
}

function isKnown(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    // ESRCH: nobody is left. EPERM: whoever is left is not ours to wait for.
    return false;
  }
}

/** Those that live. */
export async function membersOf(group: number): Promise<number[]> {
  const ids = await processIds();
  const members = await Promise.all(ids.map((id) => livesIn(id, group)));
  return ids.filter((_, at) => members[at]);
}

async function livesIn(id: number, group: number): Promise<boolean> {
  const facts = await factsOf(id);
  return facts?.group === group && facts.state !== 'Z' && facts.state !== 'X';
}

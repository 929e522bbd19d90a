/**
 * How much slower than a calm machine this one is just now. Leases and limits of a run are longer by as much: a machine with
 * much else to do would otherwise be found guilty of what it cannot help.
 */
import { gityard } from './program.ts';

const CALM_MS = 100;
const LOOKS = 3;
const MOST = 6;

export async function paceHere(folder: string): Promise<number> {
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const startedAt = performance.now();
    await gityard(['--help'], { env: { HOME: folder }, cwd: folder });
    times.push(performance.now() - startedAt);
  }
  const slower = Math.max(...times) / CALM_MS;
  return Math.round(Math.min(MOST, Math.max(1, slower)) * 10) / 10;
}

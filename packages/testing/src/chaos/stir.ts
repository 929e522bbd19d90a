/** Every so often one act at random, each in its own time, so that they overlap; at the end all is undone. */
import { setTimeout as delay } from 'node:timers/promises';

import type { Act, Scene } from './acts/act.ts';
import { ACTS } from './acts/list.ts';
import { type Random, seededRandom } from './random.ts';

export interface Stirring {
  readonly scene: Omit<Scene, 'random' | 'signal' | 'turn'>;
  readonly seconds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** How often each act was played. */
export type Played = Readonly<Record<string, number>>;

const PAUSE_SECONDS = { least: 0.3, most: 2 };

export async function stir({ scene, seconds, seed, signal }: Stirring): Promise<Played> {
  const random = seededRandom(seed);
  const acts = ACTS.filter((act) => act.missing?.(scene.world) === undefined);
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, seconds * 1000);
  signal.addEventListener('abort', end);
  const played: Record<string, number> = Object.fromEntries(acts.map(({ name }) => [name, 0]));
  const running: Promise<void>[] = [];
  for (let number = 1; !over.signal.aborted; number++) {
    const act = weighted(acts, random);
    const turn = played[act.name] ?? 0;
    played[act.name] = turn + 1;
    const play = act.play({ ...scene, turn, random: seededRandom(seed + number), signal: over.signal });
    // An act that fails is a fault of ours, and ends the run.
    play.catch(end);
    running.push(play);
    const ms = random.between(PAUSE_SECONDS.least, PAUSE_SECONDS.most) * 1000;
    await delay(ms, undefined, { signal: over.signal }).catch(() => undefined);
  }
  clearTimeout(timer);
  await Promise.all(running);
  return played;
}

function weighted(acts: readonly Act[], random: Random): Act {
  let left = random.next() * acts.reduce((sum, act) => sum + act.weight, 0);
  for (const act of acts) {
    left -= act.weight;
    if (left < 0) return act;
  }
  return ACTS[0];
}

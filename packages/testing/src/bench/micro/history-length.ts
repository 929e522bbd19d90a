/** A long history must cost a writer nothing: it never reads it. */
import { appendCommits } from '../seed.ts';
import { type Micro, summarise } from './micro.ts';
import { pushCosts } from './push-cost.ts';

const LENGTHS = [1_000, 5_000, 20_000];
/** The commits change the same few files again and again, so that the tree does not grow with the history. */
const FILES = 50;

export const historyLength: Micro = async ({ server, size }) => {
  const results = [];
  for (const length of LENGTHS) {
    const world = await server.makeWorld(`history-${length}`);
    const ids = Array.from({ length }, (_, number) => `past-${number % FILES}`);
    await appendCommits(world.repository, ids);
    const { cpuMs } = await pushCosts(world, { pushes: size === 'quick' ? 20 : 100 });
    const what = `a push onto ${length.toLocaleString('en')} commits: client CPU`;
    results.push(summarise({ key: `history-${length}`, what }, cpuMs));
  }
  return results;
};

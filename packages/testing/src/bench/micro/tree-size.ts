/** What a push costs in a yard of few files and of very many: only the changed folders are made and sent anew. */
import { type Micro, type MicroResult, summarise } from './micro.ts';
import { pushCosts } from './push-cost.ts';

const FILES = [10, 100, 1_000, 10_000];

export const treeSize: Micro = async ({ server, size }) => {
  const results: MicroResult[] = [];
  for (const files of FILES) {
    const world = await server.makeWorld(`tree-${files}`, { files });
    const { cpuMs, bytesUp } = await pushCosts(world, { pushes: size === 'quick' ? 20 : 100 });
    const what = `a push into ${files.toLocaleString('en')} files`;
    results.push(
      summarise({ key: `tree-${files}`, what: `${what}: client CPU` }, cpuMs),
      summarise({ key: `tree-${files}-bytes`, what: `${what}: sent`, unit: 'bytes' }, [bytesUp]),
    );
  }
  return results;
};

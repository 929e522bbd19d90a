/**
 * What a cache saves: the same .NET solution built by hand from nothing (a clone and one command), and by our builder in an
 * empty workspace whose every project the cache has. A ratio of the same run, so that a slow machine changes nothing.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { type CacheAccess, openCache } from '@gityard/builder';
import { solutionFiles } from '../../builds/solution.ts';
import { type Micro, summarise, timed } from './micro.ts';
import { cloneByHand, makeSource, oneBuild } from './one-build.ts';

export const cacheRestore: Micro = async ({ server, size }) => {
  if (!hasDotnet()) return [];
  const { folder } = await server.makeEmpty('cache-restore');
  const libraries = size === 'quick' ? 6 : 20;
  const repository = makeSource(join(folder, 'source'), solutionFiles({ libraries }));
  const opening = { buildFolder: folder, env: {}, onTrouble: refuse };
  const cache: CacheAccess = { cache: await openCache({}, opening), scope: 'a'.repeat(64), mayWrite: true };
  const build = async (name: string) => {
    const job = { repository, branch: 'main', strategy: 'Cached' as const };
    return (await oneBuild({ job, folder: join(folder, name), cache })).findings.cache?.hits;
  };
  await build('first');
  const times = { rebuilt: [] as number[], restored: [] as number[] };
  for (let turn = 0; turn < (size === 'quick' ? 1 : 3); turn++) {
    times.rebuilt.push(await timed(() => byHand(repository, join(folder, `bare-${turn}`))));
    let hits: number | undefined;
    const ms = await timed(async () => {
      hits = await build(`again-${turn}`);
    });
    if (hits !== libraries) throw new Error(`the cache had ${hits} of ${libraries} projects that it was given`);
    times.restored.push(ms);
  }
  const ratios = times.rebuilt.map((it, turn) => it / (times.restored[turn] ?? Number.NaN));
  return [
    summarise({ key: 'cache-rebuilt', what: `${libraries} .NET projects by hand: clone and build` }, times.rebuilt),
    summarise({ key: 'cache-restored', what: 'the same, all of it from the cache' }, times.restored),
    summarise({ key: 'cache-speed-up', what: 'so much faster', unit: '×' }, ratios),
  ];
};

function hasDotnet(): boolean {
  try {
    execFileSync('dotnet', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** With a compiler's server of its own and nothing that was warm before, as a build server does it. */
async function byHand(source: string, target: string): Promise<void> {
  cloneByHand(source, target);
  const own = ['-nodeReuse:false', `-p:SharedCompilationId=${basename(target)}-${process.pid}`];
  const argv = ['build', 'All.slnx', '--configuration', 'Release', ...own];
  const child = spawn('dotnet', argv, { cwd: target, stdio: 'ignore', detached: true });
  const [code] = await once(child, 'close');
  endGroup(child.pid);
  if (code !== 0) throw new Error(`dotnet build ended with ${code}`);
}

/** The compiler's server would wait ten minutes for more. */
function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function refuse(text: string): never {
  throw new Error(text);
}

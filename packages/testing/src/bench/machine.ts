/** What the figures were measured on. No names of hosts, users or folders: the output is made to be shared. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

import { git } from '../git.ts';

export async function describeMachine(): Promise<string> {
  const version = (await git(['--version'], { cwd: '.' })).trim().replace('version ', '');
  const model = cpus()[0]?.model.trim() || process.arch;
  const memoryGB = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(1) ?? '–';
  const parts = [`${availableParallelism()} × ${model}`, `${memoryGB} GB`, process.platform];
  return `${[...parts, `Node ${process.version.slice(1)}`, version].join(', ')}; load before: ${load}`;
}

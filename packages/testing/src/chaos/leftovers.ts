/** Programs that outlived a run: found by their environment, which names its folder. Only Linux tells that of a process. */
import { readdir, readFile } from 'node:fs/promises';

import { waitFor } from '../wait-for.ts';

/** Builds that were left behind by a killed agent end by themselves in a moment; who is still there after that is ended. */
const MOMENT_MS = 4_000;

export async function endLeftovers(folder: string): Promise<number> {
  let left: number[] = [];
  await waitFor(
    async () => {
      left = await processesOf(folder);
      return left.length === 0;
    },
    { what: 'nobody is left', timeoutMs: MOMENT_MS },
  ).catch(() => undefined);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return left.length;
}

async function processesOf(folder: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')));
  return pids.filter((_, at) => environments[at]?.includes(folder));
}

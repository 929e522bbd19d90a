/**
 * What a build server pays for having an agent while there is nothing to do: the real program in a yard with the settings
 * that a yard has by itself, its memory and its processor time as Linux tells them.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createYard } from '@gityard/yard';

import { PROGRAM } from '../../chaos/program.ts';
import { residentBytes } from '../../chaos/weigh.ts';
import { startNode } from '../../processes.ts';
import { type Micro, summarise } from './micro.ts';

/** After the first beat and the first looks. */
const SETTLED_MS = 5_000;
const TICKS_PER_SECOND = 100;

export const agentAtRest: Micro = async ({ server, size }) => {
  if (process.platform !== 'linux') return [];
  const { url, folder } = await server.makeEmpty('agent-at-rest');
  await createYard({ address: url, actor: 'bench' });
  const seconds = size === 'quick' ? 10 : 30;
  const agent = startNode(PROGRAM, ['agent', 'run', '--json', '--yard', url, '--agent', 'idle'], {
    env: { HOME: folder, TMPDIR: folder, GITYARD_HOME: join(folder, 'home'), NO_COLOR: '1' },
    cwd: folder,
    endsWithUs: true,
  });
  try {
    await agent.waitForLine(/"kind":"registered"/, 60_000);
    await delay(SETTLED_MS);
    const before = await cpuSeconds(agent.pid);
    await delay(seconds * 1000);
    const cpuPercent = ((await cpuSeconds(agent.pid)) - before) / (seconds / 100);
    const what = `an agent at rest for ${seconds} s`;
    return [
      summarise({ key: 'rest-memory', what: `${what}: resident`, unit: 'MB' }, [
        (await residentBytes(agent.pid)) / 2 ** 20,
      ]),
      summarise({ key: 'rest-cpu', what: `${what}: of one processor`, unit: '%' }, [cpuPercent]),
    ];
  } finally {
    await agent.dispose();
  }
};

/** Its own, in all of its threads, and that of the programs that it started and that have ended. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / TICKS_PER_SECOND;
}

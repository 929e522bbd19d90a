/** What an agent costs its machine right now: resident memory, as Linux tells it, and what lies in its home. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { AgentProcess } from './agent-process.ts';

export interface Weight {
  /** 0 where the system does not tell. */
  readonly residentBytes: number;
  readonly homeBytes: number;
}

const NOTHING: Weight = { residentBytes: 0, homeBytes: 0 };

/** The heaviest of each kind. */
export async function weigh(agents: readonly AgentProcess[]): Promise<Weight> {
  const weights = await Promise.all(
    agents.map(async ({ pid, setup }) => ({
      residentBytes: pid === undefined ? 0 : await residentBytes(pid),
      homeBytes: await sizeOf(setup.home),
    })),
  );
  return weights.reduce(heavier, NOTHING);
}

export function heavier(one: Weight, other: Weight): Weight {
  return {
    residentBytes: Math.max(one.residentBytes, other.residentBytes),
    homeBytes: Math.max(one.homeBytes, other.homeBytes),
  };
}

export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  // Builds end while we look, and take their files with them.
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (it) => (it.isFile() ? it.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * From nothing to the first landed operation. For ours a new Node process is part of it; for the shell a shallow
 * clone and the script, which is all that it needs.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { ready, reportOf, startWriter } from '../cell.ts';
import { operationOf } from '../operation.ts';
import type { World } from '../server.ts';
import { BASELINE } from '../variants/list.ts';
import { openShell } from '../variants/shell.ts';
import { type Micro, summarise, timed } from './micro.ts';

const AT_ONCE = { warmUpMs: 0, measureMs: 0, graceMs: 30_000 };

export const firstCommit: Micro = async ({ server, size }) => {
  const world = await server.makeWorld('first-commit');
  const times: Record<string, number[]> = { [BASELINE]: [], store: [], yard: [] };
  for (let turn = 0; turn < (size === 'quick' ? 3 : 7); turn++) {
    for (const [variant, all] of Object.entries(times)) {
      const writer = `first${variant}${turn}`;
      const start = variant === BASELINE ? shellStarts : oursStarts;
      all.push(await start({ world, variant, writer }));
    }
  }
  return Object.entries(times).map(([variant, all]) =>
    summarise({ key: `first-commit-${variant}`, what: `start to first commit, ${variant}` }, all),
  );
};

interface Start {
  readonly world: World;
  readonly variant: string;
  readonly writer: string;
}

async function shellStarts({ world, writer }: Start): Promise<number> {
  const folder = join(world.folder, writer);
  await mkdir(folder, { recursive: true });
  return timed(async () => {
    const variant = await openShell({ url: world.url, folder, writer });
    await variant.land(operationOf(writer, 1), new Date(Date.now() + 30_000));
  });
}

async function oursStarts({ world, variant, writer }: Start): Promise<number> {
  const startedAt = performance.now();
  const child = await startWriter({ variant, writer, world });
  try {
    await ready(child);
    child.send(AT_ONCE);
    await reportOf(child);
    return performance.now() - startedAt;
  } finally {
    await child.stop();
  }
}

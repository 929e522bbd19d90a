/** After all is well again: waits until every job has ended and every agent is heard of, and says how long that took. */
import { isFinished } from '@gityard/domain';
import { openYard, type Yard } from '@gityard/yard';

import { waitFor } from '../wait-for.ts';
import { readAcks } from './acks.ts';
import type { World } from './world.ts';

export interface Convergence {
  readonly isConverged: boolean;
  readonly seconds: number;
  /** What was not so at the end. */
  readonly missing: readonly string[];
}

export async function converge(
  world: World,
  { acks, limitMs }: { acks: string; limitMs: number },
): Promise<Convergence> {
  const startedAt = performance.now();
  const asked = (await readAcks(acks)).filter((it) => it.kind === 'queue-file').map((it) => it.tag);
  const yard = openYard({ address: world.address, actor: 'observer' });
  const healedAt = yard.now();
  let missing: readonly string[] = [];
  try {
    await waitFor(
      async () => {
        missing = await missingFrom(yard, { world, asked, healedAt });
        return missing.length === 0;
      },
      { what: 'all jobs have ended and all agents are heard of', timeoutMs: limitMs },
    );
  } catch (error) {
    if (missing.length === 0) throw error;
  } finally {
    await yard.close();
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { isConverged: missing.length === 0, seconds, missing };
}

interface Looking {
  readonly world: World;
  readonly asked: readonly string[];
  readonly healedAt: string;
}

async function missingFrom(yard: Yard, { world, asked, healedAt }: Looking): Promise<string[]> {
  const { jobs } = await yard.refresh();
  await yard.live.refresh();
  const { heartbeats } = yard.state;
  const open = [...jobs].filter((it) => !isFinished(it)).map((it) => `job ${it.id} is ${it.status}`);
  const tags = new Set([...jobs].map((it) => it.parameters.tag));
  const waiting = asked.filter((tag) => !tags.has(tag)).map((tag) => `${tag} was not taken up`);
  const quiet = world.agents
    .map(({ setup }) => setup.name)
    .filter((name) => (heartbeats.get(name)?.at ?? '') <= healedAt)
    .map((name) => `${name} was not heard of`);
  return [...open, ...waiting, ...quiet];
}

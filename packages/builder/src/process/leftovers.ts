/**
 * Ends what an agent that was killed left running: its builds are in process groups of their own, so they outlive it, and
 * would go on in the workspace, and on whatever they deploy to, beside the next attempt. A process is only ever ended
 * when it is proven to be of such a build: by its inherited environment, or as the very process that was noted down.
 */
import { sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BuildProcess } from '../contract.ts';
import { realRoot } from '../folders.ts';
import { groupLives } from './group-lives.ts';
import { findMarked, sendSignal } from './kill-marked.ts';
import { factsOf, startOf } from './proc.ts';

const GRACE_MS = 10_000;
const LOOK_EVERY_MS = 50;
const KILL_ROUNDS = 20;

/**
 * For whoever owns a build root and has no build under way in it: ends everything that works below it, and the noted
 * groups that still stand. Answers how many there were.
 */
export async function endLeftovers({
  folder,
  processes,
  graceMs = GRACE_MS,
}: {
  readonly folder: string;
  readonly processes: readonly BuildProcess[];
  readonly graceMs?: number | undefined;
}): Promise<number> {
  const below = `GITYARD_WORKSPACE=${await realRoot(folder)}${sep}`;
  const groups = new Set(await stillThere(processes));
  return endAll(async () => {
    for (const group of groups) if (!(await groupLives(group))) groups.delete(group);
    const marked = await findMarked((entries) => entries.some((entry) => entry.startsWith(below)));
    return [...[...groups].map((group) => -group), ...marked];
  }, graceMs);
}

/** Ends one build of an agent that is known to be dead. No two tries at a job have the same token. */
export async function endLostBuild({
  agent,
  job,
  token,
  graceMs = GRACE_MS,
}: {
  readonly agent: string;
  readonly job: string;
  readonly token: number;
  readonly graceMs?: number | undefined;
}): Promise<number> {
  const marks = [`GITYARD_AGENT=${agent}`, `GITYARD_JOB_ID=${job}`, `GITYARD_TOKEN_NUMBER=${token}`];
  return endAll(() => findMarked((entries) => marks.every((mark) => entries.includes(mark))), graceMs);
}

/** The leader proves its group. Without it (it died, or its id is somebody else's now) only the environment can. */
async function stillThere(processes: readonly BuildProcess[]): Promise<number[]> {
  const own = (await factsOf(process.pid))?.group;
  return processes
    .filter(({ group, started }) => started !== null && group !== own && startOf(group) === started)
    .map(({ group }) => group);
}

async function endAll(look: () => Promise<readonly number[]>, graceMs: number): Promise<number> {
  const deadline = performance.now() + graceMs;
  const found = await look();
  for (const id of found) sendSignal(id, 'SIGTERM');
  let left = found;
  while (left.length > 0 && performance.now() < deadline) {
    await pause(LOOK_EVERY_MS);
    left = await look();
  }
  for (let round = 0; left.length > 0 && round < KILL_ROUNDS; round++) {
    for (const id of left) sendSignal(id, 'SIGKILL');
    await pause(LOOK_EVERY_MS);
    left = await look();
  }
  return found.length;
}

/** The builds of an outage: all begin while the remote is there, wait for the word, and end one after the other without it. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFinished } from '@gityard/domain';
import { newId, type Yard } from '@gityard/yard';

import { waitFor } from '../wait-for.ts';
import type { World } from './world.ts';

export interface Builds {
  readonly count: number;
  /** From the word to the end of the last one. */
  readonly longestSeconds: number;
}

const BEGIN_MS = 180_000;

export async function beginBuilds(world: World, yard: Yard, { count, longestSeconds }: Builds): Promise<void> {
  await yard.refresh();
  const seconds = Array.from({ length: count }, (_, index) => 2 + (longestSeconds * index) / count);
  await Promise.all(seconds.map((it, index) => submit(world, yard, { tag: `outage-${index + 1}`, seconds: it })));
  // Their own marks: a job is called running a moment before its holder has proof of it.
  await waitFor(async () => (await readdir(world.effects)).length === count, {
    what: 'all builds run',
    timeoutMs: BEGIN_MS,
  });
}

async function submit(world: World, yard: Yard, { tag, seconds }: { tag: string; seconds: number }): Promise<void> {
  const mark = `${world.effects}/$GITYARD_JOB_ID.$GITYARD_TOKEN_NUMBER`;
  const wait = `until [ -e "${wordIn(world)}" ]; do sleep 0.5; done; sleep ${seconds.toFixed(1)}`;
  const script = `echo begun >> "${mark}"; ${wait}; echo built > "$GITYARD_ARTIFACTS/it.txt"; echo ended >> "${mark}"`;
  const job = { command: ['sh', '-c', script], parameters: { tag } };
  const answer = await yard.perform('submit', { id: newId(), job, by: 'observer', now: yard.now() });
  if (!answer.ok) throw new Error(answer.reason);
}

const wordIn = ({ folder }: World): string => join(folder, 'away');

export const giveWord = (world: World): Promise<void> => writeFile(wordIn(world), '');

/** Resolves with false when some have not ended by then. */
export async function allEnded(yard: Yard, { count, limitMs }: { count: number; limitMs: number }): Promise<boolean> {
  const ended = async () => [...(await yard.refresh()).jobs].filter(isFinished).length === count;
  return waitFor(ended, { what: 'all builds have ended', timeoutMs: limitMs }).catch(() => false);
}

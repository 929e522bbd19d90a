import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { endLeftovers, endLostBuild } from './leftovers.ts';
import { factsOf, startOf } from './proc.ts';

const graceMs = 300;
const FOR_EVER = 'echo ready; while :; do sleep 1; done';

describe('leftovers', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** A program in a group of its own, as those of a build are; resolves when it runs. */
  async function running(script: string, environment: Record<string, string> = {}) {
    const child = spawn('sh', ['-c', script], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    children.push(child);
    await once(child.stdout, 'data');
    const id = child.pid ?? Number.NaN;
    return {
      id,
      noted: { group: id, started: startOf(id) },
      isAlive: async () => /[^ZX]/.test((await factsOf(id))?.state ?? 'X'),
    };
  }

  it('are ended below a build root, wherever they went, and whether they heed TERM or not', async () => {
    const folder = temporaryFolder();
    const marked = { GITYARD_WORKSPACE: join(folder, 'workspaces', 'b1-1', 'source') };
    const heeding = await running(FOR_EVER, marked);
    const stubborn = await running(`trap "" TERM; ${FOR_EVER}`, marked);

    expect(await endLeftovers({ folder, processes: [], graceMs })).toBeGreaterThanOrEqual(2);

    expect(await Promise.all([heeding.isAlive(), stubborn.isAlive()])).toEqual([false, false]);
  });

  it('are ended by their group when they hid their environment', async () => {
    const hiding = await running(`trap "" TERM; sh -c '${FOR_EVER}' & wait; wait`);

    expect(await endLeftovers({ folder: temporaryFolder(), processes: [hiding.noted], graceMs })).toBe(1);

    expect(await hiding.isAlive()).toBe(false);
  });

  it('are nobody else: neither who got a noted id later, nor who works below another root', async () => {
    const folder = temporaryFolder();
    const later = await running(FOR_EVER);
    const other = await running(FOR_EVER, { GITYARD_WORKSPACE: `${folder}-too/workspaces/b1-1/source` });
    const processes = [
      { group: later.id, started: later.noted.started?.replace(/\d$/, (digit) => `${(Number(digit) + 1) % 10}`) ?? '' },
      { group: other.id, started: null },
    ];

    expect(await endLeftovers({ folder, processes, graceMs })).toBe(0);

    expect(await Promise.all([later.isAlive(), other.isAlive()])).toEqual([true, true]);
  });

  it('of one lost build are ended, and its next try goes on', async () => {
    // Whoever has these marks is ended, wherever on the machine: nobody else may bear the name.
    const agent = `mac-${process.pid}`;
    const build = { GITYARD_AGENT: agent, GITYARD_JOB_ID: 'b1' };
    const lost = await running(FOR_EVER, { ...build, GITYARD_TOKEN_NUMBER: '1' });
    const next = await running(FOR_EVER, { ...build, GITYARD_TOKEN_NUMBER: '2' });

    await endLostBuild({ agent, job: 'b1', token: 1, graceMs });

    expect(await Promise.all([lost.isAlive(), next.isAlive()])).toEqual([false, true]);
  });
});

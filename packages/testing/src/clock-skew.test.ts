/** Machines whose clocks are wrong, over real HTTP: what counts is the clock of the server, which they all can see. */
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { systemPorts } from '@gityard/store';
import { createYard, openYard, type Yard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';

const MINUTE_MS = 60_000;

describe('clock skew', () => {
  let folder: TemporaryFolder;
  let server: GitServer;
  const open: Yard[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
    server = await startGitServer({ root: join(folder.path, 'git') });
    await server.createRepository('yard');
    await createYard({ address: server.urlOf('yard'), actor: 'founder' });
  });
  afterEach(async () => {
    for (const yard of open.splice(0)) await yard.close();
    await server.close();
    await folder.remove();
  });

  async function machine(actor: string, aheadMinutes: number): Promise<Yard> {
    const ports = { ...systemPorts, wallMs: () => Date.now() + aheadMinutes * MINUTE_MS };
    const yard = openYard({ address: server.urlOf('yard'), actor, ports });
    open.push(yard);
    await yard.refresh();
    return yard;
  }

  const acquire = (yard: Yard, now = yard.now()) =>
    yard.perform('acquire', {
      name: 'deploy',
      holder: yard.actor,
      ttlMs: 5 * MINUTE_MS,
      waitUntil: null,
      reason: null,
      now,
    });

  it.each([
    ['a machine that is ahead', 0, 9],
    ['a machine, from one that is behind', -9, 0],
    ['machines that are off in both directions', -10, 10],
  ])('does not give a held lock to %s', async (_, first, second) => {
    const [a, b] = [await machine('a', first), await machine('b', second)];

    expect(await acquire(a)).toMatchObject({ ok: true, result: { held: true, token: 1 } });

    expect(await acquire(b)).toMatchObject({ ok: false, code: 'LOCK_HELD' });
    const stamp = a.state.locks.get('deploy')?.holders[0]?.acquiredAt ?? '';
    expect(Math.abs(Date.parse(stamp) - Date.now())).toBeLessThan(MINUTE_MS);
  });

  it('would give it away by the clocks of the machines alone', async () => {
    const [a, b] = [await machine('a', 0), await machine('b', 9)];
    await acquire(a);

    const own = new Date(Date.now() + 9 * MINUTE_MS).toISOString();

    expect(await acquire(b, own)).toMatchObject({ ok: true, result: { held: true, token: 2 } });
  });
});

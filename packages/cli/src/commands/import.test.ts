/** The import through the real program: what it prints, how it exits, and that the audit finds what is forged. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePredecessor, type Predecessor, startNode } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';

let world: World;
let predecessor: Predecessor;
beforeAll(async () => {
  world = await makeWorld();
  predecessor = await makePredecessor(world.folder, { losses: [12] });
});
afterAll(() => world.remove());

interface Told {
  readonly total: Record<string, number>;
  readonly kinds: Record<string, Record<string, number>>;
  readonly commits: readonly string[];
}

describe('import', () => {
  it('takes over, tells how much of what, and writes the whole report down', async () => {
    const dry = await world.json<Told>(['import', predecessor.path, '--dry-run']);
    const told = await world.json<Told>(['import', predecessor.path, '--report', 'import.md', '--reason', 'we move']);

    expect(dry.total).toEqual(told.total);
    expect(dry.commits).toEqual([]);
    expect(told.commits).toHaveLength(1);
    expect(told.kinds.message).toMatchObject({ imported: 50, quarantined: 0 });
    expect(await readFile(join(world.folder, 'import.md'), 'utf8')).toContain('| message | 50 | 0 | 0 | 0 | 0 | 0 |');
    expect(await world.json(['log'])).toMatchObject([
      { operation: 'import', agent: 'tester', reason: 'we move' },
      { operation: 'begin' },
    ]);
    expect(await world.json(['audit'])).toMatchObject({ ok: true, operations: 1 });
  });

  it('does nothing the second time, and then finds in the history what was lost', async () => {
    expect((await world.json<Told>(['import', predecessor.path])).commits).toEqual([]);
    const { code, stdout } = await world.run(['import', predecessor.path, '--history', '--report', 'import.json']);

    expect(code).toBe(0);
    expect(stdout).toContain('12 recovered that');
    expect(JSON.parse(await readFile(join(world.folder, 'import.json'), 'utf8'))).toMatchObject({
      kinds: { message: { imported: 12, recovered: 12, unchanged: 50 } },
    });
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('shows nobody as alive and starts nothing', async () => {
    const agents = await world.json<{ health: string; status: string }[]>(['agent', 'list']);
    const jobs = await world.json<{ status: string }[]>(['job', 'list', '--status', 'queued']);

    expect(agents.map((it) => [it.status, it.health])).toEqual(agents.map(() => ['Maintenance', 'unknown']));
    expect(jobs.length).toBeGreaterThan(0);
    expect((await world.run(['job', 'next', '--agent', 'build1'])).code).not.toBe(0);
  });

  it('exits 1 when something needs a look, 7 when nothing can be read, 3 and 2 when asked for nonsense', async () => {
    const damaged = join(world.folder, 'damaged', 'coordination');
    await mkdir(damaged, { recursive: true });
    await writeFile(
      join(damaged, 'messages.json'),
      '[{"id": "m1", "from": "a", "to": "b", "body": "x", "timestamp": 1763000000}, {"id":',
    );
    const exits = async (...words: string[]) => (await world.run(['import', ...words])).code;

    expect(await exits(join(world.folder, 'damaged'))).toBe(7);
    await writeFile(join(damaged, 'jobs.json'), '[{"id": "j9", "status": "failed", "created_at": 1763000000}]');
    expect(await exits(join(world.folder, 'damaged'))).toBe(1);
    expect(await exits(join(world.folder, 'damaged'), '--repair')).toBe(0);
    expect(await exits(join(world.folder, 'nowhere'))).toBe(3);
    expect(await exits(predecessor.path, '--ref', '--output=x')).toBe(2);
    expect(await exits()).toBe(2);
  });

  it('is killed in the middle, run again, and leaves nothing out and nothing twice', async () => {
    const fresh = await makeWorld();
    try {
      const large = await makePredecessor(fresh.folder, { messages: 1800, pace: 300 });
      const env = { HOME: fresh.folder, GITYARD_YARD: fresh.yard, GITYARD_AGENT: 'tester' };
      // The second of its commits never comes through.
      const hook = join(fresh.yard, 'hooks/pre-receive');
      await writeFile(hook, '#!/bin/sh\n[ -e one-came ] && exec sleep 600\ntouch one-came\n', { mode: 0o755 });
      const first = startNode(PROGRAM, ['import', large.path], { env, cwd: fresh.folder });
      await first.waitForLine(/more were written/);
      await first.dispose();
      await rm(hook);

      const told = await fresh.json<Told>(['import', large.path]);

      const { imported = 0, unchanged = 0 } = told.kinds.message ?? {};
      expect(imported + unchanged).toBe(1802);
      expect(unchanged).toBeGreaterThan(0);
      expect(imported).toBeGreaterThan(0);
      expect((await fresh.json<Told>(['import', large.path])).commits).toEqual([]);
      expect(await fresh.json(['audit'])).toMatchObject({ ok: true });
    } finally {
      await fresh.remove();
    }
  });

  it('is the only way by which something comes that bears its mark', async () => {
    const forged = {
      id: 'forged',
      from: 'build1',
      to: 'all',
      sentAt: '2025-11-13T04:00:00Z',
      importedFrom: { source: 'predecessor', id: 'forged', digest: '0123456789abcdef' },
    };
    await world.edit({ 'shared/messages/cc/forged.json': JSON.stringify(forged) });

    expect(await world.json(['audit'])).toMatchObject({ ok: false, firstViolation: { rule: 'import-message' } });
  });
});

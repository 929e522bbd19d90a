import { MemoryRemote } from '@gityard/store';
import { afterEach, describe, expect, it } from 'vitest';
import { createYard } from './create-yard.ts';
import { auditYard } from './history/audit.ts';
import { readLog } from './history/log.ts';
import { openYard } from './open-yard.ts';
import type { Operation } from './writing/compose.ts';
import type { Yard } from './yard.ts';

const now = '2026-03-01T12:00:00Z';
const open: Yard[] = [];
afterEach(async () => {
  for (const yard of open.splice(0)) await yard.close();
});

async function relay() {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  const connect = async (actor: string): Promise<Yard> => {
    const yard = openYard({ address: remote.transport(), actor });
    open.push(yard);
    await yard.refresh();
    return yard;
  };
  return { connect, yard: await connect('relay') };
}

const add = (id: string): Operation => ({
  name: 'submit',
  input: { id, job: { command: ['true'] }, by: 'ada', now },
});
const mac = { actor: 'mac', boot: 'b1' };
const linux = { actor: 'linux', boot: 'b7' };

describe('operations that are performed for somebody else', () => {
  it('share a commit, each counted under the name of who asked', async () => {
    const { yard } = await relay();

    const [ofMac, ofLinux] = await Promise.all([
      yard.performFor({ ...mac, request: 1 }, [add('j1'), add('j2')]),
      yard.performFor({ ...linux, request: 1 }, [add('j3')]),
    ]);

    expect(ofMac).toMatchObject([
      { ok: true, result: { id: 'j1' }, commit: yard.head },
      { ok: true, result: { id: 'j2' }, commit: yard.head },
    ]);
    expect(ofLinux).toMatchObject([{ ok: true, commit: yard.head }]);
    expect((await readLog(yard)).slice(0, 3).map((it) => it.transaction)).toEqual([
      'linux.b7.1',
      'mac.b1.2',
      'mac.b1.1',
    ]);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 3 });
  });

  it('are applied once, whoever brings them again', async () => {
    const { yard, connect } = await relay();
    await yard.performFor({ ...mac, request: 1 }, [add('j1')]);

    const again = await (await connect('mac-itself')).performFor({ ...mac, request: 1 }, [add('j2')]);

    expect(again).toBe('applied-before');
    expect((await yard.refresh()).jobs.size).toBe(1);
  });

  it('are applied once also when their asker has written by itself meanwhile', async () => {
    const { yard, connect } = await relay();
    const itself = await connect('mac');
    const from = { actor: 'mac', boot: itself.boot, request: 1 };
    await itself.performFor(from, [add('j1')]);
    await itself.perform('submit', { id: 'j2', job: { command: ['true'] }, by: 'ada', now });

    expect(await yard.performFor(from, [add('j3')])).toBe('applied-before');
  });

  it('are known by their boot: another life begins to count anew', async () => {
    const { yard } = await relay();
    await yard.performFor({ ...mac, request: 9 }, [add('j1')]);

    const next = await yard.performFor({ actor: 'mac', boot: 'b2', request: 1 }, [add('j2')]);

    expect(next).toMatchObject([{ ok: true }]);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 2 });
  });

  it('are too late once the agent that asked lives another life, and writes in it', async () => {
    const { yard } = await relay();
    const registering = (boot: string): Operation => {
      const agent = { id: 'mac', host: 'h', boot, allows: { commands: true, repositories: [] } };
      return { name: 'register', input: { agent, replaces: null, now } };
    };
    await yard.performFor({ ...mac, request: 1 }, [registering('b1')]);
    await yard.performFor({ actor: 'mac', boot: 'b2', request: 1 }, [registering('b2')]);

    expect(await yard.performFor({ ...mac, request: 1 }, [registering('b1')])).toBe('applied-before');
    expect(await yard.performFor({ ...mac, request: 2 }, [add('j1')])).toBe('applied-before');
    expect(yard.state.agents.get('mac')?.boot).toBe('b2');
    expect(yard.state.jobs.size).toBe(0);
  });

  it('may be of two lives of one asker in one commit', async () => {
    const { yard } = await relay();
    await Promise.all([
      yard.performFor({ ...mac, request: 4 }, [add('j1')]),
      yard.performFor({ actor: 'mac', boot: 'b2', request: 1 }, [add('j2')]),
    ]);

    expect(await auditYard(yard)).toMatchObject({ ok: true, commits: 2, operations: 2 });
  });

  it('are each answered by itself: one that is refused does not sink the others', async () => {
    const { yard } = await relay();
    const answers = await yard.performFor({ ...mac, request: 1 }, [add('j1'), add('j1'), add('j2')]);

    expect(answers).toMatchObject([{ ok: true }, { ok: false, code: 'DUPLICATE_ID' }, { ok: true }]);
  });

  it('leave a note of those that were refused, for whoever did not hear the answer', async () => {
    const { yard } = await relay();
    await yard.performFor({ ...mac, request: 1 }, [add('j1'), add('j1'), add('j2')]);
    expect(yard.state.actors.get('mac')).toMatchObject({ request: 1, refused: [{ at: 1, code: 'DUPLICATE_ID' }] });

    await yard.performFor({ ...mac, request: 2 }, [add('j3')]);

    expect(yard.state.actors.get('mac')).not.toHaveProperty('refused');
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('do not count as asked for when all of them were refused', async () => {
    const { yard } = await relay();
    await yard.performFor({ ...mac, request: 1 }, [add('j1')]);
    await yard.performFor({ ...mac, request: 2 }, [add('j1')]);

    expect(await yard.performFor({ ...mac, request: 2 }, [add('j2')])).toMatchObject([{ ok: true }]);
  });
});

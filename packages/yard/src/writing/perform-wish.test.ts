import { MemoryRemote } from '@gityard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { auditYard } from '../history/audit.ts';
import { readLog } from '../history/log.ts';
import { newId } from '../ids.ts';
import { openYard } from '../open-yard.ts';
import type { Yard } from '../yard.ts';
import { performWish } from './perform-wish.ts';
import { receiptsWith } from './receipts.ts';

let yard: Yard;
let other: Yard;
beforeEach(async () => {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  [yard, other] = ['page', 'ada'].map((actor) => openYard({ address: remote.transport(), actor })) as [Yard, Yard];
  await yard.refresh();
});
afterEach(() => Promise.all([yard.close(), other.close()]));

const ALL = { repositories: ['*'], commands: true };
const job = { command: ['true'] } as never;
const submit = (id = newId()) => performWish(yard, { wish: job, id, by: 'dashboard' });
const command = (op: string, target: string, expected: Record<string, string> = {}) =>
  performWish(yard, { wish: { op, target, args: {}, if: expected } as never, id: newId(), by: 'dashboard' });

describe('perform-wish', () => {
  it('puts a job into the queue, once for each id', async () => {
    const first = await submit('j1');
    const again = await submit('j1');

    expect(first).toEqual({ ok: true, id: 'j1', commit: yard.head });
    expect(again).toEqual({ ok: true, id: 'j1', commit: null });
    expect(yard.state.jobs.get('j1')).toMatchObject({ status: 'queued', submittedBy: 'dashboard' });
  });

  it('does what a command says under the name of that operation, and the history holds', async () => {
    await submit('j1');

    await command('cancel', 'j1', { status: 'queued' });

    expect(yard.state.jobs.get('j1')?.status).toBe('cancelled');
    expect((await readLog(yard, 2)).map((row) => [row.operation, row.job, row.agent, row.by])).toEqual([
      ['cancel', 'j1', 'page', 'dashboard'],
      ['submit', 'j1', 'page', 'dashboard'],
    ]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('does once what was asked for under a key, whoever is asked again, and knows the last hundred keys', async () => {
    const retry = (by: Yard, target: string, id = 'k1') =>
      performWish(by, {
        ...{ wish: { op: 'retry', target, args: {}, if: {} } as never, id: newId(), by: 'dashboard' },
        receipt: { id, of: target },
      });
    for (const id of ['j1', 'j2']) {
      await submit(id);
      await command('cancel', id);
    }

    const first = await retry(yard, 'j1');
    await command('cancel', 'j1');
    await other.refresh();
    const again = [await retry(other, 'j1'), await retry(other, 'j2')];

    expect(first).toEqual({ ok: true, commit: expect.any(String) });
    expect(again).toEqual([{ ok: true, commit: null }, expect.objectContaining({ ok: false, code: 'CONFLICT' })]);
    expect(['j1', 'j2'].map((id) => other.state.jobs.get(id)?.status)).toEqual(['cancelled', 'cancelled']);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
    const { receipts } = other.state.actors.get('page') ?? {};
    expect(receipts).toEqual(['k1.j1']);
    expect(receiptsWith({ id: 'k2', of: 'x' }, { receipts: Array(100).fill('a.b') } as never)).toHaveLength(100);
  });

  it('judges the expectation by the state that is there when it is done, not by the one that was seen', async () => {
    await submit('j1');
    await other.refresh();
    await other.perform('pause', { jobId: 'j1', by: 'ada', reason: null, until: null, now: other.now() });
    await other.perform('prioritise', { jobId: 'j1', priority: 1, reason: null, now: other.now() });

    const outcome = await command('cancel', 'j1', { priority: '5' });

    expect(outcome).toMatchObject({ ok: false, code: 'CONFLICT', reason: 'cancel j1: priority is 1, not 5' });
    expect(yard.state.jobs.get('j1')?.status).toBe('queued');
  });

  it('judges whose job it is by that state too, also of a job and of a namespace that were not seen yet', async () => {
    const now = other.now();
    const within = ['team-a'];
    await other.perform('submit', { id: 'j1', job: { command: ['true'] } as never, by: 'ada', now });
    const ofTeam = { repository: 'https://git.example/a/app', command: ['true'] };
    await other.perform('submit', { id: 'j2', job: ofTeam as never, by: 'ada', now });
    await other.perform('set-namespace', {
      name: 'team-a',
      wish: { repositories: ['https://git.example/a/*'] },
      reason: null,
      now,
    });
    const asked = { id: newId(), by: 'team', within };
    const cancel = (target: string) =>
      performWish(yard, { ...asked, wish: { op: 'cancel', target, args: {}, if: {} } as never });

    expect(await cancel('j1')).toMatchObject({ ok: false, code: 'DENIED' });
    expect(await performWish(yard, { ...asked, wish: job })).toMatchObject({ ok: false, code: 'DENIED' });
    expect(await cancel('j2')).toMatchObject({ ok: true });
  });

  it('strikes an agent off by force, and what it held waits for another, all in one commit', async () => {
    const now = yard.now();
    await yard.perform('register', {
      agent: { id: 'mac', host: 'mac', boot: 'boot', allows: ALL },
      replaces: null,
      now,
    });
    await submit('j1');
    await yard.perform('claim', { agentId: 'mac', boot: 'boot', now });
    const strike = (args: object, expected = {}) =>
      performWish(yard, { wish: { op: 'remove', target: 'mac', args, if: expected } as never, id: newId(), by: 'ada' });

    expect(await strike({})).toMatchObject({ ok: false, code: 'CONFLICT', refs: ['j1'] });
    expect(await strike({ force: true }, { pool: 'Mars' })).toMatchObject({ ok: false, code: 'CONFLICT' });
    expect(await strike({ force: true, reason: 'sold' })).toMatchObject({ ok: true, commit: yard.head });

    expect(yard.state.agents.size).toBe(0);
    expect(yard.state.jobs.get('j1')).toMatchObject({ status: 'queued', agent: null, token: 1 });
    expect((await readLog(yard, 2)).map(({ operation, by, reason }) => [operation, by, reason])).toEqual([
      ['remove', 'ada', 'sold'],
      ['claim', null, null],
    ]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('answers what a rule forbids with its reason', async () => {
    expect(await command('cancel', 'nobody')).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await command('break-lock', 'db')).toMatchObject({ ok: false });
    expect(await performWish(yard, { wish: {} as never, id: 'j2', by: 'dashboard' })).toMatchObject({
      ok: false,
      code: 'INVALID_DATA',
    });
  });
});

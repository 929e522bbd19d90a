import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditYard } from './history/audit.ts';
import { readLog } from './history/log.ts';
import { newId } from './ids.ts';
import { type Scene, scene } from './spec/scene.ts';
import type { Yard } from './yard.ts';

const now = '2026-03-02T12:00:00.000Z';

let world: Scene;
let yard: Yard;
beforeEach(async () => {
  world = await scene();
  yard = await world.start('mac');
});
afterEach(() => world.close());

async function takeUpAll() {
  await yard.refresh();
  for (const { path, blob, wishes } of [...yard.state.queue])
    await yard.perform('take-up', { path, blob, ids: wishes.map(() => newId()), by: 'ann', now });
}

describe('the inbox', () => {
  it('takes files of a folder up, each for itself, and answers beside them', async () => {
    await world.person.commit('Nightly builds', {
      'queue/nightly/one.json': '{"command": ["make", "one"]}',
      'queue/nightly/two.json': '[{"command": ["make", "two"]}, {"command": ["make", "three"]}]',
      'queue/nightly/bad.json': '{"command": []}',
      'queue/nightly/deep/er.json': '{"command": ["make"]}',
    });

    await takeUpAll();

    expect(yard.state.jobs.size).toBe(3);
    expect(yard.paths('queue/nightly/')).toEqual([
      'queue/nightly/bad.error.md',
      'queue/nightly/bad.json',
      'queue/nightly/deep/er.json',
    ]);
    expect(await world.person.read('queue/nightly/bad.error.md')).toMatch(
      /nightly\/bad\.json was not taken up.*at least 1 entry/s,
    );
    expect([...yard.state.broken]).toMatchObject([
      { path: 'queue/nightly/deep/er.json', reason: expect.stringContaining('in a folder of it') },
    ]);
    const { head } = yard;
    await takeUpAll();
    expect(yard.head).toBe(head);

    await world.person.commit('Mended', { 'queue/nightly/bad.json': '{"command": ["make", "four"]}' });
    await takeUpAll();

    expect([yard.state.jobs.size, yard.paths('queue/nightly/')]).toEqual([4, ['queue/nightly/deep/er.json']]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('takes a thousand jobs of one file up in one commit, and no more', async () => {
    const wishes = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, at) => ({ command: ['make', `${at}`] })));
    await world.person.commit('Many', { 'queue/many.json': wishes(1000), 'queue/more.json': wishes(1001) });
    const { length: before } = await readLog(yard);

    await takeUpAll();

    expect(yard.state.jobs.size).toBe(1000);
    expect(await world.person.read('queue/more.error.md')).toContain('asks for 1001 things; 1000 are the most');
    expect((await readLog(yard)).length - before).toBe(2);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('does a command only while the target is as it says', async () => {
    await world.person.commit('One', { 'queue/one.json': '{"command": ["make"]}' });
    await takeUpAll();
    const [job] = [...yard.state.jobs];
    const cancel = { op: 'cancel', target: job?.id, args: { reason: 'not needed' } };
    await world.person.commit('If', {
      'queue/late.json': JSON.stringify({ ...cancel, if: { status: 'running' } }),
      'queue/team/right.json': JSON.stringify({ ...cancel, if: { status: 'queued', priority: '5' } }),
    });

    await takeUpAll();

    expect(yard.state.jobs.get(job?.id ?? '')).toMatchObject({
      status: 'cancelled',
      cancelRequested: { reason: 'not needed' },
    });
    expect(await world.person.read('queue/late.error.md')).toContain('status is queued, not running');
    expect(yard.paths('queue/team/')).toEqual([]);
  });
});

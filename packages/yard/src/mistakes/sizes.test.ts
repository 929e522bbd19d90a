/** Files that are too large, and far too many: the yard is read as before, and what is not its own is not loaded. */
import { afterEach, describe, expect, it } from 'vitest';
import { auditYard } from '../history/audit.ts';
import { type Hand, handMadeYard } from '../spec/hand.fixture.ts';
import { submitted } from '../spec/scene.ts';

const now = '2026-03-01T12:00:00Z';
let hand: Hand;
afterEach(() => hand.close());

describe('a file of a hundred megabytes', () => {
  it.each([
    ['that the server can keep back', { 'uploadpack.allowFilter': 'true' }],
    ['that the server cannot keep back', {}],
  ])('%s is told of where it is ours, and not loaded', async (_, settings) => {
    hand = await handMadeYard(settings);
    const huge = Buffer.alloc(100_000_000, 'x');
    const yard = await hand.start('mac');
    const oid = await hand.git(['hash-object', '-w', '--stdin'], huge);
    await hand.commit('Oops', [
      { path: 'shared/locks/huge.json', oid },
      { path: 'notes/huge.bin', oid },
    ]);

    await yard.refresh();
    const late = await hand.start('late');

    for (const it of [yard, late]) {
      expect(it.state.broken.get('shared/locks/huge.json')).toMatchObject({ code: 'TOO_LARGE' });
      expect(it.read('notes/huge.bin')).toBeUndefined();
    }
    await submitted(late, 'j1', now);
    expect(await hand.paths()).toContain('notes/huge.bin');
    expect(await auditYard(late)).toMatchObject({ ok: true });
  });
});

describe('five thousand files', () => {
  it('in one folder are read, those of the inbox taken up one after the other', async () => {
    hand = await handMadeYard();
    const yard = await hand.start('mac');
    const oid = await hand.git(['hash-object', '-w', '--stdin'], '{ "command": ["true"] }\n');
    const numbers = Array.from({ length: 5_000 }, (_, at) => at);
    await hand.commit('So many', [
      ...numbers.map((at) => ({ path: `queue/w${at}.json`, oid })),
      ...numbers.map((at) => ({ path: `notes/n${at}.json`, oid })),
    ]);

    const state = await yard.refresh();
    const [first] = state.queue;
    const taken = await yard.perform('take-up', { path: first?.path ?? '', blob: oid, ids: ['j1'], by: 'ada', now });

    expect([state.queue.size, taken.ok, yard.state.queue.size]).toEqual([5_000, true, 4_999]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });
});

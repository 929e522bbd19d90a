/** What people do to the branch itself. Whoever has seen it stops, goes on showing what it saw, and makes no branch anew. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BRANCH, type Hand, handMadeYard } from '../spec/hand.fixture.ts';
import { submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';

const now = '2026-03-01T12:00:00Z';

describe('a branch that a person', () => {
  let hand: Hand;
  let yard: Yard;
  beforeEach(async () => {
    hand = await handMadeYard();
    yard = await hand.start('mac');
    for (const id of ['j1', 'j2']) await submitted(yard, id, now);
  });
  afterEach(() => hand.close());

  it.each<[string, string, () => Promise<unknown>]>([
    ['forced back to an older commit', 'HISTORY_REWRITTEN', () => hand.moveTo(`${BRANCH}~1`)],
    [
      'forced back, with other commits on it',
      'HISTORY_REWRITTEN',
      async () =>
        hand.commit('After all', [{ path: 'notes.txt', content: 'x' }], [await hand.git(['rev-parse', `${BRANCH}~1`])]),
    ],
    [
      'replaced by another history',
      'HISTORY_REWRITTEN',
      () => hand.commit('Anew', [{ path: 'yard.json', content: '{}' }], []),
    ],
    [
      'amended',
      'HISTORY_REWRITTEN',
      async () => hand.commit('Better words', [], [await hand.git(['rev-parse', `${BRANCH}~1`])]),
    ],
    ['removed', 'BRANCH_MISSING', () => hand.git(['update-ref', '-d', BRANCH])],
    ['renamed', 'BRANCH_MISSING', () => hand.git(['branch', '-m', 'yard', 'farm'])],
  ])('%s is not taken for the yard, and comes back as it was', async (_, code, act) => {
    const before = await hand.head();
    await act();
    const after = await hand.git(['for-each-ref', '--format=%(refname) %(objectname)']);

    await expect(yard.refresh()).rejects.toMatchObject({ code });
    await expect(submitted(yard, 'j3', now)).rejects.toMatchObject({ code });

    expect(await hand.git(['for-each-ref', '--format=%(refname) %(objectname)'])).toBe(after);
    expect([...yard.state.jobs].map((it) => it.id).sort()).toEqual(['j1', 'j2']);
    await hand.moveTo(before);
    await submitted(yard, 'j3', now);
    expect(yard.state.jobs.size).toBe(3);
  });

  it('forced back is the yard for programs that start afterwards, which go on from there', async () => {
    await hand.moveTo(`${BRANCH}~1`);
    const late = await hand.start('late');

    await submitted(late, 'j3', now);

    expect([...late.state.jobs].map((it) => it.id).sort()).toEqual(['j1', 'j3']);
  });

  it('removed is made anew by nobody who starts afterwards', async () => {
    await hand.git(['update-ref', '-d', BRANCH]);

    await expect(hand.start('late')).rejects.toMatchObject({ code: 'BRANCH_MISSING' });
    expect(await hand.git(['for-each-ref', BRANCH])).toBe('');
  });
});

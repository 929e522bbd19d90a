/** The part of the contract about what others do to us: rivals, hooks, lost answers, and callers who change their mind. */
import { expect, it } from 'vitest';

import { blobsOf, commit, commitsOf, landed, push, REF, reasonOf, sortOf } from './kit.ts';
import type { Ability, Connected } from './world.ts';

export function rivalsContract(here: () => Connected, can: (ability: Ability) => boolean): void {
  it('does not begin what was called off', async () => {
    const { transport } = here();
    const signal = AbortSignal.abort(new Error('called off'));
    const { objects, snapshot } = commit({ 'a.json': '1' });
    const updates = [{ ref: REF, expected: null, next: snapshot.commit }];

    await expect(transport.fetchRef({ ref: REF, have: [], signal })).rejects.toThrow('called off');
    await expect(transport.push({ updates, objects, signal })).rejects.toThrow('called off');
    expect(await transport.readRefs([REF])).toEqual(new Map());
  });

  if (can('pushByHand')) {
    it('loses against another client that was faster, and gets its commit', async () => {
      const { transport, world } = here();
      const base = await landed(transport, commit({ 'a.json': '1' }));
      const rival = await world.pushByHand?.(REF, 'by-hand.json', 'from a person');

      const outcome = await push(transport, commit({ 'a.json': '2' }, base));
      const fetched = await transport.fetchRef({ ref: REF, have: [base.commit] });

      expect(sortOf(outcome)).toBe('conflict');
      expect(commitsOf(fetched)).toEqual([rival]);
      expect(blobsOf(fetched)).toEqual(['from a person']);
    });
  }

  if (can('decline')) {
    it('tells a refusal from a lost race, with the words of the server', async () => {
      const { transport, world } = here();
      const base = await landed(transport, commit({ 'a.json': '1' }));
      await world.decline?.('only on weekdays');

      const outcome = await push(transport, commit({ 'a.json': '2' }, base));

      expect(sortOf(outcome)).toBe('refused');
      expect(reasonOf(outcome)).toMatch(/declined.*only on weekdays|only on weekdays/s);
    });
  }

  if (can('loseNextReply')) {
    it('calls a push unclear whose answer was lost, though it landed', async () => {
      const { transport, world } = here();
      const attempt = commit({ 'a.json': '1' });
      await world.loseNextReply?.();

      const outcome = await push(transport, attempt);

      expect(outcome.kind).toBe('unclear');
      const fetched = await transport.fetchRef({ ref: REF, have: [] });
      expect(fetched.objects.map((it) => it.oid)).toContain(attempt.snapshot.tree);
      expect(commitsOf(fetched)).toEqual([fetched.head]);
    });
  }
}

/** What may be asked of the locks in a story: by whoever is about, sometimes under a name or a token that is none. */
import type { InputOf } from '../operations/list.ts';
import { after } from '../time.ts';
import type { Setting } from './move.ts';
import { aPerson } from './talk.ts';

export const aLockName = ({ dice }: Setting): string => dice.one(['l1', 'l2', 'l3']);

export function anAcquisition(it: Setting): InputOf<'acquire'> {
  const { dice, now } = it;
  return {
    name: dice.rarely(12) ? 'No Name' : aLockName(it),
    holder: dice.rarely(12) ? 'job/j1' : aPerson(it),
    ttlMs: dice.one([60_000, 600_000]),
    count: dice.one([1, 1, 2, 0]),
    waitUntil: dice.one([null, after(now, 600_000)]),
    reason: null,
    now,
  };
}

export function aHolding(it: Setting) {
  const name = aLockName(it);
  const held = it.state.locks.get(name)?.holders.find((holder) => !holder.holder.startsWith('job/'));
  const token = it.dice.one([held?.token ?? null, null, 1]);
  return { name, holder: held?.holder ?? aPerson(it), token };
}

export const aRecovery = (it: Setting): InputOf<'recover'> => ({
  name: aLockName(it),
  limitMs: it.dice.one([null, 0, 600_000]),
  messageIds: [it.id, `${it.id}a`],
  by: 'a1',
  reason: null,
  now: it.now,
});

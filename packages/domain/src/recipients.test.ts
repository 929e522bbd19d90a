import { describe, expect, it } from 'vitest';
import { isUnread, missingAcks } from './recipients.ts';
import { minutesAfterNoon, noon, world } from './spec/world.ts';
import type { State } from './state.ts';

const m1 = ({ messages }: State) => {
  const message = messages.get('m1');
  if (!message) throw new Error('the spec put no message m1');
  return message;
};
const unread = (state: State, reader: string) => isUnread(state, m1(state), reader, noon);

describe('recipients', () => {
  it('are whom the message names, in any spelling', () => {
    const { state } = world().message('m1', { from: 'mac', to: 'Ann Lee' });

    expect(['Ann Lee', 'ann-lee', 'ANN-LEE', 'ann', 'mac'].filter((it) => unread(state, it))).toEqual([
      'Ann Lee',
      'ann-lee',
      'ANN-LEE',
    ]);
  });

  it('are the members of the role that it names', () => {
    const { state } = world()
      .yard({ roles: { Ops: ['pc', 'Ann'] } })
      .message('m1', { from: 'mac', to: 'ops' });

    expect(['pc', 'ann', 'bob', 'mac'].filter((it) => unread(state, it))).toEqual(['pc', 'ann']);
  });

  it('of a role owe nothing for what they sent themselves', () => {
    const roles = { ops: ['ann', 'bob'] };
    const { state } = world().yard({ roles }).message('m1', { from: 'ann', to: 'ops', ackBy: noon });

    expect(missingAcks(state, m1(state), noon)).toEqual(['bob']);
  });

  it('are all but the sender', () => {
    const { state } = world().message('m1', { from: 'Mac', to: 'all' });

    expect(['pc', 'mac'].filter((it) => unread(state, it))).toEqual(['pc']);
  });

  it('have nothing to read once it expired, or once they have read', () => {
    const expired = world().message('m1', { from: 'mac', to: 'pc', expiresAt: minutesAfterNoon(-1) }).state;
    const read = world().message('m1', { from: 'mac', to: 'PC', readBy: { pc: noon } }).state;

    expect(unread(expired, 'pc')).toBe(false);
    expect(unread(read, 'pc')).toBe(false);
  });

  it('owe an acknowledgement each, until the message expires', () => {
    const fleet = world().agent('mac').agent('pc').agent('pi');
    const asked = { from: 'mac', to: 'all', ackBy: noon, ackedBy: { pc: noon } };
    const missing = (state: State) => missingAcks(state, m1(state), minutesAfterNoon(5));

    expect(missing(fleet.message('m1', asked).state)).toEqual(['pi']);
    expect(missing(fleet.message('m1', { ...asked, ackBy: null }).state)).toEqual([]);
    expect(missing(fleet.message('m1', { ...asked, expiresAt: noon }).state)).toEqual([]);
  });
});

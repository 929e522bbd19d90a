import { describe, expect, it } from 'vitest';
import { noon, world } from '../spec/world.ts';
import { after } from '../time.ts';
import { connectionState } from './connection.ts';

const config = world().yard({ poll: { seconds: 10 } }).state.yard;

describe('the connection', () => {
  it.each([
    ['DENIED', 'denied'],
    ['REMOTE_INVALID', 'invalid'],
    ['REMOTE_UNREACHABLE', 'offline'],
    ['TIMEOUT', 'offline'],
    ['RATE_LIMITED', 'late'],
  ])('that met %s is %s, however lately the remote was heard of', (trouble, state) => {
    expect(connectionState({ lastContactAt: noon, trouble }, noon, config)).toBe(state);
  });

  it.each([
    [0, 'live'],
    [30, 'live'],
    [31, 'late'],
  ])('whose last answer came %i s ago, with a look every ten, is %s', (seconds, state) => {
    const facts = { lastContactAt: noon, trouble: undefined };
    expect(connectionState(facts, after(noon, seconds * 1000), config)).toBe(state);
  });

  it('is offline before the first answer', () => {
    expect(connectionState({ lastContactAt: null, trouble: undefined }, noon, config)).toBe('offline');
  });
});

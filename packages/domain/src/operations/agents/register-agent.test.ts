import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { registerAgent } from './register-agent.ts';

const agent = { id: 'mac', host: 'mac.example', boot: 'second' };
const alive = world().agent('mac', { boot: 'first' }).beat('mac').state;

describe('register-agent', () => {
  it('enters a new agent with everything unsaid filled in', () => {
    expect(resultOf(registerAgent(world().state, { agent, replaces: null, now: noon }))).toMatchObject({
      id: 'mac',
      pool: 'Linux',
      slots: 1,
      mode: 'active',
      registeredAt: noon,
      allows: { repositories: [], commands: false },
    });
  });

  it('refuses a second daemon while the first gives signs of life', () => {
    expect(registerAgent(alive, { agent, replaces: null, now: noon })).toMatchObject(refusal('DUPLICATE_AGENT'));
  });

  it.each([
    ['was silent long enough', alive, null, minutesAfterNoon(30)],
    ['is known to be dead', alive, 'first', noon],
    ['never gave a sign of life', world().agent('mac', { boot: 'first' }).state, null, noon],
  ] as const)('takes the place of a daemon that %s', (_, state, replaces, now) => {
    expect(resultOf(registerAgent(state, { agent, replaces, now })).boot).toBe('second');
  });

  it('keeps the mode and the day of the first registration over a restart', () => {
    const { state } = world().agent('mac', { mode: 'draining', modeReason: 'new disk' });

    expect(
      resultOf(registerAgent(state, { agent: { ...agent, mode: 'active' }, replaces: null, now: minutesAfterNoon(9) })),
    ).toMatchObject({
      mode: 'draining',
      modeReason: 'new disk',
      registeredAt: noon,
    });
  });

  it('commits nothing for the same registration', () => {
    const input = { agent, replaces: null, now: noon };
    const after = stateAfter(world().state, registerAgent(world().state, input));

    expect(registerAgent(after, { ...input, now: minutesAfterNoon(1) })).toMatchObject(nothingToCommit);
  });

  it('refuses an id that is no file name', () => {
    const input = { agent: { ...agent, id: 'My Mac' }, replaces: null, now: noon };

    expect(registerAgent(world().state, input)).toMatchObject(refusal('INVALID_DATA'));
  });
});

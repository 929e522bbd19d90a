import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { escalateMessage } from './escalate-message.ts';

const late = minutesAfterNoon(61);
const input = { messageId: 'm1', id: 'm2', now: late };
const asked = { from: 'ann', to: 'mac', subject: 'swap the disk', ackBy: minutesAfterNoon(60) };
const { state } = world().message('m1', asked);

describe('escalate-message', () => {
  it('tells all, one step more urgently, in the thread of what was not acknowledged', () => {
    const after = stateAfter(state, escalateMessage(state, input));

    expect(after.messages.get('m2')).toMatchObject({
      from: 'system',
      to: 'all',
      priority: 'high',
      type: 'warning',
      automatic: true,
      subject: 'not acknowledged: swap the disk',
      body: expect.stringContaining('Missing: mac.'),
      replyTo: 'm1',
      ackBy: null,
    });
    expect(after.messages.get('m1')?.followUps).toEqual({ escalation: 'm2' });
  });

  it('tells whom yard.json names, and stays critical where it was', () => {
    const yard = world().yard({ escalation: { to: 'ops' } });
    const { state: critical } = yard.message('m1', { ...asked, priority: 'critical' });

    const after = stateAfter(critical, escalateMessage(critical, input));

    expect(after.messages.get('m2')).toMatchObject({ to: 'ops', priority: 'critical' });
  });

  it('does so once, even where what it sent is not there any more', () => {
    const after = stateAfter(state, escalateMessage(state, input));
    const { state: archived } = world().message('m1', { ...asked, followUps: { escalation: 'm2' } });

    expect(escalateMessage(after, { ...input, id: 'm3' })).toMatchObject(nothingToCommit);
    expect(escalateMessage(archived, { ...input, id: 'm3' })).toMatchObject(nothingToCommit);
  });

  it.each([
    ['before its time', {}, { ...input, now: noon }, 'NOTHING_TO_DO'],
    ['that was acknowledged', { ackedBy: { mac: noon } }, input, 'NOTHING_TO_DO'],
    ['that asks for nothing', { ackBy: null }, input, 'NOTHING_TO_DO'],
    ['that means nothing any more', { expiresAt: noon }, input, 'NOTHING_TO_DO'],
    ['that is not there', {}, { ...input, messageId: 'm9' }, 'NOT_FOUND'],
  ] as const)('refuses one %s', (_, fields, asking, code) => {
    const { state: other } = world().message('m1', { ...asked, ...fields });

    expect(escalateMessage(other, asking)).toMatchObject(refusal(code));
  });
});

import { describe, expect, it } from 'vitest';
import { refusal, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { sendMessage } from './send-message.ts';

const message = { from: 'ann', to: 'mac', subject: 'hello' };
const { state } = world().message('m0');

describe('send-message', () => {
  it('sends with everything unsaid filled in', () => {
    expect(resultOf(sendMessage(state, { id: 'm1', message, now: noon }))).toMatchObject({
      ...message,
      type: 'info',
      priority: 'normal',
      sentAt: noon,
      readBy: {},
    });
  });

  it('takes no receipt from the sender', () => {
    const sly = { ...message, readBy: { mac: noon }, ackedBy: { mac: noon } };

    expect(resultOf(sendMessage(state, { id: 'm1', message: sly, now: noon }))).toMatchObject({
      readBy: {},
      ackedBy: {},
    });
  });

  it.each([
    ['an id that is taken', 'm0', message, 'DUPLICATE_ID'],
    ['a reply to nothing', 'm1', { ...message, replyTo: 'm9' }, 'NOT_FOUND'],
    ['a body beyond all measure', 'm1', { ...message, body: 'x'.repeat(100_001) }, 'INVALID_DATA'],
  ] as const)('refuses %s', (_, id, sent, code) => {
    expect(sendMessage(state, { id, message: sent, now: noon })).toMatchObject(refusal(code));
  });
});

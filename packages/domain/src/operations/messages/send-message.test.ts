import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { type SendMessage, sendMessage } from './send-message.ts';

const message = { from: 'ann', to: 'mac', subject: 'hello' };
const { state } = world().message('m0', { from: 'bob', subject: 'first' });
const sending = (fields: Partial<SendMessage> = {}): SendMessage => ({ id: 'm1', message, now: noon, ...fields });

describe('send-message', () => {
  it('sends with everything unsaid filled in', () => {
    expect(resultOf(sendMessage(state, sending()))).toMatchObject({
      ...message,
      type: 'info',
      priority: 'normal',
      sentAt: noon,
      readBy: {},
      hops: 0,
    });
  });

  it('takes no receipt from the sender, and no depth in a thread but its own', () => {
    const receipts = { readBy: { mac: noon }, ackedBy: { mac: noon }, downloadedBy: { mac: noon } };
    const sly = { ...message, ...receipts, followUps: { escalation: 'm0' }, hops: 0, replyTo: 'm0' };
    const none = { readBy: {}, ackedBy: {}, downloadedBy: {}, followUps: {} };

    expect(resultOf(sendMessage(state, sending({ message: sly })))).toMatchObject({ ...none, hops: 1 });
  });

  it('takes what senders of old wrote: long subjects, long texts, and signs of life', () => {
    const old = { ...message, type: 'heartbeat', subject: 'x'.repeat(500), body: 'x'.repeat(100_000) } as const;

    expect(resultOf(sendMessage(state, sending({ message: old }))).type).toBe('heartbeat');
  });

  it('answers what lies in the archive, where somebody looked there', () => {
    const late = { ...message, replyTo: 'm9' };

    expect(resultOf(sendMessage(state, sending({ message: late, answersArchived: true }))).replyTo).toBe('m9');
  });

  it.each([
    ['an id that is taken', 'm0', message, 'DUPLICATE_ID'],
    ['a reply to nothing', 'm1', { ...message, replyTo: 'm9' }, 'NOT_FOUND'],
    ['a body beyond all measure', 'm1', { ...message, body: 'x'.repeat(100_001) }, 'INVALID_DATA'],
    ['a subject beyond all measure', 'm1', { ...message, subject: 'x'.repeat(501) }, 'INVALID_DATA'],
    ['a file in another folder', 'm1', { ...message, attachment: fileNamed('../../etc/passwd') }, 'INVALID_DATA'],
    ['a file that is hidden', 'm1', { ...message, attachment: fileNamed('.bashrc') }, 'INVALID_DATA'],
    ['a file whose name turns round', 'm1', { ...message, attachment: fileNamed('a\u202egpj.exe') }, 'INVALID_DATA'],
  ] as const)('refuses %s', (_, id, sent, code) => {
    expect(sendMessage(state, sending({ id, message: sent }))).toMatchObject(refusal(code));
  });
});

describe('a message that comes again', () => {
  const first = stateAfter(state, sendMessage(state, sending()));
  const again = (fields: Partial<SendMessage['message']>, now = minutesAfterNoon(4), before = first) =>
    sendMessage(before, sending({ id: 'm2', message: { ...message, ...fields }, now }));

  it('is the first one, and nothing is committed', () => {
    expect(again({})).toMatchObject({ ...nothingToCommit, result: { id: 'm1' } });
    expect(again({ from: 'Ann' })).toMatchObject({ ...nothingToCommit, result: { id: 'm1' } });
    expect(sendMessage(first, sending())).toMatchObject({ ...nothingToCommit, result: { id: 'm1' } });
  });

  it.each([
    ['other words', { body: 'more' }],
    ['another recipient', { to: 'pc' }],
    ['another sender', { from: 'bob' }],
    ['another kind', { type: 'error' }],
    ['a key', { key: 'k1' }],
    ['a file', { attachment: fileNamed('log.txt') }],
  ] as const)('is another one with %s', (_, fields) => {
    expect(resultOf(again(fields)).id).toBe('m2');
  });

  it('is another one when the moment is over, or the first means nothing any more', () => {
    expect(resultOf(again({}, minutesAfterNoon(6))).id).toBe('m2');
    const brief = stateAfter(state, sendMessage(state, sending({ message: { ...message, expiresAt: noon } })));
    expect(resultOf(again({}, minutesAfterNoon(1), brief)).id).toBe('m2');
    const yard = { ...state.yard, messages: { ...state.yard.messages, dedupeSeconds: 0 } };
    expect(resultOf(again({}, noon, { ...first, yard })).id).toBe('m2');
  });

  it('is the first one under its key, whenever it comes and whatever it says', () => {
    const keyed = stateAfter(state, sendMessage(state, sending({ message: { ...message, key: 'k1' } })));

    expect(again({ key: 'k1', body: 'more' }, minutesAfterNoon(999), keyed)).toMatchObject(nothingToCommit);
    expect(resultOf(again({ key: 'k1', from: 'bob' }, noon, keyed)).id).toBe('m2');
    expect(resultOf(again({ key: 'k2' }, noon, keyed)).id).toBe('m2');
  });
});

function fileNamed(name: string) {
  return { name, sizeBytes: 1, sha256: 'a'.repeat(64), path: 'files/m1' };
}

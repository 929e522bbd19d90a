import { describe, expect, it } from 'vitest';
import type { AutoReply as Rule } from '../../entities/auto-reply.ts';
import type { Message } from '../../entities/message.ts';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { after } from '../../time.ts';
import { autoReply, dueReplies } from './auto-reply.ts';
import { sendMessage } from './send-message.ts';

const rule = (fields: Partial<Rule> = {}): Rule => ({
  name: 'thanks',
  to: '*',
  from: '*',
  type: null,
  match: '',
  as: null,
  perHour: 3,
  reply: { subject: 're: {subject}', body: 'Dear {from}, {id} has come. $& {other}' },
  ...fields,
});
const asked: Partial<Message> = { from: 'ann', to: 'mac', subject: 'disk full', body: 'on /var' };
const yardWith = (...rules: readonly Rule[]) => world().yard({ autoReplies: [...rules] });
const input = { rule: 'thanks', messageId: 'm1', id: 'm2', now: noon };
const withMessage = (fields: Partial<Message> = {}, fieldsOfRule: Partial<Rule> = {}): State =>
  yardWith(rule(fieldsOfRule)).message('m1', { ...asked, ...fields }).state;

describe('auto-reply', () => {
  it('answers for whom the message names, in its thread, and says that it is automatic', () => {
    const after = stateAfter(withMessage(), autoReply(withMessage(), input));

    expect(after.messages.get('m2')).toMatchObject({
      from: 'mac',
      to: 'ann',
      type: 'response',
      subject: 're: disk full',
      body: 'Dear ann, m1 has come. $& {other}',
      replyTo: 'm1',
      automatic: true,
      hops: 1,
    });
    expect(after.messages.get('m1')?.followUps).toEqual({ 'reply/thanks': 'm2' });
  });

  it('answers once, whoever asks again and whatever became of the answer', () => {
    const state = stateAfter(withMessage(), autoReply(withMessage(), input));
    const forgotten = withMessage({ followUps: { 'reply/thanks': 'm2' } });

    expect(autoReply(state, { ...input, id: 'm3' })).toMatchObject(nothingToCommit);
    expect(autoReply(forgotten, { ...input, id: 'm3' })).toMatchObject(nothingToCommit);
    expect(dueReplies(forgotten, noon)).toEqual([]);
  });

  it.each<[string, Partial<Message>, Partial<Rule>]>([
    ['an automatic message', { automatic: true }, {}],
    ['one deep in a thread', { hops: 3 }, {}],
    ['one of the day before yesterday', { sentAt: '2026-02-28T12:00:00Z' }, {}],
    ['one that means nothing any more', { expiresAt: '2026-03-02T11:00:00Z' }, {}],
    ['one for somebody else', {}, { to: 'pc' }],
    ['one of somebody else', {}, { from: 'bob*' }],
    ['another kind', {}, { type: 'request' }],
    ['other words', {}, { match: 'disk slow' }],
    ['another glob', {}, { match: 'disk*slow' }],
    ['its own words', {}, { as: 'Ann' }],
  ])('leaves %s', (_, fields, fieldsOfRule) => {
    const state = withMessage(fields, fieldsOfRule);

    expect(autoReply(state, input)).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(dueReplies(state, noon)).toEqual([]);
  });

  it.each<[string, Partial<Message>, Partial<Rule>]>([
    ['for whom a glob names', {}, { to: 'M*' }],
    ['of whom a glob names', {}, { from: 'a*n' }],
    ['with all the words, in the subject or the body', {}, { match: 'VAR disk' }],
    ['with a subject like that', {}, { match: 'disk*' }],
    ['for all, in the name of the system', { to: 'all' }, {}],
  ])('answers one %s', (_, fields, fieldsOfRule) => {
    const state = withMessage(fields, fieldsOfRule);

    expect(dueReplies(state, noon)).toEqual([{ rule: 'thanks', messageId: 'm1' }]);
    expect(resultOf(autoReply(state, input)).followUps).toEqual({ 'reply/thanks': 'm2' });
  });

  it('answers one sender so often in an hour, and never what came meanwhile', () => {
    let state = yardWith(rule({ perHour: 2 })).state;
    for (const at of [0, 1, 2, 3]) {
      const sent = { from: 'ann', to: 'mac', subject: `number ${at}` };
      state = stateAfter(state, sendMessage(state, { id: `m${at}`, message: sent, now: minutesAfterNoon(at) }));
      for (const due of dueReplies(state, minutesAfterNoon(at)))
        state = stateAfter(state, autoReply(state, { ...due, id: `r${at}`, now: minutesAfterNoon(at) }));
    }

    expect(
      [...state.messages]
        .filter((it) => it.automatic)
        .map((it) => it.replyTo)
        .sort(),
    ).toEqual(['m0', 'm1']);
    expect(dueReplies(state, minutesAfterNoon(120))).toEqual([]);
    const { state: other } = world(state).message('b1', { from: 'bob', to: 'mac', sentAt: minutesAfterNoon(4) });
    expect(dueReplies(other, minutesAfterNoon(4))).toEqual([{ rule: 'thanks', messageId: 'b1' }]);
    const { state: later } = world(state).message('m9', { from: 'ann', to: 'mac', sentAt: minutesAfterNoon(70) });
    expect(dueReplies(later, minutesAfterNoon(70))).toEqual([{ rule: 'thanks', messageId: 'm9' }]);
  });

  it.each([
    ['a rule that there is not', { ...input, rule: 'none' }],
    ['a message that there is not', { ...input, messageId: 'm9' }],
  ])('refuses %s', (_, asking) => {
    expect(autoReply(withMessage(), asking)).toMatchObject(refusal('NOT_FOUND'));
  });
});

/**
 * As it was: two programs answer whatever comes for them, each answer to the other, 2,225 messages in 13.5 hours. Here two
 * rules are those programs, and every so often everything that was not in the state is forgotten.
 */
describe('a storm of answers to answers', () => {
  const echo = (name: string, to: string) => rule({ name, to, perHour: 60 });
  const both = yardWith(echo('echo-a', 'arch'), echo('echo-b', 'build1')).agent('arch').agent('build1').state;
  const STORM = 2_000;
  const EVERY_MS = (13.5 * 3_600_000) / STORM;
  const sentAt = (at: number) => after(noon, Math.round(at * EVERY_MS));

  function replay(messageAt: (at: number) => Partial<Message>, start = both) {
    let state = start;
    let [replies, commits] = [0, 0];
    for (let at = 0; at < STORM; at++) {
      const [from, to] = at % 2 === 0 ? ['arch', 'build1'] : ['build1', 'arch'];
      const message = { from, to, subject: `re: ${at}`, ...messageAt(at) };
      state = stateAfter(state, sendMessage(state, { id: `m${at}`, message, now: sentAt(at) }));
      // Two agents see the same and do the same; every hundredth message both begin again, with the state alone.
      for (const agent of ['x', 'y']) {
        for (const due of at % 5 === 0 || at % 100 === 0 ? dueReplies(state, sentAt(at)) : []) {
          const decision = autoReply(state, { ...due, id: `r${at}.${due.messageId}.${agent}`, now: sentAt(at) });
          if (!decision.ok) continue;
          if (decision.changes.length > 0) commits += 1;
          state = stateAfter(state, decision);
        }
      }
    }
    replies = [...state.messages].filter((it) => it.id.startsWith('r')).length;
    return { replies, commits };
  }

  it('is answered with nothing where messages say that they are automatic', () => {
    expect(replay((at) => ({ automatic: true, replyTo: at === 0 ? null : `m${at - 1}` }))).toEqual({
      replies: 0,
      commits: 0,
    });
  });

  it('ends by the depth of its thread where they do not say so', () => {
    const { replies, commits } = replay((at) => ({ replyTo: at === 0 ? null : `m${at - 1}` }));

    expect(replies).toBe(3);
    expect(commits).toBe(replies);
  });

  it('is held down by the hour where nothing tells it', () => {
    const slow = {
      ...both,
      yard: { ...both.yard, autoReplies: both.yard.autoReplies.map((it) => ({ ...it, perHour: 3 })) },
    };

    const { replies, commits } = replay(() => ({}), slow);

    // Two pairs, three answers each, in 13.5 hours.
    expect(replies).toBeGreaterThan(0);
    expect(replies).toBeLessThanOrEqual(2 * 3 * 14);
    expect(commits).toBe(replies);
  });
});

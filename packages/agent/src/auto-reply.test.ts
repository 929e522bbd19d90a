import { auditYard, newId, readLog } from '@gityard/yard';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from './agent.fixture.ts';

const rule = (name: string, to: string, match = '') => ({
  name,
  to,
  from: '*',
  type: null,
  match,
  as: null,
  perHour: 3,
  reply: { subject: 're: {subject}', body: '{from} will hear of {id}' },
});

describe('the rules that answer messages', () => {
  let yard: TestYard;
  afterEach(() => yard.close());

  const say = (from: string, to: string, subject: string, fields: object = {}) =>
    yard.person.perform('send', {
      id: newId(),
      message: { from, to, subject, ...fields },
      now: new Date().toISOString(),
    });
  const replies = async () => (await readLog(yard.person)).filter((it) => it.operation === 'auto-reply').length;

  it('answer once, by one agent of two, also after both began again', async () => {
    yard = await testYard({ autoReplies: [rule('thanks', 'build1', 'disk*')] });
    const first = [await yard.start('build1'), await yard.start('build2')];
    await say('ada', 'build1', 'disk full');
    const answer = await yard.until('it is answered', (state) => [...state.messages].find((it) => it.automatic));
    expect(answer).toMatchObject({ from: 'build1', to: 'ada', subject: 're: disk full' });

    for (const agent of first) agent.cancel();
    await Promise.all(first.map((it) => it.exit));
    await yard.start('build3');
    await say('ben', 'build1', 'disk slow');
    await yard.until('the other is answered', (state) => [...state.messages].some((it) => it.to === 'ben'));

    expect(await replies()).toBe(2);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('do not answer each other', async () => {
    yard = await testYard({ autoReplies: [rule('a', 'build1'), rule('b', 'build2')] });
    await yard.start('build1');
    await yard.start('build2');
    await say('build2', 'build1', 'are you there?');
    await yard.until('it is answered', (state) => [...state.messages].some((it) => it.automatic));

    // Another question is answered later than an answer to the answer would have been.
    await say('ada', 'build2', 'and you?');
    await yard.until('the next is answered', (state) => [...state.messages].some((it) => it.to === 'ada'));

    expect(await replies()).toBe(2);
    expect(yard.person.state.messages.size).toBe(4);
  });
});

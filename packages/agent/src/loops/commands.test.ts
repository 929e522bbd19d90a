import { auditYard, newId, pathOf } from '@gityard/yard';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from '../agent.fixture.ts';
import { commitFile } from '../person.fixture.ts';

describe('commands', () => {
  let yard: TestYard;
  afterEach(() => yard.close());

  async function say(body: string): Promise<string> {
    const id = newId();
    const { person } = yard;
    const sent = await person.perform('send', { id, message: { from: 'ann', to: 'all', body }, now: person.now() });
    if (!sent.ok) throw new Error(sent.reason);
    return id;
  }

  it('are carried out once each, however many agents there are', async () => {
    yard = await testYard();
    for (const id of ['build1', 'build2', 'build3']) await yard.start(id);

    const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => say(`/task "Build ${n}" tags:x`)));

    const state = await yard.until('all are answered', (it) => it.jobs.size >= ids.length && it);
    const answers = [...state.messages].filter((it) => it.automatic);
    expect(answers.map((it) => it.replyTo).sort()).toEqual([...ids].sort());
    expect([...state.jobs].map((it) => it.task?.message).sort()).toEqual([...ids].sort());
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('that were said while nobody was there are carried out when somebody comes', async () => {
    yard = await testYard();
    const id = await say('/tasklist');

    const agent = await yard.start('build1');

    expect(await agent.told('answered')).toMatchObject({ message: id, from: 'ann', task: null, text: 'no tasks' });
  });

  it('are not taken for done by a hand that says so: the audit names it', async () => {
    yard = await testYard();
    const id = await say('/tasklist');
    const message = yard.person.state.messages.get(id);
    const executed = { by: 'ann', at: yard.person.now(), answer: null };
    await commitFile(yard.repository, pathOf('message', id), JSON.stringify({ ...message, executed }));

    await yard.person.refresh();

    expect(await auditYard(yard.person)).toMatchObject({ ok: false, firstViolation: { rule: 'command-once' } });
  });
});

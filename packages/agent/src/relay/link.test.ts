import { auditYard } from '@gityard/yard';
import { describe, expect, it } from 'vitest';
import { heartbeatOf, NOW, relayWorld } from './relay.fixture.ts';

const job = (id: string) => ({ id, job: { command: ['true'] }, by: 'ada', now: NOW });

describe('an agent of a site', () => {
  it('has its operations committed by the relay, under its own name, and sees them', async () => {
    const { member, pushes } = await relayWorld();
    const { yard } = await member('mac');

    const outcomes = await Promise.all([yard.perform('submit', job('j1')), yard.perform('submit', job('j2'))]);

    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }]);
    expect(yard.state.jobs.size).toBe(2);
    expect(yard.state.actors.get('mac')).toMatchObject({ operations: 2, boot: yard.boot, request: 1 });
    expect(pushes.state).toBe(1);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 2 });
  });

  it('is refused in the words of the domain', async () => {
    const { member } = await relayWorld();
    const { yard } = await member('mac');
    await yard.perform('submit', job('j1'));

    expect(await yard.perform('submit', job('j1'))).toMatchObject({ ok: false, code: 'DUPLICATE_ID' });
  });

  it('does by itself what a dead relay does not do', async () => {
    const { member, post, pushes } = await relayWorld();
    const { yard } = await member('mac');
    await post.close();

    expect(await yard.perform('submit', job('j1'))).toMatchObject({ ok: true });
    await yard.live.beat({ heartbeat: () => heartbeatOf('mac', 1), model: () => null });

    expect(pushes).toEqual({ state: 1, live: 1 });
  });

  it('does nothing twice when the relay did it and its answer was lost', async () => {
    const { member, desk, post } = await relayWorld();
    const { yard } = await member('mac');
    const answer = desk.answer.bind(desk);
    desk.answer = async (question) => {
      await answer(question);
      await post.close();
      return { kind: 'failed', reason: 'cut' };
    };

    await expect(yard.perform('submit', job('j1'))).rejects.toMatchObject({ code: 'TIMEOUT', mayHaveLanded: true });

    expect(yard.state.jobs.has('j1')).toBe(true);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 1 });
  });

  it('goes on by itself when the relay cannot reach the remote', async () => {
    const { member, desk } = await relayWorld();
    const { yard } = await member('mac');
    desk.answer = async () => ({ kind: 'failed', reason: 'the network is down here' });

    expect(await yard.perform('submit', job('j1'))).toMatchObject({ ok: true });
  });

  it('comes back to the relay when it answers again', async () => {
    const { member, desk } = await relayWorld();
    const { yard, link } = await member('mac');
    const answer = desk.answer;
    desk.answer = async () => ({ kind: 'failed', reason: 'not now' });
    await yard.perform('submit', job('j1'));
    desk.answer = answer;
    expect(link.isUp).toBe(false);

    link.use(undefined);
    link.use('http://127.0.0.1:1');
    expect(link.isUp).toBe(true);
  });
});

import { waitFor } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { gatherMsFor } from './desk.ts';
import { heartbeatOf, NOW, relayWorld } from './relay.fixture.ts';

describe('a relay', () => {
  it('puts the beats of a hundred agents on the remote in one push for each time it gathers', async () => {
    const { member, desk, pushes, endWindow, yard } = await relayWorld();
    const names = Array.from({ length: 100 }, (_, at) => `agent${at}`);
    const members = await Promise.all(names.map(member));

    for (const beat of [1, 2]) {
      const landed = members.map((it, at) =>
        it.link.beat({ kind: 'beat', heartbeat: heartbeatOf(names[at] ?? '', beat) }),
      );
      await waitFor(() => desk.waitingBeats === 100, { what: 'all beats are at the relay' });
      endWindow();
      expect(new Set(await Promise.all(landed))).toEqual(new Set([true]));
    }

    expect(pushes).toEqual({ state: 0, live: 2 });
    expect(yard.live.heartbeats().size).toBe(100);
    expect([...yard.live.heartbeats()].map((it) => it.beat)).toEqual(names.map(() => 2));
    expect(yard.live.model()?.sequence).toBe(2);
  });

  it('leaves a third of a budget to operations', () => {
    expect(60_000 / gatherMsFor(6)).toBe(4);
    expect(gatherMsFor(null)).toBeLessThan(1_000);
  });

  it('does not take an agent back to an older beat', async () => {
    const { member, endWindow, desk, yard } = await relayWorld();
    const { link } = await member('mac');
    const second = link.beat({ kind: 'beat', heartbeat: heartbeatOf('mac', 2) });
    await waitFor(() => desk.waitingBeats === 1, { what: 'the beat is at the relay' });
    endWindow();
    await second;

    expect(await link.beat({ kind: 'beat', heartbeat: heartbeatOf('mac', 1) })).toBe(true);
    expect(yard.live.heartbeats().get('mac')?.beat).toBe(2);
  });

  it('gives a question that comes again the same answer', async () => {
    const { desk, pushes } = await relayWorld();
    const from = { actor: 'mac', boot: 'b1', request: 1 };
    const operation = {
      name: 'submit' as const,
      input: { id: 'j1', job: { command: ['true'] }, by: 'ada', now: NOW },
    };
    const asked = { kind: 'perform' as const, from, operations: [operation] };

    const [first, again] = await Promise.all([desk.answer(asked), desk.answer(asked)]);

    expect(again).toEqual(first);
    expect(first).toMatchObject({ kind: 'outcomes', outcomes: [{ ok: true }] });
    expect(pushes.state).toBe(1);
  });
});

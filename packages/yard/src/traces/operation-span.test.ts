import { attemptTraceparent, newTraceparent } from '@gityard/domain';
import { MemoryRemote } from '@gityard/store';
import { startTracing, traced } from '@gityard/telemetry';
import { receiveTraces, type TracesReceived } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import type { Performed } from '../options.ts';

const now = '2026-03-01T12:00:00Z';

let receiver: TracesReceived;
const performed: Performed[] = [];
const commits: (string | null)[] = [];

/** One story, told once: what the receiver has of it is what all specs here look at. */
beforeAll(async () => {
  receiver = await receiveTraces(startTracing);
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  const [yard, other] = ['mac', 'linux'].map((actor) =>
    openYard({ address: remote.transport(), actor, onPerformed: (it) => performed.push(it) }),
  );
  if (!yard || !other) throw new Error('two yards were opened');
  await Promise.all([yard.refresh(), other.refresh()]);
  const agent = { id: 'mac', host: 'h', boot: yard.boot, slots: 9, allows: { repositories: [], commands: true } };
  const outcomes = [
    await yard.perform('submit', { id: 'j1', job: { command: ['true'] }, by: 'ada', now }),
    await yard.perform('register', { agent, replaces: null, now }),
    await yard.perform('claim', { agentId: 'mac', boot: yard.boot, now }),
    await yard.perform('start', { jobId: 'j1', agentId: 'mac', token: 1, now }),
    await traced({ name: 'somewhere else' }, () =>
      yard.perform('prioritise', { jobId: 'j1', priority: 2, reason: null, now }),
    ),
    // It has not looked since, so that its first push comes too late.
    await other.perform('submit', { id: 'j2', job: { command: ['true'] }, by: 'bob', now }),
  ];
  commits.push(...outcomes.map((it) => (it.ok ? it.commit : null)));
  await yard.perform('start', { jobId: 'j1', agentId: 'mac', token: 7, now });
  await Promise.all([yard.close(), other.close()]);
  await receiver.sent();
});
afterAll(() => receiver.close());

/** As they began: the last that are sent may overtake those before. */
const named = (name: string) =>
  receiver.spans.filter((it) => it.name === name).sort((one, other) => one.startMs - other.startMs);

describe('operation-span', () => {
  it('has a span for every operation, with the commit that holds it', () => {
    expect(receiver.faults).toEqual([]);
    const names = ['submit', 'register', 'claim', 'start', 'prioritise', 'submit', 'start'];
    expect(performed.map((it) => it.operations[0]?.name)).toEqual(names);
    for (const name of names) expect(named(name)).toHaveLength(names.filter((it) => it === name).length);
    expect(named('submit').map((it) => it.attributes['gityard.commit'])).toEqual([commits[0], commits[5]]);
  });

  it('puts what is done to a job into the trace of that job, under the attempt that does it', () => {
    const job = { id: 'j1', traceparent: null };
    const [traceId, root] = newTraceparent('j1').split('-').slice(1);

    expect(named('submit')[0]).toMatchObject({ traceId, parentId: root });
    expect(named('start')[0]).toMatchObject({ traceId, parentId: attemptTraceparent(job, 1).split('-')[2] });
    expect(named('start')[0]?.attributes).toMatchObject({
      'gityard.job': 'j1',
      'gityard.token': 1,
      'gityard.agent': 'mac',
    });
  });

  it('names the job that was claimed, which nobody knew before', () => {
    expect(named('claim')[0]?.attributes).toMatchObject({
      'gityard.job': 'j1',
      'gityard.token': 1,
      'gityard.agent': 'mac',
    });
  });

  it('leaves what is a part of something else there, and links the job', () => {
    const [around] = named('somewhere else');
    const [, traceId] = newTraceparent('j1').split('-');

    expect(named('prioritise')[0]).toMatchObject({ parentId: around?.spanId, traceId: around?.traceId });
    expect(named('prioritise')[0]?.links).toMatchObject([{ traceId }]);
  });

  it('counts the pushes that somebody else was faster than, and has each request as a part', () => {
    const [, late] = named('submit');
    const pushes = named('push').filter((it) => it.parentId === late?.spanId);

    expect(late?.attributes['gityard.retries']).toBe(1);
    expect(pushes.map((it) => it.attributes['gityard.outcome'])).toEqual(['conflict', 'accepted']);
    expect(named('fetch').filter((it) => it.parentId === late?.spanId).length).toBeGreaterThan(0);
  });

  it('tells a refusal by its code, which is no error', () => {
    const refused = named('start').find((it) => it.attributes['gityard.refusal'] !== undefined);

    expect(refused).toMatchObject({ status: 0, attributes: { 'gityard.refusal': 'STALE_TOKEN' } });
    expect(refused?.attributes).not.toHaveProperty('gityard.commit');
  });

  it('tells nothing of looks that nobody waits for', () => {
    expect(
      receiver.spans
        .filter((it) => it.parentId === null)
        .map((it) => it.name)
        .sort(),
    ).toEqual(['claim', 'register', 'somewhere else']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { StoreError, type StoreErrorCode } from '../errors.ts';
import { MemoryRemote } from '../transports/memory.ts';
import type { Transport } from '../transports/transport.ts';
import { type VirtualClock, virtualClock } from '../virtual-clock.fixture.ts';
import { Gate } from './gate.ts';
import { guarded } from './guarded.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

let clock: VirtualClock;
let asked: number[];
let throttled: number;
/** What the remote says to looks and to pushes. */
let looks: StoreError | undefined;
let pushes: StoreError | undefined;
let gate: Gate;
let transport: Transport;

const failure = (code: StoreErrorCode, retryAfterMs?: number) =>
  new StoreError(code, `it said ${code}`, { hint: 'mend it', retryAfterMs });

function gateWith(shared?: SharedArrayBuffer): Gate {
  const onThrottled = () => {
    throttled += 1;
  };
  return new Gate({ name: 'a remote', ports: clock, shared, onThrottled });
}

function remoteBehind(its: Gate): Transport {
  const inner = new MemoryRemote({ ports: clock }).transport();
  const answer = async <T>(error: StoreError | undefined, work: () => Promise<T>): Promise<T> => {
    asked.push(clock.monotonicMs());
    if (error) throw error;
    return work();
  };
  return guarded(
    {
      name: 'a remote',
      aheadMs: 7,
      readRefs: (prefixes) => answer(looks, () => inner.readRefs(prefixes)),
      fetchRef: (request) => answer(looks, () => inner.fetchRef(request)),
      push: (request) => answer(pushes, () => inner.push(request)),
      close: () => inner.close(),
    },
    its,
  );
}

beforeEach(() => {
  clock = virtualClock();
  asked = [];
  throttled = 0;
  looks = undefined;
  pushes = undefined;
  gate = gateWith();
  transport = remoteBehind(gate);
});

const look = () => transport.readRefs(['refs/']);
const push = () => transport.push({ updates: [], objects: [] });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: StoreError) => error,
  );

/** Many loops that all ask again and again, as hot as can be. */
async function hammer({ forMs, everyMs = 500 }: { forMs: number; everyMs?: number }): Promise<void> {
  const loop = async (ask: () => Promise<unknown>) => {
    for (const endMs = clock.monotonicMs() + forMs; clock.monotonicMs() < endMs; ) {
      await refusal(ask());
      await clock.sleep(everyMs);
    }
  };
  await clock.run(Promise.all([loop(look), loop(push), loop(look), loop(push)]));
}

const mostInAMinute = () =>
  Math.max(...asked.map((from) => asked.filter((it) => it >= from && it < from + MINUTE_MS).length));

describe('the gate', () => {
  it.each(['DENIED', 'REMOTE_INVALID'] as const)(
    'asks a remote that says %s no more than four times a minute, however many loops would like to',
    async (code) => {
      looks = failure(code);
      pushes = failure(code);

      await hammer({ forMs: 5 * MINUTE_MS });

      expect(asked.length).toBeGreaterThan(5);
      expect(mostInAMinute()).toBeLessThanOrEqual(4);
      expect(gate.contact).toEqual({ lastMs: null, trouble: code });
    },
  );

  it('finds out within a minute that it was let in again', async () => {
    looks = failure('DENIED');
    pushes = failure('DENIED');
    await hammer({ forMs: 10 * SECOND_MS });
    looks = undefined;
    pushes = undefined;

    await hammer({ forMs: MINUTE_MS });

    expect(await refusal(look())).toBeUndefined();
    expect(gate.contact.lastMs).not.toBeNull();
  });

  it('says the same from memory, and when asking makes sense again', async () => {
    looks = failure('DENIED');
    const first = await refusal(look());
    await clock.run(clock.sleep(10 * SECOND_MS));

    const second = await refusal(look());

    expect(first).toMatchObject({ code: 'DENIED', message: 'it said DENIED', hint: 'mend it', retryAfterMs: 30_000 });
    expect(second).toMatchObject({ code: 'DENIED', message: 'it said DENIED', hint: 'mend it', retryAfterMs: 20_000 });
    expect(asked).toHaveLength(1);
  });

  it('pushes once in five minutes with a token that may only read, and goes on reading', async () => {
    pushes = failure('DENIED');

    await refusal(push());
    await refusal(push());
    await clock.run(clock.sleep(4 * MINUTE_MS));
    await refusal(push());
    expect(asked).toHaveLength(1);
    expect(await refusal(look())).toBeUndefined();
    expect(gate.contact.trouble).toBe('DENIED');

    await clock.run(clock.sleep(MINUTE_MS));
    pushes = undefined;
    expect(await refusal(push())).toBeUndefined();
    expect(gate.contact.trouble).toBeUndefined();
  });

  it('has a push come again in half a minute to a repository that is not there for the moment', async () => {
    pushes = failure('REMOTE_INVALID');
    expect(await refusal(push())).toMatchObject({ code: 'REMOTE_INVALID', retryAfterMs: 30_000 });
    pushes = undefined;

    await clock.run(clock.sleep(30 * SECOND_MS));

    expect(await refusal(push())).toBeUndefined();
    expect(gate.contact.trouble).toBeUndefined();
  });

  it('lets a push find out where nobody ever looks', async () => {
    looks = failure('DENIED');
    await refusal(look());
    looks = undefined;

    await clock.run(clock.sleep(59 * SECOND_MS));
    expect(await refusal(push())).toMatchObject({ code: 'DENIED', retryAfterMs: SECOND_MS });
    await clock.run(clock.sleep(SECOND_MS));

    expect(await refusal(push())).toBeUndefined();
    expect(await refusal(look())).toBeUndefined();
  });

  it('sends nothing at all until the time that a host has named, and lets everybody know', async () => {
    looks = failure('RATE_LIMITED', MINUTE_MS);
    await refusal(look());
    looks = undefined;

    await hammer({ forMs: 59 * SECOND_MS });
    expect(asked).toHaveLength(1);
    expect(throttled).toBe(1);

    await clock.run(clock.sleep(SECOND_MS));
    expect(await refusal(push())).toBeUndefined();
    expect(await refusal(look())).toBeUndefined();
  });

  it('waits no longer than an hour for a host that says so', async () => {
    looks = failure('RATE_LIMITED', 100 * 60 * MINUTE_MS);
    await refusal(look());
    looks = undefined;

    await clock.run(clock.sleep(60 * MINUTE_MS));

    expect(await refusal(look())).toBeUndefined();
  });

  it('stays open for a remote that is away: how often to ask there is for each loop to say', async () => {
    looks = failure('REMOTE_UNREACHABLE');

    await refusal(look());
    await refusal(look());

    expect(asked).toHaveLength(2);
    expect(gate.contact.trouble).toBe('REMOTE_UNREACHABLE');
  });

  it('is one for all threads that share its memory, each in words of its own', async () => {
    looks = failure('DENIED');
    await refusal(look());

    const elsewhere = await refusal(remoteBehind(gateWith(gate.shared)).readRefs(['refs/']));

    expect(elsewhere).toMatchObject({ code: 'DENIED', message: expect.stringContaining('a moment ago') });
    expect(asked).toHaveLength(1);
  });

  it('is not opened by an answer to what was asked before it closed', async () => {
    const early = gate.admit('look');
    await clock.run(clock.sleep(10));
    looks = failure('RATE_LIMITED', MINUTE_MS);
    await refusal(look());

    gate.passed(early);

    expect(await refusal(push())).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('tells also those when to come again who had asked before it closed', async () => {
    const early = gate.admit('look');
    await clock.run(clock.sleep(10));
    gate.failed(gate.admit('look'), failure('DENIED'));

    expect(gate.failed(early, failure('DENIED'))).toMatchObject({ code: 'DENIED', retryAfterMs: 30_000 });
  });

  it('takes the look that was under way when a push was denied for news, and leaves the remote alone after it', async () => {
    const early = gate.admit('look');
    await clock.run(clock.sleep(10));
    gate.failed(gate.admit('push'), failure('DENIED'));

    expect(gate.failed(early, failure('DENIED'))).toMatchObject({ code: 'DENIED', retryAfterMs: 30_000 });
    expect(await refusal(look())).toMatchObject({ code: 'DENIED', retryAfterMs: 30_000 });
    expect(asked).toHaveLength(0);
  });

  it('lets those come again soon who are turned away after others were let in', async () => {
    const early = gate.admit('look');
    await clock.run(clock.sleep(10));
    gate.failed(gate.admit('look'), failure('DENIED'));
    await clock.run(clock.sleep(30 * SECOND_MS));
    gate.passed(gate.admit('look'));

    expect(gate.failed(early, failure('DENIED'))).toMatchObject({ code: 'DENIED', retryAfterMs: 1_000 });
    expect(gate.contact.trouble).toBeUndefined();
  });

  it('passes on what the transport knows of itself', () => {
    expect(transport).toMatchObject({ name: 'a remote', aheadMs: 7 });
  });
});

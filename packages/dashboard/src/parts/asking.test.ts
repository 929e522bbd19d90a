import type { ReactiveControllerHost } from 'lit';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../worker/protocol.ts';
import { NoAnswer } from '../yard/worker-client.ts';
import { Asking } from './asking.ts';

const SECOND_MS = 1_000;

describe('asking', () => {
  it('asks once for each key, and keeps what is known while it asks', async () => {
    const { asking, draw, asked } = page();
    await draw('a');
    await draw('a');
    expect([asked(), asking.answer]).toEqual([1, 'answer 1']);

    const drawn = draw('b');
    expect(asking.answer).toBe('answer 1');
    await drawn;
    expect([asked(), asking.answer]).toEqual([2, 'answer 2']);
  });

  it('asks again by itself once what was in the way may have passed', async () => {
    const { asking, draw, asked, fail, pass } = page();
    fail({ kind: 'offline', reason: 'no network' });
    await draw('a');
    pass(29 * SECOND_MS);
    await draw('a');
    expect([asked(), asking.failure?.kind]).toEqual([1, 'offline']);

    fail(null);
    pass(SECOND_MS);
    await draw('a');
    await draw('a');
    expect([asked(), asking.failure, asking.answer]).toEqual([2, undefined, 'answer 2']);
  });

  it('asks a host that stays away a few times an hour at most', async () => {
    const { draw, asked, fail, pass } = page();
    fail({ kind: 'unavailable', reason: 'it answers 502' });
    for (let second = 0; second < 3_600; second++) {
      await draw('a');
      pass(SECOND_MS);
    }

    expect(asked()).toBe(8);
  });

  it('leaves a host alone for as long as it wants, and never asks again for what is not there', async () => {
    const limited = page();
    limited.fail({ kind: 'rate-limited', reason: 'no more', until: 3_600 * SECOND_MS });
    await limited.draw('a');
    limited.pass(3_599 * SECOND_MS);
    await limited.draw('a');
    expect(limited.asked()).toBe(1);
    limited.pass(SECOND_MS);
    await limited.draw('a');
    expect(limited.asked()).toBe(2);

    const missing = page();
    missing.fail({ kind: 'not-found', reason: 'nothing there' });
    await missing.draw('a');
    missing.pass(3_600 * SECOND_MS);
    await missing.draw('a');
    expect(missing.asked()).toBe(1);
  });
});

/** An element that is drawn, and a worker that answers at once. */
function page() {
  let now = 0;
  let count = 0;
  let failure: Failure | null = null;
  const yard = {
    ask: async () => {
      count++;
      if (failure) throw new NoAnswer(failure);
      return `answer ${count}`;
    },
  };
  const host = { addController: () => undefined, requestUpdate: () => undefined } as unknown as ReactiveControllerHost;
  const asking = new Asking(host, 'link-to', () => now);
  return {
    asking,
    asked: () => count,
    fail: (next: Failure | null) => {
      failure = next;
    },
    pass: (ms: number) => {
      now += ms;
    },
    draw: async (key: string) => {
      asking.about({ ask: yard.ask as never }, { key, asked: { commit: key }, forget: false });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

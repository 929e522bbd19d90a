import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { NoAnswer } from '../yard/worker-client.ts';
import type { YardOfPage } from '../yard/yard.ts';
import { momentsOf } from './moments-of.ts';
import { PastOfPage } from './past.ts';

const model = sampleYard('2026-03-01T12:00:00.000Z');
type Ask = YardOfPage['ask'];

/** Answers when it is told to. */
function slowYard() {
  const asked: { readonly what: unknown; readonly signal: AbortSignal | undefined }[] = [];
  const answers: { resolve(answer: unknown): void; reject(error: unknown): void }[] = [];
  const ask = (_name: unknown, what: unknown, signal?: AbortSignal) => {
    asked.push({ what, signal });
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  };
  return { ask: ask as unknown as Ask, asked, answers };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('past', () => {
  it('reads the moment in the address, and goes back to now without it', async () => {
    const { ask, answers } = slowYard();
    const past = new PastOfPage({ ask }, () => undefined);
    past.show('abc');
    expect(past.past).toEqual({ state: 'reading', commit: 'abc' });

    answers[0]?.resolve(model);
    await settled();
    expect(past.past).toEqual({ state: 'shown', commit: 'abc', model });

    past.show(undefined);
    expect(past.past).toBeUndefined();
  });

  it('shows only the moment that was wanted last', async () => {
    const { ask, asked, answers } = slowYard();
    const past = new PastOfPage({ ask }, () => undefined);
    past.show('one');
    past.show('two');
    answers[1]?.resolve(model);
    answers[0]?.resolve({ ...model, sequence: 1 });
    await settled();

    expect(past.past).toEqual({ state: 'shown', commit: 'two', model });
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
  });

  it('says why a moment cannot be shown', async () => {
    const { ask, answers } = slowYard();
    const past = new PastOfPage({ ask }, () => undefined);
    past.show('abc');
    answers[0]?.reject(new NoAnswer({ kind: 'not-found', reason: 'there is no such commit' }));
    await settled();

    expect(past.past).toEqual({ state: 'failed', commit: 'abc', reason: 'there is no such commit' });
  });

  it('puts the moments of a day in their order', async () => {
    const { ask, answers } = slowYard();
    const reading = momentsOf({ ask }, '2026-03-01', AbortSignal.timeout(1000));
    const moment = (at: string) => ({ commit: at, at: `2026-03-01T${at}:00.000Z`, subject: 's' });
    answers[0]?.resolve([moment('14:02'), moment('09:30')]);

    expect((await reading).map(({ commit }) => commit)).toEqual(['09:30', '14:02']);
  });
});

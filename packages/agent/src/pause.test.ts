import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { waitFor } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { atMost } from './pause.ts';

describe('pause', () => {
  it('ends what takes too long, although memory was tidied up meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const signal = atMost(100, new AbortController().signal);

    collectGarbage();

    await waitFor(() => signal.aborted, { what: 'the time is over' });
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('ends it early when the other signal says so, even if it had said so before', () => {
    const [before, later] = [new AbortController(), new AbortController()];
    before.abort('told to stop');
    const signals = [atMost(60_000, before.signal), atMost(60_000, later.signal)];

    later.abort('told to stop');

    expect(signals.map((it) => it.reason)).toEqual(['told to stop', 'told to stop']);
  });
});

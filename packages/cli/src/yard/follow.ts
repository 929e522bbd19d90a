/** Looks at the yard again and again: soon at first, then as seldom as the yard asks for. Ends when it is told to. */
import { setTimeout as delay } from 'node:timers/promises';
import type { State } from '@gityard/domain';
import type { Context } from '../context.ts';

const EAGER_MS = 1_000;
const EAGER_FOR_MS = 120_000;

export interface Follow {
  /** Aborting it ends the following with the signal's reason. */
  readonly signal: AbortSignal;
  /** On the clock of `performance.now()`; the last look is at this time. */
  readonly deadlineMs?: number;
  /** Between two looks, instead of what the yard asks for. */
  readonly intervalMs?: number | undefined;
}

/** Every state that differs from the one before, the first at once. Ends by itself at the deadline. */
export async function* follow(context: Context, options: Follow): AsyncGenerator<State> {
  const yard = await context.yard();
  let seen = '';
  for await (const state of looks(context, options)) {
    const mark = `${yard.head} ${yard.live.model()?.sequence ?? ''} ${beatsOf(state)}`;
    if (mark === seen) continue;
    seen = mark;
    yield state;
  }
}

/** Every look, changed or not. */
export async function* looks(
  context: Context,
  { signal, deadlineMs = Number.POSITIVE_INFINITY, intervalMs }: Follow,
): AsyncGenerator<State> {
  const began = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const state = await context.look();
    yield state;
    const left = deadlineMs - performance.now();
    if (left <= 0) return;
    const pollMs = state.yard.poll.seconds * 1000;
    const pauseMs = intervalMs ?? (performance.now() - began < EAGER_FOR_MS ? Math.min(pollMs, EAGER_MS) : pollMs);
    await delay(Math.min(pauseMs, left), undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  }
}

const beatsOf = (state: State): string => [...state.heartbeats].map((it) => `${it.agent}:${it.boot}:${it.beat}`).join();

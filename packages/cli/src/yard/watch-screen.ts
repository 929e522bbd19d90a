/** Draws an answer anew with every change of the yard, in place on a terminal, until somebody ends it. */
import type { State } from '@gityard/domain';
import type { Answer } from '../command.ts';
import type { Context } from '../context.ts';
import { failureOf } from '../failure-of.ts';
import { fitted } from '../text/fit.ts';
import { type Follow, follow } from './follow.ts';

const HOME_AND_CLEAR = '\u001b[H\u001b[J';
const PASSING: readonly string[] = ['REMOTE_UNREACHABLE', 'RATE_LIMITED', 'TIMEOUT'];

export async function watchScreen(
  context: Context,
  draw: (state: State) => Promise<Answer>,
  { intervalMs }: Pick<Follow, 'intervalMs'> = {},
): Promise<number> {
  const signal = context.interruption();
  const { io, flags } = context;
  let drawn = false;
  for (;;) {
    try {
      for await (const state of follow(context, { signal, intervalMs })) {
        const { value, text } = await draw(state);
        const { terminal } = io;
        if (terminal && !flags.json) {
          io.stdout.write(HOME_AND_CLEAR);
          context.show(value, () => fitted(text(), terminal));
        } else {
          // In a pipe nothing is drawn over: an empty line ends what was true before.
          if (drawn && !flags.json) io.stdout.write('\n');
          context.show(value, text);
        }
        drawn = true;
      }
    } catch (error) {
      // A remote that is away for a while is no reason to end a watch; whoever watches is told.
      const { code, message } = failureOf(error);
      if (!PASSING.includes(code)) throw error;
      context.note(`${message}; trying again`);
      await pause(signal);
    }
  }
}

const PAUSE_MS = 5_000;

async function pause(signal: AbortSignal): Promise<void> {
  const { setTimeout: delay } = await import('node:timers/promises');
  await delay(PAUSE_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Sends one message, a few times if need be: a channel that is away for a moment costs nobody a word. */
import { atMost, backOffMs, pause } from '../pause.ts';
import { textOf } from '../trouble.ts';
import { type Channel, ChannelError, type ChannelMessage } from './channel.ts';

export interface Delivery {
  readonly channel: Channel;
  readonly message: ChannelMessage;
  readonly signal: AbortSignal;
  readonly tries?: number;
  readonly pauseMs?: (failures: number) => number;
}

const TRIES = 5;
const EACH_MS = 30_000;

/** Undefined: it was taken. Otherwise what kept it from being, at last. */
export async function deliver({
  channel,
  message,
  signal,
  tries = TRIES,
  pauseMs = backOffMs,
}: Delivery): Promise<string | undefined> {
  for (let failures = 1; ; failures++) {
    try {
      await channel.send(message, atMost(EACH_MS, signal));
      return undefined;
    } catch (error) {
      const isLasting = error instanceof ChannelError && error.lasting;
      if (signal.aborted || isLasting || failures >= tries) return textOf(error);
      await pause(pauseMs(failures), signal);
    }
  }
}

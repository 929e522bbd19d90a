/**
 * Turns a yard into the stream of read models that the API shows: looks again whenever told that something was pushed, and
 * now and then by itself. Makes the model anew from the state, so the page does not wait for the next heartbeat.
 */
import type { SnapshotSource } from '@gityard/api';
import { type ReadModel, readModel } from '@gityard/domain';
import type { Yard } from '@gityard/yard';
import { lookAt } from '../yard/open-yard.ts';
import { pushUseOf } from '../yard/push-use.ts';

export interface FollowedYard extends SnapshotSource {
  /** Something was pushed: look as soon as the look under way is over. */
  nudge(): void;
  close(): Promise<void>;
}

export interface FollowYard {
  readonly everyMs: number;
  /** While somebody looks. */
  readonly watchedEveryMs: number;
  /** Told when the yard cannot be read, and when it can be again. */
  readonly onTrouble?: ((text: string) => void) | undefined;
  /** Told of every look, before those who follow. */
  readonly onLook?: (outcome: 'seen' | 'failed') => void;
}

export function followYard(yard: Yard, { everyMs, watchedEveryMs, onTrouble, onLook }: FollowYard): FollowedYard {
  const listeners = new Set<(model: ReadModel) => void>();
  let model: ReadModel | undefined;
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let trouble: string | undefined;
  let lookedAtMs: number | undefined;

  const look = async (): Promise<void> => {
    do {
      again = false;
      try {
        await lookAt(yard);
        lookedAtMs = Date.now();
        onLook?.('seen');
        model = modelOf(yard, model);
        if (trouble !== undefined) onTrouble?.('the yard can be read again');
        trouble = undefined;
        for (const listener of listeners) listener(model);
      } catch (error) {
        onLook?.('failed');
        // The next look tries again; until then whoever follows is told why nothing newer comes.
        const { message } = error as Error;
        if (message === trouble) continue;
        trouble = message;
        onTrouble?.(`the yard cannot be read: ${message}`);
        if (model) for (const listener of listeners) listener(model);
      }
    } while (again && !stopped);
  };
  const nudge = (): void => {
    again = true;
    if (stopped || looking) return;
    looking = look().finally(() => {
      looking = undefined;
    });
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepLooking = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    nudge();
    timer = setTimeout(keepLooking, listeners.size > 0 ? watchedEveryMs : everyMs);
  };
  keepLooking();

  return {
    current: () => model,
    lookedAtMs: () => lookedAtMs,
    trouble: () => (trouble === undefined ? null : `the server of this page cannot read the yard: ${trouble}`),
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) keepLooking();
      return () => listeners.delete(listener);
    },
    nudge,
    close: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** The clock gives the sequence its start, so that it also rises over restarts. */
function modelOf(yard: Yard, before: ReadModel | undefined): ReadModel {
  const sequence = Math.max((before?.sequence ?? 0) + 1, Date.now());
  return readModel(yard.state, {
    now: new Date().toISOString(),
    head: yard.head,
    sequence,
    by: yard.actor,
    push: pushUseOf(yard),
  });
}

/** A moment of the past as the page has it: asked for, there, or not to be had. */

import type { YardThen } from '../worker/past/snapshot-at.ts';
import type { Failure } from '../worker/protocol.ts';
import { NoAnswer, type WorkerClient } from './worker-client.ts';

export interface PastView {
  /** As it was asked for: a commit or a time. */
  readonly moment: string;
  readonly state: 'loading' | 'there' | 'failed';
  /** While another moment is loading: that of the one before. null: none yet. */
  readonly found: YardThen | null;
  readonly failure: Failure | null;
}

const COMMIT = /^[0-9a-f]{40}$/;

export async function pastOf(
  ask: WorkerClient['ask'],
  { moment, signal }: { readonly moment: string; readonly signal: AbortSignal },
): Promise<PastView> {
  try {
    const found = await ask('snapshot-at', COMMIT.test(moment) ? { commit: moment } : { time: moment }, signal);
    return { moment, state: 'there', found, failure: null };
  } catch (error) {
    const failure: Failure =
      error instanceof NoAnswer ? error.failure : { kind: 'invalid', reason: 'the moment cannot be shown' };
    return { moment, state: 'failed', found: null, failure };
  }
}

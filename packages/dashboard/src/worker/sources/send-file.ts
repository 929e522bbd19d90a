/** Puts a wish into the inbox as one new file. Its name is new, so only the branch itself can be in the way of it. */
import type { Receipt } from '../protocol.ts';
import { type Answer, jsonOf, unreadable, wordsOf } from './ask.ts';
import { fieldsOf, OID } from './rows.ts';
import { SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';

const TRIES = 5;
const FIRST_PAUSE_MS = 300;
const LAST_PAUSE_MS = 3_000;

export interface Sending {
  readonly host: string;
  readonly path: string;
  readonly branch: string;
  readonly wiring: Wiring;
  readonly signal: AbortSignal;
}

/**
 * Only a plain no (409, 422) is tried again. After a lost answer nobody knows whether the wish is there, and twice would be
 * worse. Throws SourceFailure.
 */
export async function sendFile(put: () => Promise<Answer>, sending: Sending): Promise<Receipt> {
  const { host, path, branch, wiring, signal } = sending;
  for (let attempt = 1; ; attempt++) {
    const answer = await put().catch((error: unknown) => {
      throw perhapsThere(error);
    });
    if (answer.status < 400) {
      const commit = fieldsOf(fieldsOf(jsonOf(answer, host)).commit).sha;
      if (typeof commit !== 'string' || !OID.test(commit)) throw unreadable(host);
      return { state: 'queued', commit, path };
    }
    const words = wordsOf(answer);
    if (/\brules?\b|protected/i.test(words))
      throw new SourceFailure({ kind: 'denied', reason: `${host} lets nobody write to ${branch} like this: ${words}` });
    if (attempt === TRIES)
      throw new SourceFailure({
        kind: 'unavailable',
        reason: `others write to the yard all the time (${words}); try again in a minute`,
      });
    await wiring.pause(FIRST_PAUSE_MS + Math.random() * (LAST_PAUSE_MS - FIRST_PAUSE_MS), signal);
  }
}

function perhapsThere(error: unknown): unknown {
  if (!(error instanceof SourceFailure) || error.failure.kind !== 'unavailable') return error;
  const reason = `${error.failure.reason}. It may have arrived all the same: look at the queue before you send it again`;
  return new SourceFailure({ ...error.failure, reason });
}

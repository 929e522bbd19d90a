/** Puts a wish into the inbox as one new file. Its name is new, so only the branch itself can be in the way of it. */
import type { Receipt } from '../protocol.ts';
import { type Answer, jsonOf, textOf, wordsOf } from './ask.ts';
import { fieldsOf, OID } from './rows.ts';
import { type NamedWish, type Source, SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';
import { base64Of, wishFile } from './wish-file.ts';

const TRIES = 5;
const FIRST_PAUSE_MS = 300;
const LAST_PAUSE_MS = 3_000;

/** Answers that say what became of the file; every other no is the same for all questions. */
export const SAYS_OF_FILE: readonly number[] = [404, 409, 422];

export interface NewFile {
  readonly path: string;
  readonly message: string;
  readonly content: string;
  readonly branch: string;
}

export interface Sending {
  readonly wish: NamedWish;
  readonly host: string;
  readonly branch: string;
  readonly put: (file: NewFile) => Promise<Answer>;
  readonly commits: Source['commits'];
  readonly wiring: Wiring;
  readonly signal: AbortSignal;
}

/**
 * Only a plain no (409, 422) is tried again by itself. After a lost answer nobody knows whether the wish is there: the person
 * is told, and when they send it again the history is asked first, for it may have been taken up and gone. Throws SourceFailure.
 */
export async function sendFile(sending: Sending): Promise<Receipt> {
  const { wish, host, branch, put, wiring, signal } = sending;
  const { path, text, message } = wishFile(wish);
  if (wish.isAgain) {
    const commit = await arrivedWith(path, sending);
    if (commit !== undefined) return { state: 'queued', commit, path };
  }
  for (let attempt = 1; ; attempt++) {
    const answer = await put({ path, message, content: base64Of(text), branch }).catch((error: unknown) => {
      throw perhapsThere(error);
    });
    if (answer.status < 400) return { state: 'queued', commit: commitIn(answer, host), path };
    const words = wordsOf(answer);
    // GitHub says it in the second line, and for any file that is there.
    if (/already exists|\bsha\b.* wasn't supplied/i.test(textOf(answer))) {
      const commit = await arrivedWith(path, sending);
      if (commit !== undefined) return { state: 'queued', commit, path };
    }
    const denied = deniedBy(answer.status, { words, host, branch });
    if (denied !== undefined) throw new SourceFailure({ kind: 'denied', reason: denied });
    if (attempt === TRIES)
      throw new SourceFailure({
        kind: 'unavailable',
        reason: `others write to the yard all the time (${words}); try again in a minute`,
      });
    await wiring.pause(FIRST_PAUSE_MS + Math.random() * (LAST_PAUSE_MS - FIRST_PAUSE_MS), signal);
  }
}

async function arrivedWith(path: string, { commits, signal }: Sending): Promise<string | undefined> {
  const [last] = await commits({ ref: 'state' }, { count: 1, path }, signal);
  return last?.commit;
}

/** It is there; which commit put it there may be hard to read. */
function commitIn(answer: Answer, host: string): string | null {
  try {
    const { sha } = fieldsOf(fieldsOf(jsonOf(answer, host)).commit);
    return typeof sha === 'string' && OID.test(sha) ? sha : null;
  } catch {
    return null;
  }
}

interface No {
  readonly words: string;
  readonly host: string;
  readonly branch: string;
}

/** Why it makes no sense to try again; undefined: somebody else was quicker. */
function deniedBy(status: number, { words, host, branch }: No): string | undefined {
  if (status === 404) return `${host} knows no branch ${branch} here that this token may write to`;
  if (/\brules?\b|protected|pull request|required status|signature/i.test(words))
    return `${host} lets nobody write to ${branch} like this: ${words}. Whoever looks after the repository can let this token write there`;
  return undefined;
}

/** A no is a no; but what was said by nobody, or by what stands before the host, leaves the question open. */
function perhapsThere(error: unknown): unknown {
  if (!(error instanceof SourceFailure)) return error;
  const { kind } = error.failure;
  if (kind !== 'unavailable' && kind !== 'offline') return error;
  return new SourceFailure({ ...error.failure, mayHaveArrived: true });
}

/**
 * Connects one running git with one client: the body in, git's answer out, and the rules for when one of them
 * leaves early. Returns how git ended; which reply that deserves is decided by the caller.
 */
import type { Readable } from 'node:stream';

import type { GitEnd, GitProcess } from './git-process.ts';

interface ConversationOptions {
  readonly body: Buffer | Readable;
  /** Whether git changes the repository, and so must not be stopped half-way once it knows all of the change. */
  readonly isWrite: boolean;
  readonly gone: AbortSignal;
  readonly onOutput: (chunk: Buffer) => Promise<void>;
}

export interface ConversationEnd extends GitEnd {
  /** Why the body could not be had in full. */
  readonly bodyFailure: unknown;
}

export async function converse(git: GitProcess, options: ConversationOptions): Promise<ConversationEnd> {
  const { body, isWrite, gone, onOutput } = options;
  const input: { failure?: unknown } = {};
  feed(git, body, (failure) => {
    input.failure = failure;
    git.stop();
  });

  // A reader who left needs no answer. A writer may leave: with the whole body here its push is decided, and
  // stopping would only make the outcome harder to tell. If the body was not whole, it has failed just now.
  const leave = () => (isWrite ? undefined : git.stop());
  gone.addEventListener('abort', leave, { once: true });

  for await (const chunk of git.stdout) {
    // Read on even when nobody listens, or git would wait for us with a full pipe.
    if (!gone.aborted) await onOutput(chunk);
  }
  const end = await git.ended;
  gone.removeEventListener('abort', leave);
  return { ...end, bodyFailure: input.failure };
}

function feed(git: GitProcess, body: Buffer | Readable, onFailure: (failure: unknown) => void): void {
  if (Buffer.isBuffer(body)) {
    git.stdin.end(body);
    return;
  }
  if (body.errored) onFailure(body.errored);
  body.on('error', onFailure);
  body.pipe(git.stdin);
}

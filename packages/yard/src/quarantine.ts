/** What is done about broken files, for agents and for people alike: judge each once, and clear the records that had their time. */
import {
  type FileProblem,
  fileProblems,
  overdueInQuarantine,
  type QuarantinedFile,
  unjudgedFiles,
} from '@gityard/domain';
import { pastOf } from './history/past.ts';
import { newId } from './ids.ts';
import type { Outcome, Yard } from './yard.ts';

/** Bytes of a broken file that its record repeats; the rest is in the history. */
const CONTENT_LIMIT_BYTES = 256_000;

export interface Judging {
  readonly now: string;
  /** Only these. */
  readonly path?: string | undefined;
  /** Of a person, for the history. */
  readonly reason?: string | null;
  /** Waits for its turn, so that the agents of a yard do not all write the same. */
  readonly turn?: (path: string) => Promise<void>;
  /** Of the messages that tell authors. */
  readonly makeId?: () => string;
}

/** One answer for each file that was broken. A file that somebody else judged meanwhile is refused as NOTHING_TO_DO. */
export async function judgeBroken(
  yard: Yard,
  { now, path, reason = null, turn, makeId = newId }: Judging,
): Promise<Outcome<QuarantinedFile>[]> {
  const outcomes: Outcome<QuarantinedFile>[] = [];
  for (const file of unjudgedFiles(yard.state).filter((it) => path === undefined || it.path === path)) {
    await turn?.(file.path);
    if (yard.state.broken.get(file.path)?.blob !== file.blob) continue;
    const content = contentOf(yard.read(file.path));
    const wish = { path: file.path, blob: file.blob, content, by: yard.actor, messageId: makeId(), now };
    outcomes.push(await yard.perform('quarantine', wish, { reason }));
  }
  return outcomes;
}

export async function clearOverdue(yard: Yard, now: string): Promise<void> {
  for (const { path, blob } of overdueInQuarantine(yard.state, now))
    await yard.perform('clear', { path, blob, reason: null });
}

function contentOf(bytes: Uint8Array | undefined): Pick<QuarantinedFile, 'encoding' | 'content'> {
  if (!bytes || bytes.length > CONTENT_LIMIT_BYTES) return { encoding: 'utf-8', content: null };
  try {
    return { encoding: 'utf-8', content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    // Only bytes that are no text throw here.
    return { encoding: 'base64', content: Buffer.from(bytes).toString('base64') };
  }
}

/** Every broken file with its author, whom only the history knows. Throws StoreError. */
export async function problemsWithAuthors(yard: Yard): Promise<readonly FileProblem[]> {
  const { transport, refs, head: commit } = yard;
  const problems = fileProblems(yard.state);
  const unknown = problems.filter((it) => it.author === null && !it.restored).map((it) => it.path);
  if (unknown.length === 0) return problems;
  const pasts = await pastOf({ transport, ref: refs.state, commit, paths: unknown });
  return problems.map((it) => {
    const past = it.author === null ? pasts.get(it.path) : undefined;
    return past ? { ...it, author: past.author, seenAt: past.at } : it;
  });
}

/** Small words for the contract's specs: make a commit, push it, say what came of it. */
import { expect } from 'vitest';

import { type Attempt, buildAttempt } from '../../attempt.ts';
import { decodeCommit } from '../../codec/commit.ts';
import type { Oid } from '../../codec/oid.ts';
import { type Snapshot, snapshotOf } from '../../snapshot.ts';
import type { Edit } from '../../tree-edit.ts';
import type { FetchedRef, PushOutcome, Transport } from '../transport.ts';

export const REF = 'refs/heads/yard';
export const OTHER = 'refs/heads/yard-live';

type Files = Readonly<Record<string, string | null>>;

export function commit(
  files: Files,
  base?: Snapshot,
  { history = 'kept' }: { history?: 'kept' | 'none' } = {},
): Attempt {
  const edits = Object.entries(files).map(
    ([path, text]): Edit => ({ path, content: text === null ? null : Buffer.from(text) }),
  );
  const draft = { edits, message: 'a change', author: { name: 'Ada', email: 'ada@example.com' } };
  return buildAttempt(draft, { base, history, wallMs: 1_700_000_000_000, quick: () => undefined });
}

export function push(transport: Transport, { base, snapshot, objects }: Attempt, ref = REF): Promise<PushOutcome> {
  return transport.push({ updates: [{ ref, expected: base, next: snapshot.commit }], objects });
}

/** The files as they stand on the remote now: where it makes commits itself, under the name that it gave. */
export async function landed(transport: Transport, attempt: Attempt, ref = REF): Promise<Snapshot> {
  const outcome = await push(transport, attempt, ref);
  expect(sortOf(outcome, ref), reasonOf(outcome, ref)).toBe('ok');
  const answer = outcome.kind === 'answered' ? outcome.refs.get(ref) : undefined;
  const { snapshot } = attempt;
  if (!answer?.ok || !answer.landedAs) return snapshot;
  expect(transport.makesCommits, 'a remote that gives other names says so').toBe(true);
  return snapshotOf({ commit: answer.landedAs, root: snapshot.root });
}

export function sortOf(outcome: PushOutcome, ref = REF): string {
  if (outcome.kind === 'unclear') return `unclear: ${outcome.cause.message}`;
  const answer = outcome.refs.get(ref);
  return answer?.ok ? 'ok' : (answer?.sort ?? 'not mentioned');
}

export function reasonOf(outcome: PushOutcome, ref = REF): string {
  const answer = outcome.kind === 'answered' ? outcome.refs.get(ref) : undefined;
  return answer && !answer.ok ? answer.reason : '';
}

export function commitsOf({ objects }: FetchedRef): Oid[] {
  const commits = objects.filter((it) => it.type === 'commit');
  for (const { body } of commits) expect(decodeCommit(body).author.name).not.toBe('');
  return commits.map((it) => it.oid);
}

export function blobsOf({ objects }: FetchedRef): string[] {
  return objects.filter((it) => it.type === 'blob').map((it) => Buffer.from(it.body).toString());
}

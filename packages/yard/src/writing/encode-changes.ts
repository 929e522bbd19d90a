/** Changes of the domain to edits of files. Several changes of one entity end as one edit, the last. */
import type { Change, State } from '@gityard/domain';
import type { Edit } from '@gityard/store';
import { answerPathOf, pathOf } from '../files/paths.ts';
import { answerText } from '../reading/decode-file.ts';
import type { Problem } from '../reading/problem.ts';
import { canonicalBytes } from './canonical-json.ts';

export function encodeChanges(before: State, changes: readonly Change[]): Edit[] {
  const edits = new Map<string, Edit>();
  for (const change of changes) for (const edit of editsOf(before, change)) edits.set(edit.path, edit);
  return [...edits.values()];
}

function editsOf(before: State, change: Change): Edit[] {
  if (change.kind === 'queue-taken') {
    const answered = before.queue.get(change.id)?.answered != null;
    const answer = answered ? [{ path: answerPathOf(change.id), content: null }] : [];
    return [{ path: change.id, content: null }, ...answer];
  }
  if (change.kind === 'queue-answer') {
    const text = answerText({ path: change.id, blob: change.blob, reason: change.reason, line: change.line });
    return [{ path: answerPathOf(change.id), content: new TextEncoder().encode(text) }];
  }
  return [
    { path: pathOf(change.kind, change.id), content: change.value === null ? null : canonicalBytes(change.value) },
  ];
}

/** A broken file is never overwritten silently: what would write to it is refused, naming the file. */
export function brokenTarget(changes: readonly Change[], problems: ReadonlyMap<string, Problem>): Problem | undefined {
  if (problems.size === 0) return undefined;
  for (const change of changes) {
    if (change.kind === 'queue-taken' || change.kind === 'queue-answer') continue;
    const path = pathOf(change.kind, change.id);
    // Somebody may also have put a folder where the file belongs.
    const problem = problems.get(path) ?? [...problems.values()].find((it) => it.path.startsWith(`${path}/`));
    if (problem) return problem;
  }
  return undefined;
}

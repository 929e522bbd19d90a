/** What is wrong with a file of the repository: enough for a person to mend it. */
import type { BrokenFile, QuarantinedFile, QueueFile, State } from '@gityard/domain';
import { answerPathOf } from '../files/paths.ts';

export interface Problem {
  readonly path: string;
  readonly blob: string;
  readonly code: BrokenFile['code'];
  readonly reason: string;
  readonly line: number | null;
  /** Whose commit brought it, and when; null: nobody has asked the history. */
  readonly author: string | null;
  readonly seenAt: string | null;
  /** The last valid version is back in its place; what was broken lies in `shared/quarantine/`. */
  readonly restored: boolean;
}

/** Files that are broken, files that were and of which nobody said that it was dealt with, and refused inbox files. */
export function problemsOf({ broken, quarantine, queue }: State): Problem[] {
  const present = [...broken].map(presentOf);
  const restored = [...quarantine]
    .filter((it) => it.restored && broken.get(it.path)?.blob !== it.blob)
    .sort((a, b) => (a.quarantinedAt < b.quarantinedAt ? -1 : 1));
  return [...present, ...restored.map(restoredOf), ...[...queue].flatMap(inboxProblem)];
}

/** A file may be well-formed and still ask for what is refused; then only its answer says why. */
function inboxProblem({ path, blob, problem, answered }: QueueFile): Problem[] {
  if (!problem && answered !== blob) return [];
  const { reason, line } = problem ?? { reason: `was refused; ${answerPathOf(path)} says why`, line: null };
  return [{ path, blob, code: 'INVALID_DATA', reason, line, author: null, seenAt: null, restored: false }];
}

const presentOf = ({ past, ...it }: BrokenFile): Problem => ({
  ...it,
  author: past?.author ?? null,
  seenAt: past?.brokenAt ?? null,
  restored: false,
});

const restoredOf = ({ path, blob, code, reason, line, author, brokenAt }: QuarantinedFile): Problem => ({
  path,
  blob,
  code,
  reason,
  line,
  author,
  seenAt: brokenAt,
  restored: true,
});

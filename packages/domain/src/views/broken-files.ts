/** Files of the yard that people have to see to: what is wrong with each, which somebody has to judge, which had their time. */

import { quarantineIdOf } from '../entities/file-id.ts';
import type { QuarantinedFile } from '../entities/quarantined-file.ts';
import type { BrokenFile, QueueFile, State } from '../state.ts';
import { after, DAY_MS, isBefore, type Time } from '../time.ts';

/** What is wrong with a file: enough for a person to mend it. */
export interface FileProblem {
  readonly path: string;
  readonly blob: string;
  readonly code: BrokenFile['code'];
  readonly reason: string;
  readonly line: number | null;
  /** Whose commit brought it, and when; null: nobody has asked the history. */
  readonly author: string | null;
  readonly seenAt: Time | null;
  /** The last valid version is back in its place; what was broken lies in `shared/quarantine/`. */
  readonly restored: boolean;
}

/** Files that are broken, files that were and of which nobody said that it was dealt with, and refused inbox files. */
export function fileProblems({ broken, quarantine, queue }: State): readonly FileProblem[] {
  const restored = [...quarantine]
    .filter((it) => it.restored && broken.get(it.path)?.blob !== it.blob)
    .sort((a, b) => (a.quarantinedAt < b.quarantinedAt ? -1 : 1));
  return [...[...broken].map(presentProblem), ...restored.map(restoredProblem), ...[...queue].flatMap(inboxProblem)];
}

function presentProblem({ past, ...file }: BrokenFile): FileProblem {
  return { ...file, author: past?.author ?? null, seenAt: past?.brokenAt ?? null, restored: false };
}

function restoredProblem({ path, blob, code, reason, line, author, brokenAt }: QuarantinedFile): FileProblem {
  return { path, blob, code, reason, line, author, seenAt: brokenAt, restored: true };
}

/** A file may be well-formed and still ask for what is refused; then its answer says why. */
function inboxProblem({ path, blob, problem, answered, refusal }: QueueFile): FileProblem[] {
  if (!problem && answered !== blob) return [];
  const { reason, line } = problem ?? {
    reason: refusal ?? 'was refused; the .error.md beside it says why',
    line: null,
  };
  return [{ path, blob, code: 'INVALID_DATA', reason, line, author: null, seenAt: null, restored: false }];
}

/** A file of a newer program is not broken for everybody, and where nothing can stand there is nothing to judge. */
export const unjudgedFiles = ({ broken, quarantine }: State): readonly BrokenFile[] =>
  [...broken].filter((file) => {
    if (file.code === 'NEWER_SCHEMA' || !file.past) return false;
    return file.past.restorable || !quarantine.has(quarantineIdOf(file));
  });

/** Records of files that were mended where they lay, and of restored ones that nobody cleared for as long as a finished job is kept. */
export const overdueInQuarantine = ({ broken, quarantine, yard }: State, now: Time): readonly QuarantinedFile[] =>
  [...quarantine].filter(({ path, blob, restored, quarantinedAt }) => {
    if (broken.get(path)?.blob === blob) return false;
    return !restored || isBefore(after(quarantinedAt, yard.retention.finishedJobsDays * DAY_MS), now);
  });

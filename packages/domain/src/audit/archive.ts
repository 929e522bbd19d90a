/**
 * What lies in the archive is what left the state, and stays so until it is pruned. The archive is no part of the state,
 * so this stands beside the rules: it is told which of its files a commit touched.
 */

import { applyChanges } from '../apply-changes.ts';
import type { ArchivedKind } from '../archive-folder.ts';
import { isFinished } from '../entities/job.ts';
import type { EntityChange, State } from '../state.ts';
import { validate } from '../validate.ts';
import { auditStep } from './audit.ts';
import { type Changed, has, isImported, operationsOn, type Step, type Violation } from './rule.ts';
import { sameValue } from './same-value.ts';

/** A file of the archive that a commit brought, changed or took away. */
export interface ArchiveChange {
  readonly of: ArchivedKind;
  readonly id: string;
  /** Whether it was there before. */
  readonly wasThere: boolean;
  /** What it says now, as plain JSON; undefined: it is gone. */
  readonly said: unknown;
}

export function auditArchive(
  step: Step,
  files: readonly ArchiveChange[],
  changed: readonly Changed[],
): readonly Violation[] {
  return [...files.flatMap((it) => inArchive(step, it)), ...lostOnTheWay(step, files, changed)];
}

function inArchive(step: Step, file: ArchiveChange): readonly Violation[] {
  const name = `${file.of} ${file.id}`;
  if (file.wasThere && file.said === undefined)
    return has(step, 'prune') ? [] : [{ rule: 'archive-kept', text: `${name} vanished from the archive` }];
  if (file.wasThere) return [{ rule: 'archive-kept', text: `${name} was changed in the archive` }];
  if (isTakenOver(step, file)) return [];
  if (!has(step, 'archive'))
    return [{ rule: 'archive-kept', text: `${name} was put into the archive by no operation` }];
  return arrived(step, file);
}

/** Over long before it came: an import puts it where it would be by now. */
function isTakenOver(step: Step, { of, id, said }: ArchiveChange): boolean {
  if (
    of === 'manifest' ||
    of === 'attestation' ||
    entityOf(step.before, { of, id }) !== undefined ||
    typeof said !== 'object'
  )
    return false;
  const checked = validate(of, JSON.parse(JSON.stringify(said)));
  if (!checked.ok || checked.value.id !== id || !isImported(checked.value, step)) return false;
  return !('endedAt' in checked.value) || (isFinished(checked.value) && checked.value.endedAt !== null);
}

/** As it stood before the commit, or as the other operations of the commit may have left it. */
function arrived(step: Step, { of, id, said }: ArchiveChange): readonly Violation[] {
  const before = entityOf(step.before, { of, id });
  if (sameValue(before, said)) return [];
  if (before === undefined || !isTouched(step, id))
    return [{ rule: 'archive-true', text: `${of} ${id} is not in the archive as it was` }];
  const asItLeft = applyChanges(step.after, [{ kind: of, id, value: said } as EntityChange]);
  return auditStep(step.before, asItLeft, step.operations, [{ kind: of, id }]);
}

const isTouched = (step: Step, id: string): boolean =>
  operationsOn(step, id).length > 0 || step.operations.some((it) => it.message === id);

function entityOf(state: State, { of, id }: Pick<ArchiveChange, 'of' | 'id'>): unknown {
  const { jobs: job, messages: message, manifests: manifest, attestations: attestation } = state;
  return { job, message, manifest, attestation }[of].get(id);
}

/** Taken out of the state for the archive, and not to be found there. */
function lostOnTheWay(step: Step, files: readonly ArchiveChange[], changed: readonly Changed[]): readonly Violation[] {
  if (!has(step, 'archive')) return [];
  const arrivals = new Set(files.map(({ of, id }) => `${of} ${id}`));
  return changed
    .filter(({ kind, removed }) => removed === true && ['job', 'message', 'manifest', 'attestation'].includes(kind))
    .filter(({ kind, id }) => !arrivals.has(`${kind} ${id}`))
    .map(({ kind, id }) => ({ rule: 'archive-true', text: `${kind} ${id} left the state and is not in the archive` }));
}

/**
 * What an import may bring, and that nothing else comes under its name: a mark says which source it is from, the record of
 * that source is written by the same commit, and what bears the mark neither runs nor holds on.
 */
import type { ImportedFrom, ImportRecord } from '../entities/import-record.ts';
import type { Job } from '../entities/job.ts';
import type { Lock } from '../entities/lock.ts';
import type { Message } from '../entities/message.ts';
import { jobUnrest, lockUnrest } from '../operations/imports/unrest.ts';
import { isImported, type Marked, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export const importedJobRests = (it: Transition<Job>, step: Step): readonly string[] =>
  marked('job', it, { step, unrest: jobUnrest });
export const importedLockRests = (it: Transition<Lock>, step: Step): readonly string[] =>
  marked('lock', it, { step, unrest: lockUnrest });
export const importedMessageIsMarked = (it: Transition<Message>, step: Step): readonly string[] =>
  marked('message', it, { step, unrest: () => undefined });

interface Judging<T> {
  readonly step: Step;
  readonly unrest: (value: T) => string | undefined;
}

function marked<T extends Marked>(
  kind: string,
  { id, before, after }: Transition<T>,
  { step, unrest }: Judging<T>,
): readonly string[] {
  if (!after) return [];
  if (before)
    return sameValue(markOf(before), markOf(after)) ? [] : [`${kind} ${id} changed what it says of its origin`];
  if (after.importedFrom === undefined) return [];
  if (!isImported(after, step)) return [`${kind} ${id} says that it was imported, and came with no import`];
  const fault = unrest(after);
  return fault === undefined ? [] : [`${kind} ${id} was imported and ${fault}`];
}

const markOf = ({ importedFrom }: Marked): ImportedFrom | null => importedFrom ?? null;

/** Records count the batches, so that no import is hidden and none is told of that was not. */
export function importsAreCounted({ id, before, after }: Transition<ImportRecord>, step: Step): readonly string[] {
  if (!after) return [`the record of import ${id} vanished`];
  const imports = step.operations.filter((it) => it.operation === 'import').length;
  const rise = after.batches - (before?.batches ?? 0);
  if (sameValue(before, after) || (imports > 0 && rise > 0 && rise <= imports)) return [];
  return [`the record of import ${id} went up by ${rise} batches with ${imports} imports`];
}

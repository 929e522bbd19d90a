/**
 * Takes over a part of a predecessor's data. What comes has a past that nobody here saw: ends, receipts and times of its
 * own. So all of it bears the mark of its source, none of it may run or hold anything without an end, and nothing that is
 * here already is touched. The batches of a source are counted: who prepared his on an older state is refused.
 */
import { type ArchivedKind, archiveFolderOf } from '../../archive-folder.ts';
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import type { Agent } from '../../entities/agent.ts';
import type { BranchProfile } from '../../entities/branch-profiles.ts';
import type { ImportRecord } from '../../entities/import-record.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import type { Lock } from '../../entities/lock.ts';
import type { Message } from '../../entities/message.ts';
import { appendRecords } from '../../metrics/append-records.ts';
import { recordsOf } from '../../metrics/records-of.ts';
import type { Change, Entities, State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { unrest, waitsAsImported } from './unrest.ts';

export type ImportedEntity =
  | { readonly kind: 'agent'; readonly value: Agent }
  | { readonly kind: 'lock'; readonly value: Lock }
  | { readonly kind: 'job'; readonly value: Job; readonly archived: boolean }
  | { readonly kind: 'message'; readonly value: Message; readonly archived: boolean }
  | { readonly kind: 'branch'; readonly value: BranchProfile };

export interface ImportBatch {
  /** `id` names its record; `address` never holds a password. */
  readonly source: { readonly id: string; readonly address: string };
  /** The number that this batch has: one more than the record says. */
  readonly batch: number;
  readonly entities: readonly ImportedEntity[];
  /** Said with the last batch. null: there is more to come. */
  readonly completed: { readonly withHistory: boolean } | null;
  readonly by: string;
  readonly now: Time;
}

/** In one commit: enough to be quick, few enough that no commit is a heavy one. */
export const IMPORTED_AT_ONCE = 500;

export function importBatch(state: State, batch: ImportBatch): Decision<ImportRecord> {
  const { source, entities, by } = batch;
  const before = state.imports.get(source.id);
  const after = recordAfter(before, batch);
  if (entities.length === 0 && before && sameRecord(before, after))
    return accept(before, [], `${source.id} is imported already`, { agent: by });
  if (batch.batch !== after.batches)
    return refuse('CONFLICT', `another import of ${source.id} has written since`, [source.id]);
  if (entities.length > IMPORTED_AT_ONCE)
    return refuse('INVALID_DATA', `${entities.length} things at once; ${IMPORTED_AT_ONCE} are the most`);
  const checked = validate('import', copyOf(after));
  if (!checked.ok) return refuse('INVALID_DATA', `the record of the import: ${checked.reason}`, [source.id]);

  const changes: Change[] = [];
  const taken = new Set<string>();
  for (const entity of entities) {
    const change = changeFor(state, source.id, entity);
    if ('ok' in change) return change;
    const name = `${entity.kind} ${change.id}`;
    if (taken.has(name)) return refuse('DUPLICATE_ID', `${name} comes twice in one batch`, [change.id]);
    taken.add(name);
    if (entity.kind !== 'branch') changes.push(change);
  }
  const profiles = withProfiles(state, entities);
  if ('ok' in profiles) return profiles;
  const archived = entities.flatMap((it) => (it.kind === 'job' && it.archived ? recordsOf(it.value, undefined) : []));
  const record: Change = { kind: 'import', id: source.id, value: checked.value };
  const summary = `import ${entities.length} things of ${source.id}`;
  return accept(checked.value, [...changes, ...profiles.changes, ...appendRecords(state, archived), record], summary, {
    agent: by,
  });
}

function recordAfter(
  before: ImportRecord | undefined,
  { source, entities, completed, now }: ImportBatch,
): ImportRecord {
  const isDeeper = completed !== null && (!before?.completedAt || (completed.withHistory && !before.withHistory));
  return {
    schemaVersion: 1,
    completedAt: null,
    withHistory: false,
    ...before,
    id: source.id,
    source: source.address,
    batches: (before?.batches ?? 0) + 1,
    items: (before?.items ?? 0) + entities.length,
    ...(isDeeper && { completedAt: before?.completedAt ?? now, withHistory: completed.withHistory }),
  };
}

/** But for the number of the batch, which only counts what was written, and for a source that has moved. */
const sameRecord = (a: ImportRecord, b: ImportRecord): boolean =>
  a.completedAt === b.completedAt && a.withHistory === b.withHistory;

function changeFor(state: State, source: string, entity: ImportedEntity): Change | Refused {
  if (entity.kind === 'branch') return { kind: 'branches', id: entity.value.name, value: null };
  const checked = validate(entity.kind, copyOf(entity.value));
  if (!checked.ok) return refuse('INVALID_DATA', `an imported ${entity.kind}: ${checked.reason}`);
  const value = checked.value as Agent | Lock | Job | Message;
  const id = 'holders' in value ? value.name : value.id;
  if (tableOf(state, entity.kind).has(id) && !hasEndedSince(state, value))
    return refuse('CONFLICT', `${entity.kind} ${id} is here already`, [id]);
  const fault = unrest(entity.kind, value) ?? (isMarked(value, source) ? undefined : 'does not say where it is from');
  if (fault) return refuse('INVALID_DATA', `imported ${entity.kind} ${id} ${fault}`, [id]);
  if (!('archived' in entity) || !entity.archived) return { kind: entity.kind, id, value } as Change;
  return intoArchive(entity.kind, id, value as Job | Message);
}

/** What came open and ended there afterwards, while nobody here touched it, ends here as well. */
function hasEndedSince({ jobs }: State, value: Agent | Lock | Job | Message): boolean {
  if (!('attempts' in value) || !isFinished(value)) return false;
  const before = jobs.get(value.id);
  return before !== undefined && waitsAsImported(before) && before.importedFrom?.digest === value.importedFrom?.digest;
}

/** Agents are told from others by their mode and its reason: they are registered anew by their own daemons. */
const isMarked = (value: Agent | Lock | Job | Message, source: string): boolean =>
  'host' in value || value.importedFrom?.source === source;

const tableOf = (state: State, kind: 'agent' | 'lock' | 'job' | 'message') =>
  ({ agent: state.agents, lock: state.locks, job: state.jobs, message: state.messages })[kind];

function intoArchive(kind: 'job' | 'message', id: string, content: Job | Message): Change | Refused {
  if (kind === 'job' && (content as Job).endedAt === null)
    return refuse('INVALID_DATA', `job ${id} has not ended and cannot go into the archive`, [id]);
  const at = 'sentAt' in content ? content.sentAt : (content.endedAt ?? content.submittedAt);
  return {
    kind: 'archive',
    of: kind,
    id,
    folder: archiveFolderOf(kind, at),
    content: content as Entities[ArchivedKind],
  };
}

function withProfiles(state: State, entities: readonly ImportedEntity[]): { changes: Change[] } | Refused {
  const coming = entities.flatMap((it) => (it.kind === 'branch' ? [it.value] : []));
  const known = state.branches.branches;
  const clash = coming.find((it) => Object.hasOwn(known, it.name));
  if (clash) return refuse('CONFLICT', `branch profile ${clash.name} is here already`, [clash.name]);
  if (coming.length === 0) return { changes: [] };
  const branches = { ...known, ...Object.fromEntries(coming.map((it) => [it.name, it])) };
  const checked = validate('branches', copyOf({ ...state.branches, branches }));
  if (!checked.ok) return refuse('INVALID_DATA', `branch profiles: ${checked.reason}`);
  return { changes: [{ kind: 'branches', id: 'branches', value: checked.value }] };
}

/** Validation fills defaults in, and what it fills must not be the caller's own value. */
const copyOf = (value: object): unknown => JSON.parse(JSON.stringify(value));

/**
 * From what was found in the source and what the yard has, what is to be written and what is to be told. Pure but for the look
 * for secrets: the same source and the same yard give the same plan, and a plan that was carried out gives an empty one.
 */
import {
  archiveFolderOf,
  endOfArchiveFolder,
  type ImportedEntity,
  type ImportRecord,
  type State,
  type Time,
  validate,
} from '@gityard/domain';
import type { Candidate } from '../shapes/candidate.ts';
import { REPAIRS } from '../shapes/time-of.ts';
import type { Known } from './known.ts';
import { type Named, nameAll } from './name-all.ts';
import { type Resolved, resolveReferences } from './references.ts';
import { NAME_MASKED } from './safe-names.ts';
import { screen } from './screen.ts';
import type { Found } from './shape-all.ts';

export type Outcome = 'imported' | 'repaired' | 'quarantined' | 'dropped' | 'unchanged';

/** What becomes of one entry. */
export interface Fate extends Pick<Found, 'place' | 'lostIn'> {
  readonly kind: Candidate['kind'];
  readonly sourceId: string | null;
  readonly id: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly notes: readonly string[];
}

export interface Plan {
  /** In the order in which they are to be written. */
  readonly entities: readonly ImportedEntity[];
  readonly fates: readonly Fate[];
}

export interface Planning {
  readonly state: State;
  readonly known: Known;
  readonly record: ImportRecord | undefined;
  readonly source: string;
  readonly history: boolean;
  readonly redact: boolean;
  readonly now: Time;
}

export async function planImport(found: readonly Found[], planning: Planning): Promise<Plan> {
  const named = resolveReferences(nameAll(found, planning.known));
  const fates: Fate[] = [];
  const coming: Resolved[] = [];
  for (const it of named) {
    const settled = settledBefore(it, planning);
    if (settled) fates.push(fateOf(it, settled));
    else coming.push(it);
  }
  const made: { it: Resolved; entity: ImportedEntity }[] = [];
  for (const it of coming) {
    const own = entityOf(it, planning);
    if ('reason' in own) fates.push(fateOf(it, own));
    else made.push({ it, entity: own.entity });
  }
  const entities: ImportedEntity[] = [];
  const screened = await screen(
    made.map((it) => it.entity),
    planning,
  );
  for (const [at, { it }] of made.entries()) {
    const own = screened[at];
    if (!own) continue;
    if (own.entity === null) fates.push(fateOf(it, { outcome: 'quarantined', reason: own.reason }));
    else {
      entities.push(own.entity);
      fates.push(fateOf(it, verdictOf(it, own.masked)));
    }
  }
  return { entities: entities.sort(inOrder), fates };
}

type Verdict = Pick<Fate, 'outcome' | 'reason'>;

function settledBefore(named: Named, planning: Planning): Verdict | undefined {
  const { candidate, known, collides, id } = named;
  const { kind } = candidate;
  if (known) return hasEndedSince(named, planning.source) ? undefined : { outcome: 'unchanged', reason: null };
  if (kind === 'lock' && planning.known(kind, id.replace(/-[0-9a-f]{8}$/, '')) && collides)
    return { outcome: 'dropped', reason: 'this yard has a lock of that name' };
  if (collides && (kind === 'agent' || kind === 'branch' || kind === 'lock'))
    return { outcome: 'quarantined', reason: `another ${kind} bears the name ${candidate.sourceId}` };
  return isPruned(named, planning)
    ? { outcome: 'dropped', reason: 'left the archive of this yard by its age' }
    : undefined;
}

/** It came open, nobody here has touched it, and there it has ended. */
const hasEndedSince = ({ candidate, known }: Named, source: string): boolean =>
  known?.waiting?.importedFrom?.source === source && candidate.kind === 'job' && candidate.value.status !== 'queued';

/**
 * A source that was taken over whole, and whose oldest the yard has let go since, must not bring it back for a day. Folders
 * of the archive go whole: from one that is there nothing has gone.
 */
function isPruned({ candidate }: Named, { record, history, state, now }: Planning): boolean {
  if (!record?.completedAt || (history && !record.withHistory)) return false;
  const folder = folderOf(candidate);
  if (folder === null || state.archive.has(folder)) return false;
  const keptMs = state.yard.retention.archiveDays * DAY_MS;
  return Date.parse(endOfArchiveFolder(folder)) + keptMs < Date.parse(now);
}
const DAY_MS = 86_400_000;

function folderOf({ kind, value }: Candidate): string | null {
  if (kind === 'message') return archiveFolderOf('message', value.sentAt);
  return kind === 'job' && value.endedAt !== null ? archiveFolderOf('job', value.endedAt) : null;
}

function entityOf(it: Resolved, planning: Planning): { entity: ImportedEntity } | Verdict {
  const { candidate, id, place } = it;
  const { kind } = candidate;
  if (kind === 'branch') return branchEntity(candidate.value);
  const where = [place.path, place.line, place.commit?.slice(0, 10)].filter((part) => part != null).join(':');
  const mark = {
    source: planning.source,
    id: (candidate.sourceId ?? id).slice(0, 300),
    place: where.slice(0, 500),
    digest: candidate.digest,
  };
  const own = kind === 'lock' ? { name: id } : { id };
  const before = it.known?.waiting ?? null;
  const marked =
    kind === 'agent' ? candidate.value : { ...candidate.value, importedFrom: before?.importedFrom ?? mark };
  const checked = validate(kind, JSON.parse(JSON.stringify({ ...marked, ...own })));
  if (!checked.ok) return { outcome: 'quarantined', reason: `does not fit: ${checked.reason}` };
  return {
    entity: {
      kind,
      value: checked.value,
      archived: before === null && !it.isNeeded && isOver(candidate, planning),
    } as ImportedEntity,
  };
}

function branchEntity(value: Extract<Candidate, { kind: 'branch' }>['value']): { entity: ImportedEntity } | Verdict {
  const branches = { schemaVersion: 1, branches: { [value.name]: value } };
  const checked = validate('branches', JSON.parse(JSON.stringify(branches)));
  if (!checked.ok) return { outcome: 'quarantined', reason: `does not fit: ${checked.reason}` };
  return { entity: { kind: 'branch', value } };
}

/**
 * Where it would be by now, had it been here from the beginning. Also what nobody read and what was critical: so old, it would
 * only hide what is.
 */
function isOver({ kind, value }: Candidate, { state, now }: Planning): boolean {
  const { finishedJobsDays, messagesDays } = state.yard.retention;
  const isOlder = (time: Time, days: number) => Date.parse(time) + days * DAY_MS < Date.parse(now);
  if (kind === 'message') return isOlder(value.sentAt, messagesDays);
  return kind === 'job' && value.endedAt !== null && isOlder(value.endedAt, finishedJobsDays);
}

function verdictOf({ damage, collides, candidate, id, known }: Resolved, masked: string | null): Verdict {
  const isMended = (note: string): boolean => Object.values<string>(REPAIRS).includes(note);
  const isRenamed = candidate.notes.includes(NAME_MASKED);
  const mended = [
    damage === null ? null : `its file ${damage}`,
    collides ? `another had the id ${candidate.sourceId}: this one is ${id}` : null,
    isRenamed ? `${NAME_MASKED}: this one is ${id}` : null,
    masked,
    ...candidate.notes.filter(isMended),
  ].filter((it) => it !== null);
  const reasons = known?.waiting ? [...mended, 'it has ended there since'] : mended;
  return {
    outcome: mended.length > 0 ? 'repaired' : 'imported',
    reason: reasons.length === 0 ? null : reasons.join('; '),
  };
}

const fateOf = ({ candidate, id, place, lostIn }: Named, { outcome, reason }: Verdict): Fate => {
  const { kind, sourceId, notes } = candidate;
  const isNamedAnew = sourceId !== null && sourceId !== id && (kind === 'job' || kind === 'message');
  const renamed = isNamedAnew ? [`an id that is no name here was made one; the old one is in importedFrom`] : [];
  return { kind, sourceId, id, place, lostIn, outcome, reason, notes: [...notes, ...renamed] };
};

const ORDER: readonly ImportedEntity['kind'][] = ['agent', 'branch', 'lock', 'job', 'message'];
const inOrder = (a: ImportedEntity, b: ImportedEntity): number =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0);
const timeOf = (it: ImportedEntity): Time =>
  it.kind === 'job' ? it.value.submittedAt : it.kind === 'message' ? it.value.sentAt : '';

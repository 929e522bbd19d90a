/**
 * One file of the state branch to an entity, an inbox file, or a problem. Everything in a repository is hostile until it
 * has passed here: mode, name, size, text, JSON, schema, and the id it claims to be.
 */
import {
  type BrokenFile,
  type CommandWish,
  type Entities,
  type EntityKind,
  type HistoryHour,
  historyIdOf,
  type JobWish,
  type QuarantinedFile,
  type QueueFile,
  quarantineIdOf,
  SCHEMA_VERSION,
  validate,
} from '@gityard/domain';
import type { TreeEntry } from '@gityard/store';
import { isNearlyQueueFile, isQueueFile, placeOf, queuePathOf } from '../files/paths.ts';
import { lineOf } from './line-of.ts';
import { type Read, readJson } from './read-json.ts';

type DecodedEntity = {
  [K in EntityKind]: { readonly sort: 'entity'; readonly kind: K; readonly id: string; readonly value: Entities[K] };
}[EntityKind];
export type Decoded =
  | DecodedEntity
  | { readonly sort: 'queue'; readonly file: Omit<QueueFile, 'answered'> }
  | { readonly sort: 'answer'; readonly queuePath: string; readonly blob: string | null }
  | { readonly sort: 'problem'; readonly problem: BrokenFile }
  | { readonly sort: 'foreign' };

const PLAIN_FILE = '100644';
const ANSWERED_BLOB = /<!-- gityard: answers ([0-9a-f]{40}) -->/;

export function decodeFile(entry: TreeEntry, bytes: Uint8Array | undefined): Decoded {
  const { path } = entry;
  if (isQueueFile(path)) return { sort: 'queue', file: queueFile(entry, bytes) };
  if (/^queue\/[^/]+\.error\.md$/.test(path)) return answer(path, bytes);
  if (isNearlyQueueFile(path))
    return problem(entry, 'INVALID_DATA', 'is not taken up: inbox files lie in queue/ itself and end in ".json"');

  const place = placeOf(path);
  if (place === undefined) return { sort: 'foreign' };
  if ('problem' in place) return problem(entry, 'INVALID_DATA', place.problem);
  const read = readEntry(entry, bytes);
  if (!read.ok) return problem(entry, read.code, read.reason, read.line);
  if (isNewer(read.value))
    return problem(
      entry,
      'NEWER_SCHEMA',
      `has a schemaVersion above ${SCHEMA_VERSION}: it is left alone until this program is updated`,
    );

  const checked = validate(place.kind, read.value);
  if (!checked.ok) return problem(entry, 'INVALID_DATA', `is not valid: ${checked.reason}`, placeIn(bytes, checked.at));
  const claimed = idOf(checked.value);
  if (claimed !== undefined && claimed !== place.id)
    return problem(entry, 'INVALID_DATA', `says it is ${claimed}, but its name says ${place.id}`);
  return { sort: 'entity', kind: place.kind, id: place.id, value: checked.value } as DecodedEntity;
}

function readEntry({ mode }: TreeEntry, bytes: Uint8Array | undefined): Read {
  if (mode !== PLAIN_FILE)
    return { ok: false, code: 'INVALID_DATA', reason: `has mode ${mode}; only plain files are read`, line: null };
  if (bytes === undefined) return { ok: false, code: 'TOO_LARGE', reason: 'is too large to be fetched', line: null };
  return readJson(bytes);
}

/** A person's file holds one wish or an array of them; its first fault is what it is answered with. */
function queueFile(entry: TreeEntry, bytes: Uint8Array | undefined): Omit<QueueFile, 'answered'> {
  const { path, oid: blob } = entry;
  const broken = (reason: string, line: number | null = null) => ({
    path,
    blob,
    wishes: [],
    problem: { reason, line },
  });
  const read = readEntry(entry, bytes);
  if (!read.ok) return broken(read.reason, read.line);
  const asked = Array.isArray(read.value) ? read.value : [read.value];
  if (asked.length === 0) return broken('asks for nothing');
  if (asked.length > 100) return broken(`asks for ${asked.length} things; 100 are the most for one file`);

  const wishes: (JobWish | CommandWish)[] = [];
  for (const [at, value] of asked.entries()) {
    if (isNewer(value)) return broken(`has a schemaVersion above ${SCHEMA_VERSION}`);
    const isCommand = typeof value === 'object' && value !== null && 'op' in value;
    const checked = isCommand ? validate('queue-command', value) : validate('queue-job', value);
    if (!checked.ok) {
      const line = placeIn(bytes, Array.isArray(read.value) ? `/${at}${checked.at}` : checked.at);
      const which = asked.length > 1 ? `in wish ${at + 1} ` : '';
      return broken(`is not valid: ${which}${checked.reason}`, line);
    }
    wishes.push(checked.value);
  }
  return { path, blob, wishes, problem: null };
}

function answer(path: string, bytes: Uint8Array | undefined): Decoded {
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes.subarray(0, 10_000));
  return { sort: 'answer', queuePath: queuePathOf(path), blob: ANSWERED_BLOB.exec(text)?.[1] ?? null };
}

/** The text of the `.error.md` beside a broken inbox file. The comment is what makes it be written once. */
export function answerText({
  path,
  blob,
  reason,
  line,
}: {
  path: string;
  blob: string;
  reason: string;
  line: number | null;
}): string {
  const name = path.slice('queue/'.length);
  return [
    `# ${name} was not taken up`,
    '',
    `It ${reason}${line === null ? '' : ` (line ${line})`}.`,
    '',
    `Mend \`${path}\` with another commit and it is taken up; this note then goes away. Nothing of it was lost.`,
    `The fields it may have are in \`schemas/queue-job.schema.json\` and \`schemas/queue-command.schema.json\`.`,
    '',
    `<!-- gityard: answers ${blob} -->`,
    '',
  ].join('\n');
}

const placeIn = (bytes: Uint8Array | undefined, pointer: string): number | null =>
  lineOf(new TextDecoder().decode(bytes), pointer);

function isNewer(value: unknown): boolean {
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  return typeof version === 'number' && version > SCHEMA_VERSION;
}

function idOf(value: object): string | undefined {
  if ('hour' in value) return historyIdOf((value as HistoryHour).hour);
  if ('quarantinedAt' in value) return quarantineIdOf(value as QuarantinedFile);
  const { id, name, job } = value as { id?: string; name?: string; job?: string };
  if (id !== undefined) return id;
  if ('artifacts' in value) return job;
  return 'holders' in value ? name : undefined;
}

function problem(
  { path, oid }: TreeEntry,
  code: BrokenFile['code'],
  reason: string,
  line: number | null = null,
): Decoded {
  const place = placeOf(path);
  const of = place && !('problem' in place) ? place : null;
  return { sort: 'problem', problem: { path, blob: oid, code, reason, line, of, past: null } };
}

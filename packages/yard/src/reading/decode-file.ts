/**
 * One file of the state branch to an entity, an inbox file, or a problem. Everything in a repository is hostile until it
 * has passed here: mode, name, size, text, JSON, schema, and the id it claims to be.
 */
import {
  type BrokenFile,
  type Entities,
  type EntityKind,
  type HistoryHour,
  historyIdOf,
  type QuarantinedFile,
  type QueueFile,
  quarantineIdOf,
  type Rollback,
  raised,
  rollbackIdOf,
  type Secret,
  secretIdOf,
  type TestHistory,
  testHistoryIdOf,
  VERSIONS,
  validate,
} from '@gityard/domain';
import type { TreeEntry } from '@gityard/store';
import { isAnswer, isNearlyQueueFile, isQueueFile, placeOf, queuePathOf } from '../files/paths.ts';
import { type Read, readJson } from './read-json.ts';
import { isNewer, placeIn, readWishes, versionOf } from './read-wishes.ts';

type DecodedEntity = {
  [K in EntityKind]: { readonly sort: 'entity'; readonly kind: K; readonly id: string; readonly value: Entities[K] };
}[EntityKind];
export type Decoded =
  | DecodedEntity
  | { readonly sort: 'queue'; readonly file: Omit<QueueFile, keyof Answer> }
  | { readonly sort: 'answer'; readonly queuePath: string; readonly answer: Answer }
  | { readonly sort: 'problem'; readonly problem: BrokenFile }
  | { readonly sort: 'foreign' };

/** What the note beside an inbox file says. */
export type Answer = Pick<QueueFile, 'answered' | 'refusal'>;

const PLAIN_FILE = '100644';
const ANSWERED_BLOB = /<!-- gityard: answers ([0-9a-f]{40}) -->/;
/** Anybody can write such a note. */
const REFUSAL = /^It (.{1,1000}?)\.?$/m;

export function decodeFile(entry: TreeEntry, bytes: Uint8Array | undefined, versions = VERSIONS): Decoded {
  const { path } = entry;
  if (isQueueFile(path))
    return { sort: 'queue', file: { path, blob: entry.oid, ...readWishes(readEntry(entry, bytes), bytes) } };
  if (isAnswer(path)) return answer(path, bytes);
  if (isNearlyQueueFile(path))
    return problem(
      entry,
      'INVALID_DATA',
      'is not taken up: inbox files lie in queue/ or in a folder of it, and end in ".json"',
    );

  const place = placeOf(path);
  if (place === undefined) return { sort: 'foreign' };
  if ('problem' in place) return problem(entry, 'INVALID_DATA', place.problem);
  const read = readEntry(entry, bytes);
  if (!read.ok) return problem(entry, read.code, read.reason, read.line);
  if (isNewer(read.value, versions.newest))
    return problem(
      entry,
      'NEWER_SCHEMA',
      `has a schemaVersion of ${versionOf(read.value)}, above ${versions.newest}: it is left alone until this program is updated`,
    );

  const checked = validate(place.kind, raised(place.kind, read.value, versions));
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

function answer(path: string, bytes: Uint8Array | undefined): Decoded {
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes.subarray(0, 10_000));
  const answer = { answered: ANSWERED_BLOB.exec(text)?.[1] ?? null, refusal: REFUSAL.exec(text)?.[1] ?? null };
  return { sort: 'answer', queuePath: queuePathOf(path), answer };
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

function idOf(value: object): string | undefined {
  if ('hour' in value) return historyIdOf((value as HistoryHour).hour);
  if ('quarantinedAt' in value) return quarantineIdOf(value as QuarantinedFile);
  if ('sealed' in value) return secretIdOf((value as Secret).name);
  if ('tests' in value && 'repository' in value) return testHistoryIdOf((value as TestHistory).repository);
  if ('points' in value && 'lastGood' in value) return rollbackIdOf((value as Rollback).branch);
  const { id, name, job } = value as { id?: string; name?: string; job?: string };
  if (id !== undefined) return id;
  if ('artifacts' in value || 'envelope' in value) return job;
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

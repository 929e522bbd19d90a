/** A job by its id or the beginning of one: from its folder, from the archive, or from the trees of both. */
import { type Job, jobFrom } from '@gityard/domain';
import { SourceFailure } from '../../sources/source.ts';
import { bornAt } from '../born-at.ts';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { entriesBeginning, type FoundPath, fileNear, idOf, placeAt } from '../state-files.ts';

export interface JobAsked {
  readonly id: string;
  /** A commit of the state; null: as it is now. */
  readonly at: string | null;
}

export type FoundJob =
  | { readonly kind: 'found'; readonly job: Job; readonly path: string; readonly isArchived: boolean }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }
  | { readonly kind: 'none' };

const MOST_IDS = 20;
const ID = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Throws SourceFailure, also when the file is there and cannot be read. */
export async function findJob(reading: Reading, { id: asked, at }: JobAsked): Promise<FoundJob> {
  if (!ID.test(asked)) return { kind: 'none' };
  const known = knownIds(reading, asked);
  const id = known.length === 1 ? (known[0] ?? asked) : asked;
  const row = reading.model?.finished.find((job) => job.id === id);
  // Most jobs end on the day on which they were asked for, and its folder is smaller than the whole archive.
  const endedAt = row?.endedAt ?? bornAt(id);
  const found = await fileNear(reading, { folder: 'jobs', id, at, endedAt });
  if (found) return jobIn(found);

  const paths = (await entriesBeginning(reading, { folder: 'jobs', id: asked, at })).map((it) => it.path);
  const exact = paths.filter((path) => idOf(path) === asked);
  const [path] = exact.length > 0 ? exact : paths;
  if (path === undefined) return { kind: 'none' };
  if (exact.length === 0 && paths.length > 1)
    return { kind: 'ambiguous', ids: paths.map(idOf).sort().slice(0, MOST_IDS) };
  const file = await reading.file(placeAt(at), path);
  return file ? jobIn({ ...file, path, isArchived: path.startsWith('shared/archive/') }) : { kind: 'none' };
}

function knownIds({ model }: Reading, asked: string): readonly string[] {
  const ids = [...(model?.jobs ?? []), ...(model?.finished ?? [])].map((job) => job.id);
  return ids.includes(asked) ? [asked] : ids.filter((id) => id.startsWith(asked));
}

function jobIn({ bytes, path, isArchived }: FoundPath): FoundJob {
  const job = jobFrom(jsonIn(bytes));
  if (!job.ok) throw new SourceFailure({ kind: 'invalid', reason: `${path} cannot be read: ${job.reason}` });
  return { kind: 'found', job: job.value, path, isArchived };
}

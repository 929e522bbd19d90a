/**
 * The commits of the state, also from before its history was cut. The first commit after a cut has no parent; its
 * `shared/epoch.json` names the last one before, which hosts keep as long as its epoch has a ref. Some sources go on there by
 * themselves; of all others it is asked here.
 */
import { COMPACT, operationsIn } from '@gityard/yard/operation-log';
import { jsonIn } from '../questions/json-in.ts';
import type { Reading } from '../questions/question.ts';
import { fieldsOf, OID } from '../sources/rows.ts';
import { type CommitEntry, type CommitsWanted, type Place, SourceFailure } from '../sources/source.ts';

export interface CommitsRead {
  /** Newest first. */
  readonly commits: readonly CommitEntry[];
  /** There was more before a cut, which is not kept here. */
  readonly isCutOff: boolean;
}

const EPOCH = 'shared/epoch.json';
/** Nobody follows a chain for ever that somebody else has made. */
const MOST_CUTS = 50;

export async function commitsOverCuts(reading: Reading, from: Place, wanted: CommitsWanted): Promise<CommitsRead> {
  const found = new Map<string, CommitEntry>();
  let place = from;
  for (let cuts = 0; cuts <= MOST_CUTS; cuts += 1) {
    const some = await (cuts === 0 ? reading.commits(place, wanted) : orGone(reading.commits(place, wanted)));
    if (!some) return { commits: [...found.values()], isCutOff: true };
    for (const it of some) if (wanted.path === undefined || !isCut(it)) found.set(it.commit, it);
    if (found.size >= wanted.count) break;
    const before = await headBeforeCut(reading, { place, oldest: some.at(-1), wanted });
    if (before === undefined || found.has(before)) break;
    place = { commit: before };
  }
  return { commits: [...found.values()].slice(0, wanted.count), isCutOff: false };
}

/** It has all files, and changed none of them. */
const isCut = ({ message }: CommitEntry): boolean =>
  operationsIn(message).some(({ operation }) => operation === COMPACT);

/** undefined: the commit before the cut is not there any more. */
async function orGone(asked: Promise<readonly CommitEntry[]>): Promise<readonly CommitEntry[] | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SourceFailure && error.failure.kind === 'not-found') return undefined;
    throw error;
  }
}

interface End {
  readonly place: Place;
  readonly oldest: CommitEntry | undefined;
  readonly wanted: CommitsWanted;
}

/** undefined: here the history of the yard begins, or that of the file. */
async function headBeforeCut(reading: Reading, { place, oldest, wanted }: End): Promise<string | undefined> {
  // None: all that this epoch holds is younger than what was asked for.
  if (oldest ? !isCut(oldest) : wanted.until === undefined) return undefined;
  const file = await reading.file(oldest ? { commit: oldest.commit } : place, EPOCH);
  const { previousHead } = fieldsOf(file && jsonIn(file.bytes));
  return typeof previousHead === 'string' && OID.test(previousHead) ? previousHead : undefined;
}

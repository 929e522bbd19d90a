/** The commits that wrote a job's file, newest first: each transition of it, by whom and when. */
import type { Time } from '@gityard/domain';
import { commitsOverCuts } from '../../past/over-cuts.ts';
import type { Reading } from '../question.ts';
import { placeAt, youngPath } from '../state-files.ts';

export interface ChangesAsked {
  readonly id: string;
  /** Of its file. Of one in the archive most commits are those of its place among the young ones. */
  readonly path: string;
  readonly at: string | null;
}

export interface JobChange {
  readonly commit: string;
  readonly at: Time;
  readonly author: string;
  readonly said: string;
  readonly link: string | null;
}

const MOST_COMMITS = 50;

export async function jobChanges(reading: Reading, { id, path, at }: ChangesAsked): Promise<readonly JobChange[]> {
  const young = await youngPath('jobs', id);
  const paths = new Set(young === undefined ? [path] : [path, young]);
  const wanted = [...paths].map((it) => commitsOverCuts(reading, placeAt(at), { count: MOST_COMMITS, path: it }));
  const all = new Map((await Promise.all(wanted)).flatMap(({ commits }) => commits).map((it) => [it.commit, it]));
  return [...all.values()]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .map(({ commit, at: when, author, message }) => ({
      commit,
      at: when,
      author,
      said: saidOf(message, id),
      link: reading.linkTo({ commit }),
    }));
}

/** A commit of several operations names each in a line of its own. */
export function saidOf(message: string, id: string): string {
  const [subject = '', ...lines] = message.split('\n');
  const own = lines.filter((line) => line.startsWith('- ') && line.includes(id)).map((line) => line.slice(2));
  // Which job is meant says the page.
  return (own.length > 0 ? own.join('; ') : subject).replaceAll(` job ${id}`, '');
}

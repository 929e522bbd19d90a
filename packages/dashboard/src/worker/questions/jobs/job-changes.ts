/** The commits that wrote a job's file, newest first: each transition of it, by whom and when. */
import type { Time } from '@gityard/domain';
import type { Reading } from '../question.ts';
import { placeAt } from '../state-files.ts';

export interface ChangesAsked {
  readonly id: string;
  /** Of its file; the commits before it was archived are those of its place among the open ones. */
  readonly paths: readonly string[];
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

export async function jobChanges(reading: Reading, { id, paths, at }: ChangesAsked): Promise<readonly JobChange[]> {
  const wanted = paths.map((path) => reading.commits(placeAt(at), { count: MOST_COMMITS, path }));
  const all = new Map((await Promise.all(wanted)).flat().map((it) => [it.commit, it]));
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

/** What became of a file of the inbox: it waits, it was refused for a reason that lies beside it, or it was taken up. */
import { operationsIn } from '@gityard/yard/operation-log';
import type { Reading } from './question.ts';

export type InboxAnswer =
  | { readonly state: 'waiting' }
  /** `reason`: a sentence without its full stop. It goes on lying there until somebody mends or removes it. */
  | { readonly state: 'refused'; readonly reason: string; readonly link: string | null }
  /** `job`: the one that came of it, if it was one. */
  | { readonly state: 'taken'; readonly commit: string; readonly job: string | null }
  /** By hand, before anybody took it up. */
  | { readonly state: 'removed'; readonly author: string };

export interface InboxAsked {
  readonly path: string;
  /** Which put it there. */
  readonly commit: string | null;
}

const REASON_CHARACTERS = 2_000;

export async function inbox(reading: Reading, asked: InboxAsked): Promise<InboxAnswer> {
  const { path } = asked;
  const files = await reading.tree({ ref: 'state' }, 'queue');
  const file = files.find((it) => it.path === path);
  if (!file) return await gone(reading, asked);
  const answer = files.find((it) => it.path === path.replace(/\.json$/, '.error.md'));
  const text = answer ? new TextDecoder().decode(await reading.blob(answer.oid)) : '';
  // One that speaks of the file as it was before somebody mended it is none.
  if (!answer || !text.includes(file.oid)) return { state: 'waiting' };
  const commit = reading.model?.head ?? null;
  const link = commit === null ? null : reading.linkTo({ commit, path: answer.path });
  return { state: 'refused', reason: reasonIn(text), link };
}

/** The last commit that touched it says how it went. */
async function gone(reading: Reading, { path, commit }: InboxAsked): Promise<InboxAnswer> {
  const [last] = await reading.commits({ ref: 'state' }, { count: 1, path });
  // A copy of the host that lags behind may not have it yet.
  if (!last || last.commit === commit) return { state: 'waiting' };
  const takeUp = operationsIn(last.message).find(({ subject }) => subject.startsWith(`take up ${path}:`));
  if (!takeUp) return { state: 'removed', author: last.author };
  return { state: 'taken', commit: last.commit, job: takeUp.job };
}

const reasonIn = (text: string): string =>
  (/^It (.+?)\.?$/m.exec(text)?.[1] ?? 'is not said').slice(0, REASON_CHARACTERS);

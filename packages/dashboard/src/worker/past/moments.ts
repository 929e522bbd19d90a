/** The moments of a day (by UTC) at which something was done, newest first: the stops of whoever travels through time. */
import { type Time, toMs, toTime } from '@gityard/domain';
import type { Reading } from '../questions/question.ts';
import { type CommitEntry, type Place, SourceFailure } from '../sources/source.ts';
import { commitsOverCuts } from './over-cuts.ts';
import { noteCommits } from './seen-commits.ts';

export interface StopInTime {
  readonly commit: string;
  readonly at: Time;
  /** What was done then, in a line. */
  readonly subject: string;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 100;
/** Each costs a request. Of a busier day the newest moments are the answer. */
const MOST_PAGES = 5;

export async function moments(reading: Reading, { day }: { readonly day: string }): Promise<readonly StopInTime[]> {
  const beginsAt = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(beginsAt)) throw new SourceFailure({ kind: 'invalid', reason: `${day.slice(0, 40)} is no day` });
  const found: CommitEntry[] = [];
  let place: Place = { ref: 'state' };
  for (let page = 0; page < MOST_PAGES; page++) {
    const until = toTime(beginsAt + DAY_MS - 1);
    const wanted = page === 0 ? { count: AT_ONCE, until } : { count: AT_ONCE };
    const { commits: answer, isCutOff } = await commitsOverCuts(reading, place, wanted);
    if (isCutOff && answer.length === 0)
      throw new SourceFailure({
        kind: 'not-found',
        reason: 'the history was cut after it, and what came before is not kept',
      });
    // Further pages begin with the commit at which the last one ended.
    found.push(...answer.slice(page === 0 ? 0 : 1));
    const last = answer.at(-1);
    if (!last || answer.length < AT_ONCE || Date.parse(last.at) < beginsAt) break;
    place = { commit: last.commit };
  }
  noteCommits(found);
  const stops = found.map(({ commit, at, message }) => ({
    commit,
    at: toTime(Date.parse(at)),
    subject: message.split('\n', 1).join().slice(0, 300),
  }));
  // Clocks of machines differ a little, so that a commit may say an earlier time than the one before it.
  return stops.filter(({ at }) => toMs(at) >= beginsAt && toMs(at) < beginsAt + DAY_MS);
}

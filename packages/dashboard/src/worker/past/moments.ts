/** The moments between two times at which something was done, newest first: the stops of whoever travels through them. */
import { type Time, toMs, toTime } from '@gityard/domain';
import type { Reading } from '../questions/question.ts';
import type { CommitEntry, Place } from '../sources/source.ts';

export interface StopInTime {
  readonly commit: string;
  readonly at: Time;
  /** What was done then, in a line. */
  readonly subject: string;
}

export interface Moments {
  readonly moments: readonly StopInTime[];
  /** Whether these are all that lie between the two; else the older ones are missing. */
  readonly isWhole: boolean;
}

const AT_ONCE = 100;
/** Each costs a request; a day of a busy yard has more stops than a slider has points. */
const MOST_PAGES = 3;

export async function moments(
  reading: Reading,
  { from, to }: { readonly from: Time; readonly to: Time },
): Promise<Moments> {
  const found: CommitEntry[] = [];
  let place: Place = { ref: 'state' };
  for (let page = 0; page < MOST_PAGES; page++) {
    const wanted = page === 0 ? { count: AT_ONCE, until: to } : { count: AT_ONCE };
    const answer = await reading.commits(place, wanted);
    // Further pages begin with the commit at which the last one ended.
    const fresh = answer.slice(page === 0 ? 0 : 1);
    found.push(...fresh);
    const last = answer.at(-1);
    if (!last || answer.length < AT_ONCE || Date.parse(last.at) < toMs(from)) return stopsIn(found, from, WHOLE);
    place = { commit: last.commit };
  }
  return stopsIn(found, from, PART);
}

const WHOLE = { isWhole: true };
const PART = { isWhole: false };

function stopsIn(found: readonly CommitEntry[], from: Time, whole: Pick<Moments, 'isWhole'>): Moments {
  const between = found.filter(({ at }) => Date.parse(at) >= toMs(from));
  const stops = between.map(({ commit, at, message }) => ({
    commit,
    at: toTime(Date.parse(at)),
    subject: message.split('\n', 1).join().slice(0, 300),
  }));
  return { moments: stops, ...whole };
}

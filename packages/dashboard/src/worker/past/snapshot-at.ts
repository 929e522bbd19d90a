/**
 * The yard as it was at a commit or a time: the files of that commit, read by the rules by which agents read them, and the
 * same read model that was shown then. Between two moments only what differs is fetched, because files are kept by content.
 */
import { type ReadModel, readModel, type Time, toMs, toTime, withPresenceThen } from '@gityard/domain';
import { lackPast, stateOf, withPasts } from '@gityard/yard/reading';
import type { Cost, Reading } from '../questions/question.ts';
import { type CommitEntry, SourceFailure } from '../sources/source.ts';
import { filesShown, type PastShown } from './files-shown.ts';
import { commitsOverCuts } from './over-cuts.ts';
import { pastsOf } from './pasts-of.ts';
import { seenCommit } from './seen-commits.ts';

export type Moment = ({ readonly commit: string } | { readonly time: string }) & {
  /** How far its own history reaches back; a week, when left out. */
  readonly past?: PastShown;
};

const MOST_KEPT = 30;
const kept = new Map<string, ReadModel>();

/** Its `at` is the time that was asked for, or else that of the commit: what was due or silent is judged by it. */
export async function snapshotAt(reading: Reading, moment: Moment): Promise<ReadModel> {
  const found = await commitOf(reading, moment);
  const now = toTime(Date.parse('time' in moment ? moment.time : found.at));
  const { past = 'week' } = moment;
  const key = `${found.commit} ${now} ${past}`;
  const known = kept.get(key);
  if (known) return known;
  const model = await modelAt(reading, { commit: found.commit, now, past });
  kept.set(key, model);
  for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
  return model;
}

async function commitOf(reading: Reading, moment: Moment): Promise<CommitEntry> {
  if ('commit' in moment) {
    const seen = seenCommit(moment.commit);
    if (seen) return seen;
    const [found] = await reading.commits({ commit: moment.commit }, { count: 1 });
    if (found) return found;
    throw new SourceFailure({ kind: 'not-found', reason: `there is no commit ${moment.commit.slice(0, 12)} here` });
  }
  if (Number.isNaN(Date.parse(moment.time)))
    throw new SourceFailure({ kind: 'invalid', reason: `${moment.time.slice(0, 40)} is no time` });
  const until = toTime(Date.parse(moment.time));
  const { commits } = await commitsOverCuts(reading, { ref: 'state' }, { count: 1, until });
  const [found] = commits;
  if (found && Date.parse(found.at) <= toMs(until)) return found;
  throw new SourceFailure({ kind: 'not-found', reason: 'the history that is kept begins after that time' });
}

async function modelAt(
  reading: Reading,
  { commit, now, past }: { readonly commit: string; readonly now: Time; readonly past: PastShown },
): Promise<ReadModel> {
  const entries = filesShown(await reading.tree({ commit }, ''), { now, past });
  refuseIfDear(await reading.costOf(entries));
  const state = stateOf(commit, await reading.blobs(entries, { commit }));
  const whole = withPasts(state, await pastsOf(reading, { commit, paths: lackPast(state) }));
  return readModel(withPresenceThen(whole, now), { now, head: commit, sequence: 0, by: 'history', push: null });
}

/** Nobody shall use up all that an hour allows with one look back, and then not even see the present. */
function refuseIfDear(cost: Cost | null): void {
  if (!cost || cost.requests <= cost.left / 2) return;
  const { requests, left } = cost;
  const reason = `that moment takes ${requests} requests, and ${left} are left until the hour is over; a token raises that, and may be one without any permission`;
  throw new SourceFailure({ kind: 'rate-limited', reason });
}

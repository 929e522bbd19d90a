/** What keeps files from being merged: they cannot be read, a rule forbids it to every hand, or jobs would wait for ever. */
import { auditArchive, auditStep, explain, type State, type Time } from '@gityard/domain';
import { placeOf } from '../files/paths.ts';
import { archivedIn } from '../history/archived-in.ts';
import { changedIn } from '../history/changed-in.ts';
import type { View } from '../reading/view.ts';
import { type RefusedFile, refusedFile } from './refused-file.ts';

export interface Merge {
  readonly before: View;
  readonly after: View;
  readonly paths: readonly string[];
  readonly now: Time;
}

export const faultsOf = (merge: Merge): RefusedFile[] => [...unreadable(merge), ...unlawful(merge), ...knotted(merge)];

function unreadable({ after, paths }: Merge): RefusedFile[] {
  return paths.flatMap((path) => {
    const file = after.state.broken.get(path);
    return file ? [refusedFile(path, file.reason, file.line)] : [];
  });
}

/** What no hand may do, whoever's it is. */
function unlawful({ before, after }: Merge): RefusedFile[] {
  const changed = changedIn(before, after);
  const step = { before: before.state, after: after.state, operations: [] };
  const violations = [
    ...auditStep(before.state, after.state, [], changed),
    ...auditArchive(step, archivedIn(before, after), changed),
  ];
  return violations.map(({ rule, text }) => refusedFile('', `${text} [${rule}]`));
}

const KNOTS: readonly string[] = ['cycle', 'need-missing'];

/** A hand may write needs that an operation would refuse; the job would wait for ever. */
function knotted({ before, after, paths, now }: Merge): RefusedFile[] {
  return paths.flatMap((path) => {
    const place = placeOf(path);
    if (!place || 'problem' in place || place.kind !== 'job') return [];
    const known = knotsOf(before.state, place.id, now);
    const knots = knotsOf(after.state, place.id, now).filter((it) => !known.includes(it));
    return knots.map((it) => refusedFile(path, it));
  });
}

function knotsOf(state: State, id: string, now: Time): string[] {
  const job = state.jobs.get(id);
  const reasons = job ? explain(state, job, now, { ahead: 0 }).reasons : [];
  return reasons.filter((it) => KNOTS.includes(it.code)).map((it) => it.text);
}

/**
 * What a snapshot is to the one before it. The sequence only rises; one that went back means a rewritten history, or a
 * copy of the host that lags behind the one that answered before. The two differ in when they were written.
 */
import { type ReadModel, toMs } from '@gityard/domain';

export type Judged =
  | 'newer'
  /** Written before what is known: a copy that lags, as long as it does not stay. */
  | 'behind'
  | 'rewritten'
  /** Of another yard, which has come to live at this address. */
  | 'other';

/** An older one that is brought so often in a row is what there is. */
const MOST_BEHIND = 3;

export function judgeNext(
  known: ReadModel | undefined,
  { next, behind }: { readonly next: ReadModel; readonly behind: number },
): Judged {
  if (known && isOther(known, next.yardId)) return 'other';
  if (!known || next.sequence >= known.sequence) return 'newer';
  if (toMs(next.at) > toMs(known.at) || behind + 1 >= MOST_BEHIND) return 'rewritten';
  return 'behind';
}

/** As far as both say which yard they are of. */
export const isOther = ({ yardId: known }: ReadModel, yardId: string | null): boolean =>
  known !== null && yardId !== null && known !== yardId;

/** What a look at a ref may find that no reader can go on with, each with what a person can do about it. */
import type { HistoryKind } from './attempt.ts';
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import type { Target } from './push-errors.ts';

const HINT_KEPT =
  'make the repository a yard with gityard init, or restore the branch; it is never made anew by itself';
const HINT_BEGUN_AGAIN = 'whoever writes to it next makes it again';

export function branchMissing({ ref, remote }: Target, history: HistoryKind): StoreError {
  const hint = history === 'kept' ? HINT_KEPT : HINT_BEGUN_AGAIN;
  return new StoreError('BRANCH_MISSING', `${ref} does not exist in ${remote}`, { hint });
}

export function rewritten(ref: string): never {
  throw new StoreError('HISTORY_REWRITTEN', `${ref} was replaced by commits that do not follow what was seen before`, {
    hint: 'find out who forced the branch; start again when the new history is the one that counts (agents: --accept-rewrite)',
  });
}

export function leftOut(commit: Oid): never {
  throw new StoreError('REMOTE_INVALID', `the server left out the commit ${commit}`, {
    hint: 'try again; if it stays so, run git fsck in the repository on the server',
  });
}

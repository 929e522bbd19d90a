/** What the first commit of an epoch must say, and must not have done: it repeats the files of the last one before it. */
import { type AuditedOperation, operationsOf, type Violation } from '@gityard/domain';
import { isSameBut } from '@gityard/store';
import { EPOCH_PATH } from '../compact/epochs.ts';
import type { View } from '../reading/view.ts';

export interface Counted {
  /** Before the cut, since the yard began. */
  readonly commits: number;
  /** That the first commit says it holds. */
  readonly operations: readonly AuditedOperation[];
}

export function auditCut(before: View, after: View, { commits, operations }: Counted): Violation | undefined {
  const { epoch } = after.state;
  const counted = operationsOf(before.state);
  const number = (before.state.epoch?.epoch ?? 0) + 1;
  const wrong = (rule: string, text: string): Violation => ({ rule, text });
  if (!isSameBut(EPOCH_PATH, after.snapshot, before.snapshot) || epoch?.previousTree !== before.snapshot.tree)
    return wrong('epoch-files', 'the epoch begins with other files than the one before ended with');
  if (operations.length > 0) return wrong('epoch-files', 'the first commit of an epoch holds operations');
  if (epoch.epoch !== number) return wrong('epoch-number', `epoch ${number} calls itself ${epoch.epoch}`);
  if (epoch.commits !== commits)
    return wrong('epoch-count', `the epoch counts ${epoch.commits} commits before it, and there are ${commits}`);
  if (epoch.operations !== counted)
    return wrong('epoch-count', `the epoch counts ${epoch.operations} operations before it, the writers ${counted}`);
  return undefined;
}

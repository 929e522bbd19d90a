/** What a commit of the state says that it did, a row for each operation in it. People's commits have a row too. */
import type { Time } from '@gityard/domain';
import { actorOf, type OperationRow, operationsIn } from '@gityard/yard/operation-log';
import type { CommitEntry } from '../../sources/source.ts';

export interface ChangeRow extends Omit<OperationRow, 'transaction' | 'by'> {
  /** Unique among all rows. */
  readonly key: string;
  readonly commit: string;
  readonly at: Time;
  /** Whose word it was; the commit may be of somebody who wrote it down or took it along. */
  readonly by: string;
}

/** The newest of them first, as the commits themselves are. */
export function toldIn({ commit, at, author, message }: CommitEntry): readonly ChangeRow[] {
  const operations = operationsIn(message);
  const told = operations.length > 0 ? operations : [byHand(message)];
  return told
    .map(({ operation, agent, job, lock, message: about, token, reason, subject, transaction, by }, number) => ({
      ...{ operation, agent, job, lock, message: about, token, reason, subject },
      ...{ key: `${commit}.${number}`, commit, at, by: by ?? (writerOf(transaction) || author) },
    }))
    .reverse();
}

/** What a server hands in from its disk is counted apart, and is its own all the same. */
const writerOf = (transaction: string): string => actorOf(transaction).replace(/\.spool$/, '');

/** A commit without operations was made by a person, with an editor or on a page of the host. */
const byHand = (message: string): OperationRow => ({
  operation: '',
  agent: null,
  by: null,
  job: null,
  lock: null,
  message: null,
  token: null,
  transaction: '',
  reason: null,
  subject: (message.split('\n')[0] ?? '').slice(0, 300),
});

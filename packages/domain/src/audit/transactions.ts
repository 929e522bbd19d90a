/** Every operation is in the history once, under the name of its transaction. The only rule that remembers the whole history. */
import type { AuditedOperation, Violation } from './rule.ts';

/** What is wrong with the transactions of one commit, which are added to those `seen`: twice in one commit is twice as well. */
export function repeatedTransactions(operations: readonly AuditedOperation[], seen: Set<string>): readonly Violation[] {
  return operations.flatMap(({ operation, transaction, actor }) => {
    if (!actor)
      return [
        { rule: 'transaction-named', text: `operation ${operation} has no transaction of an actor: "${transaction}"` },
      ];
    const isRepeated = seen.has(transaction);
    seen.add(transaction);
    return isRepeated ? [{ rule: 'transaction-once', text: `transaction ${transaction} is in the history twice` }] : [];
  });
}

import { describe, expect, it } from 'vitest';
import { operation } from '../spec/audited.ts';
import { repeatedTransactions } from './transactions.ts';

const told = (transaction: string, actor: string | null = 'mac') => operation('read', { transaction, actor });
const rules = (...[operations, seen]: Parameters<typeof repeatedTransactions>) =>
  repeatedTransactions(operations, seen).map((it) => it.rule);

describe('transactions', () => {
  it('are in the history once', () => {
    const seen = new Set<string>();

    expect(rules([told('mac.b.1'), told('mac.b.2')], seen)).toEqual([]);
    expect(rules([told('mac.b.3'), told('mac.b.2')], seen)).toEqual(['transaction-once']);
  });

  it('are in a commit once', () => {
    expect(rules([told('mac.b.1'), told('mac.b.1')], new Set())).toEqual(['transaction-once']);
  });

  it.each([
    ['', null],
    ['made-up', ''],
  ])('are named after an actor, unlike "%s"', (transaction, actor) => {
    expect(rules([told(transaction, actor)], new Set())).toEqual(['transaction-named']);
  });
});

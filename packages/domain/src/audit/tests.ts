/** What is remembered of tests decides whether a build may succeed although they failed, so operations alone change it. */
import type { RememberedTest, TestHistory } from '../entities/test-history.ts';
import { has, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function testsAreRemembered({ id, after }: Transition<TestHistory>, step: Step): readonly string[] {
  if (!after) return [`shared/tests of ${id} vanished`];
  if (has(step, 'finish', 'quarantine-test', 'release-test')) return [];
  return [`what is remembered of the tests of ${after.repository} was changed by no operation`];
}

export function quarantineIsAsked({ before, after }: Transition<TestHistory>, step: Step): readonly string[] {
  if (!after || has(step, 'quarantine-test')) return [];
  const known = new Map((before?.tests ?? []).map((it) => [it.name, it]));
  const put = after.tests.filter((it) => it.quarantine !== null && !isSame(it, known.get(it.name)));
  return put.map((it) => `test ${it.name} is in quarantine by no operation`);
}

const isSame = (test: RememberedTest, known: RememberedTest | undefined): boolean =>
  known !== undefined && sameValue(test.quarantine, known.quarantine);

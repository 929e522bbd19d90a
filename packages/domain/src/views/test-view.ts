/** The tests that the yard remembers, as faces show them: those in quarantine and the flaky ones first. */
import type { RememberedTest } from '../entities/test-history.ts';
import { isQuarantined } from '../operations/tests/remember-runs.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';

export interface TestRow {
  readonly repository: string;
  readonly name: string;
  readonly flaky: boolean;
  readonly since: Time | null;
  /** Of the last builds that ran it. */
  readonly failures: number;
  readonly passes: number;
  readonly lastFailedAt: Time | null;
  readonly lastFailedJob: string | null;
  readonly quarantinedUntil: Time | null;
  readonly reason: string | null;
}

export function testRows({ tests }: State, now: Time): TestRow[] {
  const rows = [...tests].flatMap((history) => history.tests.map((it) => rowOf(history.repository, it, now)));
  const rank = (it: TestRow) => (it.quarantinedUntil !== null ? 0 : it.flaky ? 1 : 2);
  return rows.sort((a, b) => rank(a) - rank(b) || b.failures - a.failures || (a.name < b.name ? -1 : 1));
}

function rowOf(repository: string, test: RememberedTest, now: Time): TestRow {
  const { name, runs, flakySince, lastFailedAt, lastFailedJob, quarantine } = test;
  const passes = runs.filter((it) => it.startsWith('passed ')).length;
  const isIn = isQuarantined(test, now);
  return {
    repository,
    name,
    flaky: flakySince !== null,
    since: flakySince,
    failures: runs.length - passes,
    passes,
    lastFailedAt,
    lastFailedJob,
    quarantinedUntil: isIn ? (quarantine?.until ?? null) : null,
    reason: isIn ? (quarantine?.reason ?? null) : null,
  };
}

/** What a builder is told of the tests of a repository. */
export function knownTests({ tests }: State, repository: string | null, now: Time) {
  const history = [...tests].find((it) => it.repository === repository);
  return (history?.tests ?? []).map((it) => ({ name: it.name, quarantined: isQuarantined(it, now) }));
}

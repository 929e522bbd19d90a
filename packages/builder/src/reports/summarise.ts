/** What the cases of all reports come to: totals, the failed ones with their places in the repository, the slowest ones. */
import type { FailedTest, TestTotals } from '@gityard/domain';
import { pathIn, placeIn, type Repository } from './place-of.ts';
import { fullName, type TestCase } from './test-case.ts';

export interface ToldTest extends FailedTest {
  readonly suite: string;
  readonly durationMs: number | null;
  readonly details: string | null;
}

export interface SlowTest {
  readonly name: string;
  readonly durationMs: number;
}

/** Of tests, what a log tells beside the totals. */
export interface TestsTold {
  readonly failed: readonly ToldTest[];
  readonly slow: readonly SlowTest[];
  /** Failed, and passed when they were tried again. */
  readonly retried: readonly string[];
}

export const NO_TESTS_TOLD: TestsTold = { failed: [], slow: [], retried: [] };

const FAILED = 200;
const SLOW = 10;
const RETRIED = 50;
const MESSAGE_CHARACTERS = 1_000;
const DETAILS_CHARACTERS = 4_000;

export function totalsOf(cases: readonly TestCase[]): TestTotals | null {
  if (cases.length === 0) return null;
  const count = (status: TestCase['status']) => cases.filter((it) => it.status === status).length;
  return { total: cases.length, passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

interface Telling {
  readonly repository: Repository;
  readonly clean?: ((text: string) => string) | undefined;
}

export function tell(cases: readonly TestCase[], telling: Telling): TestsTold {
  const failed = cases.filter((it) => it.status === 'failed');
  const timed = cases.flatMap((it) => (it.durationMs ? [{ name: fullName(it), durationMs: it.durationMs }] : []));
  return {
    failed: failed.slice(0, FAILED).map((it) => toldTest(it, telling)),
    slow: timed.sort((a, b) => b.durationMs - a.durationMs).slice(0, SLOW),
    retried: cases
      .filter((it) => it.retried)
      .slice(0, RETRIED)
      .map(fullName),
  };
}

function toldTest(of: TestCase, { repository, clean = (it) => it }: Telling): ToldTest {
  const { suite, message, details, durationMs, file, line } = of;
  const own = file === null ? null : pathIn(repository, file);
  const place = own !== null && line !== null ? { path: own, line } : placeIn(repository, details ?? '');
  return {
    name: fullName(of),
    // Cut only now: half of a secret would not be known for one.
    message: message === null ? null : clean(message).slice(0, MESSAGE_CHARACTERS),
    path: place?.path ?? own,
    line: place?.line ?? null,
    suite,
    durationMs,
    details: details === null ? null : clean(details).slice(0, DETAILS_CHARACTERS),
  };
}

export const asFailedTest = ({ name, message, path, line }: ToldTest): FailedTest => ({ name, message, path, line });

/**
 * Takes a test into quarantine for a time, or lets it out again. In quarantine its failure alone makes no build fail; as that
 * hides something, it has a reason and an end. Who lets a test out says that it was mended: its past is forgotten.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import { REMEMBERED_TESTS, type RememberedTest, type TestHistory } from '../../entities/test-history.ts';
import { putTestHistory, type State } from '../../state.ts';
import { clipped } from '../../text.ts';
import { DAY_MS, elapsedMs, type Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { neverRan, testHistoryOf } from './remember-runs.ts';

interface OneTest {
  readonly repository: string;
  /** The full name, as reports and results have it. */
  readonly name: string;
  readonly now: Time;
}

export interface QuarantineTest extends OneTest {
  readonly until: Time;
  readonly by: string;
  readonly reason: string | null;
}

const LONGEST_DAYS = 90;

export function quarantineTest(state: State, input: QuarantineTest): Decision<RememberedTest> {
  const { repository, name, until, now, by } = input;
  const reason = input.reason?.trim() || null;
  if (reason === null) return refuse('REASON_REQUIRED', `say why the failures of ${name} may be overlooked`, [name]);
  const days = elapsedMs(now, until) / DAY_MS;
  if (!(days > 0 && days <= LONGEST_DAYS))
    return refuse('INVALID_DATA', `a quarantine ends within ${LONGEST_DAYS} days`, [name]);
  if (name.trim() === '') return refuse('INVALID_DATA', 'a test has a name', [repository]);
  const history = testHistoryOf(state, repository);
  if (history.repository !== repository)
    return refuse('CONFLICT', `${history.repository} has the place of ${repository}`, [repository]);

  const known = history.tests.find((it) => it.name === name);
  if (known?.quarantine?.until === until && known.quarantine.reason === reason)
    return accept(known, [], `${name} is in quarantine already`);
  if (!known && history.tests.length >= REMEMBERED_TESTS)
    return refuse('CONFLICT', `${REMEMBERED_TESTS} tests of ${repository} are remembered: release some`, [repository]);
  const quarantine = { at: now, until, by: clipped(by, 255), reason: clipped(reason, 1000) };
  const test: RememberedTest = { ...(known ?? neverRan(name)), quarantine };
  const checked = validate('tests', plain(withTest(history, test)));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [name]);
  const summary = `quarantine test ${clipped(name, 200)} until ${until}`;
  return accept(test, [putTestHistory(checked.value)], summary, { reason });
}

export interface ReleaseTest extends OneTest {
  readonly reason?: string | null;
}

export function releaseTest(state: State, { repository, name, reason = null }: ReleaseTest): Decision<RememberedTest> {
  const history = testHistoryOf(state, repository);
  const test = history.repository === repository ? history.tests.find((it) => it.name === name) : undefined;
  if (!test) return refuse('NOT_FOUND', `nothing is remembered of a test ${name} of ${repository}`, [name]);
  const tests = history.tests.filter((it) => it !== test);
  return accept(test, [putTestHistory({ ...history, tests })], `release test ${clipped(name, 200)}`, { reason });
}

function withTest(history: TestHistory, test: RememberedTest): TestHistory {
  const others = history.tests.filter((it) => it.name !== test.name);
  return { ...history, tests: [...others, test].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

const plain = (value: TestHistory): unknown => JSON.parse(JSON.stringify(value));

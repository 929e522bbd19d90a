/** What every kind of test report comes to: cases in the order of the report, and whether it told all that it knew. */
export interface TestCase {
  /** Class, file or group that it belongs to; empty where there is none. */
  readonly suite: string;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number | null;
  /** The first line of why it failed. */
  readonly message: string | null;
  /** More of it: a stack, a comparison. */
  readonly details: string | null;
  /** As the report has it; what it is in the repository is found out later. */
  readonly file: string | null;
  readonly line: number | null;
  /** It failed, was tried again by its runner, and passed. */
  readonly retried: boolean;
}

export interface TestReport {
  readonly cases: readonly TestCase[];
  /** False: something went wrong beside the cases, or some of them are missing. */
  readonly complete: boolean;
}

/** More than is ever shown of one. */
const TEXT_CHARACTERS = 20_000;
const NAME_CHARACTERS = 500;

export type Given = Pick<TestCase, 'name' | 'status'> & Partial<TestCase>;

/** Bounded, and with all that was not said filled in. */
export function testCase({ suite = '', name, message, details, ...rest }: Given): TestCase {
  const text = (message ?? details ?? '').trim();
  return {
    durationMs: null,
    file: null,
    line: null,
    retried: false,
    ...rest,
    suite: suite.slice(0, NAME_CHARACTERS),
    name: name.trim().slice(0, NAME_CHARACTERS) || 'a test without a name',
    message: text === '' ? null : (text.split(/\r?\n/, 1)[0] ?? '').slice(0, TEXT_CHARACTERS),
    details: details?.trim() ? details.trim().slice(0, TEXT_CHARACTERS) : null,
  };
}

/** By what a test is known over many builds. */
export function fullName({ suite, name }: Pick<TestCase, 'suite' | 'name'>): string {
  const full = suite === '' || name.startsWith(suite) ? name : `${suite}.${name}`;
  return full.slice(0, NAME_CHARACTERS);
}

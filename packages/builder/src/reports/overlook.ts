/**
 * Whether a failure of the tests may be overlooked: every test that failed is in quarantine, the reports are whole, and
 * the tool says that nothing but tests went wrong. Anything less, and the build fails as ever.
 */
import type { BuildContext } from '../build-context.ts';
import { BuildError } from '../build-error.ts';
import type { Plan, Step } from '../toolchains/toolchain.ts';
import { takeReports } from './take-reports.ts';
import { fullName, type TestCase } from './test-case.ts';

export interface Failed {
  readonly plan: Plan;
  readonly step: Step;
  readonly output: string;
  readonly error: unknown;
}

const quarantinedIn = ({ request }: BuildContext): ReadonlySet<string> =>
  new Set((request.knownTests ?? []).filter((it) => it.quarantined).map((it) => it.name));

const failedIn = (cases: readonly TestCase[]): string[] => [
  ...new Set(cases.filter((it) => it.status === 'failed').map(fullName)),
];

/** Answers the names of those that failed, or null: it must not be overlooked. */
export async function overlooked(build: BuildContext, { plan, step, output, error }: Failed): Promise<string[] | null> {
  const quarantined = quarantinedIn(build);
  if (quarantined.size === 0 || !isExit(error)) return null;
  if (!plan.onlyTestsFailed?.({ argv: step.argv, exitCode: error.exitCode, output })) return null;
  const { cases, complete } = await takeReports(build, plan, output);
  const failed = failedIn(cases);
  return complete && failed.length > 0 && failed.every((name) => quarantined.has(name)) ? failed : null;
}

/** Whoever put all of them into quarantine wonders why the build fails all the same. Empty: there is nothing to wonder at. */
export function whyHeeded(build: BuildContext, cases: readonly TestCase[]): string {
  const quarantined = quarantinedIn(build);
  const failed = failedIn(cases);
  if (failed.length === 0 || !failed.every((name) => quarantined.has(name))) return '';
  return ' (in quarantine, but nothing tells that only these went wrong)';
}

/** A program that ended by itself, and whose exit code is its own answer. */
function isExit(error: unknown): error is BuildError & { readonly exitCode: number } {
  return error instanceof BuildError && error.code === 'code' && error.exitCode !== null && error.signal === null;
}

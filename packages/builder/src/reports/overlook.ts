/**
 * Whether a failure of the tests may be overlooked: every test that failed is in quarantine, the reports are whole, and
 * the tool says that nothing but tests went wrong. Anything less, and the build fails as ever.
 */
import type { BuildContext } from '../build-context.ts';
import { BuildError } from '../build-error.ts';
import type { Plan, Step } from '../toolchains/toolchain.ts';
import { takeReports } from './take-reports.ts';
import { fullName } from './test-case.ts';

export interface Failed {
  readonly plan: Plan;
  readonly step: Step;
  readonly output: string;
  readonly error: unknown;
}

/** Answers the names of those that failed, or null: it must not be overlooked. */
export async function overlooked(build: BuildContext, { plan, step, output, error }: Failed): Promise<string[] | null> {
  const quarantined = new Set((build.request.knownTests ?? []).filter((it) => it.quarantined).map((it) => it.name));
  if (quarantined.size === 0 || !isExit(error)) return null;
  if (!plan.onlyTestsFailed?.({ argv: step.argv, exitCode: error.exitCode, output })) return null;
  const { cases, complete } = await takeReports(build, plan, output);
  const failed = [...new Set(cases.filter((it) => it.status === 'failed').map(fullName))];
  return complete && failed.length > 0 && failed.every((name) => quarantined.has(name)) ? failed : null;
}

/** A program that ended by itself, and whose exit code is its own answer. */
function isExit(error: unknown): error is BuildError & { readonly exitCode: number } {
  return error instanceof BuildError && error.code === 'code' && error.exitCode !== null && error.signal === null;
}

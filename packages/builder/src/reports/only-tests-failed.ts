/**
 * Whether a test command failed for nothing but tests that failed, and ran all of them: by how each tool ends. In doubt
 * the answer is no; it decides whether a build may succeed although its tests did not.
 */
import type { TestEnd } from '../toolchains/toolchain.ts';

/** A host that crashed or was stopped leaves tests out; its report says so as well. */
export function onlyDotnetTestsFailed({ exitCode, output }: TestEnd): boolean {
  const isTests = exitCode === 1 && /^Failed!\s+- Failed:/m.test(output);
  return isTests && !/run was aborted|crashed|: error [A-Z]+\d+:|^error\b/im.test(output);
}

/** A build of several modules goes on after the first that failed only where it was told to; otherwise the rest is skipped. */
export function onlyMavenTestsFailed({ exitCode, output }: TestEnd): boolean {
  const failures = output.match(/^\[ERROR\] Failed to execute goal .*$/gm) ?? [];
  const isTests = failures.length > 0 && failures.every((line) => line.includes('There are test failures'));
  return exitCode === 1 && isTests && !/^\[INFO\] .* SKIPPED\b/m.test(output);
}

/** Of a script that is one command; behind the first of several that failed the others have not run. */
export function onlyScriptTestsFailed(script: string, { exitCode, output }: TestEnd): boolean {
  return exitCode === 1 && !/[;&|]/.test(script) && !/threshold|Bail out!|out of memory/i.test(output);
}

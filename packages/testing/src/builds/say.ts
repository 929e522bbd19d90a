/** What shows print, and how they tell that something is not as it should be. */
import type { Built } from './yard-of-one.ts';

export function say(what: string, { status, built, seconds, tests, log }: Built): void {
  const passed = tests === null ? '' : `, ${tests.passed} of ${tests.total} tests passed`;
  console.log(`${what}: ${built ?? 'nothing'}; ${seconds.toFixed(1)} s${passed}`);
  if (status !== 'succeeded') console.log(`  it ${status}, and said at last:\n${log.slice(-4_000)}`);
}

export function check(holds: boolean, what: string): void {
  console.log(`  ${holds ? 'yes' : 'NO'}: ${what}`);
  if (!holds) process.exitCode = 1;
}

/** Names of the projects that a build made, as MSBuild tells of each: `Lib07 -> …/Lib07.dll`. */
export function compiled({ log }: Pick<Built, 'log'>): readonly string[] {
  const names = [...log.matchAll(/^\s*([\w.]+) -> .+\.dll\s*$/gm)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}

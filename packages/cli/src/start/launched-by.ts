/** Who started this program: a launcher, which can start another one in its place, or somebody else. */

/** `<pid> <version>` of a launcher, for the program that it started. */
export const LAUNCHER = 'GITYARD_LAUNCHER';

/** Said by our parent itself: the variable alone, inherited from wherever, means nothing. */
export function launchedBy(env: NodeJS.ProcessEnv): { launcher?: { readonly installed: string } } {
  const [pid, installed] = (env[LAUNCHER] ?? '').split(' ');
  return installed !== undefined && Number(pid) === process.ppid && process.send !== undefined
    ? { launcher: { installed } }
    : {};
}

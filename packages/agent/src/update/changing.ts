/** Where an agent stands that can change to another program, because a launcher started it. */
import type { AgentOptions } from '../options.ts';
import { NO_PROGRAMS, readPrograms, writePrograms } from './programs.ts';

export interface Changing {
  /** The version that was installed here, whichever runs now. */
  readonly installed: string;
  /** The version that it is about to change to: nothing else is begun until then. */
  towards: string | null;
  /** We are on trial, for this job; no other is begun before it has ended. */
  trialOf: string | null;
}

export async function changingOf({ home, launcher }: AgentOptions): Promise<Changing | undefined> {
  if (launcher === undefined) return undefined;
  const programs = await readPrograms(home);
  const trial = programs?.trial ?? null;
  return { installed: launcher.installed, towards: null, trialOf: trial?.started ? trial.job : null };
}

/** From its next start on it has a launcher, and can take up updates. */
export async function takePartInUpdates(home: string): Promise<void> {
  if ((await readPrograms(home)) === undefined) await writePrograms(home, NO_PROGRAMS);
}

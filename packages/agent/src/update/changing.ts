/** Where an agent stands that can change to another program, because a launcher started it. */
import type { AgentOptions } from '../options.ts';
import { monotonicMs } from '../pause.ts';
import { NO_PROGRAMS, readPrograms, writePrograms } from './programs.ts';

/** A program that has worked for so long without an end stays. */
export const SETTLING_MS = 3_600_000;

export interface Changing {
  /** The version that was installed here, whichever runs now. */
  readonly installed: string;
  /** The version that it is about to change to: nothing else is begun until then. */
  towards: string | null;
  /** We are on trial, for this job; no other is begun before it has ended. */
  trialOf: string | null;
  /** When it need not go back any more, by the clock that never does; null: nobody would take it back. */
  settlesAtMs: number | null;
  /** Why it runs again, and not the one that took its place. */
  readonly returned: string | null;
}

export async function changingOf({ home, launcher }: AgentOptions): Promise<Changing | undefined> {
  if (launcher === undefined) return undefined;
  const programs = await readPrograms(home);
  const trial = programs?.trial ?? null;
  const { installed } = launcher;
  return {
    ...{ installed, towards: null, trialOf: trial?.started ? trial.job : null },
    settlesAtMs: programs?.before ? monotonicMs() + SETTLING_MS : null,
    returned: programs?.returned?.installed === installed ? programs.returned.text : null,
  };
}

/** From its next start on it has a launcher, and can take up updates. */
export async function takePartInUpdates(home: string): Promise<void> {
  if ((await readPrograms(home)) === undefined) await writePrograms(home, NO_PROGRAMS);
}

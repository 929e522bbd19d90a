/** The kinds of machine of the sources (R101), by what agents publish of themselves, whatever their pools are called. */
import type { Agent } from '../entities/agent.ts';
import type { TARGETS } from './build-request.ts';

export type Target = (typeof TARGETS)[number];

/** What an agent must have to build for it. */
export const REQUIREMENT_OF: Readonly<Record<Target, string>> = {
  Linux: 'os=linux',
  Windows: 'os=win32',
  MacOS: 'os=darwin',
  Docker: 'docker',
};

const TARGET_OF_OS: Readonly<Record<string, Target>> = { linux: 'Linux', win32: 'Windows', darwin: 'MacOS' };

/** Its system, unless it was put among those of Docker; one that does not tell its system is what its pool is called. */
export function targetOf({ pool, capabilities }: Agent): Target | null {
  const named = (Object.keys(REQUIREMENT_OF) as Target[]).find((it) => it.toLowerCase() === pool.toLowerCase());
  if (named === 'Docker') return named;
  return TARGET_OF_OS[capabilities.os.toLowerCase()] ?? named ?? null;
}

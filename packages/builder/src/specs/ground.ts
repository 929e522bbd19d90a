/** What specs of toolchains stand on: a checkout of some files, and a plan as a person would type it. */
import type { Ground, Plan } from '../toolchains/toolchain.ts';
import { topNames } from '../workspace-files.ts';
import { type Files, temporaryFolder, writeFiles } from './world.ts';

export interface World {
  readonly parameters?: Record<string, string>;
  readonly probe?: Ground['probe'];
  readonly scope?: Ground['scope'];
  readonly clean?: boolean;
  readonly cores?: number;
  /** A real one, where the plan puts files into it. */
  readonly reports?: string;
}

export async function groundOf(files: Files, world: World = {}): Promise<Ground> {
  const source = temporaryFolder();
  writeFiles(source, files);
  return {
    source,
    staging: '/out',
    reports: '/reports',
    home: '/home/builds',
    parameters: {},
    probe: async () => ({ exitCode: null, output: '', isMissing: true }),
    scope: null,
    ...world,
    names: await topNames(source),
  };
}

/** The commands of a plan, stage by stage. */
export function told({ steps }: Pick<Plan, 'steps'>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(steps).map(([stage, all]) => [stage, all.map(({ argv }) => argv.join(' '))]),
  );
}

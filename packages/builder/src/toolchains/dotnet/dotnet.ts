/** .NET solutions and projects: restore, build, test with TRX reports and coverage, and packages and programs where asked. */
import type { ToolchainRules } from '../toolchain.ts';
import { graphOf } from './graph.ts';
import { settingsOf } from './options.ts';
import { planDotnet } from './plan.ts';
import { readSolution } from './read-solution.ts';
import { sdkOf } from './sdk.ts';
import { PROJECT, SOLUTION } from './target.ts';

export const dotnet: ToolchainRules = {
  name: 'dotnet',
  recognises: (names) => names.some((name) => SOLUTION.test(name) || PROJECT.test(name)),
  plan: planDotnet,
  graph: async (ground) => graphOf(await readSolution(ground)),
  inputs: async (ground) => ({ sdk: (await sdkOf(ground)) ?? 'unknown', ...settingsOf(ground) }),
};

/** Node packages: locked installation where there is a lock file, their own scripts, and `npm pack`; with npm, pnpm or yarn. */
import { askVersion, NOT_THERE } from '../tool-version.ts';
import type { ToolchainRules } from '../toolchain.ts';
import { graphOf } from './graph.ts';
import { managerOf } from './manager.ts';
import { planNpm } from './plan.ts';
import { readPackages } from './workspaces.ts';

export const npm: ToolchainRules = {
  name: 'npm',
  recognises: (names) => names.includes('package.json'),
  plan: planNpm,
  graph: async ({ source, names }) => graphOf(await readPackages(source), names),
  async inputs({ source, names, probe }) {
    const { root } = await readPackages(source);
    const { name } = managerOf({ root, names });
    const node = await askVersion(probe, ['node', '--version']);
    const manager = await askVersion(probe, [name, '--version']);
    return { node: versionIn(node), [name]: versionIn(manager) };
  },
};

const versionIn = (output: string): string => /\d+\.\d+\.\d+\S*/.exec(output)?.[0] ?? NOT_THERE;

/** Maven projects and their modules; settings with mirrors and passwords come from the agent's user. */
import { walk } from '../../workspace-files.ts';
import { askVersion, NOT_THERE } from '../tool-version.ts';
import type { ToolchainRules } from '../toolchain.ts';
import { propertiesIn } from '../words.ts';
import { graphOf } from './graph.ts';
import { readModules } from './modules.ts';
import { planMaven } from './plan.ts';

export const maven: ToolchainRules = {
  name: 'maven',
  recognises: (names) => names.includes('pom.xml'),
  plan: planMaven,
  graph: async ({ source }) => graphOf(await readModules(source), new Set(await walk(source))),
  async inputs({ parameters, probe }) {
    const output = await askVersion(probe, ['mvn', '--version']);
    return {
      maven: /Apache Maven (\S+)/.exec(output)?.[1] ?? NOT_THERE,
      java: /Java version: ([^,\s]+)/.exec(output)?.[1] ?? NOT_THERE,
      options: propertiesIn(parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    };
  },
};

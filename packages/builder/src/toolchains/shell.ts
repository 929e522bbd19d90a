/** No toolchain at all: a repository whose recipe names its own commands. Plans nothing by itself. */
import { NOTHING_PLANNED, type ToolchainRules } from './toolchain.ts';

export const shell: ToolchainRules = {
  name: 'shell',
  recognises: () => false,
  plan: async () => NOTHING_PLANNED,
};

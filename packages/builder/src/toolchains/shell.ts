/** No toolchain at all: a repository whose recipe names its own commands. Plans nothing by itself. */
import { outputTotals } from '../reports/output-totals.ts';
import { NOTHING_PLANNED, type ToolchainRules } from './toolchain.ts';

export const shell: ToolchainRules = {
  name: 'shell',
  recognises: () => false,
  plan: async () => ({ ...NOTHING_PLANNED, readTests: async (tail) => outputTotals(tail) }),
};

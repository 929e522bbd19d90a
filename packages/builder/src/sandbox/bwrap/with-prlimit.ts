/** Bubblewrap, and limits of each process: for users who may make no control group. What all use together is added up now and then. */
import { buildUser } from '../build-user.ts';
import { isInstalled } from '../find-program.ts';
import { whyNoOutlet } from '../outlet/try-outlet.ts';
import type { Rung } from '../rung.ts';
import { openCell } from './cell.ts';
import { byLooking } from './keepers.ts';

export const bwrapPrlimit: Rung = {
  name: 'bwrap+prlimit',
  async make() {
    if (!isInstalled('bwrap')) return 'bubblewrap is not installed';
    if (!isInstalled('prlimit')) return 'prlimit (util-linux) is not installed';
    const user = await buildUser();
    const parts = { user, keeperFor: byLooking(user), outward: (await whyNoOutlet()) === null };
    return { name: 'bwrap+prlimit', outward: parts.outward, open: async (request) => openCell(request, parts) };
  },
};

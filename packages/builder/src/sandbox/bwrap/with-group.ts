/** Bubblewrap, and a control group that counts what its programs use: exact, and nobody gets out of it. */
import { buildUser } from '../build-user.ts';
import { findGroups } from '../cgroup/find-groups.ts';
import { removeLeftGroups } from '../cgroup/group.ts';
import { isInstalled } from '../find-program.ts';
import { whyNoOutlet } from '../outlet/try-outlet.ts';
import type { Rung } from '../rung.ts';
import { openCell } from './cell.ts';
import { byGroup } from './keepers.ts';

export const bwrapGroup: Rung = {
  name: 'bwrap+cgroup',
  async make() {
    if (!isInstalled('bwrap')) return 'bubblewrap is not installed';
    const parents = await findGroups();
    if (!parents) return 'this user may make no control groups';
    await removeLeftGroups(parents);
    const parts = { user: await buildUser(), keeperFor: byGroup(parents), outward: (await whyNoOutlet()) === null };
    return { name: 'bwrap+cgroup', outward: parts.outward, open: async (request) => openCell(request, parts) };
  },
};

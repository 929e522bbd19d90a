/**
 * Where a build lives: in a workspace of its own that is gone at its end, in one that is kept for its branch, or, where nothing
 * may be remembered, in one with a home and a mirror of its own as well.
 */
import { join } from 'node:path';
import type { BuildRequest } from '../contract.ts';
import { type Folders, foldersOf, makeFolders, makeSharedFolders } from '../folders.ts';
import { homeOf, isTrusted } from '../packages/home-of.ts';
import { removeTree } from '../remove-tree.ts';
import { removeWorkspace } from '../remove-workspace.ts';
import { checkOut } from '../source/check-out.ts';
import { strategyOf } from '../strategies/list.ts';
import { BUDGET } from './evict.ts';
import { KeptWorkspace } from './kept-workspace.ts';
import type { Lodging } from './lodging.ts';

export function lodge(request: BuildRequest, root: string): Lodging {
  const { job, token, budget = BUDGET } = request;
  const shared = foldersOf({ root, job: job.id, token });
  const folders = { ...shared, home: homeOf(request, { root, workspace: shared.workspace }) };
  const { lodging } = strategyOf(request).rules;
  if (lodging === 'clean') return clean(folders);
  if (lodging === 'fresh' || job.repository === null || job.command !== null) return fresh(folders, null);
  if (job.noCache) return fresh(folders, 'the job wants nothing from a cache');
  // It may be anybody's, and what it leaves would go into builds of others.
  if (job.branch === null && job.commit !== null) return fresh(folders, 'the job names a commit and no branch');
  const kept = KeptWorkspace.enter(root, { job, folders, budget, isTrusted: isTrusted(request) });
  return kept ? lasting(kept) : fresh(folders, 'another build of the branch is in the kept workspace');
}

function fresh(folders: Folders, whyFresh: string | null): Lodging {
  const { source: folder, index } = folders;
  return {
    folders,
    kept: null,
    whyFresh,
    open: () => makeFolders(folders),
    layOut: (found) => checkOut({ ...found, folder, index }),
    leave: () => removeWorkspace(folders),
  };
}

/** Package caches lie in a home, and objects of earlier builds in a mirror: neither is here, and so neither leaks. */
function clean(common: Folders): Lodging {
  const mirrors = `${common.workspace}.mirrors`;
  const folders = { ...common, mirrors, home: join(common.workspace, 'home') };
  const lodging = fresh(folders, null);
  return {
    ...lodging,
    async open() {
      await removeTree(mirrors);
      await lodging.open();
    },
    async leave(end) {
      await removeTree(mirrors).catch(() => undefined);
      return lodging.leave(end);
    },
  };
}

function lasting(kept: KeptWorkspace): Lodging {
  return {
    folders: kept.folders,
    kept,
    whyFresh: null,
    async open() {
      await makeSharedFolders(kept.folders);
      await kept.open();
    },
    layOut: (found) => kept.layOut(found),
    leave: (end) => kept.leave(end),
  };
}

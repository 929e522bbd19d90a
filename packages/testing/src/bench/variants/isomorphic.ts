/**
 * The second baseline: isomorphic-git's porcelain, as its guides use it. Every try starts from the branch as it is
 * on the remote; a push that is turned away starts the next try.
 */
import fs from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';

import type { BenchOperation } from '../operation.ts';
import { BRANCH } from '../seed.ts';
import type { Place, Variant } from './variant.ts';

const REMOTE_REF = `refs/remotes/origin/${BRANCH}`;
const TURNED_AWAY = new Set(['PushRejectedError', 'GitPushError']);

export async function openIsomorphic({ url, folder, writer }: Place): Promise<Variant> {
  const dir = join(folder, 'clone');
  const here = { fs, http, dir, cache: {} };
  const author = { name: writer, email: `${writer}@example.org` };
  await git.clone({ ...here, url, ref: BRANCH, singleBranch: true, depth: 1 });
  let lostPushes = 0;

  async function startFromRemote(): Promise<void> {
    await git.fetch({ ...here, ref: BRANCH, singleBranch: true, tags: false });
    const value = await git.resolveRef({ fs, dir, ref: REMOTE_REF });
    await git.writeRef({ fs, dir, ref: `refs/heads/${BRANCH}`, value, force: true });
    await git.checkout({ ...here, ref: BRANCH, force: true });
  }

  async function commit({ id, path, text }: BenchOperation): Promise<void> {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
    await git.add({ ...here, filepath: path });
    await git.commit({ ...here, message: `land ${id}`, author });
  }

  async function land(operation: BenchOperation, giveUpAt: Date): Promise<boolean> {
    do {
      await startFromRemote();
      await commit(operation);
      if (await pushed()) return true;
      lostPushes += 1;
    } while (Date.now() < giveUpAt.getTime());
    return false;
  }

  async function pushed(): Promise<boolean> {
    try {
      const { ok } = await git.push({ ...here, remote: 'origin', ref: BRANCH });
      return ok;
    } catch (error) {
      if (TURNED_AWAY.has((error as Error).name)) return false;
      throw error;
    }
  }

  return {
    land,
    get lostPushes() {
      return lostPushes;
    },
    close: () => Promise.resolve(),
  };
}

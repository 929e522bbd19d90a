/** What lies in a store, as builds: told by keys alone, `<job>/<token>/…`. Whatever else is there is left alone. */
import type { Removal, StoredBuild } from '@gityard/domain';
import type { ObjectStore } from '../../stores/object-store.ts';

const KEY = /^([a-z0-9][a-z0-9._-]{0,99})\/(0|[1-9]\d{0,9})\/(.+)$/;

export async function remoteBuilds(store: ObjectStore): Promise<readonly StoredBuild[]> {
  const builds = new Map<string, StoredBuild & { files: { path: string; sizeBytes: number }[] }>();
  for await (const { key, sizeBytes, storedAt } of store.list('')) {
    const [, job, token, path] = KEY.exec(key) ?? [];
    if (job === undefined || token === undefined || path === undefined) continue;
    const known = builds.get(`${job}/${token}`) ?? { job, token: Number(token), storedAt, files: [] };
    // It is as young as its youngest file.
    const youngest = known.storedAt > storedAt ? known.storedAt : storedAt;
    builds.set(`${job}/${token}`, { ...known, storedAt: youngest, files: [...known.files, { path, sizeBytes }] });
  }
  return [...builds.values()];
}

export async function removeRemote(store: ObjectStore, { job, token, paths }: Removal): Promise<void> {
  for (const path of paths) await store.remove(`${job}/${token}/${path}`);
}
